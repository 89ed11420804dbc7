"""Define ratings: the band and the points of an indicator, with how they come about, and what they are rolled up to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from czurban.model.assessment import Result
from czurban.model.over_time.conditions import Expression
from czurban.model.over_time.pace import Pace
from czurban.model.over_time.rating import Band, RatingRule
from czurban.model.over_time.rule_file import Level, MissingCase, MissingPolicy, RatingRules, RollUp
from czurban.model.period import Period
from czurban.model.plan import Plan


class Measured(NamedTuple):
    """A measure of an indicator: its value, and the expression that gives it where there is one to show."""

    value: Fraction
    expression: Expression | None = None


class StepKind(StrEnum):
    """A step of the computation of points."""

    BAND = "band"
    EXTRA = "extra"
    LEAST = "least"
    MOST = "most"
    NOTHING = "nothing"  # less than the full score counts as 0
    RANK = "rank"
    LOWEST = "lowest"  # a missing figure counts as the lowest
    ZERO = "zero"


@dataclass(frozen=True, slots=True, kw_only=True)
class PointStep:
    """One step: what it is called, the expression where it has one, how often it counts, and the points after it."""

    kind: StepKind
    points: Fraction
    after: Fraction
    name: str = ""
    expression: Expression | None = None
    times: Fraction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """An indicator as rated by its rule for one period.

    `band` is the band that it is in; where the figure is missing, that of the lowest points, or None where it is left
    out. `steps` lead to the points, and are none where the rule gives no points. `weight` is that in roll-ups.
    """

    result: Result
    pace: Pace
    period: Period
    rule: RatingRule | None = None
    band: Band | None = None
    points: Fraction | None = None
    measures: Mapping[str, Measured] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    steps: tuple[PointStep, ...] = ()
    missing: MissingCase | None = None
    policy: MissingPolicy | None = None
    rank: int | None = None
    weight: Fraction = Fraction(1)

    @property
    def counts(self) -> bool:
        """Whether it counts in roll-ups."""
        return self.band is not None or self.points is not None

    @property
    def full(self) -> Fraction | None:
        """The points of a full score; None where the rule does not say."""
        return self.rule.full if self.rule else None


@dataclass(frozen=True, slots=True, kw_only=True)
class RatedIndicator:
    """An indicator with its ratings of all periods, the oldest first, and what these are rolled up to.

    `rating` has the figure of the judged period, with the measures, the band and the points of the period that decides
    where others count too; its `period` is that one.
    """

    rating: Rating
    history: tuple[Rating, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreTotal:
    """The roll-up of the ratings of a department, a part or the plan: how, the points, and the grade or worst band.

    `counted` are the ratings that count, and `left_out` the others. `veto` is a rating that forfeits all points.
    """

    level: Level
    name: str
    way: RollUp
    counted: tuple[Rating, ...]
    left_out: tuple[Rating, ...] = ()
    points: Fraction | None = None
    band: Band | None = None
    veto: Rating | None = None
    rank: int | None = None


class Scores(NamedTuple):
    """The ratings of a plan for a period by rules, and their roll-ups; `periods` are all that were rated."""

    plan: Plan
    period: Period
    rules: RatingRules
    indicators: tuple[RatedIndicator, ...]
    departments: tuple[ScoreTotal, ...]
    parts: tuple[ScoreTotal, ...]
    total: ScoreTotal
    periods: Sequence[Period] = ()
