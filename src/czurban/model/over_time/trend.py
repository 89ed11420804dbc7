"""Define the series of an indicator over periods, and the opinions of methods about where it leads."""

from collections.abc import Iterable
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from czurban.model.finding import Place
from czurban.model.indicator import Indicator, IndicatorKind
from czurban.model.over_time.pace import Pace
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.model.target import Interval


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
        return self.indicator.kind in (IndicatorKind.FLOW, IndicatorKind.WORKS)

    @property
    def last(self) -> Point | None:
        """The newest figure; None where there is none."""
        return self.points[-1] if self.points else None

    def until(self, period: Period) -> "Series":
        """Return the series up to the end of a period."""
        return self._replace(points=tuple(point for point in self.points if point.period.end <= period.end))


def month_number(end: tuple[int, int]) -> int:
    """Return the number of a year and month, so that differences are months."""
    year, month = end
    return 12 * year + month


class Course(NamedTuple):
    """What a method looks at: where the indicator started, where it is, and where it has to be at the deadline.

    Times are numbers of months (`month_number`). `baseline` and `target` are None where the plan prints no baseline or
    the baseline meets the target, so that there is no way to go. `points` are the known figures with their times, the
    newest last.
    """

    interval: Interval
    baseline: Fraction | None
    start: int
    target: Fraction | None
    end: int
    points: tuple[tuple[int, Fraction], ...]

    @property
    def now(self) -> int:
        """The time of the newest figure."""
        return self.points[-1][0]

    @property
    def actual(self) -> Fraction:
        """The newest figure."""
        return self.points[-1][1]

    @property
    def elapsed(self) -> Fraction:
        """The share of the time from start to end that has passed; 1 after the end."""
        return min(Fraction(1), Fraction(self.now - self.start, self.end - self.start))

    @property
    def is_over(self) -> bool:
        """Whether the newest figure is of the deadline or later, so that no time is left."""
        return self.now >= self.end


class Method(StrEnum):
    """The methods that give a second opinion (T5)."""

    LINEAR = "linear"
    HP = "hp"
    STATCAN = "statcan"
    DNS = "dns"


class Outlook(StrEnum):
    """What a method says; each method has its own classes."""

    ON_LINE = "on-line"
    BEHIND_LINE = "behind-line"
    OFF_LINE = "away-from-line"
    MET = "met"
    MISSED = "missed"
    IMPROVED = "improved"
    LITTLE_CHANGE = "little-change"
    WORSE = "worse"
    SIGNIFICANT = "significant"
    MODERATE = "moderate"
    INSUFFICIENT = "insufficient"
    MOVING_AWAY = "moving-away"
    REACHED = "reached"
    NEAR_MISS = "near-miss"
    FAR_MISS = "far-miss"
    WRONG_WAY = "wrong-way"
    NONE = "none"


class Silence(StrEnum):
    """Why a method says nothing."""

    NO_FIGURE = "no-figure"
    NO_BASELINE = "no-baseline"
    NO_WAY = "no-way"
    NOT_ABOVE_ZERO = "not-above-zero"
    TOO_FEW = "too-few"
    AS_IT_IS = "as-it-is"  # a growth rate or a mean is compared as it is, and goes no way
    NO_TIME = "no-time"


class Opinion(NamedTuple):
    """What a method says about an indicator, or why it says nothing.

    `measure` is the number that the class follows from. `toward` is whether the figure moves towards the target, and
    `in_time` whether it will be there at the deadline, as far as the method says so. `intervals` is how many changes
    were used, for a method that takes the mean of several, and `elapsed` the share of the time, for one that compares
    it.
    """

    method: Method
    outlook: Outlook
    measure: Fraction | None = None
    toward: bool | None = None
    in_time: bool | None = None
    silence: Silence | None = None
    intervals: int | None = None
    elapsed: Fraction | None = None


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
