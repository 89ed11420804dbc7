"""Compare what each department has sent with what the plan asks of it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath
from types import MappingProxyType
from typing import NamedTuple

from czurban.checking.repeats import sender_of
from czurban.model.assessment import Assessment, Note, Result, Verdict
from czurban.model.collection.asked import indicators_of, led_milestones, milestones_of, named_in
from czurban.model.collection.sent import Change, DepartmentStatus, State
from czurban.model.finding import Finding, Severity
from czurban.model.observation import Observation, Reading, StageReport, Submission
from czurban.model.plan import Department, Plan
from czurban.model.task import TaskNo
from czurban.model.text import key


def department_statuses(
    assessment: Assessment, others: Iterable[str] = (), counties: Mapping[str, Assessment] = MappingProxyType({})
) -> tuple[DepartmentStatus, ...]:
    """Return the status of each department that leads something or has sent something, in the plan's order.

    An indicator with several leads is not missing once any of them has sent it. The regions that figures are asked of
    follow, and other regions whose own files were sent, each as a unit that the plan asks for nothing.

    Args:
        assessment: everything that was sent, judged.
        others: files that were sent and are no tables, such as scans; those that name a department are its own.
        counties: the regions that figures are asked of, each judged by itself, by their codes.
    """
    plan, findings = assessment.plan, Counter(fault.place.file for fault in assessment.findings if fault.place)
    sent: dict[str, list[Submission]] = defaultdict(list)
    for submission in assessment.submissions:
        for name in _units(submission, plan):
            sent[name].append(submission)
    for file in others:
        if office := named_in(file, plan):
            sent[office.name].append(Submission(file, ""))
    offices = [office for office in plan.offices if not office.region or office.region in counties]
    known = {office.name for office in offices}
    unread = {"": _unread(assessment), **{code: _unread(county) for code, county in counties.items()}}
    statuses = (
        _status(
            counties.get(office.region, assessment),
            plan,
            office,
            sent.get(office.name, []),
            findings,
            unread[office.region],
        )
        for office in (*offices, *(Department(name) for name in sent if name not in known))
    )
    return tuple(
        status
        for status in statuses
        if status.results or status.milestones or status.files or _is_asked_for_stages(plan, status.office)
    )


def _is_asked_for_stages(plan: Plan, office: Department) -> bool:
    return bool(office.region) and bool(milestones_of(plan, office))


def senders(submission: Submission, plan: Plan) -> tuple[str, ...]:
    """Return the units that a file is from: that of its mark, else those of its rows, else that of its name."""
    if county := plan.counties.get(submission.region):
        return (county.name,)
    named = [value.sender for value in submission.observations] + [report.sender for report in submission.stages]
    names = [submission.sender] if submission.sender else dict.fromkeys(named)
    offices = [plan.department(name) for name in names if name] or [named_in(submission.file, plan)]
    return tuple(dict.fromkeys(office.name for office in offices if office))


def regions_in(submission: Submission, plan: Plan) -> tuple[str, ...]:
    """Return the region below the plan's that a file without a department is of: that of all its rows, or its name."""
    home = plan.regions.find(plan.region)
    named = {value.region for value in submission.observations if value.region}
    stem = key(PurePath(submission.file).stem)
    inside = (region for region in plan.regions if any(key(name) in stem for name in region.names))
    regions = [plan.regions.find(name) for name in named] or list(inside)
    below = {region for region in regions if region and region != home}
    units = (plan.counties.get(region.code) or Department(plan.regions.full_name(region)) for region in below)
    return tuple(unit.name for unit in units) if len(below) == 1 else ()


def unread_files(assessment: Assessment) -> Iterator[tuple[str, Finding]]:
    """Yield the errors for which nothing of a file can be used, each with the department that the file is from."""
    plan = assessment.plan
    forms = {sent.file: sent for county in assessment.counties.values() for sent in county.submissions}
    every = ((sent, forms.get(sent.file, sent)) for sent in assessment.submissions)
    empty = (sent for sent, read in every if not read.observations and not read.stages)
    unread = {submission.file: senders(submission, plan) for submission in empty}
    for fault in assessment.findings:
        if fault.place and fault.severity is Severity.ERROR:
            yield from ((office, fault) for office in unread.get(fault.place.file, ()))


