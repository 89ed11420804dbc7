"""Spark as an engine: the same statements on an existing cluster, or on this machine's cores.

Small tables to Spark, columns in the types that were said, by Arrow: alike on a driver of ours and on a server.

Answers of Spark to a file of this machine, whole or not at all, or to a folder of parts on a cluster's storage.
"""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import wraps
from itertools import islice
from pathlib import Path
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

from czurban.computing.engines.engine import Row, TableSource
from czurban.computing.engines.spark import csv_source, sql
from czurban.computing.engines.spark.address import is_remote, spark_address
from czurban.computing.engines.spark.session import Started, explained, quiet, start
from czurban.computing.engines.spark.sql import name, spark_sql
from czurban.computing.engines.spark.sql import name as quoted
from czurban.errors import EngineError
from czurban.files.outputs import PARQUET_MARK
from czurban.files.writing import replaced
from czurban.model.finding import say

_DECIMAL = re.compile(r"DECIMAL\((\d+), ?(\d+)\)")
_BROADCAST_UP_TO = 1_000_000


def table_of(session: Any, columns: Mapping[str, str], rows: Sequence[Sequence[object]]) -> Any:  # noqa: ANN401 - an extra's own classes
    """Make a table of rows.

    It is marked to be sent to every worker whole, so that no join moves the large table.

    Args:
        session: Spark's session.
        columns: names with their types: VARCHAR, BIGINT, BOOLEAN or DECIMAL(p,s).
        rows: the rows, each with a value for every column, or its text; what is no text is NULL where it is empty.

    Raises:
        EngineError: a type is none of these.
    """
    import pyarrow as pa  # noqa: PLC0415 - comes with the extra

    if not rows:  # Spark Connect takes no Arrow table without rows
        kinds = {key: kind.replace("VARCHAR", "STRING") for key, kind in columns.items()}
        return session.createDataFrame([], ", ".join(f"{name(key)} {kind}" for key, kind in kinds.items()))
    arrays = [
        pa.array([_typed(row[at], kind) for row in rows], type=_arrow_type(kind))
        for at, kind in enumerate(columns.values())
    ]
    made = session.createDataFrame(pa.table(arrays, names=list(columns)))
    return made.hint("broadcast") if len(rows) <= _BROADCAST_UP_TO else made


_FROM_TEXT: Final[Mapping[str, Callable[[str], object]]] = {
    "BIGINT": int,
    "BOOLEAN": lambda text: text.lower() == "true",
}


def _typed(value: object, kind: str) -> object:
    text = "" if value is None else str(value)
    if kind == "VARCHAR":
        return text
    return _FROM_TEXT.get(kind, Decimal)(text) if text else None


def _arrow_type(kind: str) -> Any:  # noqa: ANN401 - as above
    import pyarrow as pa  # noqa: PLC0415 - as above

    plain = {"VARCHAR": pa.string, "BIGINT": pa.int64, "BOOLEAN": pa.bool_}
    if kind in plain:
        return plain[kind]()
    if found := _DECIMAL.fullmatch(kind):
        return pa.decimal128(int(found[1]), int(found[2]))
    raise EngineError(say("A column cannot have the type {kind}.", kind=kind))


def write_file(path: str, schema: Any, batches: Iterable[Sequence[Row]]) -> None:  # noqa: ANN401 - an extra's own class
    """Write rows to a file of this machine.

    Args:
        path: where to; Parquet if it ends so, else CSV.
        schema: the Arrow schema of the rows.
        batches: the rows, so many at a time.

    Raises:
        OutputError: it cannot be written.
    """
    with replaced(Path(path)) as unfinished:
        (_parquet if path.lower().endswith(".parquet") else _csv)(unfinished, schema, batches)


def _csv(part: Path, schema: Any, batches: Iterable[Sequence[Row]]) -> None:  # noqa: ANN401 - as above
    with part.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(schema.names)
        for rows in batches:
            writer.writerows(rows)


