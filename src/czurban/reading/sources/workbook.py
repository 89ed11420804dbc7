"""XLSX, XLS and ODS to sheets: values through python-calamine, shown as by the program, without hidden cells.

Value cells of a workbook whose look says something that their text does not: struck through, or merged over rows.

The hidden sheet of a workbook that holds the mark of a form.

What is said of a sheet's hidden rows and columns.
"""

import datetime as dt
import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from decimal import Decimal

import python_calamine as calamine

from czurban.model.collection import HEAD, MARK_SHEET, is_mark
from czurban.model.faults import finding
from czurban.model.finding import Finding, Message, Place, say
from czurban.model.observation import Observation, Reading
from czurban.model.text import visible
from czurban.reading.sources.cell_formats import ScanError, shown
from czurban.reading.sources.opening import BYTES_A_CELL, Limits, too_large, too_many_columns, too_many_rows
from czurban.reading.sources.packed import FileKind
from czurban.reading.sources.sheet import Layout, Merge, Row, Sheet, cell_at, column_letters, inside

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


def read_workbook(file: str, data: bytes, kind: FileKind, limits: Limits) -> tuple[list[WorkbookSheet], list[str]]:
    """Read every visible sheet. Returns the sheets, and the names of the hidden ones that were left out.

    Raises:
        WorkbookError: encrypted or damaged.
        LimitError: larger than the limits allow.
    """
    layouts = _layouts(file, data, kind, limits)
    if kind is FileKind.ODS:  # the library lays out all its sheets at once, when it opens the file
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
            from czurban.reading.sources.xlsx import scan as xlsx  # noqa: PLC0415 - for this format alone

            return xlsx(book)
    except _BROKEN as error:
        raise _damaged() from error


def _ods_layouts(book: zipfile.ZipFile) -> Mapping[str, Layout]:
    from czurban.reading.sources.ods import NestedTableError, scan  # noqa: PLC0415 - for this format alone

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
    from czurban.reading.sources.xls import scan_xls  # noqa: PLC0415 - xlrd loads for the 2003 format alone

    try:
        return scan_xls(data)
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


def doubtful_cells(sheets: Iterable[WorkbookSheet], observations: Iterable[Observation]) -> Iterator[Finding]:
    """Report values that are struck through, and values whose merged cell covers those of other indicators."""
    marked = {one.name: one for one in sheets if one.struck or one.merges}
    cells: dict[str, dict[tuple[int, int], Observation]] = {}
    for one in observations:
        at = cell_at(one.place.cell or "")
        if one.place.sheet in marked and at:
            cells.setdefault(one.place.sheet, {})[at] = one
    for name, values in cells.items():
        sheet = marked[name]
        yield from (_struck(one) for at, one in values.items() if at in sheet.struck and one.reported is Reading.VALUE)
        yield from (_merged(values[merge.top, merge.left], merge) for merge in sheet.merges if _covers(merge, values))


def _covers(merge: Merge, values: Mapping[tuple[int, int], Observation]) -> bool:
    """Whether a merged range holds a value at its top left and the empty value cell of another row or column."""
    first = values.get((merge.top, merge.left))
    if first is None or first.reported is not Reading.VALUE:
        return False
    inside = (at for at in values if merge.top <= at[0] <= merge.bottom and merge.left <= at[1] <= merge.right)
    return any(values[at] is not first for at in inside)


def _struck(one: Observation) -> Finding:
    message = say("{raw} is struck through, and is used all the same.", raw=one.raw)
    return finding("S275", one.place, message, say("Delete the cell's content if it no longer counts."))


def _merged(one: Observation, merge: Merge) -> Finding:
    cells = f"{column_letters(merge.left + 1)}{merge.top + 1}:{column_letters(merge.right + 1)}{merge.bottom + 1}"
    message = say(
        "{raw} stands in the merged cell {cells}, which covers more values than one; it is used for the first alone.",
        raw=one.raw,
        cells=cells,
    )
    return finding("S275", one.place, message, say("Unmerge the cells and write each value in its own."))


def mark_cells(data: bytes, names: Sequence[str]) -> list[str] | None:
    """The cells of a form's mark, from a workbook whose sheets are called so; None where it carries none.

    A sheet of that name that is damaged is a mark without its contents. The sheet is told by its first cell as well as
    by its name, so that anybody may call a sheet of his own so.
    """
    if MARK_SHEET not in names:
        return None
    try:
        rows = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name(MARK_SHEET).to_python()
    except BaseException as error:
        # Damage to this one sheet; what a failed assertion of the Rust library raises is no Exception.
        if isinstance(error, calamine.CalamineError) or type(error).__name__ == "PanicException":
            return [HEAD]
        raise
    cells = [str(row[0]) for row in rows if row]
    return cells if is_mark(cells) else None


def hidden_cells(sheet: Sheet, file: str) -> Finding:
    """Say which hidden rows and columns of a sheet are not read; there are some."""
    rows = ", ".join(_run(str(a), str(b)) for a, b in runs(sheet.hidden_rows))
    columns = ", ".join(_run(column_letters(a), column_letters(b)) for a, b in runs(sheet.hidden_columns))
    if rows and columns:
        message = say("Hidden rows ({rows}) and columns ({columns}) are not read.", rows=rows, columns=columns)
    elif rows:
        message = say("Hidden rows ({rows}) are not read.", rows=rows)
    else:
        message = say("Hidden columns ({columns}) are not read.", columns=columns)
    return finding("S112", Place(file, sheet=sheet.name), message, say("Unhide them if their figures are meant."))


def runs(numbers: Iterable[int]) -> Sequence[tuple[int, int]]:
    """Numbers as runs without a break: 3, 4, 5, 9 as (3, 5) and (9, 9)."""
    found: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if found and found[-1][1] == number - 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found


def _run(first: str, last: str) -> str:
    return first if first == last else f"{first}–{last}"
