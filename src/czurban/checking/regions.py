"""Give each region the figures that were reported for it, and judge a region by its own targets or else the plan's."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from czurban.checking.admission import (
    amounts_without_target,
    judged_by_plan_target,
    unknown_region,
    values_without_region,
)
from czurban.model.assessment import Assessment, Verdict
from czurban.model.finding import Finding
from czurban.model.observation import Observation, Reading, Submission
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.model.region import WHOLE_WORDS
from czurban.model.row_outcome import Resolved
from czurban.model.target import StatedValue
from czurban.model.text import key

_FAMILY_DIGITS = 2
_COMPUTED = "S249"
"""The note that a formula gives a figure, which is not shown for regions that sent forms."""
_LEAST_DIGITS = 4
Judge = Callable[[Plan, Sequence[Submission], Period], Assessment]
"""Judges what was reported for one region by a plan that has its targets."""


class ByRegion(NamedTuple):
    """Submissions by the code of the region that their figures are for.

    `unknown` are figures of no known region or of several, `unnamed` those that name no region.
    """

    of: Mapping[str, tuple[Submission, ...]]
    unknown: tuple[Observation, ...] = ()
    unnamed: tuple[Observation, ...] = ()


class RegionFinder:
    """Finds the region that a text means, and remembers it."""

    def __init__(self, plan: Plan, *, rows_for_parts: bool = False) -> None:
        """Prepare for the regions of a plan.

        Args:
            plan: the plan.
            rows_for_parts: whether parts of the plan's region are judged by all their rows, as if they had targets.
        """
        self.plan = plan
        self.own_name = key(plan.region)
        self._rows_for_parts = rows_for_parts
        self.home = plan.home.code if plan.home else plan.region
        self._known: dict[str, str | None] = {}

    def code(self, text: str) -> str | None:
        """Return the code of the region that a text means; None where it is not known, or may be several."""
        if text not in self._known:
            self._known[text] = self.find(text)
        return self._known[text]

    def find(self, text: str) -> str | None:
        """Return the same without remembering it."""
        if not text or self.plan.is_whole(text) or self.plan.is_for(text) or self.plan.sharer(text):
            return self.home
        region = self.plan.regions.find(text)
        return region.code if region else None

    def resolve(self, text: str) -> Resolved:
        """Return which region a text means: the plan's own, one of its hierarchy, else the one that is called so."""
        code = self.find(text.strip())
        if code is None:
            name = key(text.strip())
            return Resolved(name, self._family(name), is_own=bool(self.plan.regions.matching(text)))
        region = self.plan.regions.with_code(code)
        is_own = code == self.home or bool(self.plan.breakdown.of_region(code))
        is_part = not is_own and region is not None and self.plan.is_other_level(region)
        is_own = is_own or (is_part and self._rows_for_parts)
        return Resolved(code, self._family(code), is_own=is_own, is_part=is_part and not is_own)

    def known_texts(self) -> Iterable[str]:
        """Return what may be written for a region of the plan or a department with own parts, as `key` writes it.

        A text that ends with the name of the plan's own region, `own_name`, means this region too.
        """
        sharers = (office for office in self.plan.departments if office.name in self.plan.own_parts)
        names = (key(name) for office in sharers for name in office.names)
        return {*self.plan.regions.texts, *WHOLE_WORDS, *names, self.own_name[:-1]}

    def _family(self, region: str) -> str:
        """Return the region above where the plan knows it, else what a code begins with; all others are one family."""
        regions = self.plan.regions
        if region == self.home and not regions:
            return region
        if known := regions.find(region):
            return regions.full_name(regions.parent(known) or known)
        return region[:_FAMILY_DIGITS] if region.isdecimal() and len(region) >= _LEAST_DIGITS else ""


