"""--failures for rows in Python: results that are missed or unreadable, as rows of a file.

Where --failures may write: a file of this machine that is no input, or a storage that Spark writes to.
"""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from czurban.app.destination import refuse_path, written
from czurban.app.large.engines import is_cluster
from czurban.checking.survey import failing_rows
from czurban.errors import UsageError
from czurban.files.inputs import is_remote, is_same_place
from czurban.files.outputs import FAILURES
from czurban.files.writing import replaced
from czurban.model.assessment import Result
from czurban.model.finding import Message, say
from czurban.model.text import spreadsheet_cell

_ENDS = (".csv", ".parquet")


def check_failures(path: str, engine: str, output: Path | None, *, each_region: bool) -> None:
    """Refuse a place that cannot be meant, before anything is read.

    Raises:
        OutputError: it is a file of a plan, or one that is read.
        UsageError: its name has no known ending, another output writes it, or only a cluster reaches it.
    """
    if is_remote(path):
        if not (each_region and is_cluster(engine)):
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


def write_results(results: Iterable[Result], files: Sequence[str], path: str) -> None:
    """Write them in the order of the files and of their lines, as an engine does, Parquet or CSV by the path's ending.

    Raises:
        OutputError: the file cannot be written.
        UsageError: it is none of this machine, and what was to be judged on a cluster is judged here.
    """
    if is_remote(path):
        raise remote_refused(path)
    failing = list(failing_rows(results))
    order = {file: number for number, file in enumerate(dict.fromkeys((*files, *(at.file for at, _ in failing))))}
    sheets = {sheet: number for number, sheet in enumerate(dict.fromkeys(at.sheet for at, _ in failing))}
    failing.sort(key=lambda item: (order[item[0].file], sheets[item[0].sheet], item[0].row))
    _write((row for _, row in failing), Path(path))


def _write(rows: Iterable[tuple[object, ...]], path: Path) -> None:
    """Write them as CSV, or as Parquet by the path's ending, whole or not at all.

    Raises:
        OutputError: the file cannot be written.
    """
    if path.suffix.lower() == ".parquet":
        from czurban.computing.engines.duckdb_engine import DuckdbEngine  # noqa: PLC0415 - for Parquet alone

        with DuckdbEngine() as engine:
            engine.table("failures", FAILURES, rows)
            engine.write("SELECT * FROM failures", str(path))
        return
    with replaced(path) as unfinished, unfinished.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(FAILURES)
        writer.writerows([spreadsheet_cell(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)


def failures_notice(path: str) -> Message:
    """Return the sentence that they are written."""
    return written(path, say("the rows that fail"))
