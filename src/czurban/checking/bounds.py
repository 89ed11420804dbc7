"""A target as two closed intervals at one decimal type, so that an engine only compares: met, and sure of its unit.

Whether a value is met or doubtful is asked of the functions that judge rows, never worked out a second time.
"""

from collections.abc import Callable, Sequence
from decimal import Context, Decimal
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from czurban.checking.convert import doubt_points, doubtful
from czurban.model.indicator import Indicator
from czurban.model.unit import Unit

PLACES = 8
_STEP = Fraction(1, 10**PLACES)
MOST = Fraction(10**20) - _STEP
"""The largest number of DECIMAL(28,8)."""
_WIDE = Context(prec=40)


class Bounds(NamedTuple):
    """Values in a row's own unit: those in [low, high] are met, and in [sure_low, sure_high] none is doubted.

    What is sure and not met is missed; what is not sure is for rows in Python. An empty interval has its low end above
    its high one.
    """

    low: Decimal
    high: Decimal
    sure_low: Decimal
    sure_high: Decimal


def compile_bounds(indicator: Indicator, unit: Unit | None) -> Bounds | None:
    """Compile an indicator's target for values in a unit, the indicator's own where rows give none.

    Returns None where the unit measures something else, or no value is beyond doubt.
    """
    given = unit or indicator.unit
    if given.dimension != indicator.unit.dimension:
        return None
    factor = given.factor / indicator.unit.factor
    interval = indicator.target.interval
    sure = _sure(indicator, factor)
    if sure is None:
        return None
    low = -MOST if interval.low is None else _at_least(Fraction(interval.low) / factor, beyond=interval.low_open)
    high = MOST if interval.high is None else _at_most(Fraction(interval.high) / factor, beyond=interval.high_open)
    ends = (max(low, -MOST), min(high, MOST), *sure)
    return Bounds(*map(_decimal, ends if ends[0] <= ends[1] else (MOST, -MOST, *sure)))


def _at_least(bound: Fraction, *, beyond: bool) -> Fraction:
    """The least number with so many places that is at least the bound, or beyond it."""
    steps = bound / _STEP
    return ((steps.numerator // steps.denominator) + 1 if beyond else -(-steps.numerator // steps.denominator)) * _STEP


def _at_most(bound: Fraction, *, beyond: bool) -> Fraction:
    return -_at_least(-bound, beyond=beyond)


def _sure(indicator: Indicator, factor: Fraction) -> tuple[Fraction, Fraction] | None:
    """The widest stretch without doubt, in the row's unit, among those that hold a figure the plan knows."""
    points = doubt_points(indicator)
    places = _places(points)
    stretches = list(_stretches(places, lambda value: doubtful(value, indicator)))
    target = indicator.target
    figures = (target.interval.low, target.interval.high, target.baseline.value if target.baseline else None)
    known = [Fraction(one) for one in figures if one is not None]
    near = [(low, high) for low, high in stretches if any(_holds(low, high, one) for one in known)] or stretches
    closed = [_closed(low, high, factor) for low, high in near]
    return max((one for one in closed if one[0] <= one[1]), key=lambda ends: ends[1] - ends[0], default=None)


_End = tuple[Fraction | None, bool]
"""An end of a stretch, None where it has none, and whether the end itself is inside."""


def _places(points: Sequence[Fraction]) -> Sequence[Fraction]:
    return sorted({Fraction(0), *points, *(-one for one in points)})


def _stretches(points: Sequence[Fraction], doubted: Callable[[Fraction], bool]) -> Sequence[tuple[_End, _End]]:
    """The stretches between turning points, these included or not, over which nothing is doubted.

    Between two neighbouring points the answer is the same everywhere, so that one value in the middle stands for all.
    """
    middles = [points[0] - 1, *((a + b) / 2 for a, b in pairwise(points)), points[-1] + 1]
    found: list[tuple[_End, _End]] = []
    start: _End | None = None
    for n, middle in enumerate(middles):
        before = points[n - 1] if n else None
        if start is None and not doubted(middle):
            start = (before, False)
        elif start is not None and doubted(middle):
            found.append((start, (before, before is not None and not doubted(before))))
            start = None
        if n < len(points) and doubted(points[n]) and start is not None:
            found.append((start, (points[n], False)))
            start = None
        elif n < len(points) and start is None and not doubted(points[n]):
            start = (points[n], True)
    return [*found, (start, (None, False))] if start else found


def _holds(low: _End, high: _End, value: Fraction) -> bool:
    return (low[0] is None or low[0] <= value) and (high[0] is None or value <= high[0])


def _closed(low: _End, high: _End, factor: Fraction) -> tuple[Fraction, Fraction]:
    """The stretch in the row's unit, with ends that have so many places and lie inside."""
    first = -MOST if low[0] is None else _at_least(low[0] / factor, beyond=not low[1])
    last = MOST if high[0] is None else _at_most(high[0] / factor, beyond=not high[1])
    return max(first, -MOST), min(last, MOST)


def _decimal(value: Fraction) -> Decimal:
    """A number with so many places as a Decimal, exactly."""
    return Decimal((value / _STEP).numerator).scaleb(-PLACES, _WIDE)
