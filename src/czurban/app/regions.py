"""Judge figures region by region, and compose what they come to together."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from czurban.app.assessing import assess_all
from czurban.app.plans import find_region
from czurban.checking.regions import ByRegion, assess_region, sort_out, unknown_region_findings, without_region
from czurban.computing.regions.comparison import differ, elsewhere, lacking_in, rank, total_findings, working
from czurban.computing.regions.totals import NoTotal, Total, total_of
from czurban.errors import UsageError
from czurban.model.assessment import Assessment, Result, Verdict
from czurban.model.finding import Finding, Message, Place, names_of, say
from czurban.model.observation import Reading, Submission
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.model.region import Region
from czurban.reporting.document import Document
from czurban.reporting.documents.regions import Line, Ranked, RegionTotal, regional_report
from czurban.reporting.tables import signed
from czurban.words.translator import Translator

BY_REGION = "region"
_COMPUTED = "S249"
_ON_TARGETS = ("S254", "S255")
"""Findings on missing targets, which concern only the regions that the report lists."""


class Regional(NamedTuple):
    """The region that was asked for, judged, with every finding; with --by, those below it too and their totals.

    `plan` is the whole plan, by whose targets regions are ranked. `inner` are the totals of the regions below each of
    those, by its code, and `deeper` counts by indicator the regions further below that have a figure.
    """

    plan: Plan
    whole: Assessment
    region: Region
    below: tuple[tuple[Region, Assessment], ...] = ()
    totals: Mapping[str, Total] = MappingProxyType({})
    inner: Mapping[str, Mapping[str, Total]] = MappingProxyType({})
    deeper: Mapping[str, int] = MappingProxyType({})

    @property
    def results(self) -> tuple[Result, ...]:
        """The outcome of every target, the whole's first."""
        return tuple(result for judged in (self.whole, *(each for _, each in self.below)) for result in judged.results)


def judge_regions(
    plan: Plan, submissions: Sequence[Submission], period: Period, asked: str | None, by: str | None
) -> Regional:
    """Judge the region asked for, or the plan's own; with `by`, the regions right below it as well.

    Raises:
        UnknownThingError: there is no such region.
        UsageError: the name is of two regions, the plan knows no regions, or `by` is not `region`.
    """
    if by not in (None, BY_REGION):
        raise UsageError(say("--by has no “{text}”.", text=by), say("Choose from: {names}.", names=BY_REGION))
    region = find_region(plan, asked if asked is not None else plan.region)
    figures = sort_out(plan, submissions)
    whole = _judged(plan, region, figures, period)
    if by is None:
        every = (*whole.findings, *_of_others(plan, figures, region, (region,), period))
        return Regional(plan, whole._replace(findings=every, submissions=tuple(submissions)), region)
    below = tuple((part, _judged(plan, part, figures, period)) for part in plan.regions.children(region))
    if not below:
        hint = say("Judge it alone with --region {name}.", name=region.name)
        raise UsageError(say("{name} has no regions below it.", name=region.name), hint)
    inside = [*plan.regions.descendants(region)]
    further = (part for part in inside if part.parent != region.code and part.code in figures.of)
    deeper = [(part, _judged(plan, part, figures, period)) for part in further]  # they may stand in for their parents
    every_region = ((region, whole), *below, *deeper)
    results = {part.code: judged.by_id for part, judged in every_region}
    totals = {indicator.id: total_of(plan, indicator, region, results) for indicator in plan.indicators}
    targets_of = {region.code, *(part.code for part, _ in below)}
    findings = [
        fault
        for part, judged in every_region
        for fault in judged.findings
        if (part.code in targets_of or fault.code not in _ON_TARGETS) and fault.code != _COMPUTED
    ]
    findings += _computed(plan, every_region)
    findings += _of_others(plan, figures, region, (region, *inside), period)
    findings += total_findings(plan, region, totals, results)
    known = Counter(name for part, _ in deeper for name, result in results[part.code].items() if result.has_figure)
    inner = {part.code: {each.id: total_of(plan, each, part, results) for each in plan.indicators} for part, _ in below}
    whole = whole._replace(findings=tuple(findings), submissions=tuple(submissions))
    return Regional(plan, whole, region, below, totals, inner, known)


