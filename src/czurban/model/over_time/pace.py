"""Define the pace of a target within its time: how far it is, how far it should be, and what is still needed."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from czurban.model.indicator import IndicatorKind
from czurban.model.years import OverYears


class PaceStatus(StrEnum):
    """How a target stands against the time that has passed. It never changes a verdict."""

    ACHIEVED_EARLY = "achieved-early"
    AHEAD = "ahead"
    ON_PACE = "on-pace"
    BEHIND = "behind"
    MOVED_AWAY = "moved-away"
    NOT_ASSESSED = "not-assessed"
    UNREPORTED = "unreported"
    UNREADABLE = "unreadable"


KEEPING = frozenset({PaceStatus.ACHIEVED_EARLY, PaceStatus.AHEAD, PaceStatus.ON_PACE})
"""The statuses of targets that keep the pace."""
LAGGING = frozenset({PaceStatus.BEHIND, PaceStatus.MOVED_AWAY})
"""The statuses of targets that do not."""


class NotAssessed(StrEnum):
    """Why a target has no pace."""

    ANNUAL = "annual"  # its figure exists only at the end of the year
    NO_BASELINE = "no-baseline"  # a level needs a figure to draw the line from
    NO_TARGET = "no-target"
    NO_INTERVAL = "no-interval"  # it is judged by a stage, or by a figure that is not known
    NO_STAGE_DUE = "no-stage-due"  # the plan asks for no stage of a milestone before the end
    NOT_BEGUN = "not-begun"  # the judged period ends before the time of the target begins


class TimeUnit(StrEnum):
    """The unit in which time is counted."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class Clock(NamedTuple):
    """How much of a target's time has passed, in days or months: 9 of 12 months, 209 of 366 days.

    `total` is the length of its time and `passed` how much of it has passed, never more than all of it. A part of a
    month is a fraction of it.
    """

    passed: Fraction
    total: Fraction
    unit: TimeUnit = TimeUnit.MONTH

    @property
    def share(self) -> Fraction:
        """The elapsed share, from 0 to 1 (时间进度)."""
        return self.passed / self.total

    @property
    def left(self) -> Fraction:
        """How much time is left."""
        return self.total - self.passed

    @property
    def is_over(self) -> bool:
        """Whether all of the time has passed."""
        return self.passed >= self.total


NO_TIME = Clock(Fraction(0), Fraction(0))


class LeadUnit(StrEnum):
    """What a lead is counted in: percentage points of the target, or the indicator's unit."""

    POINTS = "points"
    OWN = "own"


class LeadOf(StrEnum):
    """What the points of a lead are a share of: a sum's target, a level's way from its baseline, or nothing."""

    TARGET = "target"
    WAY = "way"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """The pace of one target, all figures exact.

    `completion` is the part that is reached (of the target for sums, of the way from the baseline for levels) and
    `due_share` the part that should be, both as fractions of 1; `due` is the value that should be reached by now.
    `lead` is how far it is ahead, below zero behind, in `lead_unit`; points are percentage points. `rank` is the same
    as a share of the target, to compare targets with each other. `lead_of` is what a lead in points is a share of.

    `remaining` is what is left to reach, `needed` what is needed in each unit of time that is left, or on average for a
    mean, and `rate` what each unit of time so far has brought; `span` is the time in that unit. `projected` is the
    value at the end if the rate so far continues. `reachable` is False where the target is lost at any plausible rate.

    `kind` is the kind by which it is compared, which in a plan of several years may be another one than the
    indicator's, and `over` says how the years make the figure. `bound` is the end of the target that it is compared
    with, and `due_high` the most that may be reached by now of a range, of which `due` is the least. `too_high` says
    that it lags because it is above what is allowed, `overshot` that a level has gone through its range, and
    `missed_before` that a target for each year was missed in an earlier one.
    """

    status: PaceStatus
    clock: Clock | None = None
    not_assessed: NotAssessed | None = None
    value: Fraction | None = None
    due: Fraction | None = None
    due_share: Fraction | None = None
    completion: Fraction | None = None
    lead: Fraction | None = None
    lead_unit: LeadUnit = LeadUnit.POINTS
    lead_of: LeadOf = LeadOf.NOTHING
    rank: Fraction | None = None
    remaining: Fraction | None = None
    needed: Fraction | None = None
    rate: Fraction | None = None
    span: Clock = NO_TIME
    projected: Fraction | None = None
    reachable: bool = True
    has_path: bool = False
    kind: IndicatorKind | None = None
    over: OverYears = OverYears.LEVEL
    bound: Fraction | None = None
    due_high: Fraction | None = None
    too_high: bool = False
    overshot: bool = False
    missed_before: bool = False

    @property
    def is_assessed(self) -> bool:
        """Whether there is a figure and a pace to compare it with."""
        return self.status in KEEPING or self.status in LAGGING

    @property
    def is_lagging(self) -> bool:
        """Whether it is behind the time, or worse than its baseline."""
        return self.status in LAGGING

    @property
    def is_over(self) -> bool:
        """Whether the time of the target is over, so that nothing is early any more."""
        return self.clock is not None and self.clock.is_over
