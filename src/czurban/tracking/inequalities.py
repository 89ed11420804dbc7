"""Solve linear inequalities over fractions, exactly, or prove that no values satisfy them.

Names are eliminated one after the other (Fourier–Motzkin), which is exact for strict and other inequalities alike.
"""

import math
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import NamedTuple

from czurban.model.over_time.conditions import Inequality

MOST_WORK = 4000
"""Inequalities and pieces at one time; rules that people write stay far below it."""


class TooComplicatedError(Exception):
    """Nothing can be proved about a rule within the limit of work."""


class LinearBounds(NamedTuple):
    """The bounds of one name, with whether each is excluded; None is no bound."""

    low: Fraction | None = None
    low_open: bool = False
    high: Fraction | None = None
    high_open: bool = False


def solve(inequalities: Iterable[Inequality]) -> dict[str, Fraction] | None:
    """Eliminate one name after the other, then choose their values in the opposite order."""
    current = _tightest(each.scaled() for each in inequalities)
    names = sorted({name for each in current for name, _ in each.factors}, reverse=True)
    stages: list[tuple[str, set[Inequality]]] = []
    for name in names:
        stages.append((name, {each for each in current if _factor(each, name)}))
        current = eliminated(current, name)
    values: dict[str, Fraction] = {}
    if not all(each.holds(values) for each in current):
        return None
    for name, limits in reversed(stages):
        values[name] = _chosen(name, limits, values)
    return values


def _factor(inequality: Inequality, name: str) -> Fraction:
    return next((factor for each, factor in inequality.factors if each == name), Fraction(0))


def eliminated(inequalities: Iterable[Inequality], name: str) -> set[Inequality]:
    """Return inequalities without a name that can be satisfied exactly if the given ones can.

    Raises:
        TooComplicatedError: they are too many.
    """
    every = list(inequalities)
    upper = [each for each in every if _factor(each, name) > 0]
    lower = [each for each in every if _factor(each, name) < 0]
    kept = {each for each in every if not _factor(each, name)}
    if len(upper) * len(lower) > MOST_WORK:
        raise TooComplicatedError
    return _tightest([*kept, *(_added(a, b, name) for a in upper for b in lower)])


def _tightest(inequalities: Iterable[Inequality]) -> set[Inequality]:
    """Keep only the tightest of the inequalities that have the same factors."""
    tightest: dict[tuple[tuple[str, Fraction], ...], Inequality] = {}
    for each in inequalities:
        other = tightest.setdefault(each.factors, each)
        if (each.constant, each.strict) > (other.constant, other.strict):
            tightest[each.factors] = each
    return set(tightest.values())


def _added(upper: Inequality, lower: Inequality, name: str) -> Inequality:
    times, by = -_factor(lower, name), _factor(upper, name)
    factors: dict[str, Fraction] = {}
    for inequality, weight in ((upper, times), (lower, by)):
        for each, factor in inequality.factors:
            factors[each] = factors.get(each, Fraction(0)) + weight * factor
    left = tuple(sorted((each, factor) for each, factor in factors.items() if factor))
    constant = times * upper.constant + by * lower.constant
    return Inequality(left, constant, upper.strict or lower.strict).scaled()


def bounds_of(name: str, limits: Iterable[Inequality], values: Mapping[str, Fraction]) -> LinearBounds:
    """Return the bounds of a name where all others have values."""
    lows: list[tuple[Fraction, bool]] = []
    highs: list[tuple[Fraction, bool]] = []
    for each in limits:
        factor = _factor(each, name)
        rest = sum((times * values[other] for other, times in each.factors if other != name), each.constant)
        (highs if factor > 0 else lows).append((-rest / factor, each.strict))
    low, low_open = max(lows) if lows else (None, False)
    high, high_open = min(highs, key=lambda end: (end[0], not end[1])) if highs else (None, False)
    return LinearBounds(low, low_open, high, high_open)


def _chosen(name: str, limits: Iterable[Inequality], values: Mapping[str, Fraction]) -> Fraction:
    """Choose a value between the bounds: the middle, or the next whole number where there is one bound only."""
    bounds = bounds_of(name, limits, values)
    if bounds.low is None:
        return Fraction(0) if bounds.high is None else Fraction(math.ceil(bounds.high) - 1)
    return Fraction(math.floor(bounds.low) + 1) if bounds.high is None else (bounds.low + bounds.high) / 2
