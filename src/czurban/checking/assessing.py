"""Judge every indicator of a plan by the submissions: add up parts of the year, resolve repeats, judge."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import groupby, pairwise
from typing import NamedTuple

from czurban.checking.admission import Admission
from czurban.checking.judging import Converted, convert, is_due, judge_value
from czurban.checking.submission_rules.comparisons import JudgedFigures
from czurban.checking.submission_rules.registry import check_figures
from czurban.model.assessment import Assessment, Result
from czurban.model.faults import finding
from czurban.model.finding import Finding, Findings, Place, say
from czurban.model.indicator import Indicator, IndicatorKind
from czurban.model.observation import Observation, PeriodSource, Reading, StageReport, Submission
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.model.task import TaskNo
from czurban.model.text import exact, key

_MONTHS_THAT_RISE = 3
_MOST_PARTS = 64


class YearSums(NamedTuple):
    """Observations in which parts of the period are replaced by their sums, with the findings on that.

    `gaps` are the places of parts that other parts are missing for.
    """

    observations: list[Observation]
    findings: list[Finding]
    gaps: frozenset[Place] = frozenset()


def is_part(indicator: Indicator, period: Period) -> bool:
    """Return whether a period is only a part of a sum over the year, which begins on 1 January."""
    covers = period.first == 1 and period.until[1:] >= indicator.target.deadline.until[1:]
    return indicator.kind is IndicatorKind.FLOW and not covers


def is_judged_part(indicator: Indicator, plan: Plan, period: Period) -> bool:
    """Return whether a target is due in a period that is only a part of its sum over the year."""
    due = indicator.id not in plan.without_target and is_due(indicator.target, period, plan.period)
    return due and is_part(indicator, period)


def not_the_year(value: Observation, indicator: Indicator) -> Finding:
    """Return the finding on a value for a part of the year, which is not judged (R5)."""
    message = say(
        "{raw} is for {period}, and “{name}” is summed up over the year to {deadline}; it is not judged.",
        raw=value.raw,
        period=value.period,
        name=indicator.name,
        deadline=f"{value.period.year}-{indicator.target.deadline.last:02}",
    )
    return finding("S277", value.place, message, say("Give the sum of the whole year, or all its parts."))


def add_parts(plan: Plan, observations: Iterable[Observation], period: Period) -> YearSums:
    """Replace parts that cover the period exactly by their sum, where no value for the whole was sent (R5).

    Parts are added up if they have the same indicator, region, sender and status, leave no gap, do not overlap, and can
    all be read.
    """
    every = list(observations)
    flows = plan.flows
    groups: dict[tuple[object, ...], list[Observation]] = defaultdict(list)
    whole: set[tuple[str, str]] = set()
    for value in every:
        if value.indicator not in flows or value.reported in {Reading.NOTHING, Reading.WITHHELD}:
            continue
        region = "" if plan.is_own_region(value.region) else key(value.region)
        if value.period == period:
            whole.add((value.indicator, region))
        elif period.includes(value.period) and not value.period.day:
            groups[value.indicator, region, key(value.sender), value.status].append(value)
    sums = [
        _summed(parts, flows[parts[0].indicator], period, regional=bool(region))
        for (name, region, *_), parts in groups.items()
        if (name, region) not in whole and len(parts) <= _MOST_PARTS
    ]
    used = {id(part) for parts, total, _ in sums if total for part in parts}
    kept = [value for value in every if id(value) not in used]
    faults = [fault for _, _, fault in sums if fault]
    places = (part.place for parts, _, fault in sums if fault and fault.code == "S291" for part in parts)
    return YearSums([*kept, *(total for _, total, _ in sums if total)], faults, frozenset(places))


def _summed(
    parts: Sequence[Observation], indicator: Indicator, period: Period, *, regional: bool
) -> tuple[Sequence[Observation], Observation | None, Finding | None]:
    """Return the parts that make up the period, their sum, and the finding; no sum where it is uncertain."""
    ways = [] if period.day else list(_covering(parts, period.first, period.last))
    if len(ways) != 1:
        return parts, None, None if ways else _gap(parts, indicator, period, regional=regional)
    (chosen,) = ways
    amounts = [_amount(part, indicator) for part in chosen]
    known = [amount for amount in amounts if amount is not None]
    total = exact(sum(known, Fraction(0)))
    if len(known) < len(amounts) or "/" in total:
        return (), None, None
    if _may_be_running(chosen, known):
        return (), None, _running(chosen, indicator)
    last = chosen[-1]
    raw = " + ".join(part.raw for part in chosen)
    whole = last._replace(
        raw=raw,
        period=period,
        period_source=PeriodSource.ROW,
        amount=Decimal(total),
        unit=indicator.unit,
        approximate=any(part.approximate for part in chosen),
        unit_in_cell=False,
        periods=frozenset(),
    )
    message = say(
        "“{name}”: {parts} for {periods} are added up to {total}{unit} for {period}.",
        name=indicator.name,
        parts=raw,
        periods="、".join(str(part.period) for part in chosen),
        total=total,
        unit=indicator.unit.name,
        period=period,
    )
    return chosen, whole, finding("S276", chosen[0].place, message)


def _gap(parts: Sequence[Observation], indicator: Indicator, period: Period, *, regional: bool) -> Finding | None:
    """Report the months that are missing between single months and quarters; sums since the beginning have no gap.

    A single part of a whole year has no gap: it is for another period, which is reported as such.
    """
    covered = {month for part in parts for month in range(part.period.first, part.period.last + 1)}
    missing = [month for month in range(period.first, period.last + 1) if month not in covered]
    single = any(part.period.first > period.first for part in parts)
    if (
        (len(parts) == 1 and period.is_year)
        or not missing
        or not single
        or regional
        or period.has_years
        or any(part.period.year != period.year for part in parts)
    ):
        return None
    runs = (list(run) for _, run in groupby(missing, key=lambda month: month - missing.index(month)))
    message = say(
        "“{name}” has no figure for {months}, so that its sum for {period} is not known.",
        name=indicator.name,
        months="、".join(str(Period(period.year, run[0], run[-1])) for run in runs),
        period=period,
    )
    hint = say("Give the figures of these months, or the sum since January.")
    return finding("S291", max(parts, key=lambda part: part.period.until).place, message, hint)


def _covering(
    parts: Sequence[Observation], first: int, last: int, before: tuple[Observation, ...] = ()
) -> Iterator[tuple[Observation, ...]]:
    """Yield ways in which parts follow each other from the first month to the last, at most two."""
    if first > last:
        yield before
        return
    many = 0
    for part in parts:
        if part.period.first == first:
            for way in _covering(parts, part.period.last + 1, last, (*before, part)):
                yield way
                many += 1
                if many > 1:
                    return


def _amount(part: Observation, indicator: Indicator) -> Fraction | None:
    ratio = (part.unit or indicator.unit).ratio(indicator.unit)
    if part.reported is not Reading.VALUE or part.amount is None or ratio is None:
        return None
    return Fraction(part.amount) * ratio


def _may_be_running(parts: Sequence[Observation], amounts: Sequence[Fraction]) -> bool:
    """Return whether months may be running totals since January: three or more that rise from each to the next."""
    months = all(part.period.first == part.period.last for part in parts)
    return months and len(parts) >= _MONTHS_THAT_RISE and all(before < after for before, after in pairwise(amounts))


def _running(parts: Sequence[Observation], indicator: Indicator) -> Finding:
    message = say(
        "The months of “{name}” rise from each to the next and may be running totals; they are not added up.",
        name=indicator.name,
    )
    return finding("S277", parts[-1].place, message, say("Give the sum of the whole year in its own row."))


class Resolution(NamedTuple):
    """The value that counts; `conflict` is set where values differ and their status does not order them."""

    value: Converted
    conflict: bool = False


def resolve_repeats(values: Sequence[Converted], many: int = 0) -> tuple[Resolution, Findings]:
    """Choose among the values reported for one indicator, region and period; there is at least one.

    A later status (revised over final over preliminary) replaces an earlier one. Of values with the same status, equal
    ones count once, with a warning, and different ones conflict. A value that cannot be read differs from any other.
    Where `values` are only the first, `many` is how many there are in all.
    """
    ranks = [rank for value in values if (rank := _rank(value)) is not None]
    best = max(ranks) if len(ranks) == len(values) else None  # a value without a status has no order
    latest = [value for value in values if best is None or _rank(value) == best]
    findings = [_superseded(value, latest[0]) for value in values if best is not None and _rank(value) != best]
    first, many = latest[0], max(len(latest), many if len(latest) == len(values) else 0)
    other = next((value for value in latest[1:] if value.actual is None or value.actual != first.actual), None)
    if other is not None:
        if first.actual is not None or other.actual is not None:
            findings.append(_conflict(first, other, many))
        return Resolution(first, conflict=True), tuple(findings)
    if len(latest) > 1:
        findings.append(_repeated(first, latest[1], many))
    return Resolution(first), tuple(findings)


def withdrawn(used: Observation, silent: Sequence[Observation]) -> Finding | None:
    """Report a row with a later status that reports nothing, which withdraws the figure before it (R6)."""
    rank = used.status.rank if used.status else -1
    later = next((row for row in silent if row.status and row.status.rank > rank), None)
    if later is None:
        return None
    message = say(
        "This row reports nothing and has a later status than {raw} at {place}, which is therefore not used.",
        raw=used.raw,
        place=used.place,
    )
    return finding("S225", later.place, message, say("Write the figure here, or delete one of the rows."))


def _rank(value: Converted) -> int | None:
    return value.observation.status.rank if value.observation.status else None


def _superseded(earlier: Converted, later: Converted) -> Finding:
    message = say(
        "{earlier} is an earlier figure; {later} at {place} replaces it.",
        earlier=earlier.observation.raw,
        later=later.observation.raw,
        place=later.observation.place,
    )
    return finding("S216", earlier.observation.place, message)


def _conflict(first: Converted, other: Converted, count: int) -> Finding:
    message = say(
        "{other} here and {one} at {place} do not agree ({count} values in all), so neither is used.",
        one=_shown(first),
        other=_shown(other),
        place=first.observation.place,
        count=count,
    )
    hint = say("Delete the wrong one, or add a status column that states which is 快报, 年报 or 修订.")
    return finding("S210", other.observation.place, message, hint)


def _repeated(first: Converted, other: Converted, count: int) -> Finding:
    message = say("The same value is already at {place} ({count} in all).", place=first.observation.place, count=count)
    return finding("S211", other.observation.place, message, say("Keep one of them."))


def _shown(value: Converted) -> str:
    unit = value.observation.unit
    return value.observation.raw + (unit.name if unit and not value.observation.unit_in_cell else "")


def assess(plan: Plan, submissions: Sequence[Submission], *, period: Period, several: bool = True) -> Assessment:
    """Judge every indicator of the plan by the observations of one period.

    Args:
        plan: the plan.
        submissions: all submissions together, so that figures of different departments are compared.
        period: the judged period; the plan's own, unless another is judged on purpose.
        several: whether figures of other periods may be history.
    """
    admission = Admission(plan, period, several=several)
    summed = add_parts(plan, (value for submission in submissions for value in submission.observations), period)
    admitted = admission.admit(summed.observations)
    by_indicator: dict[str, list[Observation]] = defaultdict(list)
    for value in admitted:
        by_indicator[value.indicator].append(value)
    reported = (fault for fault in admission.findings if fault.code != "S286" or fault.place not in summed.gaps)
    findings: list[Finding] = [*summed.findings, *reported]
    results = [
        result_of(indicator, by_indicator[indicator.id], plan, period, findings)
        if indicator.id in by_indicator
        else judge_value(indicator, plan, period)
        for indicator in plan.indicators
    ]
    findings += check_figures(JudgedFigures(plan, results, submissions, period))
    stages: Mapping[tuple[TaskNo, str], StageReport] = {}
    if any(submission.stages for submission in submissions):
        from czurban.checking.milestones import resolve_stages  # noqa: PLC0415 - most files report figures alone

        stages, faults = resolve_stages(plan, submissions, period)
        findings += faults
    counted = tuple(map(admission.counted, submissions))
    return Assessment(plan, period, tuple(results), tuple(findings), counted, stages)


def result_of(  # noqa: PLR0913, PLR0917 - as above
    indicator: Indicator,
    reported: Sequence[Observation],
    plan: Plan,
    period: Period,
    findings: list[Finding],
    many: int = 0,
) -> Result:
    """Judge an indicator by its usable observations, and append what is wrong with them to the findings.

    A figure of a region without a target is resolved like any other, and not compared. `many` is how many
    observations there are in all, where these are only the first.
    """
    silent = [value for value in reported if value.reported is Reading.NOTHING]
    reported = [value for value in reported if value.reported is not Reading.NOTHING]
    if not reported:
        return judge_value(indicator, plan, period)
    if all(value.reported is Reading.WITHHELD for value in reported):
        return judge_value(indicator, plan, period, observation=reported[0])
    reported = [value for value in reported if value.reported is not Reading.WITHHELD]
    if indicator.target.ladder:
        from czurban.checking.statements import judge_statement  # noqa: PLC0415 - few plans have such targets

        return judge_statement(indicator, reported, plan, period, findings)
    values: list[Converted] = []
    for value in reported:
        converted, doubt = convert(value, indicator)
        values.append(converted)
        findings += [doubt] if doubt else []
    resolved, faults = resolve_repeats(values, many)
    findings += faults
    observation, actual = resolved.value.observation, resolved.value.actual
    gone = withdrawn(observation, silent)
    findings += [gone] if gone else []
    partial = is_judged_part(indicator, plan, period)
    if partial:
        findings.append(not_the_year(observation, indicator))
    usable = None if resolved.conflict or gone or partial else actual
    return judge_value(indicator, plan, period, observation=observation, actual=usable)
