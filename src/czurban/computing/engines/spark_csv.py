"""The records of a CSV on Spark, cut exactly as Python's csv module cuts them.

Spark's own reader of CSV takes `"x"y` and `"x" ,` for cells and lets an unclosed quotation mark swallow the rest of a
file. So a CSV is read as lines of text, and a line is split here, by statements that say what a cell is.
"""

from czurban.computing.engines.spark_sql import text

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
