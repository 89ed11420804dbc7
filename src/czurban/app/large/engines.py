"""Engines by the name that --engine gives: the only module outside their folder that knows Spark."""

import sys
from enum import StrEnum
from typing import Final

from czurban.computing.engines.engine import Engine
from czurban.errors import UsageError
from czurban.model.finding import say

CLUSTER_NAMES: Final = ("spark", "sc://HOST:PORT")


class Engines(StrEnum):
    """What judges: chosen by the size of the table, rows in Python, or DuckDB."""

    AUTO = "auto"
    PYTHON = "python"
    DUCKDB = "duckdb"


def is_cluster(name: str) -> bool:
    """Return whether an engine's name means a cluster."""
    return name == "spark" or name.startswith("sc://")


def is_chosen(name: str) -> bool:
    """Return whether an engine was asked for by name, which then takes small tables too."""
    return name not in {Engines.AUTO, Engines.PYTHON}


def check_engine(name: str) -> str:
    """Return the engine's name.

    Raises:
        UsageError: there is no such engine, or it has no such address.
    """
    if is_cluster(name):
        from czurban.computing.engines.spark.address import server_address  # noqa: PLC0415 - only for a cluster

        server_address(name)
    elif name not in set(Engines):
        raise UsageError(
            say("There is no engine “{name}”.", name=name),
            say("Choose from: {names}.", names=", ".join([*Engines, *CLUSTER_NAMES])),
        )
    return name


def make_engine(name: str, memory: int | None) -> Engine:
    """Start an engine; DuckDB where none is named.

    Args:
        name: as --engine gives it.
        memory: what DuckDB may take, in MiB; None for half of the machine's.

    Raises:
        EngineError: it cannot be started or reached.
    """
    if is_cluster(name):
        from czurban.computing.engines.spark.engine import SparkEngine  # noqa: PLC0415 - only where it is asked for

        return SparkEngine(name, memory)
    from czurban.computing.engines.duckdb_engine import DuckdbEngine  # noqa: PLC0415 - takes its time

    return DuckdbEngine(memory, bar=sys.stderr is not None and sys.stderr.isatty())
