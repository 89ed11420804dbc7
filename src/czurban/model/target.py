"""What an indicator must satisfy: an interval with a direction. Only this file knows which way is better."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from czurban.model.period import Period


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
