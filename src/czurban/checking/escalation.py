"""List what the joint conference has to decide, worst first, in the order that docs/explanation/judging.md gives."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from czurban.checking.department_status import unread_files
from czurban.checking.milestones import newest_stages
from czurban.model.assessment import Assessment, Result, Verdict
from czurban.model.escalation import EscalationItem, Ground
from czurban.model.finding import Finding, Message, Place, Severity, say
from czurban.model.formulas.formula import Formula
from czurban.model.ledger import Entry, MilestoneEntry, TargetEntry
from czurban.model.observation import Observation, Reading, StageReport
from czurban.model.text import key


class Evidence:
    """Finds the figures, stages and findings that an escalated item is based on."""

    def __init__(self, assessment: Assessment) -> None:
        self.assessment = assessment
        self._observations = [value for sent in assessment.submissions for value in sent.observations]
        self._at = {value.place: value for value in self._observations}
        self._results = {result.indicator.id: result for result in assessment.judged}
        self._errors: dict[Place | None, Finding] = {}
        for fault in assessment.findings:
            if fault.severity is Severity.ERROR:
                self._errors.setdefault(fault.place, fault)
        self._unread_files = tuple(unread_files(assessment))

    def conflicts(self) -> Iterator[tuple[Finding, tuple[Observation, ...]]]:
        """Yield the findings on conflicting figures (S210), each with two of these figures."""
        for fault in self.assessment.findings:
            if fault.code == "S210":
                places = (fault.message.values.get("place"), fault.place)
                yield fault, tuple(self._at[at] for at in places if isinstance(at, Place) and at in self._at)

    def broken_formulas(self) -> Iterator[tuple[Finding, list[Result]]]:
        """Yield the findings on figures that break a formula (S220), each with the results of its indicators."""
        plan = self.assessment.plan
        for fault in self.assessment.findings:
            value = self._at.get(fault.place) if fault.code == "S220" and fault.place else None
            formula = plan.formula(value.indicator) if value else None
            if formula:
                yield fault, self._results_of(formula)

    def of_formula(self, place: Place | None) -> list[Result]:
        """Return the results of the indicators of the formula at a place of the plan."""
        formulas = self.assessment.plan.formulas if place is not None else ()
        return next((self._results_of(formula) for formula in formulas if formula.place == place), [])

    def _results_of(self, formula: Formula) -> list[Result]:
        names = dict.fromkeys((formula.indicator, *(term.indicator for term in formula.terms())))
        return [self._results[name] for name in names if name in self._results]

    def cause(self, entry: TargetEntry) -> Finding | None:
        """Return why a target could not be judged: the error on its figure, or the one that names its figure."""
        return self.assessment.cause(entry.result)

    def stages(self, entry: MilestoneEntry) -> tuple[StageReport, ...]:
        """Return the newest report of each stage that was sent for a milestone, the first of several."""
        milestone = (entry.task.no, entry.milestone.name)
        by_stage: dict[str, StageReport] = {}
        for submission in self.assessment.submissions:
            for report in submission.stages:
                if (report.task, report.milestone) == milestone:
                    by_stage[key(report.stage)] = newest_stages(
                        [by_stage.get(key(report.stage), report), report], self.assessment.period
                    )[0]
        return tuple(by_stage.values())

    def conflicting_stages(self, entry: MilestoneEntry) -> tuple[StageReport, ...]:
        """Return the different stages of the newest period that could be used if there were no others."""
        sent = [(report, self._errors.get(report.place)) for report in self.stages(entry) if not report.withheld]
        usable = [report for report, fault in sent if fault is None or fault.code == "S248"]
        return tuple(newest_stages(usable, self.assessment.period)) if usable else ()

    def refusal(self, report: StageReport) -> Finding | None:
        """Return why a stage is not used."""
        return self._errors.get(report.place) or self.assessment.refusal_of(report.place.file)

    def traces(self, entry: Entry) -> tuple[Finding | None, tuple[Observation, ...]]:
        """Return the unused rows of an unreported target with the reason, or else its empty cells.

        Where there are none of both, the reason is that a file of a lead cannot be read.
        """
        if not isinstance(entry, TargetEntry):
            return self._unread(entry), ()
        values = [value for value in self._observations if value.indicator == entry.result.indicator.id]
        refused = [value for value in values if value.place in self._errors]
        if refused:
            return self._errors[refused[0].place], tuple(refused)
        judged = self.assessment.period
        empty = tuple(row for row in values if row.reported is Reading.NOTHING and row.period == judged)
        return None if empty else self._unread(entry), empty

    def of_counties(self, entry: Entry) -> Message | None:
        """Return the sentence on what is reported by counties alone, each for itself; None where none does."""
        names = tuple(
            self.assessment.plan.counties[code].name
            for code, county in self.assessment.counties.items()
            if (
                (entry.task.no, entry.name) in county.stages
                if isinstance(entry, MilestoneEntry)
                else county.by_id[entry.result.indicator.id].actual is not None
            )
        )
        if not names:
            return None
        if isinstance(entry, MilestoneEntry):
            return say(
                "“{name}”: only {names} report a stage, each its own; none is for the whole.",
                name=entry.name,
                names=names,
            )
        return say(
            "“{name}”: only {names} report a figure, each its own; none is for the whole.", name=entry.name, names=names
        )

    def _unread(self, entry: Entry) -> Finding | None:
        """Return why nothing of a file that is named after a lead could be read."""
        return next((why for office, why in self._unread_files if office in entry.leads), None)


CONTRADICTIONS = ("P214", "P216")
"""Codes of the contradictions within a plan."""


def escalation_items(
    assessment: Assessment, entries: Sequence[Entry], plan_findings: Iterable[Finding]
) -> tuple[EscalationItem, ...]:
    """Return the items for the conference, in its order.

    Args:
        assessment: the judged plan.
        entries: the entries of the ledger to consider; a contradiction counts if it concerns one of them.
        plan_findings: the findings on the plan itself.
    """
    evidence = Evidence(assessment)
    targets = {entry.result.indicator.id: entry for entry in entries if isinstance(entry, TargetEntry)}
    binding = [entry for entry in entries if entry.binding]
    doubtful = [entry for entry in binding if entry.verdict is Verdict.UNREADABLE]
    conflicts = [*_conflicting_figures(evidence, doubtful), *_conflicting_stages(evidence, doubtful)]
    listed = [item.entry for item in conflicts]
    return (
        *conflicts,
        *_broken_formulas(evidence, targets),
        *(_unreadable(entry, evidence) for entry in doubtful if entry not in listed),
        *_missed(binding),
        *_stuck(binding),
        *_unreported(binding, evidence),
        *_of_the_plan(evidence, targets, plan_findings),
    )


def with_warnings(items: Sequence[EscalationItem], warnings: Sequence[EscalationItem]) -> tuple[EscalationItem, ...]:
    """Put the items on what lags before its deadline in their order among the others, by their grounds."""
    order = list(Ground)
    return tuple(sorted((*items, *warnings), key=lambda item: order.index(item.ground)))


def _conflicting_figures(evidence: Evidence, doubtful: Sequence[Entry]) -> Iterator[EscalationItem]:
    """Yield the targets with different figures, in the plan's order."""
    conflicts = {values[0].indicator: (finding, values) for finding, values in evidence.conflicts() if values}
    for entry in doubtful:
        if isinstance(entry, TargetEntry) and entry.result.indicator.id in conflicts:
            finding, values = conflicts[entry.result.indicator.id]
            yield _item(Ground.CONTRADICTION, entry, finding, observations=values)


