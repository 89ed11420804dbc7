"""Statements in Spark's syntax, and columns of a schema as the statements see them."""

import functools
from collections.abc import Sequence
from typing import Any, Final

from czurban.errors import EngineError
from czurban.model.finding import say

UNPORTABLE: Final = ("regexp_full_match", "pivot", "hugeint", "int128")
"""What sqlglot passes on although Spark has no such thing, or another one of the same name."""


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
    if any(word in lowered for word in UNPORTABLE):
        raise EngineError(message)
    try:
        (translated,) = sqlglot.transpile(statement, read="duckdb", write="spark", unsupported_level=ErrorLevel.RAISE)
    except (SqlglotError, ValueError) as error:
        raise EngineError(message) from error
    return translated


def text(value: str) -> str:
    r"""Return a text literal: in single quotes, with \ before \ and before quotes."""
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"


def name(value: str) -> str:
    """Return a name in Spark's quotation marks."""
    return "`" + value.replace("`", "``") + "`"


def typed(column: str, kind: str) -> str:
    """Return SQL for a column of texts in another type, where an empty text is NULL."""
    quoted = name(column)
    return quoted if kind == "VARCHAR" else f"CAST(NULLIF({quoted}, '') AS {kind}) AS {quoted}"


_BINARY: Final = {"float", "double"}
_ZEROS, _POINT, _POINT_ZERO = r"0+\z", r"\.\z", r"\.0\z"
_PLAIN_ABOVE, _PLAIN_BELOW = -4, 15
"""Powers of ten between which a binary fraction is written without an exponent; in Java from -3 to 6."""


def as_text(cell: str, kind: str) -> str:
    """Return SQL for a cell as text, as DuckDB and Python write it; empty where there is none.

    Args:
        cell: the column, quoted.
        kind: its type, as Spark names it.
    """
    string = f"CAST({cell} AS STRING)"
    return f"COALESCE({_fraction(string) if kind in _BINARY else string}, '')"


def _fraction(string: str) -> str:
    """Return SQL for the shortest text of a binary fraction, such as 12345678.9 and not Java's 1.23456789E7."""
    power = f"CAST(SUBSTRING_INDEX({string}, 'E', -1) AS INT)"
    plain = f"REGEXP_REPLACE(CAST(CAST({string} AS DECIMAL(38,21)) AS STRING), {text(_ZEROS)}, '')"
    plain = f"REGEXP_REPLACE({plain}, {text(_POINT)}, '.0')"
    digits = f"REGEXP_REPLACE(SUBSTRING_INDEX({string}, 'E', 1), {text(_POINT_ZERO)}, '')"
    with_power = f"CONCAT({digits}, 'e', IF({power} < 0, '-', '+'), IF(ABS({power}) < 10, '0', ''), ABS({power}))"
    words = "WHEN 'NaN' THEN 'nan' WHEN 'Infinity' THEN 'inf' WHEN '-Infinity' THEN '-inf'"
    return (
        f"CASE WHEN INSTR({string}, 'E') = 0 THEN CASE {string} {words} ELSE {string} END "
        f"WHEN {power} BETWEEN {_PLAIN_ABOVE} AND {_PLAIN_BELOW} THEN {plain} ELSE {with_power} END"
    )


WHOLE: Final = 20
PLACES: Final = 8
_WHOLE_NUMBERS: Final = {"tinyint": "TINYINT", "smallint": "SMALLINT", "int": "INTEGER", "bigint": "BIGINT"}
_DUCKDB_TYPES: Final = _WHOLE_NUMBERS | {
    "string": "VARCHAR",
    "timestamp": "TIMESTAMP WITH TIME ZONE",
    "timestamp_ntz": "TIMESTAMP",
}


def duckdb_type(kind: Any) -> str:  # noqa: ANN401 - an extra's own class
    """Return a type as DuckDB names it."""
    simple = str(kind.simpleString())
    return _DUCKDB_TYPES.get(simple, simple.upper())


def exact(schema: Any) -> tuple[str, ...]:  # noqa: ANN401 - as above
    """Return the columns of whole numbers, and of decimals with at most 20 digits before the point and 8 behind it."""
    return tuple(field.name for field in schema.fields if _fits(field.dataType))


def _fits(kind: Any) -> bool:  # noqa: ANN401 - as above
    simple = kind.simpleString()
    if simple in _WHOLE_NUMBERS:
        return True
    return bool(simple.startswith("decimal") and kind.scale <= PLACES and kind.precision - kind.scale <= WHOLE)


def columns(schema: Any, as_numbers: Sequence[str]) -> list[str]:  # noqa: ANN401 - as above
    """Return SQL for each column: text, empty where there is none, or DECIMAL(28,8) for those named."""
    return [_column(field, exact=field.name in as_numbers) for field in schema.fields]


def _column(field: Any, *, exact: bool) -> str:  # noqa: ANN401 - as above
    quoted = name(field.name)
    if exact:
        return f"CAST({quoted} AS DECIMAL({WHOLE + PLACES},{PLACES})) AS {quoted}"
    return f"{as_text(quoted, field.dataType.simpleString())} AS {quoted}"
