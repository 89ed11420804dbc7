"""What an indicator must satisfy: an interval with a direction. Only this file knows which way is better.

What a submission says of the plan itself: a target or a baseline printed beside a value.

All the values a figure may stand for: a closed stretch of numbers, with arithmetic that never loses one of them.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import product
from typing import NamedTuple

from czurban.model.finding import Place
from czurban.model.period import Period
from czurban.model.unit import Unit


class Direction(StrEnum):
    """Which way is better; declared by the target, never inferred from the baseline."""

    FLOOR = "floor"
    CEILING = "ceiling"
    RANGE = "range"
    EXACT = "exact"


class Basis(StrEnum):
    """Whether the plan's own words settle the direction, or somebody had to read it so."""

    PRINTED = "printed"
    INTERPRETED = "interpreted"


@dataclass(frozen=True, slots=True)
class Interval:
    """The values that satisfy a target: [40, ∞) for ≥40, (−∞, 4.5] for ≤4.5, [6, 6.5] for 6~6.5.

    Bounds are in the indicator's unit; None is no bound on that side; an open end excludes its bound. One without any
    bound is no target: nothing is judged by it.
    """

    low: Decimal | None = None
    high: Decimal | None = None
    low_open: bool = False
    high_open: bool = False

    def __contains__(self, value: Fraction) -> bool:
        """Whether the value satisfies the target, by exact comparison."""
        if self.low is not None and (value < Fraction(self.low) or (self.low_open and value == Fraction(self.low))):
            return False
        return self.high is None or (
            value < Fraction(self.high) or (not self.high_open and value == Fraction(self.high))
        )

    def gap(self, value: Fraction) -> Fraction:
        """Return the distance to the nearest bound, positive inside and negative outside (差距).

        At an open bound the distance is 0 although the value is outside: the verdict tells, not the gap.
        """
        rooms = []
        if self.low is not None:
            rooms.append(value - Fraction(self.low))
        if self.high is not None:
            rooms.append(Fraction(self.high) - value)
        return min(rooms)

    @property
    def direction(self) -> Direction:
        """Which way is better."""
        if self.high is None:
            return Direction.FLOOR
        if self.low is None:
            return Direction.CEILING
        return Direction.EXACT if self.low == self.high else Direction.RANGE

    @property
    def bound(self) -> Decimal | None:
        """The one figure a floor, a ceiling or an exact target names; None for a range."""
        if self.direction is Direction.RANGE:
            return None
        return self.low if self.low is not None else self.high

    def edge(self, value: Fraction) -> Fraction:
        """Return the bound that a value outside has to reach: the nearest end."""
        if self.high is None or (self.low is not None and value <= Fraction(self.low)):
            return Fraction(self.low or 0)
        return Fraction(self.high)

    @property
    def is_empty(self) -> bool:
        """Whether no value at all could satisfy it."""
        if self.low is None or self.high is None:
            return False
        return self.low > self.high or (self.low == self.high and (self.low_open or self.high_open))

    def __str__(self) -> str:
        """The rule as the plan's own files write it: ≥41, ≤4.5, >0, <5, 6~6.5, =100; a dash where there is none."""
        if self.low is None and self.high is None:
            return "—"
        match self.direction:
            case Direction.FLOOR:
                return f"{'>' if self.low_open else '≥'}{self.low}"
            case Direction.CEILING:
                return f"{'<' if self.high_open else '≤'}{self.high}"
            case Direction.EXACT:
                return f"={self.low}"
            case _:
                return f"{self.low}~{self.high}"

    def worse(self, one: Fraction, other: Fraction) -> bool:
        """Whether the first value lies on the worse side of the second, for notes beside a verdict."""
        match self.direction:
            case Direction.FLOOR:
                return one < other
            case Direction.CEILING:
                return one > other
            case _:
                return False


class Baseline(NamedTuple):
    """The figure the plan starts from: as printed, as a number in the indicator's unit, and whether 约 stood there."""

    printed: str
    value: Decimal | None
    approximate: bool = False


class Target(NamedTuple):
    """The rule an indicator must satisfy by a date, with its baseline and how the direction is known."""

    interval: Interval
    deadline: Period
    baseline: Baseline | None = None
    basis: Basis = Basis.PRINTED
    reason: str = ""


