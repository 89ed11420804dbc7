"""Read a reported file as a submission and findings, by its content and not by its name."""

import os
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from czurban.errors import CzurbanError, UnreadableError, cannot_read
from czurban.files.inputs import is_derived, is_output
from czurban.model.faults import finding
from czurban.model.finding import Finding, Findings, Message, Place, say
from czurban.model.observation import NO_ROWS, RowCount, Submission
from czurban.model.plan import Plan
from czurban.reading.sources.csv_sheet import read_csv
from czurban.reading.sources.limits import LIMITS, LONGEST_LINE, Limits, larger_unpacked, too_large, too_long_a_line
from czurban.reading.sources.opening import (
    MAGIC,
    FileKind,
    by_magic,
    decode,
    kind_of,
    misnamed,
    open_regular,
    refusal_of,
)
from czurban.reading.sources.sheet import Row, Sheet
from czurban.reading.submission.columns import score
from czurban.reading.submission.sheet_reader import SheetReader, left_out, read_sheet

if TYPE_CHECKING:
    from czurban.reading.submission.form import Opened

_WITHIN = 30
Read = tuple[Submission, Findings]
"""A submission and the findings about its file."""


def read_submission(
    path: Path, plan: Plan, limits: Limits = LIMITS, parquet: Callable[[Path, Plan, Limits], Read] | None = None
) -> Read:
    """Read one file of reported figures; `parquet` reads one that is Parquet by its first bytes.

    Raises:
        UnreadableError: there is no such file, it is a folder, or the system does not let it be read.
    """
    try:
        with open_regular(path) as stream:
            kind = by_magic(stream.read(MAGIC))
            if kind is not FileKind.PARQUET or parquet is None:
                size = os.fstat(stream.fileno()).st_size
                if size > limits.size:
                    return _refused(str(path), too_large(Place(str(path)), size, limits))
                if kind in {FileKind.GZIP, FileKind.ZSTD}:
                    return _read_packed(path, kind, plan, limits)
                stream.seek(0)
                data = read_within(str(path), stream, limits)
    except FileNotFoundError as error:
        raise UnreadableError(say("There is no file {path}.", path=str(path)), say("Check the name.")) from error
    except IsADirectoryError as error:
        hint = say("Name the files in it, such as {path}/*.csv.", path=str(path))
        raise UnreadableError(say("{path} is a folder, not a file.", path=str(path)), hint) from error
    except OSError as error:
        raise cannot_read(path, error) from error
    if kind is FileKind.PARQUET and parquet:
        return parquet(path, plan, limits)
    return _refused(str(path), data) if isinstance(data, Finding) else read_bytes(str(path), data, plan, limits)


def read_within(file: str, stream: BinaryIO, limits: Limits) -> bytes | Finding:
    """Read a file to its end, or report the limit that it exceeds after reading no more than necessary."""
    data = stream.read(min(LONGEST_LINE, limits.size) + 1)
    if len(data) <= min(LONGEST_LINE, limits.size):
        return data
    if kind_of(data) is FileKind.TEXT and b"\n" not in data and b"\r" not in data:
        return too_long_a_line(Place(file, 1))
    data += stream.read(limits.size + 1 - len(data))
    return data if len(data) <= limits.size else larger_unpacked(Place(file), limits.size)


def read_stream(file: str, stream: BinaryIO, plan: Plan, limits: Limits = LIMITS) -> Read:
    """Read reported figures from an open file, no further than the limits allow."""
    data = read_within(file, stream, limits)
    return _refused(file, data) if isinstance(data, Finding) else read_bytes(file, data, plan, limits)


def _read_packed(path: Path, kind: FileKind, plan: Plan, limits: Limits) -> Read:
    """Read the content of a packed file.

    Raises:
        UnreadableError: it cannot be unpacked.
    """
    from czurban.reading.sources.packed import open_unpacked  # noqa: PLC0415 - few files are packed

    with open_unpacked(path) as stream:
        submission, findings = read_stream(str(path), stream, plan, limits)
    wrong_name = misnamed(str(path), kind)
    others = tuple(fault for fault in findings if fault.code != "S115")
    return submission, (wrong_name, *others) if wrong_name else others


