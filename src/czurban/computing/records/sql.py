"""Terms to SQL that all engines read alike: every number typed, every digit kept, no division.

How a column is read, by what the metrics say it holds and the type it is stored in.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from czurban.model.faults import finding
from czurban.model.finding import Finding, Message, Place, say
from czurban.model.metric import (
    Absent,
    Arithmetic,
    Comparison,
    Digits,
    Junction,
    Literal,
    Means,
    Negation,
    OneOf,
    RecordColumn,
    RecordField,
    Term,
)
from czurban.model.text import nearest

MOST_DIGITS = 38
_NARROW = 18
"""Up to so many digits a decimal is a machine word to DuckDB, and so is a product of two of them."""


class TooWideError(Exception):
    """A term needs more digits than any engine has."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


class Spelled(NamedTuple):
    """A term in SQL, and the digits it has if it is a number."""

    sql: str
    digits: Digits | None = None


def quoted(name: str) -> str:
    """A name in SQL."""
    return '"' + name.replace('"', '""') + '"'


def text(value: str) -> str:
    """A text in SQL."""
    return "'" + value.replace("'", "''") + "'"


def spell(term: Term, columns: Mapping[str, Spelled]) -> Spelled:
    """Spell a term whose columns are spelled already.

    Raises:
        TooWideError: a number in it would have more than 38 digits.
    """
    match term:
        case RecordField(name):
            found = columns[name]
        case Literal(value):
            found = _literal(value)
        case Arithmetic(operator, left, right):
            found = _arithmetic(operator, spell(left, columns), spell(right, columns))
        case _:
            found = Spelled(f"({_condition(term, columns)})")
    return found


def _literal(value: Decimal | str | bool) -> Spelled:  # noqa: FBT001 - what a literal may be
    if isinstance(value, bool):
        return Spelled("TRUE" if value else "FALSE")
    return Spelled(text(value)) if isinstance(value, str) else _number(value)


def _condition(term: Term, columns: Mapping[str, Spelled]) -> str:
    match term:
        case Comparison(operator, left, right):
            one, other = _alike(spell(left, columns), spell(right, columns))
            sql = f"{one} {operator} {other}"
        case Junction(operator, left, right):
            sql = f"{spell(left, columns).sql} {operator} {spell(right, columns).sql}"
        case Negation(inner):
            sql = f"NOT {spell(inner, columns).sql}"
        case Absent(field):
            sql = f"{spell(field, columns).sql} IS NULL"
        case OneOf(inner, choices):
            asked = spell(inner, columns)
            each = (_alike(asked, spell(choice, columns)) for choice in choices)
            sql = " OR ".join(f"{one} = {other}" for one, other in each)
        case _:
            raise AssertionError(term)
    return sql


def digits_of(value: Decimal) -> Digits:
    """The digits a number is written with."""
    _, figures, exponent = value.as_tuple()
    scale = max(0, -int(exponent))
    return Digits(max(len(figures) + max(0, int(exponent)), scale, 1), scale)


def wide(digits: Digits) -> Digits:
    """The same digits, if an engine has as many.

    Raises:
        TooWideError: it has not.
    """
    if digits.precision > MOST_DIGITS:
        message = say(
            "This needs numbers of {count} digits; engines have {most}.", count=digits.precision, most=MOST_DIGITS
        )
        raise TooWideError(message)
    return digits


def _number(value: Decimal) -> Spelled:
    digits = wide(digits_of(value))
    return Spelled(f"CAST({text(f'{value:f}')} AS {digits})", digits)


def _arithmetic(operator: str, left: Spelled, right: Spelled) -> Spelled:
    one, other = _digits(left), _digits(right)
    if operator == "*":
        wide(Digits(one.precision + other.precision + 1, 0))  # what a cluster reckons with before it cuts digits off
        digits = Digits(one.precision + other.precision, one.scale + other.scale)
    else:
        scale = max(one.scale, other.scale)
        digits = wide(Digits(max(one.whole, other.whole) + 1 + scale, scale))
    return Spelled(f"CAST({_roomy(left, other, digits)} {operator} {right.sql} AS {digits})", digits)


def _roomy(left: Spelled, other: Digits, result: Digits) -> str:
    """The left side in a type so wide that DuckDB does not reckon in 18 digits, and fail where these do not do."""
    one = _digits(left)
    if result.precision <= _NARROW or max(one.precision, other.precision) > _NARROW:
        return left.sql
    return _cast(left, Digits(_NARROW + 1, one.scale))


def _digits(one: Spelled) -> Digits:
    assert one.digits is not None  # noqa: S101 - the reader of metrics lets numbers alone stand here
    return one.digits


