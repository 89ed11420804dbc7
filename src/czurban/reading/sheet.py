"""A table whose cells know their address, whatever file it came from."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from czurban.model.place import Place


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
