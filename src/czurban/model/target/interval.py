"""Define intervals: the values that meet a target, with a preferred direction, and ranges that figures stand for.

This is the only module that branches on the direction of a target; every other module calls the methods of `Interval`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from itertools import product

from czurban.model.finding import Message, say


@dataclass(frozen=True, slots=True)
class NumberRange:
    """The numbers from `low` to `high`, both included; None means no end on that side.

    A rounded figure stands for such a range, and arithmetic on ranges never loses a possible value.
    """

    low: Fraction | None
    high: Fraction | None

    @classmethod
    def rounded(cls, printed: Decimal) -> "NumberRange":
        """Return the values that round to a printed figure: 6.03 stands for 6.025 to 6.035.

        The trailing zeros of a whole number count as digits, since they may be exact.
        """
        half = Fraction(1, 2 * 10 ** decimals(printed))
        return cls(Fraction(printed) - half, Fraction(printed) + half)

    @classmethod
    def point(cls, value: Fraction | Decimal | int) -> "NumberRange":
        """Return the range of a single value."""
        exact = Fraction(value)
        return cls(exact, exact)

    def __add__(self, other: "NumberRange") -> "NumberRange":
        low = None if self.low is None or other.low is None else self.low + other.low
        high = None if self.high is None or other.high is None else self.high + other.high
        return NumberRange(low, high)

    def __sub__(self, other: "NumberRange") -> "NumberRange":
        low, high = (None if end is None else -end for end in (other.low, other.high))
        return self + NumberRange(high, low)

    def widened(self, places: int | None) -> "NumberRange":
        """Return every value that rounds to one of these at so many decimals; the same values for None."""
        half = Fraction(0) if places is None else Fraction(1, 2 * 10**places)
        return self + NumberRange(-half, half)

    def times(self, factor: Fraction) -> "NumberRange":
        """Multiply every value by a factor above zero."""
        low = None if self.low is None else self.low * factor
        return NumberRange(low, low if self.low is self.high else None if self.high is None else self.high * factor)

    def __mul__(self, other: "NumberRange") -> "NumberRange | None":
        """Multiply; None where an end is missing and a side may be below zero, which decides nothing."""
        if self.low is not None and self.high is not None and other.low is not None and other.high is not None:
            ends = [a * b for a, b in product((self.low, self.high), (other.low, other.high))]
            return NumberRange(min(ends), max(ends))
        if self.low is None or other.low is None or self.low < 0 or other.low < 0:
            return None
        return NumberRange(self.low * other.low, None)

    def __truediv__(self, other: "NumberRange") -> "NumberRange | None":
        """Divide; None where the divisor may be zero."""
        if other.high is not None and other.high < 0:
            return (NumberRange.point(0) - self) / (NumberRange.point(0) - other)
        if other.low is None or other.low <= 0:
            return None
        return self * NumberRange(Fraction(0) if other.high is None else 1 / other.high, 1 / other.low)

    def meets(self, other: "NumberRange") -> bool:
        """Return whether some value is in both."""
        ends = ((self.high, other.low), (other.high, self.low))
        return not any(high is not None and low is not None and high < low for high, low in ends)

    def within(self, other: "NumberRange") -> "NumberRange":
        """Return the values in both; only valid where `meets` holds."""
        lows = [low for low in (self.low, other.low) if low is not None]
        highs = [high for high in (self.high, other.high) if high is not None]
        return NumberRange(max(lows, default=None), min(highs, default=None))


NOT_NEGATIVE = NumberRange(Fraction(0), None)
"""The values that a quantity of people, land or works can have."""


def decimals(printed: Decimal | None) -> int:
    """Return how many decimals a printed figure has; 0 without a figure."""
    exponent = printed.as_tuple().exponent if printed is not None else 0
    return max(0, -exponent if isinstance(exponent, int) else 0)


class Direction(StrEnum):
    """Which values are better: declared by the target, never inferred from the baseline (R2)."""

    FLOOR = "floor"
    CEILING = "ceiling"
    RANGE = "range"
    EXACT = "exact"


@dataclass(frozen=True, slots=True)
class Interval:
    """The values that meet a target: [40, ∞) for ≥40, (−∞, 4.5] for ≤4.5, [6, 6.5] for 6~6.5.

    Bounds are in the indicator's unit. None means no bound on that side, and an open end excludes its bound. An
    interval without any bound stands for “no target”; nothing is judged by it. `words` are shown in place of the bounds
    where a target is no mere interval: 应划尽划, 高于全国平均.
    """

    low: Decimal | None = None
    high: Decimal | None = None
    low_open: bool = False
    high_open: bool = False
    words: str = field(default="", compare=False)

    def __contains__(self, value: Fraction) -> bool:
        """Return whether the value meets the target: low ≤ value ≤ high, or < at an open end, compared exactly (R1)."""
        low, high = self.bounds
        if low is not None and (value < low or (self.low_open and value == low)):
            return False
        return high is None or value < high or (not self.high_open and value == high)

    @property
    def has_bound(self) -> bool:
        """Whether it asks for anything; an interval without a bound stands for “no target”."""
        return self.low is not None or self.high is not None

    def gap(self, value: Fraction) -> Fraction:
        """Return the distance to the nearest bound (差距), positive inside: min(value − low, high − value) (R8).

        At an open bound the distance is 0 although the value is outside.
        """
        return min(self._distances(value))[0]

    def completion(self, value: Fraction) -> Fraction | None:
        """Return value ÷ bound (完成率), uncapped, for floors; None for ceilings, ranges and a bound of 0 (R8)."""
        return value / Fraction(self.low) if self.direction is Direction.FLOOR and self.low else None

    def shortfall(self, value: Fraction) -> Fraction | None:
        """Return how far a value is outside as a share of the nearest bound, below zero inside; None if that is 0."""
        gap, bound = min(self._distances(value))
        return -gap / abs(bound) if bound else None

    def _distances(self, value: Fraction) -> list[tuple[Fraction, Fraction]]:
        """Return how far a value is inside of each bound, with the bound."""
        low, high = self.bounds
        return [*([] if low is None else [(value - low, low)]), *([] if high is None else [(high - value, high)])]

    @property
    def direction(self) -> Direction:
        """Which values are better."""
        if self.high is None:
            return Direction.FLOOR
        if self.low is None:
            return Direction.CEILING
        return Direction.EXACT if self.low == self.high else Direction.RANGE

    @property
    def direction_name(self) -> Message:
        """The direction as a phrase of a sentence."""
        return _DIRECTION_NAMES[self.direction]

    @property
    def bound(self) -> Decimal | None:
        """The single number of a floor, a ceiling or an exact target; None for a range."""
        if self.direction is Direction.RANGE:
            return None
        return self.low if self.low is not None else self.high

    @property
    def exact_bound(self) -> Fraction | None:
        """The bound as a fraction."""
        return exact_or_none(self.bound)

    def edge(self, value: Fraction) -> Fraction:
        """Return the bound that a value outside the interval has to reach: the nearest end."""
        if self.high is None or (self.low is not None and value <= Fraction(self.low)):
            return Fraction(self.low or 0)
        return Fraction(self.high)

    def is_only(self, value: Fraction) -> bool:
        """Return whether the value meets the target and no other does."""
        return value in self and self.low == self.high

    @property
    def is_empty(self) -> bool:
        """Whether no value can meet it."""
        if self.low is None or self.high is None:
            return False
        return self.low > self.high or (self.low == self.high and (self.low_open or self.high_open))

    def intersect(self, other: "Interval") -> "Interval":
        """Return the values that are in both intervals; the result is empty where there are none."""
        low = max(self, other, key=_low_order)
        high = min(self, other, key=_high_order)
        return Interval(low.low, high.high, low.low_open, high.high_open)

    def covers(self, other: "Interval") -> bool:
        """Return whether every value of another interval is in this one."""
        return self.intersect(other) == other

    def join(self, other: "Interval") -> "Interval | None":
        """Return the values of both intervals; None where some between them are in neither."""
        lower, upper = sorted((self, other), key=_low_order)
        if lower.high is not None and upper.low is not None:
            neither = lower.high_open and upper.low_open
            if lower.high < upper.low or (lower.high == upper.low and neither):
                return None
        high = max(self, other, key=_high_order)
        return Interval(lower.low, high.high, lower.low_open, high.high_open)

    def __str__(self) -> str:
        """Return the rule as plan files write it: ≥41, ≤4.5, >0, <5, 6~6.5, (30, 35], =100; a dash without a bound."""
        if self.words or not self.has_bound:
            return self.words or "—"
        match self.direction:
            case Direction.FLOOR:
                return f"{'>' if self.low_open else '≥'}{self.low}"
            case Direction.CEILING:
                return f"{'<' if self.high_open else '≤'}{self.high}"
            case Direction.EXACT:
                return f"={self.low}"
            case _ if self.low_open or self.high_open:
                return f"{'(' if self.low_open else '['}{self.low}, {self.high}{')' if self.high_open else ']'}"
            case _:
                return f"{self.low}~{self.high}"

    def in_unit(self, unit: str) -> str:
        """Write the rule with its unit behind it; words have none."""
        return self.words or f"{self}{unit}"

    def worse(self, value: Fraction, other: Fraction) -> bool:
        """Return whether a value is worse than another; False where neither direction is better."""
        return self.direction in _ONE_SIDED and self.past(value, other) < 0

    def past(self, value: Fraction, other: Fraction) -> Fraction:
        """Return how far a value is past another in the target's direction; below zero too where none is better."""
        if self.direction is Direction.FLOOR:
            return value - other
        return other - value if self.direction is Direction.CEILING else -abs(value - other)

    def is_above(self, value: Fraction) -> bool:
        """Return whether a value is above the upper bound, or on it where the bound is excluded."""
        return self.high is not None and value >= Fraction(self.high) and value not in self

    def best_first(self, values: Iterable[Fraction]) -> list[Fraction] | None:
        """Sort values, the better ones first; None where neither direction is better (R12)."""
        if self.direction not in _ONE_SIDED or not self.has_bound:
            return None
        return sorted(values, reverse=self.direction is Direction.FLOOR)

    def same_direction(self, other: "Interval") -> bool:
        """Return whether both intervals have the same direction."""
        return self.direction is other.direction

    def same_rule(self, other: "Interval") -> bool:
        """Return whether both have the same direction and include or exclude their bounds alike, whatever these are."""
        ends = (self.low_open, self.high_open)
        return self.same_direction(other) and ends == (other.low_open, other.high_open)

    def with_bound(self, bound: Decimal) -> "Interval | None":
        """Return the same rule with another bound (≥40 with 41 is ≥41); None for a range, which has two."""
        if self.direction is Direction.RANGE:
            return None
        low, high = (None if end is None else bound for end in (self.low, self.high))
        return Interval(low, high, self.low_open, self.high_open)

    def shifted(self, by: Decimal) -> "Interval":
        """Return the same rule with every bound moved by a number: ≥1 from 77.3 is ≥78.3."""
        low, high = (None if end is None else end + by for end in (self.low, self.high))
        return Interval(low, high, self.low_open, self.high_open)

    def closed(self) -> NumberRange:
        """Return the values of the interval, both bounds included."""
        return NumberRange(*self.bounds)

    def opposite(self) -> NumberRange | None:
        """Return the values on the other side of the bound; None where there is no single other side."""
        low, high = self.bounds
        return NumberRange(high, low) if self.direction in _ONE_SIDED else None

    def plausible(self) -> NumberRange:
        """Return the values that are plausible where there is no baseline (S268).

        These are ½ to 3 times the bounds, from ⅛ for a ceiling; all values where a bound is below 0 or there is none.
        """
        bounds = [bound for bound in self.bounds if bound is not None]
        if not bounds or min(bounds) < 0:
            return NumberRange(None, None)
        low, high = min(bounds), max(bounds)
        least = _LEAST_UNDER_A_CEILING if self.direction is Direction.CEILING else _LEAST_TIMES
        return NumberRange(low * least, high * _MOST_TIMES)

    @property
    def bounds(self) -> tuple[Fraction | None, Fraction | None]:
        """The bounds as fractions."""
        return exact_or_none(self.low), exact_or_none(self.high)


