"""How DuckDB is told what to read: every column named, every sign given, nothing sniffed."""

import re
from pathlib import Path

from czurban.computing.engines.engine import Source

_NO_TEXT = "\x01\x02"
"""What stands for a missing cell: two signs that no table holds, so that an empty cell stays an empty text."""
_LONGEST_LINE = 32_767
"""Bytes: a longer line may hold a cell beyond the limit, and is looked at by whoever salvages broken rows."""
_NEWLINES = {"\n": "\\n", "\r\n": "\\r\\n"}
_WHOLE = re.compile(r"U?(?:TINY|SMALL|BIG)?INT(?:EGER)?")
_DECIMAL = re.compile(r"DECIMAL\((?P<digits>\d+),(?P<places>\d+)\)")
_WILD, _ITSELF = re.compile(r"([*?\[])"), r"[\1]"
_MOST_PLACES, _MOST_BEFORE = 8, 20


def csv_scan(source: Source) -> str:
    """The scan of CSV text. With its columns given their names count by position, and no row is taken for a header.

    Every option is given but `strict_mode`, which is on: DuckDB 2.0 drops rows where it is given with `new_line`.
    """
    columns = ", ".join(f"{literal(one)}: 'VARCHAR'" for one in source.columns)
    quote = "'\"'" if source.quoted else "''"
    options = (
        "auto_detect = false",
        "header = false",
        f"skip = {source.skip}",
        f"delim = {literal(source.delimiter)}",
        f"quote = {quote}",
        f"escape = {quote}",
        f"nullstr = {literal(_NO_TEXT)}",
        f"new_line = '{_NEWLINES[source.newline]}'",
        f"parallel = {str(not source.wrapped).lower()}",  # it may begin to read within a cell, and then gives up
        f"max_line_size = {_LONGEST_LINE}",
        "encoding = 'utf-8'",
        "compression = 'none'",
        "comment = ''",
        "null_padding = false",
        "ignore_errors = false",
        "hive_partitioning = false",
        f"columns = {{{columns}}}",
    )
    return f"read_csv({_paths(source)}, {', '.join(options)})"


def parquet_scan(source: Source) -> str:
    """The scan of Parquet files; those of one table may have their columns in another order."""
    return f"read_parquet({_paths(source)}, union_by_name = true, hive_partitioning = false)"


def exact_types(kind: str) -> bool:
    """Whether every number of a type has at most twenty digits before the point and eight behind it."""
    if _WHOLE.fullmatch(kind):
        return True
    found = _DECIMAL.fullmatch(kind)
    if found is None:
        return False
    digits, places = int(found["digits"]), int(found["places"])
    return places <= _MOST_PLACES and digits - places <= _MOST_BEFORE


def _paths(source: Source) -> str:
    """The files themselves, absolute: DuckDB takes a name for a pattern, and ~ in front for the home folder."""
    return f"[{', '.join(literal(_WILD.sub(_ITSELF, str(Path(path).absolute()))) for path in source.paths)}]"


def has_a_plain_name(path: str) -> bool:
    """Whether DuckDB takes a file by its own name: no pattern spells a backslash, and no text half a character."""
    return path.isprintable() and not ("\\" in path and _WILD.search(path))


def literal(text: str) -> str:
    """A text as SQL spells it."""
    return "'" + text.replace("'", "''") + "'"


def name_of(text: str) -> str:
    """A name as SQL spells it, whatever stands in it."""
    return '"' + text.replace('"', '""') + '"'
