"""Compute which values of an indicator are plausible by its baseline and target, and how far others are from these."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from czurban.model.indicator import Indicator, IndicatorKind
from czurban.model.numbers import NumberRange
from czurban.model.unit import Unit

_WIDE = Fraction(1, 4)
_LEVEL = Fraction(15, 100)  # stocks and rates move less from year to year than sums over a year
_POINTS = 2  # per cent; small shares move more in proportion
_GROWTH = 10  # per cent; growth rates may change their sign
_LEFT_OVER = 3  # times; a share near 100 % is compared by what it lacks: 99 and 97 are far apart
_ROOM = 1
_WHOLE = 100
_HIGH = 80
_NOTABLE = Fraction(3, 100)
_NEAR, _NEAR_ALONE = Fraction(1, 200), Fraction(1, 10)
_COUNTED = frozenset({"works", "dwelling", "household", "vehicle", "person"})
_SPREAD = 3


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
    return next((variant for variant, exact in variants if narrow.meets(NumberRange.point(exact))), None)


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
    if is_counted(indicator) and (count := abs(figure) * indicator.unit.factor) < _WHOLE:
        return max(room, (_SPREAD * _root(count) + 1) / indicator.unit.factor)
    return room


def _root(count: Fraction) -> Fraction:
    """Return the square root of a count below 100, rounded up: chance moves a count by about as much."""
    return Fraction(next(n for n in range(_WHOLE) if n * n >= count))


def _near_the_whole(indicator: Indicator, low: Fraction) -> NumberRange:
    """Return the values that lack at most 3 times as much of 100 % as before, and a point; all values below 80 %."""
    whole = _WHOLE / indicator.unit.factor
    if not indicator.unit.is_share or low * indicator.unit.factor < _HIGH or low > whole:
        return NumberRange(None, None)
    return NumberRange(whole - _LEFT_OVER * (whole - low) - _ROOM / indicator.unit.factor, None)


@lru_cache(maxsize=1 << 14)
def _narrow(indicator: Indicator) -> NumberRange | None:
    figures = indicator.target.known_figures
    if indicator.kind is IndicatorKind.GROWTH or not figures:
        return None
    low, high = min(figures), max(figures)
    near = _NEAR_ALONE if indicator.target.baseline_value is None else _NEAR
    room = max((high - low) / 2, abs(low) * near)
    return NumberRange(low - room, high + room)


def _swaps(amount: Decimal) -> Iterator[Decimal]:
    sign, digits, exponent = amount.as_tuple()
    for at, (left, right) in enumerate(pairwise(digits)):
        if left != right and isinstance(exponent, int):
            yield Decimal((sign, (*digits[:at], right, left, *digits[at + 2 :]), exponent))