def unreadable(file: str, error: CzurbanError) -> Read:
    """Return a file that could not be read, with the finding that says why."""
    return _refused(file, finding("S120", Place(file), error.message, error.hint))


def read_bytes(file: str, data: bytes, plan: Plan, limits: Limits = LIMITS) -> Read:
    """Read reported figures from bytes; `file` is the name that places have."""
    if len(data) > limits.size:
        return _refused(file, too_large(Place(file), len(data), limits))
    if not data.strip(b" \t\r\n\0\xef\xbb\xbf"):
        return empty(file)
    if is_output(data):
        return own_report(file)
    kind = kind_of(data)
    if why := refusal_of(kind):
        return _no_table(file, *why)
    submission, findings = (
        _read_text(file, data, plan, limits)
        if kind is FileKind.TEXT
        else _read_workbook(file, data, kind, plan, limits)
    )
    wrong_name = misnamed(file, kind) if submission.read_as else None
    return submission, (wrong_name, *findings) if wrong_name else findings


def _read_workbook(file: str, data: bytes, kind: FileKind, plan: Plan, limits: Limits) -> Read:
    from czurban.reading.sources.workbook import LimitError, WorkbookError, read_workbook  # noqa: PLC0415 - heavy, for workbooks alone

    try:
        sheets, hidden = read_workbook(file, data, kind, limits)
    except WorkbookError as error:
        return _no_table(file, error.message, error.hint)
    except LimitError as error:
        return _refused(file, error.finding)
    from czurban.model.collection.form_mark import MARK_SHEET  # noqa: PLC0415 - as above
    from czurban.reading.sources.workbook import mark_cells  # noqa: PLC0415 - as above
    from czurban.reading.submission.form import open_form  # noqa: PLC0415 - as above

    cells = mark_cells(data, [*hidden, *(sheet.name for sheet in sheets)])
    marks = {MARK_SHEET} if cells else set()
    visible = [sheet for sheet in sheets if sheet.name not in marks]
    opened = open_form(visible, cells, Place(file, sheet=MARK_SHEET), plan)
    before = [*opened.findings, *(_hidden(file, name) for name in hidden if name not in marks)]
    if opened.refused:
        return opened.unused(file, str(kind)), tuple(before)
    results = [read_sheet(sheet, file, plan, marked=opened.marked) for sheet in opened.sheets]
    readers = [reader for reader in results if reader.headed] or results[:1]
    others = [reader.sheet for reader in results if reader not in readers]
    before += [_left_out(file, sheet.name) for sheet in others if sheet.rows]
    submission, findings = gathered(file, str(kind), readers, before)
    if any(sheet.struck or sheet.merges for sheet in sheets):
        from czurban.reading.sources.doubtful_cells import doubtful_cells  # noqa: PLC0415 - few sheets have such cells

        findings = (*findings, *doubtful_cells(sheets, submission.observations))
    return _completed(opened, submission._replace(rows=sum(map(left_out, others), submission.rows)), findings, plan)


def _read_text(file: str, data: bytes, plan: Plan, limits: Limits) -> Read:
    text = decode(data)
    if text is None:
        return no_text(file)
    sheet, broken = read_csv(file, text.text, partial(score, plan=plan), limits, cut=text.cut)
    if not sheet.rows:
        rows = RowCount(sheet.refused, refused=sheet.refused)
        return Submission(file, text.encoding, rows=rows), broken
    if not may_be_of_a_form(sheet.rows):
        return gathered(file, text.encoding, [read_sheet(sheet, file, plan)], broken)
    from czurban.reading.submission.form import mark_line, open_form  # noqa: PLC0415 - few files are forms

    opened = open_form([sheet], mark_line(sheet.rows), Place(file, 1), plan)
    if opened.refused:
        return opened.unused(file, text.encoding), (*opened.findings, *broken)
    readers = [read_sheet(part, file, plan, marked=opened.marked) for part in opened.sheets]
    return _completed(opened, *gathered(file, text.encoding, readers, (*opened.findings, *broken)), plan)


