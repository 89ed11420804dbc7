"""The outcome of one target: a fact about the city, with the figures shown beside it."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from czurban.model.indicator import Indicator
from czurban.model.observation import Observation
from czurban.model.place import Place

if TYPE_CHECKING:  # most runs derive nothing, and a start need not build the records for it
    from czurban.model.derived import Derived


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
    DERIVED = "derived"
    PARTIAL = "partial"
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
    """One indicator judged: its verdict, the observation used, the value in the plan's unit, figures and notes.

    `derived` is there where nobody sent a value and the plan's formula gave one, or a part of one; there is no
    observation then.
    """

    indicator: Indicator
    verdict: Verdict
    observation: Observation | None = None
    actual: Fraction | None = None
    figures: Figures | None = None
    notes: tuple[Note, ...] = ()
    derived: "Derived | None" = None

    @property
    def told(self) -> bool:
        """Whether there is anything to go by: something was sent, or a formula gave a whole value."""
        return self.observation is not None or self.actual is not None

    @property
    def place(self) -> Place | None:
        """Where the value stands: its cell, or the formula that gave it."""
        if self.observation:
            return self.observation.place
        return self.derived.formula.place if self.derived else None

    @property
    def approximate(self) -> bool:
        """Whether 约 stands before the value, or before one that it is reckoned from."""
        seen = self.observation or self.derived
        return seen is not None and seen.approximate

    @property
    def raw(self) -> str:
        """The value as it was sent, or as a formula gave it where only a part of it is known; else nothing."""
        if self.observation:
            return self.observation.raw
        return self.derived.shown if self.derived else ""
