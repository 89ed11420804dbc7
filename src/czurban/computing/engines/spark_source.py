"""Large tables that Spark reads: Parquet, its own tables, and CSV by lines, each column as text."""

from typing import Any, Final

from czurban.computing.engines import spark_csv
from czurban.computing.engines.engine import Source
from czurban.computing.engines.spark_paths import spark_paths
from czurban.computing.engines.spark_sql import name, text
from czurban.errors import EngineError
from czurban.model.message import say

LONGEST_CELL: Final = 32_767
MOST_IN_ONE_PIECE: Final = 64 * 1024 * 1024
"""The largest CSV, in bytes, whose records may run over several lines: such a file is cut by one worker alone."""


def view(session: Any, called: str, source: Source) -> tuple[str, ...]:  # noqa: ANN401 - an extra's own class
    """Let Spark's statements read a table under a name; return its columns' names.

    Raises:
        EngineError: the files are not there, or are a CSV that Spark cannot cut exactly.
    """
    if source.form == "csv":
        return _csv(session, called, source)
    if source.form == "table":
        frame = session.table(source.paths[0])
    else:
        frame = session.read.parquet(*spark_paths(source.paths))
    columns = [field.name for field in frame.schema.fields]
    frame.selectExpr(*(f"CAST({name(one)} AS STRING) AS {name(one)}" for one in columns)).createOrReplaceTempView(
        called
    )
    return tuple(columns)


def _csv(session: Any, called: str, source: Source) -> tuple[str, ...]:  # noqa: ANN401 - as above
    encoding = source.encoding.lower().replace("_", "-")
    if encoding not in {"utf-8", "utf-8-sig", "utf8", "ascii"}:
        raise EngineError(
            say("Spark reads CSV in UTF-8 alone, and this one is {encoding}.", encoding=source.encoding),
            say("Write it in UTF-8 or as Parquet, or judge it with --engine duckdb."),
        )
    frame = session.read.text(spark_paths(source.paths))
    if not frame.inputFiles():
        raise EngineError(
            say("Spark finds no file at {path}.", path=source.paths[0]),
            say("Check the path; files whose name begins with _ or a dot are passed over."),
        )
    lines = f"{called} lines"
    frame.selectExpr(*spark_csv.lines_columns()).createOrReplaceTempView(name(lines))
    over = _runs_over(session, name(lines), source.delimiter)
    records = _whole(session, called, source) if over else spark_csv.unnumbered_sql(name(lines), source.skip)
    cells = spark_csv.cells_sql(source.delimiter, LONGEST_CELL)
    session.sql(f"SELECT *, {cells} AS cells FROM ({records})").createOrReplaceTempView(name(f"{called} records"))  # noqa: S608
    rows = spark_csv.columns_sql(name(f"{called} records"), source.columns)
    session.sql(rows).createOrReplaceTempView(name(called))
    return source.columns


def _runs_over(session: Any, lines: str, delimiter: str) -> bool:  # noqa: ANN401 - as above
    """Whether any line is no whole record, its quotation marks being open or amiss."""
    pattern = text(spark_csv.well_formed(delimiter))
    found = f"SELECT 1 FROM {lines} WHERE INSTR(value, '\"') > 0 AND NOT value RLIKE {pattern} LIMIT 1"  # noqa: S608
    return bool(session.sql(found).collect())


def _whole(session: Any, called: str, source: Source) -> str:  # noqa: ANN401 - as above
    """The records of files that must be read in one piece."""
    frame = session.read.text(spark_paths(source.paths), wholetext=True)
    pieces = name(f"{called} files")
    frame.selectExpr("_metadata.file_path AS file", "_metadata.file_size AS size", "value").createOrReplaceTempView(
        pieces
    )
    large = session.sql(f"SELECT file FROM {pieces} WHERE size > {MOST_IN_ONE_PIECE} LIMIT 1").collect()  # noqa: S608
    if large:
        raise EngineError(
            say(
                "{path} has rows over several lines, which Spark cannot cut where it works in parts.", path=large[0][0]
            ),
            say("Write it as Parquet, or judge it with --engine duckdb."),
        )
    return spark_csv.whole_sql(pieces, source.delimiter, source.skip)
