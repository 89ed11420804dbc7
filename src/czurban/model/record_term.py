"""What may be asked of one record: its columns, numbers and texts, sums and products, comparisons and their joining."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple, Union


class Field(NamedTuple):
    """A column of the records, by the name the metrics give it. One that is a flag is a condition by itself."""

    name: str


class Literal(NamedTuple):
    """A number, a text, true or false, as written."""

    value: Decimal | str | bool


class Arithmetic(NamedTuple):
    """A sum, a difference or a product (+, -, *) of numbers; nothing is divided in an engine."""

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
    """A condition that must not hold."""

    inner: "Term"


class OneOf(NamedTuple):
    """Whether a number or a text is one of a list."""

    term: "Term"
    choices: tuple[Literal, ...]


class Absent(NamedTuple):
    """Whether a record has no value in a column."""

    term: Field


Term = Union[Field, Literal, Arithmetic, Comparison, Junction, Negation, OneOf, Absent]  # noqa: UP007 - it is recursive


def fields_in(term: Term | None) -> Iterator[str]:
    """The names of the columns that a term asks for, in its order; some more than once."""
    match term:
        case Field(name):
            yield name
        case Arithmetic(_, left, right) | Comparison(_, left, right) | Junction(_, left, right):
            yield from fields_in(left)
            yield from fields_in(right)
        case Negation(inner) | Absent(inner) | OneOf(inner, _):
            yield from fields_in(inner)
        case _:
            return


def texts_in(term: Term | None) -> Iterator[str]:
    """The texts that a term compares with."""
    match term:
        case Literal(str() as text):
            yield text
        case Comparison(_, left, right) | Junction(_, left, right):
            yield from texts_in(left)
            yield from texts_in(right)
        case Negation(inner):
            yield from texts_in(inner)
        case OneOf(_, choices):
            for one in choices:
                yield from texts_in(one)
        case _:
            return
