"""Values that are not plainly spelled: every distinct one is read in Python, once, and handed back to the engine."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from heapq import nsmallest

from czurban.computing.engines.engine import Engine
from czurban.computing.records.sql import ColumnReading, Taken, digits_of, quoted, text
from czurban.errors import EngineError
from czurban.model.finding import say
from czurban.model.metric import Digits, Means
from czurban.model.text import half_width, key

MISSING, UNREADABLE, READ = "m", "u", "r"
MOST = 1_000_000
"""Distinct spellings; each costs some microseconds and some bytes here."""
_BATCH = 10_000
_EXAMPLES = 3
_LONGEST = 30
"""Decimals behind the point that an engine is trusted to round away."""
_END = "\\z"
"""The end of a text to every engine; `$` also stands before a last line break to some."""
_YES = frozenset({"是", "true", "t", "yes", "y", "1"})
_NO = frozenset({"否", "false", "f", "no", "n", "0"})
_EXACT = Context(prec=400)
ReadNumber = Callable[[str], Decimal | str]
"""Reads a number as people write it: the number, or MISSING or UNREADABLE."""


@dataclass
class Spelling:
    """The spellings of one column that are not plain, what each means, and how many records have them.

    `table` is the name under which the engine knows them, empty where there are none. `examples` are the unreadable
    spellings that most records have, by how many (below 0) and then as texts are ordered.
    """

    taken: Taken
    table: str = ""
    rows: list[tuple[str, object, str]] = field(default_factory=list)
    rounded: int = 0
    missing: int = 0
    unreadable: int = 0
    examples: list[tuple[int, str]] = field(default_factory=list)


def source_text(taken: Taken) -> str:
    """The text of a column's value, in SQL."""
    return f"CAST(r.{quoted(taken.column.column)} AS VARCHAR)"


def plain(taken: Taken) -> str:
    """The condition in SQL that a number is plainly spelled and of the right size.

    A cast keeps every digit then; where decimals may be rounded, it rounds half up (tests hold every engine to it).
    """
    return f"({exact(taken)} OR {_long(taken)})" if _may_be_long(taken) else exact(taken)


def exact(taken: Taken) -> str:
    """The condition in SQL that a cast keeps every digit of a number."""
    digits = _digits(taken)
    whole = f"[0-9]{{1,{digits.whole}}}" if digits.whole else "0"
    decimals = f"(\\.[0-9]{{1,{digits.scale}}}0*)?" if digits.scale else "(\\.0+)?"
    return _matches(taken, f"[+-]?0*{whole}{decimals}")


def _may_be_long(taken: Taken) -> bool:
    """Rounding up may need one digit more before the point."""
    return taken.rounds and _digits(taken).whole > 1


def _long(taken: Taken) -> str:
    return _matches(taken, f"[+-]?0*[0-9]{{1,{_digits(taken).whole - 1}}}\\.[0-9]{{1,{_LONGEST}}}")


def _matches(taken: Taken, form: str) -> str:
    return f"REGEXP_MATCHES({source_text(taken)}, {text('^' + form + _END)})"


def _digits(taken: Taken) -> Digits:
    assert taken.digits is not None  # noqa: S101 - only numbers are asked about
    return taken.digits


def spelling_of(
    engine: Engine, taken: Taken, number: int, compared: Iterable[str], read_number: ReadNumber
) -> Spelling:
    """Ask the engine for every spelling of a column that is not plain, and hand over what each means.

    Args:
        engine: knows the records as `records`.
        taken: the column.
        number: makes the name of the table.
        compared: the texts that the column is compared with.
        read_number: reads a number as people write it.

    Raises:
        EngineError: there are more than a million of them.
    """
    found = Spelling(taken)
    if taken.way is ColumnReading.STORED:
        return found
    own = source_text(taken)
    odd = f" WHERE NOT {plain(taken)}" if taken.column.means is Means.NUMBER else f" WHERE {own} IS NOT NULL"
    statement = f"SELECT {own} AS spelling, COUNT(*) AS records FROM records AS r{odd} GROUP BY {own}"  # noqa: S608 - names are quoted
    reader = _Reader(taken, compared, read_number)
    for batch in engine.batches(statement, _BATCH):
        for spelling, records in batch:
            _add(found, str(spelling), int(str(records)), reader)
        if len(found.rows) > MOST:
            raise _too_many(taken)
    if taken.column.means is Means.NUMBER and _may_be_long(taken):
        longer = f"{plain(taken)} AND NOT {exact(taken)}"
        answer = engine.rows(f"SELECT COUNT(*) AS records FROM records AS r WHERE {longer}")  # noqa: S608 - as above
        found.rounded += int(str(answer[0][0]))
    if found.rows:
        found.table = f"spelling_{number}"
        engine.table(found.table, {"spelling": "VARCHAR", "amount": _type(taken), "state": "VARCHAR"}, found.rows)
    return found


