"""Select the usable stages of milestones (R10)."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from czurban.checking.collection.senders import senders_of
from czurban.model.faults import finding
from czurban.model.finding import Finding, Findings, did_you_mean, say
from czurban.model.observation import StageReport, Submission
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.model.task import Milestone, Task, TaskNo
from czurban.model.text import key, nearest

Stages = Mapping[tuple[TaskNo, str], StageReport]
"""Stages by the task's number and the milestone's printed name."""
_NO_STAGE = "S245"
_SHOWN = 40


def resolve_stages(plan: Plan, submissions: Sequence[Submission], judged: Period) -> tuple[Stages, Findings]:
    """Return the usable stages of all submissions, with the findings on the others (R10).

    A stage is not used if it is not on the ladder, for an unknown milestone, from a department that is not on the
    task, or of a period that ends after the judged one. A newer stage replaces those of periods that ended before. Of
    two usable stages of the newest period that differ, neither is used; a text that is no stage differs from any other
    of its sender, and takes no other sender's stage.
    """
    findings: list[Finding] = []
    unread: dict[tuple[TaskNo, str], list[StageReport]] = defaultdict(list)
    admitted: dict[tuple[TaskNo, str], tuple[Milestone, list[StageReport]]] = {}
    for report in (stage for submission in submissions for stage in submission.stages if not stage.withheld):
        admission = _admit(plan, report, judged)
        if isinstance(admission, Finding):
            findings.append(admission)
            if admission.code == _NO_STAGE and _period(report, judged).until <= judged.until:
                unread[report.task, key(report.milestone)].append(report)
        else:
            task, milestone = admission
            admitted.setdefault((task.no, milestone.name), (milestone, []))[1].append(report)
    resolved: dict[tuple[TaskNo, str], StageReport] = {}
    for name, (milestone, reports) in admitted.items():
        newest = newest_stages(reports, judged)
        other = next((report for report in newest if key(report.stage) != key(newest[0].stage)), None)
        texts = newest_stages([*newest, *unread[name[0], key(name[1])]], judged)
        texts = [text for text in texts if text not in newest]
        senders = senders_of([*newest, *texts], plan) if texts else []
        if other is not None:
            findings.append(_conflict(newest[0], other))
        elif set(senders[: len(newest)]).isdisjoint(senders[len(newest) :]):  # else a sender also sent a text
            resolved[name] = newest[0]
            findings += _fallen_back(plan, milestone, newest[0], reports, judged)
    return resolved, tuple(findings)


def newest_stages(reports: Sequence[StageReport], judged: Period) -> list[StageReport]:
    """Return the stages of the newest period; one without a period is of the judged one."""
    ends = [_period(report, judged).until for report in reports]
    return [report for report, end in zip(reports, ends, strict=True) if end == max(ends)]


def _period(report: StageReport, judged: Period) -> Period:
    return report.period or judged


def _fallen_back(
    plan: Plan, milestone: Milestone, newest: StageReport, reports: Sequence[StageReport], judged: Period
) -> Iterator[Finding]:
    """Yield a finding if an earlier period had a later stage than the newest one."""
    rungs = {key(stage): number for number, stage in enumerate(plan.ladders[milestone.ladder])}
    higher = [report for report in reports if rungs[key(report.stage)] > rungs[key(newest.stage)]]
    if higher:
        earlier = max(higher, key=lambda report: (_period(report, judged).until, rungs[key(report.stage)]))
        message = say(
            "“{milestone}” is {stage} for {period}, and was {before} for {earlier} at {place}; the newest is used.",
            milestone=milestone.name,
            stage=newest.stage,
            period=_period(newest, judged),
            before=earlier.stage,
            earlier=_period(earlier, judged),
            place=earlier.place,
        )
        yield finding("S296", newest.place, message, say("Correct the stage or the period of one of the two."))


def _admit(plan: Plan, report: StageReport, judged: Period) -> tuple[Task, Milestone] | Finding:
    task = plan.task(report.task)
    milestone = next((m for m in task.milestones if key(m.name) == key(report.milestone)), None) if task else None
    if task is None or milestone is None:
        return _no_milestone(report, task)
    ladder = plan.ladders.get(milestone.ladder, ())
    if key(report.stage) not in map(key, ladder):
        return _no_stage(report, ladder)
    if report.sender and not _is_on_task(report.sender, task, plan):
        return _not_on_task(report, task)
    if report.period and report.period.until > judged.until:
        values = {"stated": report.period, "judged": judged}
        message = say("This stage is of {stated}; {judged} is judged, so it is not used.", **values)
        hint = say("Give the stage that {judged} ends with, in a form of {judged}.", **values)
        return finding("S208", report.place, message, hint)
    return task, milestone


def _is_on_task(name: str, task: Task, plan: Plan) -> bool:
    """Return whether a department is on a task, or a region by a group that stands for it."""
    if office := plan.department(name):
        return office.name in task.departments
    county = plan.county(name)
    of_group = county is not None and not plan.groups_of(county.region).isdisjoint(task.departments)
    return of_group or plan.is_of_region(name)


def _no_milestone(report: StageReport, task: Task | None) -> Finding:
    if task is None:
        message = say("The plan has no task {no}; the stage is not used.", no=report.task)
        return finding("S246", report.place, message, say("`czurban list tasks` shows every task."))
    values = {"no": task.no, "name": report.milestone[:_SHOWN]}
    message = say("Task {no} has no milestone “{name}”; the stage is not used.", **values)
    hint = did_you_mean(nearest(report.milestone, (each.name for each in task.milestones)))
    return finding(
        "S246", report.place, message, hint or say("`czurban show 任务{no}` shows its milestones.", **values)
    )


def _no_stage(report: StageReport, ladder: Sequence[str]) -> Finding:
    values = {"stage": report.stage[:_SHOWN], "milestone": report.milestone}
    message = say("“{stage}” is no stage of “{milestone}”; it is not used.", **values)
    hint = say("Choose from: {names}.", names=tuple(ladder))
    if near := _near_stage(report.stage, ladder):
        hint = say("Did you mean {name}? Choose from: {names}.", name=near, names=tuple(ladder))
    return finding(_NO_STAGE, report.place, message, hint)


_UNIMPORTANT = str.maketrans("", "", "已了基本全部正在的阶段状态中")
"""What people add to the name of a stage or leave out of it: 已完工, 建设阶段."""


def _near_stage(text: str, ladder: Sequence[str]) -> str | None:
    """Return the stage that a text most likely means; None if that is not one alone. It is only suggested."""
    bare = key(text).translate(_UNIMPORTANT)
    same = [stage for stage in ladder if bare and key(stage).translate(_UNIMPORTANT) == bare]
    near = same or list(nearest(text, ladder))
    return near[0] if near and (same or len(near) == 1) and not _DENIED.search(text) else None


_DENIED = re.compile("[未没不无]|尚|待")


def _not_on_task(report: StageReport, task: Task) -> Finding:
    values = {"name": report.sender[:_SHOWN], "no": task.no, "milestone": report.milestone}
    message = say("{name} is not on task {no}, so its stage for “{milestone}” is not used.", **values)
    return finding("S247", report.place, message, say("{leads} reports it.", leads="、".join(task.leads)))


def _conflict(report: StageReport, other: StageReport) -> Finding:
    values = {"milestone": report.milestone, "other": other.stage, "one": report.stage, "place": report.place}
    message = say("“{milestone}” is {other} here and {one} at {place}, so neither is used.", **values)
    return finding("S248", other.place, message, say("Agree on one stage, and leave it out of the other form."))
