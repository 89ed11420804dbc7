"""Compare totals over regions with the figures of the whole, and rank regions by an indicator."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from czurban.computing.regions.totals import Results, Total, rounded_range
from czurban.model.assessment import Result
from czurban.model.faults import finding
from czurban.model.finding import Finding, Message, Place, names_of, say
from czurban.model.indicator import AddingRule, Indicator
from czurban.model.plan import Plan
from czurban.model.region import Region
from czurban.model.target import Interval
from czurban.model.text import exact, fixed

_MOST_SHOWN = 12
_PLACES = 4


def total_findings(plan: Plan, region: Region, totals: Mapping[str, Total], results: Results) -> Iterator[Finding]:
    """Report totals that differ from the whole's figure where the plan declares how parts add up, and partial totals.

    The totals are by the indicator's id, and the results those of all regions, the whole included.
    """
    whole = results.get(region.code, {})
    lacking: dict[tuple[Region, ...], list[Indicator]] = defaultdict(list)
    for indicator in plan.indicators:
        total, result = totals.get(indicator.id), whole.get(indicator.id)
        if total is None or total.value is None:
            continue
        if total.is_partial:
            lacking[total.missing].append(indicator)
        elif indicator.adding.declared and result and differ(total, result):
            yield _other_total(indicator, region, total, result)
    for missing, indicators in lacking.items():
        place = _first_place(results, totals[indicators[0].id], indicators[0])
        yield _partial(indicators, region, lacking_in(missing, plan), place)


def differ(total: Total, result: Result) -> bool:
    """Return whether the parts cannot add up to the whole's figure, even if all are rounded (R12, S258)."""
    whole = rounded_range(result)
    if whole is None or total.possible is None:
        return False
    return not whole.times(1 / result.indicator.unit.factor).meets(total.possible)


def _other_total(indicator: Indicator, region: Region, total: Total, result: Result) -> Finding:
    message = say(
        "{region} reports {raw} for “{name}”, and its regions give {total}: {working}.",
        region=region.name,
        raw=result.observation.raw if result.observation else "",
        name=indicator.name,
        total=figure_of(total.value),
        working=working(indicator, total),
    )
    hint = say("One of the figures is wrong, or a region is missing from the hierarchy.")
    return finding("S258", result.observation.place if result.observation else None, message, hint)


def _partial(indicators: Sequence[Indicator], region: Region, missing: Message, place: Place | None) -> Finding:
    names = "、".join(f"“{indicator.name}”" for indicator in indicators)
    values = {"region": region.name, "names": names, "missing": missing}
    if len(indicators) == 1:
        return finding("S259", place, say("The total over {region} of {names} is partial: {missing}.", **values))
    return finding("S259", place, say("The totals over {region} of {names} are partial: {missing}.", **values))


def lacking_in(missing: Sequence[Region], plan: Plan) -> Message:
    """Return which regions are missing from a total, the first of them with their full names."""
    names = "、".join(map(plan.regions.full_name, missing[:_MOST_SHOWN]))
    if len(missing) > _MOST_SHOWN:
        return say("{names} and {count} more are missing", names=names, count=len(missing) - _MOST_SHOWN)
    return say("{names} is missing", names=names) if len(missing) == 1 else say("{names} are missing", names=names)


def _first_place(results: Results, total: Total, indicator: Indicator) -> Place | None:
    """Return the place of a total's first figure."""
    first = results.get(total.parts[0].region.code, {})
    values = [first[name].observation for name in (indicator.id, *indicator.adding.by) if name in first]
    return next((value.place for value in values if value), None)


def working(indicator: Indicator, total: Total) -> str:
    """Write the working of a total: 60 + 50, or 41.2 ÷ 83.6 for a rate."""
    unit = indicator.unit.factor
    if indicator.adding.way is AddingRule.SUM:
        figures = [figure_of(part.numerator / unit) for part in total.parts]
        return " + ".join(figures[:_MOST_SHOWN]) + (" + …" if len(figures) > _MOST_SHOWN else "")
    scale = Fraction(1) if indicator.adding.way is AddingRule.RATIO else 1 / unit
    return f"{figure_of(total.numerator * scale)} ÷ {figure_of(total.denominator)}"


def figure_of(value: Fraction | None) -> str:
    """Write a figure for display: exact if that is short, otherwise with four decimals."""
    if value is None:
        return "—"
    text = exact(value)
    return text if "/" not in text and len(text.partition(".")[2]) <= _PLACES else fixed(value, _PLACES)


def elsewhere(observations: Sequence[tuple[str, Place]], asked: str) -> Finding | None:
    """Report figures of other regions than the requested one: the names of these, with the figures' places in order."""
    if not observations:
        return None
    message = say(
        "The files also have values for {names}, which are not judged; {asked} was requested.",
        names=names_of(list(dict.fromkeys(name for name, _ in observations))),
        asked=asked,
    )
    return finding("S259", observations[0][1], message)


class Ranking(NamedTuple):
    """Places by the region's code; `tied` regions share a place, and `unranked` ones have none."""

    places: Mapping[str, int]
    tied: frozenset[str] = frozenset()
    unranked: tuple[str, ...] = ()


def rank(figures: Mapping[str, Fraction | None], interval: Interval) -> Ranking:
    """Rank exact figures of one unit, the better ones first; equal figures share a place: 1, 2, 2, 4 (R12).

    A figure is None where there is no usable one. The direction of the interval decides; a range or an exact figure
    ranks no region.
    """
    known = {code: value for code, value in figures.items() if value is not None}
    ordered = interval.best_first(known.values())
    if ordered is None:
        return Ranking({}, unranked=tuple(figures))
    first: dict[Fraction, int] = {}
    for place, value in enumerate(ordered, 1):
        first.setdefault(value, place)
    many = Counter(ordered)
    tied = frozenset(code for code, value in known.items() if many[value] > 1)
    places = {code: first[value] for code, value in known.items()}
    return Ranking(places, tied, tuple(code for code in figures if code not in known))
