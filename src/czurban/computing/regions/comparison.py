"""What is told of totals over regions: those that lack a region, and those that are not what the whole reported.

Regions in the order of one indicator's figures, the best first; equal figures share a place (1, 2, 2, 4).
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from czurban.computing.regions.totals import Results, Total, span_of
from czurban.model.assessment import Result
from czurban.model.faults import finding
from czurban.model.finding import Finding, Message, Place, say
from czurban.model.indicator import AddingRule, Indicator
from czurban.model.plan import Plan
from czurban.model.region import Region
from czurban.model.target import Interval
from czurban.model.text import exact, fixed

_MOST_SHOWN = 12
_PLACES = 4


def total_findings(plan: Plan, region: Region, totals: Mapping[str, Total], results: Results) -> Iterator[Finding]:
    """Tell what differs from the whole's own figure although the plan says that the parts make it, and what is partial.

    Args:
        plan: the plan.
        region: the whole.
        totals: by the indicator's id.
        results: the judged figures of all regions, the whole's among them.
    """
    own = results.get(region.code, {})
    lacking: dict[tuple[Region, ...], list[Indicator]] = defaultdict(list)
    for indicator in plan.indicators:
        total, result = totals.get(indicator.id), own.get(indicator.id)
        if total is None or total.value is None:
            continue
        if total.is_partial:
            lacking[total.missing].append(indicator)
        elif indicator.adding.declared and result and differ(total, result):
            yield _unlike(indicator, region, total, result)
    for missing, indicators in lacking.items():
        yield _partial(
            indicators, region, lacking_in(missing, plan), _first(results, totals[indicators[0].id], indicators[0])
        )


def differ(total: Total, result: Result) -> bool:
    """Whether no figure that rounds to the whole's is one that the parts' can come to."""
    span = span_of(result)
    if span is None or total.possible is None:
        return False
    return not span.times(1 / result.indicator.unit.factor).meets(total.possible)


def _unlike(indicator: Indicator, region: Region, total: Total, result: Result) -> Finding:
    message = say(
        "{region} reports {raw} for “{name}”, and its regions come to {total}: {working}.",
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
    message = (
        say(
            "The total over {region} of {names} is partial: {missing}.",
            region=region.name,
            names=names,
            missing=missing,
        )
        if len(indicators) == 1
        else say(
            "The totals over {region} of {names} are partial: {missing}.",
            region=region.name,
            names=names,
            missing=missing,
        )
    )
    return finding("S259", place, message)


def lacking_in(missing: Sequence[Region], plan: Plan) -> Message:
    """Which regions are missing from a total, each by a name that no other has."""
    names = "、".join(map(plan.regions.full_name, missing))
    return say("{names} is missing", names=names) if len(missing) == 1 else say("{names} are missing", names=names)


def _first(results: Results, total: Total, indicator: Indicator) -> Place | None:
    """Where the first figure of a total stands."""
    names = (indicator.id, *indicator.adding.by)
    of = results.get(total.parts[0].region.code, {})
    seen = [of[name].observation for name in names if name in of]
    return next((one.place for one in seen if one), None)


def working(indicator: Indicator, total: Total) -> str:
    """A total's sum as a person would write it: 60 + 50, or 41.2 ÷ 83.6 × 100% where it is a share."""
    unit = indicator.unit.factor
    if indicator.adding.way is AddingRule.SUM:
        figures = [figure_of(part.numerator / unit) for part in total.parts]
        return " + ".join(figures[:_MOST_SHOWN]) + (" + …" if len(figures) > _MOST_SHOWN else "")
    scale = Fraction(1) if indicator.adding.way is AddingRule.RATIO else 1 / unit
    return f"{figure_of(total.numerator * scale)} ÷ {figure_of(total.denominator)}"


def figure_of(value: Fraction | None) -> str:
    """A figure for people: exact where that is short, else with some decimals."""
    if value is None:
        return "—"
    text = exact(value)
    return text if "/" not in text and len(text.partition(".")[2]) <= _PLACES else fixed(value, _PLACES)


def elsewhere(observations: Sequence[tuple[str, Place]], asked: str) -> Finding | None:
    """Say that the files hold figures of other regions than the one that was asked for.

    Args:
        observations: the names of those regions and where their figures stand, in order.
        asked: the region asked for.
    """
    if not observations:
        return None
    names = list(dict.fromkeys(name for name, _ in observations))
    more: Message | str = say(" and {count} more", count=len(names) - _MOST_SHOWN) if len(names) > _MOST_SHOWN else ""
    message = say(
        "Values for {names}{more} are in the files too and are not judged; {asked} is asked for.",
        names="、".join(names[:_MOST_SHOWN]),
        more=more,
        asked=asked,
    )
    return finding("S259", observations[0][1], message)


class Ranking(NamedTuple):
    """Places by the region's code. `tied` share theirs with another; `unranked` have no figure, or no way is better."""

    places: Mapping[str, int]
    tied: frozenset[str] = frozenset()
    unranked: tuple[str, ...] = ()


def rank(figures: Mapping[str, Fraction | None], interval: Interval) -> Ranking:
    """Rank exact figures: the highest first where the target is a floor, the lowest where it is a ceiling.

    Args:
        figures: each region's figure, all in one unit; None where there is none that may be used.
        interval: the plan's target, which says which way is better. A range or an exact figure ranks nobody.
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
