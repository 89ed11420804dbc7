"""The outcome of one target: a fact about the city, with the figures shown beside it."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from czurban.model.indicator import Indicator
from czurban.model.observation import Observation


class Verdict(StrEnum):
    """The five outcomes. Not reported and not readable are outcomes of their own, never a kind of missed."""

    MET = "met"
    MISSED = "missed"
    UNREPORTED = "unreported"
    UNREADABLE = "unreadable"
    NOT_DUE = "not-due"


class Note(StrEnum):
    """What is worth saying beside a verdict and never changes it."""

    WORSE_THAN_BASELINE = "worse-than-baseline"
    TARGET_BELOW_BASELINE = "target-below-baseline"
    MET_AT_BASELINE = "met-at-baseline"
    COPIED = "copied"
    APPROXIMATE = "approximate"
    APPROXIMATE_BASELINE = "approximate-baseline"
    INTERPRETED = "interpreted"
    PLAN_TARGET = "plan-target"
    NO_TARGET = "no-target"


class NoProgress(StrEnum):
    """Why the progress from baseline to target (目标完成进度) is left blank."""

    NO_VALUE = "no-value"
    NO_BASELINE = "no-baseline"
    MET_AT_BASELINE = "met-at-baseline"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What is computed from a value, all in the indicator's unit; rates (完成率, 进度) as fractions of one.

    `gap` is positive inside the target. `change` is against the baseline. `completion` is actual ÷ target for floors
    of amounts and is not progress. Everything is exact; rounding is the report's.
    """

    gap: Fraction
    change: Fraction | None = None
    completion: Fraction | None = None
    progress: Fraction | None = None
    no_progress: NoProgress | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One indicator judged: its verdict, the observation used, the value in the plan's unit, figures and notes."""

    indicator: Indicator
    verdict: Verdict
    observation: Observation | None = None
    actual: Fraction | None = None
    figures: Figures | None = None
    notes: tuple[Note, ...] = ()
