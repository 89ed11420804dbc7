"""Whether a file holds figures or a form that somebody sent, so that no answer is written over it by mistake."""

from collections.abc import Sequence
from pathlib import Path

from czurban.files.outputs import is_derived, is_output
from czurban.model.form_mark import MARK_SHEET
from czurban.reading.columns import score
from czurban.reading.csv_sheet import read_csv
from czurban.reading.encoding import decode
from czurban.reading.kinds import Kind, kind_of
from czurban.reading.limits import LIMITS
from czurban.reading.sheet import Sheet

_FIRST_BYTES = 1 << 18
_FIRST_ROWS = 60
_FIELDS = 2
"""A row that heads so many columns a submission has is the header of one, or a part of it."""


def holds_figures(path: Path) -> bool:
    """Return whether a file is a table of figures or a form, and none that czurban wrote as an answer.

    Its first rows decide. A file that cannot be read as a table is none.
    """
    if is_output(path) or is_derived(path):
        return False
    try:
        with path.open("rb") as stream:
            data = stream.read(_FIRST_BYTES)
            kind = kind_of(data)
            if kind in (Kind.XLSX, Kind.XLS, Kind.ODS):
                data += stream.read(LIMITS.size)
    except OSError:
        return False
    if kind is Kind.TEXT:
        return _heads(_text_sheets(path, data))
    return kind in (Kind.XLSX, Kind.XLS, Kind.ODS) and _in_workbook(path, data, kind)


def _text_sheets(path: Path, data: bytes) -> Sequence[Sheet]:
    text = decode(data)
    return [read_csv(str(path), text.text, score, LIMITS)[0]] if text else []


def _in_workbook(path: Path, data: bytes, kind: Kind) -> bool:
    from czurban.reading.workbook import (  # noqa: PLC0415 - heavy, for workbooks alone
        LimitError,
        WorkbookError,
        read_workbook,
    )

    try:
        sheets, hidden = read_workbook(str(path), data, kind, LIMITS)
    except LimitError:
        return True  # too large to look into, and surely not ours
    except WorkbookError:
        return False
    return MARK_SHEET in hidden or _heads(sheets)


def _heads(sheets: Sequence[Sheet]) -> bool:
    return any(score(row.cells) >= _FIELDS for sheet in sheets for row in sheet.rows[:_FIRST_ROWS])
