"""Add up the parts of a year to the figure of the whole, where none was sent (R5)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import groupby, islice, pairwise
from typing import NamedTuple

from czurban.model.faults import finding
from czurban.model.finding import Finding, Place, say
from czurban.model.indicator import Indicator
from czurban.model.observation import Observation, PeriodSource, Reading, Status
from czurban.model.period import Period
from czurban.model.plan import Plan
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


def add_parts(plan: Plan, observations: Iterable[Observation], period: Period) -> YearSums:
    """Replace parts that cover the period exactly by their sum, where no value for the whole was sent (R5).

    A value for the whole that cannot be read counts for its own sender alone.

    Parts are added up if they have the same indicator, region, sender and status, leave no gap, do not overlap, and can
    all be read.
    """
    every = list(observations)
    flows = plan.flows
    groups: dict[tuple[str, str, str, Status | None], list[Observation]] = defaultdict(list)
    whole: set[tuple[str, str, str]] = set()
    for value in every:
        if value.indicator not in flows or value.reported in {Reading.NOTHING, Reading.WITHHELD}:
            continue
        region = "" if plan.is_own_region(value.region) else key(value.region)
        if value.period == period:
            sender = key(value.sender) if value.reported is Reading.UNREADABLE else ""
            whole.add((value.indicator, region, sender))
        elif period.includes(value.period) and not value.period.day:
            groups[value.indicator, region, key(value.sender), value.status].append(value)
    sums = [
        _summed(parts, flows[parts[0].indicator], period, regional=bool(region))
        for (name, region, sender, _), parts in groups.items()
        if whole.isdisjoint({(name, region, ""), (name, region, sender)}) and len(parts) <= _MOST_PARTS
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
    ways = [] if period.day else list(islice(_covering(parts, period.first, period.last), 2))
    if len(ways) != 1:
        return parts, None, None if ways else _gap(parts, indicator, period, regional=regional)
    (chosen,) = ways
    amounts = [_amount(part, indicator) for part in chosen]
    known = [amount for amount in amounts if amount is not None]
    total = exact(sum(known, Fraction(0)))
    if len(known) < len(amounts) or "/" in total:
        return (), None, None
    if _may_be_running(chosen, known):
        message = say(
            "The months of “{name}” rise from each to the next and may be running totals; they are not added up.",
            name=indicator.name,
        )
        hint = say("Give the sum of the whole year in its own row.")
        return (), None, finding("S277", chosen[-1].place, message, hint)
    raw = " + ".join(part.raw for part in chosen)
    whole = chosen[-1]._replace(
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
    """Yield the ways in which parts follow each other from the first month to the last."""
    if first > last:
        yield before
    for part in parts:
        if part.period.first == first <= last:
            yield from _covering(parts, part.period.last + 1, last, (*before, part))


def _amount(part: Observation, indicator: Indicator) -> Fraction | None:
    ratio = (part.unit or indicator.unit).ratio(indicator.unit)
    if part.reported is not Reading.VALUE or part.amount is None or ratio is None:
        return None
    return Fraction(part.amount) * ratio


def _may_be_running(parts: Sequence[Observation], amounts: Sequence[Fraction]) -> bool:
    """Return whether months may be running totals since January: three or more that rise from each to the next."""
    months = all(part.period.first == part.period.last for part in parts)
    return months and len(parts) >= _MONTHS_THAT_RISE and all(before < after for before, after in pairwise(amounts))
