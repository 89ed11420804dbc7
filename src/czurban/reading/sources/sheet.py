"""Describe sheets: rows, places and addresses of cells such as C7, and the layout of a workbook's sheet."""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import NamedTuple

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


def column_of(rows: Iterable[Row], at: int) -> list[str]:
    """Return the texts of a column as they are; empty ones for shorter rows."""
    return [cells[at] if at < len(cells) else "" for _, cells in rows]


class Sheet(ABC):
    """A table of any file: its rows with their cells, and the places of the cells.

    Attributes:
        name: the sheet's name; empty for a CSV file.
        rows: every row, blank ones included, in order.
        ragged: whether rows may have more or fewer cells than the header, as in CSV.
        merges: the merged ranges; a CSV file has none.
        hidden_rows: the numbers, from 1, of hidden rows that hold something; they are not among the rows.
        hidden_columns: the numbers, from 1, of hidden columns that hold something; their cells are empty in the rows.
        refused: how many rows could not be split into cells and are not among the rows.
        cut: the last row, where the file ends in the middle of it.
    """

    name: str = ""
    rows: Sequence[Row] = ()
    ragged: bool = False
    merges: Sequence[Merge] = ()
    hidden_rows: Sequence[int] = ()
    hidden_columns: Sequence[int] = ()
    refused: int = 0
    cut: Row | None = None

    @abstractmethod
    def place(self, row: Row, column: int | None = None) -> Place:
        """Return the place of the cell at a column index of a row; without a column, the place of the row."""


@dataclass(frozen=True)
class CellSheet(Sheet):
    """A sheet of a workbook without its hidden cells, or a table of a Word file: its places are cells such as C7.

    `struck` has the cells whose text is struck through, counted from 0.
    """

    file: str
    name: str
    rows: Sequence[Row]
    merges: Sequence[Merge] = ()
    hidden_rows: Sequence[int] = ()
    hidden_columns: Sequence[int] = ()
    struck: AbstractSet[tuple[int, int]] = frozenset()

    def place(self, row: Row, column: int | None = None) -> Place:
        """Return the place of a cell, or of the first cell of a row."""
        letters = column_letters((column or 0) + 1)
        return Place(self.file, sheet=self.name, cell=f"{letters}{row.number}")


def covered_texts(sheet: Sheet) -> Mapping[tuple[int, int], str]:
    """Return the text of each cell of a merged range, which is that of its first; rows and columns count from 0."""
    rows = {row.number - 1: row.cells for row in sheet.rows}
    texts: dict[tuple[int, int], str] = {}
    for merge in sheet.merges:
        cells = rows.get(merge.top, ())
        text = cells[merge.left] if merge.left < len(cells) else ""
        for row in range(merge.top, merge.bottom + 1):
            texts |= {(row, column): text for column in range(merge.left, merge.right + 1)}
    return texts


_CELL = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})")


def cell_at(address: str) -> tuple[int, int] | None:
    """Return row and column of an address, counted from 0, as 6 and 2 for C7; None for other texts."""
    match = _CELL.fullmatch(address)
    return (int(match[2]) - 1, column_number(match[1]) - 1) if match else None


def column_number(letters: str) -> int:
    """Return the number of a column: 1 for A, 26 for Z, 27 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """Return the letters of a column: A for 1, Z for 26, AA for 27."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def row_number(place: Place | None) -> int:
    """Return the row of a place, from 1: the line in a text, or the cell's row in a workbook; 0 where there is none."""
    if place is None:
        return 0
    digits = (place.cell or "").lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return place.line or (int(digits) if digits else 0)


@dataclass(slots=True)
class Layout:
    """The layout of one sheet; rows and columns are counted from 0, `height` and `width` are those of the cells in use.

    `formats` has the number formats of cells that show more than their number, or a different one. `texts` has the
    cells for which python-calamine gives nothing or a wrong value: errors, and formulas without a stored result as
    `=…`. `struck` has the cells whose text is struck through. Hidden rows and columns are ranges, since programs write
    one range for all columns behind the last.
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

    def include(self, row: int, column: int) -> None:
        """Extend height and width to a cell in use."""
        self.height = max(self.height, row + 1)
        self.width = max(self.width, column + 1)


def numbers_below(ranges: Iterable[range], end: int) -> frozenset[int]:
    """Return the numbers in the ranges that are smaller than `end`."""
    return frozenset(number for numbers in ranges for number in range(numbers.start, min(numbers.stop, end)))
