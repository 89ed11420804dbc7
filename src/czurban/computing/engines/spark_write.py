"""Answers of Spark to a file of this machine, whole or not at all, or to a folder of parts on a cluster's storage."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from czurban.computing.engines.engine import Row
from czurban.files.outputs import PARQUET_MARK
from czurban.files.writing import replaced


def write_file(path: str, schema: Any, batches: Iterable[Sequence[Row]]) -> None:  # noqa: ANN401 - an extra's own class
    """Write rows to a file of this machine.

    Args:
        path: where to; Parquet if it ends so, else CSV.
        schema: the Arrow schema of the rows.
        batches: the rows, so many at a time.

    Raises:
        OutputError: it cannot be written.
    """
    with replaced(Path(path)) as unfinished:
        (_parquet if path.lower().endswith(".parquet") else _csv)(unfinished, schema, batches)


def _csv(part: Path, schema: Any, batches: Iterable[Sequence[Row]]) -> None:  # noqa: ANN401 - as above
    with part.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(schema.names)
        for rows in batches:
            writer.writerows(rows)


def _parquet(part: Path, schema: Any, batches: Iterable[Sequence[Row]]) -> None:  # noqa: ANN401 - as above
    import pyarrow as pa  # noqa: PLC0415 - comes with the extra
    from pyarrow import parquet  # noqa: PLC0415

    key, value = PARQUET_MARK
    marked = schema.with_metadata({**(schema.metadata or {}), key: value})
    with parquet.ParquetWriter(part, marked, compression="zstd") as writer:
        for rows in batches:
            columns = [pa.array([row[at] for row in rows], type=field.type) for at, field in enumerate(schema)]
            writer.write_table(pa.table(columns, schema=marked))


def write_folder(made: Any, path: str) -> None:  # noqa: ANN401 - as above
    """Let Spark write a folder of part files to a storage of its own; one that is there is never written over."""
    writer = made.write.mode("errorifexists")
    if path.lower().rstrip("/").endswith(".csv"):
        writer.option("header", value=True).option("escape", '"').csv(path)
    else:
        writer.parquet(path)
