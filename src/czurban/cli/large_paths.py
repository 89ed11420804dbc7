"""Which files are large: told by their names and sizes, before anything heavy is loaded."""

import glob
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

from czurban.errors import UnreadableError
from czurban.model.message import say

MANY_ROWS = 40_000
"""Rows in Python take about 20 µs each, and an engine a moment to start: from here on it is the quicker way."""
_SURELY_FEW = 400_000
_TEXTS = (".csv", ".tsv", ".txt")
_ENDS = (".parquet", *(f"{text}{packed}" for text in _TEXTS for packed in (".gz", ".zst")))
_TABLES = (*_ENDS, *_TEXTS)
_PIECE = 1 << 20


class Engines(StrEnum):
    """Who judges: chosen by itself, rows in Python, or DuckDB."""

    AUTO = "auto"
    PYTHON = "python"
    DUCKDB = "duckdb"


def is_elsewhere(name: str) -> bool:
    """Whether a name is not one of this machine's files: a cluster's storage (s3a://…), or its table (table:NAME)."""
    return "://" in name or name.startswith("table:")


def needs_expanding(name: str) -> bool:
    """Whether a name stands for several files: a folder, or a pattern."""
    return name != "-" and not Path(name).is_file() and (Path(name).is_dir() or glob.has_magic(name))


def expand(names: Sequence[str]) -> list[str]:
    """The files that names, patterns (data/*.csv) and folders stand for, each once.

    Raises:
        UnreadableError: a pattern or folder has no table, or a file is not there.
    """
    found: list[str] = []
    for name in names:
        if is_elsewhere(name):
            found.append(name)
            continue
        if not needs_expanding(name):
            if name != "-" and not Path(name).exists():
                raise UnreadableError(say("There is no file {path}.", path=name), say("Check the name."))
            found.append(name)
            continue
        inside = Path(name).rglob("*") if Path(name).is_dir() else map(Path, glob.glob(name, recursive=True))  # noqa: PTH207 - it takes patterns with a root
        tables = sorted(str(one) for one in inside if one.is_file() and _is_table(one))
        if not tables:
            message = say("There is no table in {path}.", path=name)
            raise UnreadableError(message, say("Tables end in .csv, .csv.gz, .csv.zst or .parquet."))
        found += tables
    return list(dict.fromkeys(found))


def _is_table(path: Path) -> bool:
    return path.name.lower().endswith(_TABLES) and not path.name.startswith((".", "~$"))


def is_large(name: str) -> bool:
    """Whether a file is for an engine: packed, Parquet, or text of more rows than are quickly read in Python."""
    if is_elsewhere(name) or name.lower().endswith(_ENDS):
        return True
    if name == "-" or not name.lower().endswith(_TABLES):
        return False
    path = Path(name)
    return path.is_file() and path.stat().st_size > _SURELY_FEW and _lines(path) > MANY_ROWS


def _lines(path: Path) -> int:
    """How many lines there are, as far as it takes to know that there are many."""
    count = 0
    with path.open("rb") as stream:
        while count <= MANY_ROWS and (piece := stream.read(_PIECE)):
            count += piece.count(b"\n")
    return count
