"""The options of `czurban check` for large tables and for every region."""

from pathlib import Path
from typing import Annotated

import typer

from czurban.model.finding import mark

EachRegionOption = Annotated[
    bool, typer.Option("--each-region", help=mark("Hold every region of the data against the plan, not its own alone."))
]
EngineOption = Annotated[
    str,
    typer.Option(
        "--engine",
        metavar="auto|python|duckdb|spark|sc://HOST:PORT",
        help=mark("Who judges large tables (auto: by their size)."),
    ),
]
MemoryOption = Annotated[
    int, typer.Option("--memory", metavar="MIB", help=mark("Memory that the engine may take."), min=64)
]
FailuresOption = Annotated[
    str | None,
    typer.Option(
        "--failures",
        metavar="FILE",
        help=mark("Write the rows that miss their target or cannot be read (.csv or .parquet), whole or not at all."),
    ),
]
MEMORY = 200
"""MiB: ten million rows stay below 300 MiB of the whole process with it; what does not fit goes to the disk."""
_SURELY_FEW = 400_000
_HEAVY = (".parquet", ".gz", ".zst")


def is_ordinary(name: str) -> bool:
    """Whether a file is surely for rows in Python, by its name and size alone; whether others are takes a look."""
    path = Path(name)
    try:
        return name == "-" or (
            path.suffix.lower() not in _HEAVY and path.stat().st_size <= _SURELY_FEW and path.is_file()
        )
    except OSError:
        return "://" not in name and not any(sign in name for sign in "*?[") and not name.startswith("table:")
