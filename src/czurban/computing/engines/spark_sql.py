"""Statements in DuckDB's spelling to Spark's, and values into Spark's statements."""

import functools
from typing import Final

from czurban.errors import EngineError
from czurban.model.message import say

UNPORTABLE: Final = ("regexp_full_match", "pivot", "hugeint", "int128")
"""What sqlglot passes on although Spark has no such thing, or another one of the same name."""


@functools.lru_cache(maxsize=256)
def spark_sql(statement: str) -> str:
    """Spell a statement as Spark does.

    Raises:
        EngineError: it is no statement, or has a part that Spark would not understand alike.
    """
    import sqlglot  # noqa: PLC0415 - heavy, and only for Spark
    from sqlglot.errors import ErrorLevel, SqlglotError  # noqa: PLC0415

    lowered = statement.lower()
    if any(word in lowered for word in UNPORTABLE):
        raise EngineError(say("A statement cannot be said in Spark's words: {statement}", statement=statement))
    try:
        (spelled,) = sqlglot.transpile(statement, read="duckdb", write="spark", unsupported_level=ErrorLevel.RAISE)
    except (SqlglotError, ValueError) as error:
        message = say("A statement cannot be said in Spark's words: {statement}", statement=statement)
        raise EngineError(message) from error
    return spelled


def text(value: str) -> str:
    r"""A text as Spark's statements write it: in single quotes, with \ before \ and before quotes."""
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"


def name(value: str) -> str:
    """A name as Spark's statements write it, whatever characters it has."""
    return "`" + value.replace("`", "``") + "`"
