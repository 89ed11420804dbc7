"""Compute a region's total from the regions below it: amounts by sums, rates by their numerators and denominators."""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from czurban.model.assessment import Result
from czurban.model.indicator import AddingRule, Indicator, quotient
from czurban.model.plan import Plan
from czurban.model.region import Region
from czurban.model.target.interval import NumberRange

Results = Mapping[str, Mapping[str, Result]]
"""Judged results by the region's code, then by the indicator's id."""


class NoTotal(StrEnum):
    """Why there is no total."""

    NOT_ADDED = "not-added"  # the plan does not declare how its parts make the whole
    IMPOSSIBLE = "impossible"  # what the plan declares is not possible, which is a fault of the plan (P226)
    NOTHING = "nothing"  # no region has a figure
    ZERO = "zero"  # the denominators add up to 0


class RegionPart(NamedTuple):
    """What a region contributes, in base units: an amount as `numerator`, or a rate as numerator and denominator.

    `ranges` are the numbers that these may be rounded from; None where a figure is approximate.
    """

    region: Region
    numerator: Fraction
    denominator: Fraction | None = None
    ranges: tuple[NumberRange, ...] | None = None


class Total(NamedTuple):
    """A total over regions in the indicator's unit, with its parts and the regions that are missing.

    `possible` is the range of values that it may have, since its parts are rounded; None where that is not known.
    """

    value: Fraction | None
    parts: tuple[RegionPart, ...] = ()
    missing: tuple[Region, ...] = ()
    possible: NumberRange | None = None
    reason: NoTotal | None = None

    @property
    def is_partial(self) -> bool:
        """Whether a region is missing, so that it is not the whole."""
        return bool(self.missing)

    @property
    def numerator(self) -> Fraction:
        """The sum of all numerators or amounts."""
        return sum((part.numerator for part in self.parts), Fraction(0))

    @property
    def denominator(self) -> Fraction | None:
        """The sum of all denominators; None for amounts."""
        below = [part.denominator for part in self.parts if part.denominator is not None]
        return sum(below, Fraction(0)) if below else None


def total_of(plan: Plan, indicator: Indicator, region: Region, results: Results) -> Total:
    """Compute a region's total from the regions below it (R12).

    It is Σ amounts, Σ numerators ÷ Σ denominators, or Σ (rate × weight) ÷ Σ weights, never a mean. A region that
    reports nothing counts with its own regions. What is missing makes the total partial and is listed: a region for
    which nothing is known by itself, not by its regions. The region's own figures are not used.
    """
    if indicator.adding.way is AddingRule.NONE:
        return Total(None, reason=NoTotal.NOT_ADDED)
    if plan.no_sum(indicator) is not None:
        return Total(None, reason=NoTotal.IMPOSSIBLE)
    collected = list(_collected(plan, indicator, region, results))
    parts = tuple(part for part in collected if isinstance(part, RegionPart))
    missing = tuple(part for part in collected if isinstance(part, Region))
    return _together(indicator, parts, missing) if parts else Total(None, (), missing, reason=NoTotal.NOTHING)


def _collected(plan: Plan, indicator: Indicator, region: Region, results: Results) -> Iterator[RegionPart | Region]:
    """Yield what each region below contributes, or the region itself where it contributes nothing."""
    for child in plan.regions.children(region):
        part = _part(plan, indicator, child, results.get(child.code, {}))
        inside = [] if part else [*_collected(plan, indicator, child, results)]
        if any(isinstance(below, RegionPart) for below in inside):
            yield from inside
        else:
            yield part or child


def _part(plan: Plan, indicator: Indicator, region: Region, results: Mapping[str, Result]) -> RegionPart | None:
    """Return a region's figures; None where one of them is missing."""
    way, by = indicator.adding.way, indicator.adding.by
    names = (indicator.id, *by) if way is AddingRule.WEIGHTED else by if way is AddingRule.RATIO else (indicator.id,)
    figures = [figure for name in names if (figure := _figure(plan, name, results))]
    if len(figures) < len(names):
        return None
    values, known = [value for value, _ in figures], tuple(possible for _, possible in figures if possible)
    ranges = known if len(known) == len(figures) else None
    if way is AddingRule.SUM:
        return RegionPart(region, values[0], None, ranges)
    if way is AddingRule.RATIO:
        return RegionPart(region, values[0], values[1], ranges)
    product = ranges[0] * ranges[1] if ranges else None
    return RegionPart(region, values[0] * values[1], values[1], (product, ranges[1]) if product and ranges else None)


def _figure(plan: Plan, name: str, results: Mapping[str, Result]) -> tuple[Fraction, NumberRange | None] | None:
    """Return a figure in base units, and the numbers that it may be rounded from."""
    result, indicator = results.get(name), plan.indicator(name)
    if result is None or result.actual is None or indicator is None:
        return None
    return result.actual * indicator.unit.factor, rounded_range(result)


def rounded_range(result: Result) -> NumberRange | None:
    """Return the numbers in base units that a figure may be rounded from; None where it is approximate or missing."""
    value, unit = result.observation, result.indicator.unit
    if result.actual is None or (value and value.approximate):
        return None
    if value is None or value.amount is None:
        return NumberRange.point(result.actual * unit.factor)
    return NumberRange.rounded(value.amount).times((value.unit or unit).factor)


def _together(indicator: Indicator, parts: tuple[RegionPart, ...], missing: tuple[Region, ...]) -> Total:
    total = Total(None, parts, missing)
    below = total.denominator
    if below == 0:
        return total._replace(reason=NoTotal.ZERO)
    sums, scale = _sums(parts), _scale(indicator)
    if below is None:
        return total._replace(value=total.numerator * scale, possible=sums[0].times(scale) if sums else None)
    rate = sums[0] / sums[1] if sums else None
    return total._replace(value=total.numerator / below * scale, possible=rate.times(scale) if rate else None)


def _scale(indicator: Indicator) -> Fraction:
    """Return the factor from base units to the indicator's unit; a quotient of 1 is 100 per cent."""
    if indicator.adding.way is AddingRule.RATIO:
        return quotient(Fraction(1), Fraction(1), indicator.unit)
    return 1 / indicator.unit.factor


def _sums(parts: Sequence[RegionPart]) -> tuple[NumberRange, ...] | None:
    """Add up the ranges of all parts; None where one is not known."""
    ranges = [part.ranges for part in parts if part.ranges is not None]
    if len(ranges) < len(parts):
        return None
    zero = NumberRange.point(Fraction(0))
    return tuple(sum(column, zero) for column in zip(*ranges, strict=True))
