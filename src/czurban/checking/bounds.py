"""A target as two closed intervals at one decimal type, so that an engine only compares: met, and sure of its unit.

Whether a value is met or doubtful is asked of the functions that judge rows, never worked out a second time.
"""

from collections.abc import Sequence
from decimal import Context, Decimal
from fractions import Fraction
from typing import NamedTuple

from czurban.checking.axis import Axis, End, Stretch
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


def compile_bounds(
    indicator: Indicator, unit: Unit | None, stretches: Sequence[Stretch] | None = None
) -> Bounds | None:
    """Compile an indicator's target for values in a unit, the indicator's own where rows give none.

    Whoever compiles for many units may find the indicator's `sure_stretches` once and hand them over.

    Returns None where the unit measures something else, or no value is beyond doubt.
    """
    given = unit or indicator.unit
    if given.dimension != indicator.unit.dimension:
        return None
    factor = given.factor / indicator.unit.factor
    interval = indicator.target.interval
    sure = _sure(sure_stretches(indicator) if stretches is None else stretches, factor)
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


def _sure(stretches: Sequence[Stretch], factor: Fraction) -> tuple[Fraction, Fraction] | None:
    """The widest stretch, in the row's unit."""
    closed = [_closed(*one, factor) for one in stretches]
    return max((one for one in closed if one[0] <= one[1]), key=lambda ends: ends[1] - ends[0], default=None)


def sure_stretches(indicator: Indicator) -> Sequence[Stretch]:
    """The stretches without doubt that hold a figure the plan knows, in its unit; all of them if none does."""
    axis = Axis(_places(doubt_points(indicator)), lambda value: doubtful(value, indicator))
    target = indicator.target
    figures = (target.interval.low, target.interval.high, target.baseline.value if target.baseline else None)
    found = (axis.around(Fraction(one)) for one in figures if one is not None)
    return [one for one in found if one] or axis.stretches()


def _places(points: Sequence[Fraction]) -> Sequence[Fraction]:
    return sorted({Fraction(0), *points, *(-one for one in points)})


def _closed(low: End, high: End, factor: Fraction) -> tuple[Fraction, Fraction]:
    """The stretch in the row's unit, with ends that have so many places and lie inside."""
    first = -MOST if low[0] is None else _at_least(low[0] / factor, beyond=not low[1])
    last = MOST if high[0] is None else _at_most(high[0] / factor, beyond=not high[1])
    return max(first, -MOST), min(last, MOST)


def _decimal(value: Fraction) -> Decimal:
    """A number with so many places as a Decimal, exactly."""
    return Decimal((value / _STEP).numerator).scaleb(-PLACES, _WIDE)
