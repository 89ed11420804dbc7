"""Convert a value to the plan's unit, and compare its size with the baseline and the target.

A value that is impossible or of an odd size (R3) is refused; one outside the plausible range (S268) is only reported.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache
from itertools import groupby, pairwise
from typing import NamedTuple

from czurban.model.assessment import Note, Result
from czurban.model.faults import DOUBTED_SIZES, finding
from czurban.model.finding import Finding, say
from czurban.model.indicator import SUMS, Impossible, Indicator, IndicatorKind
from czurban.model.observation import Observation, Reading
from czurban.model.target.interval import NumberRange
from czurban.model.text import exact
from czurban.model.unit import Unit

_NEAR = 8  # times; a value nearer to the baseline or to a bound has its size
_FAR = 30  # times; sums over a year, works and shares may grow by so much
_ABOUT = 2
_WORDS = {100: "", 10**4: "万", 10**8: "亿"}
"""The powers of ten by which units differ that people confuse, and the words for them."""
_AREAS = {"平方米": Fraction(1), "亩": Fraction(2000, 3), "公顷": Fraction(10**4), "平方千米": Fraction(10**6)}
_LEAST_SHARE = 10
_WHOLE_SHARE = 100
_WIDE = Fraction(1, 4)
_LEVEL = Fraction(15, 100)  # stocks and rates move less from year to year than sums over a year
_POINTS = 2  # per cent; small shares move more in proportion
_GROWTH = 10  # per cent; growth rates may change their sign
_LEFT_OVER = 3  # times; a share near 100 % is compared by what it lacks: 99 and 97 are far apart
_ROOM = 1
_HIGH = 80
_NOTABLE = Fraction(3, 100)
_MARGIN, _MARGIN_ALONE = Fraction(1, 200), Fraction(1, 10)
_COUNTED = frozenset({"works", "dwelling", "household", "vehicle", "person"})
_SPREAD = 3
_RATES = frozenset({IndicatorKind.RATE, IndicatorKind.MEAN})


class Converted(NamedTuple):
    """An observation with its value in the indicator's unit; None where that is not known."""

    observation: Observation
    actual: Fraction | None


def convert(value: Observation, indicator: Indicator) -> tuple[Converted, Finding | None]:
    """Convert an observation to the indicator's unit (R3), with the finding that makes it unreadable or doubtful.

    Nothing is corrected: a value that is impossible, or whose unit is uncertain, becomes unreadable.
    """
    if value.reported is not Reading.VALUE or value.amount is None:
        return Converted(value, None), None
    unit = value.unit or indicator.unit
    if unit.dimension != indicator.unit.dimension:
        return Converted(value, None), _incompatible(value, indicator)
    actual = unit.convert(value.amount, indicator.unit)
    if doubt := _doubt(value, indicator, actual):
        return Converted(value, actual if doubt.code == "S218" else None), doubt
    return Converted(value, actual), None


def doubtful(actual: Fraction, indicator: Indicator) -> bool:
    """Return whether a value in the indicator's unit is impossible or of an odd size."""
    return indicator.impossible(actual) is not None or odd_size(actual, indicator) is not None


def doubt_points(indicator: Indicator) -> Sequence[Fraction]:
    """Return the values above zero at which the result of `doubtful` may change; so it may at 0 and their negatives."""
    points = turning_points(indicator)
    if not indicator.unit.is_share:
        return points
    return _in_order([*points, _WHOLE_SHARE / indicator.unit.factor])


class OddSize(NamedTuple):
    """How many times a value is off, rounded, and the unit it may really be in; `fraction` if 0.41 may be 41 %."""

    times: int
    unit: str = ""
    fraction: bool = False


