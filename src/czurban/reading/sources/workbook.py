"""Read XLSX, XLS and ODS as sheets with python-calamine, with the cells as programs show them, without hidden cells."""

import datetime as dt
import io
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

import python_calamine as calamine

from czurban.errors import UnreadableError
from czurban.model.collection.form_mark import HEAD, MARK_SHEET, is_mark
from czurban.model.finding import Finding, Place, say
from czurban.model.text import visible
from czurban.reading.sources.cell_formats import format_number
from czurban.reading.sources.limits import BYTES_A_CELL, Limits, too_large, too_many_columns, too_many_rows
from czurban.reading.sources.office_xml import ScanError
from czurban.reading.sources.opening import FileKind
from czurban.reading.sources.sheet import CellSheet, Layout, Row, numbers_below

_BROKEN = (zipfile.BadZipFile, ScanError, RuntimeError, ValueError, LookupError, OSError, struct.error, zlib.error)
"""The errors of the zip and XML readers for damaged files."""


class WorkbookError(UnreadableError):
    """The workbook cannot be read; the message and hint are for the finding."""


class LimitError(UnreadableError):
    """The workbook exceeds a limit, which the finding names."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message, finding.hint)
        self.finding = finding


def read_workbook(file: str, data: bytes, kind: FileKind, limits: Limits) -> tuple[list[CellSheet], list[str]]:
    """Read every visible sheet; return them, and the names of the hidden sheets that were left out.

    Raises:
        WorkbookError: encrypted or damaged.
        LimitError: larger than the limits allow.
    """
    layouts = _layouts(file, data, kind, limits)
    if kind is FileKind.ODS:  # the library lays out all sheets at once, when it opens the file
        for name, layout in layouts.items():
            _check_limits(file, name, layout, limits)
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        visible = calamine.SheetVisibleEnum.Visible
        hidden = [sheet.name for sheet in book.sheets_metadata if sheet.visible != visible]
        shown = [sheet.name for sheet in book.sheets_metadata if sheet.visible == visible]
        for name in shown:
            _check_limits(file, name, layouts.get(name, Layout()), limits)
        return [_sheet(file, book, name, layouts.get(name, Layout())) for name in shown], hidden
    except calamine.PasswordError as error:
        raise _encrypted() from error
    except calamine.CalamineError as error:
        raise _damaged() from error
    except BaseException as error:
        # A file that trips an assertion of the Rust library surfaces as pyo3's PanicException, a BaseException.
        if type(error).__name__ == "PanicException":
            raise _damaged() from error
        raise


def _sheet(file: str, book: calamine.CalamineWorkbook, name: str, layout: Layout) -> CellSheet:
    percents, formats = layout.percents, layout.formats
    rows = [
        Row(r + 1, [text(value, formats.get((r, c), ""), percent=(r, c) in percents) for c, value in enumerate(values)])
        for r, values in enumerate(book.get_sheet_by_name(name).to_python(skip_empty_area=False))
    ]
    _insert_texts(layout.texts, rows)
    return _without_hidden(CellSheet(file, name, rows, merges=layout.merges, struck=layout.struck), layout)


def _insert_texts(texts: Mapping[tuple[int, int], str], rows: list[Row]) -> None:
    """Insert texts into their cells, and add the rows and cells at the end that the library left out as empty."""
    for (r, c), written in texts.items():
        rows += [Row(number + 1, []) for number in range(len(rows), r + 1)]
        cells = rows[r].cells
        rows[r] = Row(r + 1, [*cells[:c], *[""] * (c - len(cells)), written, *cells[c + 1 :]])


def _without_hidden(sheet: CellSheet, layout: Layout) -> CellSheet:
    """Remove hidden rows and clear hidden columns; those without content are not counted as hidden."""
    if not layout.hidden_rows and not layout.hidden_columns:
        return sheet
    width = max((len(row.cells) for row in sheet.rows), default=0)
    rows = numbers_below(layout.hidden_rows, len(sheet.rows))
    hidden = {row.number for row in sheet.rows if row.number - 1 in rows and any(row.cells)}
    kept = [row for row in sheet.rows if row.number not in hidden]
    columns = {
        column
        for column in numbers_below(layout.hidden_columns, width)
        if any(column < len(row.cells) and row.cells[column] for row in kept)
    }
    shown = [Row(row.number, ["" if c in columns else cell for c, cell in enumerate(row.cells)]) for row in kept]
    return replace(sheet, rows=shown, hidden_rows=sorted(hidden), hidden_columns=sorted(c + 1 for c in columns))


def text(value: object, code: str = "", *, percent: bool = False) -> str:
    """Write a cell as Excel shows it; `code` is a number format that shows more than the number.

    A workbook stores binary floating point; Excel itself promises and shows 15 significant digits, so 0.29 is read as
    0.29 and not as 0.28999999999999998. From that text on everything is exact.
    """
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        number = Decimal(f"{value:.15g}")
        if code:
            return format_number(number, code)
        return f"{number.scaleb(2):f}%" if percent else f"{number:f}"
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    return visible(str(value))


def _layouts(file: str, data: bytes, kind: FileKind, limits: Limits) -> Mapping[str, Layout]:
    if kind is FileKind.XLS:
        return _xls_layouts(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            size = sum(part.file_size for part in book.infolist())
            if size > limits.size:
                raise LimitError(too_large(Place(file), size, limits))
            if kind is FileKind.ODS:
                return _ods_layouts(book)
            from czurban.reading.sources.xlsx import scan_xlsx  # noqa: PLC0415 - for this format alone

            return scan_xlsx(book)
    except _BROKEN as error:
        raise _damaged() from error


def _ods_layouts(book: zipfile.ZipFile) -> Mapping[str, Layout]:
    from czurban.reading.sources.ods import NestedTableError, scan_ods  # noqa: PLC0415 - for this format alone

    try:
        return scan_ods(book)
    except NestedTableError as error:
        raise WorkbookError(
            say(
                "A drawing in a sheet contains a table, so the end of the sheet is not clear; the workbook is not read."
            ),
            say("Delete the drawing, or save the workbook as XLSX."),
        ) from error


def _xls_layouts(data: bytes) -> Mapping[str, Layout]:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise _encrypted()
    from czurban.reading.sources.xls import scan_xls  # noqa: PLC0415 - xlrd loads for the 2003 format alone

    try:
        return scan_xls(data)
    except ScanError as error:
        raise _damaged() from error


def _check_limits(file: str, name: str, layout: Layout, limits: Limits) -> None:
    """Check the size of a sheet before it is laid out in memory."""
    place = Place(file, sheet=name)
    if layout.height > limits.rows:
        raise LimitError(too_many_rows(place, layout.height, limits))
    if layout.width > limits.columns:
        raise LimitError(too_many_columns(place, layout.width, limits))
    if (size := layout.height * layout.width * BYTES_A_CELL) > limits.size:
        raise LimitError(too_large(place, size, limits))


def _encrypted() -> WorkbookError:
    return WorkbookError(
        say("The workbook is protected with a password, so it cannot be read."),
        say("Open it in the spreadsheet program, remove the password and save it again."),
    )


def _damaged() -> WorkbookError:
    return WorkbookError(
        say("The workbook is damaged or cut off, so it cannot be read."),
        say("Ask for the file again, or open it in the spreadsheet program and save it again."),
    )


def mark_cells(data: bytes, names: Sequence[str]) -> list[str] | None:
    """Return the cells of the hidden sheet with a form's mark; None where the workbook has no mark.

    The first cell must fit as well as the sheet's name, since other workbooks may have a sheet of that name. A damaged
    sheet of that name is a mark without contents.
    """
    if MARK_SHEET not in names:
        return None
    try:
        rows = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name(MARK_SHEET).to_python()
    except BaseException as error:
        # The sheet is damaged; a failed assertion of the Rust library raises an error that is not an Exception.
        if isinstance(error, calamine.CalamineError) or type(error).__name__ == "PanicException":
            return [HEAD]
        raise
    cells = [str(row[0]) for row in rows if row]
    return cells if is_mark(cells) else None
