"""Spark as an engine: the same statements on an existing cluster, or on this machine's cores."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import wraps
from itertools import islice
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

from czurban.computing.engines import spark_csv_source, spark_exact, spark_source, spark_table, spark_write
from czurban.computing.engines.engine import Row, Source
from czurban.computing.engines.spark_address import spark_address
from czurban.computing.engines.spark_faults import telling
from czurban.computing.engines.spark_paths import is_remote
from czurban.computing.engines.spark_session import Started, quiet, start
from czurban.computing.engines.spark_sql import name as quoted
from czurban.computing.engines.spark_sql import spark_sql

_P = ParamSpec("_P")
_T = TypeVar("_T")
_READERS: Final[Mapping[str, spark_source.Reader]] = {
    "csv": spark_csv_source.csv,
    "parquet": spark_source.parquet,
    "table": spark_source.table,
}
_ROW_NO: Final = "czurban_row_no"
_BEGINS: Final = {spark_source.FILE: "VARCHAR", spark_source.PART: "BIGINT", spark_source.BEFORE: "BIGINT"}


def _asked(method: "Callable[Concatenate[SparkEngine, _P], _T]") -> "Callable[Concatenate[SparkEngine, _P], _T]":
    """Ask Spark in its own thread, and tell in words of ours what it raises."""

    @wraps(method)
    def asked(self: "SparkEngine", /, *args: _P.args, **kwargs: _P.kwargs) -> _T:
        with telling():
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
        self._read: dict[str, tuple[Source, spark_source.Read]] = {}
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
        with telling():
            return cls(start(found))

    @_asked
    def exact(self, source: Source) -> tuple[str, ...]:
        """The columns of Parquet or a table whose numbers all fit DECIMAL(28,8) by their type."""
        if source.form == "csv":
            return ()
        return spark_exact.exact(_READERS[source.form](self._session, "", source).frame.schema)

    @_asked
    def view(self, name: str, source: Source) -> tuple[str, ...]:
        """Let statements read files or a table of the cluster's under a name."""
        read = _READERS[source.form](self._session, name, source)
        self._read[name] = source, read
        columns = [field.name for field in read.frame.schema.fields]
        chosen = spark_exact.columns(read.frame.schema, source.exact)
        read.frame.selectExpr(*chosen).createOrReplaceTempView(quoted(name))
        return tuple(columns)

    @_asked
    def stored(self, name: str, source: Source) -> Mapping[str, str]:
        """Let statements read files or a table in the types that they are stored in."""
        read = _READERS[source.form](self._session, name, source)
        self._read[name] = source, read
        read.frame.createOrReplaceTempView(quoted(name))
        return {field.name: spark_exact.spelled(field.dataType) for field in read.frame.schema.fields}

    @_asked
    def numbered(self, name: str) -> str | None:
        """The name of a view of the same rows with `row_no`; None of a table, whose rows have no order.

        Of a CSV blank lines are counted too, so that a row's number tells its line.
        """
        source, read = self._read[name]
        if not source.line and read.counted is None:
            return None
        chosen = spark_exact.columns(read.frame.schema, source.exact)
        made = self._by_line(source, read) if source.line else self._by_part(source, read)
        numbered = made.selectExpr(*chosen, f"{_ROW_NO} AS row_no")
        numbered.createOrReplaceTempView(quoted(f"{name}_numbered"))
        return f"{name}_numbered"

    def _by_line(self, source: Source, read: spark_source.Read) -> Any:  # noqa: ANN401 - an extra's own class
        return read.frame.selectExpr("*", f"CAST({quoted(source.line)} AS BIGINT) AS {_ROW_NO}")

    def _by_part(self, source: Source, read: spark_source.Read) -> Any:  # noqa: ANN401 - as above
        rows, parts = read.counted() if read.counted else (read.frame, ())
        skip = source.skip if source.form == "csv" else 0
        before = spark_table.table_of(self._session, _BEGINS, spark_source.before(parts, source.paths, skip))
        number = f"{spark_source.BEFORE} + {spark_source.NTH} + 1 AS {_ROW_NO}"
        return rows.join(before, [spark_source.FILE, spark_source.PART]).selectExpr("*", number)

    @_asked
    def first_lines(self, path: str, many: int) -> list[str]:
        """The first lines of a text that only Spark sees, by which its header is understood."""
        return spark_csv_source.first_lines(self._session, path, many)

    def table(self, name: str, columns: Mapping[str, str], rows: Iterable[Sequence[object]]) -> None:
        """Hand a small table over; it is sent to every worker."""
        given = list(rows)  # whatever makes them may raise errors of its own, or ask this engine
        self._put(name, columns, given)

    @_asked
    def _put(self, name: str, columns: Mapping[str, str], rows: list[Sequence[object]]) -> None:
        spark_table.table_of(self._session, columns, rows).createOrReplaceTempView(quoted(name))

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
            with telling():  # from this thread, which takes an unfinished file away when it is interrupted
                spark_write.write_file(path, self._schema(statement), self.batches(statement, 10_000))

    @_asked
    def _write_folder(self, statement: str, path: str) -> None:
        spark_write.write_folder(self._ask(statement), path)

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
