"""Count how much of a target's time has passed, by months or by days."""

import datetime as dt
from calendar import monthrange
from fractions import Fraction

from czurban.model.over_time.pace import Clock, TimeUnit

Month = tuple[int, int]
"""A year and a month."""
_YEAR = 12


def clock(first: Month, last: Month, at: Month, *, day: int | None = None, by_days: bool = False) -> Clock:
    """Return how much of the time from one month to another has passed at the end of a month, or of a day of it.

    By months, a day counts as a fraction of its month: 27 July is 6 27/31 months.

    Args:
        first: the first month of the target's time.
        last: its last month, to its end.
        at: the month at which the judged period ends.
        day: the day of that month at which it ends; None for the end of the month.
        by_days: whether days are counted instead of months.
    """
    whole = months(first, last)
    if not by_days:
        passed = Fraction(months(first, at))
        if day is not None:
            passed -= 1 - Fraction(day, monthrange(*at)[1])
        return Clock(_within(passed, Fraction(whole)), Fraction(whole))
    start = dt.date(*first, 1)
    total = (_end(last) - start).days + 1
    now = _end(at) if day is None else dt.date(*at, day)
    return Clock(_within(Fraction((now - start).days + 1), Fraction(total)), Fraction(total), TimeUnit.DAY)


def months(first: Month, last: Month) -> int:
    """Return the number of months from one to another, both included."""
    return (last[0] - first[0]) * _YEAR + last[1] - first[1] + 1


def _end(month: Month) -> dt.date:
    return dt.date(*month, monthrange(*month)[1])


def _within(passed: Fraction, total: Fraction) -> Fraction:
    return min(max(passed, Fraction(0)), total)
