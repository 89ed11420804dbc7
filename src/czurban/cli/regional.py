"""`czurban check --region` and `--by region`: figures judged region by region, and what they come to together."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from czurban.checking.regions import ByRegion, assess_region, sort_out, unknown_region_findings, without_region
from czurban.cli.assessing import assess_all
from czurban.computing.regions.comparison import elsewhere, total_findings
from czurban.computing.regions.totals import Total, total_of
from czurban.errors import UnknownThingError, UsageError
from czurban.model.assessment import Assessment, Result
from czurban.model.finding import Finding, say
from czurban.model.observation import Reading, Submission
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.model.region import Region

BY_REGION = "region"


class Regional(NamedTuple):
    """The region that was asked for, judged, with every finding; with --by, those below it too and their totals.

    `plan` is the whole plan, whose targets say which way is better.
    """

    plan: Plan
    whole: Assessment
    region: Region
    below: tuple[tuple[Region, Assessment], ...] = ()
    totals: Mapping[str, Total] = MappingProxyType({})

    @property
    def results(self) -> tuple[Result, ...]:
        """The outcome of every target, the whole's first."""
        return tuple(one for judged in (self.whole, *(one for _, one in self.below)) for one in judged.results)


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
    whose = sort_out(plan, submissions)
    whole = _judged(plan, region, whose, period)
    if by is None:
        told = [*whole.findings, *_of_others(plan, whose, region, (region,), period)]
        return Regional(plan, _with(whole, told, submissions), region)
    below = tuple((one, _judged(plan, one, whose, period)) for one in plan.regions.children(region))
    if not below:
        hint = say("Judge it alone with --region {name}.", name=region.name)
        raise UsageError(say("{name} has no regions below it.", name=region.name), hint)
    inside = [*plan.regions.descendants(region)]
    deeper = [(one, _judged(plan, one, whose, period)) for one in inside if _is_deeper(one, region, whose)]
    everyone = ((region, whole), *below, *deeper)
    results = {one.code: _by_id(judged) for one, judged in everyone}
    totals = {one.id: total_of(plan, one, region, results) for one in plan.indicators}
    told = [one for _, judged in everyone for one in judged.findings]
    told += _of_others(plan, whose, region, (region, *inside), period)
    told += total_findings(plan, region, totals, results)
    return Regional(plan, _with(whole, told, submissions), region, below, totals)


def _is_deeper(one: Region, region: Region, whose: ByRegion) -> bool:
    """Whether a region is further below than its children, and has figures, which may stand in for its parent's."""
    return one.parent != region.code and one.code in whose.of


def _judged(plan: Plan, region: Region, whose: ByRegion, period: Period) -> Assessment:
    return assess_region(plan, region.code, whose.of.get(region.code, ()), period=period, judge=assess_all)


def _by_id(judged: Assessment) -> dict[str, Result]:
    return {one.indicator.id: one for one in judged.results}


def _with(one: Assessment, told: Sequence[Finding], submissions: Sequence[Submission]) -> Assessment:
    return one._replace(findings=tuple(told), submissions=tuple(submissions))


def _of_others(plan: Plan, whose: ByRegion, region: Region, judged: Sequence[Region], period: Period) -> list[Finding]:
    """What is to be said of figures that are not judged: whose they are, or that nobody can tell."""
    inside = {one.code for one in judged}
    others = [
        (plan.regions.full_name(one), seen.place)
        for one in plan.regions
        if one.code not in inside
        for submission in whose.of.get(one.code, ())
        for seen in submission.observations
        if seen.region and seen.period == period and seen.reported is not Reading.NOTHING
    ]
    said = elsewhere(others, region.name)
    nameless = [] if region == plan.home else [*without_region(whose, plan, region.name, period)]
    return [*unknown_region_findings(whose, plan), *nameless, *([said] if said else [])]


def find_region(plan: Plan, text: str) -> Region:
    """Find a region by its code or any of its names.

    Raises:
        UnknownThingError: there is none; the nearest names are in the hint.
        UsageError: two are called so, or the plan knows no regions.
    """
    if not plan.regions:
        hint = say("Write them into regions.yaml beside targets.yaml; docs/reference/plan-format.md shows how.")
        raise UsageError(say("The plan knows no regions."), hint)
    found = plan.regions.matching(text)
    if len(found) == 1:
        return found[0]
    if found:
        names = " / ".join(f"{plan.regions.full_name(one)} {one.code}" for one in found)
        raise UsageError(
            say("“{name}” may be any of several regions.", name=text), say("Write one of: {names}.", names=names)
        )
    near = plan.regions.near(text)
    hint = say("Did you mean {names}?", names=" / ".join(near)) if near else say("`czurban list regions` shows all.")
    raise UnknownThingError(say("The plan has no region “{name}”.", name=text), hint)
