"""Define the figures of a target over time: its baseline, the points of its path, and how years make one figure."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from math import prod
from typing import NamedTuple

from czurban.model.finding import Place
from czurban.model.period import Period
from czurban.model.unit import Unit


class Baseline(NamedTuple):
    """The figure that the plan starts from: as printed, as a number in the indicator's unit, and whether it has 约.

    `period` is set where the baseline has a year of its own.
    """

    printed: str
    value: Decimal | None
    approximate: bool = False
    period: Period | None = None


class PathPoint(NamedTuple):
    """What a target's own path asks for at the end of a period: a share of the target, or a value in its unit.

    The share is a fraction of 1: of the target for sums, of the way from the baseline to the target for levels.
    """

    period: Period
    share: Fraction | None = None
    value: Fraction | None = None
    place: Place | None = None


class OverYears(StrEnum):
    """How the figures of several years make up the figure that is compared with a target (T4)."""

    LEVEL = "level"  # the figure of the year in which the target is due
    EACH_YEAR = "each-year"  # every year by itself
    MEAN = "mean"  # 年均: the sum of the years divided by their number
    MEAN_GROWTH = "mean-growth"  # 年均增长: the rate that gives the same growth if it is that of every year
    SUM = "sum"  # 累计
    GROWTH = "cumulative-growth"  # the growth of each year on top of that of the year before
    DECLINE = "cumulative-decline"  # likewise for rates of decline: 1 − (1 − a)(1 − b)
    CHANGE = "change"  # how far the level is from the baseline

    @property
    def takes_years(self) -> bool:
        """Whether a figure is made of those of several years."""
        return self not in {OverYears.LEVEL, OverYears.CHANGE, OverYears.EACH_YEAR}

    @property
    def starts_at_zero(self) -> bool:
        """Whether the figure grows from zero at the beginning of the plan, so that no baseline can be compared."""
        return self in {OverYears.SUM, OverYears.GROWTH, OverYears.DECLINE}

    @property
    def compounds(self) -> bool:
        """Whether the figures are rates that follow on each other."""
        return self in {OverYears.MEAN_GROWTH, OverYears.GROWTH, OverYears.DECLINE}


_WHOLE = 100
_DIGITS = 20
"""The further decimals of a mean rate of growth, beyond those that could place it on another side of a bound."""


def over_years(over: OverYears, figures: Sequence[Fraction], unit: Unit) -> Fraction:
    """Return the figure that figures of consecutive years come to, in the same unit as they are.

    Args:
        over: how they are combined.
        figures: at least one figure, in order of time; rates of change for those that compound.
        unit: the unit of the figures; a share for those that compound.
    """
    return _WAYS[over](figures, unit)


def _total(figures: Sequence[Fraction], _: Unit) -> Fraction:
    return sum(figures, Fraction(0))


def _mean(figures: Sequence[Fraction], _: Unit) -> Fraction:
    return sum(figures, Fraction(0)) / len(figures)


def _growth(figures: Sequence[Fraction], unit: Unit) -> Fraction:
    """Return (1 + a)(1 + b)… − 1."""
    whole = _WHOLE / unit.factor
    return (prod(1 + figure / whole for figure in figures) - 1) * whole


def _decline(figures: Sequence[Fraction], unit: Unit) -> Fraction:
    """Return 1 − (1 − a)(1 − b)…: 2.7 % and 0.1 % come to 2.7973 %."""
    whole = _WHOLE / unit.factor
    return (1 - prod(1 - figure / whole for figure in figures)) * whole


def _mean_growth(figures: Sequence[Fraction], unit: Unit) -> Fraction:
    """Return the rate that gives the same growth if every year has it.

    It is exact where it has an end. Otherwise it is cut after so many decimals that no bound of up to twenty decimals
    lies between it and the exact rate.
    """
    whole = _WHOLE / unit.factor
    growth = Fraction(prod(1 + figure / whole for figure in figures))
    if growth <= 0:
        return -whole
    return (root(growth, len(figures)) - 1) * whole


_WAYS: Mapping[OverYears, Callable[[Sequence[Fraction], Unit], Fraction]] = {
    OverYears.SUM: _total,
    OverYears.MEAN: _mean,
    OverYears.GROWTH: _growth,
    OverYears.DECLINE: _decline,
    OverYears.MEAN_GROWTH: _mean_growth,
}


def root(value: Fraction, degree: int) -> Fraction:
    """Return the root of a number above zero: exactly if it is a fraction, else cut after many decimals."""
    if exact := exact_root(value, degree):
        return exact
    scale = 10 ** (len(str(value.denominator)) + len(str(value.numerator)) + _DIGITS * degree)
    return Fraction(whole_root(value.numerator * scale**degree // value.denominator, degree), scale)


def exact_root(value: Fraction, degree: int) -> Fraction | None:
    """Return the root of a number above zero if it is a fraction, else None."""
    root = Fraction(whole_root(value.numerator, degree), whole_root(value.denominator, degree))
    return root if root**degree == value else None


@lru_cache(maxsize=1 << 10)
def whole_root(value: int, degree: int) -> int:
    """Return the largest whole number of which a power is no more than a value (Newton's method)."""
    if not value:
        return 0
    guess = 1 << -(-value.bit_length() // degree)
    while True:
        better = ((degree - 1) * guess + value // guess ** (degree - 1)) // degree
        if better >= guess:
            return guess
        guess = better
