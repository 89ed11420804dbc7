"""The figure of a region from those of the regions below it: sums of amounts, rates by their parts, never a mean."""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from czurban.model.assessment import Result
from czurban.model.indicator import AddingRule, Indicator, quotient
from czurban.model.number_range import NumberRange
from czurban.model.plan import Plan
from czurban.model.region import Region

Results = Mapping[str, Mapping[str, Result]]
"""Judged results by the region's code, then by the indicator's id."""


class NoTotal(StrEnum):
    """Why there is no total."""

    NOT_ADDED = "not-added"  # nobody says how its parts make the whole
    NOTHING = "nothing"  # no region has a figure
    ZERO = "zero"  # the denominators come to nothing


class RegionPart(NamedTuple):
    """What one region puts in, in base units: `numerator` alone where amounts are summed up.

    Of a rate, numerator and denominator; `spans` are all the numbers that the two may have been rounded from, None
    where a figure was about so much.
    """

    region: Region
    numerator: Fraction
    denominator: Fraction | None = None
    spans: tuple[NumberRange, ...] | None = None


class Total(NamedTuple):
    """A figure made from those of several regions, in the indicator's unit, and the regions that are missing from it.

    `span` are all the values it may stand for, as far as its parts are rounded; None where that cannot be told.
    """

    value: Fraction | None
    parts: tuple[RegionPart, ...] = ()
    missing: tuple[Region, ...] = ()
    possible: NumberRange | None = None
    why: NoTotal | None = None

    @property
    def is_partial(self) -> bool:
        """Whether a region is missing from it, so that it must not be taken for the whole."""
        return bool(self.missing)

    @property
    def numerator(self) -> Fraction:
        """What all parts put in."""
        return sum((part.numerator for part in self.parts), Fraction(0))

    @property
    def denominator(self) -> Fraction | None:
        """What all parts put in below the line; None where amounts are summed up."""
        below = [part.denominator for part in self.parts if part.denominator is not None]
        return sum(below, Fraction(0)) if below else None


def total_of(plan: Plan, indicator: Indicator, region: Region, results: Results) -> Total:
    """Make a region's figure from those below it.

    A region that reports none counts with those of its own regions. Nothing stands for what is missing: the total is
    then partial, and names it: a region of which nothing is known as itself, and not by the regions below it.

    Args:
        plan: for its hierarchy and its indicators.
        indicator: what is added up, in the way it declares or its kind gives.
        region: the region above.
        results: the judged figures of the regions below; its own are not looked at.
    """
    if indicator.adding.way is AddingRule.NONE:
        return Total(None, why=NoTotal.NOT_ADDED)
    parts: list[RegionPart] = []
    missing: list[Region] = []
    for one in _collected(plan, indicator, region, results):
        if isinstance(one, RegionPart):
            parts.append(one)
        else:
            missing.append(one)
    if not parts:
        return Total(None, (), tuple(missing), why=NoTotal.NOTHING)
    return _together(indicator, tuple(parts), tuple(missing))


def _collected(plan: Plan, indicator: Indicator, region: Region, results: Results) -> Iterator[RegionPart | Region]:
    """What each region below puts in, or the region itself where it puts in nothing."""
    for child in plan.regions.children(region):
        part = _part(plan, indicator, child, results.get(child.code, {}))
        inside = [] if part else [*_collected(plan, indicator, child, results)]
        if any(isinstance(found, RegionPart) for found in inside):
            yield from inside
        else:
            yield part or child


def _part(plan: Plan, indicator: Indicator, region: Region, results: Mapping[str, Result]) -> RegionPart | None:
    """A region's own figures; None where one of those that are needed is not there."""
    way, by = indicator.adding.way, indicator.adding.by
    names = (indicator.id, *by) if way is AddingRule.WEIGHTED else by if way is AddingRule.RATIO else (indicator.id,)
    needed = [_figure(plan, name, results) for name in names]
    figures = [one for one in needed if one is not None]
    if len(figures) < len(names):
        return None
    values, spans = [value for value, _ in figures], _known([span for _, span in figures])
    if way is AddingRule.SUM:
        return RegionPart(region, values[0], None, spans)
    if way is AddingRule.RATIO:
        return RegionPart(region, values[0], values[1], spans)
    product = spans[0] * spans[1] if spans else None
    return RegionPart(region, values[0] * values[1], values[1], (product, spans[1]) if product and spans else None)


def _figure(plan: Plan, name: str, results: Mapping[str, Result]) -> tuple[Fraction, NumberRange | None] | None:
    """A figure in base units, and the numbers that it may have been rounded from."""
    result, indicator = results.get(name), plan.indicator(name)
    if result is None or result.actual is None or indicator is None:
        return None
    return result.actual * indicator.unit.factor, span_of(result)


def span_of(result: Result) -> NumberRange | None:
    """The values in base units that a reported figure may stand for; None where it is about so much, or none."""
    seen, unit = result.observation, result.indicator.unit
    if result.actual is None or (seen and seen.approximate):
        return None
    if seen is None or seen.amount is None:
        return NumberRange.point(result.actual * unit.factor)
    return NumberRange.rounded(seen.amount).times((seen.unit or unit).factor)


def _known(spans: Sequence[NumberRange | None]) -> tuple[NumberRange, ...] | None:
    found = tuple(values for values in spans if values is not None)
    return found if len(found) == len(spans) else None


def _together(indicator: Indicator, parts: tuple[RegionPart, ...], missing: tuple[Region, ...]) -> Total:
    total = Total(None, parts, missing)
    below = total.denominator
    if below == 0:
        return total._replace(why=NoTotal.ZERO)
    sums, scale = _sums(parts), _scale(indicator)
    if below is None:
        return total._replace(value=total.numerator * scale, possible=sums[0].times(scale) if sums else None)
    span = sums[0] / sums[1] if sums else None
    return total._replace(value=total.numerator / below * scale, possible=span.times(scale) if span else None)


def _scale(indicator: Indicator) -> Fraction:
    """How many of the indicator's units one of what the parts come to is: of a share of the whole, 100 per cent."""
    if indicator.adding.way is AddingRule.RATIO:
        return quotient(Fraction(1), Fraction(1), indicator.unit)
    return 1 / indicator.unit.factor


def _sums(parts: Sequence[RegionPart]) -> tuple[NumberRange, ...] | None:
    """The spans of all parts summed up; None where one is not known."""
    spans = [part.spans for part in parts if part.spans is not None]
    if len(spans) < len(parts):
        return None
    zero = NumberRange.point(Fraction(0))
    return tuple(sum(column, zero) for column in zip(*spans, strict=True))
