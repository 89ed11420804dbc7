"""A CSV as Spark reads it: surveyed once, in parts where every line is a record, in one piece where some are not."""

from collections.abc import Sequence
from typing import Any, Final

from czurban.computing.engines import spark_csv
from czurban.computing.engines.engine import Source
from czurban.computing.engines.spark_paths import spark_paths
from czurban.computing.engines.spark_source import FILE, NTH, PART, Part, Read
from czurban.computing.engines.spark_sql import name
from czurban.errors import BrokenTableError, EngineError
from czurban.model.message import say

LONGEST_CELL: Final = 32_767
MOST_IN_ONE_PIECE: Final = 64 * 1024 * 1024
"""The largest CSV, in bytes, whose records may run over several lines: such a file is cut by one worker alone."""
_ENCODINGS: Final = {"utf-8", "utf-8-sig", "utf8", "ascii"}


def csv(session: Any, called: str, source: Source) -> Read:  # noqa: ANN401 - an extra's own class
    """CSV files in UTF-8.

    Raises:
        BrokenTableError: a row has too few or too many cells, a quotation mark amiss, a cell too long, or is no UTF-8.
        EngineError: the files are not there, or are in another encoding.
    """
    if source.encoding.lower().replace("_", "-") not in _ENCODINGS:
        raise EngineError(
            say("Spark reads CSV in UTF-8 alone, and this one is {encoding}.", encoding=source.encoding),
            say("Write it in UTF-8 or as Parquet, or judge it with --engine duckdb."),
        )
    _lines(session, called, source)
    parts, amiss, broken = _survey(session, called, source)
    if amiss:
        _whole(session, called, source)
        parts, amiss, broken = _survey(session, called, source)
    if broken:
        raise BrokenTableError(
            say("{many} rows of {path} cannot be read as they stand.", many=broken, path=source.paths[0]),
            say("Mend them, or judge the file with --engine duckdb, which names them."),
        )
    return Read(_columns(session, called, source), lambda: (_columns(session, called, source, counted=True), parts))


def _columns(session: Any, called: str, source: Source, *, counted: bool = False) -> Any:  # noqa: ANN401 - as above
    chosen = [f"cells[{at}] AS {name(column)}" for at, column in enumerate(source.columns)]
    chosen += [f"file AS {FILE}", f"part AS {PART}", f"nth AS {NTH}"] if counted else []
    return session.table(name(f"{called} records")).where("kept").selectExpr(*chosen)


def first_lines(session: Any, path: str, many: int) -> list[str]:  # noqa: ANN401 - as above
    """The first lines of the first file of a path."""
    _view_lines(session, "head lines", (path,))
    asked = f"SELECT file, value FROM `head lines` WHERE part = 0 AND at < {many} ORDER BY file, at LIMIT {many}"
    found = session.sql(asked).collect()
    return [line for file, line in found if file == found[0][0]]


def _lines(session: Any, called: str, source: Source) -> None:  # noqa: ANN401 - as above
    """Let every line be a record."""
    _view_lines(session, f"{called} lines", source.paths)
    _records(session, called, source, spark_csv.lines_sql(name(f"{called} lines"), source.skip))


def _view_lines(session: Any, called: str, paths: Sequence[str]) -> None:  # noqa: ANN401 - as above
    frame = session.read.text(spark_paths(paths))
    if not frame.inputFiles():
        raise EngineError(
            say("Spark finds no file at {path}.", path=paths[0]),
            say("Check the path; files whose name begins with _ or a dot are passed over."),
        )
    frame.selectExpr(*spark_csv.lines_columns()).createOrReplaceTempView(name(called))


def _whole(session: Any, called: str, source: Source) -> None:  # noqa: ANN401 - as above
    """Let records run over several lines."""
    frame = session.read.text(spark_paths(source.paths), wholetext=True)
    pieces = name(f"{called} pieces")
    frame.selectExpr("_metadata.file_path AS file", "_metadata.file_size AS size", "value").createOrReplaceTempView(
        pieces
    )
    large = session.sql(f"SELECT file FROM {pieces} WHERE size > {MOST_IN_ONE_PIECE} LIMIT 1").collect()
    if large:
        raise EngineError(
            say("{path} has rows over several lines, or quotation marks that do not close.", path=large[0][0]),
            say("Spark cuts so large a file line by line: write it as Parquet, or judge it with --engine duckdb."),
        )
    _records(session, called, source, spark_csv.whole_sql(pieces, source.delimiter, source.skip))


def _records(session: Any, called: str, source: Source, statement: str) -> None:  # noqa: ANN401 - as above
    cells = spark_csv.cells_sql(source.delimiter, LONGEST_CELL, quoted=source.quoted)
    whole = f"SELECT *, {cells} AS cells FROM ({statement})"
    session.sql(whole).createOrReplaceTempView(name(f"{called} records"))


def _survey(session: Any, called: str, source: Source) -> tuple[Sequence[Part], int, int]:  # noqa: ANN401 - as above
    """The parts with their lines, and how many records have quotation marks amiss or are broken in whatever way."""
    records = name(f"{called} records")
    asked = spark_csv.survey_sql(records, source.delimiter, len(source.columns), quoted=source.quoted)
    found = session.sql(asked).collect()
    parts = [Part(file, begin, many) for file, begin, many, _, _ in found]
    return parts, sum(row[3] for row in found), sum(row[4] for row in found)
