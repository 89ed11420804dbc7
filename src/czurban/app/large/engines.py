"""Engines by the name that --engine gives."""

import sys

from czurban.computing.engines.duckdb_engine import DuckdbEngine
from czurban.computing.engines.engine import Engine
from czurban.computing.engines.spark.address import names_spark


def make_engine(name: str, memory: int) -> Engine:
    """Start an engine; `memory` is what the embedded one may take, in MiB. That one is taken where none is named."""
    if names_spark(name):
        from czurban.computing.engines.spark.engine import SparkEngine  # noqa: PLC0415 - only where it is asked for

        return SparkEngine.at(name)
    return DuckdbEngine(memory, bar=sys.stderr is not None and sys.stderr.isatty())