class StatedKind(StrEnum):
    """Which of the plan's figures a column repeats."""

    TARGET = "target"
    BASELINE = "baseline"


class StatedValue(NamedTuple):
    """A target or baseline as a submission prints it, to be held against the plan's own and never used instead.

    `interval` where the text states a rule such as ≥41, `amount` where it is a bare number, neither where it cannot be
    read. Both are in `unit`; None means that none was given and the plan's is taken. `region` is that of its row, as
    written; empty where it has none.
    """

    what: StatedKind
    indicator: str
    raw: str
    place: Place
    amount: Decimal | None = None
    interval: Interval | None = None
    unit: Unit | None = None
    region: str = ""


@dataclass(frozen=True, slots=True)
class NumberRange:
    """The numbers from `low` to `high`, both included; None is no end on that side."""

    low: Fraction | None
    high: Fraction | None

    @classmethod
    def rounded(cls, printed: Decimal) -> "NumberRange":
        """The values that round to a printed figure: 6.03 stands for 6.025 to 6.035.

        A whole number's trailing zeros count as digits, since nobody knows whether they were rounded.
        """
        exponent = printed.as_tuple().exponent
        half = Fraction(1, 2 * 10 ** max(0, -exponent if isinstance(exponent, int) else 0))
        return cls(Fraction(printed) - half, Fraction(printed) + half)

    @classmethod
    def point(cls, value: Fraction) -> "NumberRange":
        """One value and no other."""
        return cls(value, value)

    @classmethod
    def exactly(cls, printed: Decimal) -> "NumberRange":
        """A printed figure as it stands, for showing a sum."""
        return cls.point(Fraction(printed))

    def __add__(self, other: "NumberRange") -> "NumberRange":
        return NumberRange(_plus(self.low, other.low), _plus(self.high, other.high))

    def __sub__(self, other: "NumberRange") -> "NumberRange":
        return self + NumberRange(_minus(other.high), _minus(other.low))

    def times(self, factor: Fraction) -> "NumberRange":
        """Every value so many times; the factor is above zero."""
        return NumberRange(_times(self.low, factor), _times(self.high, factor))

    def __mul__(self, other: "NumberRange") -> "NumberRange | None":
        """Multiply; None where an end is missing and a side may be below zero, when nothing can be said."""
        if not (self._ends and other._ends):
            return self._mul_open(other)
        ends = [a * b for a, b in product(self._ends, other._ends)]
        return NumberRange(min(ends), max(ends))

    def __truediv__(self, other: "NumberRange") -> "NumberRange | None":
        """Divide; None where the divisor may be zero."""
        if other.high is not None and other.high < 0:
            return (_ZERO - self) / (_ZERO - other)
        if other.low is None or other.low <= 0:
            return None
        return self * NumberRange(Fraction(0) if other.high is None else 1 / other.high, 1 / other.low)

    def meets(self, other: "NumberRange") -> bool:
        """Whether some value is in both."""
        return not (_below(self, other) or _below(other, self))

    def within(self, other: "NumberRange") -> "NumberRange":
        """What is in both; only to be asked where `meets` holds."""
        lows = [low for low in (self.low, other.low) if low is not None]
        highs = [high for high in (self.high, other.high) if high is not None]
        return NumberRange(max(lows, default=None), min(highs, default=None))

    @property
    def _ends(self) -> tuple[Fraction, ...]:
        return () if self.low is None or self.high is None else (self.low, self.high)

    def _mul_open(self, other: "NumberRange") -> "NumberRange | None":
        if self.low is None or other.low is None or self.low < 0 or other.low < 0:
            return None
        return NumberRange(self.low * other.low, None)


_ZERO = NumberRange(Fraction(0), Fraction(0))
NOT_NEGATIVE = NumberRange(Fraction(0), None)
"""What a quantity of people, land or works can be."""


def _below(one: NumberRange, other: NumberRange) -> bool:
    return one.high is not None and other.low is not None and one.high < other.low


def _plus(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    return None if one is None or other is None else one + other


def _minus(value: Fraction | None) -> Fraction | None:
    return None if value is None else -value


def _times(value: Fraction | None, factor: Fraction) -> Fraction | None:
    return None if value is None else value * factor
