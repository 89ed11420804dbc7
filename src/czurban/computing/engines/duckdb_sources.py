"""How DuckDB is told what to read: every column named, every sign given, nothing sniffed."""

import re

from czurban.computing.engines.engine import Source

_NO_TEXT = "\x01\x02"
"""What stands for a missing cell: two signs that no table holds, so that an empty cell stays an empty text."""
_LONGEST_LINE = 32_767
"""Bytes: a longer line may hold a cell beyond the limit, and is looked at by whoever salvages broken rows."""
_WHOLE = re.compile(r"U?(?:TINY|SMALL|BIG)?INT(?:EGER)?")
_DECIMAL = re.compile(r"DECIMAL\((?P<digits>\d+),(?P<places>\d+)\)")
_WILD, _ITSELF = re.compile(r"([*?\[])"), r"[\1]"
_MOST_PLACES, _MOST_BEFORE = 8, 20


def csv_scan(source: Source) -> str:
    """The scan of CSV text. With its columns given their names count by position, and no row is taken for a header."""
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
        f"max_line_size = {_LONGEST_LINE}",
        f"columns = {{{columns}}}",
    )
    return f"read_csv({_paths(source)}, {', '.join(options)})"


def parquet_scan(source: Source) -> str:
    """The scan of Parquet files; those of one table may have their columns in another order."""
    return f"read_parquet({_paths(source)}, union_by_name = true)"


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
    """The files themselves: DuckDB takes a name for a pattern, and a[1].csv would be another file's rows."""
    return f"[{', '.join(literal(_WILD.sub(_ITSELF, path)) for path in source.paths)}]"


def literal(text: str) -> str:
    """A text as SQL spells it."""
    return "'" + text.replace("'", "''") + "'"


def name_of(text: str) -> str:
    """A name as SQL spells it, whatever stands in it."""
    return '"' + text.replace('"', '""') + '"'
