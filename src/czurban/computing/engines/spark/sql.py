"""Statements in DuckDB's spelling to Spark's, and values into Spark's statements.

Cells of other types as texts, spelled on Spark as other engines and Python spell them.

Which columns hold numbers that fit DECIMAL(28,8) whatever they are, and columns as statements see them.
"""

import functools
from collections.abc import Sequence
from typing import Any, Final

from czurban.errors import EngineError
from czurban.model.finding import say

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


_BINARY: Final = {"float", "double"}
_ZEROS, _POINT, _POINT_ZERO = r"0+\z", r"\.\z", r"\.0\z"
_PLAIN_ABOVE, _PLAIN_BELOW = -4, 15
"""Powers of ten between which a binary fraction is spelled without an exponent; Java's own are -3 and 6."""


def as_text(cell: str, kind: str) -> str:
    """A cell as text, empty where there is none.

    Args:
        cell: the column as a statement names it.
        kind: its type, as Spark names it.
    """
    said = _fraction(f"CAST({cell} AS STRING)") if kind in _BINARY else f"CAST({cell} AS STRING)"
    return f"COALESCE({said}, '')"


def _fraction(said: str) -> str:
    """The shortest text of a binary fraction, from Java's: 12345678.9 and not 1.23456789E7, 1e+16 and not 1.0E16."""
    power = f"CAST(SUBSTRING_INDEX({said}, 'E', -1) AS INT)"
    plain = _without_zeros(f"CAST(CAST({said} AS DECIMAL(38,21)) AS STRING)")
    digits = f"REGEXP_REPLACE(SUBSTRING_INDEX({said}, 'E', 1), {text(_POINT_ZERO)}, '')"
    with_power = f"CONCAT({digits}, 'e', IF({power} < 0, '-', '+'), IF(ABS({power}) < 10, '0', ''), ABS({power}))"
    words = "WHEN 'NaN' THEN 'nan' WHEN 'Infinity' THEN 'inf' WHEN '-Infinity' THEN '-inf'"
    return (
        f"CASE WHEN INSTR({said}, 'E') = 0 THEN CASE {said} {words} ELSE {said} END "
        f"WHEN {power} BETWEEN {_PLAIN_ABOVE} AND {_PLAIN_BELOW} THEN {plain} ELSE {with_power} END"
    )


def _without_zeros(said: str) -> str:
    """A decimal's text without the zeros at its end, but for one behind the point."""
    shorter = f"REGEXP_REPLACE({said}, {text(_ZEROS)}, '')"
    return f"REGEXP_REPLACE({shorter}, {text(_POINT)}, '.0')"


WHOLE: Final = 20
PLACES: Final = 8
_SPELLED: Final = {
    "string": "VARCHAR",
    "tinyint": "TINYINT",
    "smallint": "SMALLINT",
    "int": "INTEGER",
    "bigint": "BIGINT",
    "float": "FLOAT",
    "timestamp": "TIMESTAMP WITH TIME ZONE",
    "timestamp_ntz": "TIMESTAMP",
}
_WHOLE_NUMBERS: Final = {"tinyint", "smallint", "int", "bigint"}


def exact(schema: Any) -> tuple[str, ...]:  # noqa: ANN401 - an extra's own class
    """The columns of whole numbers, and of decimals with at most 20 digits before the point and 8 behind it."""
    return tuple(field.name for field in schema.fields if _fits(field.dataType))


def spelled(kind: Any) -> str:  # noqa: ANN401 - as above
    """A type as DuckDB spells it."""
    said = str(kind.simpleString())
    return _SPELLED.get(said, said.upper())


def _fits(kind: Any) -> bool:  # noqa: ANN401 - as above
    said = kind.simpleString()
    if said in _WHOLE_NUMBERS:
        return True
    return bool(said.startswith("decimal") and kind.scale <= PLACES and kind.precision - kind.scale <= WHOLE)


def columns(schema: Any, as_numbers: Sequence[str]) -> list[str]:  # noqa: ANN401 - as above
    """Every column as statements see it: text, empty where there is none, or DECIMAL(28,8) where that is asked for."""
    return [_column(field, exact=field.name in as_numbers) for field in schema.fields]


def _column(field: Any, *, exact: bool) -> str:  # noqa: ANN401 - as above
    quoted = name(field.name)
    if exact:
        return f"CAST({quoted} AS DECIMAL({WHOLE + PLACES},{PLACES})) AS {quoted}"
    return f"{as_text(quoted, field.dataType.simpleString())} AS {quoted}"
