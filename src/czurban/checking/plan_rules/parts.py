"""Rules about targets that are broken down: whether the parts make the whole, and whether one is missing."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from czurban.model.adding import Way, fits, quotient
from czurban.model.breakdown import Allotment
from czurban.model.digits import exact, fixed
from czurban.model.faults import finding
from czurban.model.finding import Finding
from czurban.model.indicator import Indicator
from czurban.model.message import Message, say
from czurban.model.plan import Plan
from czurban.model.region import Region
from czurban.model.target import Interval

_MOST_SHOWN = 12
_PLACES = 4


class Group(NamedTuple):
    """Parts that make one whole: those of the regions right below one, or of departments; and who has none."""

    indicator: Indicator
    whole: Interval
    parts: Sequence[Allotment]
    missing: Sequence[Region] = ()
    above: str = ""


def groups(plan: Plan) -> Iterator[Group]:
    """Every whole that is broken down, in the plan's order; below the plan's region, and below one with an own row."""
    found: dict[str, list[Allotment]] = {}
    for one in plan.breakdown:
        found.setdefault(one.indicator, []).append(one)
    for indicator in plan.indicators:
        parts = found.get(indicator.id, [])
        of_offices = [one for one in parts if not one.region]
        if of_offices:
            yield Group(indicator, indicator.target.interval, of_offices)
        if plan.home and len(of_offices) < len(parts):
            yield from _of_regions(plan, plan.home, indicator, {one.region: one for one in parts if one.region})


def _of_regions(plan: Plan, home: Region, indicator: Indicator, parts: dict[str, Allotment]) -> Iterator[Group]:
    wholes = {home.code: indicator.target.interval}
    wholes |= {code: one.target.interval for code, one in parts.items()}
    for region in (home, *plan.regions.descendants(home)):
        children = plan.regions.children(region)
        given = [parts[one.code] for one in children if one.code in parts]
        if given and region.code in wholes:
            lost = [one for one in children if one.code not in parts]
            yield Group(indicator, wholes[region.code], given, lost, plan.regions.full_name(region))


def make_the_whole(plan: Plan) -> Iterator[Finding]:
    """The parts of a target that the plan adds up make the whole."""
    for one, summed in _sums(plan):
        if one.indicator.adding.declared and not _inside(summed, one.whole):
            hint = say("Whoever meets every part must meet the whole; correct a part, or the whole.")
            yield finding("P222", one.indicator.at("target"), _said(one, summed, _SHORT), hint)


def not_short(plan: Plan) -> Iterator[Finding]:
    """The parts of a target are not short of the whole."""
    for one, summed in _sums(plan):
        if not one.indicator.adding.declared and not _inside(summed, one.whole):
            hint = say("The plan does not say that the parts make the whole; if they do, declare adds: sum.")
            yield finding("P223", one.indicator.at("target"), _said(one, summed, _SHORT), hint)
    for one in groups(plan):
        mean = _quotient(plan, one)
        if mean is not None and mean not in one.whole:
            values = {"name": one.indicator.name, "figure": _figure(mean), "own": str(one.whole)}
            message = say("The parts of “{name}” come to {figure} together, and the target is {own}.", **values)
            hint = say("So it is if every part is met exactly; check the parts, and what they are divided by.")
            yield finding("P223", one.indicator.at("target"), message, hint)


def shown(plan: Plan) -> Iterator[Finding]:
    """Parts that make the whole are shown with their sum."""
    for one, summed in _sums(plan):
        if _inside(summed, one.whole):
            yield finding("P224", one.indicator.at("target"), _said(one, summed, _ENOUGH))


def nobody_left_out(plan: Plan) -> Iterator[Finding]:
    """A breakdown by regions leaves none of them out."""
    for one in groups(plan):
        if one.missing:
            names = "、".join(region.name for region in one.missing)
            values = {"name": one.indicator.name, "above": one.above, "names": names}
            message = say("The breakdown of “{name}” over {above} has no row for {names}.", **values)
            hint = say("Add a row; hide this with a comment if the region has no part in it.")
            yield finding("P225", one.indicator.at("target"), message, hint)


def can_be_added(plan: Plan) -> Iterator[Finding]:
    """What is added up can be added."""
    for one in plan.indicators:
        if one.adds and (why := _wrong(plan, one)):
            yield finding("P226", one.at("adds"), why, say("docs/reference/plan-format.md says what adds: may be."))


def _wrong(plan: Plan, one: Indicator) -> Message | None:
    """Why an indicator cannot be added up in the way that the plan declares."""
    way = one.adding.way
    by = [found for name in one.adding.by if (found := plan.indicator(name))]
    if way is Way.SUM and not one.is_amount:
        return say("“{name}” is no amount, so its parts have no sum.", name=one.name)
    if any(not other.is_amount or other.id == one.id for other in by):
        names = "、".join(other.name for other in by if not other.is_amount or other.id == one.id)
        return say("“{name}” is added up by {names}, which is no amount to do it by.", name=one.name, names=names)
    if way is Way.WEIGHTED and one.is_amount:
        return say("“{name}” is an amount, and its parts need no weights.", name=one.name)
    if way is Way.RATIO and len(by) == len(one.adding.by) and not fits(one.unit, by[0].unit, by[1].unit):
        values = {"part": by[0].unit.name, "whole": by[1].unit.name, "unit": one.unit.name}
        return say("{part} ÷ {whole} does not measure what {unit} measures.", **values)
    return None


_SHORT = say("The parts of “{name}” come to {summed} ({working}), which does not make {own}.")
_ENOUGH = say("The parts of “{name}” come to {summed} ({working}), which makes {own}.")


def _sums(plan: Plan) -> Iterator[tuple[Group, Interval]]:
    """Wholes of amounts with the sum of their parts; not where a part is missing, since nobody knows the sum then."""
    for one in groups(plan):
        if one.indicator.adding.way is Way.SUM and not one.missing:
            yield one, _summed([part.target.interval for part in one.parts])


def _summed(parts: Sequence[Interval]) -> Interval:
    """Where the sum of the figures lies when each is inside its own interval."""
    low, high = _total([one.low for one in parts]), _total([one.high for one in parts])
    return Interval(low, high, any(one.low_open for one in parts), any(one.high_open for one in parts))


def _total(bounds: Sequence[Decimal | None]) -> Decimal | None:
    known = [Fraction(one) for one in bounds if one is not None]
    return Decimal(exact(sum(known, Fraction(0)))) if len(known) == len(bounds) else None


def _inside(one: Interval, other: Interval) -> bool:
    """Whether every value of the first is one of the second: then whoever meets the parts meets the whole."""
    if other.low is not None and (
        one.low is None or one.low < other.low or (one.low == other.low and other.low_open and not one.low_open)
    ):
        return False
    return other.high is None or (
        one.high is not None
        and (one.high < other.high or (one.high == other.high and (one.high_open or not other.high_open)))
    )


def _said(one: Group, summed: Interval, sentence: Message) -> Message:
    figures = [str(part.target.interval.bound or part.target.interval) for part in one.parts]
    more = " + …" if len(figures) > _MOST_SHOWN else ""
    working = " + ".join(figures[:_MOST_SHOWN]) + more
    values = {"name": one.indicator.name, "summed": str(summed), "working": working, "own": str(one.whole)}
    return Message(sentence.text, values)


def _quotient(plan: Plan, one: Group) -> Fraction | None:
    """What a rate's parts come to by what it is divided by; None where it is no such rate, or a bound is missing."""
    adding, unit = one.indicator.adding, one.indicator.unit
    if adding.way not in (Way.WEIGHTED, Way.RATIO) or one.missing:
        return None
    names = (one.indicator.id, *adding.by) if adding.way is Way.WEIGHTED else adding.by
    rows = [[_bound(plan, name, part.region) for name in names] for part in one.parts]
    pairs = [(a, b) for a, b in rows if a is not None and b is not None]
    below = sum((b for _, b in pairs), Fraction(0))
    if len(pairs) < len(rows) or not below:
        return None
    if adding.way is Way.RATIO:
        return quotient(sum((a for a, _ in pairs), Fraction(0)), below, unit)
    return sum((a * b for a, b in pairs), Fraction(0)) / below / unit.factor


def _bound(plan: Plan, name: str, region: str) -> Fraction | None:
    """The one figure of a part's target, in base units."""
    part, indicator = plan.breakdown.of_region(region).get(name), plan.indicator(name)
    bound = part.target.interval.bound if part else None
    return None if bound is None or indicator is None else Fraction(bound) * indicator.unit.factor


def _figure(value: Fraction) -> str:
    text = exact(value)
    return fixed(value, _PLACES) if "/" in text else text
