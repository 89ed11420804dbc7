"""Read headers of several rows: each column's texts, with those of cells that span several columns."""

from collections.abc import Collection, Sequence

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


def alike_columns(headers: Sequence[HeaderText], at: int, unknown: Collection[int]) -> list[int]:
    """Return the columns whose headers hardly differ from those of a column of values, as if one of these was lost.

    They have the headers of the values and unknown ones (2019年 over a blank and over 甲乙), or are under the same
    headings as the values and have the same headers as a third column (2019年 over 目标, 数值, 目标 and 甲乙).
    """
    values = headers[at] if at < len(headers) else ""
    parts = (values,) if isinstance(values, str) else values
    several = [(n, header) for n, header in enumerate(headers) if n != at and isinstance(header, tuple)]
    more = {n for n, header in several if n in unknown and {*parts} < {*header}}
    twice = {n for n, header in several if len(parts) > 1 and header[:-1] == parts[:-1] and headers.count(header) > 1}
    return sorted(more | twice)
