"""Check the breakdown of targets against the whole, the regions, and each target against its baseline."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from czurban.model.faults import finding
from czurban.model.finding import Finding, Message, names_of, say
from czurban.model.indicator import SHARES, AddingRule, Indicator, IndicatorKind, quotient
from czurban.model.plan import Plan
from czurban.model.region import Allotment, Region
from czurban.model.target import Basis, Interval
from czurban.model.text import exact, fixed

_MOST_SHOWN = 12
_OFF, _FAR, _CLOSE = 4, 10, Fraction(13, 10)
_PLACES = 4


class PartGroup(NamedTuple):
    """The parts of one whole: those of the regions right below another, or of departments; `missing` have no part."""

    indicator: Indicator
    whole: Interval
    parts: Sequence[Allotment]
    missing: Sequence[Region] = ()
    above: str = ""


def groups(plan: Plan) -> Iterator[PartGroup]:
    """Yield the parts of every whole in the plan's order: of the plan's region, and of each region with a row."""
    by_indicator: dict[str, list[Allotment]] = defaultdict(list)
    for part in plan.breakdown:
        by_indicator[part.indicator].append(part)
    for indicator in plan.indicators:
        parts = by_indicator[indicator.id]
        of_offices = [part for part in parts if not part.region]
        if of_offices:
            yield PartGroup(indicator, indicator.target.interval, of_offices)
        if plan.home and len(of_offices) < len(parts):
            yield from _of_regions(plan, plan.home, indicator, {part.region: part for part in parts if part.region})


def _of_regions(plan: Plan, home: Region, indicator: Indicator, parts: dict[str, Allotment]) -> Iterator[PartGroup]:
    wholes = {home.code: indicator.target.interval}
    wholes |= {code: part.target.interval for code, part in parts.items()}
    for region in (home, *plan.regions.descendants(home)):
        children = plan.regions.children(region)
        given = [parts[child.code] for child in children if child.code in parts]
        if given and region.code in wholes:
            missing = [child for child in children if child.code not in parts]
            yield PartGroup(indicator, wholes[region.code], given, missing, plan.regions.full_name(region))


def make_the_whole(plan: Plan) -> Iterator[Finding]:
    """Where the plan adds up parts of a target, they make the whole."""
    hint = say("If every part is met, the whole must be met; correct a part, or the whole.")
    for group, summed in _sums(plan):
        if group.indicator.adding.declared and not group.whole.covers(summed):
            yield finding("P222", group.indicator.place_of("target"), _message(group, summed, _SHORT), hint)


def not_short(plan: Plan) -> Iterator[Finding]:
    """The parts of a target are not less than the whole."""
    hint = say("The plan does not declare that the parts make the whole; if they do, add adds: sum.")
    for group, summed in _sums(plan):
        if not group.indicator.adding.declared and not group.whole.covers(summed):
            yield finding("P223", group.indicator.place_of("target"), _message(group, summed, _SHORT), hint)
    hint = say("This is the value if every part is met exactly; check the parts, and what they are divided by.")
    for group in _addable(plan):
        mean = _quotient(plan, group)
        if mean is not None and mean not in group.whole:
            values = {"name": group.indicator.name, "figure": _figure(mean), "own": str(group.whole)}
            message = say("The parts of “{name}” give {figure} together, and the target is {own}.", **values)
            yield finding("P223", group.indicator.place_of("target"), message, hint)


def sum_listed(plan: Plan) -> Iterator[Finding]:
    """Parts that make the whole are listed with their sum."""
    for group, summed in _sums(plan):
        if group.whole.covers(summed):
            yield finding("P224", group.indicator.place_of("target"), _message(group, summed, _ENOUGH))


def every_region(plan: Plan) -> Iterator[Finding]:
    """A breakdown by regions includes every region."""
    hint = say("Add a row; hide this with a comment if the region has no part in it.")
    for group in groups(plan):
        if group.missing:
            names = names_of([region.name for region in group.missing])
            values = {"name": group.indicator.name, "above": group.above, "names": names}
            message = say("The breakdown of “{name}” over {above} has no row for {names}.", **values)
            yield finding("P225", group.indicator.place_of("target"), message, hint)


def no_larger_part(plan: Plan) -> Iterator[Finding]:
    """A part of an amount is not larger than the whole."""
    for group in _addable(plan):
        indicator, whole = group.indicator, group.whole.exact_bound
        if indicator.adding.way is not AddingRule.SUM or whole is None or whole <= 0:
            continue
        for part in group.parts:
            bound, region = part.target.interval.exact_bound, plan.regions.with_code(part.region)
            if bound is not None and bound > whole:
                owner, figure = region.name if region else part.department, f"{exact(bound)}{indicator.unit.name}"
                values = {"name": indicator.name, "owner": owner, "part": figure, "own": group.whole}
                message = say("“{name}” of {owner} is {part}, which is more than the whole, {own}.", **values)
                yield finding("P258", part.place, message, say("Check the decimal point and the unit."))


_GB_LENGTHS = (6, 9, 12)


def alike_codes(plan: Plan) -> Iterator[Finding]:
    """Where codes are those of GB/T 2260, each has their form and begins like that of the region above it."""
    codes = [region.code for region in plan.regions]
    if 2 * sum(code.isdecimal() and len(code) in _GB_LENGTHS for code in codes) <= len(codes):
        return
    for region in plan.regions:
        parent = plan.regions.parent(region)
        begins = re.sub(r"(?:000|00)+$", "", parent.code) if parent else ""
        values = {"code": region.code, "name": region.name}
        if len(region.code) not in _GB_LENGTHS:
            message = say("The code {code} of “{name}” has not six, nine or twelve digits.", **values)
        elif parent and len(parent.code) in _GB_LENGTHS and not region.code.startswith(begins):
            values |= {"above": parent.name, "front": parent.code}
            message = say("The code {code} of “{name}” is not one below {above} {front}.", **values)
        else:
            continue
        yield finding("P257", region.place, message, say("Check the code; GB/T 2260 has it."))


def can_be_added(plan: Plan) -> Iterator[Finding]:
    """A figure that is added up has a sum."""
    hint = say("docs/reference/plan-format.md describes adds:.")
    for indicator in plan.indicators:
        if indicator.adds and (message := plan.no_sum(indicator)):
            yield finding("P226", indicator.place_of("adds"), message, hint)


_SHORT = say("The parts of “{name}” add up to {summed} ({working}), which does not make {own}.")
_ENOUGH = say("The parts of “{name}” add up to {summed} ({working}), which makes {own}.")


def _sums(plan: Plan) -> Iterator[tuple[PartGroup, Interval]]:
    """Yield the wholes of amounts with the sum of their parts; none with a missing part, since its sum is not known."""
    for group in _addable(plan):
        if group.indicator.adding.way is AddingRule.SUM and not group.missing:
            yield group, _summed([part.target.interval for part in group.parts])


def _addable(plan: Plan) -> Iterator[PartGroup]:
    """Yield the parts of every whole whose parts can be added up as declared; the others are reported as P226."""
    return (group for group in groups(plan) if plan.no_sum(group.indicator) is None)


def _summed(parts: Sequence[Interval]) -> Interval:
    """Return the interval of the sum of figures that are each inside their own: the sums of the bounds."""
    low, high = _total([part.low for part in parts]), _total([part.high for part in parts])
    return Interval(low, high, any(part.low_open for part in parts), any(part.high_open for part in parts))


def _total(bounds: Sequence[Decimal | None]) -> Decimal | None:
    known = [Fraction(bound) for bound in bounds if bound is not None]
    return Decimal(exact(sum(known, Fraction(0)))) if len(known) == len(bounds) else None


def _message(group: PartGroup, summed: Interval, sentence: Message) -> Message:
    figures = [str(part.target.interval.bound or part.target.interval) for part in group.parts]
    more = " + …" if len(figures) > _MOST_SHOWN else ""
    working = " + ".join(figures[:_MOST_SHOWN]) + more
    values = {"name": group.indicator.name, "summed": str(summed), "working": working, "own": str(group.whole)}
    return Message(sentence.text, values)


def _quotient(plan: Plan, group: PartGroup) -> Fraction | None:
    """Return the rate of the whole: Σ numerators ÷ Σ denominators, or Σ (rate × weight) ÷ Σ weights (R12).

    It is None where the indicator is no such rate, or a bound is missing.
    """
    adding, unit = group.indicator.adding, group.indicator.unit
    if adding.way not in (AddingRule.WEIGHTED, AddingRule.RATIO) or group.missing:
        return None
    names = (group.indicator.id, *adding.by) if adding.way is AddingRule.WEIGHTED else adding.by
    rows = [[_bound(plan, name, part.region) for name in names] for part in group.parts]
    pairs = [(a, b) for a, b in rows if a is not None and b is not None]
    below = sum((b for _, b in pairs), Fraction(0))
    if len(pairs) < len(rows) or not below:
        return None
    if adding.way is AddingRule.RATIO:
        return quotient(sum((a for a, _ in pairs), Fraction(0)), below, unit)
    return sum((a * b for a, b in pairs), Fraction(0)) / below / unit.factor


def _bound(plan: Plan, name: str, region: str) -> Fraction | None:
    """Return the bound of a part's target in base units; None where it has no single one."""
    part, indicator = plan.breakdown.of_region(region).get(name), plan.indicator(name)
    bound = part.target.interval.bound if part else None
    return None if bound is None or indicator is None else Fraction(bound) * indicator.unit.factor


