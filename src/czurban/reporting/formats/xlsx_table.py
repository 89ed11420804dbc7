"""A table on a sheet: flat, with its groups as a column, so that it can be sorted, filtered and summed.

The looks of a workbook's cells; each is made once, because a program takes only so many.

A cell's figure as a spreadsheet's number, with the format that shows exactly what the text shows.

Strips of a table as a chart of the spreadsheet program's own, drawn from the cells beside it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from rich.cells import cell_len

from czurban.errors import OutputError
from czurban.model.finding import say
from czurban.model.text import exact, fixed, one_line
from czurban.reporting.document import Column, DocumentTable, Strip, TableCell, Tone

INK = {Tone.GOOD: "#1B5E3A", Tone.BAD: "#B3261E", Tone.DOUBT: "#8A5A00", Tone.QUIET: "#5F6368"}
"""The colour of text in each tone; the plain one has none."""
GROUND = {Tone.GOOD: "#E6F2EA", Tone.BAD: "#FBE3E0", Tone.DOUBT: "#FFF3D6"}
"""The colour behind a word that tells."""
BAR = {Tone.GOOD: "#3F8F63", Tone.BAD: "#C8443A", Tone.DOUBT: "#D9A036", Tone.QUIET: "#B8BEC4", Tone.PLAIN: "#7D8894"}
"""The colour of a chart's part."""
_LINES = {"border": 1, "border_color": "#C4C9CE"}
_TEXT = {"font_name": "宋体", "font_size": 10.5, "valign": "vcenter"}


class Looks:
    """The formats of one workbook."""

    def __init__(self, book: Any) -> None:  # noqa: ANN401 - the library ships no types
        self._book = book
        self._made: dict[tuple[tuple[str, object], ...], Any] = {}

    def cell(self, tone: Tone = Tone.PLAIN, *, right: bool = False, form: str = "") -> Any:  # noqa: ANN401
        """A cell of a table; with a number format, a number's."""
        colour = {"font_color": INK[tone]} if tone in INK else {}
        number = {"num_format": form} if form else {"text_wrap": True}
        return self._look({**_TEXT, **_LINES, **colour, **number, "indent": 1, "align": "right" if right else "left"})

    def head(self) -> Any:  # noqa: ANN401
        """A column's title."""
        fill = {"bg_color": "#E4E8EC", "font_name": "黑体", "align": "center", "text_wrap": True}
        return self._look({**_TEXT, **_LINES, **fill})

    def heading(self, level: int) -> Any:  # noqa: ANN401
        """A heading."""
        return self._look({**_TEXT, "font_name": "黑体", "font_size": {1: 18, 2: 14}.get(level, 12)})

    def prose(self, tone: Tone = Tone.PLAIN, indent: int = 0) -> Any:  # noqa: ANN401
        """A sentence across the sheet."""
        colour = {"font_color": INK[tone]} if tone in INK else {}
        return self._look({**_TEXT, **colour, "text_wrap": True, "align": "left", "indent": indent})

    def told(self, tone: Tone) -> Any:  # noqa: ANN401
        """What a conditional format lays over a cell whose word has this tone."""
        return self._look({"bg_color": GROUND[tone], "font_color": INK[tone], "bold": tone is Tone.BAD})

    def struck(self) -> Any:  # noqa: ANN401
        """What it lays over the row of a word in a bad tone."""
        return self._look({"bg_color": GROUND[Tone.BAD]})

    def _look(self, properties: dict[str, object]) -> Any:  # noqa: ANN401
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(properties)
        return self._made[key]


_FIGURE = re.compile(r'([^0-9+\-."]*)([+-]?)([0-9]+(?:\.([0-9]+))?)([^0-9"]*)')
_DIGITS = 15
"""What a spreadsheet keeps of a number."""
_PLACES = 30
_PERCENT = 100


@dataclass(frozen=True, slots=True)
class CellNumber:
    """The value as the file holds it, and its number format."""

    value: float
    form: str


