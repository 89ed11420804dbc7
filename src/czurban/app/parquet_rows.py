"""Parquet read row by row, as a sheet is, where it is sent with other files or a command takes no engine."""

from pathlib import Path

from czurban.computing.engines.duckdb_engine import DuckdbEngine
from czurban.computing.engines.engine import TableSource
from czurban.files.inputs import is_output
from czurban.model.finding import Finding, Place
from czurban.model.observation import RowCount, Submission
from czurban.model.plan import Plan
from czurban.reading.large.view_sheet import ViewSheet, seen
from czurban.reading.sources.limits import Limits, too_large, too_long_a_cell, too_many_columns, too_many_rows
from czurban.reading.sources.opening import FileKind, misnamed
from czurban.reading.sources.packed import check_parquet
from czurban.reading.sources.sheet import Row
from czurban.reading.submission.file_faults import Read, own_report
from czurban.reading.submission.sheet_reader import gathered, read_sheet

_AT_ONCE = 4096
_VIEW = "parquet_rows"
_NO_HEADER = RowCount(read=-1, used=0, ignored=-1)  # the names of columns are no row of the table


def read_parquet(path: Path, plan: Plan, limits: Limits) -> Read:
    """Read a Parquet file whole, every value as the text that stands for it.

    Raises:
        UnreadableError: it is broken, or the system does not let it be read.
        EngineError: the engine cannot read it.
    """
    check_parquet(path)
    file = str(path)
    if is_output(path):
        return own_report(file)
    with DuckdbEngine() as engine:
        names = engine.view(_VIEW, TableSource((file,), "parquet", skip=0))
        rows = [Row(0, list(names))]
        refused = _refused(engine, file, len(names), limits)
        size, findings = 0, list[Finding]()
        for batch in engine.batches(f"SELECT * FROM {_VIEW}", _AT_ONCE) if refused is None else ():  # noqa: S608 - our name
            for cells in batch:
                row = Row(len(rows) + len(findings), [str(cell) for cell in cells])
                longest = max(map(len, row.cells), default=0)
                size += sum(map(len, row.cells))
                if longest > limits.cell:
                    findings.append(too_long_a_cell(Place(file, row.number), longest, limits))
                else:
                    rows.append(seen(row))
            if size > limits.size:
                refused = too_large(Place(file), size, limits)
                break
    if refused is not None:
        return Submission(file, ""), (refused,)
    lie = misnamed(file, FileKind.PARQUET)
    sheet = ViewSheet(file, columns=False, rows=rows)
    sheet.refused = len(findings)
    sent, findings_ = gathered(file, "Parquet", [read_sheet(sheet, file, plan)], (*((lie,) if lie else ()), *findings))
    return sent._replace(rows=sent.rows + _NO_HEADER), findings_


def _refused(engine: DuckdbEngine, file: str, columns: int, limits: Limits) -> Finding | None:
    """Return why the whole table is not read, None where it is."""
    rows = int(str(engine.rows(f"SELECT COUNT(*) FROM {_VIEW}")[0][0]))  # noqa: S608 - our name
    if rows > limits.rows:
        return too_many_rows(Place(file), rows, limits)
    return too_many_columns(Place(file), columns, limits) if columns > limits.columns else None
