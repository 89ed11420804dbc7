"""Define the entries of the supervision ledger (督查台账)."""

from enum import StrEnum
from typing import NamedTuple

from czurban.model.assessment import Assessment, Result, Verdict
from czurban.model.observation import StageReport
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.model.task import AddedDepartment, Commitment, Milestone, Persons, Task
from czurban.model.text import key


class Closing(StrEnum):
    """Whether an entry is closed (销号)."""

    OPEN = "open"
    CLOSED = "closed"
    NOT_DUE = "not-due"


def closing_of(verdict: Verdict) -> Closing:
    """Return whether a verdict closes an entry: only *met* does."""
    return {Verdict.MET: Closing.CLOSED, Verdict.NOT_DUE: Closing.NOT_DUE}.get(verdict, Closing.OPEN)


class TargetEntry(NamedTuple):
    """A target with its result, and the tasks that it belongs to."""

    result: Result
    tasks: tuple[Task, ...] = ()

    @property
    def name(self) -> str:
        """Its name."""
        return self.result.indicator.name

    @property
    def leads(self) -> tuple[str, ...]:
        """The departments that lead it."""
        return self.result.indicator.leads

    @property
    def verdict(self) -> Verdict:
        """The verdict of its result."""
        return self.result.verdict

    @property
    def binding(self) -> bool:
        """Whether it is binding; a target always is."""
        return True

    @property
    def closing(self) -> Closing:
        """Whether it is closed."""
        return closing_of(self.verdict)

    def due(self, _: Plan) -> Period:
        """Return when it is due."""
        return self.result.indicator.target.deadline

    def persons(self, plan: Plan) -> Persons:
        """Return who answers for it."""
        return plan.persons_for(self.result.indicator)


class MilestoneEntry(NamedTuple):
    """A milestone with its reported stage, if there is one; it is met by the demanded stage or a later one.

    `steps` is the number of missing stages, None for a stage that is not on the ladder.
    """

    task: Task
    milestone: Milestone
    verdict: Verdict
    report: StageReport | None = None
    steps: int | None = None

    @property
    def name(self) -> str:
        """Its name."""
        return self.milestone.name

    @property
    def leads(self) -> tuple[str, ...]:
        """The departments that lead its task."""
        return self.task.leads

    @property
    def tasks(self) -> tuple[Task, ...]:
        """Its only task."""
        return (self.task,)

    @property
    def binding(self) -> bool:
        """Whether it is binding; an aspiration is listed and counted nowhere."""
        return self.milestone.commitment is Commitment.FIRM

    @property
    def closing(self) -> Closing:
        """Whether it is closed."""
        return closing_of(self.verdict)

    def due(self, plan: Plan) -> Period:
        """Return when it is due."""
        return self.milestone.deadline or plan.period

    def persons(self, plan: Plan) -> Persons:
        """Return who answers for it."""
        return plan.persons_for_task(self.task)


Entry = TargetEntry | MilestoneEntry


def milestone_entries(assessment: Assessment) -> tuple[MilestoneEntry, ...]:
    """Return every milestone of a plan with its reported stage and verdict, task by task."""
    plan, judged = assessment.plan, assessment.period
    due = judged.start < plan.period.start or judged.until >= plan.period.until  # as targets with that deadline
    sent = {(report.task, report.milestone) for submission in assessment.submissions for report in submission.stages}
    entries = []
    for task in plan.tasks:
        for milestone in task.milestones:
            report = assessment.stages.get((task.no, milestone.name))
            steps = _steps(milestone, plan, report) if report else None
            verdict = _verdict(report, steps, sent=(task.no, milestone.name) in sent)
            early = verdict is not Verdict.MET and not due
            entries.append(MilestoneEntry(task, milestone, Verdict.NOT_DUE if early else verdict, report, steps))
    return tuple(entries)


def milestones_named(text: str, assessment: Assessment) -> tuple[MilestoneEntry, ...]:
    """Return the milestones with a name, of any task."""
    wanted = key(text)
    return tuple(entry for entry in milestone_entries(assessment) if key(entry.name) == wanted)


def _steps(milestone: Milestone, plan: Plan, report: StageReport) -> int | None:
    """Return the number of missing stages, 0 for the demanded stage or a later one; None for a stage off the ladder."""
    rungs = {key(stage): number for number, stage in enumerate(plan.ladders.get(milestone.ladder, ()))}
    asked, reached = rungs.get(key(milestone.stage)), rungs.get(key(report.stage))
    return None if asked is None or reached is None else max(0, asked - reached)


def _verdict(report: StageReport | None, steps: int | None, *, sent: bool) -> Verdict:
    """Return the verdict of a milestone; a stage that was sent and is not usable makes it *unreadable* (R10)."""
    if report is None or steps is None:
        return Verdict.UNREADABLE if sent or report is not None else Verdict.UNREPORTED
    return Verdict.MISSED if steps else Verdict.MET


def responsible_for(entry: Entry) -> tuple[str, ...]:
    """Return the printed responsible departments of an entry's tasks, without its leads."""
    names = dict.fromkeys(name for task in entry.tasks for name in task.responsible)
    return tuple(name for name in names if name not in entry.leads)


def added_to(entry: Entry) -> tuple[AddedDepartment, ...]:
    """Return the departments that a lead added to an entry's tasks."""
    return tuple(department for task in entry.tasks for department in task.added)