def _alike(left: Spelled, right: Spelled) -> tuple[str, str]:
    """Two sides of a comparison in one type, since engines choose a type of their own for two."""
    if left.digits is None or right.digits is None:
        return left.sql, right.sql
    scale = max(left.digits.scale, right.digits.scale)
    both = wide(Digits(max(left.digits.whole, right.digits.whole) + scale, scale))
    return _cast(left, both), _cast(right, both)


def _cast(one: Spelled, to: Digits) -> str:
    return one.sql if one.digits == to else f"CAST({one.sql} AS {to})"


_WHOLE = {
    "TINYINT": 3,
    "SMALLINT": 5,
    "INTEGER": 10,
    "INT": 10,
    "BIGINT": 19,
    "UTINYINT": 3,
    "USMALLINT": 5,
    "UINTEGER": 10,
    "UBIGINT": 20,
}
_BINARY = frozenset({"FLOAT", "DOUBLE", "REAL"})
_DECIMAL = re.compile(r"DECIMAL\((\d+),\s*(\d+)\)")
_MOMENTS = frozenset({"TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ"})
"""On New Year's Eve the same moment lies in two years: by the clock of the computer that reads it."""
_SPELLED = frozenset({"VARCHAR", "STRING", "TEXT", "DATE", "HUGEINT", "UHUGEINT", "BOOLEAN"})


class ColumnReading(StrEnum):
    """Whether a column's values are taken as they are stored, or from their texts."""

    STORED = "stored"
    TEXT = "text"


class Taken(NamedTuple):
    """A column, how its values are taken, and what type the number has then. `binary` says that it was no decimal."""

    column: RecordColumn
    way: ColumnReading
    digits: Digits | None = None
    binary: bool = False

    @property
    def rounds(self) -> bool:
        """Whether a number may have more decimals than are taken."""
        return self.binary or self.column.rounds


def take(column: RecordColumn, types: Mapping[str, str], place: Place) -> Taken | Finding:
    """Settle how a column is read, or tell why it cannot be."""
    stored = types.get(column.column, "").upper()
    if not stored:
        near = nearest(column.column, types) or tuple(types)[:6]
        message = say("The records have no column “{column}”.", column=column.column)
        hint = say("Did you mean {names}? The metrics say it under records: columns:.", names=" / ".join(near))
        return finding("S278", place, message, hint)
    if column.means is Means.NUMBER:
        return _stored_number(column, stored, place)
    if stored in _MOMENTS:
        message = say(
            "The column “{column}” holds moments ({type}), whose day is another one elsewhere.",
            column=column.column,
            type=stored,
        )
        return finding("S278", place, message, say("Store the days as dates, or declare another column."))
    if not _has_text(stored):
        message = say(
            "The column “{column}” is stored as {type}, which is no {kind}.",
            column=column.column,
            type=stored,
            kind=str(column.means),
        )
        return finding("S278", place, message, say("Store it as text, or declare another column."))
    native = column.means is Means.FLAG and stored == "BOOLEAN"
    return Taken(column, ColumnReading.STORED if native else ColumnReading.TEXT)


def _has_text(stored: str) -> bool:
    """Whether a type has texts that are the same to every engine; 450721.0 is no code of a region."""
    return stored in _SPELLED or stored in _WHOLE or stored.startswith("TIMESTAMP")


def _stored_number(column: RecordColumn, stored: str, place: Place) -> Taken | Finding:
    own = _own_digits(stored)
    binary = stored in _BINARY
    if own is None and not binary and stored not in ("VARCHAR", "STRING", "TEXT", "HUGEINT", "UHUGEINT"):
        message = say(
            "The column “{column}” is stored as {type}, which is no number.", column=column.column, type=stored
        )
        return finding("S278", place, message, say("Store it as a number or as text, or declare another column."))
    if column.digits is None and own is None:
        return _undeclared(column.column, stored, place, binary=binary)
    digits = column.digits or own
    fits = own is not None and digits is not None and own.scale <= digits.scale and own.whole <= digits.whole
    return Taken(column, ColumnReading.STORED if fits else ColumnReading.TEXT, digits, binary)


def _own_digits(stored: str) -> Digits | None:
    if stored in _WHOLE:
        return Digits(_WHOLE[stored], 0)
    found = _DECIMAL.fullmatch(stored)
    return Digits(int(found[1]), int(found[2])) if found else None


def _undeclared(name: str, stored: str, place: Place, *, binary: bool) -> Finding:
    message = (
        say(
            "“{column}” holds binary floating-point numbers ({type}), which are not the decimals they look like.",
            column=name,
            type=stored,
        )
        if binary
        else say(
            "“{column}” is stored as {type}, and nothing says how many digits its numbers have.",
            column=name,
            type=stored,
        )
    )
    hint = say("Declare them under records: columns: {column}: type: decimal(12,2), or integer.", column=name)
    return finding("S279", place, message, hint)
