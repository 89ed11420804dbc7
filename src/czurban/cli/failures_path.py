"""Where --failures may write: a file of this machine that is no input, or a storage that Spark writes to."""

from pathlib import Path

from czurban.cli.destination import refuse_path
from czurban.computing.engines.spark.address import is_remote, names_spark
from czurban.errors import UsageError
from czurban.files.inputs import is_same_place
from czurban.model.finding import say

_ENDS = (".csv", ".parquet")


def check_failures(path: str, engine: str, output: Path | None, *, each_region: bool) -> None:
    """Refuse a place that cannot be meant, before anything is read.

    Raises:
        OutputError: it is a file of a plan, or one that is read.
        UsageError: its name says no format, it is written besides, or nobody who judges here reaches it.
    """
    if is_remote(path):
        if not (each_region and names_spark(engine)):
            raise remote_refused(path)
        return
    if not path.lower().endswith(_ENDS):
        message = say("--failures has to end in .csv or .parquet, and “{path}” does not.", path=path)
        raise UsageError(message, say("Write --failures failures.csv, or --failures failures.parquet."))
    refuse_path(Path(path), "--failures")
    if output is not None and is_same_place(Path(path), output):
        message = say("--output and --failures name the same file, {path}.", path=path)
        raise UsageError(message, say("Name another file with one of them."))


def remote_refused(path: str) -> UsageError:
    """Why only Spark, judging every region, writes to an address."""
    return UsageError(
        say("{path} is an address, which only Spark writes to, and only with --each-region.", path=path),
        say("Name a file of this machine, or add --each-region and --engine spark."),
    )
