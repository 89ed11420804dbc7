"""How a sheet of a workbook is laid out, beside its values: formats, what is hidden, what is merged, how large."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from czurban.reading.sheet import Merge


@dataclass(slots=True)
class Layout:
    """What a format tells of one sheet; rows and columns are counted from 0, `height` and `width` count cells in use.

    `formats` are the number formats of cells that show more than their number, or another one. `texts` are the cells
    for which python-calamine gives nothing or a wrong figure: errors, and formulas without a stored result as `=…`.
    `struck` are cells whose text is struck through.
    Hidden rows and columns are ranges, since a program that hides all columns behind the last writes one range.
    """

    percents: set[tuple[int, int]] = field(default_factory=set)
    formats: dict[tuple[int, int], str] = field(default_factory=dict)
    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    struck: set[tuple[int, int]] = field(default_factory=set)
    hidden_rows: list[range] = field(default_factory=list)
    hidden_columns: list[range] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    height: int = 0
    width: int = 0

    def see(self, row: int, column: int) -> None:
        """Take notice of a cell in use."""
        self.height = max(self.height, row + 1)
        self.width = max(self.width, column + 1)


def inside(ranges: Iterable[range], end: int) -> frozenset[int]:
    """The numbers of the ranges that are smaller than `end`."""
    return frozenset(number for one in ranges for number in range(one.start, min(one.stop, end)))