def sort_out(plan: Plan, submissions: Iterable[Submission], *, unknown: bool = False) -> ByRegion:
    """Give each region what was reported for it, file by file; the plan's own has what names no region.

    Stages of milestones and departments' own parts are the plan's and stay with its own region, except for the stages
    in the form of a region. A target or baseline that a file states goes with the region of its row.

    Args:
        plan: the plan, with its hierarchy of regions.
        submissions: what was sent.
        unknown: whether a region that the plan does not know is one of its own, under the key of its name. Names of
            several regions are `unknown` all the same.
    """
    finder = RegionFinder(plan)

    def code_of(text: str) -> str | None:
        code = finder.code(text)
        return key(text) if code is None and unknown and not plan.regions.matching(text) else code

    by_region: dict[str, list[Submission]] = defaultdict(list)
    strange: list[Observation] = []
    nameless: list[Observation] = []
    for sent in submissions:
        base = sent.region or finder.home
        values: dict[str, list[Observation]] = {base: []}
        stated: dict[str, list[StatedValue]] = defaultdict(list)
        for value in sent.observations:
            code = code_of(value.region)
            if code is None:
                strange.append(value)
            else:
                values.setdefault(code, []).append(value)
                nameless += [] if value.region else [value]
        for claim in sent.stated:
            stated[code_of(claim.region) or ""].append(claim)
        for code, members in values.items():
            stages = sent.stages if code == base else ()
            part = sent._replace(observations=tuple(members), stated=tuple(stated[code]), stages=stages, region="")
            by_region[code].append(part)
    return ByRegion({code: tuple(parts) for code, parts in by_region.items()}, tuple(strange), tuple(nameless))


def with_own_parts(plan: Plan, submissions: Sequence[Submission], period: Period, judge: Judge) -> Assessment:
    """Judge a plan, and the departments' own parts by their own rows; neither uses a figure of the other."""
    apart = [_apart(plan, sent) for sent in submissions]
    whole = judge(plan, [sent for sent, _ in apart], period)
    parts = judge(plan.for_own_parts(), [sent for _, sent in apart], period)
    files = zip(submissions, whole.submissions, parts.submissions, strict=True)
    return whole._replace(
        findings=(*whole.findings, *parts.findings),
        submissions=tuple(_together(*each) for each in files),
        allotted=parts.results,
    )


def _apart(plan: Plan, sent: Submission) -> tuple[Submission, Submission]:
    """Split a file into what is about the whole, and what is about departments' own parts, under the ids of these."""
    values = [(value, plan.own_part(value.indicator, value.region)) for value in sent.observations]
    claims = [(claim, plan.own_part(claim.indicator, claim.region)) for claim in sent.stated]
    whole = sent._replace(
        observations=tuple(value for value, part in values if part is None),
        stated=tuple(claim for claim, part in claims if part is None),
    )
    parts = sent._replace(
        observations=tuple(value._replace(indicator=part.id, region="") for value, part in values if part),
        stated=tuple(claim._replace(indicator=part.id, region="") for claim, part in claims if part),
        stages=(),
    )
    return whole, parts


def _together(sent: Submission, whole: Submission, parts: Submission) -> Submission:
    """Return a file with both of its judged halves; the rows that either refuses are refused."""
    gone = whole.rows.refused + parts.rows.refused - 2 * sent.rows.refused
    rows = replace(sent.rows, used=sent.rows.used - gone, refused=sent.rows.refused + gone)
    return whole._replace(
        observations=(*whole.observations, *parts.observations), stated=(*whole.stated, *parts.stated), rows=rows
    )


def as_form(plan: Plan, sent: Submission) -> Submission:
    """Return a table without a sender that is of one region alone as the form of that region."""
    names = {value.region for value in sent.observations}
    county = plan.county(names.pop()) if len(names) == 1 else None
    if county is None or sent.sender or any(value.sender for value in sent.observations):
        return sent
    values = tuple(value._replace(sender=county.name) for value in sent.observations)
    return sent._replace(observations=values, sender=county.name, region=county.region)


def with_counties(plan: Plan, submissions: Sequence[Submission], period: Period, *, judge: Judge) -> Assessment:
    """Judge the plan's own region without the forms of other regions, and each of these by its own forms.

    An amount of a region without a row in the breakdown is only collected, so that it is no fault. A stage of a
    milestone that is called after the region is that of the plan's milestone.
    """
    apart = [_of_county(plan, sent) for sent in submissions]
    whole = judge(plan, [sent for sent, _ in apart], period)
    counties = _counties(plan, [form for _, form in apart if form], period, judge)
    faults = [fault for judged in counties.values() for fault in judged.findings if fault.code != _COMPUTED]
    files = zip(whole.submissions, submissions, strict=True)
    return whole._replace(
        counties=counties,
        findings=(*whole.findings, *faults),
        submissions=tuple(judged._replace(region=sent.region) for judged, sent in files),
    )


