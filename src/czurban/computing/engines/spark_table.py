"""Small tables to Spark, columns in the types that were said, by Arrow: alike on a driver of ours and on a server."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from czurban.errors import EngineError
from czurban.model.message import say

_DECIMAL = re.compile(r"DECIMAL\((\d+), ?(\d+)\)")
_BROADCAST_UP_TO = 1_000_000


def table_of(session: Any, columns: Mapping[str, str], rows: Iterable[Sequence[object]]) -> Any:  # noqa: ANN401 - an extra's own classes
    """Make a table of rows.

    It is marked to be sent to every worker whole, so that no join moves the large table.

    Args:
        session: Spark's session.
        columns: names with their types: VARCHAR, BIGINT, BOOLEAN or DECIMAL(p,s).
        rows: the rows, each with a value for every column.

    Raises:
        EngineError: a type is none of these.
    """
    import pyarrow as pa  # noqa: PLC0415 - comes with the extra

    given = list(rows)
    arrays = [pa.array([row[at] for row in given], type=_arrow_type(kind)) for at, kind in enumerate(columns.values())]
    made = session.createDataFrame(pa.table(arrays, names=list(columns)))
    return made.hint("broadcast") if len(given) <= _BROADCAST_UP_TO else made


def _arrow_type(kind: str) -> Any:  # noqa: ANN401 - as above
    import pyarrow as pa  # noqa: PLC0415 - as above

    plain = {"VARCHAR": pa.string, "BIGINT": pa.int64, "BOOLEAN": pa.bool_}
    if kind.upper() in plain:
        return plain[kind.upper()]()
    if found := _DECIMAL.fullmatch(kind.upper()):
        return pa.decimal128(int(found[1]), int(found[2]))
    raise EngineError(say("A column cannot have the type {kind}.", kind=kind))
