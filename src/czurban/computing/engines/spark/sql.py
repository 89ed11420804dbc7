"""Statements in Spark's syntax, and columns of a schema as the statements see them."""

import functools
from collections.abc import Mapping, Sequence
from typing import Any, Final

from czurban.errors import EngineError
from czurban.model.finding import say

_UNPORTABLE: Final = ("regexp_full_match", "pivot", "hugeint", "int128")
"""What sqlglot passes on although Spark has no such thing, or another one of the same name."""
_TYPES: Final = {
    "int": "INTEGER",
    "string": "VARCHAR",
    "timestamp": "TIMESTAMP WITH TIME ZONE",
    "timestamp_ntz": "TIMESTAMP",
}
_PLAIN_ABOVE, _PLAIN_BELOW = -4, 15
"""Powers of ten between which a binary fraction is written without an exponent; in Java from -3 to 6."""


@functools.lru_cache(maxsize=256)
def spark_sql(statement: str) -> str:
    """Translate a statement from DuckDB's syntax.

    Raises:
        EngineError: it is not a statement, or has a part that Spark would not compute alike.
    """
    import sqlglot  # noqa: PLC0415 - heavy, and only for Spark
    from sqlglot.errors import ErrorLevel, SqlglotError  # noqa: PLC0415

    message = say("A statement cannot be translated for Spark: {statement}", statement=statement)
    lowered = statement.lower()
    if any(word in lowered for word in _UNPORTABLE):
        raise EngineError(message)
    try:
        (translated,) = sqlglot.transpile(statement, read="duckdb", write="spark", unsupported_level=ErrorLevel.RAISE)
    except (SqlglotError, ValueError) as error:
        raise EngineError(message) from error
    return translated


def name(value: str) -> str:
    """Return a name in Spark's quotation marks."""
    return "`" + value.replace("`", "``") + "`"


def typed(column: str, kind: str) -> str:
    """Return SQL for a column of texts in another type, where an empty text is NULL."""
    quoted = name(column)
    return quoted if kind == "VARCHAR" else f"CAST(NULLIF({quoted}, '') AS {kind}) AS {quoted}"


def duckdb_types(schema: Any) -> dict[str, str]:  # noqa: ANN401 - an extra's own class
    """Return the columns of a schema with their types as DuckDB names them."""
    kinds = {field.name: str(field.dataType.simpleString()) for field in schema.fields}
    return {column: _TYPES.get(kind, kind.upper()) for column, kind in kinds.items()}


def cells(types: Mapping[str, str], exact: Sequence[str]) -> list[str]:
    """Return SQL for each column: text, empty where there is none, or DECIMAL(28,8) for those that are exact."""
    return [f"{_cell(name(key), kind, exact=key in exact)} AS {name(key)}" for key, kind in types.items()]


def _cell(quoted: str, kind: str, *, exact: bool) -> str:
    if exact:
        return f"CAST({quoted} AS DECIMAL(28,8))"
    string = f"CAST({quoted} AS STRING)"
    return f"COALESCE({_fraction(string) if kind in {'FLOAT', 'DOUBLE'} else string}, '')"


def _fraction(string: str) -> str:
    """Return SQL for the text of a binary fraction, as DuckDB and Python write it: 12345678.9 and not 1.23456789E7."""
    power = f"CAST(SUBSTRING_INDEX({string}, 'E', -1) AS INT)"
    plain = f"REGEXP_REPLACE(CAST(CAST({string} AS DECIMAL(38,21)) AS STRING), '([.][0-9]+?)0*$', '$1')"
    digits = f"REGEXP_REPLACE(SUBSTRING_INDEX({string}, 'E', 1), '[.]0$', '')"
    with_power = f"CONCAT({digits}, 'e', IF({power} < 0, '-', '+'), IF(ABS({power}) < 10, '0', ''), ABS({power}))"
    words = "WHEN 'NaN' THEN 'nan' WHEN 'Infinity' THEN 'inf' WHEN '-Infinity' THEN '-inf'"
    return (
        f"CASE WHEN INSTR({string}, 'E') = 0 THEN CASE {string} {words} ELSE {string} END "
        f"WHEN {power} BETWEEN {_PLAIN_ABOVE} AND {_PLAIN_BELOW} THEN {plain} ELSE {with_power} END"
    )
