"""Small tables to Spark, columns in the types that were said, by Arrow: alike on a driver of ours and on a server."""

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from czurban.computing.engines.spark_sql import name
from czurban.errors import EngineError
from czurban.model.message import say

_DECIMAL = re.compile(r"DECIMAL\((\d+), ?(\d+)\)")
_BROADCAST_UP_TO = 1_000_000


def table_of(session: Any, columns: Mapping[str, str], rows: Sequence[Sequence[object]]) -> Any:  # noqa: ANN401 - an extra's own classes
    """Make a table of rows.

    It is marked to be sent to every worker whole, so that no join moves the large table.

    Args:
        session: Spark's session.
        columns: names with their types: VARCHAR, BIGINT, BOOLEAN or DECIMAL(p,s).
        rows: the rows, each with a value for every column, or its text; what is no text is NULL where it is empty.

    Raises:
        EngineError: a type is none of these.
    """
    import pyarrow as pa  # noqa: PLC0415 - comes with the extra

    if not rows:  # Spark Connect takes no Arrow table without rows
        kinds = {key: kind.replace("VARCHAR", "STRING") for key, kind in columns.items()}
        return session.createDataFrame([], ", ".join(f"{name(key)} {kind}" for key, kind in kinds.items()))
    arrays = [
        pa.array([_typed(row[at], kind) for row in rows], type=_arrow_type(kind))
        for at, kind in enumerate(columns.values())
    ]
    made = session.createDataFrame(pa.table(arrays, names=list(columns)))
    return made.hint("broadcast") if len(rows) <= _BROADCAST_UP_TO else made


_FROM_TEXT: Final[Mapping[str, Callable[[str], object]]] = {
    "BIGINT": int,
    "BOOLEAN": lambda text: text.lower() == "true",
}


def _typed(value: object, kind: str) -> object:
    text = "" if value is None else str(value)
    if kind == "VARCHAR":
        return text
    return _FROM_TEXT.get(kind, Decimal)(text) if text else None


def _arrow_type(kind: str) -> Any:  # noqa: ANN401 - as above
    import pyarrow as pa  # noqa: PLC0415 - as above

    plain = {"VARCHAR": pa.string, "BIGINT": pa.int64, "BOOLEAN": pa.bool_}
    if kind in plain:
        return plain[kind]()
    if found := _DECIMAL.fullmatch(kind):
        return pa.decimal128(int(found[1]), int(found[2]))
    raise EngineError(say("A column cannot have the type {kind}.", kind=kind))
