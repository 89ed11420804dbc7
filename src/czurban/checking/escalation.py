"""What goes before the joint conference, worst first (docs/explanation/judging.md has the order).

Where in the submissions a matter shows: the figures that differ, the rows that were not used, the reason why.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from czurban.model.assessment import Assessment, Result, Verdict
from czurban.model.finding import Finding, Place, Severity
from czurban.model.formula import Formula
from czurban.model.ledger import Entry, EscalationItem, Ground, MilestoneEntry, TargetEntry
from czurban.model.observation import Observation, Reading, StageReport
from czurban.model.text import key


class Evidence:
    """Finds what was found about a figure, by the place at which both stand."""

    def __init__(self, assessment: Assessment) -> None:
        self.assessment = assessment
        self._observations = [one for sent in assessment.submissions for one in sent.observations]
        self._at = {one.place: one for one in self._observations}
        self._results = {one.indicator.id: one for one in assessment.results}
        self._errors: dict[Place | None, Finding] = {}
        for one in assessment.findings:
            if one.severity is Severity.ERROR:
                self._errors.setdefault(one.place, one)

    def conflicts(self) -> Iterator[tuple[Finding, tuple[Observation, ...]]]:
        """Figures for one indicator that do not agree (S210): what was found, and the two that show it."""
        for one in self.assessment.findings:
            if one.code == "S210":
                places = (one.message.values.get("place"), one.place)
                yield one, tuple(self._at[at] for at in places if isinstance(at, Place) and at in self._at)

    def broken_formulas(self) -> Iterator[tuple[Finding, list[Result]]]:
        """Figures that a formula cannot hold with (S220), with the results of all its indicators."""
        plan = self.assessment.plan
        for one in self.assessment.findings:
            left = self._at.get(one.place) if one.code == "S220" and one.place else None
            formula = plan.formula(left.indicator) if left else None
            if formula:
                yield one, self._tied(formula)

    def of_formula(self, place: Place | None) -> list[Result]:
        """The results of all indicators of the formula that stands at a place of the plan."""
        found = (one for one in self.assessment.plan.formulas if place is not None and one.place == place)
        return next((self._tied(one) for one in found), [])

    def _tied(self, formula: Formula) -> list[Result]:
        names = dict.fromkeys((formula.indicator, *(term.indicator for term in formula.terms())))
        return [self._results[name] for name in names if name in self._results]

    def cause(self, entry: TargetEntry) -> Finding | None:
        """Why a target could not be judged: the error at its figure, or the one that names its figure."""
        seen = entry.result.observation
        if seen is None:
            return self._of_the_formula(entry.result.place)
        naming = (one for one in self._errors.values() if seen.place in one.message.values.values())
        return self._errors.get(seen.place) or next(naming, None)

    def _of_the_formula(self, place: Place | None) -> Finding | None:
        """What was said where a formula gave a part of a figure."""
        return next((one for one in self.assessment.findings if one.code == "S252" and one.place == place), None)

    def stages(self, entry: MilestoneEntry) -> tuple[StageReport, ...]:
        """Everything that was reported of a milestone: the first report of each stage."""
        at = (entry.task.no, entry.milestone.name)
        sent = (one for each in self.assessment.submissions for one in each.stages if (one.task, one.milestone) == at)
        found: dict[str, StageReport] = {}
        for one in sent:
            found.setdefault(key(one.stage), one)
        return tuple(found.values())

    def refusal(self, report: StageReport) -> Finding | None:
        """Why a stage does not count."""
        return self._errors.get(report.place)

    def traces(self, entry: Entry) -> tuple[Finding | None, tuple[Observation, ...]]:
        """What there is of a target nobody reported: rows that were not used and why, cells that were left empty."""
        if not isinstance(entry, TargetEntry):
            return None, ()
        own = [one for one in self._observations if one.indicator == entry.result.indicator.id]
        refused = [one for one in own if one.place in self._errors]
        if refused:
            return self._errors[refused[0].place], tuple(refused)
        judged = self.assessment.period
        return None, tuple(one for one in own if one.reported is Reading.NOTHING and one.period == judged)


CONTRADICTIONS = ("P214", "P216")
"""What a plan's own figures and targets say against each other."""


def escalation_items(
    assessment: Assessment, entries: Sequence[Entry], plan_findings: Iterable[Finding]
) -> tuple[EscalationItem, ...]:
    """Choose and order what the conference has to hear of.

    Args:
        assessment: the judged plan.
        entries: the ledger's entries that are in question; a contradiction counts if it touches one of them.
        plan_findings: what was found in the plan itself.
    """
    evidence = Evidence(assessment)
    targets = {one.result.indicator.id: one for one in entries if isinstance(one, TargetEntry)}
    binding = [one for one in entries if one.binding]
    doubtful = [one for one in binding if one.verdict is Verdict.UNREADABLE]
    clashes = [*_differing(evidence, doubtful), *_differing_stages(evidence, doubtful)]
    told = [one.entry for one in clashes]
    return (
        *clashes,
        *_against_formulas(evidence, targets),
        *(_unreadable(one, evidence) for one in doubtful if one not in told),
        *_missed(binding),
        *_stuck(binding),
        *_unreported(binding, evidence),
        *_of_the_plan(evidence, targets, plan_findings),
    )


