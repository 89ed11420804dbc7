"""What goes before the joint conference, worst first (docs/explanation/judging.md has the order)."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from czurban.checking.evidence import Evidence
from czurban.model.assessment import Assessment
from czurban.model.finding import Finding
from czurban.model.ledger import Entry, MilestoneEntry, TargetEntry
from czurban.model.matter import Ground, Matter
from czurban.model.observation import Observation
from czurban.model.place import Place
from czurban.model.verdict import Result, Verdict

CONTRADICTIONS = ("P214", "P216")
"""What a plan's own figures and targets say against each other."""


def matters(assessment: Assessment, entries: Sequence[Entry], plan_findings: Iterable[Finding]) -> tuple[Matter, ...]:
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


def _differing(evidence: Evidence, doubtful: Sequence[Entry]) -> Iterator[Matter]:
    """Figures for one target that do not agree, in the plan's order."""
    found = {two[0].indicator: (one, two) for one, two in evidence.conflicts() if two}
    for entry in doubtful:
        if isinstance(entry, TargetEntry) and entry.result.indicator.id in found:
            finding, two = found[entry.result.indicator.id]
            yield _matter(Ground.CONTRADICTION, entry, finding, observations=two)


def _differing_stages(evidence: Evidence, doubtful: Sequence[Entry]) -> Iterator[Matter]:
    """Milestones for which different stages are reported, so that none counts."""
    for entry in doubtful:
        if isinstance(entry, MilestoneEntry) and entry.report is None:
            stages = evidence.stages(entry)
            if len(stages) > 1:
                yield replace(_matter(Ground.CONTRADICTION, entry, None), stages=stages, place=stages[-1].place)


def _against_formulas(evidence: Evidence, targets: dict[str, TargetEntry]) -> Iterator[Matter]:
    """Figures that cannot all be right, since the plan's formulas do not hold with them."""
    for finding, results in evidence.broken_formulas():
        inside = [targets[one.indicator.id] for one in results if one.indicator.id in targets]
        if any(one.verdict is not Verdict.NOT_DUE for one in inside):
            leads = _leads(results)
            seen = tuple(one.observation for one in results if one.observation)
            yield Matter(
                ground=Ground.CONTRADICTION, leads=leads, place=finding.place, finding=finding, observations=seen
            )


def _unreadable(entry: Entry, evidence: Evidence) -> Matter:
    if isinstance(entry, TargetEntry):
        return _matter(Ground.UNREADABLE, entry, evidence.cause(entry))
    stages = (entry.report,) if entry.report else evidence.stages(entry)
    finding = evidence.refusal(stages[0]) if stages else None
    return replace(_matter(Ground.UNREADABLE, entry, finding), stages=stages, place=stages[0].place if stages else None)


def _missed(entries: Sequence[Entry]) -> Iterator[Matter]:
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


def _stuck(entries: Sequence[Entry]) -> Iterator[Matter]:
    """Milestones that are not as far as asked for, those with the most stages to go first."""
    stuck = [one for one in entries if isinstance(one, MilestoneEntry) and one.verdict is Verdict.MISSED]
    for entry in sorted(stuck, key=lambda one: -(one.steps or 0)):
        yield _matter(Ground.STUCK, entry, None)


def _unreported(entries: Sequence[Entry], evidence: Evidence) -> Iterator[Matter]:
    """What nobody reported, by lead, the lead that owes most first."""
    silent = [one for one in entries if one.verdict is Verdict.UNREPORTED]
    counts = Counter(one.leads for one in silent)
    first = {leads: number for number, leads in enumerate(counts)}
    for entry in sorted(silent, key=lambda one: (-counts[one.leads], first[one.leads])):
        finding, unused = evidence.traces(entry)
        yield _matter(Ground.UNREPORTED, entry, finding, observations=unused)


def _of_the_plan(evidence: Evidence, targets: dict[str, TargetEntry], findings: Iterable[Finding]) -> Iterator[Matter]:
    for finding in findings:
        results = evidence.of_formula(finding.place)
        if finding.code in CONTRADICTIONS and any(one.indicator.id in targets for one in results):
            yield Matter(ground=Ground.PLAN, leads=_leads(results), place=finding.place, finding=finding)


def _leads(results: Iterable[Result]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for one in results for name in one.indicator.leads))


def _matter(
    ground: Ground,
    entry: Entry,
    finding: Finding | None,
    *,
    observations: tuple[Observation, ...] = (),
    shortfall: Fraction | None = None,
) -> Matter:
    place = finding.place if finding else _place(entry, observations)
    return Matter(
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
