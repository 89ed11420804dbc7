"""The hidden sheet of a workbook that holds the mark of a form."""

import io
from collections.abc import Sequence

import python_calamine as calamine

from czurban.model.form_mark import HEAD, MARK_SHEET, is_mark


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
