"""Read the values of a column that engines cannot read alike: each distinct text once, in Python."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from heapq import nsmallest

from czurban.computing.engines.engine import Engine
from czurban.computing.engines.quoting import literal, quoted
from czurban.computing.records.sql import ColumnReading, ReadColumn, digits_of
from czurban.errors import EngineError
from czurban.model.finding import say
from czurban.model.formulas.metric import Digits, Means
from czurban.model.text import half_width, key

MISSING, UNREADABLE, READ = "m", "u", "r"
MOST = 1_000_000
"""The largest number of distinct texts; each costs some microseconds and some bytes."""
_BATCH = 10_000
_EXAMPLES = 3
_LONGEST = 30
"""The largest number of decimals that an engine rounds reliably."""
_END = "\\z"
"""The end of a text for every engine; for some, `$` also matches before a last line break."""
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
    missing: int = 0
    unreadable: int = 0
    examples: list[tuple[int, str]] = field(default_factory=list)


def source_text(taken: ReadColumn) -> str:
    """Return the text of a column's value, in SQL."""
    return f"CAST(r.{quoted(taken.column.column)} AS VARCHAR)"


_PLAIN_ID = "([0-9A-Z]{1,64}|[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{32,64})"
"""An id that is taken as it is: digits and capital letters, a UUID, or a hash. Others are read in Python."""


def plain(taken: ReadColumn) -> str:
    """Return the condition, in SQL, that a text is a plain number of the right size, or a plain id.

    A cast keeps every digit then, or rounds half up where decimals may be rounded; tests check this for every engine.
    """
    if taken.column.means is Means.ID:
        return _matches(taken, _PLAIN_ID)
    return f"({exact(taken)} OR {_long(taken)})" if _may_be_long(taken) else exact(taken)


def exact(taken: ReadColumn) -> str:
    """Return the condition, in SQL, that a cast keeps every digit of a number."""
    digits = _digits(taken)
    whole = f"[0-9]{{1,{digits.whole}}}" if digits.whole else "0"
    decimals = f"(\\.[0-9]{{1,{digits.scale}}}0*)?" if digits.scale else "(\\.0+)?"
    return _matches(taken, f"[+-]?0*{whole}{decimals}")


def _may_be_long(taken: ReadColumn) -> bool:
    """Return whether decimals may be rounded; rounding up may need one more digit before the point."""
    return taken.rounds and _digits(taken).whole > 1


def _long(taken: ReadColumn) -> str:
    return _matches(taken, f"[+-]?0*[0-9]{{1,{_digits(taken).whole - 1}}}\\.[0-9]{{1,{_LONGEST}}}")


def _matches(taken: ReadColumn, form: str) -> str:
    return f"REGEXP_MATCHES({source_text(taken)}, {literal('^' + form + _END)})"


def _digits(taken: ReadColumn) -> Digits:
    assert taken.digits is not None  # noqa: S101 - only called for numbers
    return taken.digits


def column_values(
    engine: Engine, taken: ReadColumn, number: int, compared: Iterable[str], read_number: ReadNumber
) -> ColumnValues:
    """Read every text of a column that is no plain value, and store the values in a table of the engine.

    Args:
        engine: the engine, which has the records as `records`.
        taken: the column.
        number: the number in the name of the table.
        compared: the texts that the column is compared with.
        read_number: reads a number in any usual form.

    Raises:
        EngineError: there are more than a million of these texts.
    """
    values = ColumnValues(taken)
    if taken.way is ColumnReading.STORED:
        return values
    source = source_text(taken)
    some = taken.column.means in (Means.NUMBER, Means.ID)
    odd = f" WHERE NOT {plain(taken)}" if some else f" WHERE {source} IS NOT NULL"
    statement = f"SELECT {source} AS raw, COUNT(*) AS records FROM records AS r{odd} GROUP BY {source}"  # noqa: S608 - names are quoted
    reader = _Reader(taken, compared, read_number)
    for batch in engine.batches(statement, _BATCH):
        for raw, records in batch:
            _add(values, str(raw), int(str(records)), reader)
        if len(values.rows) > MOST:
            raise _too_many(taken)
    if taken.column.means is Means.NUMBER and _may_be_long(taken):
        longer = f"{plain(taken)} AND NOT {exact(taken)}"
        answer = engine.rows(f"SELECT COUNT(*) AS records FROM records AS r WHERE {longer}")  # noqa: S608 - as above
        values.rounded += int(str(answer[0][0]))
    if values.rows:
        values.table = f"values_{number}"
        engine.table(values.table, {"raw": "VARCHAR", "amount": _type(taken), "state": "VARCHAR"}, values.rows)
    return values


def _type(taken: ReadColumn) -> str:
    if taken.column.means is Means.NUMBER:
        return str(taken.digits)
    return "BOOLEAN" if taken.column.means is Means.FLAG else "VARCHAR"


def _add(values: ColumnValues, raw: str, records: int, reader: "_Reader") -> None:
    value, state = reader.read(raw)
    if state == MISSING:
        values.missing += records
    elif state == UNREADABLE:
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
        self.names = {_bare(known): known for known in (*taken.column.values, *compared)}
        self.rounded = False

    def read(self, raw: str) -> tuple[object, str]:
        """Return the value of a text, and whether it is one, is missing, or cannot be read."""
        self.rounded = False
        if self.taken.column.means is Means.NUMBER:
            return self._number(raw)
        if self.taken.column.means is Means.ID:
            return self._id(raw)
        wanted = _bare(raw)
        if not wanted:
            return None, MISSING
        if self.taken.column.means is Means.FLAG:
            return (wanted in _YES, READ) if wanted in _YES | _NO else self._no_flag(raw)
        if self.taken.column.values and wanted not in self.names:
            return None, UNREADABLE
        return self.names.get(wanted, raw), READ

    def _no_flag(self, raw: str) -> tuple[object, str]:
        return None, MISSING if self.read_number(raw) == MISSING else UNREADABLE

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
        fitted = fit(value, _digits(self.taken))
        self.rounded = fitted is not None and fitted != value
        if fitted is None or (self.rounded and not self.taken.rounds):
            self.rounded = False
            return None, UNREADABLE
        return fitted, READ


def _bare(value: str) -> str:
    """Return a text in half width and lower case, without blanks."""
    return key(half_width(value))


def fit(value: Decimal, digits: Digits) -> Decimal | None:
    """Round a value half up to the digits of a type; None where it has too many digits before the point."""
    try:
        rounded = value.quantize(Decimal(1).scaleb(-digits.scale), ROUND_HALF_UP, _EXACT)
    except InvalidOperation:
        return None
    rounded = rounded.copy_abs() if rounded.is_zero() else rounded
    return rounded if digits_of(rounded).whole <= digits.whole or abs(rounded) < 1 else None


def _from_binary(raw: str) -> Decimal | str:
    """Return the decimal that an engine prints for a binary number, with an exponent or without."""
    try:
        value = Decimal(raw)
    except InvalidOperation:
        return UNREADABLE
    return value if value.is_finite() else UNREADABLE


def _too_many(taken: ReadColumn) -> EngineError:
    name = taken.column.column
    message = say(
        "“{column}” has more than {most} values that are not plain numbers or known texts.",
        column=name,
        most=f"{MOST:,}",
    )
    if taken.column.means is Means.ID:
        return EngineError(message, say("Write the ids with digits and capital letters only."))
    return EngineError(message, say("Store it as decimals, or as whole numbers, in Parquet or with plain digits."))
