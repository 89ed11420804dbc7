"""Which reported stages may be used: of a known milestone, on its ladder, from who is on the task, and undisputed."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from czurban.model.faults import finding
from czurban.model.finding import Finding, Findings
from czurban.model.message import Message, say
from czurban.model.observation import StageReport, Submission
from czurban.model.plan import Plan
from czurban.model.task import Milestone, Task
from czurban.model.text import key, nearest

Stages = Mapping[tuple[int, str], StageReport]
"""Stages by task and by the milestone's name as the plan prints it."""
_SHOWN = 40


def settle_stages(plan: Plan, submissions: Sequence[Submission]) -> tuple[Stages, Findings]:
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
