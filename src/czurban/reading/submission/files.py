"""Read a reported file as a submission and findings, by its content and not by its name."""

import os
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import BinaryIO

from czurban.errors import UnreadableError, cannot_read
from czurban.files.inputs import is_output
from czurban.model.finding import Finding, Place, say
from czurban.model.observation import RowCount, Submission
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
from czurban.reading.sources.sheet import Row
from czurban.reading.submission.columns import score
from czurban.reading.submission.file_faults import Read, empty, no_table, no_text, own_report, refused
from czurban.reading.submission.sheet_reader import gathered, read_sheet

_WITHIN = 30


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
                    return refused(str(path), too_large(Place(str(path)), size, limits))
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
    return refused(str(path), data) if isinstance(data, Finding) else read_bytes(str(path), data, plan, limits)


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
    return refused(file, data) if isinstance(data, Finding) else read_bytes(file, data, plan, limits)


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


def read_bytes(file: str, data: bytes, plan: Plan, limits: Limits = LIMITS) -> Read:
    """Read reported figures from bytes; `file` is the name that places have."""
    if len(data) > limits.size:
        return refused(file, too_large(Place(file), len(data), limits))
    if not data.strip(b" \t\r\n\0\xef\xbb\xbf"):
        return empty(file)
    if is_output(data):
        return own_report(file)
    kind = kind_of(data)
    if why := refusal_of(kind):
        return no_table(file, *why)
    if kind is FileKind.TEXT:
        submission, findings = _read_text(file, data, plan, limits)
    else:
        from czurban.reading.submission.workbooks import read_figures  # noqa: PLC0415 - heavy, for workbooks alone

        submission, findings = read_figures(file, data, kind, plan, limits)
    wrong_name = misnamed(file, kind) if submission.read_as else None
    return submission, (wrong_name, *findings) if wrong_name else findings


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
    from czurban.reading.submission.forms.opening import mark_line, open_form  # noqa: PLC0415 - few files are forms
    from czurban.reading.submission.forms.sender import complete  # noqa: PLC0415 - as above
    from czurban.reading.submission.forms.stages import take_stages  # noqa: PLC0415 - as above

    opened = open_form([sheet], mark_line(sheet.rows), Place(file, 1), plan)
    if opened.refused:
        return opened.unused(file, text.encoding), (*opened.findings, *broken)
    take_stages(opened, plan)
    readers = [read_sheet(part, file, plan, marked=opened.marked) for part in opened.sheets]
    return complete(opened, *gathered(file, text.encoding, readers, (*opened.findings, *broken)), plan)


def may_be_of_a_form(rows: Sequence[Row]) -> bool:
    """Return whether a text has a form's mark or a column of stages, so that the reader of forms must be loaded."""
    marked = bool(rows and rows[0].cells) and "czurban" in rows[0].cells[0]
    heads = (cell for row in rows[:_WITHIN] for cell in row.cells)
    return marked or any("阶段" in cell or "stage" in cell.casefold() for cell in heads)
