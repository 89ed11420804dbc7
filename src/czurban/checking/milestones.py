"""Which reported stages may be used: of a known milestone, on its ladder, from who is on the task, and undisputed.

The ledger of a plan: every target and milestone as an entry, and what closes it.
"""

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence

from czurban.model.assessment import Assessment, Verdict
from czurban.model.faults import finding
from czurban.model.finding import Finding, Findings, Message, say
from czurban.model.indicator import Indicator
from czurban.model.ledger import Entry, MilestoneEntry, TargetEntry
from czurban.model.observation import StageReport, Submission
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.model.task import Milestone, Task
from czurban.model.text import key, nearest

Stages = Mapping[tuple[int, str], StageReport]
"""Stages by task and by the milestone's name as the plan prints it."""
_SHOWN = 40


def resolve_stages(plan: Plan, submissions: Sequence[Submission]) -> tuple[Stages, Findings]:
    """Settle the stages of everything that was sent.

    A stage that is not known, for a milestone that is not known, or from a department that is not on the task is not
    used; where two that could be used differ, neither is.
    """
    findings: list[Finding] = []
    told: dict[tuple[int, str], list[StageReport]] = defaultdict(list)
    for one in (stage for submission in submissions for stage in submission.stages):
        found = _admit(plan, one)
        if isinstance(found, Finding):
            findings.append(found)
        else:
            task, milestone = found
            told[task.no, milestone.name].append(one)
    settled: dict[tuple[int, str], StageReport] = {}
    for name, reports in told.items():
        other = next((one for one in reports if key(one.stage) != key(reports[0].stage)), None)
        if other is None:
            settled[name] = reports[0]
        else:
            findings.append(_disagree(reports[0], other))
    return settled, tuple(findings)


def _admit(plan: Plan, one: StageReport) -> tuple[Task, Milestone] | Finding:
    task = plan.task(one.task)
    milestone = next((m for m in task.milestones if key(m.name) == key(one.milestone)), None) if task else None
    if task is None or milestone is None:
        return _no_milestone(one, task)
    ladder = plan.ladders.get(milestone.ladder, ())
    if key(one.stage) not in map(key, ladder):
        return _no_stage(one, ladder)
    office = plan.department(one.sender) if one.sender else None
    if one.sender and (office is None or office.name not in task.departments):
        return _not_on_it(one, task)
    return task, milestone


def _no_milestone(one: StageReport, task: Task | None) -> Finding:
    if task is None:
        message: Message = say("The plan has no task {no}; the stage is not used.", no=one.task)
        return finding("S246", one.place, message, say("`czurban list tasks` shows every task."))
    message = say(
        "Task {no} has no milestone “{name}”; the stage is not used.", no=task.no, name=one.milestone[:_SHOWN]
    )
    near = nearest(one.milestone, (m.name for m in task.milestones))
    hint = say("Did you mean {names}?", names=" / ".join(near)) if near else None
    return finding("S246", one.place, message, hint or say("`czurban show 任务{no}` shows its milestones.", no=task.no))


def _no_stage(one: StageReport, ladder: Sequence[str]) -> Finding:
    message = say(
        "“{stage}” is no stage of “{milestone}”; it is not used.", stage=one.stage[:_SHOWN], milestone=one.milestone
    )
    return finding("S245", one.place, message, say("Choose from: {names}.", names="、".join(ladder)))


def _not_on_it(one: StageReport, task: Task) -> Finding:
    message = say(
        "{name} is not on task {no}, so its stage for “{milestone}” is not used.",
        name=one.sender[:_SHOWN],
        no=task.no,
        milestone=one.milestone,
    )
    return finding("S247", one.place, message, say("{leads} reports it.", leads="、".join(task.leads)))


def _disagree(one: StageReport, other: StageReport) -> Finding:
    message = say(
        "“{milestone}” is {other} here and {one} at {place}, so neither is used.",
        milestone=one.milestone,
        other=other.stage,
        one=one.stage,
        place=one.place,
    )
    return finding("S248", other.place, message, say("Agree on one stage, and leave it out of the other form."))


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