def _computed(plan: Plan, judged: Sequence[tuple[Region, Assessment]]) -> Iterator[Finding]:
    """Report figures that formulas give, each formula once for all regions."""
    regions: dict[Place | None, list[str]] = {}
    first: dict[Place | None, Finding] = {}
    for region, assessment in judged:
        for fault in assessment.findings:
            if fault.code == _COMPUTED:
                regions.setdefault(fault.place, []).append(plan.regions.full_name(region))
                first.setdefault(fault.place, fault)
    formulas = {formula.place: plan.by_id[formula.indicator].name for formula in plan.formulas}
    for place, names in regions.items():
        message = say(
            "{count} regions sent no figure for “{name}”, and its formula gives it: {names}.",
            count=f"{len(names):,}",
            name=formulas.get(place, ""),
            names=names_of(names),
        )
        yield first[place] if len(names) == 1 else first[place]._replace(message=message)


def _judged(plan: Plan, region: Region, figures: ByRegion, period: Period) -> Assessment:
    return assess_region(plan, region.code, figures.of.get(region.code, ()), period=period, judge=assess_all)


def _of_others(
    plan: Plan, figures: ByRegion, region: Region, judged: Sequence[Region], period: Period
) -> list[Finding]:
    """Report the figures that are not judged: of other regions, of unknown ones, or without a region."""
    inside = {each.code for each in judged}
    others = [
        (plan.regions.full_name(other), figure.place)
        for other in plan.regions
        if other.code not in inside
        for submission in figures.of.get(other.code, ())
        for figure in submission.observations
        if figure.region and figure.period == period and figure.reported is not Reading.NOTHING
    ]
    not_judged = elsewhere(others, region.name)
    nameless = [] if region == plan.home else [*without_region(figures, plan, region.name, period)]
    return [*unknown_region_findings(figures, plan), *nameless, *([not_judged] if not_judged else [])]


_LAST = 1 << 60


def compose_regions(
    regional: Regional,
    assessment: Assessment,
    translate: Translator,
    *,
    scope: Callable[[Result], bool],
    only: frozenset[Verdict],
) -> Document:
    """Compose the report of everything below one region; `assessment` has the findings to report."""
    return regional_report(assessment, regional.region, lines_of(regional), translate, scope=scope, only=only)


def lines_of(regional: Regional) -> list[Line]:
    """Every indicator over the regions, the best first and those without a figure last."""
    tables = [judged.by_id for _, judged in regional.below]
    lines = []
    for whole in (*regional.whole.results, *regional.whole.inputs):
        name = whole.indicator.id
        results = {region.code: table[name] for (region, _), table in zip(regional.below, tables, strict=True)}
        of_plan = regional.plan.indicator(name) or whole.indicator
        ranking = rank({code: result.actual for code, result in results.items()}, of_plan.target.interval)
        ranked = [
            Ranked(
                region,
                results[region.code],
                ranking.places.get(region.code),
                region.code in ranking.tied,
                _from_parts(results[region.code], regional.inner[region.code][name], regional.plan),
            )
            for region, _ in regional.below
        ]
        ranked.sort(key=lambda ranked_region: ranked_region.place or _LAST)
        total = _summed(whole, regional.totals[name], regional.plan)
        lines.append(Line(whole, ranked, total, regional.deeper.get(name, 0)))
    return lines


def _from_parts(result: Result, total: Total, plan: Plan) -> RegionTotal:
    """Return what the regions below one come to, where it reports no figure itself."""
    return RegionTotal(None) if result.has_figure or total.value is None else _summed(result, total, plan)


def _summed(whole: Result, total: Total, plan: Plan) -> RegionTotal:
    if total.value is None:
        return RegionTotal(None, notes=_NO_TOTAL.get(total.reason, ()))
    return RegionTotal(total.value, working(whole.indicator, total), tuple(_besides(whole, total, plan)))


_NO_TOTAL: Mapping[NoTotal | None, tuple[Message, ...]] = {
    NoTotal.NOT_ADDED: (
        say("no total: such figures are not added, and the plan does not say what they are divided by"),
    ),
    NoTotal.IMPOSSIBLE: (say("no total: the plan's adds: is not possible, as `czurban validate` shows (P226)"),),
    NoTotal.ZERO: (say("no total: what it is divided by comes to nothing"),),
}


def _besides(whole: Result, total: Total, plan: Plan) -> Iterator[Message]:
    """That a total is partial, or how far it is from the whole's own figure where rounding does not explain it."""
    if total.possible is None:
        yield say("a part is approximate")
    if total.is_partial:
        yield say("partial: {missing}", missing=lacking_in(total.missing, plan))
    elif whole.actual is not None and total.value is not None and differ(total, whole):
        yield say(
            "{difference} against the figure reported for the whole", difference=signed(total.value - whole.actual)
        )
