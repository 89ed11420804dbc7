"""Metrics over files of records: as they are, or mended where a row is broken."""

import contextlib
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from czurban.computing.engines.engine import Engine, TableSource
from czurban.computing.records.compute import Computed, RecordTable, Request, compute
from czurban.computing.records.spelling import MISSING, UNREADABLE
from czurban.errors import BrokenTableError
from czurban.model.finding import Finding, say
from czurban.model.metric import Metrics
from czurban.model.observation import Reading
from czurban.reading.large.csv_repair import looked_over, repaired
from czurban.reading.large.record_source import RecordFiles
from czurban.reading.submission.cell import read_cell


class Run(NamedTuple):
    """What is asked of which engine; `files` are the names of the files as they were found."""

    engine: Engine
    metrics: Metrics
    request: Request
    name: str
    files: Sequence[str]
    most: int


def compute_files(run: Run, files: RecordFiles) -> tuple[Computed, Sequence[Finding]]:
    """Compute the figures; a broken row costs a finding, and the figures it might belong to.

    Raises:
        EngineError: the engine cannot answer.
    """
    if files.form != "csv":
        return _computed(run, files, 0), ()
    if plain := looked_over(files):
        with contextlib.suppress(BrokenTableError):
            return _computed(run, plain, 0), ()
    with repaired(files, run.files, run.most) as whole:
        return _computed(run, whole.files, whole.refused), whole.findings


def _computed(run: Run, files: RecordFiles, broken: int) -> Computed:
    table = RecordTable(source_of(files), run.name, broken)
    done = compute(run.engine, table, run.metrics, run.request, read_number)
    if files.rows not in (None, done.records):
        raise BrokenTableError(
            say("The engine has not read every row of {path}, so nothing of it is computed.", path=run.name),
            say("Save it as Parquet, or as CSV in UTF-8 with one line for each row."),
        )
    return done


def source_of(files: RecordFiles) -> TableSource:
    """Files in UTF-8 as an engine takes them."""
    return TableSource(
        files.paths,
        files.form,
        files.columns,
        files.delimiter,
        files.header,
        newline=files.newline,
        wrapped=files.wrapped,
    )


def read_number(text: str) -> Decimal | str:
    """Read a number as people write it: the number, or whether there is none or it cannot be read.

    One with a unit, or 约 in front, is not read: a column has one unit, and its numbers are exact.
    """
    cell = read_cell(text)
    if cell.reported is Reading.NOTHING:
        return MISSING
    if cell.amount is None or cell.unit or cell.scale or cell.approximate:
        return UNREADABLE
    return cell.amount
