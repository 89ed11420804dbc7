"""A run over large tables: what was asked for, and the engine and the folder that it works with."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from czurban.cli.large_asked import RunOptions
from czurban.cli.large_files import LargeFiles
from czurban.cli.large_paths import Engines
from czurban.computing.engines.engine import Engine
from czurban.computing.engines.spark.address import names_spark, spark_address
from czurban.errors import UnreadableError, UsageError
from czurban.model.finding import say
from czurban.reading.large.lines import Prefetch
from czurban.reading.large.long_table import NotLongError


def not_long(error: NotLongError) -> UnreadableError:
    """Why an engine cannot take a table."""
    where = say(" (line {line})", line=error.line) if error.line else ""
    message = say(
        "{path} is not one long table that an engine can take: {why}{where}.",
        path=error.file,
        why=error.why,
        where=where,
    )
    hint = say("Send one row for each figure under one header. Other tables are read row by row up to --max-size.")
    return UnreadableError(message, hint)


@contextmanager
def workshop(run: RunOptions, first: str) -> Iterator[tuple[Engine, LargeFiles]]:
    """An engine, and a folder for what is unpacked and mended; both are gone afterwards, whatever happens.

    Args:
        run: what was asked for.
        first: the file that is opened first.
    """
    ahead = Prefetch(first)
    from czurban.cli.large_engines import make_engine  # noqa: PLC0415 - the library behind it takes its time

    engine = make_engine(run.engine, run.memory)
    try:
        with tempfile.TemporaryDirectory(prefix="czurban-", ignore_cleanup_errors=True) as folder:
            yield engine, LargeFiles(engine, run.plan, Path(folder), run.limits, run.most, ahead)
    finally:
        engine.close()


def is_chosen(engine: str) -> bool:
    """Whether an engine was asked for by name, which then takes small tables too."""
    return engine not in {Engines.AUTO, Engines.PYTHON}


def check_engine(name: str) -> str:
    """Return the engine's name.

    Raises:
        UsageError: there is no such engine.
    """
    if name in set(Engines):
        return name
    if names_spark(name):
        spark_address(name)
        return name
    raise UsageError(
        say("There is no engine “{name}”.", name=name),
        say("Choose from: {names}.", names=", ".join([*Engines, "spark", "spark=MASTER", "sc://HOST:PORT"])),
    )