def _conflicting_stages(evidence: Evidence, doubtful: Sequence[Entry]) -> Iterator[EscalationItem]:
    """Yield the milestones with different stages, of which none counts."""
    for entry in doubtful:
        if isinstance(entry, MilestoneEntry) and entry.report is None:
            stages = evidence.conflicting_stages(entry)
            if len(stages) > 1:
                yield replace(_item(Ground.CONTRADICTION, entry, None), stages=stages, place=stages[-1].place)


def _broken_formulas(evidence: Evidence, targets: dict[str, TargetEntry]) -> Iterator[EscalationItem]:
    """Yield the findings on figures that cannot all be right, because a formula of the plan forbids them."""
    for finding, results in evidence.broken_formulas():
        entries = [targets[result.indicator.id] for result in results if result.indicator.id in targets]
        if any(entry.verdict is not Verdict.NOT_DUE for entry in entries):
            leads = _leads(results)
            values = tuple(result.observation for result in results if result.observation)
            yield EscalationItem(
                ground=Ground.CONTRADICTION, leads=leads, place=finding.place, finding=finding, observations=values
            )


def _unreadable(entry: Entry, evidence: Evidence) -> EscalationItem:
    if isinstance(entry, TargetEntry):
        return _item(Ground.UNREADABLE, entry, evidence.cause(entry))
    stages = (entry.report,) if entry.report else evidence.stages(entry)
    finding = evidence.refusal(stages[0]) if stages else None
    return replace(_item(Ground.UNREADABLE, entry, finding), stages=stages, place=stages[0].place if stages else None)


