"""Spark as an engine: the same statements on a cluster, through Spark Connect."""

import csv
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

from czurban.computing.engines.duckdb_engine import DEFAULT_MEMORY, DuckdbEngine
from czurban.computing.engines.engine import ROW_NUMBER, Row, TableSource
from czurban.computing.engines.spark import sql
from czurban.computing.engines.spark.address import server_address, spark_paths
from czurban.computing.engines.spark.session import connect, explained
from czurban.errors import EngineError, UsageError
from czurban.files.inputs import is_remote
from czurban.files.outputs import PARQUET_MARK
from czurban.files.writing import replaced
from czurban.model.finding import say

_DECIMAL = re.compile(r"DECIMAL\((\d+), ?(\d+)\)")
_BROADCAST_UP_TO = 1_000_000
_AT_ONCE = 10_000
_FILE, _NTH, _BEFORE = "czurban_file", "czurban_nth", "czurban_before"
_FROM_TEXT: Final[Mapping[str, Callable[[str], object]]] = {
    "BIGINT": int,
    "BOOLEAN": lambda text: text.lower() == "true",
}


class SparkEngine:
    """An `Engine` over one session on a Spark Connect server, which it ends.

    It reads Parquet and tables of the cluster's catalog. CSV files of this machine are first converted to Parquet by
    DuckDB, every cell as text and every row with its number, so that findings and their lines are the same.
    """

    name = "spark"
    remote = True

    def __init__(self, session: Any, memory: int = DEFAULT_MEMORY) -> None:  # noqa: ANN401 - an extra's own class
        self._session = session
        self._memory = memory
        self._sources: dict[str, TableSource] = {}
        self._kept: set[str] = set()
        self._folder = tempfile.TemporaryDirectory(prefix="czurban-spark-", ignore_cleanup_errors=True)
        self._converted: dict[TableSource, str] = {}

    @classmethod
    def at(cls, address: str, memory: int = DEFAULT_MEMORY) -> "SparkEngine":
        """Reach the server that `--engine` names.

        Args:
            address: sc://HOST:PORT, or `spark` for the server in SPARK_REMOTE.
            memory: what converting a CSV may take, in MiB.

        Raises:
            UsageError: it is not an address.
            MissingExtraError: PySpark is not installed.
            EngineError: nothing answers there.
        """
        return cls(connect(server_address(address)), memory)

    @explained()
    def exact(self, source: TableSource) -> tuple[str, ...]:
        """See `Engine.exact`."""
        return () if source.form == "csv" else sql.exact(self._frame(source).schema)

    @explained()
    def view(self, name: str, source: TableSource) -> tuple[str, ...]:
        """See `Engine.view`."""
        source, frame = self._read(name, source)
        frame.selectExpr(*sql.columns(frame.schema, source.exact)).createOrReplaceTempView(sql.name(name))
        return tuple(frame.schema.names)

    @explained()
    def stored(self, name: str, source: TableSource) -> Mapping[str, str]:
        """See `Engine.stored`."""
        _, frame = self._read(name, source)
        frame.createOrReplaceTempView(sql.name(name))
        return {field.name: sql.duckdb_type(field.dataType) for field in frame.schema.fields}

    @explained()
    def numbered(self, name: str) -> str | None:
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

    def _read(self, name: str, source: TableSource) -> tuple[TableSource, Any]:
        """Return a source and its columns, without the row number that a converted CSV has; remember its name."""
        self._sources[name] = source
        frame = self._frame(source)
        return source, frame.drop(ROW_NUMBER) if source.form == "csv" else frame

    def _frame(self, source: TableSource) -> Any:  # noqa: ANN401 - as above
        if source.form == "table":
            return self._session.table(source.paths[0])
        paths = [self._parquet_of(source)] if source.form == "csv" else source.paths
        return self._session.read.option("mergeSchema", value=source.form != "csv").parquet(*spark_paths(paths))

    def _parquet_of(self, source: TableSource) -> str:
        """Convert CSV files of this machine to one Parquet file, once."""
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
            self._converted[source] = path
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
        given = list(rows)  # what makes them may raise errors of its own, or ask this engine
        with explained():
            table_of(self._session, columns, given).createOrReplaceTempView(sql.name(name))

    @explained()
    def keep(self, name: str, statement: str) -> None:
        """See `Engine.keep`; it is computed when first asked for, and kept by the workers."""
        catalog = self._session.catalog  # by name: a frame is resolved anew each time, when its views may be others
        if name in self._kept:
            catalog.uncacheTable(sql.name(name))
        self._ask(statement).createOrReplaceTempView(sql.name(name))
        catalog.cacheTable(sql.name(name))
        self._kept.add(name)

    @explained()
    def rows(self, statement: str) -> list[Row]:
        """See `Engine.rows`."""
        return [tuple(row) for row in self._ask(statement).collect()]

    def batches(self, statement: str, size: int) -> Iterator[list[Row]]:
        """See `Engine.batches`."""
        with explained():
            answer = iter(self._ask(statement).toLocalIterator())
        while batch := self._next(answer, size):
            yield batch

    @explained()
    def _next(self, answer: Iterator[Any], size: int) -> list[Row]:
        return [tuple(row) for row in islice(answer, size)]

    @explained()
    def write(self, statement: str, path: str) -> None:
        """See `Engine.write`; on a cluster's storage it is a folder of parts, and one that exists is an error."""
        frame = self._ask(statement)
        if is_remote(path):
            writer = frame.write.mode("error")
            as_text = path.lower().rstrip("/").endswith(".csv")
            writer.option("header", value=True).option("escape", '"').csv(path) if as_text else writer.parquet(path)
            return
        from pyspark.sql.pandas.types import to_arrow_schema  # noqa: PLC0415 - an extra

        write_file(path, to_arrow_schema(frame.schema), self.batches(statement, _AT_ONCE))

    def close(self) -> None:
        """See `Engine.close`; the server and its other sessions go on."""
        self._session.stop()
        self._folder.cleanup()

    def _ask(self, statement: str) -> Any:  # noqa: ANN401 - as above
        return self._session.sql(sql.spark_sql(statement))


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
        columns: names with their types: VARCHAR, BIGINT, BOOLEAN or DECIMAL(p,s).
        rows: a value, or its text, for each column; an empty text is NULL in a column of another type.

    Raises:
        EngineError: a type is none of these.
    """
    import pyarrow as pa  # noqa: PLC0415 - an extra

    if not rows:  # Spark Connect takes no Arrow table without rows
        kinds = (f"{sql.name(key)} {kind.replace('VARCHAR', 'STRING')}" for key, kind in columns.items())
        return session.createDataFrame([], ", ".join(kinds))
    arrays = [
        pa.array([_typed(row[at], kind) for row in rows], type=_arrow_type(kind))
        for at, kind in enumerate(columns.values())
    ]
    made = session.createDataFrame(pa.table(arrays, names=list(columns)))
    return made.hint("broadcast") if len(rows) <= _BROADCAST_UP_TO else made


def _typed(value: object, kind: str) -> object:
    text = "" if value is None else str(value)
    if kind == "VARCHAR":
        return text
    return _FROM_TEXT.get(kind, Decimal)(text) if text else None


def _arrow_type(kind: str) -> Any:  # noqa: ANN401 - as above
    import pyarrow as pa  # noqa: PLC0415 - an extra

    plain = {"VARCHAR": pa.string, "BIGINT": pa.int64, "BOOLEAN": pa.bool_}
    if kind in plain:
        return plain[kind]()
    if digits := _DECIMAL.fullmatch(kind):
        return pa.decimal128(int(digits[1]), int(digits[2]))
    raise EngineError(say("A column cannot have the type {kind}.", kind=kind))


def write_file(path: str, schema: Any, batches: Iterable[Sequence[Row]]) -> None:  # noqa: ANN401 - as above
    """Write rows to a file of this machine, Parquet or CSV by its ending: whole, or not at all.

    Args:
        path: the file.
        schema: the Arrow schema of the rows.
        batches: the rows.

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
    import pyarrow as pa  # noqa: PLC0415 - an extra
    from pyarrow import parquet  # noqa: PLC0415

    key, value = PARQUET_MARK
    marked = schema.with_metadata({**(schema.metadata or {}), key: value})
    with parquet.ParquetWriter(part, marked, compression="zstd") as writer:
        for rows in batches:
            columns = [pa.array([row[at] for row in rows], type=field.type) for at, field in enumerate(schema)]
            writer.write_table(pa.table(columns, schema=marked))
