"""Spark as an engine: the same statements on a cluster, through Spark Connect."""

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from czurban.computing.engines.duckdb_engine import DuckdbEngine, exact_types
from czurban.computing.engines.engine import ROW_NUMBER, Row, TableSource
from czurban.computing.engines.spark import sql
from czurban.computing.engines.spark.address import server_address, spark_path
from czurban.computing.engines.spark.errors import explained
from czurban.computing.engines.spark.session import SparkThread, T, connect
from czurban.errors import UsageError
from czurban.files.inputs import is_remote
from czurban.model.finding import say

Frame = Any
"""Rows that Spark can compute, of an extra's own class."""
_BROADCAST_UP_TO = 1_000_000
_AT_ONCE = 10_000
_FILE, _NTH, _BEFORE = "czurban_file", "czurban_nth", "czurban_before"


class SparkEngine:
    """An `Engine` over one session on a Spark Connect server, which it ends.

    It reads Parquet and tables of the cluster's catalog. CSV files of this machine are first converted to Parquet by
    DuckDB, every cell as text and every row in its place, so that findings and their lines are the same.
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
        self._tables: dict[str, tuple[TableSource, Frame]] = {}
        self._kept: dict[str, Frame] = {}
        self._folder = tempfile.TemporaryDirectory(prefix="czurban-spark-", ignore_cleanup_errors=True)
        self._converted: dict[TableSource, TableSource] = {}

    def _run(self, what: Callable[[], T]) -> T:
        """Run a call in Spark's own thread, and turn what PySpark raises into an EngineError."""
        with explained():
            return self._thread(what)

    def exact(self, source: TableSource) -> tuple[str, ...]:
        """See `Engine.exact`."""
        if source.form == "csv":
            return ()
        return tuple(name for name, kind in self._types(self._frame(source)).items() if exact_types(kind))

    def view(self, name: str, source: TableSource) -> tuple[str, ...]:
        """See `Engine.view`."""
        frame = self._read(name, source)
        types = self._types(frame)
        self._make_view(name, frame.selectExpr(*sql.cells(types, source.exact)))
        return tuple(types)

    def stored(self, name: str, source: TableSource) -> Mapping[str, str]:
        """See `Engine.stored`."""
        frame = self._read(name, source)
        self._make_view(name, frame)
        return self._types(frame)

    def numbered(self, name: str, column: str = "", texts: str = "") -> str | None:  # noqa: ARG002 - it numbers all
        """See `Engine.numbered`; the rows of a catalog table have no order."""
        source, frame = self._tables[name]
        if source.form == "table":
            return None
        cells = sql.cells(self._types(frame), source.exact)
        number = f"CAST({sql.name(source.line)} AS BIGINT)" if source.line else "_metadata.row_index + 1"
        if len(self._run(frame.inputFiles)) > 1:
            placed = frame.selectExpr("*", f"_metadata.file_path AS {_FILE}", f"_metadata.row_index AS {_NTH}")
            counts = self._run(lambda: placed.groupBy(_FILE).count().collect())
            before = self._small({_FILE: "VARCHAR", _BEFORE: "BIGINT"}, rows_before(counts, source.paths))
            frame, number = placed.join(before, [_FILE]), f"{_BEFORE} + {_NTH} + 1"
        self._make_view(f"{name}_numbered", frame.selectExpr(*cells, f"{number} AS {ROW_NUMBER}"))
        return f"{name}_numbered"

    def _read(self, name: str, source: TableSource) -> Frame:
        """Return a source's rows, and remember them under a name."""
        readable = self._readable(source)
        frame = self._frame(readable)
        self._tables[name] = readable, frame
        return frame

    def _frame(self, source: TableSource) -> Frame:
        if source.form == "table":
            return self._run(lambda: self._session.table(source.paths[0]))
        merged = self._session.read.option("mergeSchema", value=not source.columns)
        return self._run(lambda: merged.parquet(*map(spark_path, source.paths)))

    def _readable(self, source: TableSource) -> TableSource:
        """Return a source that Spark reads: CSV files of this machine as one Parquet file, converted once.

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
                engine.write("SELECT * FROM rows", path)
            self._converted[source] = source._replace(paths=(path,), form="parquet")
        return self._converted[source]

    def table(self, name: str, columns: Mapping[str, str], rows: Iterable[Sequence[object]]) -> None:
        """See `Engine.table`."""
        self._make_view(name, self._small(columns, list(rows)))

    def _small(self, columns: Mapping[str, str], rows: Sequence[Sequence[object]]) -> Frame:
        """Make a table, marked to be sent to every worker whole, so that no join moves the large table."""
        from pyspark.sql.types import StringType, StructField, StructType  # noqa: PLC0415 - an extra

        texts = StructType([StructField(column, StringType()) for column in columns])
        made = self._run(lambda: self._session.createDataFrame(rows, texts))
        typed = made.selectExpr(*(sql.typed(key, kind) for key, kind in columns.items()))
        return typed.hint("broadcast") if len(rows) <= _BROADCAST_UP_TO else typed

    def keep(self, name: str, statement: str) -> None:
        """See `Engine.keep`; the workers keep the rows.

        What follows starts from these rows. With a cached table instead, each plan would contain the plans of all
        tables before it, and describing those plans took the server more time and memory than computing them.
        """

        def kept() -> None:
            frame = self._ask(statement).localCheckpoint()
            frame.createOrReplaceTempView(name)
            # the server forgets rows that no frame of the client has: those of this name before, in this thread
            self._kept[name] = frame

        self._run(kept)

    def rows(self, statement: str) -> list[Row]:
        """See `Engine.rows`."""
        return self._run(lambda: [tuple(row) for row in self._ask(statement).collect()])

    def batches(self, statement: str, size: int) -> Iterator[list[Row]]:
        """See `Engine.batches`."""
        answer = self._run(lambda: self._ask(statement).toLocalIterator())
        while batch := self._run(lambda: [tuple(row) for row in islice(answer, size)]):
            yield batch

    def write(self, statement: str, path: str) -> None:
        """See `Engine.write`; on a cluster's storage it is a folder of parts, and one that exists is an error."""
        frame = self._run(lambda: self._ask(statement))
        if is_remote(path):
            form = "csv" if path.lower().rstrip("/").endswith(".csv") else "parquet"
            writer = frame.write.format(form).options(header=True, escape='"').mode("error")
            self._run(lambda: writer.save(path))
            return
        with DuckdbEngine(self._memory) as engine:
            rows = chain.from_iterable(self.batches(statement, _AT_ONCE))
            engine.table("answer", self._types(frame), rows)
            engine.write("SELECT * FROM answer", path)

    def close(self) -> None:
        """See `Engine.close`; the server and its other sessions go on."""
        self._session.stop()  # also where the thread waits for an answer, which this ends
        self._thread.end()
        self._folder.cleanup()

    def _ask(self, statement: str) -> Frame:
        return self._session.sql(sql.spark_sql(statement))

    def _types(self, frame: Frame) -> dict[str, str]:
        return sql.duckdb_types(self._run(lambda: frame.schema))

    def _make_view(self, name: str, frame: Frame) -> None:
        self._run(lambda: frame.createOrReplaceTempView(name))


def rows_before(counts: Iterable[tuple[str, int]], paths: Sequence[str]) -> list[tuple[str, int]]:
    """Return how many rows stand before each file: files in the order of their paths, those of one path by name."""
    order = {spark_path(path).removeprefix("file:").replace("\\", ""): at for at, path in enumerate(paths)}
    before, total = [], 0
    for file, many in sorted(counts, key=lambda each: (order.get(_path(each[0]), 0), each[0])):
        before.append((file, total))
        total += many
    return before


def _path(uri: str) -> str:
    """Return the path of a file by Spark's address of it."""
    return unquote(uri).removeprefix("file:").replace("///", "/", 1)
