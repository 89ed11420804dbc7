"""The plan against what was submitted: one result for each indicator, and everything that is wrong.

Reported figures held against each other, once each has been judged by itself.

Sums over a year that are reported in parts: added up where they cover the year, never judged as the year.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from czurban.checking.admission import Admission
from czurban.checking.duplicates import resolve_repeats, withdrawn
from czurban.checking.judging import Converted, convert, is_due, judge_value
from czurban.checking.milestones import resolve_stages
from czurban.checking.submission_rules.judged_figures import JudgedFigures
from czurban.checking.submission_rules.registry import check_figures
from czurban.model.assessment import Assessment, Result
from czurban.model.faults import finding
from czurban.model.finding import Finding, say
from czurban.model.indicator import Indicator, IndicatorKind
from czurban.model.observation import Observation, PeriodSource, Reading, Submission
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.model.target import Target
from czurban.model.text import exact, key

_MONTHS_THAT_RISE = 3
_MOST_PARTS = 64


class YearSums(NamedTuple):
    """Observations with parts of the period replaced by their sums, and what is to be said of it."""

    observations: list[Observation]
    findings: list[Finding]


def is_part(indicator: Indicator, period: Period) -> bool:
    """Whether a period is only a part of what the indicator's target sums up, which counts from 1 January."""
    return indicator.kind is IndicatorKind.FLOW and not _covers(period, indicator.target)


def is_judged_part(indicator: Indicator, plan: Plan, period: Period) -> bool:
    """Whether a target is due in a period that is only a part of what it sums up."""
    due = indicator.id not in plan.without_target and is_due(indicator.target, period, plan.period)
    return due and is_part(indicator, period)


def _covers(period: Period, target: Target) -> bool:
    """Whether a period has all months of a year until the target's date; of its own year, which may be another."""
    return period.first == 1 and period.last >= target.deadline.last


def not_the_year(one: Observation, indicator: Indicator) -> Finding:
    """Report a value for a part of the year, which is not judged."""
    message = say(
        "{raw} is for {period}, and “{name}” is summed up over the year to {deadline}; it is not judged.",
        raw=one.raw,
        period=one.period,
        name=indicator.name,
        deadline=f"{one.period.year}-{indicator.target.deadline.last:02}",
    )
    return finding("S277", one.place, message, say("Give the sum of the whole year, or all its parts."))


def add_parts(plan: Plan, observations: Iterable[Observation], period: Period) -> YearSums:
    """Replace parts that cover the period exactly by their sum, where no value for the whole was sent.

    Parts are added up indicator by indicator, within one region, sender and status. Those that leave a gap, overlap
    or cannot all be read stay as they are.
    """
    every = list(observations)
    flows = {one.id: one for one in plan.indicators if one.kind is IndicatorKind.FLOW}
    groups: dict[tuple[object, ...], list[Observation]] = defaultdict(list)
    whole: set[tuple[str, str]] = set()
    for one in every:
        if one.indicator not in flows or one.reported is Reading.NOTHING:
            continue
        region = "" if plan.is_own_region(one.region) else key(one.region)
        if one.period == period:
            whole.add((one.indicator, region))
        elif one.period.year == period.year and period.start <= one.period.start and one.period.end <= period.end:
            groups[one.indicator, region, key(one.sender), one.status].append(one)
    sums = [
        _summed(parts, flows[parts[0].indicator], period)
        for (name, region, *_), parts in groups.items()
        if (name, region) not in whole and len(parts) <= _MOST_PARTS
    ]
    used = {id(part) for parts, total, _ in sums if total for part in parts}
    kept = [one for one in every if id(one) not in used]
    return YearSums([*kept, *(total for _, total, _ in sums if total)], [fault for _, _, fault in sums if fault])