def _of_county(plan: Plan, sent: Submission) -> tuple[Submission, Submission | None]:
    """Return what of a file counts for the plan's region, and the rest of it where it is the form of another."""
    county, region = plan.counties.get(sent.region), plan.regions.with_code(sent.region)
    if county is None or region is None:
        return sent._replace(region=""), None
    named = tuple(stage for stage in sent.stages if stage.milestone.startswith(region.names))
    others = tuple(stage for stage in sent.stages if stage not in named)
    return sent._replace(observations=(), stages=named, stated=(), region=""), sent._replace(stages=others)


def _counties(plan: Plan, submissions: Sequence[Submission], period: Period, judge: Judge) -> dict[str, Assessment]:
    """Judge each region that figures are asked of and that sent something, by all the figures for it."""
    figures = sort_out(plan, submissions).of
    return {code: judge(plan.for_region(code), figures[code], period) for code in plan.counties if code in figures}


def every_county(assessment: Assessment, *, judge: Judge) -> Mapping[str, Assessment]:
    """Judge each region that figures are asked of by all the figures for it, also those in tables of others.

    Each result is about the region's part of the indicator, and so is each figure.
    """
    plan, period = assessment.plan, assessment.period
    forms = [sent._replace(region=code) for code, county in assessment.counties.items() for sent in county.submissions]
    tables = (sent for sent in assessment.submissions if not sent.region)
    known = _counties(plan, (*forms, *tables), period, judge)
    every = {}
    for code in plan.counties:
        county = known.get(code) or judge(plan.for_region(code), (), period)
        indicators = [result.indicator for result in county.results]
        parts = [replace(plan.county_part(each, code), name=each.name) for each in indicators]
        ids = {part.whole: part.id for part in parts}
        files = (
            sent._replace(
                observations=tuple(
                    value._replace(indicator=ids.get(value.indicator, value.indicator)) for value in sent.observations
                )
            )
            for sent in county.submissions
        )
        every[code] = county._replace(
            results=tuple(replace(each, indicator=part) for each, part in zip(county.results, parts, strict=True)),
            submissions=tuple(files),
            findings=assessment.findings,
        )
    return every


def assess_region(
    plan: Plan, name: str, submissions: Sequence[Submission], *, period: Period, judge: Judge
) -> Assessment:
    """Judge one region by what was reported for it; a plain function of the plan and those figures.

    Its own row of the breakdown is its target. Where there is none the plan's is, and each such result says so; an
    amount of a part of the plan's region without a row is not judged at all, which is reported.

    Args:
        plan: the whole plan.
        name: the region, by any of its names.
        submissions: what was reported for this region and no other (`sort_out`).
        period: whose figures are judged.
        judge: what judges the figures.

    Raises:
        LookupError: two regions are called so.
    """
    held = plan.for_region(name)
    assessed = judge(held, submissions, period)
    return assessed._replace(findings=(*assessed.findings, *_target_findings(assessed)))


def _target_findings(assessed: Assessment) -> Iterable[Finding]:
    """Report amounts of a region that has no target of its own for them."""
    held = assessed.plan
    amounts = [
        (result.observation, result.indicator, result.verdict)
        for result in assessed.results
        if held.within and result.observation and result.indicator.is_amount
    ]
    open_ended = [(value, indicator) for value, indicator, _ in amounts if indicator.id in held.without_target]
    if open_ended:
        yield amounts_without_target(open_ended[0][0], [indicator for _, indicator in open_ended], held)
    for value, indicator, verdict in amounts:
        theirs = indicator.id not in held.own_targets and indicator.id not in held.without_target
        if theirs and verdict in (Verdict.MET, Verdict.MISSED):
            yield judged_by_plan_target(value, indicator, held)


def unknown_region_findings(by_region: ByRegion, plan: Plan) -> Iterable[Finding]:
    """Report figures of regions that the hierarchy does not have, or has twice."""
    return (unknown_region(value, plan) for value in by_region.unknown if value.reported is not Reading.NOTHING)


def without_region(by_region: ByRegion, plan: Plan, asked: str, period: Period) -> Iterable[Finding]:
    """Report, once for each file, figures that name no region while another than the plan's is asked for."""
    files: dict[str, list[Observation]] = defaultdict(list)
    for value in by_region.unnamed:
        if value.reported is not Reading.NOTHING and value.period == period:
            files[value.place.file].append(value)
    return (values_without_region(members[0], len(members), plan, asked) for members in files.values())
