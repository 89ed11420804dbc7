"""Terms to SQL that all engines read alike: every number typed, every digit kept, no division."""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from czurban.model.message import Message, say
from czurban.model.metric import Digits
from czurban.model.record_term import (
    Absent,
    Arithmetic,
    Comparison,
    Field,
    Junction,
    Literal,
    Negation,
    OneOf,
    Term,
)

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
        case Field(name):
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
            each = (_alike(asked, spell(one, columns)) for one in choices)
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