_ONE_SIDED = (Direction.FLOOR, Direction.CEILING)
_DIRECTION_NAMES = {
    Direction.FLOOR: say("a floor"),
    Direction.CEILING: say("a ceiling"),
    Direction.RANGE: say("a range"),
    Direction.EXACT: say("an exact figure"),
}
_LEAST_TIMES, _LEAST_UNDER_A_CEILING, _MOST_TIMES = Fraction(1, 2), Fraction(1, 8), 3


def _low_order(interval: Interval) -> tuple[bool, Decimal, bool]:
    """Order intervals by their lower end: none is the lowest, and of equal ones the open one is the higher."""
    return (interval.low is not None, interval.low or Decimal(0), interval.low_open)


def _high_order(interval: Interval) -> tuple[bool, Decimal, bool]:
    """Order intervals by their upper end: none is the highest, and of equal ones the open one is the lower."""
    return (interval.high is None, interval.high or Decimal(0), not interval.high_open)


def interval_of(sign: str, bound: Decimal) -> Interval:
    """Return the interval of a comparison with a bound; the sign is one of ≥ ≤ > < and =.

    Raises:
        ValueError: there is no such sign.
    """
    match sign:
        case "≥" | ">":
            return Interval(low=bound, low_open=sign == ">")
        case "≤" | "<":
            return Interval(high=bound, high_open=sign == "<")
        case "=":
            return Interval(bound, bound)
        case _:
            msg = f"{sign} compares nothing"
            raise ValueError(msg)


@lru_cache(maxsize=1 << 14)
def exact_or_none(value: Decimal | None) -> Fraction | None:
    """Return a decimal as a fraction; None for None."""
    return None if value is None else Fraction(value)
