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


class Moment(NamedTuple):
    """When a pace is taken: the first month of the time, and the month, or the day in it, at which the period ends."""

    first: Month
    at: Month
    day: int | None = None

    @classmethod
    def at_end(cls, first: Month, period: Period) -> "Moment":
        """Return the moment at which a period ends: the end of its last month, or the day of that month."""
        return cls(first, period.end, period.day or None)


def clock(moment: Moment, last: Month, *, by_days: bool = False) -> Clock:
    """Return how much of the time up to the end of a month has passed at a moment, in months or in days.

    By months, a day counts as a fraction of its month: 27 July is 6 27/31 months.
    """
    first, at, day = moment
    if by_days:
        start = dt.date(*first, 1)
        now = _end(at) if day is None else dt.date(*at, day)
        return _clock(Fraction((now - start).days + 1), (_end(last) - start).days + 1, TimeUnit.DAY)
    passed = Fraction(months(first, at))
    if day is not None:
        passed -= 1 - Fraction(day, monthrange(*at)[1])
    return _clock(passed, months(first, last), TimeUnit.MONTH)


def months(first: Month, last: Month) -> int:
    """Return the number of months from one to another, both included."""
    return (last[0] - first[0]) * _YEAR + last[1] - first[1] + 1


def _end(month: Month) -> dt.date:
    return dt.date(*month, monthrange(*month)[1])


def _clock(passed: Fraction, total: int, unit: TimeUnit) -> Clock:
    return Clock(min(max(passed, Fraction(0)), Fraction(total)), Fraction(total), unit)


def clock_of(indicator: Indicator, moment: Moment) -> Clock:
    """Return how much of an indicator's time has passed, by months or days as the plan says."""
    return clock(moment, indicator.target.deadline.end, by_days=indicator.by_days)


def rate_span(time: Clock) -> Clock:
    """Return a time in the unit of rates: days where days are counted, years if it is longer than two, else months."""
    if time.unit is TimeUnit.MONTH and time.total > _TWO_YEARS:
        return Clock(time.passed / _YEAR, time.total / _YEAR, TimeUnit.YEAR)
    return time
