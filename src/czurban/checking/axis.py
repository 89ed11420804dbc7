"""The line of all values, cut where a doubt may begin or end, and the stretches of it that are sure."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import groupby
from typing import NamedTuple

End = tuple[Fraction | None, bool]
"""An end of a stretch, None where it has none, and whether the end itself is inside."""


class Stretch(NamedTuple):
    """Values between two ends."""

    low: End
    high: End


class Axis:
    """Stretches over which nothing is doubted.

    Between two neighbouring points the answer is the same everywhere, so that one value in the middle stands for all.
    So the line is a row of cells, gap, point, gap … gap, each asked at most once, since asking is what takes time.
    """

    def __init__(self, points: Sequence[Fraction], doubted: Callable[[Fraction], bool]) -> None:
        """Set it up.

        Args:
            points: where the answer may change, in order, each once, at least one.
            doubted: whether a value is doubted.
        """
        self._points = points
        self._doubted = doubted
        self._known: dict[int, bool] = {}

    def around(self, value: Fraction) -> Stretch | None:
        """The stretch that holds a value; None if the value itself is doubted."""
        cell = self._cell(value)
        if not self._is_sure(cell):
            return None
        first = last = cell
        while first > 0 and self._is_sure(first - 1):
            first -= 1
        while last < 2 * len(self._points) and self._is_sure(last + 1):
            last += 1
        return self._stretch(first, last)

    def stretches(self) -> Sequence[Stretch]:
        """All stretches, in order."""
        runs = (list(cells) for sure, cells in groupby(range(2 * len(self._points) + 1), self._is_sure) if sure)
        return [self._stretch(cells[0], cells[-1]) for cells in runs]

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

    def _stretch(self, first: int, last: int) -> Stretch:
        low = (self._points[(first - 1) // 2], first % 2 == 1) if first > 0 else (None, False)
        high = (self._points[last // 2], last % 2 == 1) if last < 2 * len(self._points) else (None, False)
        return Stretch(low, high)
