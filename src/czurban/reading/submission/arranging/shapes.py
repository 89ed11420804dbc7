"""Recognise the layout of tables that do not have one row for each indicator, by the content of their cells."""

from collections.abc import Sequence

from czurban.reading.sources.sheet import Sheet
from czurban.reading.submission.arranging.derived import TextPart, grid_of, width_of
from czurban.reading.submission.arranging.headings import Axes, CellKind
from czurban.reading.submission.arranging.layouts import LayoutKind, LayoutTrouble, TableLayout
from czurban.reading.submission.cell import text_at
from czurban.reading.submission.header_words import ColumnField
from czurban.reading.submission.labels import labels_of
from czurban.reading.submission.surroundings.asides import is_total

_ROW_HEADINGS = frozenset({ColumnField.REGION, ColumnField.PERIOD, ColumnField.PART})
"""Fields of columns that head rows of figures."""
_ROW_FIELDS = frozenset(
    {
        *_ROW_HEADINGS,
        *(ColumnField.NUMBER, ColumnField.SENDER, ColumnField.STATUS, ColumnField.NOTE, ColumnField.QUALIFIER),
    }
)
"""Fields of columns that state something for the figures of a row."""
_MOST_HEADS = 4
_MOST_META = 12


class Recogniser:
    """Recognises tables in one sheet, row by row."""

    def __init__(self, sheet: Sheet, axes: Axes) -> None:
        self.sheet = sheet
        self.axes = axes

    def across(self, at: int, floor: int) -> TableLayout | None:
        """Recognise a table whose indicators are in this row; `floor` is the first row that may belong to it."""
        rows = self.sheet.rows
        named = [c for c, cell in enumerate(rows[at].cells) if self.axes.of(cell) is CellKind.INDICATOR]
        if not named or named[0] == 0:
            return None
        width = width_of(rows[at].cells)
        data, body = self._body(at, named)
        if not body:
            return None
        width = max(width, *(width_of(rows[n].cells) for n in range(at, data)))
        first = self._first_row(at, floor, named[0])
        head = grid_of(self.sheet, rows[first:data], width)
        stubs = [c for c in range(named[0]) if any(text_at(rows[n].cells, c) for n in (*range(first, data), *body))]
        if not stubs:
            return None
        shape = TableLayout(LayoutKind.SPREAD, first, at, data, width, values=range(named[0], width))
        texts = {c: [t for n in body if (t := text_at(rows[n].cells, c))] for c in stubs}
        if any(self.axes.of(text) is CellKind.INDICATOR for c in stubs for text in texts[c]):
            return None
        if self._is_turned(shape, stubs, texts, body):
            shape.kind, shape.stubs = LayoutKind.TURNED, dict.fromkeys(stubs, "")
            return shape
        self._head_stubs(shape, head, [*stubs, *self._row_columns(shape, head, body)], texts)
        return shape

    def below_title(self, at: int, floor: int, titles: Sequence[TextPart]) -> TableLayout | None:
        """Recognise a table under the name of one indicator: periods or regions across, regions or periods down."""
        rows, axes = self.sheet.rows, self.axes
        cells = rows[at].cells
        filled = [c for c, cell in enumerate(cells) if cell.strip()]
        names = {axes.named_above(part.text): part for part in titles if axes.named_above(part.text)}
        if not filled or not names or any(axes.of(cell) is CellKind.INDICATOR for cell in cells):
            return None
        below = rows[at + 1].cells[: filled[0]] if at + 1 < len(rows) else ()
        columns = filled if any(cell.strip() for cell in below) else filled[1:]  # the corner may be blank
        data, body = self._body(at, columns) if columns else (0, [])
        figures = [c for c in columns if any(axes.of(text_at(rows[n].cells, c)) is CellKind.FIGURE for n in body)]
        if not figures:
            return None
        stubs = [c for c in range(figures[0]) if any(text_at(rows[n].cells, c) for n in (at, *body))]
        heads = [h for c in figures if (h := axes.header(cells[c]))]
        if not stubs or not any(h.bare or h.field is ColumnField.VALUE for h in heads):
            return None
        width = max(width_of(rows[n].cells) for n in range(at, data))
        first = self._first_row(at, floor, figures[0])
        name, part = next(iter(names.items()))
        shape = TableLayout(LayoutKind.SINGLE, first, at, data, width, values=range(figures[0], width))
        shape.name = part._replace(text=name)
        if len({indicator.id for name in names if (indicator := axes.indicator(name))}) > 1:
            shape.trouble, shape.at = LayoutTrouble.BOTH, [*names.values()][-1]
            return shape
        texts = {c: [t for n in body if (t := text_at(rows[n].cells, c))] for c in stubs}
        self._head_stubs(shape, grid_of(self.sheet, rows[first:data], width), stubs, texts)
        return shape

    def _body(self, at: int, columns: Sequence[int]) -> tuple[int, list[int]]:
        """Return the first row of figures under a header and the rows of its table; none where there is no figure."""
        rows, axes = self.sheet.rows, self.axes
        data = 0
        body: list[int] = []
        for n in range(at + 1, len(rows)):
            kinds = [axes.of(text_at(rows[n].cells, c)) for c in columns]
            if CellKind.FIGURE in kinds or (body and self._has_heading(n, columns[0])):
                data = data or n
                body.append(n)
            elif (
                any(cell.strip() for cell in rows[n].cells) and (body or n > at + _MOST_META)
            ) or CellKind.INDICATOR in kinds:
                break
        return data, body

    def _row_columns(self, shape: TableLayout, head: list[list[TextPart]], body: list[int]) -> list[int]:
        """Return the columns among those of figures that hold something else: by their header, or by their texts."""
        columns, named = [], False
        for c in shape.values:
            headers = [line[c].text for line in head if line[c].text.strip()]
            named = any(self.axes.of(text) is CellKind.INDICATOR for text in headers) or (
                named and not head[shape.anchor - shape.first][c].text.strip()
            )
            kinds = [self.axes.of(text_at(self.sheet.rows[n].cells, c)) for n in body]
            worded = any(self.axes.field(text) in _ROW_FIELDS for text in headers)
            if worded or (not named and any(kind not in (CellKind.FIGURE, CellKind.NOTHING) for kind in kinds)):
                columns.append(c)
        return columns

    def _has_heading(self, at: int, end: int) -> bool:
        """Whether a row without figures belongs to the table: —, … or blank cells behind a region or a period."""
        cells = self.sheet.rows[at].cells
        texts = [cell for cell in cells[:end] if cell.strip()]
        rest = [self.axes.of(cell) for cell in cells[end:]]
        headed = any(self.axes.of(text) in (CellKind.REGION, CellKind.PERIOD) for text in texts)
        return headed and all(kind is CellKind.NOTHING for kind in rest)

    def _first_row(self, at: int, floor: int, column: int) -> int:
        """Return the first row of the header; rows above with texts only over columns of figures belong to it."""
        first = at
        while first > max(floor, at - _MOST_HEADS + 1):
            cells = self.sheet.rows[first - 1].cells
            filled = [c for c, cell in enumerate(cells) if cell.strip()]
            stubs = [c for c in filled if c < column]
            same = all(self.axes.field(cells[c]) or cells[c] == text_at(self.sheet.rows[at].cells, c) for c in stubs)
            above = self.sheet.rows[first - 1]
            if (
                filled[-1:] < [column]
                or not same
                or not self.axes.may_head(above.cells)
                or labels_of(above, self.axes.plan)
            ):
                break
            first -= 1
        return first

    def _is_turned(self, shape: TableLayout, stubs: list[int], texts: dict[int, list[str]], body: list[int]) -> bool:
        """Whether the texts down head columns once the table is turned: each row has a text, and not of regions."""
        rows, axes = self.sheet.rows, self.axes
        between = range(shape.anchor + 1, shape.data)
        meta = [n for n in between if any(cell.strip() for cell in rows[n].cells)]
        labelled = [n for n in meta if any(text_at(rows[n].cells, c) for c in stubs)]
        if len(labelled) < len(meta):
            return False
        kinds = {axes.of(text) for c in stubs for text in texts[c] if not is_total(text)}
        words = CellKind.WORD in kinds or (bool(labelled) and CellKind.REGION not in kinds)
        heads = {self.axes.field(text_at(rows[shape.anchor].cells, c)) for c in stubs}
        if not words or not heads <= {None, ColumnField.INDICATOR, ColumnField.PERIOD} or CellKind.REGION in kinds:
            return False
        return any(text_at(rows[n].cells, c) for n in body for c in stubs)

    def _head_stubs(
        self, shape: TableLayout, head: list[list[TextPart]], stubs: list[int], texts: dict[int, list[str]]
    ) -> None:
        """Give each column that heads rows its header word; without a header, by its cells."""
        axes = self.axes
        for c in stubs:
            header = next((line[c] for line in reversed(head) if line[c].text.strip()), None)
            field = self.axes.field(header.text) if header else None
            if field in _ROW_FIELDS and header:
                shape.stubs[c] = header.text
                continue
            kinds = {axes.of(text) for text in texts.get(c, ()) if not is_total(text)}
            if header is None or field is ColumnField.INDICATOR:
                if kinds == {CellKind.REGION}:
                    shape.stubs[c] = "地区"
                elif kinds == {CellKind.PERIOD}:
                    shape.stubs[c] = "年份"
            if c not in shape.stubs and (texts.get(c) or header):
                shape.trouble, shape.at = LayoutTrouble.STUB, header or head[-1][c]
        if not any(self.axes.field(word) in _ROW_HEADINGS for word in shape.stubs.values()):
            shape.trouble, shape.at = LayoutTrouble.STUB, shape.at or head[-1][stubs[0]]
