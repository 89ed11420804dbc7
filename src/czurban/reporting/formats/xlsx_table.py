"""Write tables on a sheet, with their groups as a column, their figures as numbers and their strips as a chart."""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any, NamedTuple
from urllib.parse import quote

from rich.cells import cell_len

from czurban.errors import OutputError
from czurban.model.finding import say
from czurban.model.text import exact, fixed, one_line
from czurban.reporting.document import Column, DocumentTable, RowGroup, Strip, TableCell, Tone

INK = {Tone.GOOD: "#1B5E3A", Tone.BAD: "#B3261E", Tone.DOUBT: "#8A5A00", Tone.QUIET: "#5F6368"}
"""The colour of text by tone; the plain tone has none."""
GROUND = {Tone.GOOD: "#E6F2EA", Tone.BAD: "#FBE3E0", Tone.DOUBT: "#FFF3D6"}
"""The colour behind a word by tone."""
BAR = {Tone.GOOD: "#3F8F63", Tone.BAD: "#C8443A", Tone.DOUBT: "#D9A036", Tone.QUIET: "#B8BEC4", Tone.PLAIN: "#7D8894"}
"""The colour of a chart's part by tone."""
_LINES = {"border": 1, "border_color": "#C4C9CE"}
_TEXT = {"font_name": "宋体", "font_size": 10.5, "valign": "vcenter"}


class Looks:
    """The cell formats of a workbook. Each is made once, since programs accept only a limited number."""

    def __init__(self, book: Any) -> None:  # noqa: ANN401 - the library ships no types
        self._book = book
        self._made: dict[tuple[tuple[str, object], ...], Any] = {}

    def cell(self, tone: Tone = Tone.PLAIN, *, right: bool = False, form: str = "") -> Any:  # noqa: ANN401
        """Return the format of a table's cell, of a number if `form` is its number format."""
        colour = {"font_color": INK[tone]} if tone in INK else {}
        number = {"num_format": form} if form else {"text_wrap": True}
        return self._look({**_TEXT, **_LINES, **colour, **number, "indent": 1, "align": "right" if right else "left"})

    def head(self) -> Any:  # noqa: ANN401
        """Return the format of a column's title."""
        fill = {"bg_color": "#E4E8EC", "font_name": "黑体", "align": "center", "text_wrap": True}
        return self._look({**_TEXT, **_LINES, **fill})

    def heading(self, level: int) -> Any:  # noqa: ANN401
        """Return the format of a heading."""
        return self._look({**_TEXT, "font_name": "黑体", "font_size": {1: 18, 2: 14}.get(level, 12)})

    def prose(self, tone: Tone = Tone.PLAIN, indent: int = 0) -> Any:  # noqa: ANN401
        """Return the format of a sentence across the sheet."""
        colour = {"font_color": INK[tone]} if tone in INK else {}
        return self._look({**_TEXT, **colour, "text_wrap": True, "align": "left", "indent": indent})

    def word(self, tone: Tone) -> Any:  # noqa: ANN401
        """Return the conditional format of a cell with a word in this tone."""
        return self._look({"bg_color": GROUND[tone], "font_color": INK[tone], "bold": tone is Tone.BAD})

    def bad_row(self) -> Any:  # noqa: ANN401
        """Return the conditional format of a row with a word in the bad tone."""
        return self._look({"bg_color": GROUND[Tone.BAD]})

    def _look(self, properties: dict[str, object]) -> Any:  # noqa: ANN401
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(properties)
        return self._made[key]


_FIGURE = re.compile(r'([^0-9+\-."]*)([+-]?)([0-9]+(?:\.([0-9]+))?)([^0-9"]*)')
_DIGITS = 15
"""The digits that a spreadsheet keeps of a number."""
_PLACES = 30
_PERCENT = 100


class CellNumber(NamedTuple):
    """The number in the file, and its number format."""

    value: float
    form: str


def number(cell: TableCell) -> CellNumber | None:
    """Return the cell's number, or None if its text stays text.

    A value of at most 15 digits is stored exactly. Any other, and one that was not rounded half up in order to stay on
    its side of a target, is stored as it is shown, so that sums agree with the figures on the sheet.
    """
    match = _FIGURE.fullmatch(cell.text)
    if match is None or cell.value is None:
        return None
    before, sign, digits, decimals, after = match.groups()
    shown, places = Fraction(sign + digits), len(decimals or "")
    scale = _scale(after, cell.value, shown, places)
    if not _is_exact(shown) or places > _PLACES or scale is None:
        return None
    rounds = Fraction(fixed(cell.value * scale, places)) == shown
    value = cell.value if rounds and _is_exact(cell.value) else shown / scale
    tail = after.replace("%", "", 1) if scale == _PERCENT else after
    return CellNumber(float(value), _form(before, sign, places, ("%" if scale == _PERCENT else "") + _quoted(tail)))


def _scale(after: str, value: Fraction, shown: Fraction, places: int) -> int | None:
    """Return the factor between the value and the text, 100 or 1; None if the text is another number."""
    for scale in (_PERCENT, 1) if after.startswith("%") else (1,):
        if abs(value * scale - shown) < Fraction(1, 10**places):
            return scale
    return None