def _doubt(value: Observation, indicator: Indicator, actual: Fraction) -> Finding | None:
    impossible = indicator.impossible(actual)
    if impossible is Impossible.SHARE:
        message = say("{raw} is outside 0 to 100 %, which no share can be.", raw=value.raw)
        return finding("S207", value.place, message, say("Check the figure and its unit."))
    if impossible:
        message = say("{raw} is below zero, which no such quantity can be.", raw=value.raw)
        return finding("S229", value.place, message, say("Check the sign; write — for not reported."))
    odd = odd_size(actual, indicator)
    return None if odd is None or _is_small_part(value, indicator, actual) else _odd(value, indicator, odd)


def _is_small_part(value: Observation, indicator: Indicator, actual: Fraction) -> bool:
    """Return whether a sum for a part of the year is less than the year's figures, as it has to be."""
    return (
        indicator.kind in SUMS
        and not value.period.is_year
        and 0 <= actual <= max(indicator.target.known_figures, default=0)
    )


def _incompatible(value: Observation, indicator: Indicator) -> Finding:
    unit = value.unit.name if value.unit else ""
    message = say("“{unit}” does not measure what {plan} measures.", unit=unit, plan=indicator.unit.name)
    return finding("S204", value.place, message, say("Write the value in {plan}.", plan=indicator.unit.name))


def _odd(value: Observation, indicator: Indicator, odd: OddSize) -> Finding:
    """Report a value of an odd size; it is used where its cell has the unit."""
    unit = (value.unit or indicator.unit).name
    values = {"raw": value.raw, "unit": unit, "times": f"{odd.times:,}", "other": odd.unit}
    if odd.fraction:
        message = say(
            "{raw} in {unit} is about {times} times off the figures of the plan: it looks like a fraction.", **values
        )
        percent = exact(Fraction(value.amount or 0) * _WHOLE_SHARE)
        hint = say("Write {percent}% if it is a fraction, and {raw}{unit} if it is right.", percent=percent, **values)
    elif odd.unit:
        message = say(
            "{raw} in {unit} is about {times} times off the figures of the plan: it looks like {other}.", **values
        )
        hint = say(
            "Write the unit in the value's cell: {raw}{other} if that is meant, {raw}{unit} if the value is right.",
            **values,
        )
    else:
        message = say("{raw} in {unit} is about {times} times off the figures of the plan.", **values)
        hint = say("Check the figure; if it is right, write {raw}{unit}, with the unit in the cell.", **values)
    if value.unit_in_cell:
        return finding("S218", value.place, message, say("It is used as written; correct the unit if it is not meant."))
    return finding("S206", value.place, message, hint)


def odd_size(actual: Fraction, indicator: Indicator) -> OddSize | None:
    """Return how far a value is off if neither the baseline nor the target explains its size; otherwise None (R3).

    The ratio is the larger of |actual| ÷ figure and figure ÷ |actual| for the nearest known figure. Below 8 a value is
    never odd. From 8 on it is odd if some ratio is that of two units which people confuse (10², 10⁴, 10⁸, or 亩, 公顷
    and 平方千米) within a factor of 2, or if the indicator is a stock; from 30 on, if it is too large, or if it is a
    rate or mean in per cent. Another sum or count far below its target is simply missed.
    """
    references, size = _references(indicator), abs(actual)
    if actual == 0 or not references or any(low < size < high for low, high in _near_sizes(indicator)):
        return None
    ratios = [size / reference for reference in references]
    nearest = min(ratio if ratio.numerator > ratio.denominator else 1 / ratio for ratio in ratios)
    if indicator.unit.is_share and 0 < actual <= 1 and min(references) >= _LEAST_SHARE:
        return OddSize(100, fraction=True)
    high = actual > max(references)
    unit = next((name for ratio in ratios if (name := _other_unit(ratio, indicator.unit)) is not None), None)
    confusable = indicator.unit.is_share or indicator.unit.name[:1] in "万亿" or indicator.unit.dimension == "area"
    if unit is not None and (high or confusable):
        return OddSize(round(nearest), unit, fraction=indicator.unit.is_share and not high)
    if nearest >= _FAR and (high or (indicator.unit.is_share and indicator.kind in _RATES)):
        return OddSize(round(nearest), indicator.unit.name[1:] if indicator.unit.name[:1] in "万亿" else "")
    return OddSize(round(nearest)) if indicator.kind is IndicatorKind.STOCK else None


