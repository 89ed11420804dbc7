"""Entries of the supervision ledger (督查台账): every target and every milestone, open, closed or not due yet.

What a joint conference has to hear of: one matter, on what ground, who leads it, and where it stands.
"""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from czurban.model.assessment import Result, Verdict
from czurban.model.finding import Finding, Place
from czurban.model.observation import Observation, StageReport
from czurban.model.task import AddedDepartment, Commitment, Milestone, Task


class Closing(StrEnum):
    """Whether an entry may be struck off (销号)."""

    OPEN = "open"
    CLOSED = "closed"
    NOT_DUE = "not-due"


def closing_of(verdict: Verdict) -> Closing:
    """What a verdict comes to: nothing but met closes an entry, and nobody closes one by hand."""
    return {Verdict.MET: Closing.CLOSED, Verdict.NOT_DUE: Closing.NOT_DUE}.get(verdict, Closing.OPEN)


@dataclass(frozen=True, slots=True)
class TargetEntry:
    """A target with its result, and the tasks that carry it."""

    result: Result
    tasks: tuple[Task, ...] = ()

    @property
    def name(self) -> str:
        """What it is called."""
        return self.result.indicator.name

    @property
    def leads(self) -> tuple[str, ...]:
        """Who answers for it."""
        return self.result.indicator.leads

    @property
    def verdict(self) -> Verdict:
        """The result's."""
        return self.result.verdict

    @property
    def binding(self) -> bool:
        """A target always binds."""
        return True

    @property
    def closing(self) -> Closing:
        """Whether it is struck off."""
        return closing_of(self.verdict)


@dataclass(frozen=True, slots=True)
class MilestoneEntry:
    """A milestone with the stage reported for it, if one is.

    Met is a stage at or past the one asked for; `steps` are the stages that are still missing, None where the ladder
    cannot tell.
    """

    task: Task
    milestone: Milestone
    verdict: Verdict
    report: StageReport | None = None
    steps: int | None = None

    @property
    def name(self) -> str:
        """What it is called."""
        return self.milestone.name

    @property
    def leads(self) -> tuple[str, ...]:
        """Who leads its task."""
        return self.task.leads

    @property
    def tasks(self) -> tuple[Task, ...]:
        """Its one task."""
        return (self.task,)

    @property
    def binding(self) -> bool:
        """Whether the plan binds somebody to it: an aspiration is shown, and never counted against anybody."""
        return self.milestone.commitment is Commitment.FIRM

    @property
    def closing(self) -> Closing:
        """Whether it is struck off."""
        return closing_of(self.verdict)


Entry = TargetEntry | MilestoneEntry


def responsible_for(entry: Entry) -> tuple[str, ...]:
    """The departments that the plan prints as sharing the entry's tasks, without its leads."""
    names = dict.fromkeys(name for task in entry.tasks for name in task.responsible)
    return tuple(name for name in names if name not in entry.leads)


def added_to(entry: Entry) -> tuple[AddedDepartment, ...]:
    """The departments that a lead added to the entry's tasks."""
    return tuple(one for task in entry.tasks for one in task.added)


class Ground(StrEnum):
    """Why a matter is brought up, worst first."""

    CONTRADICTION = "contradiction"
    UNREADABLE = "unreadable"
    MISSED = "missed"
    STUCK = "stuck"
    UNREPORTED = "unreported"
    PLAN = "plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationItem:
    """One matter. What it rests on is kept, so that whoever tells it can say every figure.

    `entry` is the target or milestone, None for a fault of the plan itself; `finding` what was found about it;
    `observations` and `stages` the reported figures and stages it is about; `shortfall` the distance to a missed
    target as a share of the target, None where the target is 0.
    """

    ground: Ground
    leads: tuple[str, ...]
    place: Place | None
    entry: Entry | None = None
    finding: Finding | None = None
    observations: tuple[Observation, ...] = ()
    stages: tuple[StageReport, ...] = ()
    shortfall: Fraction | None = None
