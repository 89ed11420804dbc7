"""Compare a sum that only grows with the bounds of its target, by what is due of each bound by now."""

from collections.abc import Callable
from fractions import Fraction

from czurban.model.target.interval import Interval

Due = Callable[[Fraction], Fraction]
"""Returns what is due of a bound by now."""


def sum_edge(target: Interval, value: Fraction = Fraction(0)) -> Fraction:
    """Return the bound that a sum has to reach, or has to stay within once it is there."""
    low, high = target.bounds
    if low is not None and (high is None or value < low):
        return low
    return high or Fraction(0)


def sum_bound(target: Interval, value: Fraction, due: Due) -> Fraction:
    """Return the bound that a sum is compared with: the upper one of a range if it is above what is due of that."""
    ends, high = both_due(target, due), target.bounds[1]
    return high if high is not None and ends and value > ends[1] else sum_edge(target, value)


def sum_lead(target: Interval, value: Fraction, due: Due) -> Fraction:
    """Return how far a sum is past what is due: a floor is to be reached, a ceiling to be kept.

    A range is to be kept on both sides, and 0 is returned between them. An exact figure has no room between its
    sides, so it is a floor until it is exceeded.
    """
    low, high = target.bounds
    over = Fraction(0) if high is None else (high if low == high else due(high)) - value
    if low is None:
        return over
    past, is_range = value - due(low), high is not None and low != high
    return min(over, past, Fraction(0)) if is_range or over < 0 else past


def is_kept(target: Interval, value: Fraction) -> bool:
    """Return whether a sum meets the target, whatever is added to it."""
    return value in target and target.high is None


def both_due(target: Interval, due: Due) -> tuple[Fraction, Fraction] | None:
    """Return the least and the most that is due of a range by now; None for a target with one side."""
    low, high = target.bounds
    return None if low is None or high is None or low == high else (due(low), due(high))
