"""XLSX, XLS and ODS to sheets: values through python-calamine, shown as by the program, without hidden cells."""

import datetime as dt
import io
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from decimal import Decimal

import python_calamine as calamine

from czurban.model.finding import Finding
from czurban.model.message import Message, say
from czurban.model.place import Place
from czurban.model.text import visible
from czurban.reading.addresses import column_letters
from czurban.reading.kinds import Kind
from czurban.reading.layout import Layout, inside
from czurban.reading.limits import BYTES_A_CELL, Limits, too_large, too_many_columns, too_many_rows
from czurban.reading.number_format import shown
from czurban.reading.sheet import Merge, Row
from czurban.reading.xml_part import ScanError

_BROKEN = (zipfile.BadZipFile, ScanError, RuntimeError, ValueError, LookupError, OSError, struct.error, zlib.error)
"""What the zip and XML readers raise over changed bytes, a seek to before the beginning among them."""


class WorkbookError(Exception):
    """The workbook cannot be read; the message and hint are for the finding."""

    def __init__(self, message: Message, hint: Message) -> None:
        super().__init__(str(message))
        self.message = message
        self.hint = hint


class LimitError(Exception):
    """The workbook passes a limit, as the finding says."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(str(finding.message))
        self.finding = finding


@dataclass(frozen=True, slots=True)
class WorkbookSheet:
    """One sheet of a workbook, as texts, without what is hidden in it; numbers of hidden rows and columns from 1.

    `struck` are cells whose text is struck through, counted from 0.
    """

    file: str
    name: str
    rows: Sequence[Row]
    ragged: bool = False
    merges: Sequence[Merge] = ()
    hidden_rows: Sequence[int] = ()
    hidden_columns: Sequence[int] = ()
    refused: int = 0
    cut: Row | None = None
    struck: AbstractSet[tuple[int, int]] = frozenset()

    def place(self, row: Row, column: int | None = None) -> Place:
        """The sheet and cell, or the sheet and row's first cell."""
        letters = column_letters((column or 0) + 1)
        return Place(self.file, sheet=self.name, cell=f"{letters}{row.number}")


def read_workbook(file: str, data: bytes, kind: Kind, limits: Limits) -> tuple[list[WorkbookSheet], list[str]]:
    """Read every visible sheet. Returns the sheets, and the names of the hidden ones that were left out.

    Raises:
        WorkbookError: encrypted or damaged.
        LimitError: larger than the limits allow.
    """
    layouts = _layouts(file, data, kind, limits)
    if kind is Kind.ODS:  # the library lays out all its sheets at once, when it opens the file
        for name, layout in layouts.items():
            _within(file, name, layout, limits)
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        visible = calamine.SheetVisibleEnum.Visible
        hidden = [sheet.name for sheet in book.sheets_metadata if sheet.visible != visible]
        shown = [sheet.name for sheet in book.sheets_metadata if sheet.visible == visible]
        for name in shown:
            _within(file, name, layouts.get(name, Layout()), limits)
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


def _sheet(file: str, book: calamine.CalamineWorkbook, name: str, layout: Layout) -> WorkbookSheet:
    percents, formats = layout.percents, layout.formats
    rows = [
        Row(r + 1, [text(value, formats.get((r, c), ""), percent=(r, c) in percents) for c, value in enumerate(values)])
        for r, values in enumerate(book.get_sheet_by_name(name).to_python(skip_empty_area=False))
    ]
    _put(layout.texts, rows)
    return _without_hidden(WorkbookSheet(file, name, rows, merges=layout.merges, struck=layout.struck), layout)


def _put(texts: Mapping[tuple[int, int], str], rows: list[Row]) -> None:
    """Write texts into their cells; the library cuts off rows and columns where it has nothing for any cell."""
    for (r, c), written in texts.items():
        rows += [Row(number + 1, []) for number in range(len(rows), r + 1)]
        cells = rows[r].cells
        rows[r] = Row(r + 1, [*cells[:c], *[""] * (c - len(cells)), written, *cells[c + 1 :]])


def _without_hidden(sheet: WorkbookSheet, layout: Layout) -> WorkbookSheet:
    """Take out hidden rows and empty hidden columns; those that hold nothing need no word."""
    if not layout.hidden_rows and not layout.hidden_columns:
        return sheet
    width = max((len(row.cells) for row in sheet.rows), default=0)
    rows, columns = inside(layout.hidden_rows, len(sheet.rows)), inside(layout.hidden_columns, width)
    holding = {row.number for row in sheet.rows if row.number - 1 in rows and any(row.cells)}
    kept = [row for row in sheet.rows if row.number not in holding]
    telling = {c for c in columns if any(c < len(row.cells) and row.cells[c] for row in kept)}
    shown = [Row(row.number, ["" if c in telling else cell for c, cell in enumerate(row.cells)]) for row in kept]
    return replace(sheet, rows=shown, hidden_rows=sorted(holding), hidden_columns=sorted(c + 1 for c in telling))


def text(value: object, code: str = "", *, percent: bool = False) -> str:
    """Spell a cell as Excel shows it.

    A workbook stores binary floating point; Excel itself promises and shows 15 significant digits, so 0.29 comes as
    0.29 and not as 0.28999999999999998. From that text on everything is exact.
    `code` is a number format that shows more than the number.
    """
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        number = Decimal(f"{value:.15g}")
        if code:
            return shown(number, code)
        return f"{number.scaleb(2):f}%" if percent else f"{number:f}"
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    return visible(str(value))


def _layouts(file: str, data: bytes, kind: Kind, limits: Limits) -> Mapping[str, Layout]:
    if kind is Kind.XLS:
        return _xls_layouts(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            size = sum(part.file_size for part in book.infolist())
            if size > limits.size:
                raise LimitError(too_large(Place(file), size, limits))
            if kind is Kind.ODS:
                return _ods_layouts(book)
            from czurban.reading.xlsx_scan import scan as xlsx  # noqa: PLC0415 - for this format alone

            return xlsx(book)
    except _BROKEN as error:
        raise _damaged() from error


def _ods_layouts(book: zipfile.ZipFile) -> Mapping[str, Layout]:
    from czurban.reading.ods_scan import NestedTableError, scan  # noqa: PLC0415 - for this format alone

    try:
        return scan(book)
    except NestedTableError as error:
        raise WorkbookError(
            say("A drawing in a sheet holds a table of its own, so it is not sure where the sheet ends; not read."),
            say("Delete the drawing, or save the workbook as XLSX."),
        ) from error


def _xls_layouts(data: bytes) -> Mapping[str, Layout]:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise _encrypted()
    from czurban.reading.xls_formats import scan  # noqa: PLC0415 - xlrd loads for the 2003 format alone

    try:
        return scan(data)
    except ScanError as error:
        raise _damaged() from error


def _within(file: str, name: str, layout: Layout, limits: Limits) -> None:
    """Hold a sheet against the limits before it is laid out."""
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
        say("Ask for the file again, or open it in the spreadsheet program and save it anew."),
    )