def number(cell: TableCell) -> CellNumber | None:
    """The cell's number, or None where the text is to stand as text.

    A value that 15 digits hold is held as it is. Of any other, and of one that was not rounded half up so as to stay on
    its side of a verdict, the figure is held that is shown: the reader's own sums then agree with what he reads.
    """
    found = _FIGURE.fullmatch(cell.text)
    if found is None or cell.value is None:
        return None
    before, sign, digits, decimals, after = found.groups()
    shown, places = Fraction(sign + digits), len(decimals or "")
    scale = _scale(after, cell.value, shown, places)
    if not _held(shown) or places > _PLACES or scale is None:
        return None
    rounds = Fraction(fixed(cell.value * scale, places)) == shown
    value = cell.value if rounds and _held(cell.value) else shown / scale
    tail = after.replace("%", "", 1) if scale == _PERCENT else after
    return CellNumber(float(value), _form(before, sign, places, ("%" if scale == _PERCENT else "") + _quoted(tail)))


def _scale(after: str, value: Fraction, shown: Fraction, places: int) -> int | None:
    """What the value was multiplied by to be shown; None if the text shows another number."""
    for scale in (_PERCENT, 1) if after.startswith("%") else (1,):
        if abs(value * scale - shown) < Fraction(1, 10**places):
            return scale
    return None


def _held(value: Fraction) -> bool:
    text = exact(value)
    return "/" not in text and len(text.lstrip("-").replace(".", "").strip("0")) <= _DIGITS


def _form(before: str, sign: str, places: int, after: str) -> str:
    zeros = "0" + ("." + "0" * places if places else "")
    plain = f"{_quoted(before)}{zeros}{after}"
    if sign == "+":
        return f"{_quoted(before)}+{zeros}{after};{_quoted(before)}-{zeros}{after};{plain}"
    return f"{plain};{_quoted(before)}-{zeros}{after}" if before else plain


def _quoted(text: str) -> str:
    return f'"{text}"' if text else ""


LONGEST = 32_767
"""The characters a cell holds."""
LAST = 1_048_576
"""The rows a sheet has."""
_NARROW, _WIDE, _WIDEST = 9, 24, 42
_LINE = 15.5  # points that a line of a cell is high
_FEW = 12
_MOST_LINES = 26  # a row is at most 409 points high


