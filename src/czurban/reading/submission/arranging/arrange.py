"""Rewrite the tables of a sheet that are side by side or in another layout, each as a sheet of its own."""

from collections.abc import Iterator, Sequence

from czurban.model.faults import finding
from czurban.model.finding import Finding
from czurban.model.period import periods_in
from czurban.model.plan import Plan
from czurban.reading.sources.sheet import Merge, Row, Sheet
from czurban.reading.submission.arranging.derived import DerivedSheet, TextPart, width_of
from czurban.reading.submission.arranging.headings import Axes
from czurban.reading.submission.arranging.layouts import TableStart
from czurban.reading.submission.cell import text_at
from czurban.reading.submission.labels import labels_of
from czurban.reading.submission.rows import messages
from czurban.reading.submission.surroundings.asides import is_footnote

_MOST_TITLES = 12


def layout_across(sheet: Sheet, axes: Axes, at: int, floor: int) -> TableStart | None:
    """Recognise a table whose indicators are in this row; `floor` is the first row that may belong to it."""
    from czurban.reading.submission.arranging.shapes import Recogniser  # noqa: PLC0415 - most tables are of no such shape

    shape = Recogniser(sheet, axes).across(at, floor)
    return TableStart(shape.first, shape.data, shape) if shape else None


def layout_below_title(sheet: Sheet, axes: Axes, at: int, floor: int) -> TableStart | None:
    """Recognise a table at this row under the name of its only indicator."""
    titles = [
        TextPart(cell, row, c)
        for row in sheet.rows[max(floor, at - _MOST_TITLES) : at]
        if len(filled := [(c, cell) for c, cell in enumerate(row.cells) if cell.strip()]) == 1
        for c, cell in filled
    ]
    if not titles:
        return None
    from czurban.reading.submission.arranging.shapes import Recogniser  # noqa: PLC0415 - as above

    shape = Recogniser(sheet, axes).below_title(at, floor, titles)
    return TableStart(shape.first, shape.data, shape) if shape else None


def rearranged(sheet: Sheet, starts: Sequence[TableStart], axes: Axes, findings: list[Finding]) -> Iterator[Sheet]:
    """Yield a sheet for each table of a sheet, with one row for each indicator; add the faults to the findings."""
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
            yield DerivedSheet(sheet, dict(lines), merges=sheet.merges, ragged=sheet.ragged)
            continue
        builder = TableBuilder(sheet, start.shape, rows, axes)
        part = builder.build(titles)
        if part is None:
            findings += builder.findings
        else:
            yield part


def _top(sheet: Sheet, start: TableStart, before: TableStart | None, plan: Plan) -> int:
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


def separated(sheet: Sheet, at: int, cuts: Sequence[int]) -> tuple[list[Sheet], list[Finding]]:
    """Separate tables that are side by side, each with the titles over it; they begin in the columns `cuts`."""
    width = width_of(sheet.rows[at].cells)
    long = [row for row in sheet.rows[at + 1 :] if width_of(row.cells) > width] if sheet.ragged else []
    findings = [finding("S105", sheet.place(row), *messages.ragged(len(row.cells), width)) for row in long]
    rows = [(n, row) for n, row in enumerate(sheet.rows) if row not in long]
    ends = [*cuts[1:], width]
    return [_part_of(sheet, at, start, end, rows) for start, end in zip(cuts, ends, strict=True)], findings


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
    return DerivedSheet(sheet, dict(lines), merges=merges, ragged=sheet.ragged)
