"""One region's figures against its own targets: whose each figure is, and the plan held against that region.

Figures of a region that has no target for them: they are settled like any other, and held against nothing.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from czurban.checking.admission import Admission, judged_by_the_plans, no_target, nobodys, unnamed
from czurban.checking.assessing import assess
from czurban.checking.duplicates import resolve_repeats, withdrawn
from czurban.checking.judging import convert
from czurban.model.assessment import Assessment, Note, Result, Verdict
from czurban.model.finding import Finding
from czurban.model.indicator import Indicator
from czurban.model.observation import Observation, Reading, Submission
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.model.region import Region
from czurban.model.target import Interval


def not_judged(held: Plan, submissions: Sequence[Submission], period: Period) -> tuple[list[Result], list[Finding]]:
    """Settle what was reported for the indicators that a region has no target of (`Plan.left_out`).

    A figure is neither met nor missed then but cannot be judged; it still counts in a total over regions.
    """
    open_ended = tuple(_without_target(one) for one in held.left_out)
    admission = Admission(replace(held, indicators=open_ended), period)
    wanted = {one.id for one in open_ended}
    seen = admission.admit(one for sent in submissions for one in sent.observations if one.indicator in wanted)
    findings = [one for one in admission.findings if one.code == "S212"]  # the others were told with the rest
    results = [_result(one, [row for row in seen if row.indicator == one.id], findings) for one in open_ended]
    told = [(one.observation, one.indicator) for one in results if one.observation]
    if told:
        findings.append(no_target(told[0][0], [indicator for _, indicator in told], held))
    return results, findings


def _without_target(one: Indicator) -> Indicator:
    return replace(one, target=one.target._replace(interval=Interval(), baseline=None))


def _result(indicator: Indicator, rows: Sequence[Observation], findings: list[Finding]) -> Result:
    reported = [one for one in rows if one.reported is not Reading.NOTHING]
    if not reported:
        return Result(indicator=indicator, verdict=Verdict.UNREPORTED, notes=(Note.NO_TARGET,))
    converted = [convert(one, indicator) for one in reported]
    findings += [doubt for _, doubt in converted if doubt]
    settled, faults = resolve_repeats([value for value, _ in converted])
    seen, actual = settled.value.observation, settled.value.actual
    gone = withdrawn(seen, [one for one in rows if one.reported is Reading.NOTHING])
    findings += [*faults, *([gone] if gone else [])]
    usable = None if settled.conflict or gone else actual
    return Result(
        indicator=indicator, verdict=Verdict.UNREADABLE, observation=seen, actual=usable, notes=(Note.NO_TARGET,)
    )


Judge = Callable[[Plan, Sequence[Submission], Period], Assessment]
"""Judges what was reported for one region by a plan that has its targets."""


class ByRegion(NamedTuple):
    """Submissions by the code of the region that their figures are for; `strange` are figures of no known region."""

    of: Mapping[str, tuple[Submission, ...]]
    strange: tuple[Observation, ...] = ()
    unnamed: tuple[Observation, ...] = ()


@dataclass(slots=True)
class _Sorter:
    """Finds whose a figure is; a text that was met before is not looked for again."""

    plan: Plan
    home: Region
    _known: dict[str, str | None] = field(default_factory=dict)

    def code(self, text: str) -> str | None:
        """The code of the region that a text means; that of the plan's for none; None where it is not known."""
        if text not in self._known:
            found = self.plan.regions.find(text)
            whole = not text or self.plan.is_whole(text) or (found is None and self.plan.is_for(text))
            self._known[text] = self.home.code if whole else found.code if found else None
        return self._known[text]


def sort_out(plan: Plan, submissions: Iterable[Submission]) -> ByRegion:
    """Give each region what was reported for it, file by file; the plan's own has what names no region.

    Stages of milestones are the plan's and stay with its own region. Whatever a file says of the plan's targets goes
    with the region of its row.

    Raises:
        LookupError: the plan's region is not in its hierarchy.
    """
    if plan.home is None:
        msg = f"{plan.region} is not in the hierarchy"
        raise LookupError(msg)
    sorter = _Sorter(plan, plan.home)
    of: dict[str, list[Submission]] = defaultdict(list)
    strange: list[Observation] = []
    nameless: list[Observation] = []
    for sent in submissions:
        parts: dict[str, list[Observation]] = defaultdict(list)
        for one in sent.observations:
            code = sorter.code(one.region)
            if code is None:
                strange.append(one)
            else:
                parts[code].append(one)
                nameless += [] if one.region else [one]
        for code in dict.fromkeys((plan.home.code, *parts)):
            of[code].append(_part(sent, tuple(parts.get(code, ())), code, sorter))
    return ByRegion({code: tuple(sent) for code, sent in of.items()}, tuple(strange), tuple(nameless))


def _part(sent: Submission, observations: tuple[Observation, ...], code: str, sorter: _Sorter) -> Submission:
    """What of a file is one region's."""
    claims = tuple(one for one in sent.stated if sorter.code(one.region) == code)
    stages = sent.stages if code == sorter.home.code else ()
    return sent._replace(observations=observations, stated=claims, stages=stages)


def assess_region(
    plan: Plan, name: str, submissions: Sequence[Submission], *, period: Period, judge: Judge | None = None
) -> Assessment:
    """Judge one region by what was reported for it; a plain function of the plan and those figures.

    Its own row of the breakdown is its target. Where there is none the plan's is, and each such result says so; an
    amount of a part of the plan's region without a row is not judged at all, and that is told.

    Args:
        plan: the whole plan.
        name: the region, by any of its names.
        submissions: what was reported for this region and no other (`sort_out`).
        period: whose figures are judged.
        judge: what judges the figures, where formulas shall be reckoned too; `assess` alone if None.

    Raises:
        LookupError: two regions are called so.
    """
    held = plan.for_region(name)
    assessed = judge(held, submissions, period) if judge else assess(held, submissions, period=period)
    if held is plan:
        return assessed
    results = {one.indicator.id: _said(one, held) for one in assessed.results}
    others, told = not_judged(held, submissions, period)
    results |= {one.indicator.id: one for one in others}
    inside = tuple(results[one.id] for one in plan.indicators)
    return assessed._replace(results=inside, findings=(*assessed.findings, *told, *_of_the_whole(held, inside)))


def _said(result: Result, held: Plan) -> Result:
    if result.indicator.id in held.own_targets:
        return result
    return replace(result, notes=(*result.notes, Note.PLAN_TARGET))


def _of_the_whole(held: Plan, results: Sequence[Result]) -> Iterable[Finding]:
    """Tell amounts of another region that were held against the plan's target, for want of one of its own."""
    for one in results:
        judged = one.verdict in (Verdict.MET, Verdict.MISSED) and one.indicator.id not in held.own_targets
        if judged and one.observation and one.indicator.is_amount:
            yield judged_by_the_plans(one.observation, one.indicator, held)


def unknown_region_findings(whose: ByRegion, plan: Plan) -> Iterable[Finding]:
    """Tell figures of regions that the hierarchy does not have, or has twice."""
    return (nobodys(one, plan) for one in whose.strange if one.reported is not Reading.NOTHING)


def without_region(whose: ByRegion, plan: Plan, asked: str, period: Period) -> Iterable[Finding]:
    """Tell, once for each file, figures that name no region while another than the plan's is asked for."""
    files: dict[str, list[Observation]] = defaultdict(list)
    for one in whose.unnamed:
        if one.reported is not Reading.NOTHING and one.period == period:
            files[one.place.file].append(one)
    return (unnamed(members[0], len(members), plan, asked) for members in files.values())
