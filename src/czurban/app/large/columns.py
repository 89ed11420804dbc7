"""Tables that know their columns (Parquet, a cluster's tables): understood by their columns and first rows.

Tables that are not files of this machine: on a cluster's storage (s3a://…), or in its catalog (table:NAME).
"""

from czurban.app.large.survey import LargeFile
from czurban.computing.engines.engine import Engine, TableSource
from czurban.model.finding import Place
from czurban.model.plan import Plan
from czurban.reading.large.long_table import LongTable, ViewSheet
from czurban.reading.sources.find_files import PACKED, TEXTS
from czurban.reading.sources.sheet import Row
from czurban.reading.submission.header_words import ColumnField

_HEAD_ROWS = 2000


def open_columns(
    engine: Engine, source: TableSource, file: str, plan: Plan, sheet: type[ViewSheet] = ViewSheet
) -> LargeFile:
    """Open such a table.

    Args:
        engine: who reads it.
        source: how.
        file: the name that places carry.
        plan: the plan, by which the columns are understood.
        sheet: what knows where its rows stand.

    Raises:
        NotLongError: it is no long table.
    """
    source = source._replace(skip=0)
    names = engine.view("head", source)
    cells = ", ".join(f'CAST("{name.replace(chr(34), chr(34) * 2)}" AS VARCHAR)' for name in names)
    head = engine.rows(f"SELECT {cells} FROM head LIMIT {_HEAD_ROWS}")  # noqa: S608 - names are escaped
    rows = [Row(0, list(names)), *(Row(n, [str(cell or "") for cell in row]) for n, row in enumerate(head, 1))]
    places = sheet(file, columns=False, rows=rows)
    table = LongTable(places, file, plan, places)
    value = names[table.columns[ColumnField.VALUE]]
    exact = (value,) if value in engine.exact(source) else ()
    return LargeFile(source._replace(exact=exact), table, tuple(table.header_findings()))


TABLE = "table:"
_TEXTS = (*TEXTS, *PACKED)


class Unordered(ViewSheet):
    """A table whose rows have neither lines nor an order: a place is the table alone."""

    def place(self, row: Row, column: int | None = None) -> Place:  # noqa: ARG002 - as every sheet
        """The table."""
        return Place(self.file)


def open_elsewhere(engine: Engine, name: str, plan: Plan) -> LargeFile:
    """Open a table that only a cluster reads.

    Raises:
        NotLongError: it is no long table.
        EngineError: it is not there.
    """
    if name.startswith(TABLE):
        return open_columns(engine, TableSource((name.removeprefix(TABLE),), "table"), name, plan, Unordered)
    form = "csv" if name.lower().endswith(_TEXTS) else "parquet"
    return open_columns(engine, TableSource((name,), form), name, plan)
