"""Compare what each department has sent with what the plan asks of it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from czurban.checking.collection.senders import sender_of, units_of
from czurban.model.assessment import Assessment, Note, Result, Verdict
from czurban.model.collection.asked import indicators_of, led_milestones, milestones_of, named_in
from czurban.model.collection.sent import DepartmentStatus, State
from czurban.model.finding import Severity
from czurban.model.observation import Observation, Reading, Submission
from czurban.model.plan import Department, Plan
from czurban.model.text import key


def department_statuses(
    assessment: Assessment, others: Iterable[str] = (), counties: Mapping[str, Assessment] = MappingProxyType({})
) -> tuple[DepartmentStatus, ...]:
    """Return the status of each department that leads something or has sent something, in the plan's order.

    An indicator with several leads is not missing once any of them has sent it. The regions that figures are asked of
    follow, and other regions whose own files were sent, each as a unit that the plan asks for nothing.

    `others` are files that are no tables, such as scans; those that name a department are its own. `counties` are the
    regions that figures are asked of, each judged by itself, by their codes.
    """
    plan, findings = assessment.plan, Counter(fault.place.file for fault in assessment.findings if fault.place)
    sent: dict[str, list[Submission]] = defaultdict(list)
    for submission in assessment.submissions:
        for name in units_of(submission, plan):
            sent[name].append(submission)
    for file in others:
        if office := named_in(file, plan):
            sent[office.name].append(Submission(file, ""))
    offices = [office for office in plan.offices if not office.region or office.region in counties]
    known = {office.name for office in offices}
    regions = {code: _RegionFigures(plan, judged) for code, judged in {"": assessment, **counties}.items()}
    statuses = (
        _status(regions[office.region], office, sent.get(office.name, []), findings)
        for office in (*offices, *(Department(name) for name in sent if name not in known))
    )
    return tuple(
        status
        for status in statuses
        if status.results
        or status.milestones
        or status.files
        or (status.office.region and milestones_of(plan, status.office))
    )


class _RegionFigures:
    """What was sent for the plan's region or another one, as it was judged, and what of it cannot be used."""

    def __init__(self, plan: Plan, assessment: Assessment) -> None:
        self.plan, self.assessment = plan, assessment
        errors = {fault.place for fault in assessment.findings if fault.severity is Severity.ERROR}
        doubted = {result.indicator.id for result in assessment.judged if Note.OTHER_UNREADABLE in result.notes}
        self._refused: dict[str, Observation] = {}
        self._unread: dict[tuple[str, str], Observation] = {}
        for value in (value for sent in assessment.submissions for value in sent.observations if value.place in errors):
            if assessment.plan.is_own_region(value.region):
                self._refused.setdefault(value.indicator, value)
            if value.indicator in doubted and value.reported is Reading.UNREADABLE:
                self._unread[sender_of(value, assessment.plan), value.indicator] = value
        self.unread_stages = {
            (sender_of(stage, assessment.plan), stage.task, key(stage.milestone)): stage
            for sent in assessment.submissions
            for stage in sent.stages
            if stage.place in errors and not stage.withheld
        }

    def results_of(self, office: Department) -> list[Result]:
        """Return the results that a unit has to report, or has reported, with figures that were refused."""
        period = self.assessment.period
        tracked = self.plan.period.start <= period.until < self.plan.period.until
        results: Iterable[Result] = (each for each in self.assessment.judged if office.name in each.indicator.leads)
        if office.region:
            asked = {indicator.id for indicator in indicators_of(self.plan, office)}
            results = (result for result in self.assessment.results if result.indicator.whole in asked)
        return [self._as_sent(result, office) for result in results if _is_due(result, tracked=tracked)]

    def _as_sent(self, result: Result, office: Department) -> Result:
        """Return a result with a unit's own figure that cannot be read, or with one that was refused if it has none."""
        if value := self._unread.get((office.name, result.indicator.id)):
            return replace(result, observation=value, actual=None, figures=None)
        return result if result.has_figure else replace(result, observation=self._refused.get(result.indicator.id))


def _status(
    region: _RegionFigures, office: Department, files: Sequence[Submission], findings: Mapping[str, int]
) -> DepartmentStatus:
    results, assessment = region.results_of(office), region.assessment
    judged = {submission.file: submission for submission in assessment.submissions} if office.region else {}
    sent = [judged.get(submission.file, submission) for submission in files]
    missing = [result for result in results if not result.has_figure]
    unreadable = [result for result in results if result.has_figure and result.actual is None]
    milestones = led_milestones(region.plan, office)
    unstaged = tuple(
        (task, milestone)
        for task, milestone in milestones
        if (task.no, milestone.name) not in assessment.stages
        or (office.name, task.no, key(milestone.name)) in region.unread_stages
    )
    lacking = {(task.no, key(milestone.name)) for task, milestone in unstaged}
    every = ((stage.task, key(stage.milestone), stage) for each in assessment.submissions for stage in each.stages)
    stages = {(no, name): stage for no, name, stage in every if (no, name) in lacking}
    refused = (region.unread_stages.get((office.name, *about), stage) for about, stage in stages.items())
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
        refused=tuple(refused),
    )


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
