"""Which files are large: told by their names and sizes, before anything heavy is loaded."""

from enum import StrEnum
from pathlib import Path

from czurban.reading.sources.find_files import PACKED, PARQUET, TEXTS, is_elsewhere
from czurban.reading.sources.opening import open_regular

MANY_ROWS = 40_000
"""Rows in Python take about 20 µs each, and an engine a moment to start: from here on it is the quicker way."""
_SURELY_FEW = 400_000
_PIECE = 1 << 20


class Engines(StrEnum):
    """Who judges: chosen by itself, rows in Python, or DuckDB."""

    AUTO = "auto"
    PYTHON = "python"
    DUCKDB = "duckdb"


def is_large(name: str) -> bool:
    """Whether a file is for an engine: packed, Parquet, or text of more rows than are quickly read in Python."""
    if is_elsewhere(name) or name.lower().endswith((*PARQUET, *PACKED)):
        return True
    if name == "-" or not name.lower().endswith(TEXTS):
        return False
    path = Path(name)
    return path.is_file() and path.stat().st_size > _SURELY_FEW and _lines(path) > MANY_ROWS


def _lines(path: Path) -> int:
    """How many lines there are, as far as it takes to know that there are many."""
    count = 0
    with open_regular(path) as stream:
        while count <= MANY_ROWS and (piece := stream.read(_PIECE)):
            count += piece.count(b"\n")
    return count
