"""Define the expressions over the columns of a table of records."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple, Union


class RecordField(NamedTuple):
    """A column of the records, by its name in the metrics; a flag is a condition by itself."""

    name: str


class Literal(NamedTuple):
    """A number, a text, true or false, as written."""

    value: Decimal | str | bool


class Arithmetic(NamedTuple):
    """A sum, a difference or a product (+, -, *) of numbers; engines never divide."""

    operator: str
    left: "Term"
    right: "Term"


class Comparison(NamedTuple):
    """=, <>, <, <=, > or >= of two numbers, or = or <> of two texts or flags."""

    operator: str
    left: "Term"
    right: "Term"


class Junction(NamedTuple):
    """Two conditions joined by AND or OR."""

    operator: str
    left: "Term"
    right: "Term"


class Negation(NamedTuple):
    """A condition that must be false."""

    inner: "Term"


class OneOf(NamedTuple):
    """The condition that a number or text is in a list."""

    term: "Term"
    choices: tuple[Literal, ...]


class Absent(NamedTuple):
    """The condition that a record has no value in a column."""

    term: RecordField


Term = Union[RecordField, Literal, Arithmetic, Comparison, Junction, Negation, OneOf, Absent]  # noqa: UP007 - it is recursive


def fields_in(term: Term | None) -> Iterator[str]:
    """Yield the names of a term's columns in its order, repeated ones included."""
    match term:
        case RecordField(name):
            yield name
        case Arithmetic(_, left, right) | Comparison(_, left, right) | Junction(_, left, right):
            yield from fields_in(left)
            yield from fields_in(right)
        case Negation(inner) | Absent(inner) | OneOf(inner, _):
            yield from fields_in(inner)
        case _:
            return


def texts_in(term: Term | None) -> Iterator[str]:
    """Yield the texts that a term compares with."""
    match term:
        case Literal(str() as text):
            yield text
        case Comparison(_, left, right) | Junction(_, left, right):
            yield from texts_in(left)
            yield from texts_in(right)
        case Negation(inner):
            yield from texts_in(inner)
        case OneOf(_, choices):
            for choice in choices:
                yield from texts_in(choice)
        case _:
            return
