"""Recognise files of figures among others, by their first rows."""

from collections.abc import Sequence
from pathlib import Path

from czurban.files.inputs import is_derived, is_output
from czurban.model.collection.form_mark import MARK_SHEET
from czurban.reading.sources.csv_sheet import read_csv
from czurban.reading.sources.limits import LIMITS
from czurban.reading.sources.opening import FileKind, decode, kind_of
from czurban.reading.sources.sheet import Sheet
from czurban.reading.submission.columns import score

_FIRST_BYTES = 1 << 18
_FIRST_ROWS = 60
_WORKBOOKS = frozenset({FileKind.XLSX, FileKind.XLS, FileKind.ODS})
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
            if kind in _WORKBOOKS:
                data += stream.read(LIMITS.size)
    except OSError:
        return False
    if kind is FileKind.TEXT:
        text = decode(data)
        return text is not None and _has_header([read_csv(str(path), text.text, score, LIMITS)[0]])
    return kind in _WORKBOOKS and _is_table_workbook(path, data, kind)


def _is_table_workbook(path: Path, data: bytes, kind: FileKind) -> bool:
    from czurban.reading.sources.workbook import LimitError, WorkbookError, read_workbook  # noqa: PLC0415 - heavy, for workbooks alone

    try:
        sheets, hidden = read_workbook(str(path), data, kind, LIMITS)
    except LimitError:
        return True  # too large to read, and larger than any output
    except WorkbookError:
        return False
    return MARK_SHEET in hidden or _has_header(sheets)


def _has_header(sheets: Sequence[Sheet]) -> bool:
    return any(score(row.cells) >= _FIELDS for sheet in sheets for row in sheet.rows[:_FIRST_ROWS])
