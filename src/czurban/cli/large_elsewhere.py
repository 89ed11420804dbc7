"""Tables that are not files of this machine: on a cluster's storage (s3a://…), or in its catalog (table:NAME)."""

from collections.abc import Sequence

from czurban.cli.large_columns import open_columns
from czurban.cli.large_survey import LargeFile
from czurban.computing.engines.engine import TableSource
from czurban.computing.engines.spark.engine import SparkEngine
from czurban.model.finding import Place, say
from czurban.model.observation import RowCount
from czurban.model.plan import Plan
from czurban.reading.large.long_table import LongTable, NotLongError, ViewSheet
from czurban.reading.sources.csv_sheet import read_csv
from czurban.reading.sources.opening import Limits
from czurban.reading.sources.sheet import Row
from czurban.reading.submission.columns import score
from czurban.reading.submission.files import empty

TABLE = "table:"
_TEXTS = (".csv", ".tsv", ".txt", ".csv.gz", ".tsv.gz", ".txt.gz")
_HEAD_LINES = 2000


class Unordered(ViewSheet):
    """A table whose rows have neither lines nor an order: a place is the table alone."""

    def place(self, row: Row, column: int | None = None) -> Place:  # noqa: ARG002 - as every sheet
        """The table."""
        return Place(self.file)


def open_elsewhere(engine: SparkEngine, name: str, plan: Plan, limits: Limits) -> LargeFile:
    """Open what only Spark sees.

    Raises:
        NotLongError: it is no long table.
        EngineError: it is not there.
    """
    if name.startswith(TABLE):
        return open_columns(engine, TableSource((name.removeprefix(TABLE),), "table"), name, plan, Unordered)
    if not name.lower().endswith(_TEXTS):
        return open_columns(engine, TableSource((name,), "parquet"), name, plan)
    return _text(name, engine.first_lines(name, _HEAD_LINES), plan, limits)


def _text(name: str, lines: Sequence[str], plan: Plan, limits: Limits) -> LargeFile:
    """A CSV by its first lines. Places tell no columns, since the lines themselves are not here."""
    head, broken = read_csv(name, "".join(f"{line}\n" for line in lines), score, limits)
    if not head.rows:
        raise NotLongError(name, say("it has no rows"), findings=broken or empty(name)[1])
    places = ViewSheet(name, columns=False, delimiter=head.delimiter)
    table = LongTable(head, name, plan, places)
    rows = table.table.rows
    skip = rows[0].number - 1 if rows else table.header_line
    columns = tuple(f"c{number}" for number in range(table.width))
    above = len(head.rows) - len(rows)
    source = TableSource((name,), "csv", columns, head.delimiter, skip)
    return LargeFile(source, table, tuple(table.header_findings()), RowCount(above, ignored=above))
