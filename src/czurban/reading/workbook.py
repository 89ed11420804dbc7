"""XLSX and XLS to sheets: values through python-calamine, percentages as they are shown."""

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

import python_calamine as calamine

from czurban.model.message import Message, say
from czurban.model.place import Place
from czurban.reading.sheet import Row
from czurban.reading.xlsx_scan import MOST_CELLS, ScanError, column_letters, scan

MOST_BYTES = 512 * 1024 * 1024
Percents = Callable[[str, int, int], bool]
"""Whether the cell in that sheet, row and column (counted from 0) is shown as a percentage."""


class WorkbookError(Exception):
    """The workbook cannot be read; the message and hint are for the finding."""

    def __init__(self, message: Message, hint: Message) -> None:
        super().__init__(str(message))
        self.message = message
        self.hint = hint


@dataclass(frozen=True, slots=True)
class WorkbookSheet:
    """One sheet of a workbook, as texts."""

    file: str
    name: str
    rows: Sequence[Row]
    ragged: bool = False

    def place(self, row: Row, column: int | None = None) -> Place:
        """The sheet and cell, or the sheet and row's first cell."""
        letters = column_letters((column or 0) + 1)
        return Place(self.file, sheet=self.name, cell=f"{letters}{row.number}")


def read_workbook(file: str, data: bytes) -> tuple[list[WorkbookSheet], list[str]]:
    """Read every visible sheet. Returns the sheets, and the names of the hidden ones that were left out.

    Raises:
        WorkbookError: encrypted, damaged, or larger than can be read safely.
    """
    percents = _xlsx_percents(data) if data.startswith(b"PK") else _xls_percents(data)
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        visible = calamine.SheetVisibleEnum.Visible
        hidden = [sheet.name for sheet in book.sheets_metadata if sheet.visible != visible]
        shown = [sheet.name for sheet in book.sheets_metadata if sheet.visible == visible]
        return [_sheet(file, book, name, percents) for name in shown], hidden
    except calamine.PasswordError as error:
        raise _encrypted() from error
    except calamine.CalamineError as error:
        raise _damaged() from error
    except BaseException as error:
        # A file that trips an assertion of the Rust library surfaces as pyo3's PanicException, a BaseException.
        if type(error).__name__ == "PanicException":
            raise _damaged() from error
        raise


def _sheet(file: str, book: calamine.CalamineWorkbook, name: str, percents: Percents) -> WorkbookSheet:
    table = book.get_sheet_by_name(name)
    rows = [
        Row(r + 1, [text(value, percent=percents(name, r, c)) for c, value in enumerate(values)])
        for r, values in enumerate(table.to_python(skip_empty_area=False))
    ]
    return WorkbookSheet(file, name, rows)


def text(value: object, *, percent: bool = False) -> str:
    """Spell a cell as Excel shows it.

    A workbook stores binary floating point; Excel itself promises and shows 15 significant digits, so 0.29 comes as
    0.29 and not as 0.28999999999999998. From that text on everything is exact.
    """
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        number = Decimal(f"{value:.15g}")
        return f"{number.scaleb(2):f}%" if percent else f"{number:f}"
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    return str(value)


def _xlsx_percents(data: bytes) -> Percents:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            if sum(part.file_size for part in book.infolist()) > MOST_BYTES:
                raise _too_large()
            scans = scan(book)
    except (zipfile.BadZipFile, ScanError, RuntimeError) as error:
        raise _damaged() from error
    if any(sheet.rows * sheet.columns > MOST_CELLS for sheet in scans.values()):
        raise _too_large()
    marked = {name: sheet.percents for name, sheet in scans.items()}

    def is_percent(name: str, r: int, c: int) -> bool:
        at = marked.get(name)
        return bool(at) and f"{column_letters(c + 1)}{r + 1}" in (at or ())

    return is_percent


def _xls_percents(data: bytes) -> Percents:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise _encrypted()
    from czurban.reading.xls_formats import percent_cells  # noqa: PLC0415 - xlrd loads for the 2003 format alone

    cells = percent_cells(data)
    return lambda name, r, c: (name, r, c) in cells


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


def _too_large() -> WorkbookError:
    return WorkbookError(
        say("The workbook unpacks to more than a submission can hold, so it was not opened."),
        say("Copy the table alone into a new workbook, or save it as CSV."),
    )
