"""Write terms in SQL that all engines read alike, with typed numbers, and decide how a column is read."""

import re
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from czurban.computing.engines.quoting import literal
from czurban.model.faults import finding
from czurban.model.finding import Finding, Message, Place, say
from czurban.model.formulas.metric import Digits, Means, RecordColumn
from czurban.model.formulas.record_terms import (
    Absent,
    Arithmetic,
    Comparison,
    Junction,
    Literal,
    Negation,
    OneOf,
    RecordField,
    Term,
)
from czurban.model.text import nearest

MOST_DIGITS = 38
_NARROW = 18
"""DuckDB stores a decimal of up to so many digits as a machine word, and a product of two of them as well."""


class TooWideError(Exception):
    """A term needs more digits than any engine has."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


class SqlTerm(NamedTuple):
    """A term in SQL, with its type if it is a number."""

    sql: str
    digits: Digits | None = None


def to_sql(term: Term, columns: Mapping[str, SqlTerm]) -> SqlTerm:
    """Write a term in SQL, given its columns in SQL.

    Raises:
        TooWideError: a number in it would have more than 38 digits.
    """
    match term:
        case RecordField(name):
            return columns[name]
        case Literal(value):
            return _literal(value)
        case Arithmetic(operator, left, right):
            return _arithmetic(operator, to_sql(left, columns), to_sql(right, columns))
        case _:
            return SqlTerm(f"({_condition(term, columns)})")


def _literal(value: Decimal | str | bool) -> SqlTerm:  # noqa: FBT001 - what a literal may be
    if isinstance(value, bool):
        return SqlTerm("TRUE" if value else "FALSE")
    return SqlTerm(literal(value)) if isinstance(value, str) else _number(value)


def _condition(term: Term, columns: Mapping[str, SqlTerm]) -> str:
    match term:
        case Comparison(operator, left, right):
            first, second = _alike(to_sql(left, columns), to_sql(right, columns))
            sql = f"{first} {operator} {second}"
        case Junction(operator, left, right):
            sql = f"{to_sql(left, columns).sql} {operator} {to_sql(right, columns).sql}"
        case Negation(inner):
            sql = f"NOT {to_sql(inner, columns).sql}"
        case Absent(field):
            sql = f"{to_sql(field, columns).sql} IS NULL"
        case OneOf(inner, choices):
            value = to_sql(inner, columns)
            pairs = (_alike(value, to_sql(choice, columns)) for choice in choices)
            sql = " OR ".join(f"{first} = {second}" for first, second in pairs)
        case _:
            raise AssertionError(term)
    return sql


def digits_of(value: Decimal) -> Digits:
    """Return the type of a number as it is written."""
    _, figures, exponent = value.as_tuple()
    scale = max(0, -int(exponent))
    return Digits(max(len(figures) + max(0, int(exponent)), scale, 1), scale)


def wide(digits: Digits) -> Digits:
    """Return the type itself if engines have that many digits.

    Raises:
        TooWideError: they do not.
    """
    if digits.precision > MOST_DIGITS:
        message = say(
            "This needs numbers of {count} digits; engines have {most}.", count=digits.precision, most=MOST_DIGITS
        )
        raise TooWideError(message)
    return digits


def _number(value: Decimal) -> SqlTerm:
    digits = wide(digits_of(value))
    return SqlTerm(f"CAST({literal(f'{value:f}')} AS {digits})", digits)


def _arithmetic(operator: str, left: SqlTerm, right: SqlTerm) -> SqlTerm:
    first, second = _digits(left), _digits(right)
    if operator == "*":
        wide(
            Digits(first.precision + second.precision + 1, 0)
        )  # the type that a cluster computes before it cuts digits
        digits = Digits(first.precision + second.precision, first.scale + second.scale)
    else:
        scale = max(first.scale, second.scale)
        digits = wide(Digits(max(first.whole, second.whole) + 1 + scale, scale))
    return SqlTerm(f"CAST({_roomy(left, second, digits)} {operator} {right.sql} AS {digits})", digits)


def _roomy(left: SqlTerm, other: Digits, result: Digits) -> str:
    """Return the left side in a type so wide that DuckDB does not compute with 18 digits, which may be too few."""
    digits = _digits(left)
    if result.precision <= _NARROW or max(digits.precision, other.precision) > _NARROW:
        return left.sql
    return _cast(left, Digits(_NARROW + 1, digits.scale))


def _digits(number: SqlTerm) -> Digits:
    assert number.digits is not None  # noqa: S101 - the reader of metrics allows only numbers here
    return number.digits


def _alike(left: SqlTerm, right: SqlTerm) -> tuple[str, str]:
    """Return both sides of a comparison in the same type, since engines convert different types in their own ways."""
    if left.digits is None or right.digits is None:
        return left.sql, right.sql
    scale = max(left.digits.scale, right.digits.scale)
    both = wide(Digits(max(left.digits.whole, right.digits.whole) + scale, scale))
    return _cast(left, both), _cast(right, both)


def _cast(number: SqlTerm, to: Digits) -> str:
    return number.sql if number.digits == to else f"CAST({number.sql} AS {to})"


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
"""Types of moments, whose year depends on the time zone of the computer that reads them."""
_TEXTUAL = frozenset({"VARCHAR", "STRING", "TEXT", "DATE", "HUGEINT", "UHUGEINT", "BOOLEAN"})


class ColumnReading(StrEnum):
    """Whether a column's values are used as stored, or read from their texts."""

    STORED = "stored"
    TEXT = "text"


