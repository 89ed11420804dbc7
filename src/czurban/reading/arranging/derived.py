"""A sheet made of another sheet's cells, each of which keeps its place in the file."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from czurban.model.finding import Finding
from czurban.model.place import Place
from czurban.reading.sheet import Merge, Row, Sheet


class Part(NamedTuple):
    """A text and the cell that it comes from; a text of no cell has no row."""

    text: str
    row: Row | None = None
    column: int = 0


Line = Sequence[Part]


class DerivedSheet:
    """Rows made of parts of a base sheet. `findings` are what rearranging them had to report."""

    hidden_rows: Sequence[int] = ()
    hidden_columns: Sequence[int] = ()
    refused = 0
    cut: Row | None = None

    def __init__(  # noqa: PLR0913 - all that a sheet is
        self,
        base: Sheet,
        lines: Iterable[tuple[int, Line]],
        *,
        findings: Sequence[Finding] = (),
        merges: Sequence[Merge] = (),
        ragged: bool = False,
        rearranged: bool = False,
    ) -> None:
        """Set it up.

        Args:
            base: the sheet that the cells come from.
            lines: the number of each row, which no other has, and its parts.
            findings: what there is to report of the rearranging.
            merges: merged ranges, by the numbers of the rows.
            ragged: whether rows may have more or fewer cells than the header.
            rearranged: whether a table stands otherwise in it than in the file.
        """
        self.base = base
        self.name = base.name
        self.findings = tuple(findings)
        self.merges = merges
        self.ragged = ragged
        self.rearranged = rearranged
        self._lines = dict(lines)
        self.rows: Sequence[Row] = [Row(no, [part.text for part in line]) for no, line in self._lines.items()]

    def place(self, row: Row, column: int | None = None) -> Place:
        """Return where the cell stands in the file; for a text of no cell, where its row begins."""
        line = self._lines[row.number]
        if column is not None and column < len(line) and (part := line[column]).row is not None:
            return self.base.place(part.row, part.column)
        first = next((part.row for part in line if part.row is not None), self.base.rows[0])
        return self.base.place(first)


def is_rearranged(sheet: Sheet) -> bool:
    """Return whether a table stands otherwise in this sheet than in the file."""
    return isinstance(sheet, DerivedSheet) and sheet.rearranged


def grid_of(sheet: Sheet, rows: Sequence[Row], width: int) -> list[list[Part]]:
    """Return rows as parts, all of one width; a text in merged cells stands in each of them, a number in the first."""
    grid = [[Part(row.cells[at] if at < len(row.cells) else "", row, at) for at in range(width)] for row in rows]
    lines = {row.number - 1: line for row, line in zip(rows, grid, strict=True)}
    for merge in sheet.merges:
        top = lines.get(merge.top)
        if top is None or merge.left >= width or _is_figure(top[merge.left].text):
            continue
        for at in range(merge.top, merge.bottom + 1):
            if line := lines.get(at):
                for column in range(merge.left, min(merge.right + 1, width)):
                    line[column] = top[merge.left]
    return grid


def _is_figure(text: str) -> bool:
    return "." in text and text.replace(".", "", 1).lstrip("-").isdecimal()