@dataclass(frozen=True, slots=True)
class Flat:
    """A table as columns and rows alone."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[TableCell, ...], ...]


def flat(table: DocumentTable) -> Flat:
    """Turn the titles of groups into a first column."""
    if not any(group.title for group in table.groups):
        return Flat(table.columns, tuple(row for group in table.groups for row in group.rows))
    rows = ((TableCell(group.title), *row) for group in table.groups for row in group.rows)
    return Flat((Column(table.by), *table.columns), tuple(rows))


def widths(table: Flat) -> list[int]:
    """The width of each column in halves of a Chinese character."""
    return [
        min(max(_NARROW, *(cell_len(text) + 4 for text in _texts(table, i))), _WIDEST if column.main else _WIDE)
        for i, column in enumerate(table.columns)
    ]


def _texts(table: Flat, index: int) -> Iterator[str]:
    yield f"{table.columns[index].title}▾"
    yield from (row[index].text for row in table.rows)


def write(sheet: Any, looks: Looks, table: Flat, top: int) -> None:  # noqa: ANN401 - the library ships no types
    """Write it, its head in the row `top`.

    Raises:
        OutputError: the table is longer than a sheet; to leave rows out would be to hide them.
    """
    if top + len(table.rows) >= LAST:
        message = say("A table of {count} rows is more than a sheet of a workbook holds.", count=len(table.rows))
        raise OutputError(message, say("Write the report as csv, json or html."))
    for i, column in enumerate(table.columns):
        put(sheet, top, i, column.title, looks.head())
    wide = widths(table)
    for line, row in enumerate(table.rows, top + 1):
        sheet.set_row(line, _LINE * _lines(row, wide) + 2)
        for i, (cell, column) in enumerate(zip(row, table.columns, strict=True)):
            _cell(sheet, looks, (line, i), cell, column)
    if table.rows:
        _conditions(sheet, looks, table, top)
        sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{top + 1 + len(table.rows)}"})


def _lines(row: Sequence[TableCell], wide: Sequence[int]) -> int:
    """How many lines the row's text takes; said, since not every program measures wrapped text when it opens a file."""
    lines = max(-(-cell_len(cell.text) // (width - 2)) for cell, width in zip(row, wide, strict=True))
    return min(max(1, lines), _MOST_LINES)


def put(sheet: Any, line: int, column: int, text: str, look: Any) -> None:  # noqa: ANN401
    """Write text that stays text; what is longer than a cell ends in an ellipsis."""
    flat_text = one_line(text)
    sheet.write_string(line, column, flat_text if len(flat_text) <= LONGEST else flat_text[: LONGEST - 1] + "…", look)


def _cell(sheet: Any, looks: Looks, at: tuple[int, int], cell: TableCell, column: Column) -> None:  # noqa: ANN401
    if figure := number(cell):
        sheet.write_number(*at, figure.value, looks.cell(cell.tone, right=True, form=figure.form))
    else:
        put(sheet, *at, cell.text, looks.cell(cell.tone, right=column.number))


def _conditions(sheet: Any, looks: Looks, table: Flat, top: int) -> None:  # noqa: ANN401
    """Lay the tone of a word over its cell, and over the row if it is bad; they follow when somebody corrects it."""
    from xlsxwriter.utility import xl_col_to_name  # noqa: PLC0415 - as the library itself, for workbooks alone

    first, last = top + 1, top + len(table.rows)
    for i, column in enumerate(table.columns):
        for text, tone in ({} if column.number or column.main else _words(table.rows, i)).items():
            word = '"' + text.replace('"', '""') + '"'
            told = {"type": "cell", "criteria": "==", "value": word, "format": looks.told(tone)}
            sheet.conditional_format(first, i, last, i, told)
            if tone is Tone.BAD:
                row = {"type": "formula", "criteria": f"=${xl_col_to_name(i)}{first + 1}={word}"}
                sheet.conditional_format(first, 0, last, len(table.columns) - 1, {**row, "format": looks.struck()})


def _words(rows: Sequence[Sequence[TableCell]], index: int) -> dict[str, Tone]:
    """The words of a column and the tone of each, if they are few and each has one alone."""
    tones = {(one_line(row[index].text), row[index].tone) for row in rows}
    words = dict(sorted(tones))
    if len(words) < len(tones) or len(words) > _FEW:
        return {}
    return {text: tone for text, tone in words.items() if tone in GROUND and 0 < len(text) < _WIDEST}


_WIDTH, _BAR, _FRAME = 860, 26, 70
_ROW = 20  # points of the screen that a row is high


def strips(table: Flat) -> dict[int, Tone]:
    """The columns that hold the parts of its rows' strips, by number, with their tones; none if it has no strips."""
    charts = [cell.chart for row in table.rows for cell in row if isinstance(cell.chart, Strip)]
    tones = {word: tone for chart in charts for word, count, tone in chart.parts if count}
    return {i: tones[column.title] for i, column in enumerate(table.columns) if column.title in tones}


def draw(book: Any, sheet: Any, table: Flat, head: int, top: int) -> int:  # noqa: ANN401 - the library ships no types
    """Draw the chart at the row `top` for the table with its head in the row `head`; how many rows it covers."""
    parts = strips(table)
    if not parts:
        return 0
    chart = book.add_chart({"type": "bar", "subtype": "stacked"})
    for series in _series(sheet.get_name(), table, head, parts):
        chart.add_series(series)
    _dress(chart)
    height = _FRAME + _BAR * len(table.rows)
    chart.set_size({"width": _WIDTH, "height": height})
    sheet.insert_chart(top, 0, chart, {"object_position": 2, "x_offset": 4, "y_offset": 8})
    return -(-height // _ROW) + 2


def _series(name: str, table: Flat, head: int, parts: dict[int, Tone]) -> Iterator[dict[str, object]]:
    main = next((i for i, column in enumerate(table.columns) if column.main), 0)
    first, last = head + 1, head + len(table.rows)
    for i, tone in parts.items():
        white = "#FFFFFF" if tone in {Tone.GOOD, Tone.BAD} else "#1F2328"
        yield {
            "name": [name, head, i],
            "categories": [name, first, main, last, main],
            "values": [name, first, i, last, i],
            "fill": {"color": BAR[tone]},
            "gap": 45,
            "data_labels": {"value": True, "num_format": "0;;;", "font": {"color": white, "size": 9}},
        }


def _dress(chart: Any) -> None:  # noqa: ANN401
    font = {"name": "宋体", "size": 9}
    chart.set_title({"none": True})
    chart.set_y_axis({"reverse": True, "num_font": font, "line": {"none": True}, "major_tick_mark": "none"})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    chart.set_legend({"position": "bottom", "font": font})
    chart.set_chartarea({"border": {"none": True}})