class ReadColumn(NamedTuple):
    """A column, how its values are read, and the type of its numbers; `binary` if they are stored as floats."""

    column: RecordColumn
    way: ColumnReading
    digits: Digits | None = None
    binary: bool = False

    @property
    def rounds(self) -> bool:
        """Whether a number may have more decimals than its type."""
        return self.binary or self.column.rounds


def take(column: RecordColumn, types: Mapping[str, str], place: Place) -> ReadColumn | Finding:
    """Decide how a column is read, or return the finding why it cannot be."""
    stored = types.get(column.column, "").upper()
    if not stored:
        near = nearest(column.column, types) or tuple(types)[:6]
        message = say("The records have no column “{column}”.", column=column.column)
        hint = say("Did you mean {names}? The columns are declared under records: columns:.", names=" / ".join(near))
        return finding("S278", place, message, hint)
    if column.means is Means.NUMBER:
        return _stored_number(column, stored, place)
    if stored in _MOMENTS:
        message = say(
            "The column “{column}” holds moments ({type}), whose day depends on the time zone.",
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
    return ReadColumn(column, ColumnReading.STORED if native else ColumnReading.TEXT)


def _has_text(stored: str) -> bool:
    """Return whether every engine writes a type as the same text; 450721.0 is no code of a region."""
    return stored in _TEXTUAL or stored in _WHOLE or stored.startswith("TIMESTAMP")


def _stored_number(column: RecordColumn, stored: str, place: Place) -> ReadColumn | Finding:
    native = _native_digits(stored)
    binary = stored in _BINARY
    if native is None and not binary and stored not in ("VARCHAR", "STRING", "TEXT", "HUGEINT", "UHUGEINT"):
        message = say(
            "The column “{column}” is stored as {type}, which is no number.", column=column.column, type=stored
        )
        return finding("S278", place, message, say("Store it as a number or as text, or declare another column."))
    if column.digits is None and native is None:
        return _undeclared(column.column, stored, place, binary=binary)
    digits = column.digits or native
    fits = native and digits and native.scale <= digits.scale and native.whole <= digits.whole
    return ReadColumn(column, ColumnReading.STORED if fits else ColumnReading.TEXT, digits, binary)


def _native_digits(stored: str) -> Digits | None:
    if stored in _WHOLE:
        return Digits(_WHOLE[stored], 0)
    match = _DECIMAL.fullmatch(stored)
    return Digits(int(match[1]), int(match[2])) if match else None


def _undeclared(name: str, stored: str, place: Place, *, binary: bool) -> Finding:
    message = (
        say(
            "“{column}” holds binary floating-point numbers ({type}), which are not the decimals they look like.",
            column=name,
            type=stored,
        )
        if binary
        else say(
            "“{column}” is stored as {type}, and the digits of its numbers are not declared.",
            column=name,
            type=stored,
        )
    )
    hint = say("Declare them under records: columns: {column}: type: decimal(12,2), or integer.", column=name)
    return finding("S279", place, message, hint)
