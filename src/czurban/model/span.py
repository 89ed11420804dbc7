"""All the values a figure may stand for: a closed stretch of numbers, with arithmetic that never loses one of them."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import product


@dataclass(frozen=True, slots=True)
class Span:
    """The numbers from `low` to `high`, both included; None is no end on that side."""

    low: Fraction | None
    high: Fraction | None

    @classmethod
    def rounded(cls, printed: Decimal) -> "Span":
        """The values that round to a printed figure: 6.03 stands for 6.025 to 6.035.

        A whole number's trailing zeros count as digits, since nobody knows whether they were rounded.
        """
        exponent = printed.as_tuple().exponent
        half = Fraction(1, 2 * 10 ** max(0, -exponent if isinstance(exponent, int) else 0))
        return cls(Fraction(printed) - half, Fraction(printed) + half)

    @classmethod
    def point(cls, value: Fraction) -> "Span":
        """One value and no other."""
        return cls(value, value)

    @classmethod
    def exactly(cls, printed: Decimal) -> "Span":
        """A printed figure as it stands, for showing a sum."""
        return cls.point(Fraction(printed))

    def __add__(self, other: "Span") -> "Span":
        return Span(_plus(self.low, other.low), _plus(self.high, other.high))

    def __sub__(self, other: "Span") -> "Span":
        return self + Span(_minus(other.high), _minus(other.low))

    def times(self, factor: Fraction) -> "Span":
        """Every value so many times; the factor is above zero."""
        return Span(_times(self.low, factor), _times(self.high, factor))

    def __mul__(self, other: "Span") -> "Span | None":
        """Multiply; None where an end is missing and a side may be below zero, when nothing can be said."""
        if not (self._ends and other._ends):
            return self._mul_open(other)
        ends = [a * b for a, b in product(self._ends, other._ends)]
        return Span(min(ends), max(ends))

    def __truediv__(self, other: "Span") -> "Span | None":
        """Divide; None where the divisor may be zero."""
        if other.high is not None and other.high < 0:
            return (_ZERO - self) / (_ZERO - other)
        if other.low is None or other.low <= 0:
            return None
        return self * Span(Fraction(0) if other.high is None else 1 / other.high, 1 / other.low)

    def meets(self, other: "Span") -> bool:
        """Whether some value is in both."""
        return not (_below(self, other) or _below(other, self))

    def within(self, other: "Span") -> "Span":
        """What is in both; only to be asked where `meets` holds."""
        lows = [low for low in (self.low, other.low) if low is not None]
        highs = [high for high in (self.high, other.high) if high is not None]
        return Span(max(lows, default=None), min(highs, default=None))

    @property
    def _ends(self) -> tuple[Fraction, ...]:
        return () if self.low is None or self.high is None else (self.low, self.high)

    def _mul_open(self, other: "Span") -> "Span | None":
        if self.low is None or other.low is None or self.low < 0 or other.low < 0:
            return None
        return Span(self.low * other.low, None)


_ZERO = Span(Fraction(0), Fraction(0))
NOT_NEGATIVE = Span(Fraction(0), None)
"""What a quantity of people, land or works can be."""


def _below(one: Span, other: Span) -> bool:
    return one.high is not None and other.low is not None and one.high < other.low


def _plus(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    return None if one is None or other is None else one + other


def _minus(value: Fraction | None) -> Fraction | None:
    return None if value is None else -value


def _times(value: Fraction | None, factor: Fraction) -> Fraction | None:
    return None if value is None else value * factor
