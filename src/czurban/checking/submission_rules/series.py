"""Several values of one indicator: over the months of a year, and over the parts of the region."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import pairwise

from czurban.model.adding import Way
from czurban.model.faults import finding
from czurban.model.finding import Finding
from czurban.model.indicator import Indicator, Kind
from czurban.model.message import say
from czurban.model.observation import Observation
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.model.span import Span
from czurban.model.text import key

_FEWEST = 2


def never_falls(plan: Plan, observations: Iterable[Observation]) -> Iterator[Finding]:
    """A figure that is summed up over the year does not fall within it."""
    flows = {one.id: one for one in plan.indicators if one.kind is Kind.FLOW}
    series: dict[tuple[str, str, int, int], list[Observation]] = defaultdict(list)
    for one in observations:
        if one.indicator in flows and one.amount is not None:
            series[one.indicator, key(one.region), one.period.year, one.period.first].append(one)
    for (name, *_), members in series.items():
        ordered = sorted(members, key=lambda one: one.period.last)
        for earlier, later in pairwise(ordered):
            if earlier.period.last < later.period.last and _less(later, earlier, flows[name]):
                yield _fell(earlier, later)


def _less(later: Observation, earlier: Observation, indicator: Indicator) -> bool:
    one, other = _span(later, indicator), _span(earlier, indicator)
    return one is not None and other is not None and not one.meets(other) and (one.high or 0) < (other.low or 0)


def _fell(earlier: Observation, later: Observation) -> Finding:
    message = say(
        "{later} for {period} is less than {earlier} for {before}, and a sum over the year cannot fall.",
        later=later.raw,
        period=later.period,
        earlier=earlier.raw,
        before=earlier.period,
    )
    return finding("S223", later.place, message, say("Compare with {place}.", place=earlier.place))


def sums_up(plan: Plan, observations: Iterable[Observation]) -> Iterator[Finding]:
    """The total is the sum of its parts."""
    amounts = {one.id: one for one in plan.indicators if one.adding.way is Way.SUM}
    tables: dict[tuple[str, str, Period], list[Observation]] = defaultdict(list)
    for one in observations:
        if one.region and one.indicator in amounts and one.amount is not None:
            tables[one.place.file, one.indicator, one.period].append(one)
    for (_, name, _), members in tables.items():
        totals = [one for one in members if _is_total(one, plan)]
        parts = [one for one in members if not _is_total(one, plan) and not _is_deeper(one, plan)]
        if len(totals) == 1 and len(parts) >= _FEWEST and not _agree(totals[0], parts, amounts[name]):
            yield _unlike(totals[0], parts)


def _is_total(one: Observation, plan: Plan) -> bool:
    return plan.is_whole(one.region) or plan.is_for(one.region)


def _is_deeper(one: Observation, plan: Plan) -> bool:
    """Whether a region stands below another part, so that it would count twice."""
    found = plan.regions.find(one.region)
    return found is not None and plan.home is not None and found.parent != plan.home.code


def _agree(total: Observation, parts: Iterable[Observation], indicator: Indicator) -> bool:
    """Whether they agree as far as rounding goes; True where a unit leaves it open."""
    spans = [_span(one, indicator) for one in parts]
    whole = _span(total, indicator)
    if whole is None or None in spans:
        return True
    summed = Span.point(Fraction(0))
    for span in filter(None, spans):
        summed += span
    return summed.meets(whole)


def _unlike(total: Observation, parts: list[Observation]) -> Finding:
    message = say(
        "The total {total} is not the sum of its {count} parts: {parts}.",
        total=total.raw,
        count=len(parts),
        parts=" + ".join(one.raw for one in parts[:12]) + (" + …" if len(parts) > 12 else ""),  # noqa: PLR2004
    )
    hint = say("The parts begin at {place}; one may be missing or stand twice.", place=parts[0].place)
    return finding("S224", total.place, message, hint)


def _span(one: Observation, indicator: Indicator) -> Span | None:
    unit = one.unit or indicator.unit
    if one.amount is None or one.approximate or unit.dimension != indicator.unit.dimension:
        return None
    return Span.rounded(one.amount).times(unit.factor)
