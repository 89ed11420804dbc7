"""--failures for rows in Python: results that are missed or unreadable, as rows of a file."""

from collections.abc import Iterable
from pathlib import Path

from czurban.checking.survey_rows import failing_rows
from czurban.computing.engines.failures import write_failures
from czurban.model.verdict import Result


def write_results(results: Iterable[Result], path: Path) -> None:
    """Write them, Parquet or CSV by the path's ending.

    Raises:
        OutputError: the file cannot be written.
    """
    write_failures(failing_rows(results), path)
