"""Spark as an engine: the same statements on a cluster, through Spark Connect."""

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import wraps
from itertools import chain, islice
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar
from urllib.parse import unquote

from czurban.computing.engines.duckdb_engine import DuckdbEngine
from czurban.computing.engines.engine import ROW_NUMBER, Row, TableSource
from czurban.computing.engines.spark import sql
from czurban.computing.engines.spark.address import server_address, spark_paths
from czurban.computing.engines.spark.errors import explained
from czurban.computing.engines.spark.session import SparkThread, connect
from czurban.errors import UsageError
from czurban.files.inputs import is_remote
from czurban.model.finding import say

_BROADCAST_UP_TO = 1_000_000
_AT_ONCE = 10_000
_FILE, _NTH, _BEFORE = "czurban_file", "czurban_nth", "czurban_before"


_P = ParamSpec("_P")
_T = TypeVar("_T")


def _asked(method: "Callable[Concatenate[SparkEngine, _P], _T]") -> "Callable[Concatenate[SparkEngine, _P], _T]":
    """Run a method in Spark's own thread, and turn what PySpark raises into an EngineError."""

    @wraps(method)
    def asked(self: "SparkEngine", /, *args: _P.args, **kwargs: _P.kwargs) -> _T:
        with explained():
            return self._thread(lambda: method(self, *args, **kwargs))

    return asked


class SparkEngine:
    """An `Engine` over one session on a Spark Connect server, which it ends.

    It reads Parquet and tables of the cluster's catalog. CSV files of this machine are first converted to Parquet by
    DuckDB, every cell as text and every row with its number, so that findings and their lines are the same.
    """

    name = "spark"
    remote = True
    ordered = False

    def __init__(self, address: str, memory: int | None = None) -> None:
        """Reach the server that `--engine` names.

        Args:
            address: sc://HOST:PORT, or `spark` for the server in SPARK_REMOTE.
            memory: what converting a CSV may take, in MiB; None for half of the machine's.

        Raises:
            UsageError: it is not an address.
            MissingExtraError: PySpark is not installed.
            EngineError: nothing answers there.
        """
        server = server_address(address)
        self._thread = SparkThread()
        self._session = self._thread(lambda: connect(server))
        self._memory = memory
        self._sources: dict[str, TableSource] = {}
        self._kept: dict[str, Any] = {}
        self._folder = tempfile.TemporaryDirectory(prefix="czurban-spark-", ignore_cleanup_errors=True)
        self._converted: dict[TableSource, TableSource] = {}

    @_asked
    def exact(self, source: TableSource) -> tuple[str, ...]:
        """See `Engine.exact`."""
        return () if source.form == "csv" else sql.exact(self._frame(source).schema)

    def view(self, name: str, source: TableSource) -> tuple[str, ...]:
        """See `Engine.view`."""
        return self._view(name, self._readable(source))

    @_asked
    def _view(self, name: str, source: TableSource) -> tuple[str, ...]:
        frame = self._read(name, source)
        frame.selectExpr(*sql.columns(frame.schema, source.exact)).createOrReplaceTempView(sql.name(name))
        return tuple(frame.schema.names)

    def stored(self, name: str, source: TableSource) -> Mapping[str, str]:
        """See `Engine.stored`."""
        return self._stored(name, self._readable(source))

    @_asked
    def _stored(self, name: str, source: TableSource) -> Mapping[str, str]:
        frame = self._read(name, source)
        frame.createOrReplaceTempView(sql.name(name))
        return _duckdb_types(frame)

    @_asked
    def numbered(self, name: str, only: str = "") -> str | None:  # noqa: ARG002 - Spark has the numbers already
        """See `Engine.numbered`; the rows of a catalog table have no order."""
        source = self._sources[name]
        if source.form == "table":
            return None
        frame = self._frame(source)
        chosen = sql.columns(frame.schema, source.exact)
        if source.form == "csv":
            made = frame.selectExpr(*chosen[:-1], ROW_NUMBER)
        else:
            made = self._by_file(source, frame).selectExpr(*chosen, f"{_BEFORE} + {_NTH} + 1 AS {ROW_NUMBER}")
        made.createOrReplaceTempView(sql.name(f"{name}_numbered"))
        return f"{name}_numbered"

    def _read(self, name: str, source: TableSource) -> Any:  # noqa: ANN401 - as above
        """Return a source's own columns: those of a converted CSV without the row number. Remember its name."""
        self._sources[name] = source
        frame = self._frame(source)
        return frame.drop(ROW_NUMBER) if source.form == "csv" else frame

    def _frame(self, source: TableSource) -> Any:  # noqa: ANN401 - as above
        if source.form == "table":
            return self._session.table(source.paths[0])
        merged = self._session.read.option("mergeSchema", value=source.form == "parquet")
        return merged.parquet(*spark_paths(source.paths))

    def _readable(self, source: TableSource) -> TableSource:
        """Return a source that Spark reads: a CSV of this machine as one Parquet file, converted once.

        Raises:
            UsageError: it is CSV elsewhere.
        """
        if source.form != "csv":
            return source
        remote = next(filter(is_remote, source.paths), None)
        if remote:
            raise UsageError(
                say("{path} is CSV on a cluster, and Spark reads Parquet and catalog tables only.", path=remote),
                say("Convert it to Parquet, or copy it to this machine."),
            )
        if source not in self._converted:
            path = str(Path(self._folder.name) / f"rows-{len(self._converted)}.parquet")
            with DuckdbEngine(self._memory) as engine:
                engine.view("rows", source)
                engine.write(f"SELECT * FROM {engine.numbered('rows')}", path)
            self._converted[source] = source._replace(paths=(path,))
        return self._converted[source]

    def _by_file(self, source: TableSource, frame: Any) -> Any:  # noqa: ANN401 - as above
        """Return rows with their number in their file and how many rows stand in the files before it."""
        whole = frame.selectExpr("*", f"_metadata.file_path AS {_FILE}", f"_metadata.row_index AS {_NTH}")
        if len(frame.inputFiles()) == 1:
            return whole.selectExpr("*", f"CAST(0 AS BIGINT) AS {_BEFORE}")
        counts = [(str(file), int(many)) for file, many in whole.groupBy(_FILE).count().collect()]
        columns = {_FILE: "VARCHAR", _BEFORE: "BIGINT"}
        return whole.join(table_of(self._session, columns, rows_before(counts, source.paths)), [_FILE])

    def table(self, name: str, columns: Mapping[str, str], rows: Iterable[Sequence[object]]) -> None:
        """See `Engine.table`; it is sent to every worker."""
        self._put(name, columns, list(rows))  # what makes them may raise errors of its own, or ask this engine

    @_asked
    def _put(self, name: str, columns: Mapping[str, str], rows: list[Sequence[object]]) -> None:
        table_of(self._session, columns, rows).createOrReplaceTempView(sql.name(name))

    @_asked
    def keep(self, name: str, statement: str) -> None:
        """See `Engine.keep`; the workers keep the rows.

        What follows starts from these rows. With a cached table instead, each plan would contain the plans of all
        tables before it, and describing those plans took the server more time and memory than computing them.
        """
        frame = self._ask(statement).localCheckpoint()
        frame.createOrReplaceTempView(sql.name(name))
        self._kept[name] = frame  # without it, the client asks the server to forget the rows

    @_asked
    def rows(self, statement: str) -> list[Row]:
        """See `Engine.rows`."""
        return [tuple(row) for row in self._ask(statement).collect()]

    def batches(self, statement: str, size: int) -> Iterator[list[Row]]:
        """See `Engine.batches`."""
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
        """See `Engine.write`; on a cluster's storage it is a folder of parts, and one that exists is an error."""
        if is_remote(path):
            self._write_folder(statement, path)
            return
        with DuckdbEngine(self._memory) as engine:
            rows = chain.from_iterable(self.batches(statement, _AT_ONCE))
            engine.table("answer", self._types(statement), rows)
            engine.write("SELECT * FROM answer", path)

    @_asked
    def _write_folder(self, statement: str, path: str) -> None:
        writer = self._ask(statement).write.mode("error")
        as_text = path.lower().rstrip("/").endswith(".csv")
        writer.option("header", value=True).option("escape", '"').csv(path) if as_text else writer.parquet(path)

    @_asked
    def _types(self, statement: str) -> Mapping[str, str]:
        return _duckdb_types(self._ask(statement))

    def close(self) -> None:
        """See `Engine.close`; the server and its other sessions go on."""
        self._session.stop()  # also where the thread waits for an answer, which this ends
        self._thread.end()
        self._folder.cleanup()

    def _ask(self, statement: str) -> Any:  # noqa: ANN401 - as above
        return self._session.sql(sql.spark_sql(statement))


