"""Who has sent what: each department's files held against what the plan asks of it."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from czurban.model.assessment import Assessment, Result, Verdict
from czurban.model.collection import Change, DepartmentStatus, State, led_milestones
from czurban.model.observation import Reading, StageReport, Submission
from czurban.model.plan import Plan
from czurban.model.task import Department


def department_statuses(assessment: Assessment) -> tuple[DepartmentStatus, ...]:
    """How each department stands that leads anything or has sent anything, in the plan's order.

    What a department leads together with another is not missing where one of them has sent it.
    """
    plan, told = assessment.plan, Counter(one.place.file for one in assessment.findings if one.place)
    sent: dict[str, list[Submission]] = defaultdict(list)
    for submission in assessment.submissions:
        for name in senders(submission, plan):
            sent[name].append(submission)
    found = (_standing(assessment, office, sent.get(office.name, []), told) for office in plan.departments)
    return tuple(one for one in found if one.results or one.milestones or one.files)


def senders(submission: Submission, plan: Plan) -> tuple[str, ...]:
    """The departments a file comes from: the one its mark names, else those its rows name."""
    named = [one.sender for one in submission.observations] + [one.sender for one in submission.stages]
    names = [submission.sender] if submission.sender else dict.fromkeys(named)
    offices = (plan.department(name) for name in names if name)
    return tuple(dict.fromkeys(office.name for office in offices if office))


def _standing(
    assessment: Assessment, office: Department, sent: Sequence[Submission], told: Mapping[str, int]
) -> DepartmentStatus:
    results = [one for one in assessment.results if office.name in one.indicator.leads and _is_asked(one)]
    missing = [one for one in results if not one.has_figure]
    unreadable = [one for one in results if one.has_figure and one.actual is None]
    milestones = led_milestones(assessment.plan, office)
    unstaged = tuple((task, one) for task, one in milestones if (task.no, one.name) not in assessment.stages)
    state = _state(sent, wanting=bool(missing or unreadable or unstaged), told=told)
    return DepartmentStatus(
        office=office,
        state=state,
        files=tuple(one.file for one in sent),
        results=tuple(results),
        missing=tuple(missing),
        unreadable=tuple(unreadable),
        milestones=milestones,
        unstaged=unstaged,
        findings=sum(told.get(one.file, 0) for one in sent),
    )


def _is_asked(one: Result) -> bool:
    """Whether a figure is due or was sent; one that a formula gives is owed by nobody."""
    given = one.derived is not None and one.actual is not None
    return one.observation is not None or (one.verdict is not Verdict.NOT_DUE and not given)


def _state(sent: Sequence[Submission], *, wanting: bool, told: Mapping[str, int]) -> State:
    if not wanting:
        return State.COMPLETE
    if not sent:
        return State.SILENT
    if any(one.stages or any(seen.reported is not Reading.NOTHING for seen in one.observations) for one in sent):
        return State.PARTIAL
    empty = all(one.observations for one in sent) or not any(told.get(one.file) for one in sent)
    return State.EMPTY if empty else State.REFUSED


def changes(before: Assessment, after: Assessment) -> tuple[Change, ...]:
    """What is told differently now, indicators first, then milestones."""
    found: list[Change] = []
    for old, new in zip(before.results, after.results, strict=True):
        one = new.indicator
        if _figure(old) != _figure(new):
            found.append(
                Change(one.name, one.leads, old if old.observation else None, new if new.observation else None)
            )
    for task in after.plan.tasks:
        for milestone in task.milestones:
            name = (task.no, milestone.name)
            then, now = before.stages.get(name), after.stages.get(name)
            if _stage(then) != _stage(now):
                found.append(Change(milestone.name, task.leads, then, now))
    return tuple(found)


def _figure(one: Result) -> tuple[object, ...]:
    """What was sent; what a formula gives instead is nobody's to revise or withdraw."""
    seen = one.observation
    return (one.actual, one.approximate, seen.raw if one.actual is None else "", seen.status) if seen else ()


def _stage(one: StageReport | None) -> str:
    return one.stage if one else ""
