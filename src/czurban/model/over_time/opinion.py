"""Define what methods look at and say: the way from baseline to target, and an opinion about where a series leads."""

from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from czurban.model.target import Interval


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
