"""A table whose cells know their address, whatever file it came from.

Addresses of cells as spreadsheets write them: C7, and the letters of a column.

How a sheet of a workbook is laid out, beside its values: formats, what is hidden, what is merged, how large.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from czurban.model.finding import Place


class Merge(NamedTuple):
    """A merged range: first and last row and column, counted from 0, both included."""

    top: int
    left: int
    bottom: int
    right: int


class Row(NamedTuple):
    """The texts of one row and the number of its first line in the file (CSV) or of the row (workbook), from 1."""

    number: int
    cells: Sequence[str]


class Sheet(Protocol):
    """What a reader of rows needs: the rows, a name if it has one, and the place of a cell."""

    @property
    def name(self) -> str:
        """The sheet's name; empty for a CSV file."""
        ...

    @property
    def rows(self) -> Sequence[Row]:
        """Every row, blank ones included, in order."""
        ...

    @property
    def ragged(self) -> bool:
        """Whether rows may have more or fewer cells than the header; a workbook's never have."""
        ...

    @property
    def merges(self) -> Sequence[Merge]:
        """Merged ranges; a CSV file has none."""
        ...

    @property
    def hidden_rows(self) -> Sequence[int]:
        """The numbers, from 1, of hidden rows that hold something; they are not among the rows."""
        ...

    @property
    def hidden_columns(self) -> Sequence[int]:
        """The numbers, from 1, of hidden columns that hold something; their cells are empty in the rows."""
        ...

    @property
    def refused(self) -> int:
        """How many rows could not be split into cells at all and are not among the rows."""
        ...

    @property
    def cut(self) -> Row | None:
        """The last row, where the file ends in the middle of it."""
        ...

    def place(self, row: Row, column: int | None = None) -> Place:
        """Where the cell of that row and column index stands; without a column, where the row does."""
        ...


_CELL = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})")


def cell_at(address: str) -> tuple[int, int] | None:
    """C7 to row 6 and column 2, counted from 0; None for what is no address."""
    found = _CELL.fullmatch(address)
    return (int(found[2]) - 1, column_number(found[1]) - 1) if found else None


def column_number(letters: str) -> int:
    """A to 1, Z to 26, AA to 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """1 to A, 26 to Z, 27 to AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def row_number(place: Place | None) -> int:
    """Return the row of a place, from 1: its line in a text, its cell's row in a workbook; 0 where it names none."""
    if place is None:
        return 0
    digits = (place.cell or "").lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return place.line or (int(digits) if digits else 0)


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