def may_be_of_a_form(rows: Sequence[Row]) -> bool:
    """Return whether a text has a form's mark or a column of stages, so that the reader of forms must be loaded."""
    marked = bool(rows and rows[0].cells) and "czurban" in rows[0].cells[0]
    heads = (cell for row in rows[:_WITHIN] for cell in row.cells)
    return marked or any("阶段" in cell or "stage" in cell.casefold() for cell in heads)


def gathered(file: str, read_as: str, readers: Sequence[SheetReader], before: Sequence[Finding]) -> Read:
    """Combine the contents of a file's sheets; the findings `before` come first."""
    submission = Submission(
        file,
        read_as,
        tuple(value for reader in readers for value in reader.observations),
        sum((reader.count for reader in readers), NO_ROWS),
        tuple(value for reader in readers for value in reader.stated_values),
    )
    return submission, (*before, *(fault for reader in readers for fault in reader.findings))


def _completed(opened: "Opened", submission: Submission, findings: Findings, plan: Plan) -> Read:
    """Add the sender and the stages of a form, or the reason why none of it is used."""
    completed, foreign = opened.complete(submission, plan)
    return completed, (*findings, *foreign)


def empty(file: str) -> Read:
    """Return the result for an empty file."""
    return _no_table(file, say("The file is empty."), say("Send the sheet with its figures."))


def own_report(file: str) -> Read:
    """Return the result for a report that czurban wrote."""
    hint = say("Name the files of figures that it was made from, such as the departments' forms.")
    return _no_table(file, say("This is a report or letter that czurban wrote, not a table of figures."), hint)


def no_text(file: str) -> Read:
    """Return the result for bytes that are neither text nor a workbook."""
    hint = say("Send CSV in UTF-8, GBK or UTF-16, or an XLSX, XLS or ODS workbook.")
    return _no_table(file, say("This is neither a table in text nor a workbook."), hint)


def _refused(file: str, why: Finding) -> Read:
    return Submission(file, ""), (why,)


def _no_table(file: str, message: Message, hint: Message | None) -> Read:
    return _refused(file, finding("S101", Place(file), message, hint))


def _hidden(file: str, name: str) -> Finding:
    message = say("The sheet is hidden and was not read.")
    return finding("S108", Place(file, sheet=name), message, say("Unhide it if its figures are meant."))


def _left_out(file: str, name: str) -> Finding:
    return finding("S111", Place(file, sheet=name), say("The sheet has no table of indicators and values; left out."))


_FIRST_BYTES = 1 << 18
_FIRST_ROWS = 60
_FIELDS = 2
"""The least number of known columns in a header of a submission, or in a part of one."""


def holds_figures(path: Path) -> bool:
    """Return whether a file is a table of figures or a form, and not an output of czurban.

    Its first rows decide. A file that cannot be read as a table is neither.
    """
    if is_output(path) or is_derived(path):
        return False
    try:
        with path.open("rb") as stream:
            data = stream.read(_FIRST_BYTES)
            kind = kind_of(data)
            if kind in (FileKind.XLSX, FileKind.XLS, FileKind.ODS):
                data += stream.read(LIMITS.size)
    except OSError:
        return False
    if kind is FileKind.TEXT:
        text = decode(data)
        return text is not None and _has_header([read_csv(str(path), text.text, score, LIMITS)[0]])
    return kind in (FileKind.XLSX, FileKind.XLS, FileKind.ODS) and _is_table_workbook(path, data, kind)


def _is_table_workbook(path: Path, data: bytes, kind: FileKind) -> bool:
    from czurban.reading.sources.workbook import LimitError, WorkbookError, read_workbook  # noqa: PLC0415 - heavy, for workbooks alone

    try:
        sheets, hidden = read_workbook(str(path), data, kind, LIMITS)
    except LimitError:
        return True  # too large to read, and larger than any output
    except WorkbookError:
        return False
    from czurban.model.collection.form_mark import MARK_SHEET  # noqa: PLC0415 - as above

    return MARK_SHEET in hidden or _has_header(sheets)


def _has_header(sheets: Sequence[Sheet]) -> bool:
    return any(score(row.cells) >= _FIELDS for sheet in sheets for row in sheet.rows[:_FIRST_ROWS])