def turning_points(indicator: Indicator) -> Sequence[Fraction]:
    """Return the values above zero at which the result of `odd_size` may change, in order."""
    points = [figure * many for figure in _references(indicator) for many in _times(indicator.unit)]
    return _in_order([*points, Fraction(1)] if indicator.unit.is_share else points)


def _in_order(points: Iterable[Fraction]) -> Sequence[Fraction]:
    return [point for point, _ in groupby(sorted(points))]  # to hash one takes as long as to multiply it


@cache
def _times(unit: Unit) -> Sequence[Fraction]:
    """Return how many times the size of a figure may be where the result of `odd_size` may change, in order."""
    areas = [unit.factor / size for size in _AREAS.values()] if unit.dimension == "area" else []
    ends = (end for ratio in (*map(Fraction, _WORDS), *areas) for end in (ratio * _ABOUT, ratio / _ABOUT))
    times = {Fraction(_NEAR), Fraction(_FAR), *ends}
    return sorted(times | {1 / many for many in times})


@lru_cache(maxsize=1 << 14)
def _references(indicator: Indicator) -> Sequence[Fraction]:
    """Return the sizes of the baseline and the bounds, without zeros."""
    return [abs(figure) for figure in indicator.target.known_figures if figure]


@lru_cache(maxsize=1 << 14)
def _near_sizes(indicator: Indicator) -> Sequence[tuple[Fraction, Fraction]]:
    """Return the sizes between which the ratio to a known figure is below 8."""
    return [(figure / _NEAR, figure * _NEAR) for figure in _references(indicator)]


def _other_unit(ratio: Fraction, unit: Unit) -> str | None:
    """Return the unit that a value off by a ratio may be in; empty if it has no single name, None if there is none."""
    if unit.dimension == "area":
        for name, size in _AREAS.items():
            times = unit.factor / size
            if times != 1 and times / _ABOUT <= ratio <= times * _ABOUT:
                return name
    above, below = ratio.numerator * _ABOUT, ratio.denominator
    for power, word in _WORDS.items():
        if power * below <= above <= power * below * _ABOUT**2:
            return unit.name.removeprefix(word) if word and unit.name.startswith(word) else ""
        if below <= above * power <= below * _ABOUT**2:
            return word + unit.name if word and unit.name[:1] not in "万亿" and not unit.is_share else ""
    return None


@lru_cache(maxsize=1 << 14)
def plausible_range(indicator: Indicator) -> NumberRange | None:
    """Return the values that need no second look (S268); None where the plan has neither baseline nor target.

    With a baseline: [low − room, high + room], where low and high are the smallest and the largest of baseline and
    bounds, and room is 25 % for sums over the year and works, 15 % for stocks and rates (at least 2 points for shares),
    10 points for growth rates. Counts below 100 have a room of at least 3√count + 1. A share above 80 % is at least
    100 − 3 (100 − low) − 1. Without a baseline: ½ (⅛ for a ceiling) to 3 times the bounds.
    """
    figures = indicator.target.known_figures
    if not figures:
        return None
    low, high = min(figures), max(figures)
    if indicator.kind is IndicatorKind.GROWTH:
        points = _GROWTH / indicator.unit.factor if indicator.unit.is_share else max(abs(low), abs(high))
        return NumberRange(low - points, high + points)
    if indicator.target.baseline_value is None:
        wide = indicator.target.interval.plausible()
    else:
        wide = NumberRange(low - _room(indicator, low), high + _room(indicator, high))
    return wide.within(_near_the_whole(indicator, low))


