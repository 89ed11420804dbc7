"""--failures for rows in Python: results that are missed or unreadable, as rows of a file."""

from collections.abc import Iterable
from pathlib import Path

from czurban.checking.survey import failing_rows
from czurban.cli.failures_path import remote_refused
from czurban.cli.screen import print_written
from czurban.computing.engines.failures import write_failures
from czurban.computing.engines.spark.address import is_remote
from czurban.model.assessment import Result
from czurban.model.finding import say


def write_results(results: Iterable[Result], path: str) -> None:
    """Write them, Parquet or CSV by the path's ending.

    Raises:
        OutputError: the file cannot be written.
        UsageError: it is none of this machine, and what was to be judged on a cluster is judged here.
    """
    if is_remote(path):
        raise remote_refused(path)
    write_failures(failing_rows(results), Path(path))


def print_failures(path: str) -> None:
    """Report on stderr that they are written."""
    print_written(path, say("the rows that fail"))
