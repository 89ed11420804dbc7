"""The ledger of a plan: every target and milestone as an entry, and what closes it."""

from collections.abc import Container, Iterator

from czurban.checking.stages import Stages
from czurban.model.assessment import Assessment
from czurban.model.indicator import Indicator
from czurban.model.ledger import Entry, MilestoneEntry, TargetEntry
from czurban.model.observation import StageReport
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.model.task import Milestone, Task
from czurban.model.text import key
from czurban.model.verdict import Verdict


def ledger_entries(assessment: Assessment, stages: Stages) -> tuple[Entry, ...]:
    """Make the ledger: the main table first, then task by task its own quantities and its milestones.

    Args:
        assessment: the judged plan.
        stages: the stage reported for a milestone, by the task's number and the milestone's name.
    """
    plan = assessment.plan
    targets = [TargetEntry(one, _carried_by(one.indicator, plan)) for one in assessment.results]
    own = {task.no for task in plan.tasks}
    main = [one for one in targets if one.result.indicator.task not in own]
    due = _due(assessment.period, plan.period)
    sent = {(one.task, one.milestone) for submission in assessment.submissions for one in submission.stages}
    rest: list[Entry] = []
    for task in plan.tasks:
        rest += [one for one in targets if one.result.indicator.task == task.no]
        rest += _milestones(task, plan, stages, sent, due=due)
    return (*main, *rest)


def _carried_by(one: Indicator, plan: Plan) -> tuple[Task, ...]:
    return tuple(task for task in plan.tasks if one.id in task.quantities or one.task == task.no)


def _due(judged: Period, plan: Period) -> bool:
    """Milestones are asked for by the end of the plan's period, as targets with that deadline are."""
    return judged.start < plan.start or judged.end >= plan.end


def _milestones(
    task: Task, plan: Plan, stages: Stages, sent: Container[tuple[int, str]], *, due: bool
) -> Iterator[MilestoneEntry]:
    for one in task.milestones:
        at = (task.no, one.name)
        report = stages.get(at)
        steps = _steps(one, plan, report) if report else None
        verdict = _verdict(report, steps, sent=at in sent)
        early = verdict is not Verdict.MET and not due
        yield MilestoneEntry(task, one, Verdict.NOT_DUE if early else verdict, report, steps)


def _steps(one: Milestone, plan: Plan, report: StageReport) -> int | None:
    """How many stages are missing, 0 where the one asked for is reached or passed; None off the ladder."""
    rungs = {key(stage): number for number, stage in enumerate(plan.ladders.get(one.ladder, ()))}
    asked, reached = rungs.get(key(one.stage)), rungs.get(key(report.stage))
    return None if asked is None or reached is None else max(0, asked - reached)


def _verdict(report: StageReport | None, steps: int | None, *, sent: bool) -> Verdict:
    """Not reported is where nothing was sent; where something was that does not count, nobody can tell."""
    if report is None:
        return Verdict.UNREADABLE if sent else Verdict.UNREPORTED
    if steps is None:
        return Verdict.UNREADABLE
    return Verdict.MISSED if steps else Verdict.MET
