"""The hidden sheet of a workbook that holds the mark of a form."""

import io
from collections.abc import Sequence

import python_calamine as calamine

from czurban.model.form_mark import MARK_SHEET, is_mark


def mark_cells(data: bytes, names: Sequence[str]) -> list[str] | None:
    """The cells of a form's mark, from a workbook whose sheets are called so; None where it carries none.

    The sheet is told by its first cell as well as by its name, so that anybody may call a sheet of his own so.
    """
    if MARK_SHEET not in names:
        return None
    book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    rows = book.get_sheet_by_name(MARK_SHEET).to_python()
    cells = [str(row[0]) for row in rows if row]
    return cells if is_mark(cells) else None
