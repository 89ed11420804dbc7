"""List what the joint conference has to decide, worst first, in the order that docs/explanation/judging.md gives."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from czurban.checking.ledger.entries import Evidence
from czurban.model.assessment import Assessment, Result, Verdict
from czurban.model.escalation import EscalationItem, Ground
from czurban.model.finding import Finding, Place
from czurban.model.ledger import Entry, MilestoneEntry, TargetEntry
from czurban.model.observation import Observation

CONTRADICTIONS = ("P214", "P216")
"""Codes of the contradictions within a plan."""


def escalation_items(
    assessment: Assessment, entries: Sequence[Entry], plan_findings: Iterable[Finding]
) -> tuple[EscalationItem, ...]:
    """Return the items for the conference, in its order; those on the plan are contradictions that concern an entry."""
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
    return tuple(sorted((*items, *warnings), key=lambda item: list(Ground).index(item.ground)))


def _conflicting_figures(evidence: Evidence, doubtful: Sequence[Entry]) -> Iterator[EscalationItem]:
    """Yield the targets with different figures, in the plan's order."""
    conflicts = {values[0].indicator: (finding, values) for finding, values in evidence.conflicts() if values}
    for entry in doubtful:
        if isinstance(entry, TargetEntry) and entry.result.indicator.id in conflicts:
            finding, values = conflicts[entry.result.indicator.id]
            yield _item(Ground.CONTRADICTION, entry, finding, values)


def _conflicting_stages(evidence: Evidence, doubtful: Sequence[Entry]) -> Iterator[EscalationItem]:
    """Yield the milestones with different stages, of which none counts."""
    for entry in doubtful:
        if isinstance(entry, MilestoneEntry) and (stages := evidence.conflicting_stages(entry)):
            yield replace(_item(Ground.CONTRADICTION, entry), stages=stages, place=stages[-1].place)


def _broken_formulas(evidence: Evidence, targets: dict[str, TargetEntry]) -> Iterator[EscalationItem]:
    """Yield the findings on figures that cannot all be right, because a formula of the plan forbids them."""
    for finding, results in evidence.broken_formulas():
        entries = [targets[result.indicator.id] for result in results if result.indicator.id in targets]
        if any(entry.verdict is not Verdict.NOT_DUE for entry in entries):
            values = tuple(result.observation for result in results if result.observation)
            yield replace(_on_formula(Ground.CONTRADICTION, finding, results), observations=values)


def _unreadable(entry: Entry, evidence: Evidence) -> EscalationItem:
    if isinstance(entry, TargetEntry):
        return _item(Ground.UNREADABLE, entry, evidence.assessment.cause(entry.result))
    stages = (entry.report,) if entry.report else evidence.stages(entry)
    finding = evidence.refusal(stages[0]) if stages else None
    return replace(_item(Ground.UNREADABLE, entry, finding), stages=stages, place=stages[0].place if stages else None)


def _missed(entries: Sequence[Entry]) -> Iterator[EscalationItem]:
    """Yield missed targets: binding ones first, then those of 0, which have no shortfall, then the largest one."""

    def urgency(pair: tuple[Fraction | None, TargetEntry]) -> tuple[bool, bool, Fraction]:
        share, entry = pair
        return not entry.result.is_binding_miss, share is not None, -(share or Fraction(0))

    missed = [entry for entry in entries if isinstance(entry, TargetEntry) and entry.verdict is Verdict.MISSED]
    for share, entry in sorted(((_shortfall(entry.result), entry) for entry in missed), key=urgency):
        yield replace(_item(Ground.MISSED, entry), shortfall=share)


def _shortfall(result: Result) -> Fraction | None:
    """Return how far the missed bound is as a share of it, for the conference list; None where that bound is 0."""
    if result.actual is None or result.figures is None:
        return None
    return result.indicator.target.interval.shortfall(result.actual)


def _stuck(entries: Sequence[Entry]) -> Iterator[EscalationItem]:
    """Yield milestones before the demanded stage, those with the most missing stages first."""
    stuck = [entry for entry in entries if isinstance(entry, MilestoneEntry) and entry.verdict is Verdict.MISSED]
    yield from (_item(Ground.STUCK, entry) for entry in sorted(stuck, key=lambda entry: -(entry.steps or 0)))


def _unreported(entries: Sequence[Entry], evidence: Evidence) -> Iterator[EscalationItem]:
    """Yield what was sent and is not usable, by file, then what was not sent, by lead; the largest group first."""
    silent = [(entry, *evidence.traces(entry)) for entry in entries if entry.verdict is Verdict.UNREPORTED]
    items = [
        replace(
            _item(Ground.REFUSED if finding else Ground.UNREPORTED, entry, finding, unused),
            reason=None if finding or unused else evidence.of_counties(entry),
        )
        for entry, finding, unused in silent
    ]
    sources = [_source(item) for item in items]
    counts = Counter(sources)
    yield from sorted(
        items,
        key=lambda item: (item.ground is Ground.UNREPORTED, -counts[_source(item)], sources.index(_source(item))),
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
            yield _on_formula(Ground.PLAN, finding, results)


def _on_formula(ground: Ground, finding: Finding, results: Iterable[Result]) -> EscalationItem:
    """Return the item on a finding about a formula, which concerns all leads of its indicators."""
    leads = dict.fromkeys(name for result in results for name in result.indicator.leads)
    return EscalationItem(ground=ground, leads=tuple(leads), place=finding.place, finding=finding)


def _item(
    ground: Ground, entry: Entry, finding: Finding | None = None, observations: tuple[Observation, ...] = ()
) -> EscalationItem:
    return EscalationItem(
        ground=ground,
        leads=entry.leads,
        place=finding.place if finding else _place(entry, observations),
        entry=entry,
        finding=finding,
        observations=observations,
    )


def _place(entry: Entry, observations: Sequence[Observation]) -> Place | None:
    """Return the cell of the figure or stage; where nothing was reported, the line of the plan that demands it."""
    if isinstance(entry, MilestoneEntry):
        return entry.report.place if entry.report else entry.milestone.place
    first = observations[0] if observations else entry.result.indicator
    return entry.result.place or first.place
