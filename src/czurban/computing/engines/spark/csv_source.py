"""A CSV as Spark reads it: surveyed once, in parts where every line is a record, in one piece where some are not.

The records of a CSV on Spark, cut exactly as Python's csv module cuts them.

Spark's own reader of CSV takes `"x"y` and `"x" ,` for cells and lets an unclosed quotation mark swallow the rest of a
file. So a CSV is read as lines of text, and a line is split here, by statements that say what a cell is.

Large tables that Spark reads: Parquet, its own tables, and CSV by lines.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, NamedTuple, Protocol

from czurban.computing.engines.engine import TableSource
from czurban.computing.engines.spark.address import spark_paths
from czurban.computing.engines.spark.sql import name, text
from czurban.errors import BrokenTableError, EngineError
from czurban.model.finding import say

LINE_ENDS = r"\r\n|\n|\r"
MARK = r"\A\x{feff}"
_INDEX_IN_PARTITION = (1 << 33) - 1


def lines_columns() -> tuple[str, ...]:
    """What a line of a text file has beside its text: its file, where its part of the file begins, its number there.

    A partition holds one part of one file (see `spark_session.SETTINGS`), so the number in the partition is the
    number in the part.
    """
    return (
        "value",
        "_metadata.file_path AS file",
        "_metadata.file_block_start AS part",
        f"monotonically_increasing_id() & {_INDEX_IN_PARTITION} AS at",
    )


def lines_sql(lines: str, skip: int) -> str:
    """The lines of text files as records; those before the first row of data and blank ones are not `kept`."""
    kept = f"value <> '' AND NOT (part = 0 AND at < {skip})"
    return f"SELECT file, part, at AS nth, value AS record, {kept} AS kept FROM {lines}"


def survey_sql(records: str, delimiter: str, columns: int, *, quoted: bool = True) -> str:
    """How many lines each part of each file has, how many records have quotation marks amiss, how many are broken."""
    amiss = f"INSTR(record, '\"') > 0 AND NOT record RLIKE {text(well_formed(delimiter))}" if quoted else "FALSE"
    broken = f"cells IS NULL OR SIZE(cells) <> {columns}"
    counts = f"MAX(nth) + 1, COUNT_IF(kept AND {amiss}), COUNT_IF(kept AND ({broken}))"
    return f"SELECT file, part, {counts} FROM {records} GROUP BY file, part"


def whole_sql(files: str, delimiter: str, skip: int) -> str:
    """The records of whole files, which may run over several lines; one that is broken costs its first line only."""
    unquoted = _cell(delimiter, but=r"\r\n")
    record = rf"(?:{unquoted})(?:{_escaped(delimiter)}(?:{unquoted}))*+(?:{LINE_ENDS}|\z)"
    pattern = text(rf"{record}|[^\r\n]*+(?:{LINE_ENDS}|\z)")
    whole = f"REGEXP_REPLACE(value, {text(MARK)}, '')"
    cut = f"SELECT file, POSEXPLODE(REGEXP_EXTRACT_ALL({whole}, {pattern}, 0)) AS (n, token) FROM {files}"
    ends = f"(SIZE(SPLIT(token, {text(LINE_ENDS)}, -1)) - 1)"
    line = f"SUM({ends}) OVER (PARTITION BY file ORDER BY n) - {ends}"
    record = f"REGEXP_REPLACE(token, {text(f'(?:{LINE_ENDS})' + chr(92) + 'z')}, '')"
    lines = f"SELECT file, CAST(0 AS BIGINT) AS part, {line} AS nth, {record} AS record FROM ({cut})"
    return f"SELECT *, record <> '' AND nth >= {skip} AS kept FROM ({lines})"


def cells_sql(delimiter: str, longest: int, *, quoted: bool = True) -> str:
    """A record's cells as an array of texts; NULL for one that is broken or not UTF-8, or has a cell too long.

    Where quotation marks mean nothing, every delimiter parts two cells.
    """
    mark = text(delimiter)
    plain = f"SPLIT(record, {text(_escaped(delimiter))}, -1)"
    too_long = f"LENGTH(record) > {longest} AND EXISTS({{cells}}, x -> LENGTH(x) > {longest})"
    if not quoted:
        return f"IF(IS_VALID_UTF8(record), {_unless(too_long, plain)}, NULL)"
    found = f"REGEXP_EXTRACT_ALL(CONCAT({mark}, record), {text(f'{_escaped(delimiter)}({_cell(delimiter)})')}, 1)"
    bare = "REPLACE(SUBSTRING(x, 2, LENGTH(x) - 2), '\"\"', '\"')"
    unquoted = f"TRANSFORM({found}, x -> IF(STARTSWITH(x, '\"'), {bare}, x))"
    return (
        "CASE WHEN NOT IS_VALID_UTF8(record) THEN NULL "
        f"WHEN INSTR(record, '\"') = 0 THEN {_unless(too_long, plain)} "
        f"WHEN record RLIKE {text(well_formed(delimiter))} THEN {_unless(too_long, unquoted)} END"
    )


def _unless(condition: str, cells: str) -> str:
    return f"IF({condition.format(cells=cells)}, NULL, {cells})"


def well_formed(delimiter: str) -> str:
    """The pattern of a record whose quotation marks all close, each before the delimiter or the end."""
    cell = _cell(delimiter)
    return rf"\A(?:{cell})(?:{_escaped(delimiter)}(?:{cell}))*+\z"


def _cell(delimiter: str, but: str = "") -> str:
    mark = _escaped(delimiter)
    return rf'"[^"]*+(?:""[^"]*+)*+"|[^"{mark}{but}][^{mark}{but}]*+|'


def _escaped(delimiter: str) -> str:
    return rf"\x{ord(delimiter):02x}"


FILE: Final = "czurban_file"
PART: Final = "czurban_part"
NTH: Final = "czurban_nth"
BEFORE: Final = "czurban_before"
"""Columns beside a table's own, named so that no table has them."""


