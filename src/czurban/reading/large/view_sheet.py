"""A sheet of the rows that an engine hands to Python: it finds places from a row's cells or from the file's lines."""

from collections.abc import Callable, Sequence

from czurban.model.finding import Place
from czurban.model.text import visible
from czurban.reading.sources.csv_sheet import CsvSheet
from czurban.reading.sources.sheet import Row, Sheet

LineText = Callable[[int], Sequence[str]]
"""Returns a physical line and those after it, as many as a record may have."""


class SeenRow(Row):
    """A row without its invisible characters; `written` are its cells as the file has them."""

    written: Sequence[str] = ()


def seen(row: Row) -> Row:
    """Return a row without invisible characters, as the rows of a sheet are."""
    text = "".join(row.cells)
    if visible(text) == text:
        return row
    plain = SeenRow(row.number, [*map(visible, row.cells)])
    plain.written = row.cells
    return plain


class ViewSheet(Sheet):
    """A sheet for `RowReader` that finds places from a row's cells, or from the file's lines where cells are quoted."""

    ragged = True

    def __init__(
        self,
        file: str,
        *,
        columns: bool,
        delimiter: str = ",",
        lines: LineText | None = None,
        rows: Sequence[Row] = (),
    ) -> None:
        """Describe the file.

        Args:
            file: the name of the file in places.
            columns: whether places have a column, as in text; rows of other files have none.
            delimiter: the delimiter of cells.
            lines: the lines of the file, where cells may be quoted.
            rows: the first rows, where a header is searched in them.
        """
        self.rows = rows
        self.file, self.columns, self.delimiter, self.lines = file, columns, delimiter, lines

    @classmethod
    def like(cls, other: "ViewSheet", rows: Sequence[Row]) -> "ViewSheet":
        """Return a sheet of the same file with other rows."""
        return cls(other.file, columns=other.columns, delimiter=other.delimiter, lines=other.lines, rows=rows)

    def place(self, row: Row, column: int | None = None) -> Place:
        """Return the line, and the column counted in characters from 1, where the cell begins."""
        if column is None or column >= len(row.cells) or not self.columns:
            return Place(self.file, row.number or None)  # the column names of a cluster's table have no line
        if self.lines is None:
            cells = row.written if isinstance(row, SeenRow) else row.cells
            return Place(self.file, row.number, sum(map(len, cells[:column])) + column + 1)
        sheet = CsvSheet(self.file, self.lines(row.number), self.delimiter)
        place = sheet.place(Row(1, row.cells), column)
        return place._replace(line=row.number + (place.line or 1) - 1)
