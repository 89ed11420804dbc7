"""Compile a target into decimal bounds that an engine compares values with, and the range where no value is doubted.

Whether a value is doubtful is asked of the function that judges rows, never worked out a second time.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from decimal import Context, Decimal
from fractions import Fraction
from functools import cache
from itertools import groupby
from typing import NamedTuple

from czurban.checking.plausible import doubt_points, doubtful
from czurban.model.indicator import Indicator
from czurban.model.unit import Unit

PLACES = 8
_STEP = Fraction(1, 10**PLACES)
MOST = Fraction(10**20) - _STEP
"""The largest number of DECIMAL(28,8)."""
_WIDE = Context(prec=40)


End = tuple[Fraction | None, bool]
"""An end of a range, None where it has none, and whether the end itself is inside."""


class ValueRange(NamedTuple):
    """Values between two ends."""

    low: End
    high: End


class PlausibleRange:
    """The ranges of values that are not doubted.

    Between two neighbouring points the answer is the same everywhere, so that a value in the middle stands for all.
    The line of values is split into cells (gap, point, gap … gap), and each is tested at most once, which takes time.
    """

    def __init__(self, points: Sequence[Fraction], doubted: Callable[[Fraction], bool]) -> None:
        """Remember what to test.

        Args:
            points: where the answer may change, in order, each once, at least one.
            doubted: returns whether a value is doubted.
        """
        self._points = points
        self._is_sure = cache(lambda cell: not doubted(self._value(cell)))

    def around(self, value: Fraction) -> ValueRange | None:
        """Return the range that holds a value; None if the value itself is doubted."""
        cell = self._cell(value)
        if not self._is_sure(cell):
            return None
        first = last = cell
        while first > 0 and self._is_sure(first - 1):
            first -= 1
        while last < 2 * len(self._points) and self._is_sure(last + 1):
            last += 1
        return self._range(first, last)

    def ranges(self) -> Sequence[ValueRange]:
        """Return all ranges, in order."""
        runs = (list(cells) for sure, cells in groupby(range(2 * len(self._points) + 1), self._is_sure) if sure)
        return [self._range(cells[0], cells[-1]) for cells in runs]

    def _cell(self, value: Fraction) -> int:
        at = bisect_left(self._points, value)
        return 2 * at + (at < len(self._points) and self._points[at] == value)

    def _value(self, cell: int) -> Fraction:
        at, is_point = divmod(cell, 2)
        if is_point:
            return self._points[at]
        if at == 0:
            return self._points[0] - 1
        return (self._points[at - 1] + self._points[at]) / 2 if at < len(self._points) else self._points[-1] + 1

    def _range(self, first: int, last: int) -> ValueRange:
        low = (self._points[(first - 1) // 2], first % 2 == 1) if first > 0 else (None, False)
        high = (self._points[last // 2], last % 2 == 1) if last < 2 * len(self._points) else (None, False)
        return ValueRange(low, high)


class Bounds(NamedTuple):
    """Bounds in a row's own unit: values in [low, high] are met, and in [sure_low, sure_high] none is doubted.

    A sure value that is not met is missed; what is not sure is judged row by row in Python. An empty interval has its
    low end above its high one.
    """

    low: Decimal
    high: Decimal
    sure_low: Decimal
    sure_high: Decimal


def compile_bounds(
    indicator: Indicator, unit: Unit | None, ranges: Sequence[ValueRange] | None = None
) -> Bounds | None:
    """Compile an indicator's target for values in a unit, the indicator's own where rows give none.

    It is None where the unit measures something else, every value is doubted, or the target is no interval. `ranges`
    are the indicator's `sure_ranges`, where they are known already.
    """
    given = unit or indicator.unit
    if given.dimension != indicator.unit.dimension or indicator.target.is_open:
        return None
    factor = given.factor / indicator.unit.factor
    interval = indicator.target.interval
    sure = _widest(sure_ranges(indicator) if ranges is None else ranges, factor)
    if sure is None:
        return None
    low = -MOST if interval.low is None else _at_least(Fraction(interval.low) / factor, beyond=interval.low_open)
    high = MOST if interval.high is None else _at_most(Fraction(interval.high) / factor, beyond=interval.high_open)
    ends = (max(low, -MOST), min(high, MOST), *sure)
    return Bounds(*map(_decimal, ends if ends[0] <= ends[1] else (MOST, -MOST, *sure)))


def _at_least(bound: Fraction, *, beyond: bool) -> Fraction:
    """Return the least number with PLACES decimals that is at least the bound, or beyond it."""
    steps = bound / _STEP
    return ((steps.numerator // steps.denominator) + 1 if beyond else -(-steps.numerator // steps.denominator)) * _STEP


def _at_most(bound: Fraction, *, beyond: bool) -> Fraction:
    return -_at_least(-bound, beyond=beyond)


def _widest(ranges: Sequence[ValueRange], factor: Fraction) -> tuple[Fraction, Fraction] | None:
    """Return the widest range, in the row's unit."""
    closed = [_closed(*ends, factor) for ends in ranges]
    return max((ends for ends in closed if ends[0] <= ends[1]), key=lambda ends: ends[1] - ends[0], default=None)


def sure_ranges(indicator: Indicator) -> Sequence[ValueRange]:
    """Return the ranges without doubt that hold a figure of the plan, in its unit; all of them if none does."""
    points = doubt_points(indicator)
    every = [*(-point for point in reversed(points)), Fraction(0), *points]
    plausible = PlausibleRange(every, lambda value: doubtful(value, indicator))
    target = indicator.target
    figures = (target.interval.low, target.interval.high, target.baseline.value if target.baseline else None)
    around = (plausible.around(Fraction(figure)) for figure in figures if figure is not None)
    return [ends for ends in around if ends] or plausible.ranges()


def _closed(low: End, high: End, factor: Fraction) -> tuple[Fraction, Fraction]:
    """Return the range in the row's unit, with ends that have PLACES decimals and lie inside."""
    first = -MOST if low[0] is None else _at_least(low[0] / factor, beyond=not low[1])
    last = MOST if high[0] is None else _at_most(high[0] / factor, beyond=not high[1])
    return max(first, -MOST), min(last, MOST)


def _decimal(value: Fraction) -> Decimal:
    """Return a number with PLACES decimals as a Decimal, exactly."""
    return Decimal((value / _STEP).numerator).scaleb(-PLACES, _WIDE)
