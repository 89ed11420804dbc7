"""Write a form as a workbook: only the cells to fill in are unlocked, with lists to choose from and a hidden mark."""

import io
from typing import Any

import xlsxwriter

from czurban.files.writing import MADE
from czurban.model.collection.form_mark import HEAD, MARK_SHEET, mark_texts
from czurban.reporting.forms.form import Ask, Form, FormTable

_FONT = "微软雅黑"
_BASE = {"font_name": _FONT, "font_size": 11, "valign": "vcenter"}
_GRID = {**_BASE, "border": 1, "border_color": "#A6A6A6", "text_wrap": True}
_STYLES: dict[str, dict[str, object]] = {
    "title": {**_BASE, "font_size": 15, "bold": True},
    "line": {**_BASE, "font_color": "#404040"},
    "call": {**_BASE, "bold": True, "font_color": "#9C5700"},
    "head": {**_GRID, "bold": True, "align": "center", "bg_color": "#DCE6F1"},
    "head asked": {**_GRID, "bold": True, "align": "center", "bg_color": "#FFE699"},
    "text": {**_GRID, "align": "left", "indent": 1},
    "number": {**_GRID, "align": "right", "indent": 1},
    "asked text": {**_GRID, "align": "left", "indent": 1, "bg_color": "#FFF9DB", "locked": False},
    "asked number": {**_GRID, "align": "right", "indent": 1, "bg_color": "#FFF9DB", "locked": False},
    "step": {**_BASE, "text_wrap": True},
}
_ALLOWED = {"format_cells": True, "format_columns": True, "format_rows": True, "select_locked_cells": True}
"""Formats may change: if they may not, Excel keeps 41.2% as 0.412 without showing that it is a percentage."""
_TITLE, _TEXT = 32, 255
"""The most characters Excel takes for the title and the text of a message at a cell."""
_PAPER_A4 = 9
_SIGNING = 16
"""The least width of a column in which somebody writes a name or a date above the table."""


class _Lists:
    """The lists to choose from, in columns of the hidden sheet, since a list in the rule of a cell is limited."""

    def __init__(self, sheet: Any) -> None:  # noqa: ANN401 - the library ships no types
        self._sheet = sheet
        self._ranges: dict[tuple[str, ...], str] = {}

    def range_of(self, choices: tuple[str, ...]) -> str:
        """Return the range of cells with these choices, which is written when it is first needed."""
        if choices not in self._ranges:
            column = 2 + len(self._ranges)
            for row, text in enumerate(choices):
                self._sheet.write_string(row, column, text)
            cells = xlsxwriter.utility.xl_range_abs(0, column, len(choices) - 1, column)
            self._ranges[choices] = f"={MARK_SHEET}!{cells}"
        return self._ranges[choices]


def form_xlsx(form: Form) -> bytes:
    """Write a form as XLSX."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        book.set_properties({"title": form.title, "author": "czurban", "created": MADE})
        formats = {name: book.add_format(style) for name, style in _STYLES.items()}
        pages = [book.add_worksheet(table.name) for table in form.tables]
        _instructions(book.add_worksheet(form.instructions_name), form, formats)
        lists = _Lists(_mark(book, form))
        for page, table in zip(pages, form.tables, strict=True):
            _table(page, table, formats, lists)
    return stream.getvalue()


def _mark(book: Any, form: Form) -> Any:  # noqa: ANN401 - the library ships no types
    """Write the hidden sheet, which Excel's menu does not show either."""
    sheet = book.add_worksheet(MARK_SHEET)
    for row, text in enumerate((HEAD, *mark_texts(form.mark))):
        sheet.write_string(row, 0, text)
    sheet.very_hidden()
    sheet.protect()
    return sheet


def _instructions(sheet: Any, form: Form, formats: dict[str, Any]) -> None:  # noqa: ANN401 - as above
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 96)
    for row, text in enumerate(form.instructions):
        sheet.set_row(row, 26 if row else 34)
        sheet.write_string(row, 0, text, formats["step" if row else "title"])
    sheet.set_paper(_PAPER_A4)
    sheet.fit_to_pages(1, 0)
    sheet.protect("", _ALLOWED)


def _table(sheet: Any, table: FormTable, formats: dict[str, Any], lists: _Lists) -> None:  # noqa: ANN401 - as above
    sheet.hide_gridlines(2)
    wide = [number for number, column in enumerate(table.columns) if column.width >= _SIGNING]
    for row, line in enumerate(table.lines):
        sheet.set_row(row, 30 if row == 0 else 20)
        if isinstance(line, tuple):
            for number, text in zip(wide, line, strict=False):
                sheet.write_string(row, number, text, formats["asked text"])
            continue
        style = "title" if row == 0 else "call" if row == len(table.lines) - 1 else "line"
        sheet.write_string(row, 0, line, formats[style])
    head = len(table.lines)
    sheet.set_row(head, 36)
    for number, column in enumerate(table.columns):
        sheet.set_column(number, number, column.width)
        sheet.write_string(head, number, column.title, formats["head asked" if column.asked else "head"])
    for row, cells in enumerate(table.rows, head + 1):
        sheet.set_row(row, _height(table, cells))
        for number, cell in enumerate(cells):
            kind = "number" if table.columns[number].number else "text"
            style = formats[f"asked {kind}" if isinstance(cell, Ask) else kind]
            _cell(sheet, (row, number), cell, style, lists)
    sheet.ignore_errors({"number_stored_as_text": f"A1:Z{head + len(table.rows) + 1}"})  # no green corners
    _page(sheet, head)


def _height(table: FormTable, cells: tuple[str | Ask, ...]) -> int:
    """Return a height for the longest text; a Chinese character takes two cells. Programs fit rows differently."""
    lines = max(
        -(-sum(1 if char.isascii() else 2 for char in cell) // (column.width - 3))
        for column, cell in zip(table.columns, cells, strict=True)
        if isinstance(cell, str)
    )
    return 8 + 16 * max(lines, 1)


def _cell(sheet: Any, at: tuple[int, int], cell: str | Ask, style: Any, lists: _Lists) -> None:  # noqa: ANN401 - as above
    if isinstance(cell, str):
        sheet.write_string(*at, cell, style)
    else:
        sheet.write_blank(*at, None, style)
        if rule := _rule(cell, lists):
            sheet.data_validation(*at, *at, rule)


def _rule(ask: Ask, lists: _Lists) -> dict[str, object] | None:
    """Return the rule of a cell. A text in place of a number can be kept after a question: 约190 and — are read."""
    rule = {
        "input_title": ask.title[:_TITLE],
        "input_message": ask.prompt[:_TEXT],
        "error_message": ask.refusal[:_TEXT],
        "ignore_blank": True,
    }
    if ask.choices:
        return {"validate": "list", "source": lists.range_of(ask.choices), **rule}
    if not ask.number:
        return None
    rule["error_type"] = "warning"
    lows = [bound for bound in (ask.low, ask.usual and ask.usual[0]) if bound is not None]
    highs = [bound for bound in (ask.high, ask.usual and ask.usual[1]) if bound is not None]
    low, high = max(lows, default=-(10**15)), min(highs, default=10**15)
    return {"validate": "decimal", "criteria": "between", "minimum": float(low), "maximum": float(high), **rule}


def _page(sheet: Any, head: int) -> None:  # noqa: ANN401 - as above
    sheet.freeze_panes(head + 1, 2)
    sheet.set_landscape()
    sheet.set_margins(0.5, 0.5, 0.6, 0.7)
    sheet.set_paper(_PAPER_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(head)
    sheet.set_footer("&C&P / &N")
    sheet.protect("", _ALLOWED)
