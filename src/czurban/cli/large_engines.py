"""Engines by the name that --engine gives."""

import sys
from pathlib import Path

from czurban.computing.engines.duckdb_engine import DuckdbEngine
from czurban.computing.engines.engine import Engine, Source
from czurban.computing.engines.spark_address import names_spark
from czurban.errors import EngineError, UnreadableError
from czurban.model.message import say

_AT_ONCE = 10_000


def make_engine(name: str, memory: int) -> Engine:
    """Start an engine; `memory` is what the embedded one may take, in MiB. That one is taken where none is named."""
    if names_spark(name):
        from czurban.computing.engines.spark_engine import SparkEngine  # noqa: PLC0415 - only where it is asked for

        return SparkEngine.at(name)
    return DuckdbEngine(memory, bar=sys.stderr is not None and sys.stderr.isatty())


def unpack_zst(path: Path, into: Path) -> None:
    """Unpack a text that zstd packed, which DuckDB can and Python cannot.

    Raises:
        UnreadableError: it is broken, or not in UTF-8.
    """
    source = Source((str(path),), "csv", ("line",), "\x1e", skip=0, quoted=False)
    try:
        with DuckdbEngine() as engine, into.open("w", encoding="utf-8", newline="") as out:
            engine.view("packed", source)
            for batch in engine.batches("SELECT line FROM packed", _AT_ONCE):
                out.writelines(f"{line}\n" for (line,) in batch)
    except EngineError as error:
        message = say("{path} cannot be unpacked as text in UTF-8.", path=str(path))
        raise UnreadableError(message, say("Unpack it first.")) from error
