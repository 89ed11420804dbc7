"""Rules about targets that are broken down: whether the parts make the whole, and whether one is missing.

Rules about a target beside its baseline.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from czurban.model.faults import finding
from czurban.model.finding import Finding, Message, say
from czurban.model.indicator import AddingRule, Indicator, IndicatorKind, fits, quotient
from czurban.model.plan import Plan
from czurban.model.region import Allotment, Region
from czurban.model.target import Basis, Interval
from czurban.model.text import exact, fixed

_MOST_SHOWN = 12
_PLACES = 4


class PartGroup(NamedTuple):
    """Parts that make one whole: those of the regions right below one, or of departments; and who has none."""

    indicator: Indicator
    whole: Interval
    parts: Sequence[Allotment]
    missing: Sequence[Region] = ()
    above: str = ""


def groups(plan: Plan) -> Iterator[PartGroup]:
    """Every whole that is broken down, in the plan's order; below the plan's region, and below one with an own row."""
    found: dict[str, list[Allotment]] = {}
    for one in plan.breakdown:
        found.setdefault(one.indicator, []).append(one)
    for indicator in plan.indicators:
        parts = found.get(indicator.id, [])
        of_offices = [one for one in parts if not one.region]
        if of_offices:
            yield PartGroup(indicator, indicator.target.interval, of_offices)
        if plan.home and len(of_offices) < len(parts):
            yield from _of_regions(plan, plan.home, indicator, {one.region: one for one in parts if one.region})


def _of_regions(plan: Plan, home: Region, indicator: Indicator, parts: dict[str, Allotment]) -> Iterator[PartGroup]:
    wholes = {home.code: indicator.target.interval}
    wholes |= {code: one.target.interval for code, one in parts.items()}
    for region in (home, *plan.regions.descendants(home)):
        children = plan.regions.children(region)
        given = [parts[one.code] for one in children if one.code in parts]
        if given and region.code in wholes:
            lost = [one for one in children if one.code not in parts]
            yield PartGroup(indicator, wholes[region.code], given, lost, plan.regions.full_name(region))


def make_the_whole(plan: Plan) -> Iterator[Finding]:
    """Where the plan adds up parts of a target, they make the whole."""
    for one, summed in _sums(plan):
        if one.indicator.adding.declared and not _inside(summed, one.whole):
            hint = say("Whoever meets every part must meet the whole; correct a part, or the whole.")
            yield finding("P222", one.indicator.place_of("target"), _said(one, summed, _SHORT), hint)


def not_short(plan: Plan) -> Iterator[Finding]:
    """The parts of a target are not less than the whole."""
    for one, summed in _sums(plan):
        if not one.indicator.adding.declared and not _inside(summed, one.whole):
            hint = say("The plan does not say that the parts make the whole; if they do, declare adds: sum.")
            yield finding("P223", one.indicator.place_of("target"), _said(one, summed, _SHORT), hint)
    for one in groups(plan):
        mean = _quotient(plan, one)
        if mean is not None and mean not in one.whole:
            values = {"name": one.indicator.name, "figure": _figure(mean), "own": str(one.whole)}
            message = say("The parts of “{name}” come to {figure} together, and the target is {own}.", **values)
            hint = say("So it is if every part is met exactly; check the parts, and what they are divided by.")
            yield finding("P223", one.indicator.place_of("target"), message, hint)


def shown(plan: Plan) -> Iterator[Finding]:
    """Parts that make the whole are listed with their sum."""
    for one, summed in _sums(plan):
        if _inside(summed, one.whole):
            yield finding("P224", one.indicator.place_of("target"), _said(one, summed, _ENOUGH))


def nobody_left_out(plan: Plan) -> Iterator[Finding]:
    """A breakdown by regions includes every region."""
    for one in groups(plan):
        if one.missing:
            names = "、".join(region.name for region in one.missing)
            values = {"name": one.indicator.name, "above": one.above, "names": names}
            message = say("The breakdown of “{name}” over {above} has no row for {names}.", **values)
            hint = say("Add a row; hide this with a comment if the region has no part in it.")
            yield finding("P225", one.indicator.place_of("target"), message, hint)


def can_be_added(plan: Plan) -> Iterator[Finding]:
    """A figure that is added up has a sum."""
    for one in plan.indicators:
        if one.adds and (why := _wrong(plan, one)):
            yield finding(
                "P226", one.place_of("adds"), why, say("docs/reference/plan-format.md says what adds: may be.")
            )


def _wrong(plan: Plan, one: Indicator) -> Message | None:
    """Why an indicator cannot be added up in the way that the plan declares."""
    way = one.adding.way
    by = [found for name in one.adding.by if (found := plan.indicator(name))]
    if way is AddingRule.SUM and not one.is_amount:
        return say("“{name}” is no amount, so its parts have no sum.", name=one.name)
    if any(not other.is_amount or other.id == one.id for other in by):
        names = "、".join(other.name for other in by if not other.is_amount or other.id == one.id)
        return say("“{name}” is added up by {names}, which is no amount to do it by.", name=one.name, names=names)
    if way is AddingRule.WEIGHTED and one.is_amount:
        return say("“{name}” is an amount, and its parts need no weights.", name=one.name)
    if way is AddingRule.RATIO and len(by) == len(one.adding.by) and not fits(one.unit, by[0].unit, by[1].unit):
        values = {"part": by[0].unit.name, "whole": by[1].unit.name, "unit": one.unit.name}
        return say("{part} ÷ {whole} does not measure what {unit} measures.", **values)
    return None


_SHORT = say("The parts of “{name}” come to {summed} ({working}), which does not make {own}.")
_ENOUGH = say("The parts of “{name}” come to {summed} ({working}), which makes {own}.")


def _sums(plan: Plan) -> Iterator[tuple[PartGroup, Interval]]:
    """Wholes of amounts with the sum of their parts; not where a part is missing, since nobody knows the sum then."""
    for one in groups(plan):
        if one.indicator.adding.way is AddingRule.SUM and not one.missing:
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


def _said(one: PartGroup, summed: Interval, sentence: Message) -> Message:
    figures = [str(part.target.interval.bound or part.target.interval) for part in one.parts]
    more = " + …" if len(figures) > _MOST_SHOWN else ""
    working = " + ".join(figures[:_MOST_SHOWN]) + more
    values = {"name": one.indicator.name, "summed": str(summed), "working": working, "own": str(one.whole)}
    return Message(sentence.text, values)


def _quotient(plan: Plan, one: PartGroup) -> Fraction | None:
    """What a rate's parts come to by what it is divided by; None where it is no such rate, or a bound is missing."""
    adding, unit = one.indicator.adding, one.indicator.unit
    if adding.way not in (AddingRule.WEIGHTED, AddingRule.RATIO) or one.missing:
        return None
    names = (one.indicator.id, *adding.by) if adding.way is AddingRule.WEIGHTED else adding.by
    rows = [[_bound(plan, name, part.region) for name in names] for part in one.parts]
    pairs = [(a, b) for a, b in rows if a is not None and b is not None]
    below = sum((b for _, b in pairs), Fraction(0))
    if len(pairs) < len(rows) or not below:
        return None
    if adding.way is AddingRule.RATIO:
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