class _Unread(NamedTuple):
    """What departments sent that cannot be used: figures while another's is used, by indicator, and stages."""

    figures: Mapping[tuple[str, str], Observation]
    stages: Mapping[tuple[str, TaskNo, str], StageReport]


def _unread(assessment: Assessment) -> _Unread:
    plan, faults = assessment.plan, {fault.place for fault in assessment.findings if fault.severity is Severity.ERROR}
    doubted = {result.indicator.id for result in assessment.judged if Note.OTHER_UNREADABLE in result.notes}
    values = (value for sent in assessment.submissions for value in (sent.observations if doubted else ()))
    stages = (stage for sent in assessment.submissions for stage in sent.stages)
    return _Unread(
        {
            (sender_of(value, plan), value.indicator): value
            for value in values
            if value.indicator in doubted and value.reported is Reading.UNREADABLE and value.place in faults
        },
        {
            (sender_of(stage, plan), stage.task, key(stage.milestone)): stage
            for stage in stages
            if stage.place in faults and not stage.withheld
        },
    )


def _results_of(assessment: Assessment, plan: Plan, office: Department) -> list[Result]:
    """Return the results that a unit has to report, or has reported, with figures that were refused."""
    period = assessment.period
    tracked = plan.period.start <= period.until < plan.period.until
    ours: Iterable[Result] = (result for result in assessment.judged if office.name in result.indicator.leads)
    if office.region:
        asked = {indicator.id for indicator in indicators_of(plan, office)}
        ours = (result for result in assessment.results if result.indicator.whole in asked)
    refused = _refused_figures(assessment)
    return [_with_refused(result, refused) for result in ours if _is_due(result, tracked=tracked)]


def _status(  # noqa: PLR0913, PLR0917 - all that it comes from
    assessment: Assessment,
    plan: Plan,
    office: Department,
    files: Sequence[Submission],
    findings: Mapping[str, int],
    unread: _Unread,
) -> DepartmentStatus:
    results = _results_of(assessment, plan, office)
    judged = {submission.file: submission for submission in assessment.submissions} if office.region else {}
    sent = [judged.get(submission.file, submission) for submission in files]
    unread_figures = {name: value for (sender, name), value in unread.figures.items() if sender == office.name}
    results = [_as_sent(result, unread_figures) for result in results]
    missing = [result for result in results if not result.has_figure]
    unreadable = [result for result in results if result.has_figure and result.actual is None]
    milestones = led_milestones(plan, office)
    unstaged = tuple(
        (task, milestone)
        for task, milestone in milestones
        if (task.no, milestone.name) not in assessment.stages
        or (office.name, task.no, key(milestone.name)) in unread.stages
    )
    lacking = {(task.no, key(milestone.name)) for task, milestone in unstaged}
    stages = {
        (stage.task, key(stage.milestone)): stage
        for submission in assessment.submissions
        for stage in submission.stages
        if (stage.task, key(stage.milestone)) in lacking
    }
    stages |= {about: stage for about in stages if (stage := unread.stages.get((office.name, *about)))}
    lacks = len(missing) + len(unreadable) + len(unstaged)
    state = _state(sent, findings, asked=bool(results or milestones), lacks=bool(lacks))
    tried = not office.region or unreadable  # a region may send figures that it is not asked for
    if state is State.PARTIAL and tried and lacks == len(results) + len(milestones):
        state = State.REFUSED
    return DepartmentStatus(
        office=office,
        state=state,
        files=tuple(submission.file for submission in sent),
        results=tuple(results),
        missing=tuple(missing),
        unreadable=tuple(unreadable),
        milestones=milestones,
        unstaged=unstaged,
        findings=sum(findings.get(submission.file, 0) for submission in sent),
        refused=tuple(stages.values()),
    )


def _as_sent(result: Result, unread: Mapping[str, Observation]) -> Result:
    """Return the result with the figure of a department that cannot be read in place of another's that is used."""
    value = unread.get(result.indicator.id)
    return result if value is None else replace(result, observation=value, actual=None, figures=None)