def _type(taken: Taken) -> str:
    if taken.column.means is Means.NUMBER:
        return str(taken.digits)
    return "BOOLEAN" if taken.column.means is Means.FLAG else "VARCHAR"


def _add(found: Spelling, spelling: str, records: int, reader: "_Reader") -> None:
    value, state = reader.read(spelling)
    if state == MISSING:
        found.missing += records
    elif state == UNREADABLE:
        found.unreadable += records
        found.examples = nsmallest(_EXAMPLES, [*found.examples, (-records, spelling)])
    found.rounded += records * reader.rounded
    if state != READ or value != spelling:
        found.rows.append((spelling, value, state))


class _Reader:
    """Reads the spellings of one column."""

    def __init__(self, taken: Taken, compared: Iterable[str], read_number: ReadNumber) -> None:
        self.taken = taken
        self.read_number = read_number
        self.names = {_bare(one): one for one in (*taken.column.values, *compared)}
        self.rounded = False

    def read(self, spelling: str) -> tuple[object, str]:
        """What a spelling means, and whether it is a value, none, or cannot be read."""
        self.rounded = False
        if self.taken.column.means is Means.NUMBER:
            return self._number(spelling)
        wanted = _bare(spelling)
        if not wanted:
            return None, MISSING
        if self.taken.column.means is Means.FLAG:
            return (wanted in _YES, READ) if wanted in _YES | _NO else self._no_flag(spelling)
        if self.taken.column.values and wanted not in self.names:
            return None, UNREADABLE
        return self.names.get(wanted, spelling), READ

    def _no_flag(self, spelling: str) -> tuple[object, str]:
        return None, MISSING if self.read_number(spelling) == MISSING else UNREADABLE

    def _number(self, spelling: str) -> tuple[object, str]:
        value = _from_binary(spelling) if self.taken.binary else self.read_number(spelling)
        if isinstance(value, str):
            return None, value
        fitted = fit(value, _digits(self.taken))
        self.rounded = fitted is not None and fitted != value
        if fitted is None or (self.rounded and not self.taken.rounds):
            self.rounded = False
            return None, UNREADABLE
        return fitted, READ


def _bare(text: str) -> str:
    """What stays of a text when width, letter case and every kind of blank are disregarded."""
    return key(half_width(text))


def fit(value: Decimal, digits: Digits) -> Decimal | None:
    """The value with so many decimals, rounded half up; None where it has too many digits before the point."""
    try:
        rounded = value.quantize(Decimal(1).scaleb(-digits.scale), ROUND_HALF_UP, _EXACT)
    except InvalidOperation:
        return None
    rounded = rounded.copy_abs() if rounded.is_zero() else rounded
    return rounded if digits_of(rounded).whole <= digits.whole or abs(rounded) < 1 else None


def _from_binary(spelling: str) -> Decimal | str:
    """The decimal that an engine shows a binary number as, with an exponent or without."""
    try:
        value = Decimal(spelling)
    except InvalidOperation:
        return UNREADABLE
    return value if value.is_finite() else UNREADABLE


def _too_many(taken: Taken) -> EngineError:
    name = taken.column.column
    message = say("“{column}” has more than {most} values that are not plainly spelled.", column=name, most=f"{MOST:,}")
    return EngineError(message, say("Store it as decimals, or as whole numbers, in Parquet or with plain digits."))