def _differing(evidence: Evidence, doubtful: Sequence[Entry]) -> Iterator[EscalationItem]:
    """Figures for one target that do not agree, in the plan's order."""
    found = {two[0].indicator: (one, two) for one, two in evidence.conflicts() if two}
    for entry in doubtful:
        if isinstance(entry, TargetEntry) and entry.result.indicator.id in found:
            finding, two = found[entry.result.indicator.id]
            yield _matter(Ground.CONTRADICTION, entry, finding, observations=two)


def _differing_stages(evidence: Evidence, doubtful: Sequence[Entry]) -> Iterator[EscalationItem]:
    """Milestones for which different stages are reported, so that none counts."""
    for entry in doubtful:
        if isinstance(entry, MilestoneEntry) and entry.report is None:
            stages = evidence.stages(entry)
            if len(stages) > 1:
                yield replace(_matter(Ground.CONTRADICTION, entry, None), stages=stages, place=stages[-1].place)


def _against_formulas(evidence: Evidence, targets: dict[str, TargetEntry]) -> Iterator[EscalationItem]:
    """Figures that cannot all be right, since the plan's formulas do not hold with them."""
    for finding, results in evidence.broken_formulas():
        inside = [targets[one.indicator.id] for one in results if one.indicator.id in targets]
        if any(one.verdict is not Verdict.NOT_DUE for one in inside):
            leads = _leads(results)
            seen = tuple(one.observation for one in results if one.observation)
            yield EscalationItem(
                ground=Ground.CONTRADICTION, leads=leads, place=finding.place, finding=finding, observations=seen
            )


def _unreadable(entry: Entry, evidence: Evidence) -> EscalationItem:
    if isinstance(entry, TargetEntry):
        return _matter(Ground.UNREADABLE, entry, evidence.cause(entry))
    stages = (entry.report,) if entry.report else evidence.stages(entry)
    finding = evidence.refusal(stages[0]) if stages else None
    return replace(_matter(Ground.UNREADABLE, entry, finding), stages=stages, place=stages[0].place if stages else None)


def _missed(entries: Sequence[Entry]) -> Iterator[EscalationItem]:
    """Missed targets, the largest shortfall first; one from a target of 0 has no measure and goes before all others."""
    missed = [one for one in entries if isinstance(one, TargetEntry) and one.verdict is Verdict.MISSED]
    shares = [(_shortfall(one.result), one) for one in missed]
    for share, entry in sorted(shares, key=lambda pair: (pair[0] is not None, -(pair[0] or 0))):
        yield _matter(Ground.MISSED, entry, None, shortfall=share)


def _shortfall(result: Result) -> Fraction | None:
    """The distance to the bound that was missed, as a share of it; None where that bound is 0."""
    if result.actual is None or result.figures is None:
        return None
    edge = result.indicator.target.interval.edge(result.actual)
    return abs(result.figures.gap / edge) if edge else None


def _stuck(entries: Sequence[Entry]) -> Iterator[EscalationItem]:
    """Milestones that are not as far as asked for, those with the most stages to go first."""
    stuck = [one for one in entries if isinstance(one, MilestoneEntry) and one.verdict is Verdict.MISSED]
    for entry in sorted(stuck, key=lambda one: -(one.steps or 0)):
        yield _matter(Ground.STUCK, entry, None)


def _unreported(entries: Sequence[Entry], evidence: Evidence) -> Iterator[EscalationItem]:
    """What nobody reported, by lead, the lead that owes most first."""
    silent = [one for one in entries if one.verdict is Verdict.UNREPORTED]
    counts = Counter(one.leads for one in silent)
    first = {leads: number for number, leads in enumerate(counts)}
    for entry in sorted(silent, key=lambda one: (-counts[one.leads], first[one.leads])):
        finding, unused = evidence.traces(entry)
        yield _matter(Ground.UNREPORTED, entry, finding, observations=unused)


def _of_the_plan(
    evidence: Evidence, targets: dict[str, TargetEntry], findings: Iterable[Finding]
) -> Iterator[EscalationItem]:
    for finding in findings:
        results = evidence.of_formula(finding.place)
        if finding.code in CONTRADICTIONS and any(one.indicator.id in targets for one in results):
            yield EscalationItem(ground=Ground.PLAN, leads=_leads(results), place=finding.place, finding=finding)


def _leads(results: Iterable[Result]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for one in results for name in one.indicator.leads))


def _matter(
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
    """The figure's or the stage's cell; where nothing was reported, the line of the plan that asks for it."""
    if isinstance(entry, MilestoneEntry):
        return entry.report.place if entry.report else entry.milestone.place
    if entry.result.place:
        return entry.result.place
    seen = next(iter(observations), None)
    return seen.place if seen else entry.result.indicator.place
