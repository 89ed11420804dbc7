"""Judge departments' own parts and the forms of other regions apart from the figures of the whole."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from czurban.checking.regions import Judge, sort_out
from czurban.model.assessment import Assessment
from czurban.model.observation import Submission
from czurban.model.period import Period
from czurban.model.plan import Plan

_COMPUTED = "S249"
"""The note that a formula gives a figure, which is not shown for regions that sent forms."""


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
        every[code] = county._replace(
            results=tuple(replace(each, indicator=part) for each, part in zip(county.results, parts, strict=True)),
            submissions=tuple(_renamed(sent, ids) for sent in county.submissions),
            findings=assessment.findings,
        )
    return every


def _renamed(sent: Submission, ids: Mapping[str, str]) -> Submission:
    values = (value._replace(indicator=ids.get(value.indicator, value.indicator)) for value in sent.observations)
    return sent._replace(observations=tuple(values))
