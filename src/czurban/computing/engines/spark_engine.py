"""Spark as an engine: the same statements on an existing cluster, or on this machine's cores."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from czurban.computing.engines import spark_source, spark_table, spark_write
from czurban.computing.engines.engine import Row, Source
from czurban.computing.engines.spark_address import spark_address
from czurban.computing.engines.spark_faults import telling
from czurban.computing.engines.spark_paths import is_remote
from czurban.computing.engines.spark_session import Started, start
from czurban.computing.engines.spark_sql import name as quoted
from czurban.computing.engines.spark_sql import spark_sql


class SparkEngine:
    """An `Engine` over one Spark session, which it ends.

    Its CSV is cut as Python's csv module cuts it, and its statements are those of the other engines.
    """

    name = "spark"

    def __init__(self, started: Started) -> None:
        self._started = started
        self._session = started.session

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

    def view(self, name: str, source: Source) -> tuple[str, ...]:
        """Let statements read files or a table of the cluster's under a name, every column as text."""
        with telling():
            return spark_source.view(self._session, name, source)

    def table(self, name: str, columns: Mapping[str, str], rows: Iterable[Sequence[object]]) -> None:
        """Hand a small table over; it is sent to every worker."""
        with telling():
            spark_table.table_of(self._session, columns, rows).createOrReplaceTempView(quoted(name))

    def rows(self, statement: str) -> list[Row]:
        """Answer with all rows."""
        with telling():
            return [tuple(row) for row in self._ask(statement).collect()]

    def batches(self, statement: str, size: int) -> Iterator[list[Row]]:
        """Answer with so many rows at a time; one part of the answer at a time is held."""
        with telling():
            answer = self._ask(statement).toLocalIterator()
        while batch := _next(answer, size):
            yield batch

    def write(self, statement: str, path: str) -> None:
        """Write an answer: to a file of this machine whole or not at all, to a cluster's storage as a folder."""
        with telling():
            made = self._ask(statement)
            if is_remote(path):
                spark_write.write_folder(made, path)
                return
            from pyspark.sql.pandas.types import to_arrow_schema  # noqa: PLC0415 - an extra

            spark_write.write_file(path, to_arrow_schema(made.schema), self.batches(statement, 10_000))

    def close(self) -> None:
        """End the session; a cluster's other sessions go on."""
        self._started.end()

    def _ask(self, statement: str) -> Any:  # noqa: ANN401 - an extra's own class
        return self._session.sql(spark_sql(statement))


def _next(answer: Iterator[Any], size: int) -> list[Row]:
    with telling():
        return [tuple(row) for row in islice(answer, size)]