class FilePart(NamedTuple):
    """A part of a file, where it begins in it, and how many rows it has; of a CSV all lines count."""

    file: str
    begin: int
    rows: int


class SparkTable(NamedTuple):
    """What Spark reads of a source.

    `frame` has the columns as the source's form has them; `counted` makes the same with a row's file, its part and
    its number in that from 0, and tells the parts; None where the form knows no order.
    """

    frame: Any
    counted: Callable[[], tuple[Any, Sequence[FilePart]]] | None


class Reader(Protocol):
    """Reads one form of source."""

    def __call__(self, session: Any, called: str, source: TableSource) -> SparkTable:  # noqa: ANN401 - an extra's own class
        """Read it; its helping views are called after it."""
        ...


def parquet(session: Any, called: str, source: TableSource) -> SparkTable:  # noqa: ARG001, ANN401 - the same shape for every form
    """Parquet files, whose rows have numbers in their file."""
    frame = session.read.option("mergeSchema", value=True).parquet(*spark_paths(source.paths))

    def counted() -> tuple[Any, Sequence[FilePart]]:
        numbers = (f"_metadata.file_path AS {FILE}", f"CAST(0 AS BIGINT) AS {PART}", f"_metadata.row_index AS {NTH}")
        whole = frame.selectExpr("*", *numbers)
        return whole, [FilePart(file, 0, many) for file, many in whole.groupBy(FILE).count().collect()]

    return SparkTable(frame, counted)


def table(session: Any, called: str, source: TableSource) -> SparkTable:  # noqa: ARG001, ANN401 - as above
    """A table of the cluster's, whose rows have no order."""
    return SparkTable(session.table(source.paths[0]), None)