def swapped(amount: Decimal, unit: Unit, indicator: Indicator) -> Decimal | None:
    """Return the number with two neighbouring digits swapped, if that one is plausible and this one is not (S268).

    Only a value on the worse side of every figure of the plan, and 3 % off or more, is tried. The range is narrow here:
    from the baseline to the target and half as far beyond, at least 0.5 % (10 % without a baseline).
    """
    narrow, value = _narrow(indicator), unit.convert(amount, indicator.unit)
    is_worse = all(indicator.target.interval.worse(value, figure) for figure in indicator.target.known_figures)
    if not narrow or not is_worse or narrow.meets(NumberRange.point(value)) or distance(value, indicator) < _NOTABLE:
        return None
    variants = ((variant, unit.convert(variant, indicator.unit)) for variant in _swaps(amount))
    return next((variant for variant, other in variants if narrow.meets(NumberRange.point(other))), None)


def distance(value: Fraction, indicator: Indicator) -> Fraction:
    """Return |value − figure| ÷ the larger of both, for the nearest figure of the plan; 1 where it has none."""
    return min((_apart(value, figure) for figure in indicator.target.known_figures), default=Fraction(1))


def is_counted(indicator: Indicator) -> bool:
    """Return whether the indicator counts whole things: works, dwellings, people, in any power of ten."""
    return indicator.is_amount and indicator.unit.dimension in _COUNTED


def _apart(value: Fraction, figure: Fraction) -> Fraction:
    larger = max(abs(value), abs(figure))
    return abs(value - figure) / larger if larger else Fraction(0)


def _room(indicator: Indicator, figure: Fraction) -> Fraction:
    share = _WIDE if indicator.kind in (IndicatorKind.FLOW, IndicatorKind.WORKS) else _LEVEL
    room = abs(figure) * share
    if indicator.unit.is_share:
        return max(room, _POINTS / indicator.unit.factor)
    if is_counted(indicator) and (count := abs(figure) * indicator.unit.factor) < _WHOLE_SHARE:
        return max(room, (_SPREAD * _root(count) + 1) / indicator.unit.factor)
    return room


def _root(count: Fraction) -> Fraction:
    """Return the square root of a count below 100, rounded up: chance moves a count by about as much."""
    return Fraction(next(n for n in range(_WHOLE_SHARE) if n * n >= count))


def _near_the_whole(indicator: Indicator, low: Fraction) -> NumberRange:
    """Return the values that lack at most 3 times as much of 100 % as before, and a point; all values below 80 %."""
    whole = _WHOLE_SHARE / indicator.unit.factor
    if not indicator.unit.is_share or low * indicator.unit.factor < _HIGH or low > whole:
        return NumberRange(None, None)
    return NumberRange(whole - _LEFT_OVER * (whole - low) - _ROOM / indicator.unit.factor, None)


@lru_cache(maxsize=1 << 14)
def _narrow(indicator: Indicator) -> NumberRange | None:
    figures = indicator.target.known_figures
    if indicator.kind is IndicatorKind.GROWTH or not figures:
        return None
    low, high = min(figures), max(figures)
    near = _MARGIN_ALONE if indicator.target.baseline_value is None else _MARGIN
    room = max((high - low) / 2, abs(low) * near)
    return NumberRange(low - room, high + room)


def _swaps(amount: Decimal) -> Iterator[Decimal]:
    sign, digits, exponent = amount.as_tuple()
    for at, (left, right) in enumerate(pairwise(digits)):
        if left != right and isinstance(exponent, int):
            yield Decimal((sign, (*digits[:at], right, left, *digits[at + 2 :]), exponent))


def with_doubts(results: list[Result], findings: Iterable[Finding]) -> list[Result]:
    """Return results with a note on those judged by a value whose size the plan's figures do not explain (R3)."""
    places = {fault.place for fault in findings if fault.code in DOUBTED_SIZES}
    if not places:
        return results
    return [
        replace(result, notes=(*result.notes, Note.IMPLAUSIBLE))
        if result.actual is not None and result.observation and result.observation.place in places
        else result
        for result in results
    ]
