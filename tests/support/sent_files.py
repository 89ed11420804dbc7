"""Cells of files that were sent, read by the library alone."""

import csv
import io
from functools import lru_cache
from pathlib import Path

from python_calamine import CalamineWorkbook
from returned_forms import At


@lru_cache
def _table(path: Path, sheet: str, _changed: int) -> list[list[object]]:
    if path.suffix == ".csv":
        return [list(row) for row in csv.reader(io.StringIO(path.read_bytes().decode("gbk")))]
    return list(CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).to_python(skip_empty_area=False))


def cell_in(path: Path, at: At) -> str:
    """Return what a cell holds, as it is shown."""
    value = _table(path, at.sheet, path.stat().st_size)[at.row][at.column]
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