def _parquet(part: Path, schema: Any, batches: Iterable[Sequence[Row]]) -> None:  # noqa: ANN401 - as above
    import pyarrow as pa  # noqa: PLC0415 - comes with the extra
    from pyarrow import parquet  # noqa: PLC0415

    key, value = PARQUET_MARK
    marked = schema.with_metadata({**(schema.metadata or {}), key: value})
    with parquet.ParquetWriter(part, marked, compression="zstd") as writer:
        for rows in batches:
            columns = [pa.array([row[at] for row in rows], type=field.type) for at, field in enumerate(schema)]
            writer.write_table(pa.table(columns, schema=marked))


def write_folder(made: Any, path: str) -> None:  # noqa: ANN401 - as above
    """Let Spark write a folder of part files to a storage of its own; one that is there is never written over."""
    writer = made.write.mode("errorifexists")
    if path.lower().rstrip("/").endswith(".csv"):
        writer.option("header", value=True).option("escape", '"').csv(path)
    else:
        writer.parquet(path)


_P = ParamSpec("_P")
_T = TypeVar("_T")
_READERS: Final[Mapping[str, csv_source.Reader]] = {
    "csv": csv_source.csv,
    "parquet": csv_source.parquet,
    "table": csv_source.table,
}
_ROW_NO: Final = "czurban_row_no"
_BEGINS: Final = {csv_source.FILE: "VARCHAR", csv_source.PART: "BIGINT", csv_source.BEFORE: "BIGINT"}


def _asked(method: "Callable[Concatenate[SparkEngine, _P], _T]") -> "Callable[Concatenate[SparkEngine, _P], _T]":
    """Ask Spark in its own thread, and tell in words of ours what it raises."""

    @wraps(method)
    def asked(self: "SparkEngine", /, *args: _P.args, **kwargs: _P.kwargs) -> _T:
        with explained():
            return self._aside(lambda: method(self, *args, **kwargs))

    return asked


