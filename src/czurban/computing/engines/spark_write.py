"""Answers of Spark to a file of this machine, whole or not at all, or to a folder of parts on a cluster's storage."""

import csv
import os
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from czurban.computing.engines.engine import Row
from czurban.errors import OutputError, reason
from czurban.model.message import say


def write_file(path: str, schema: Any, batches: Iterable[Sequence[Row]]) -> None:  # noqa: ANN401 - an extra's own class
    """Write rows to a file beside the old one and put it in its place when all of them are on the disk.

    Args:
        path: where to; Parquet if it ends so, else CSV.
        schema: the Arrow schema of the rows.
        batches: the rows, so many at a time.

    Raises:
        OutputError: it cannot be written.
    """
    target = Path(path).resolve()
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        os.close(handle)
        part = Path(name)
        try:
            (_parquet if target.suffix.lower() == ".parquet" else _csv)(part, schema, batches)
            _settle(part, target)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        message = say("{path} cannot be written: {reason}.", path=path, reason=reason(error))
        raise OutputError(message, say("Name a file in a folder that exists and that you may write to.")) from error


def _settle(part: Path, target: Path) -> None:
    with part.open("rb+") as stream:
        os.fsync(stream.fileno())  # a disk that is full may say so only now
    mask = os.umask(0)
    os.umask(mask)
    part.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~mask)
    part.replace(target)


def _csv(part: Path, schema: Any, batches: Iterable[Sequence[Row]]) -> None:  # noqa: ANN401 - as above
    with part.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(schema.names)
        for rows in batches:
            writer.writerows(rows)


def _parquet(part: Path, schema: Any, batches: Iterable[Sequence[Row]]) -> None:  # noqa: ANN401 - as above
    import pyarrow as pa  # noqa: PLC0415 - comes with the extra
    from pyarrow import parquet  # noqa: PLC0415

    with parquet.ParquetWriter(part, schema, compression="zstd") as writer:
        for rows in batches:
            columns = [pa.array([row[at] for row in rows], type=field.type) for at, field in enumerate(schema)]
            writer.write_table(pa.table(columns, schema=schema))


def write_folder(made: Any, path: str) -> None:  # noqa: ANN401 - as above
    """Let Spark write a folder of part files to a storage of its own; one that is there is never written over."""
    writer = made.write.mode("errorifexists")
    if path.lower().rstrip("/").endswith(".csv"):
        writer.option("header", value=True).option("escape", '"').csv(path)
    else:
        writer.parquet(path)
