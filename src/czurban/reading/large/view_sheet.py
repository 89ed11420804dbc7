"""Rows of a large file that are read one here and one there: a sheet without rows that knows where its cells stand."""

from collections.abc import Callable, Sequence

from czurban.model.place import Place
from czurban.reading.csv_sheet import CsvSheet
from czurban.reading.sheet import Merge, Row

LineText = Callable[[int], Sequence[str]]
"""The physical lines from one on, as many as a record may take."""


class ViewSheet:
    """A sheet for `RowReader`: places by a row's own cells, or by the file's lines where cells may be quoted."""

    name = ""
    ragged = True
    merges: Sequence[Merge] = ()
    hidden_rows: Sequence[int] = ()
    hidden_columns: Sequence[int] = ()
    refused = 0
    cut = None

    def __init__(
        self,
        file: str,
        *,
        columns: bool,
        delimiter: str = ",",
        lines: LineText | None = None,
        rows: Sequence[Row] = (),
    ) -> None:
        """Set it up.

        Args:
            file: the name that places carry.
            columns: whether a place tells the column too, as in text; rows of other files have none.
            delimiter: what stands between cells.
            lines: the file's lines, where cells may be quoted.
            rows: its first rows, where a header is to be found in them.
        """
        self.rows = rows
        self.file, self.columns, self.delimiter, self.lines = file, columns, delimiter, lines

    @classmethod
    def like(cls, other: "ViewSheet", rows: Sequence[Row]) -> "ViewSheet":
        """The same file with other rows."""
        return cls(other.file, columns=other.columns, delimiter=other.delimiter, lines=other.lines, rows=rows)

    def place(self, row: Row, column: int | None = None) -> Place:
        """The line, and the column counted in characters from 1, where the cell begins."""
        if column is None or column >= len(row.cells) or not self.columns:
            return Place(self.file, row.number or None)  # the names of a table's own columns stand on no line
        if self.lines is None:
            return Place(self.file, row.number, sum(map(len, row.cells[:column])) + column + 1)
        one = CsvSheet(self.file, self.lines(row.number), (), self.delimiter)
        found = one.place(Row(1, row.cells), column)
        return found._replace(line=row.number + (found.line or 1) - 1)