def _figure(value: Fraction) -> str:
    text = exact(value)
    return fixed(value, _PLACES) if "/" in text else text


_WHOLE_SHARE = 100


def interpreted(plan: Plan) -> Iterator[Finding]:
    """A direction that the printed words do not decide is listed."""
    for indicator in plan.indicators:
        if indicator.target.basis is Basis.INTERPRETED and indicator.target.reason:
            values = {"name": indicator.name, "rule": indicator.target.interval, "reason": indicator.target.reason}
            yield finding("P201", indicator.place_of("basis"), say("“{name}” is read as {rule}: {reason}", **values))


def doubtful_baseline(plan: Plan) -> Iterator[Finding]:
    """A baseline that is missing or approximate is listed."""
    for indicator in plan.indicators:
        baseline = indicator.target.baseline
        if baseline and baseline.value is None and not indicator.input_only:
            yield finding("P202", indicator.place_of("baseline"), say("“{name}” has no baseline.", name=indicator.name))
        elif baseline and baseline.approximate:
            values = {"name": indicator.name, "printed": baseline.printed}
            message = say("The baseline of “{name}” is approximate: {printed}.", **values)
            yield finding("P202", indicator.place_of("baseline"), message)


def share_range(plan: Plan) -> Iterator[Finding]:
    """A share and its target lie between 0 and 100 %."""
    hint = say("Check the figure, the unit and the kind.")
    rows = ((plan.by_id[part.indicator], part) for part in plan.breakdown)
    parts = (replace(indicator, target=part.target, place=part.place, places={}) for indicator, part in rows)
    for indicator in (*plan.indicators, *parts):
        for where, value in _outside_share(indicator):
            message = say("“{name}” is a share, and {value} is outside 0 to 100 %.", name=indicator.name, value=value)
            yield finding("P203", indicator.place_of(where), message, hint)


