"""Write terms in SQL that all engines read alike, with typed numbers."""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from czurban.computing.engines.quoting import literal
from czurban.model.finding import Message, say
from czurban.model.formulas.metric import Digits
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

_MOST_DIGITS = 38
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
        case Comparison(operator, left, right):
            sql = f" {operator} ".join(_alike(to_sql(left, columns), to_sql(right, columns)))
        case Junction(operator, left, right):
            sql = f"{to_sql(left, columns).sql} {operator} {to_sql(right, columns).sql}"
        case Negation(inner):
            sql = f"NOT {to_sql(inner, columns).sql}"
        case Absent(field):
            sql = f"{to_sql(field, columns).sql} IS NULL"
        case OneOf(inner, choices):
            sql = " OR ".join(" = ".join(_alike(to_sql(inner, columns), to_sql(choice, columns))) for choice in choices)
    return SqlTerm(f"({sql})")


def _literal(value: Decimal | str | bool) -> SqlTerm:  # noqa: FBT001 - what a literal may be
    if isinstance(value, bool):
        return SqlTerm("TRUE" if value else "FALSE")
    return SqlTerm(literal(value)) if isinstance(value, str) else _number(value)


def digits_of(value: Decimal) -> Digits:
    """Return the type of a number as it is written."""
    _, figures, exponent = value.as_tuple()
    scale = max(0, -int(exponent))
    return Digits(max(len(figures) + max(0, int(exponent)), scale, 1), scale)


def _fitting(digits: Digits) -> Digits:
    """Return the type itself if engines have that many digits.

    Raises:
        TooWideError: they do not.
    """
    if digits.precision > _MOST_DIGITS:
        values = {"count": digits.precision, "most": _MOST_DIGITS}
        raise TooWideError(say("This needs numbers of {count} digits; engines have {most}.", **values))
    return digits


def _number(value: Decimal) -> SqlTerm:
    digits = _fitting(digits_of(value))
    return SqlTerm(f"CAST({literal(f'{value:f}')} AS {digits})", digits)


def _arithmetic(operator: str, left: SqlTerm, right: SqlTerm) -> SqlTerm:
    first, second = _digits(left), _digits(right)
    if operator == "*":
        _fitting(Digits(first.precision + second.precision + 1, 0))  # what a cluster computes before it cuts digits
        digits = Digits(first.precision + second.precision, first.scale + second.scale)
    else:
        scale = max(first.scale, second.scale)
        digits = _fitting(Digits(max(first.whole, second.whole) + 1 + scale, scale))
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
    both = _fitting(Digits(max(left.digits.whole, right.digits.whole) + scale, scale))
    return _cast(left, both), _cast(right, both)


def _cast(number: SqlTerm, to: Digits) -> str:
    return number.sql if number.digits == to else f"CAST({number.sql} AS {to})"
