"""Read headers of several rows: each column's texts, with those of cells that span several columns."""

from collections.abc import Sequence

from czurban.reading.sources.sheet import Row, Sheet
from czurban.reading.submission.cell import text_at
from czurban.reading.submission.header_cell import HeaderText


def texts_of(sheet: Sheet, rows: Sequence[Row], naming: Sequence[int]) -> list[HeaderText]:
    """Return each column's texts from top to bottom, with those of cells that span several columns."""
    width = max(len(row.cells) for row in rows)
    grid = [[text_at(row.cells, column) for column in range(width)] for row in rows]
    origin = [-1] * width
    for depth, line in enumerate(grid[:-1]):
        lower = [any(below[column] for below in grid[depth + 1 :]) for column in range(width)]
        top = rows[depth].number - 1
        ends = {merge.left: merge.right + 1 for merge in sheet.merges if merge.top == top and merge.right > merge.left}
        origin = _spread(line, origin, lower, ends, naming, top=depth == 0)
    columns: list[HeaderText] = []
    for column in range(width):
        texts = [line[column] for line in grid if line[column]]
        distinct = [text for n, text in enumerate(texts) if n == 0 or text != texts[n - 1]]
        columns.append(tuple(distinct) if len(distinct) > 1 else "".join(distinct))
    return columns


def _spread(  # noqa: PLR0913 - what a blank continues depends on all of these
    line: list[str],
    above: Sequence[int],
    lower: Sequence[bool],
    ends: dict[int, int],
    naming: Sequence[int],
    *,
    top: bool,
) -> list[int]:
    """Copy a row's texts into the blanks to their right that they head; return the column in which each text began."""
    origin = [-1] * len(line)
    start, end = -1, len(line)
    for column, text in enumerate(line):
        if text:
            origin[column] = column
            start, end = (column, ends.get(column, len(line))) if column not in naming else (-1, 0)
        elif (
            start < 0
            or column >= end
            or not lower[column]
            or column in naming
            or not (top or above[column] == above[start])
        ):
            start = -1
        else:
            line[column], origin[column] = line[start], start
    return origin
