"""Large files opened: what their first rows say, and how an engine shall read them."""

from pathlib import Path

from czurban.cli.large_survey import LargeFile
from czurban.computing.engines.engine import Source
from czurban.model.plan import Plan
from czurban.model.row_count import RowCount
from czurban.reading.large.csv_head import csv_head
from czurban.reading.large.long_table import LongTable
from czurban.reading.large.view_sheet import ViewSheet
from czurban.reading.limits import LIMITS, Limits


def open_csv(path: Path, plan: Plan, limits: Limits = LIMITS) -> LargeFile:
    """Understand a CSV by its first rows.

    Raises:
        NotLongError: it is no long table.
    """
    head = csv_head(path, limits)
    places = ViewSheet(str(path), columns=True, delimiter=head.sheet.delimiter)
    table = LongTable(head.sheet, str(path), plan, places)
    rows = table.table.rows
    skip = rows[0].number - 1 if rows else table.header_line
    columns = tuple(f"c{number}" for number in range(table.width))
    source = Source((str(path),), "csv", columns, head.sheet.delimiter, skip)
    above = len(head.sheet.rows) - len(rows)
    return LargeFile(source, table, tuple(table.header_findings()), RowCount(above, ignored=above))
