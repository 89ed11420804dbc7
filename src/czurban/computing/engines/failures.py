"""Write the rows that fail without an engine: the same file that an engine writes."""

import csv
from collections.abc import Iterable
from pathlib import Path

from czurban.files.outputs import FAILURES
from czurban.files.writing import replaced
from czurban.model.text import spreadsheet_cell


def write_failures(rows: Iterable[tuple[object, ...]], path: Path) -> None:
    """Write them as CSV, or as Parquet by the path's ending, whole or not at all.

    Raises:
        OutputError: the file cannot be written.
    """
    if path.suffix.lower() == ".parquet":
        from czurban.computing.engines.duckdb_engine import DuckdbEngine  # noqa: PLC0415 - for Parquet alone

        with DuckdbEngine() as engine:
            engine.table("failures", FAILURES, rows)
            engine.write("SELECT * FROM failures", str(path))
        return
    with replaced(path) as unfinished, unfinished.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(FAILURES)
        writer.writerows([spreadsheet_cell(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