def before(parts: Iterable[FilePart], paths: Sequence[str], skip: int = 0) -> list[tuple[str, int, int]]:
    """How many rows stand before each part: files in the order they were named, those of a folder by name.

    The first rows of each file, so many as are skipped, are not counted.
    """
    named = {path.removeprefix("file:").replace("\\", ""): at for at, path in enumerate(spark_paths(paths))}
    found, sum_ = [], 0
    for part in sorted(parts, key=lambda one: (named.get(_plain(one.file), 0), one.file, one.begin)):
        sum_ -= skip if part.begin == 0 else 0
        found.append((part.file, part.begin, sum_))
        sum_ += part.rows
    return found


def _plain(uri: str) -> str:
    """The path that Spark's address of a file stands for."""
    from urllib.parse import unquote  # noqa: PLC0415 - only where rows are numbered

    return unquote(uri).removeprefix("file:").replace("///", "/", 1)


LONGEST_CELL: Final = 32_767
MOST_IN_ONE_PIECE: Final = 64 * 1024 * 1024
"""The largest CSV, in bytes, whose records may run over several lines: such a file is cut by one worker alone."""
_ENCODINGS: Final = {"utf-8", "utf-8-sig", "utf8", "ascii"}


def csv(session: Any, called: str, source: TableSource) -> SparkTable:  # noqa: ANN401 - an extra's own class
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
    return SparkTable(
        _columns(session, called, source), lambda: (_columns(session, called, source, counted=True), parts)
    )


def _columns(session: Any, called: str, source: TableSource, *, counted: bool = False) -> Any:  # noqa: ANN401 - as above
    chosen = [f"cells[{at}] AS {name(column)}" for at, column in enumerate(source.columns)]
    chosen += [f"file AS {FILE}", f"part AS {PART}", f"nth AS {NTH}"] if counted else []
    return session.table(name(f"{called} records")).where("kept").selectExpr(*chosen)


def first_lines(session: Any, path: str, many: int) -> list[str]:  # noqa: ANN401 - as above
    """The first lines of the first file of a path."""
    _view_lines(session, "head lines", (path,))
    asked = f"SELECT file, value FROM `head lines` WHERE part = 0 AND at < {many} ORDER BY file, at LIMIT {many}"
    found = session.sql(asked).collect()
    return [line for file, line in found if file == found[0][0]]


def _lines(session: Any, called: str, source: TableSource) -> None:  # noqa: ANN401 - as above
    """Let every line be a record."""
    _view_lines(session, f"{called} lines", source.paths)
    _records(session, called, source, lines_sql(name(f"{called} lines"), source.skip))


def _view_lines(session: Any, called: str, paths: Sequence[str]) -> None:  # noqa: ANN401 - as above
    frame = session.read.text(spark_paths(paths))
    if not frame.inputFiles():
        raise EngineError(
            say("Spark finds no file at {path}.", path=paths[0]),
            say("Check the path; files whose name begins with _ or a dot are passed over."),
        )
    frame.selectExpr(*lines_columns()).createOrReplaceTempView(name(called))


def _whole(session: Any, called: str, source: TableSource) -> None:  # noqa: ANN401 - as above
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
    _records(session, called, source, whole_sql(pieces, source.delimiter, source.skip))


def _records(session: Any, called: str, source: TableSource, statement: str) -> None:  # noqa: ANN401 - as above
    cells = cells_sql(source.delimiter, LONGEST_CELL, quoted=source.quoted)
    whole = f"SELECT *, {cells} AS cells FROM ({statement})"
    session.sql(whole).createOrReplaceTempView(name(f"{called} records"))


def _survey(session: Any, called: str, source: TableSource) -> tuple[Sequence[FilePart], int, int]:  # noqa: ANN401 - as above
    """The parts with their lines, and how many records have quotation marks amiss or are broken in whatever way."""
    records = name(f"{called} records")
    asked = survey_sql(records, source.delimiter, len(source.columns), quoted=source.quoted)
    found = session.sql(asked).collect()
    parts = [FilePart(file, begin, many) for file, begin, many, _, _ in found]
    return parts, sum(row[3] for row in found), sum(row[4] for row in found)