class SparkEngine:
    """An `Engine` over one Spark session, which it ends.

    Its CSV is cut as Python's csv module cuts it, and its statements are those of the other engines.
    """

    name = "spark"

    def __init__(self, started: Started) -> None:
        self._started = started
        self._session = started.session
        self._aside = started.aside
        self._read: dict[str, tuple[TableSource, csv_source.SparkTable]] = {}
        self._kept: set[str] = set()

    @classmethod
    def at(cls, address: str) -> "SparkEngine":
        """Start Spark, or reach it, where `--engine` says: spark, spark=MASTER or sc://HOST:PORT.

        Raises:
            UsageError: that is no address.
            MissingExtraError: PySpark or Java is not there.
            EngineError: nothing answers there.
        """
        found = spark_address(address)
        with explained():
            return cls(start(found))

    @_asked
    def exact(self, source: TableSource) -> tuple[str, ...]:
        """The columns of Parquet or a table whose numbers all fit DECIMAL(28,8) by their type."""
        if source.form == "csv":
            return ()
        return sql.exact(_READERS[source.form](self._session, "", source).frame.schema)

    @_asked
    def view(self, name: str, source: TableSource) -> tuple[str, ...]:
        """Let statements read files or a table of the cluster's under a name."""
        read = _READERS[source.form](self._session, name, source)
        self._read[name] = source, read
        columns = [field.name for field in read.frame.schema.fields]
        chosen = sql.columns(read.frame.schema, source.exact)
        read.frame.selectExpr(*chosen).createOrReplaceTempView(quoted(name))
        return tuple(columns)

    @_asked
    def stored(self, name: str, source: TableSource) -> Mapping[str, str]:
        """Let statements read files or a table in the types that they are stored in."""
        read = _READERS[source.form](self._session, name, source)
        self._read[name] = source, read
        read.frame.createOrReplaceTempView(quoted(name))
        return {field.name: sql.spelled(field.dataType) for field in read.frame.schema.fields}

    @_asked
    def numbered(self, name: str) -> str | None:
        """The name of a view of the same rows with `row_no`; None of a table, whose rows have no order.

        Of a CSV blank lines are counted too, so that a row's number tells its line.
        """
        source, read = self._read[name]
        if not source.line and read.counted is None:
            return None
        chosen = sql.columns(read.frame.schema, source.exact)
        made = self._by_line(source, read) if source.line else self._by_part(source, read)
        numbered = made.selectExpr(*chosen, f"{_ROW_NO} AS row_no")
        numbered.createOrReplaceTempView(quoted(f"{name}_numbered"))
        return f"{name}_numbered"

    def _by_line(self, source: TableSource, read: csv_source.SparkTable) -> Any:  # noqa: ANN401 - an extra's own class
        return read.frame.selectExpr("*", f"CAST({quoted(source.line)} AS BIGINT) AS {_ROW_NO}")

    def _by_part(self, source: TableSource, read: csv_source.SparkTable) -> Any:  # noqa: ANN401 - as above
        rows, parts = read.counted() if read.counted else (read.frame, ())
        skip = source.skip if source.form == "csv" else 0
        before = table_of(self._session, _BEGINS, csv_source.before(parts, source.paths, skip))
        number = f"{csv_source.BEFORE} + {csv_source.NTH} + 1 AS {_ROW_NO}"
        return rows.join(before, [csv_source.FILE, csv_source.PART]).selectExpr("*", number)

    @_asked
    def first_lines(self, path: str, many: int) -> list[str]:
        """The first lines of a text that only Spark sees, by which its header is understood."""
        return csv_source.first_lines(self._session, path, many)

    def table(self, name: str, columns: Mapping[str, str], rows: Iterable[Sequence[object]]) -> None:
        """Hand a small table over; it is sent to every worker."""
        given = list(rows)  # whatever makes them may raise errors of its own, or ask this engine
        self._put(name, columns, given)

    @_asked
    def _put(self, name: str, columns: Mapping[str, str], rows: list[Sequence[object]]) -> None:
        table_of(self._session, columns, rows).createOrReplaceTempView(quoted(name))

    @_asked
    def keep(self, name: str, statement: str) -> None:
        """Answer once, when first asked, and keep the answer with the workers, on their disks where it is large."""
        catalog = self._session.catalog  # by name: Spark Connect resolves a frame anew, when its views may be others
        if name in self._kept:
            catalog.uncacheTable(quoted(name))
        self._ask(statement).createOrReplaceTempView(quoted(name))
        catalog.cacheTable(quoted(name))
        self._kept.add(name)

    @_asked
    def rows(self, statement: str) -> list[Row]:
        """Answer with all rows."""
        return [tuple(row) for row in self._ask(statement).collect()]

    def batches(self, statement: str, size: int) -> Iterator[list[Row]]:
        """Answer with so many rows at a time; one part of the answer at a time is held."""
        answer = self._iterator(statement)
        while batch := self._next(answer, size):
            yield batch

    @_asked
    def _iterator(self, statement: str) -> Iterator[Any]:
        return iter(self._ask(statement).toLocalIterator())

    @_asked
    def _next(self, answer: Iterator[Any], size: int) -> list[Row]:
        return [tuple(row) for row in islice(answer, size)]

    def write(self, statement: str, path: str) -> None:
        """Write an answer: to a file of this machine whole or not at all, to a cluster's storage as a folder."""
        if is_remote(path):
            self._write_folder(statement, path)
        else:
            with explained():  # from this thread, which takes an unfinished file away when it is interrupted
                write_file(path, self._schema(statement), self.batches(statement, 10_000))

    @_asked
    def _write_folder(self, statement: str, path: str) -> None:
        write_folder(self._ask(statement), path)

    @_asked
    def _schema(self, statement: str) -> Any:  # noqa: ANN401 - an extra's own class
        from pyspark.sql.pandas.types import to_arrow_schema  # noqa: PLC0415 - an extra

        return to_arrow_schema(self._ask(statement).schema)

    def close(self) -> None:
        """End the session; a cluster's other sessions go on."""
        with quiet():
            self._started.end()
            self._aside.end()

    def _ask(self, statement: str) -> Any:  # noqa: ANN401 - an extra's own class
        return self._session.sql(spark_sql(statement))
