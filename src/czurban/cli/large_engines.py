"""Engines by the name that --engine gives."""

import sys

from czurban.computing.engines.duckdb_engine import DuckdbEngine
from czurban.computing.engines.engine import Engine


def make_engine(name: str, memory: int) -> Engine:
    """Start an engine; `memory` is what it may take, in MiB. The embedded one is taken where none is named."""
    del name
    return DuckdbEngine(memory, bar=sys.stderr is not None and sys.stderr.isatty())