def _missed(entries: Sequence[Entry]) -> Iterator[EscalationItem]:
    """Yield missed targets: binding ones first, then those of 0, which have no shortfall, then the largest one."""
    missed = [entry for entry in entries if isinstance(entry, TargetEntry) and entry.verdict is Verdict.MISSED]
    shares = [(_shortfall(entry.result), entry) for entry in missed]
    for share, entry in sorted(shares, key=_urgency):
        yield _item(Ground.MISSED, entry, None, shortfall=share)


def _urgency(pair: tuple[Fraction | None, TargetEntry]) -> tuple[bool, bool, Fraction]:
    share, entry = pair
    return (not entry.result.is_binding_miss, share is not None, -(share or Fraction(0)))


def _shortfall(result: Result) -> Fraction | None:
    """Return |gap| ÷ the missed bound, the shortfall of the conference list; None where that bound is 0."""
    if result.actual is None or result.figures is None:
        return None
    edge = result.indicator.target.interval.edge(result.actual)
    return abs(result.figures.gap / edge) if edge else None


def _stuck(entries: Sequence[Entry]) -> Iterator[EscalationItem]:
    """Yield milestones before the demanded stage, those with the most missing stages first."""
    stuck = [entry for entry in entries if isinstance(entry, MilestoneEntry) and entry.verdict is Verdict.MISSED]
    for entry in sorted(stuck, key=lambda entry: -(entry.steps or 0)):
        yield _item(Ground.STUCK, entry, None)


def _unreported(entries: Sequence[Entry], evidence: Evidence) -> Iterator[EscalationItem]:
    """Yield what was sent and is not usable, by file, then what was not sent, by lead; the largest group first."""
    silent = [(entry, *evidence.traces(entry)) for entry in entries if entry.verdict is Verdict.UNREPORTED]
    items = [
        replace(
            _item(Ground.REFUSED if finding else Ground.UNREPORTED, entry, finding, observations=unused),
            reason=None if finding or unused else evidence.of_counties(entry),
        )
        for entry, finding, unused in silent
    ]
    counts = Counter(map(_source, items))
    first = {source: number for number, source in enumerate(counts)}
    yield from sorted(
        items,
        key=lambda item: (item.ground is Ground.UNREPORTED, -counts[_source(item)], first[_source(item)]),
    )


def _source(item: EscalationItem) -> object:
    """Return the file that an item was sent in, or the leads who sent nothing."""
    return item.place.file if item.ground is Ground.REFUSED and item.place else item.leads


def _of_the_plan(
    evidence: Evidence, targets: dict[str, TargetEntry], findings: Iterable[Finding]
) -> Iterator[EscalationItem]:
    for finding in findings:
        results = evidence.of_formula(finding.place)
        if finding.code in CONTRADICTIONS and any(result.indicator.id in targets for result in results):
            yield EscalationItem(ground=Ground.PLAN, leads=_leads(results), place=finding.place, finding=finding)


def _leads(results: Iterable[Result]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for result in results for name in result.indicator.leads))


def _item(
    ground: Ground,
    entry: Entry,
    finding: Finding | None,
    *,
    observations: tuple[Observation, ...] = (),
    shortfall: Fraction | None = None,
) -> EscalationItem:
    place = finding.place if finding else _place(entry, observations)
    return EscalationItem(
        ground=ground,
        leads=entry.leads,
        place=place,
        entry=entry,
        finding=finding,
        observations=observations,
        shortfall=shortfall,
    )


def _place(entry: Entry, observations: Sequence[Observation]) -> Place | None:
    """Return the cell of the figure or stage; where nothing was reported, the line of the plan that demands it."""
    if isinstance(entry, MilestoneEntry):
        return entry.report.place if entry.report else entry.milestone.place
    if entry.result.place:
        return entry.result.place
    return observations[0].place if observations else entry.result.indicator.place
