"""Define ranges of numbers, for which rounded figures stand, and ranges without doubt, with exact arithmetic."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import groupby, product
from typing import NamedTuple


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
    def point(cls, value: Fraction | Decimal) -> "NumberRange":
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
            return (_ZERO - self) / (_ZERO - other)
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


_ZERO = NumberRange(Fraction(0), Fraction(0))
NOT_NEGATIVE = NumberRange(Fraction(0), None)
"""The values that a quantity of people, land or works can have."""


def decimals(printed: Decimal | None) -> int:
    """Return how many decimals a printed figure has; 0 without a figure."""
    exponent = printed.as_tuple().exponent if printed is not None else 0
    return max(0, -exponent if isinstance(exponent, int) else 0)


End = tuple[Fraction | None, bool]
"""An end of a range, None where it has none, and whether the end itself is inside."""


class ValueRange(NamedTuple):
    """Values between two ends."""

    low: End
    high: End


class PlausibleRange:
    """The ranges of values that are not doubted.

    Between two neighbouring points the answer is the same everywhere, so that a value in the middle stands for all.
    The line of values is split into cells (gap, point, gap … gap), and each is tested at most once, which takes time.
    """

    def __init__(self, points: Sequence[Fraction], doubted: Callable[[Fraction], bool]) -> None:
        """Remember what to test.

        Args:
            points: where the answer may change, in order, each once, at least one.
            doubted: returns whether a value is doubted.
        """
        self._points = points
        self._doubted = doubted
        self._known: dict[int, bool] = {}

    def around(self, value: Fraction) -> ValueRange | None:
        """Return the range that holds a value; None if the value itself is doubted."""
        cell = self._cell(value)
        if not self._is_sure(cell):
            return None
        first = last = cell
        while first > 0 and self._is_sure(first - 1):
            first -= 1
        while last < 2 * len(self._points) and self._is_sure(last + 1):
            last += 1
        return self._range(first, last)

    def ranges(self) -> Sequence[ValueRange]:
        """Return all ranges, in order."""
        runs = (list(cells) for sure, cells in groupby(range(2 * len(self._points) + 1), self._is_sure) if sure)
        return [self._range(cells[0], cells[-1]) for cells in runs]

    def _cell(self, value: Fraction) -> int:
        at = bisect_left(self._points, value)
        return 2 * at + (at < len(self._points) and self._points[at] == value)

    def _is_sure(self, cell: int) -> bool:
        if cell not in self._known:
            self._known[cell] = not self._doubted(self._value(cell))
        return self._known[cell]

    def _value(self, cell: int) -> Fraction:
        at, is_point = divmod(cell, 2)
        if is_point:
            return self._points[at]
        if at == 0:
            return self._points[0] - 1
        return (self._points[at - 1] + self._points[at]) / 2 if at < len(self._points) else self._points[-1] + 1

    def _range(self, first: int, last: int) -> ValueRange:
        low = (self._points[(first - 1) // 2], first % 2 == 1) if first > 0 else (None, False)
        high = (self._points[last // 2], last % 2 == 1) if last < 2 * len(self._points) else (None, False)
        return ValueRange(low, high)