def _summed(
    parts: Sequence[Observation], indicator: Indicator, period: Period
) -> tuple[Sequence[Observation], Observation | None, Finding | None]:
    """The parts that make the period, their sum, and what is said of it; no sum where it is not sure."""
    found = list(_covering(parts, period.first, period.last))
    if len(found) != 1:
        return (), None, None
    (chosen,) = found
    amounts = [_amount(one, indicator) for one in chosen]
    known = [one for one in amounts if one is not None]
    total = exact(sum(known, Fraction(0)))
    if len(known) < len(amounts) or "/" in total:
        return (), None, None
    if _may_be_running(chosen, known):
        return (), None, _running(chosen, indicator)
    last = chosen[-1]
    raw = " + ".join(one.raw for one in chosen)
    whole = last._replace(
        raw=raw,
        period=period,
        period_source=PeriodSource.ROW,
        amount=Decimal(total),
        unit=indicator.unit,
        approximate=any(one.approximate for one in chosen),
        unit_in_cell=False,
        periods=frozenset(),
    )
    message = say(
        "“{name}”: {parts} for {periods} are added up to {total}{unit} for {period}.",
        name=indicator.name,
        parts=raw,
        periods="、".join(str(one.period) for one in chosen),
        total=total,
        unit=indicator.unit.name,
        period=period,
    )
    return chosen, whole, finding("S276", chosen[0].place, message)


def _covering(
    parts: Sequence[Observation], first: int, last: int, before: tuple[Observation, ...] = ()
) -> Iterator[tuple[Observation, ...]]:
    """Every way in which parts follow each other from the first month to the last, the first two of them at most."""
    if first > last:
        yield before
        return
    many = 0
    for one in parts:
        if one.period.first == first:
            for found in _covering(parts, one.period.last + 1, last, (*before, one)):
                yield found
                many += 1
                if many > 1:
                    return


def _amount(one: Observation, indicator: Indicator) -> Fraction | None:
    unit = one.unit or indicator.unit
    if one.reported is not Reading.VALUE or one.amount is None or unit.dimension != indicator.unit.dimension:
        return None
    return unit.convert(one.amount, indicator.unit)


def _may_be_running(parts: Sequence[Observation], amounts: Sequence[Fraction]) -> bool:
    """Whether months may hold the sum since January each: three or more, each higher than the one before."""
    months = all(one.period.first == one.period.last for one in parts)
    return months and len(parts) >= _MONTHS_THAT_RISE and all(one < other for one, other in pairwise(amounts))


def _running(parts: Sequence[Observation], indicator: Indicator) -> Finding:
    message = say(
        "The months of “{name}” rise from each to the next and may be sums since January; they are not added up.",
        name=indicator.name,
    )
    return finding("S277", parts[-1].place, message, say("Give the sum of the whole year in a row of its own."))


def assess(plan: Plan, submissions: Sequence[Submission], *, period: Period) -> Assessment:
    """Judge every indicator of the plan by the observations of one period.

    Args:
        plan: the plan.
        submissions: what was sent, all of it together, so that two offices' figures meet.
        period: whose figures are judged; the plan's own, unless another is held against the targets on purpose.
    """
    admission = Admission(plan, period)
    summed = add_parts(plan, (one for submission in submissions for one in submission.observations), period)
    admitted = admission.admit(summed.observations)
    by_indicator: dict[str, list[Observation]] = defaultdict(list)
    for one in admitted:
        by_indicator[one.indicator].append(one)
    findings: list[Finding] = [*summed.findings, *admission.findings]
    results = [
        result_of(indicator, by_indicator.get(indicator.id, []), plan, period, findings)
        for indicator in plan.indicators
    ]
    findings += check_figures(JudgedFigures(plan, results, submissions, period))
    stages, faults = resolve_stages(plan, submissions)
    findings += faults
    counted = tuple(map(admission.counted, submissions))
    return Assessment(plan, period, tuple(results), tuple(findings), counted, stages)


def result_of(
    indicator: Indicator, reported: Sequence[Observation], plan: Plan, period: Period, findings: list[Finding]
) -> Result:
    """Judge one indicator by the observations that may be used for it; what is wrong with them joins the findings.

    A figure of a region without a target for it is resolved like any other and compared with nothing.
    """
    silent = [value for value in reported if value.reported is Reading.NOTHING]
    reported = [value for value in reported if value.reported is not Reading.NOTHING]
    if not reported:
        return judge_value(indicator, plan, period)
    values: list[Converted] = []
    for value in reported:
        converted, doubt = convert(value, indicator)
        values.append(converted)
        findings += [doubt] if doubt else []
    resolved, faults = resolve_repeats(values)
    findings += faults
    observation, actual = resolved.value.observation, resolved.value.actual
    gone = withdrawn(observation, silent)
    findings += [gone] if gone else []
    partial = is_judged_part(indicator, plan, period)
    if partial:
        findings.append(not_the_year(observation, indicator))
    usable = None if resolved.conflict or gone or partial else actual
    return judge_value(indicator, plan, period, observation=observation, actual=usable)
