"""Read the tables that were copied into a text, where a line is a row or a cell.

Programs copy a table in three ways: a row a line, its cells separated by tabs or by several blanks; a cell a line,
each after a tab; and a cell a line without any mark, which only the header and the numbers of the rows reveal.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from typing import NamedTuple

from czurban.reading.sources.sheet import Row
from czurban.reading.submission.header_cell import understand

_LEAST_ROWS, _LEAST_COLUMNS, _KNOWN_HEADERS = 2, 3, 2
_GAP = re.compile(r"\t+|[ \u3000]{2,}")
_NUMBERED = re.compile(r"^(\d{1,3})(?:[.．、]\s*[^\d\s]|$)")
_LONGEST_CELL, _LONGEST_BROKEN, _WITHIN = 60, 16, 8
_MOST_HEADER_LINES = 14


class CopiedTable(NamedTuple):
    """The rows of a copied table, and the index of the line after it."""

    rows: Sequence[Row]
    stop: int


def read_copied_table(lines: Sequence[str], at: int) -> CopiedTable | None:
    """Return the table that begins at a line; None where none does."""
    line = lines[at]
    if line.startswith("\t") and "\t" not in line.strip("\t"):
        return _checked(_tabbed_cells(lines, at))
    if _GAP.search(line.strip()):
        return _checked(_rows_a_line(lines, at))
    return _checked(_bare_cells(lines, at)) if understand(line.strip()) else None


def _checked(table: CopiedTable | None) -> CopiedTable | None:
    """Return a table with a header, enough rows and as many cells in the header as in the rows."""
    if table is None or len(table.rows) <= _LEAST_ROWS:
        return None
    width = max(len(row.cells) for row in table.rows)
    first, *rest = table.rows
    header = first._replace(cells=[*[first.cells[0]] * (width - len(first.cells)), *first.cells])
    # One cell of the header may stand over several columns; a row leaves out what it shares with the row above.
    rows = [row._replace(cells=[*[""] * (width - len(row.cells)), *row.cells]) for row in rest]
    known = sum(understand(cell) is not None for cell in header.cells if cell)
    return table._replace(rows=[header, *rows]) if width >= _LEAST_COLUMNS and known >= _KNOWN_HEADERS else None


def _rows_a_line(lines: Sequence[str], at: int) -> CopiedTable:
    rows: list[Row] = []
    for stop in range(at, len(lines)):
        line = lines[stop].strip()
        if not line:
            continue
        cells = [cell.strip() for cell in re.split(r"\t" if "\t" in line else _GAP, lines[stop])]
        if len([cell for cell in cells if cell]) < _LEAST_COLUMNS - (len(rows) > 0):
            return CopiedTable(rows, stop)
        rows.append(Row(stop + 1, cells if "\t" in line else [cell for cell in cells if cell]))
    return CopiedTable(rows, len(lines))


def _tabbed_cells(lines: Sequence[str], at: int) -> CopiedTable:
    """Read a cell a line, each after a tab. A blank line between two cells ends a row, others are inside a cell."""
    rows: list[tuple[int, list[str]]] = [(at + 1, [])]
    blank, stop = False, at
    for stop in range(at, len(lines)):
        line = lines[stop]
        if line.startswith("\t"):
            if blank and rows[-1][1]:
                rows.append((stop + 1, []))
            rows[-1][1].append(line.strip())
        elif line.strip():
            if not _continues(lines, stop):
                break
            rows[-1][1][-1] += line.strip()
        blank = not line
    else:
        stop = len(lines)
    return CopiedTable([Row(number, cells) for number, cells in rows if any(cells)], stop)


def _continues(lines: Sequence[str], at: int) -> bool:
    """Return whether a line without a tab is the rest of a cell: short, with further cells soon after it."""
    short = len(lines[at].strip()) <= _LONGEST_BROKEN and not re.search(r"[。；]", lines[at])
    return short and any(line.startswith("\t") for line in lines[at + 1 : at + 1 + _WITHIN])


def _bare_cells(lines: Sequence[str], at: int) -> CopiedTable | None:
    """Read a cell a line without marks: rows begin with their numbers, and have as many cells as the header."""
    cells = [(n, lines[n].strip()) for n in _short_lines(lines, at)]
    anchors = list(_starts(cells))
    if len(anchors) < _LEAST_ROWS or anchors[0] > _MOST_HEADER_LINES:
        return None
    sizes = [after - before for before, after in pairwise(anchors)]
    width = max(sizes, key=lambda size: (sizes.count(size), size))
    header = _joined_header([text for _, text in cells[: anchors[0]]], width)
    rows = [Row(at + 1, header)]
    starts = list(_rows_from(cells, anchors[0], width))
    for start, stop in starts:
        texts = [text for _, text in cells[start:stop]]
        named = texts[: 1 + (_NUMBERED.fullmatch(texts[0]) is not None)]
        whole = texts if len(texts) == width else [*named, *[""] * (width - len(named))]  # which cells are missing?
        rows.append(Row(cells[start][0] + 1, whole))
    return CopiedTable(rows, cells[starts[-1][1] - 1][0] + 1)


def _rows_from(cells: Sequence[tuple[int, str]], start: int, width: int) -> Iterator[tuple[int, int]]:
    """Yield where each row begins and ends: at the next number after as many cells as the header has, or sooner."""
    number = 1
    while start < len(cells) and _number_of(cells[start][1]) == number:
        number += 1
        even = start + width
        if even < len(cells) and _number_of(cells[even][1]) != number:
            even = next((n for n in range(start + 1, len(cells)) if _number_of(cells[n][1]) == number), even)
        yield start, min(even, len(cells))
        start = even


def _short_lines(lines: Sequence[str], at: int) -> Iterator[int]:
    """Yield the indices of lines that may be cells, up to the first that is a sentence."""
    for n in range(at, len(lines)):
        text = lines[n].strip()
        if len(text) > _LONGEST_CELL or text.endswith(("。", "：")) or re.match(r"[一二三四五六七八九十]+、", text):
            return
        if text:
            yield n


def _starts(cells: Sequence[tuple[int, str]]) -> Iterator[int]:
    """Yield where the rows numbered 1, 2, 3 … begin."""
    wanted = 1
    for at, (_, text) in enumerate(cells):
        if _number_of(text) == wanted:
            yield at
            wanted += 1


def _number_of(text: str) -> int | None:
    """Return the number that a row begins with."""
    match = _NUMBERED.match(text)
    return int(match[1]) if match else None


def _joined_header(texts: Sequence[str], width: int) -> list[str]:
    """Join the pieces of broken header cells so that as many as possible are understood."""
    if len(texts) <= width:
        return [*[""] * (width - len(texts)), *texts]
    ways = (
        ["".join(texts[start:stop]) for start, stop in pairwise((0, *cuts, len(texts)))]
        for cuts in combinations(range(1, len(texts)), width - 1)
    )
    return max(ways, key=lambda way: sum(bool(header and not header.bare) for header in map(understand, way)))
