"""Separate the tables of a sheet, one below another or side by side, and rearrange those in another layout."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from czurban.model.faults import finding
from czurban.model.finding import Finding, say
from czurban.model.period import periods_in
from czurban.model.plan import Plan
from czurban.reading.sources.sheet import Merge, Row, Sheet
from czurban.reading.submission import row_words
from czurban.reading.submission.arranging.headings import Axes, CellKind, DerivedSheet, TextPart, width_of
from czurban.reading.submission.cell import text_at
from czurban.reading.submission.columns import read_columns
from czurban.reading.submission.header import Head, head_at
from czurban.reading.submission.header_block import labels_of
from czurban.reading.submission.header_words import ColumnField
from czurban.reading.submission.names import is_footnote, shorten

if TYPE_CHECKING:
    from czurban.reading.submission.arranging.shapes import Recogniser, TableLayout

_WITHIN = 30
_MOST_TITLES = 12
_FIRST_FIELDS = frozenset({ColumnField.NUMBER, ColumnField.INDICATOR, ColumnField.REGION, ColumnField.PERIOD})
"""Fields that the first column of a table may have."""


class Arranged(NamedTuple):
    """The sheets to read instead of one, and the findings about tables that cannot be read."""

    sheets: Sequence[Sheet]
    findings: Sequence[Finding] = ()


def arranged(sheet: Sheet, plan: Plan) -> Arranged:
    """Return the sheet unchanged, if its tables have one row for each indicator; else a sheet for each table."""
    axes = _axes_of(plan)
    findings: list[Finding] = []
    sides = _side_by_side(sheet, axes, findings)
    parts = [part for side in sides for part in _tables(side, axes, findings)]
    return Arranged(parts, findings)


@lru_cache(maxsize=4)
def _axes_of(plan: Plan) -> Axes:
    """Return the classifier of texts for a plan, which knows those of the sheets before."""
    return Axes(plan)


class _TableStart(NamedTuple):
    """The first row of a table's header and the first behind it; no shape where each indicator has one row."""

    first: int
    data: int
    shape: "TableLayout | None"
    head: Head | None = None


def _tables(sheet: Sheet, axes: Axes, findings: list[Finding]) -> Iterator[Sheet]:
    starts = list(_starts(sheet, axes))
    if all(start.shape is None for start in starts):
        yield sheet
        return
    from czurban.reading.submission.arranging.build import TableBuilder  # noqa: PLC0415 - few tables are of such a shape

    begins = [_top(sheet, start, before, axes.plan) for start, before in zip(starts, [None, *starts], strict=False)]
    top = sheet.rows[: starts[0].first]
    for n, (start, begin) in enumerate(zip(starts, begins, strict=True)):
        end = begins[n + 1] if n + 1 < len(starts) else len(sheet.rows)
        titles = [*sheet.rows[begin : start.first], *(_inherited(top, sheet.rows[begin : start.first]) if n else ())]
        rows = sheet.rows[start.first : end]
        if start.shape is None:
            lines = [
                (row.number, [TextPart(cell, row, at) for at, cell in enumerate(row.cells)]) for row in (*titles, *rows)
            ]
            yield DerivedSheet(sheet, lines, merges=sheet.merges, ragged=sheet.ragged)
            continue
        builder = TableBuilder(sheet, start.shape, rows, axes)
        part = builder.build(titles)
        if part is None:
            findings += builder.findings
        else:
            yield part


def _starts(sheet: Sheet, axes: Axes) -> Iterator[_TableStart]:
    """Yield the beginnings of tables; of successive tables with one row for each indicator only the first."""
    at, floor = 0, 0
    last: _TableStart | None = None
    while at < len(sheet.rows) and (last is not None or at < _WITHIN):
        start = None
        if not _is_row_of(last, sheet.rows[at], axes) and axes.may_head(sheet.rows[at].cells):
            start = _start(sheet, axes, at, floor)
        if start is None or (start.shape is None and last is not None and last.shape is None):
            at = at + 1 if start is None else start.data
            floor = floor if start is None else start.data
            continue
        yield start
        last, at = start, start.data
        floor = start.data


def _is_row_of(start: _TableStart | None, row: Row, axes: Axes) -> bool:
    """Whether a row has a figure or a name in the columns of the table above, so that it is no header."""
    if start is None or start.head is None:
        return False
    columns, cells = start.head.columns, row.cells
    if text_at(cells, columns.at[ColumnField.VALUE])[:1].isdecimal():
        return True
    names = [name for at in columns.naming if (name := text_at(cells, at))]
    return bool(names) and not any(map(axes.field, names)) and sum(bool(cell.strip()) for cell in cells) > 1


def _start(sheet: Sheet, axes: Axes, at: int, floor: int) -> _TableStart | None:
    named = any(axes.of(cell) is CellKind.INDICATOR for cell in sheet.rows[at].cells)
    if named and (shape := _recogniser(sheet, axes).across(at, floor)):
        return _TableStart(shape.first, shape.data, shape)
    head = head_at(sheet, at, axes.plan)
    if head and head.first < floor:
        head = None
    if head and _names_any(sheet, head, axes):
        return _TableStart(head.first, head.last + 1, None, head)
    titles = [
        TextPart(cell, row, c)
        for row in sheet.rows[max(floor, at - _MOST_TITLES) : at]
        if len(filled := [(c, cell) for c, cell in enumerate(row.cells) if cell.strip()]) == 1
        for c, cell in filled
    ]
    if titles and (shape := _recogniser(sheet, axes).below_title(at, floor, titles)):
        return _TableStart(shape.first, shape.data, shape)
    return _TableStart(head.first, head.last + 1, None, head) if head else None


