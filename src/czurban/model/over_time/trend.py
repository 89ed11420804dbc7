"""Define the series of an indicator over periods, and the trend that it shows."""

from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from czurban.model.finding import Place
from czurban.model.indicator import SUMS, Indicator
from czurban.model.over_time.opinion import Opinion
from czurban.model.over_time.pace import Pace
from czurban.model.period import Period
from czurban.model.plan import Plan


class Point(NamedTuple):
    """A figure of a period, exact, in the indicator's unit, with its place and its text as sent.

    `added` is set where it is a sum of shorter periods, or comes from the plan's formula, and `together` where it
    is one of all years of the plan so far, such as their sum, which is never compared with that of a single year.
    """

    period: Period
    value: Fraction
    place: Place | None = None
    raw: str = ""
    approximate: bool = False
    added: bool = False
    together: bool = False


class Series(NamedTuple):
    """The figures of an indicator, in the order in which their periods end, at most one for each end.

    `unused` are the periods whose figures are in the files and in no point, such as months after a missing one.
    """

    indicator: Indicator
    points: tuple[Point, ...] = ()
    unused: tuple[Period, ...] = ()

    @property
    def is_sum(self) -> bool:
        """Whether the figures grow from zero each year."""
        return self.indicator.kind in SUMS

    @property
    def last(self) -> Point | None:
        """The newest figure; None where there is none."""
        return self.points[-1] if self.points else None

    def until(self, period: Period) -> "Series":
        """Return the series up to the end of a period."""
        return self._replace(points=tuple(point for point in self.points if point.period.end <= period.end))


class Movement(NamedTuple):
    """How far the newest figure differs from an earlier one; for a sum within a year, what was added since."""

    since: Period
    before: Fraction
    difference: Fraction


class Trend(NamedTuple):
    """What the figures of an indicator over time say.

    `drawn` are the points of a line: all that are comparable, and sums only of one year, or else of whole years.
    `required` is what the path asks for at the end of each month, or year of several, to the deadline. `to_last` and
    `to_year_before` are None where there is no figure that the newest one may be compared with.
    """

    plan: Plan
    period: Period
    series: Series
    pace: Pace | None = None
    drawn: tuple[Point, ...] = ()
    required: tuple[tuple[Period, Fraction], ...] = ()
    to_last: Movement | None = None
    to_year_before: Movement | None = None
    opinions: tuple[Opinion, ...] = ()

    def required_at(self, period: Period) -> Fraction | None:
        """Return what the path asks for at the end of a period; None where it asks for nothing."""
        return next((value for at, value in self.required if at.end == period.end), None)

    @property
    def differ_in_direction(self) -> bool:
        """Whether one method sees the figure move towards the target and another one does not."""
        return _differ(opinion.toward for opinion in self.opinions)

    @property
    def differ_in_time(self) -> bool:
        """Whether one method expects the target to be reached in time and another one does not."""
        return _differ(opinion.in_time for opinion in self.opinions)


def _differ(answers: Iterable[bool | None]) -> bool:
    return len({answer for answer in answers if answer is not None}) > 1