def _refused_figures(assessment: Assessment) -> Mapping[str, Observation]:
    """Return the first figure of each indicator that was refused, where it is one of the plan's region."""
    errors = {fault.place for fault in assessment.findings if fault.severity is Severity.ERROR}
    refused: dict[str, Observation] = {}
    for submission in assessment.submissions:
        for value in submission.observations:
            if value.place in errors and assessment.plan.is_own_region(value.region):
                refused.setdefault(value.indicator, value)
    return refused


def _with_refused(result: Result, refused: Mapping[str, Observation]) -> Result:
    """Return a result with the figure that was sent for it, where that is of another period and so not judged."""
    return result if result.has_figure else replace(result, observation=refused.get(result.indicator.id))


def _is_due(result: Result, *, tracked: bool) -> bool:
    """Return whether a figure is due or was sent; one that a formula gives need not be sent.

    A period within the plan's is tracked, so that every figure is due for it that does not exist at the end alone.
    """
    derived = result.derived is not None and result.actual is not None
    due = result.verdict is not Verdict.NOT_DUE or (tracked and not result.indicator.annual)
    return result.observation is not None or (due and not derived)


def _state(sent: Sequence[Submission], findings: Mapping[str, int], *, asked: bool, lacks: bool) -> State:
    """Return how much a department has sent; a blank form is none that reports, even if nothing is missing."""
    if not sent:
        return State.SILENT if lacks or not asked else State.COMPLETE
    silent = {Reading.NOTHING, Reading.WITHHELD}
    values = [value for submission in sent for value in submission.observations]
    stages = [stage for submission in sent for stage in submission.stages]
    if not all(stage.withheld for stage in stages) or any(value.reported not in silent for value in values):
        return State.PARTIAL if lacks else State.COMPLETE if asked else State.SENT
    has_findings = any(findings.get(submission.file) or not submission.read_as for submission in sent)
    blank = bool(values) and all(value.reported is Reading.NOTHING for value in values)
    return State.BLANK if blank or not has_findings else State.REFUSED


def withdrawn(before: Assessment, after: Assessment) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the files of an earlier collection whose units have no file any more, each with its units."""
    now = {name for submission in after.submissions for name in _units(submission, after.plan)}
    kept = {PurePath(submission.file).name for submission in after.submissions}
    gone = [submission for submission in before.submissions if PurePath(submission.file).name not in kept]
    units = [(submission.file, _units(submission, before.plan)) for submission in gone]
    return tuple((file, names) for file, names in units if not names or not now.issuperset(names))


def _units(submission: Submission, plan: Plan) -> tuple[str, ...]:
    return senders(submission, plan) or regions_in(submission, plan)


def changes(before: Assessment, after: Assessment) -> tuple[Change, ...]:
    """Return what is reported differently now, indicators first, then milestones."""
    changed = [*_changed_figures(before, after)]
    for code, county in after.plan.counties.items():
        changed += _changed_figures(before.counties.get(code), after.counties.get(code), (county.name,))
    for task in after.plan.tasks:
        for milestone in task.milestones:
            name = (task.no, milestone.name)
            then, now = before.stages.get(name), after.stages.get(name)
            if _stage(then) != _stage(now):
                changed.append(Change(milestone.name, task.leads, then, now))
    return tuple(changed)


def _changed_figures(
    before: Assessment | None, after: Assessment | None, leads: Sequence[str] = ()
) -> Iterator[Change]:
    """Yield the figures that differ; None for a region that has sent nothing."""
    first, last = ({each.indicator.id: each for each in _own(judged)} for judged in (before, after))
    for name, known in (last or first).items():
        pair = (first.get(name), last.get(name))
        if _figure(pair[0]) != _figure(pair[1]):
            figures = (result if result and result.observation else None for result in pair)
            yield Change(known.indicator.name, leads or known.indicator.leads, *figures)


def _own(judged: Assessment | None) -> Sequence[Result]:
    """Return the results of one region, with those of departments' own parts; none where there is none."""
    return (*judged.results, *judged.allotted) if judged else ()


def _figure(result: Result | None) -> tuple[object, ...]:
    """Return what was sent, to compare it; a value that a formula gives is not sent."""
    value = result.observation if result else None
    if result is None or value is None:
        return ()
    return (result.actual, result.approximate, result.raw if result.actual is None else "", value.status)


def _stage(report: StageReport | None) -> str:
    return report.stage if report else ""
