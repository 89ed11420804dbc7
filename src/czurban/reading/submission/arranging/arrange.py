"""The tables of a sheet, one after another and side by side, each as a sheet that has its indicators one a row."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from czurban.model.faults import finding
from czurban.model.finding import Finding, say
from czurban.model.period import periods_in
from czurban.model.plan import Plan
from czurban.reading.sources.sheet import Merge, Row, Sheet
from czurban.reading.submission import row_words
from czurban.reading.submission.arranging.headings import Axes, DerivedSheet, Heading, TextPart
from czurban.reading.submission.arranging.shapes import Recogniser, TableLayout
from czurban.reading.submission.columns import read_columns
from czurban.reading.submission.header import Head, head_at
from czurban.reading.submission.header_words import ColumnField
from czurban.reading.submission.names import is_footnote, shorten

_WITHIN = 30
_MOST_TITLES = 12
_STARTS = frozenset({ColumnField.NUMBER, ColumnField.INDICATOR, ColumnField.REGION, ColumnField.PERIOD})
"""What the first column of a table may be headed by."""


class Arranged(NamedTuple):
    """The sheets to read in place of one, and what there is to report of tables that cannot be."""

    sheets: Sequence[Sheet]
    findings: Sequence[Finding] = ()


def arranged(sheet: Sheet, plan: Plan) -> Arranged:
    """Return a sheet as it is, where each of its tables has one row an indicator; else a sheet for each table."""
    axes = Axes(plan)
    findings: list[Finding] = []
    sides = _sides(sheet, axes, findings)
    parts = [part for side in sides for part in _tables(side, axes, findings)]
    return Arranged(parts, findings)


class _Start(NamedTuple):
    """Where a table begins: the first row of its header and the first behind it; no shape for one row an indicator."""

    first: int
    data: int
    shape: TableLayout | None
    head: Head | None = None


def _tables(sheet: Sheet, axes: Axes, findings: list[Finding]) -> Iterator[Sheet]:
    starts = list(_starts(sheet, axes))
    if all(start.shape is None for start in starts):
        yield sheet
        return
    from czurban.reading.submission.arranging.build import TableBuilder  # noqa: PLC0415 - few tables are of such a shape

    begins = [_top(sheet, start, before) for start, before in zip(starts, [None, *starts], strict=False)]
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


def _starts(sheet: Sheet, axes: Axes) -> Iterator[_Start]:
    """Find where tables begin. Of tables with one row an indicator only the first of several is given."""
    look, at, floor = Recogniser(sheet, axes), 0, 0
    last: _Start | None = None
    while at < len(sheet.rows) and (last is not None or at < _WITHIN):
        start = None
        if not _is_row_of(last, sheet.rows[at], axes) and look.may_head(at):
            start = _start(sheet, look, axes, at, floor)
        if start is None or (start.shape is None and last is not None and last.shape is None):
            at = at + 1 if start is None else start.data
            floor = floor if start is None else start.data
            continue
        yield start
        last, at = start, start.data
        floor = start.data


def _is_row_of(start: _Start | None, row: Row, axes: Axes) -> bool:
    """Whether a row has a figure or a name where the table above has them; most rows do, and cannot be a header."""
    if start is None or start.head is None:
        return False
    columns, cells = start.head.columns, row.cells
    if _text(row, columns.at[ColumnField.VALUE])[:1].isdecimal():
        return True
    names = [name for at in columns.naming if (name := _text(row, at))]
    return bool(names) and not any(map(axes.field, names)) and sum(bool(cell.strip()) for cell in cells) > 1


def _start(sheet: Sheet, look: Recogniser, axes: Axes, at: int, floor: int) -> _Start | None:
    if shape := look.across(at, floor):
        return _Start(shape.first, shape.data, shape)
    head = head_at(sheet, at, axes.plan)
    if head and head.first < floor:
        head = None
    if head and _names_any(sheet, head, axes):
        return _Start(head.first, head.last + 1, None, head)
    titles = [
        TextPart(cell, row, c)
        for row in sheet.rows[max(floor, at - _MOST_TITLES) : at]
        if len(filled := [(c, cell) for c, cell in enumerate(row.cells) if cell.strip()]) == 1
        for c, cell in filled
    ]
    if shape := look.below_title(at, floor, titles):
        return _Start(shape.first, shape.data, shape)
    return _Start(head.first, head.last + 1, None, head) if head else None


def _names_any(sheet: Sheet, head: Head, axes: Axes) -> bool:
    """Whether a row under the header names an indicator; the first rows tell."""
    rows = sheet.rows[head.last + 1 : head.last + 1 + _WITHIN]
    return any(
        axes.plan.indicator(row.cells[c]) or axes.of(row.cells[c]) is Heading.INDICATOR
        for row in rows
        for c in head.columns.naming
        if c < len(row.cells) and row.cells[c].strip()
    )


def _top(sheet: Sheet, start: _Start, before: _Start | None) -> int:
    """Where the titles of a table begin: the rows of one text each right above it, footnotes of the one before left."""
    if before is None:
        return 0
    top = start.first
    for at in range(start.first - 1, before.data - 1, -1):
        texts = [cell for cell in sheet.rows[at].cells if cell.strip()]
        if len(texts) > 1 or (texts and is_footnote(texts[0])):
            break
        top = at if texts else top
    return top


def _inherited(top: Sequence[Row], own: Sequence[Row]) -> Iterator[Row]:
    """What the titles of the sheet say for a later table too: nothing of periods, where its own titles say some."""
    text = " ".join(cell for row in own for cell in row.cells)
    stated = periods_in(text)
    for row in top:
        said = periods_in(" ".join(row.cells))
        if not ((stated.periods or stated.vague) and (said.periods or said.vague)):
            yield row


def _sides(sheet: Sheet, axes: Axes, findings: list[Finding]) -> Sequence[Sheet]:
    """Part tables that stand side by side, each with the titles over it."""
    for at in range(min(_WITHIN, len(sheet.rows))):
        cuts = _cuts(sheet, at, axes)
        if isinstance(cuts, Finding):
            findings.append(cuts)
            return []
        if cuts:
            width = _width(sheet.rows[at])
            long = [row for row in sheet.rows[at + 1 :] if _width(row) > width] if sheet.ragged else []
            for row in long:
                place = sheet.place(row)
                findings.append(finding("S105", place, *row_words.ragged(len(row.cells), width)))
            rows = [(n, row) for n, row in enumerate(sheet.rows) if row not in long]
            return [_side(sheet, at, start, end, rows) for start, end in zip(cuts, [*cuts[1:], width], strict=True)]
    return [sheet]


def _side(sheet: Sheet, at: int, start: int, end: int, rows: Sequence[tuple[int, Row]]) -> Sheet:
    """The part of a sheet between two columns. A title that is the only text of its row is one of all parts."""
    head = sheet.rows[at]
    last = max(c for c in range(start, end) if _text(head, c)) + 1
    last = max(last, max((c + 1 for n, row in rows if n > at for c in range(last, end) if _text(row, c)), default=0))
    lines = []
    for n, row in rows:
        line = [TextPart(row.cells[c], row, c) for c in range(start, min(last, len(row.cells)))]
        filled = [c for c, cell in enumerate(row.cells) if cell.strip()]
        if n < at and len(filled) == 1 and filled[0] < start:
            line = [TextPart(row.cells[filled[0]], row, filled[0])]
        lines.append((row.number, line))
    merges = [
        Merge(one.top, max(one.left, start) - start, one.bottom, min(one.right, last - 1) - start)
        for one in sheet.merges
        if one.left < last and one.right >= start
    ]
    return DerivedSheet(sheet, lines, merges=merges, ragged=sheet.ragged)


def _cuts(sheet: Sheet, at: int, axes: Axes) -> list[int] | Finding:
    """The columns where tables begin in a header row; none for a single table, a finding where that is unclear."""
    row = sheet.rows[at]
    filled = [c for c, cell in enumerate(row.cells) if cell.strip()]
    starts = [c for c in filled if axes.field(row.cells[c]) in _STARTS]
    cuts = filled[:1]
    for c in starts if len(starts) > 1 else ():
        again = row.cells[c].strip() == row.cells[cuts[-1]].strip()
        gap = c - 1 not in filled and not any(_text(later, c - 1) for later in sheet.rows[at:])
        if c > cuts[-1] and (again or gap) and _is_table(row.cells[cuts[-1] : c], axes):
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
    """Whether columns make a table of their own: a header of one row an indicator, or one with indicators across."""
    return read_columns(cells, axes.plan).usable or any(axes.of(cell) is Heading.INDICATOR for cell in cells)


def _text(row: Row, at: int) -> str:
    return row.cells[at].strip() if at < len(row.cells) else ""


def _width(row: Row) -> int:
    return max((c + 1 for c, cell in enumerate(row.cells) if cell.strip()), default=0)