_WHOLE_SHARE = 100


def interpreted(plan: Plan) -> Iterator[Finding]:
    """A direction that the printed words do not decide is listed."""
    for one in plan.indicators:
        if one.target.basis is Basis.INTERPRETED and one.target.reason:
            values = {"name": one.name, "rule": one.target.interval, "reason": one.target.reason}
            yield finding("P201", one.place_of("basis"), say("“{name}” is read as {rule}: {reason}", **values))


def doubtful_baseline(plan: Plan) -> Iterator[Finding]:
    """A baseline that is missing or approximate is listed."""
    for one in plan.indicators:
        baseline = one.target.baseline
        if baseline and baseline.value is None:
            yield finding("P202", one.place_of("baseline"), say("“{name}” has no baseline.", name=one.name))
        elif baseline and baseline.approximate:
            message = say(
                "The baseline of “{name}” is approximate: {printed}.", name=one.name, printed=baseline.printed
            )
            yield finding("P202", one.place_of("baseline"), message)


def share_range(plan: Plan) -> Iterator[Finding]:
    """A share and its target lie between 0 and 100 %."""
    for one in plan.indicators:
        if one.kind is not IndicatorKind.RATE or not one.unit.is_share:
            continue
        baseline = one.target.baseline.value if one.target.baseline else None
        figures = {"baseline": (baseline,), "target": (one.target.interval.low, one.target.interval.high)}
        for where, values in figures.items():
            for value in values:
                if value is not None and not 0 <= Fraction(value) * one.unit.factor <= _WHOLE_SHARE:
                    message = say("“{name}” is a share, and {value} is outside 0 to 100 %.", name=one.name, value=value)
                    yield finding("P203", one.place_of(where), message, say("Check the figure, the unit and the kind."))


def worse_than_baseline(plan: Plan) -> Iterator[Finding]:
    """A target is not easier than the baseline."""
    for one, bound, base in _bounds(plan):
        if one.target.interval.worse(bound, base):
            values = {"name": one.name, "rule": one.target.interval, "printed": _printed(one)}
            message = say("“{name}” may end worse than it began: {rule}, and the baseline is {printed}.", **values)
            yield finding("P207", one.place_of("target"), message, say("Leave it if the plan prints it so."))


def keeps_baseline(plan: Plan) -> Iterator[Finding]:
    """A target that only keeps the baseline is listed."""
    for one, bound, base in _bounds(plan):
        if bound == base:
            values = {"name": one.name, "rule": one.target.interval}
            yield finding(
                "P208", one.place_of("target"), say("“{name}” has only to stay where it is: {rule}.", **values)
            )


def _bounds(plan: Plan) -> Iterator[tuple[Indicator, Fraction, Fraction]]:
    """Indicators whose target names one figure and whose baseline is known, with both."""
    for one in plan.indicators:
        bound, baseline = one.target.interval.bound, one.target.baseline
        if bound is not None and baseline and baseline.value is not None:
            yield one, Fraction(bound), Fraction(baseline.value)


def _printed(one: Indicator) -> str:
    return one.target.baseline.printed if one.target.baseline else ""