def _is_exact(value: Fraction) -> bool:
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
"""The most characters of a cell."""
LAST = 1_048_576
"""The most rows of a sheet."""
_NARROW, _WIDE, _WIDEST = 8, 18, 36
_LINE = 15.5  # points that a line of a cell is high
_FEW = 12
_MOST_LINES = 26  # a row is at most 409 points high


def flat(table: DocumentTable) -> DocumentTable:
    """Make the titles of groups a first column of a table without groups."""
    if not any(group.title for group in table.groups):
        return DocumentTable(table.columns, (RowGroup("", tuple(table.rows)),))
    rows = ((TableCell(group.title), *row) for group in table.groups for row in group.rows)
    return DocumentTable((Column(table.by), *table.columns), (RowGroup("", tuple(rows)),))


def widths(table: DocumentTable) -> list[int]:
    """Return the width of each column in halves of a Chinese character."""
    texts = [[f"{column.title}▾", *(row[i].text for row in table.rows)] for i, column in enumerate(table.columns)]
    return [
        min(max(_NARROW, *(cell_len(text) + 4 for text in some)), _WIDEST if column.main else _WIDE)
        for column, some in zip(table.columns, texts, strict=True)
    ]


def write(sheet: Any, looks: Looks, table: DocumentTable, top: int) -> None:  # noqa: ANN401 - the library ships no types
    """Write a table with its head in the row `top`.

    Raises:
        OutputError: the table is longer than a sheet.
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
    """Count the lines of the row's text, since not every program measures wrapped text when it opens a file."""
    lines = max(-(-cell_len(cell.text) // (width - 2)) for cell, width in zip(row, wide, strict=True))
    return min(max(1, lines), _MOST_LINES)


def put(sheet: Any, line: int, column: int, text: str, look: Any) -> None:  # noqa: ANN401
    """Write a text as text; if it is longer than a cell, it ends in an ellipsis."""
    flat_text = one_line(text)
    sheet.write_string(line, column, flat_text if len(flat_text) <= LONGEST else flat_text[: LONGEST - 1] + "…", look)


def put_link(sheet: Any, at: tuple[int, int], text: str, file: str, look: Any) -> None:  # noqa: ANN401
    """Write a text that leads to a file in the same folder."""
    sheet.write_url(*at, f"external:{quote(file)}", look, one_line(text))


def _cell(sheet: Any, looks: Looks, at: tuple[int, int], cell: TableCell, column: Column) -> None:  # noqa: ANN401
    if figure := number(cell):
        sheet.write_number(*at, figure.value, looks.cell(cell.tone, right=True, form=figure.form))
        return
    look = looks.cell(cell.tone, right=column.number)
    if cell.link:
        put_link(sheet, at, cell.text, cell.link, look)
    else:
        put(sheet, *at, cell.text, look)


def _conditions(sheet: Any, looks: Looks, table: DocumentTable, top: int) -> None:  # noqa: ANN401
    """Colour cells by their words, and rows with a bad word, by conditions that follow when a cell is edited."""
    from xlsxwriter.utility import xl_col_to_name  # noqa: PLC0415 - only workbooks need it

    first, last = top + 1, top + len(table.rows)
    for i, column in enumerate(table.columns):
        for text, tone in ({} if column.number or column.main else _words(table.rows, i)).items():
            word = '"' + text.replace('"', '""') + '"'
            rule = {"type": "cell", "criteria": "==", "value": word, "format": looks.word(tone)}
            sheet.conditional_format(first, i, last, i, rule)
            if tone is Tone.BAD:
                row = {"type": "formula", "criteria": f"=${xl_col_to_name(i)}{first + 1}={word}"}
                sheet.conditional_format(first, 0, last, len(table.columns) - 1, {**row, "format": looks.bad_row()})


def _words(rows: Sequence[Sequence[TableCell]], index: int) -> dict[str, Tone]:
    """Return the words of a column with their tones, if they are few and each has a single tone."""
    tones = {(one_line(row[index].text), row[index].tone) for row in rows}
    words = dict(sorted(tones))
    if len(words) < len(tones) or len(words) > _FEW:
        return {}
    return {text: tone for text, tone in words.items() if tone in GROUND and 0 < len(text) < _WIDEST}


_WIDTH, _BAR, _FRAME = 860, 26, 70
_ROW = 20  # points of the screen that a row is high


def strips(table: DocumentTable) -> dict[int, Tone]:
    """Return the numbers and tones of the columns with the parts of the rows' strips; none without strips."""
    charts = [cell.chart for row in table.rows for cell in row if isinstance(cell.chart, Strip)]
    tones = {word: tone for chart in charts for word, count, tone in chart.parts if count}
    return {i: tones[column.title] for i, column in enumerate(table.columns) if column.title in tones}


def draw(book: Any, sheet: Any, table: DocumentTable, head: int, top: int) -> int:  # noqa: ANN401 - the library ships no types
    """Draw the strips of a table, whose head is in the row `head`, at the row `top`; return the rows it covers."""
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


def _series(name: str, table: DocumentTable, head: int, parts: dict[int, Tone]) -> Iterator[dict[str, object]]:
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