def _recogniser(sheet: Sheet, axes: Axes) -> "Recogniser":
    from czurban.reading.submission.arranging.shapes import Recogniser  # noqa: PLC0415 - most tables are of no such shape

    return Recogniser(sheet, axes)


def _names_any(sheet: Sheet, head: Head, axes: Axes) -> bool:
    """Whether one of the first rows under the header names an indicator."""
    rows = sheet.rows[head.last + 1 : head.last + 1 + _WITHIN]
    return any(
        axes.plan.indicator(row.cells[c]) or axes.of(row.cells[c]) is CellKind.INDICATOR
        for row in rows
        for c in head.columns.naming
        if c < len(row.cells) and row.cells[c].strip()
    )


def _top(sheet: Sheet, start: _TableStart, before: _TableStart | None, plan: Plan) -> int:
    """Return the first row of a table's titles: rows of one text each right above it, without footnotes."""
    if before is None:
        return 0
    top = start.first
    for at in range(start.first - 1, before.data - 1, -1):
        texts = [cell for cell in sheet.rows[at].cells if cell.strip()]
        if (len(texts) > 1 and not labels_of(sheet.rows[at], plan)) or (texts and is_footnote(texts[0])):
            break
        top = at if texts else top
    return top


def _inherited(top: Sequence[Row], titles: Sequence[Row]) -> Iterator[Row]:
    """Yield the titles of the sheet that also hold for a later table: without periods, where its titles have some."""
    later = periods_in(" ".join(cell for row in titles for cell in row.cells))
    for row in top:
        stated = periods_in(" ".join(row.cells))
        if not ((later.periods or later.vague) and (stated.periods or stated.vague)):
            yield row


def _side_by_side(sheet: Sheet, axes: Axes, findings: list[Finding]) -> Sequence[Sheet]:
    """Separate tables that are side by side, each with the titles over it."""
    for at in range(min(_WITHIN, len(sheet.rows))):
        cuts = _first_columns(sheet, at, axes)
        if isinstance(cuts, Finding):
            findings.append(cuts)
            return []
        if cuts:
            width = width_of(sheet.rows[at].cells)
            long = [row for row in sheet.rows[at + 1 :] if width_of(row.cells) > width] if sheet.ragged else []
            for row in long:
                place = sheet.place(row)
                findings.append(finding("S105", place, *row_words.ragged(len(row.cells), width)))
            rows = [(n, row) for n, row in enumerate(sheet.rows) if row not in long]
            return [_part_of(sheet, at, start, end, rows) for start, end in zip(cuts, [*cuts[1:], width], strict=True)]
    return [sheet]


def _part_of(sheet: Sheet, at: int, start: int, end: int, rows: Sequence[tuple[int, Row]]) -> Sheet:
    """Return the part of a sheet between two columns. A title that is the only text of its row belongs to all parts."""
    lower = [row.cells for n, row in rows if n >= at]
    last = max(c + 1 for cells in lower for c in range(start, end) if text_at(cells, c))
    lines = []
    for n, row in rows:
        line = [TextPart(row.cells[c], row, c) for c in range(start, min(last, len(row.cells)))]
        filled = [c for c, cell in enumerate(row.cells) if cell.strip()]
        if n < at and len(filled) == 1 and filled[0] < start:
            line = [TextPart(row.cells[filled[0]], row, filled[0])]
        lines.append((row.number, line))
    merges = [
        Merge(merge.top, max(merge.left, start) - start, merge.bottom, min(merge.right, last - 1) - start)
        for merge in sheet.merges
        if merge.left < last and merge.right >= start
    ]
    return DerivedSheet(sheet, lines, merges=merges, ragged=sheet.ragged)


def _first_columns(sheet: Sheet, at: int, axes: Axes) -> list[int] | Finding:
    """Return the columns where tables begin in a header row; none for a single table, a finding where it is unclear."""
    row = sheet.rows[at]
    filled = [c for c, cell in enumerate(row.cells) if cell.strip()]
    starts = [c for c in filled if axes.field(row.cells[c]) in _FIRST_FIELDS]
    cuts = filled[:1]
    for c in (start for start in starts if len(starts) > 1 and start > cuts[0]):
        again = row.cells[c].strip() == row.cells[cuts[-1]].strip()
        gap = c - 1 not in filled and not any(text_at(later.cells, c - 1) for later in sheet.rows[at:])
        if (again or gap) and _is_table(row.cells[cuts[-1] : c], axes):
            if not _is_table(row.cells[c:], axes):
                return _unclear(sheet, row, c)
            cuts.append(c)
    return cuts if len(cuts) > 1 else []


def _unclear(sheet: Sheet, row: Row, at: int) -> Finding:
    message = say(
        "It is not clear whether another table begins at “{name}”; nothing of the sheet is read.",
        name=shorten(row.cells[at]),
    )
    hint = say("Put the tables on sheets of their own, or delete the blank column if they are one table.")
    return finding("S265", sheet.place(row, at), message, hint)


def _is_table(cells: Sequence[str], axes: Axes) -> bool:
    """Whether header cells make a separate table: with columns of names and values, or with indicators across."""
    return read_columns(cells, axes.plan).usable or any(axes.of(cell) is CellKind.INDICATOR for cell in cells)
