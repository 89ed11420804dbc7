"""How a table stands, where its indicators are not one a row: recognised by what is in it, never by its looks alone."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from czurban.reading.sources.sheet import Sheet
from czurban.reading.submission.arranging.headings import Axes, Heading, TextPart, grid_of
from czurban.reading.submission.header_words import ColumnField
from czurban.reading.submission.names import is_total

_STUBS = frozenset({ColumnField.REGION, ColumnField.PERIOD, ColumnField.PART})
"""What may head the rows of figures."""
_BESIDE = _STUBS | {ColumnField.NUMBER, ColumnField.SENDER, ColumnField.STATUS, ColumnField.NOTE, ColumnField.QUALIFIER}
"""What else a row may say of its figures in a column of its own."""
_MOST_HEADS = 4
_MOST_META = 12


class LayoutKind(StrEnum):
    """How a table stands."""

    TURNED = "turned"
    """Indicators across, and down what else heads columns: 单位, 2018年, 目标, 完成值."""
    SPREAD = "spread"
    """Indicators across, regions or periods down."""
    SINGLE = "single"
    """All figures of one indicator, which is named above the table."""


class LayoutTrouble(StrEnum):
    """Why a table that was recognised is not read."""

    BOTH = "both"
    STUB = "stub"
    NAME = "name"


@dataclass(slots=True)
class TableLayout:
    """A table recognised: the rows of its header, which row names the indicators, and which columns head its rows.

    `stubs` gives each column that heads rows the word it is read by; `name` is the indicator that stands above.
    """

    kind: LayoutKind
    first: int
    anchor: int
    data: int
    width: int
    stubs: dict[int, str] = field(default_factory=dict)
    values: Sequence[int] = ()
    name: TextPart | None = None
    trouble: LayoutTrouble | None = None
    at: TextPart | None = None


class Recogniser:
    """Looks for such tables in one sheet, row by row."""

    def __init__(self, sheet: Sheet, axes: Axes) -> None:
        self.sheet = sheet
        self.axes = axes

    def may_head(self, at: int) -> bool:
        """Return whether a row may be a header: it has texts, and no figure among them."""
        kinds = [self.axes.of(cell) for cell in self.sheet.rows[at].cells]
        return Heading.FIGURE not in kinds and any(kind is not Heading.NOTHING for kind in kinds)

    def across(self, at: int, floor: int) -> TableLayout | None:
        """Recognise a table whose indicators stand in this row; `floor` is the first row that may belong to it."""
        rows = self.sheet.rows
        named = [c for c, cell in enumerate(rows[at].cells) if self.axes.of(cell) is Heading.INDICATOR]
        if not named or named[0] == 0:
            return None
        width = _width(rows[at].cells)
        data, body = self._body(at, named)
        if not body:
            return None
        width = max(width, *(_width(rows[n].cells) for n in range(at, data)))
        first = self._first(at, floor, named[0])
        head = grid_of(self.sheet, rows[first:data], width)
        stubs = [c for c in range(named[0]) if any(_text(rows[n].cells, c) for n in (*range(first, data), *body))]
        if not stubs:
            return None
        shape = TableLayout(LayoutKind.SPREAD, first, at, data, width, values=range(named[0], width))
        texts = {c: [t for n in body if (t := _text(rows[n].cells, c))] for c in stubs}
        if any(self.axes.of(text) is Heading.INDICATOR for c in stubs for text in texts[c]):
            return None
        if self._is_turned(shape, stubs, texts, body):
            shape.kind, shape.stubs = LayoutKind.TURNED, dict.fromkeys(stubs, "")
            return shape
        self._word_stubs(shape, head, [*stubs, *self._beside(shape, head, body)], texts)
        return shape

    def below_title(self, at: int, floor: int, titles: Sequence[TextPart]) -> TableLayout | None:
        """Recognise a table under the name of one indicator: periods or regions across, regions or periods down."""
        rows, axes = self.sheet.rows, self.axes
        cells = rows[at].cells
        filled = [c for c, cell in enumerate(cells) if cell.strip()]
        names = {axes.named_above(part.text): part for part in titles if axes.named_above(part.text)}
        if not filled or not names or any(axes.of(cell) is Heading.INDICATOR for cell in cells):
            return None
        below = rows[at + 1].cells[: filled[0]] if at + 1 < len(rows) else ()
        columns = filled if any(cell.strip() for cell in below) else filled[1:]  # the corner may be blank
        data, body = self._body(at, columns) if columns else (0, [])
        figures = [c for c in columns if any(axes.of(_text(rows[n].cells, c)) is Heading.FIGURE for n in body)]
        if not figures:
            return None
        stubs = [c for c in range(figures[0]) if any(_text(rows[n].cells, c) for n in (at, *body))]
        heads = [h for c in figures if (h := axes.header(cells[c]))]
        if not stubs or not any(h.bare or h.field is ColumnField.VALUE for h in heads):
            return None
        width = max(_width(rows[n].cells) for n in range(at, data))
        first = self._first(at, floor, figures[0])
        name, part = next(iter(names.items()))
        shape = TableLayout(LayoutKind.SINGLE, first, at, data, width, values=range(figures[0], width))
        shape.name = part._replace(text=name)
        if len({one.id for name in names if (one := axes.indicator(name))}) > 1:
            shape.trouble, shape.at = LayoutTrouble.BOTH, [*names.values()][-1]
            return shape
        texts = {c: [t for n in body if (t := _text(rows[n].cells, c))] for c in stubs}
        self._word_stubs(shape, grid_of(self.sheet, rows[first:data], width), stubs, texts)
        return shape

    def _body(self, at: int, columns: Sequence[int]) -> tuple[int, list[int]]:
        """The first row of figures under a header and the rows that go on with it; none where there is no figure."""
        rows, axes = self.sheet.rows, self.axes
        data = 0
        body: list[int] = []
        for n in range(at + 1, len(rows)):
            kinds = [axes.of(_text(rows[n].cells, c)) for c in columns]
            if Heading.FIGURE in kinds or (body and self._has_heading(n, columns[0])):
                data = data or n
                body.append(n)
            elif (
                any(cell.strip() for cell in rows[n].cells) and (body or n > at + _MOST_META)
            ) or Heading.INDICATOR in kinds:
                break
        return data, body

    def _beside(self, shape: TableLayout, head: list[list[TextPart]], body: list[int]) -> list[int]:
        """Columns among those of figures that say something else of a row: by their word, or since they hold texts."""
        found, named = [], False
        for c in shape.values:
            own = [line[c].text for line in head if line[c].text.strip()]
            named = any(self.axes.of(text) is Heading.INDICATOR for text in own) or (
                named and not head[shape.anchor - shape.first][c].text.strip()
            )
            texts = [self.axes.of(_text(self.sheet.rows[n].cells, c)) for n in body]
            worded = any(self.axes.field(text) in _BESIDE for text in own)
            if worded or (not named and any(kind not in (Heading.FIGURE, Heading.NOTHING) for kind in texts)):
                found.append(c)
        return found

    def _has_heading(self, at: int, end: int) -> bool:
        """Whether a row without figures still is one of the table: —, …, or blank cells behind a region or a period."""
        cells = self.sheet.rows[at].cells
        texts = [cell for cell in cells[:end] if cell.strip()]
        rest = [self.axes.of(cell) for cell in cells[end:]]
        headed = any(self.axes.of(text) in (Heading.REGION, Heading.PERIOD) for text in texts)
        return headed and all(kind is Heading.NOTHING for kind in rest)

    def _first(self, at: int, floor: int, column: int) -> int:
        """The first row of the header: rows above whose texts stand over columns of figures alone belong to it."""
        first = at
        while first > max(floor, at - _MOST_HEADS + 1):
            cells = self.sheet.rows[first - 1].cells
            filled = [c for c, cell in enumerate(cells) if cell.strip()]
            own = [c for c in filled if c < column]
            same = all(self.axes.field(cells[c]) or cells[c] == _text(self.sheet.rows[at].cells, c) for c in own)
            if not filled or filled[-1] < column or not same or not self.may_head(first - 1):
                break
            first -= 1
        return first

    def _is_turned(self, shape: TableLayout, stubs: list[int], texts: dict[int, list[str]], body: list[int]) -> bool:
        """Whether what stands down heads columns once the table is turned: each row has a text, and not of regions."""
        rows, axes = self.sheet.rows, self.axes
        between = range(shape.anchor + 1, shape.data)
        meta = [n for n in between if any(cell.strip() for cell in rows[n].cells)]
        labelled = [n for n in meta if any(_text(rows[n].cells, c) for c in stubs)]
        if len(labelled) < len(meta):
            return False
        kinds = {axes.of(text) for c in stubs for text in texts[c] if not is_total(text)}
        words = Heading.WORD in kinds or (bool(labelled) and Heading.REGION not in kinds)
        heads = {self.axes.field(_text(rows[shape.anchor].cells, c)) for c in stubs}
        if not words or not heads <= {None, ColumnField.INDICATOR, ColumnField.PERIOD} or Heading.REGION in kinds:
            return False
        return any(_text(rows[n].cells, c) for n in body for c in stubs)

    def _word_stubs(
        self, shape: TableLayout, head: list[list[TextPart]], stubs: list[int], texts: dict[int, list[str]]
    ) -> None:
        """Give each column that heads rows its word: its own, or by what is in it where its header says nothing."""
        axes = self.axes
        for c in stubs:
            own = next((line[c] for line in reversed(head) if line[c].text.strip()), None)
            word = self.axes.field(own.text) if own else None
            if word in _BESIDE and own:
                shape.stubs[c] = own.text
                continue
            kinds = {axes.of(text) for text in texts.get(c, ()) if not is_total(text)}
            if own is None or word is ColumnField.INDICATOR:
                if kinds == {Heading.REGION}:
                    shape.stubs[c] = "地区"
                elif kinds == {Heading.PERIOD}:
                    shape.stubs[c] = "年份"
            if c not in shape.stubs and (texts.get(c) or own):
                shape.trouble, shape.at = LayoutTrouble.STUB, own or head[-1][c]
        if not any(self.axes.field(word) in _STUBS for word in shape.stubs.values()):
            shape.trouble, shape.at = LayoutTrouble.STUB, shape.at or head[-1][stubs[0]]


def _text(cells: Sequence[str], at: int) -> str:
    return cells[at].strip() if at < len(cells) else ""


def _width(cells: Sequence[str]) -> int:
    return max((c + 1 for c, cell in enumerate(cells) if cell.strip()), default=0)
