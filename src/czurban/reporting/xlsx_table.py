"""A table on a sheet: flat, with its groups as a column, so that it can be sorted, filtered and summed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from rich.cells import cell_len

from czurban.errors import OutputError
from czurban.model.message import say
from czurban.model.safe_text import one_line
from czurban.reporting.document import Cell, Column, Table, Tone
from czurban.reporting.xlsx_looks import GROUND, Looks
from czurban.reporting.xlsx_numbers import number

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
    rows: tuple[tuple[Cell, ...], ...]


def flat(table: Table) -> Flat:
    """Turn the titles of groups into a first column."""
    if not any(group.title for group in table.groups):
        return Flat(table.columns, tuple(row for group in table.groups for row in group.rows))
    rows = ((Cell(group.title), *row) for group in table.groups for row in group.rows)
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


def _lines(row: Sequence[Cell], wide: Sequence[int]) -> int:
    """How many lines the row's text takes; said, since not every program measures wrapped text when it opens a file."""
    lines = max(-(-cell_len(cell.text) // (width - 2)) for cell, width in zip(row, wide, strict=True))
    return min(max(1, lines), _MOST_LINES)


def put(sheet: Any, line: int, column: int, text: str, look: Any) -> None:  # noqa: ANN401
    """Write text that stays text; what is longer than a cell ends in an ellipsis."""
    flat_text = one_line(text)
    sheet.write_string(line, column, flat_text if len(flat_text) <= LONGEST else flat_text[: LONGEST - 1] + "…", look)


def _cell(sheet: Any, looks: Looks, at: tuple[int, int], cell: Cell, column: Column) -> None:  # noqa: ANN401
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


def _words(rows: Sequence[Sequence[Cell]], index: int) -> dict[str, Tone]:
    """The words of a column and the tone of each, if they are few and each has one alone."""
    tones = {(one_line(row[index].text), row[index].tone) for row in rows}
    words = dict(sorted(tones))
    if len(words) < len(tones) or len(words) > _FEW:
        return {}
    return {text: tone for text, tone in words.items() if tone in GROUND and 0 < len(text) < _WIDEST}
