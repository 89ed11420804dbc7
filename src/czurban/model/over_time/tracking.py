"""Define the pace of all targets and milestones of a plan, with their tally and their order."""

from collections import Counter
from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import NamedTuple

from czurban.model.assessment import Result
from czurban.model.ledger import MilestoneEntry
from czurban.model.over_time.pace import KEEPING, LAGGING, Clock, NotAssessed, Pace, PaceStatus
from czurban.model.period import Period
from czurban.model.plan import Plan


class PacedTarget(NamedTuple):
    """A result with its pace."""

    result: Result
    pace: Pace


class PacedMilestone(NamedTuple):
    """A milestone with the status of its stage: the stage that is due by now, and how many stages are left."""

    entry: MilestoneEntry
    status: PaceStatus
    due: str = ""
    left: int | None = None
    not_assessed: NotAssessed | None = None

    @property
    def is_overdue(self) -> bool:
        """Whether a stage is due by now and none is reported."""
        return bool(self.due) and self.status is PaceStatus.UNREPORTED


class Tracking(NamedTuple):
    """The pace of every target and milestone of a plan at the end of a period; `clock` is that of the whole plan.

    `allotted` is the pace of the departments' own parts of targets, which are not counted with the targets.
    """

    plan: Plan
    period: Period
    clock: Clock
    targets: tuple[PacedTarget, ...]
    milestones: tuple[PacedMilestone, ...] = ()
    allotted: tuple[PacedTarget, ...] = ()

    @property
    def every(self) -> tuple[PacedTarget, ...]:
        """The targets, then the departments' own parts of them."""
        return (*self.targets, *self.allotted)

    @property
    def of_parts(self) -> "Tracking":
        """The pace of the departments' own parts alone."""
        return self._replace(targets=self.allotted, milestones=(), allotted=())

    @property
    def silent(self) -> frozenset[str]:
        """The ids of the indicators of which nothing was reported, though a figure was due."""
        silent = (each.result for each in self.targets if each.pace.status is PaceStatus.UNREPORTED)
        return frozenset(result.indicator.id for result in silent)

    def within(self, scope: Callable[[Result], bool]) -> "Tracking":
        """Return the pace of the targets and parts in scope alone."""
        targets, parts = (tuple(each for each in kind if scope(each.result)) for kind in (self.targets, self.allotted))
        return self._replace(targets=targets, allotted=parts)

    def lags(self, scope: Callable[[Result], bool] = lambda _: True) -> bool:
        """Return whether some target or part in scope lags."""
        return any(each.pace.status in LAGGING for each in self.every if scope(each.result))

    def of(self, indicator: str) -> Pace | None:
        """Return the pace of an indicator by its id."""
        return next((each.pace for each in self.targets if each.result.indicator.id == indicator), None)


class PaceTally(NamedTuple):
    """How many targets have each status; `annual` are those not assessed because they are annual."""

    counts: Counter[PaceStatus]
    annual: int = 0

    @property
    def total(self) -> int:
        """All targets."""
        return self.counts.total()

    @property
    def assessed(self) -> int:
        """The denominator of shares: the targets that are assessed."""
        return sum(self.counts[status] for status in (*KEEPING, *LAGGING))

    @property
    def keeping(self) -> int:
        """How many assessed targets keep the pace."""
        return sum(self.counts[status] for status in KEEPING)

    @property
    def keeping_share(self) -> Fraction | None:
        """The share of the assessed targets that keep the pace; None where none is assessed."""
        return Fraction(self.keeping, self.assessed) if self.assessed else None


def pace_tally(targets: Iterable[PacedTarget]) -> PaceTally:
    """Count targets by status."""
    paces = [each.pace for each in targets]
    annual = sum(pace.not_assessed is NotAssessed.ANNUAL for pace in paces)
    return PaceTally(Counter(pace.status for pace in paces), annual)


_ORDER = (
    LAGGING,
    frozenset({PaceStatus.ON_PACE, PaceStatus.AHEAD}),
    frozenset({PaceStatus.ACHIEVED_EARLY}),
    frozenset({PaceStatus.UNREADABLE}),
    frozenset({PaceStatus.UNREPORTED}),
    frozenset({PaceStatus.NOT_ASSESSED}),
)


def worst_first(targets: Iterable[PacedTarget]) -> list[PacedTarget]:
    """Sort targets: those that lag first, the largest lag first, then those on pace, achieved, and not assessed."""

    def order(target: PacedTarget) -> tuple[int, Fraction]:
        pace = target.pace
        place = next(number for number, group in enumerate(_ORDER) if pace.status in group)
        return place, pace.rank if pace.rank is not None else Fraction(-1)

    return sorted(targets, key=order)