def _duckdb_types(frame: Any) -> Mapping[str, str]:  # noqa: ANN401 - as above
    return {field.name: sql.duckdb_type(field.dataType) for field in frame.schema.fields}


def rows_before(counts: Iterable[tuple[str, int]], paths: Sequence[str]) -> list[tuple[str, int]]:
    """Return how many rows stand before each file: files in the order of their paths, those of one path by name."""
    order = {path.removeprefix("file:").replace("\\", ""): at for at, path in enumerate(spark_paths(paths))}
    before, total = [], 0
    for file, many in sorted(counts, key=lambda each: (order.get(_path(each[0]), 0), each[0])):
        before.append((file, total))
        total += many
    return before


def _path(uri: str) -> str:
    """Return the path of a file by Spark's address of it."""
    return unquote(uri).removeprefix("file:").replace("///", "/", 1)


def table_of(session: Any, columns: Mapping[str, str], rows: Sequence[Sequence[object]]) -> Any:  # noqa: ANN401 - as above
    """Make a table, marked to be sent to every worker whole, so that no join moves the large table.

    Args:
        session: Spark's session.
        columns: names with their types.
        rows: a value, or its text, for each column; None is NULL, and so is an empty text of another type.
    """
    import pyarrow as pa  # noqa: PLC0415 - an extra

    if not rows:  # Spark Connect takes no Arrow table without rows
        kinds = (f"{sql.name(key)} {kind.replace('VARCHAR', 'STRING')}" for key, kind in columns.items())
        return session.createDataFrame([], ", ".join(kinds))
    texts = [
        pa.array([None if row[at] is None else str(row[at]) for row in rows], pa.string()) for at in range(len(columns))
    ]
    made = session.createDataFrame(pa.table(texts, names=list(columns)))
    typed = made.selectExpr(*(sql.typed(key, kind) for key, kind in columns.items()))
    return typed.hint("broadcast") if len(rows) <= _BROADCAST_UP_TO else typed
