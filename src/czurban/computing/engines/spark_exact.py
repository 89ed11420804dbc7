"""Which columns hold numbers that fit DECIMAL(28,8) whatever they are, and columns as statements see them."""

from collections.abc import Sequence
from typing import Any, Final

from czurban.computing.engines.spark_sql import name
from czurban.computing.engines.spark_text import as_text

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