def _outside_share(indicator: Indicator) -> Iterator[tuple[str, Decimal]]:
    """Yield the figures of a share that are outside 0 to 100 %, each with the key that has it."""
    if indicator.kind not in SHARES or not indicator.unit.is_share:
        return
    baseline = indicator.target.baseline.value if indicator.target.baseline else None
    figures = {"baseline": (baseline,), "target": (indicator.target.interval.low, indicator.target.interval.high)}
    for where, values in figures.items():
        for value in values:
            if value is not None and not 0 <= Fraction(value) * indicator.unit.factor <= _WHOLE_SHARE:
                yield where, value


def worse_than_baseline(plan: Plan) -> Iterator[Finding]:
    """A target is not easier than the baseline."""
    for indicator, bound, base in _bounds(plan):
        if any(_outside_share(indicator)):
            continue  # one of the two is wrong
        if indicator.target.interval.worse(bound, base):
            message = say(
                "“{name}” may become worse than before: {rule}, and the baseline is {printed}.", **_figures(indicator)
            )
            hint = _size_hint(plan, bound, base) or say("Keep it if the plan prints it so.")
            yield finding("P207", indicator.place_of("target"), message, hint)


def size_of_baseline(plan: Plan) -> Iterator[Finding]:
    """A baseline is of the size of its target."""
    for indicator, bound, base in _bounds(plan):
        hint = _size_hint(plan, bound, base)
        if hint and indicator.kind is not IndicatorKind.GROWTH and not indicator.target.interval.worse(bound, base):
            message = say("The target of “{name}” is {rule}, and the baseline is {printed}.", **_figures(indicator))
            yield finding("P250", indicator.place_of("baseline"), message, hint)


def _size_hint(plan: Plan, bound: Fraction, base: Fraction) -> Message | None:
    """Return the hint to check a baseline that is of another size than the target; None for one that is not.

    It is ten times off, or four times and of the target's size where its decimal point is moved. Over several years
    figures may grow so much.
    """
    if bound <= 0 or base <= 0 or plan.period.has_years:
        return None
    times = max(bound / base, base / bound)
    if times < _FAR and (times < _OFF or max(times / 10, 10 / times) > _CLOSE):
        return None
    return say(
        "One is {times} times the other: check the decimal point, the unit and the columns of both.",
        times=fixed(times, 1),
    )


def _figures(indicator: Indicator) -> dict[str, object]:
    printed = indicator.target.baseline.printed if indicator.target.baseline else ""
    return {"name": indicator.name, "rule": indicator.target.interval, "printed": printed}


def keeps_baseline(plan: Plan) -> Iterator[Finding]:
    """A target that only keeps the baseline is listed."""
    for indicator, bound, base in _bounds(plan):
        if bound == base:
            message = say("“{name}” only has to stay as it is: {rule}.", **_figures(indicator))
            yield finding("P208", indicator.place_of("target"), message)


def _bounds(plan: Plan) -> Iterator[tuple[Indicator, Fraction, Fraction]]:
    """Yield the indicators whose target has a single bound, and a known baseline, with both."""
    for indicator in plan.indicators:
        bound, baseline = indicator.target.interval.bound, indicator.target.baseline
        if not indicator.target.over.starts_at_zero and bound is not None and baseline and baseline.value is not None:
            yield indicator, Fraction(bound), Fraction(baseline.value)
