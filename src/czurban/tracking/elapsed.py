"""Count how much of a target's time has passed, by months or by days."""

import datetime as dt
from calendar import monthrange
from fractions import Fraction
from typing import NamedTuple

from czurban.model.indicator import Indicator
from czurban.model.over_time.pace import Clock, TimeUnit
from czurban.model.period import Period

Month = tuple[int, int]
"""A year and a month."""
_YEAR = 12
_TWO_YEARS = 24


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


class Moment(NamedTuple):
    """When a pace is taken: the first month of the time, and the month, or the day in it, at which the period ends."""

    first: Month
    at: Month
    day: int | None = None

    @classmethod
    def at_end(cls, first: Month, period: Period) -> "Moment":
        """Return the moment at which a period ends: the end of its last month, or the day of that month."""
        return cls(first, period.end, period.day or None)


def clock_of(indicator: Indicator, moment: Moment) -> Clock:
    """Return how much of an indicator's time has passed, by months or days as the plan says."""
    last = indicator.target.deadline.end
    return clock(moment.first, last, moment.at, day=moment.day, by_days=indicator.by_days)


class RateSpan(NamedTuple):
    """The unit in which rates are counted, and how many of it have passed and are left."""

    unit: TimeUnit
    passed: Fraction
    left: Fraction


def rate_span(time: Clock) -> RateSpan:
    """Count rates by day where days are counted, by year where the time is longer than two years, else by month."""
    if time.unit is TimeUnit.MONTH and time.total > _TWO_YEARS:
        return RateSpan(TimeUnit.YEAR, time.passed / _YEAR, time.left / _YEAR)
    return RateSpan(time.unit, time.passed, time.left)
