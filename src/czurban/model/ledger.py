"""Entries of the supervision ledger (督查台账): every target and every milestone, open, closed or not due yet."""

from dataclasses import dataclass
from enum import StrEnum

from czurban.model.observation import StageReport
from czurban.model.task import AddedDepartment, Commitment, Milestone, Task
from czurban.model.verdict import Result, Verdict


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
