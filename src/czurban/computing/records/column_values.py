"""Read the values of a column that engines cannot read alike: each distinct text once, in Python."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from heapq import nsmallest

from czurban.computing.engines.engine import Engine
from czurban.computing.records.columns import ReadColumn, digits_in, plain, rounded, source_text
from czurban.computing.records.sql import digits_of
from czurban.errors import EngineError
from czurban.model.finding import say
from czurban.model.formulas.metric import Digits, Means
from czurban.model.text import half_width, key

MISSING, UNREADABLE, READ = "m", "u", "r"
MOST = 1_000_000
"""The largest number of distinct texts; each costs some microseconds and some bytes."""
_BATCH = 10_000
_EXAMPLES = 3
_YES = frozenset({"是", "true", "t", "yes", "y", "1"})
_NO = frozenset({"否", "false", "f", "no", "n", "0"})
_CARD = re.compile("[0-9]{17}x")
_EXACT = Context(prec=400)
ReadNumber = Callable[[str], Decimal | str]
"""Reads a number in any usual form: the number, or MISSING or UNREADABLE."""


@dataclass
class ColumnValues:
    """The texts of a column that are no plain values, each with its value, and how many records have them.

    `table` is the name of the engine's table with these texts, empty where there are none. `examples` are the most
    frequent unreadable texts, with their number of records as a negative number.
    """

    column: ReadColumn
    table: str = ""
    rows: list[tuple[str, object, str]] = field(default_factory=list)
    rounded: int = 0
    unreadable: int = 0
    examples: list[tuple[int, str]] = field(default_factory=list)


def column_values(
    engine: Engine, taken: ReadColumn, number: int, compared: Iterable[str], read_number: ReadNumber
) -> ColumnValues:
    """Read every text of a column that is no plain value, and store the values in a table of the engine.

    The engine has the records as `records`. `number` is that in the name of the table, and `compared` are the texts
    that the column is compared with.

    Raises:
        EngineError: there are more than a million of these texts.
    """
    values = ColumnValues(taken)
    if taken.as_stored:
        return values
    source = source_text(taken)
    odd = f"NOT {plain(taken)}" if taken.column.means in (Means.NUMBER, Means.ID) else f"{source} IS NOT NULL"
    statement = f"SELECT {source} AS raw, COUNT(*) AS records FROM records AS r WHERE {odd} GROUP BY {source}"  # noqa: S608 - names are quoted
    reader = _Reader(taken, compared, read_number)
    for batch in engine.batches(statement, _BATCH):
        for raw, records in batch:
            _add(values, str(raw), int(str(records)), reader)
        if len(values.rows) > MOST:
            raise _too_many(taken)
    if taken.column.means is Means.NUMBER and (longer := rounded(taken)):
        answer = engine.rows(f"SELECT COUNT(*) AS records FROM records AS r WHERE {longer}")  # noqa: S608 - as above
        values.rounded += int(str(answer[0][0]))
    if values.rows:
        values.table = f"values_{number}"
        engine.table(values.table, {"raw": "VARCHAR", "amount": _type(taken), "state": "VARCHAR"}, values.rows)
    return values


def _type(taken: ReadColumn) -> str:
    return {Means.NUMBER: str(taken.digits), Means.FLAG: "BOOLEAN"}.get(taken.column.means, "VARCHAR")


def _add(values: ColumnValues, raw: str, records: int, reader: "_Reader") -> None:
    value, state = reader.read(raw)
    if state == UNREADABLE:
        values.unreadable += records
        values.examples = nsmallest(_EXAMPLES, [*values.examples, (-records, raw)])
    values.rounded += records * reader.rounded
    if state != READ or value != raw or values.column.column.means is Means.ID:
        values.rows.append((raw, value, state))


class _Reader:
    """Reads the texts of one column."""

    def __init__(self, taken: ReadColumn, compared: Iterable[str], read_number: ReadNumber) -> None:
        self.taken = taken
        self.read_number = read_number
        self.names = {key(known): known for known in (*taken.column.values, *compared)}
        self.rounded = False

    def read(self, raw: str) -> tuple[object, str]:
        """Return the value of a text, and whether it is one, is missing, or cannot be read."""
        self.rounded = False
        if self.taken.column.means in (Means.NUMBER, Means.ID):
            return self._number(raw) if self.taken.column.means is Means.NUMBER else self._id(raw)
        wanted = key(raw)
        if not wanted:
            return None, MISSING
        if self.taken.column.means is Means.FLAG:
            if wanted in _YES | _NO:
                return wanted in _YES, READ
            return None, MISSING if self.read_number(raw) == MISSING else UNREADABLE
        if self.taken.column.values and wanted not in self.names:
            return None, UNREADABLE
        return self.names.get(wanted, raw), READ

    def _id(self, raw: str) -> tuple[object, str]:
        """Return an id in half width without blanks around it; the last sign of an identity card is a capital X."""
        text = half_width(raw).strip()
        if not text or self.read_number(text) == MISSING:
            return None, MISSING
        return text.upper() if _CARD.fullmatch(text) else text, READ

    def _number(self, raw: str) -> tuple[object, str]:
        value = _from_binary(raw) if self.taken.binary else self.read_number(raw)
        if isinstance(value, str):
            return None, value
        fitted = fit(value, digits_in(self.taken))
        if fitted is None or (fitted != value and not self.taken.rounds):
            return None, UNREADABLE
        self.rounded = fitted != value
        return fitted, READ


def fit(value: Decimal, digits: Digits) -> Decimal | None:
    """Round a value half up to the digits of a type; None where it has too many digits before the point."""
    try:
        fitted = value.quantize(Decimal(1).scaleb(-digits.scale), ROUND_HALF_UP, _EXACT)
    except InvalidOperation:
        return None
    fitted = fitted.copy_abs() if fitted.is_zero() else fitted
    return fitted if digits_of(fitted).whole <= digits.whole or abs(fitted) < 1 else None


def _from_binary(raw: str) -> Decimal | str:
    """Return the decimal that an engine prints for a binary number, with an exponent or without."""
    try:
        value = Decimal(raw)
    except InvalidOperation:
        return UNREADABLE
    return value if value.is_finite() else UNREADABLE


def _too_many(taken: ReadColumn) -> EngineError:
    values = {"column": taken.column.column, "most": f"{MOST:,}"}
    message = say("“{column}” has more than {most} values that are not plain numbers or known texts.", **values)
    if taken.column.means is Means.ID:
        return EngineError(message, say("Write the ids with digits and capital letters only."))
    return EngineError(message, say("Store it as decimals, or as whole numbers, in Parquet or with plain digits."))
