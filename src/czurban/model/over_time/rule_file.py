"""Define a file of rating rules: the rules, what happens to missing figures, and how ratings are rolled up."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from czurban.model.finding import Place
from czurban.model.over_time.rating import Band, RatingRule


class MissingCase(StrEnum):
    """Why an indicator cannot be rated by its rule."""

    NO_TARGET = "no_target"
    NOT_APPLICABLE = "not_applicable"
    NOT_REPORTED = "not_reported"
    UNREADABLE = "unreadable"


class MissingPolicy(StrEnum):
    """What happens to an indicator that cannot be rated: it counts nowhere, or with the lowest points, or with 0."""

    LEAVE_OUT = "leave-out"
    LOWEST = "lowest"
    ZERO = "zero"


class RollUp(StrEnum):
    """How several ratings make one."""

    SUM = "sum"
    MEAN = "mean"
    WEIGHTED_MEAN = "weighted-mean"
    WORST = "worst"
    LATEST = "latest"
    ALL_OR_NOTHING = "all-or-nothing"


class Level(StrEnum):
    """What is rolled up: the periods of an indicator, or the indicators of a department, a part or the whole plan."""

    PERIODS = "periods"
    DEPARTMENTS = "departments"
    PARTS = "parts"
    TOTAL = "total"


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingRules:
    """The rules of a file, the first that is for an indicator being its rule.

    `references` are figures that the file gives, by name and by the indicator's id. `grades` are bands over the points
    of a department, a part or the whole. `weights` are those of single indicators, by id.
    """

    title: str
    source: str
    rules: tuple[RatingRule, ...]
    missing: Mapping[MissingCase, MissingPolicy]
    rollups: Mapping[Level, RollUp]
    references: Mapping[str, Mapping[str, Fraction]] = field(default_factory=dict)
    grades: tuple[Band, ...] = ()
    weights: Mapping[str, Fraction] = field(default_factory=dict)
    file: str = ""
    place: Place | None = None
