"""Make sheets of the cells of another sheet, which keep their places in the file."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from czurban.model.finding import Finding, Place, Severity
from czurban.model.observation import Observation, Reading, RowCount
from czurban.reading.sources.sheet import Merge, Row, Sheet, row_number
from czurban.reading.submission.cell import is_figure


class TextPart(NamedTuple):
    """A text and the cell that it comes from; an added text has no row."""

    text: str
    row: Row | None = None
    column: int = 0


Line = Sequence[TextPart]


@dataclass(eq=False)
class DerivedSheet(Sheet):
    """Rows made of the cells of a base sheet; `lines` has the parts of each row by its number, which no other row has.

    `findings` are those of rearranging; `rearranged` is set where the layout of a table differs from that in the file.
    """

    base: Sheet
    lines: Mapping[int, Line]
    findings: Sequence[Finding] = ()
    merges: Sequence[Merge] = ()
    ragged: bool = False
    rearranged: bool = False

    def __post_init__(self) -> None:
        """Make the rows."""
        self.name = self.base.name
        self.rows: Sequence[Row] = [Row(no, [part.text for part in line]) for no, line in self.lines.items()]

    def place(self, row: Row, column: int | None = None) -> Place:
        """Return the place of a cell in the file; of an added text, that of its row."""
        line = self.lines[row.number]
        if column is not None and column < len(line) and (part := line[column]).row is not None:
            return self.base.place(part.row, part.column)
        first = next((part.row for part in line if part.row is not None), self.base.rows[0])
        return self.base.place(first)


def is_rearranged(sheet: Sheet) -> bool:
    """Return whether the layout of a table in this sheet differs from that in the file."""
    return isinstance(sheet, DerivedSheet) and sheet.rearranged


def grid_of(sheet: Sheet, rows: Sequence[Row], width: int, values: Collection[int] = ()) -> list[list[TextPart]]:
    """Return rows as parts, all of one width; the text of merged cells is repeated in each of them.

    A number in one of the columns `values` is a figure, which is not repeated.
    """
    grid = [[TextPart(row.cells[at] if at < len(row.cells) else "", row, at) for at in range(width)] for row in rows]
    lines = {row.number - 1: line for row, line in zip(rows, grid, strict=True)}
    for merge in sheet.merges:
        top = lines.get(merge.top)
        if top is None or merge.left >= width or (merge.left in values and is_figure(top[merge.left].text)):
            continue
        for at in range(merge.top, merge.bottom + 1):
            if line := lines.get(at):
                for column in range(merge.left, min(merge.right + 1, width)):
                    line[column] = top[merge.left]
    return grid


def width_of(cells: Sequence[str]) -> int:
    """Return the number of cells up to the last that is not blank."""
    return max((at + 1 for at, cell in enumerate(cells) if cell.strip()), default=0)


def as_one_table(observations: Sequence[Observation]) -> list[Observation]:
    """Add to each observation of a rearranged table all periods and regions of that table."""
    periods = frozenset(value.period for value in observations)
    regions = frozenset(value.region for value in observations)
    return [
        value._replace(
            periods=periods if len(periods) > 1 else frozenset(),
            regions=regions if len(regions) > 1 else frozenset(),
        )
        for value in observations
    ]


def rows_as_they_stand(
    rows: Sequence[Row], observations: Iterable[Observation], findings: Iterable[Finding]
) -> RowCount:
    """Count the rows of a sheet: used where a value was read in it, refused where it has only errors.

    All rows with texts are refused where nothing was read at all.
    """
    used = {row_number(value.place) for value in observations if value.reported is not Reading.NOTHING}
    refused = {row_number(fault.place) for fault in findings if fault.severity is Severity.ERROR} - used
    if not used:
        return nothing_used(rows)
    ends = [*(row.number for row in rows[1:]), rows[-1].number + 1] if rows else []
    lines = [range(row.number, end) for row, end in zip(rows, ends, strict=True)]
    many = sum(not used.isdisjoint(numbers) for numbers in lines)
    faulty = sum(used.isdisjoint(numbers) and not refused.isdisjoint(numbers) for numbers in lines)
    return RowCount(len(rows), many, faulty, len(rows) - many - faulty)


def nothing_used(rows: Sequence[Row]) -> RowCount:
    """Count the rows of a table that cannot be read: refused, except for blank ones."""
    blank = sum(not any(cell.strip() for cell in row.cells) for row in rows)
    return RowCount(len(rows), refused=len(rows) - blank, ignored=blank)
