"""How an indicator follows from others by definition: an expression over their figures, and what is declared of it."""

from collections.abc import Iterator
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from czurban.model.period import Period
from czurban.model.place import Place


class Term(NamedTuple):
    """One indicator's figure, by id: of the period judged, or with `at_baseline` the baseline, or of a `period`."""

    indicator: str
    at_baseline: bool = False
    period: Period | None = None

    @property
    def looks_back(self) -> bool:
        """Whether it is a figure of another time than the one judged."""
        return self.at_baseline or self.period is not None


class Number(NamedTuple):
    """A number without a unit."""

    value: Fraction


class Operation(NamedTuple):
    """Two expressions with +, −, × or ÷ between them."""

    sign: str
    left: "Expression"
    right: "Expression"


class Total(NamedTuple):
    """`sum(a, b, …)`: any number of parts added up."""

    parts: tuple["Expression", ...]


class Share(NamedTuple):
    """`share(part, whole)`: what part of the whole one is, both measuring the same."""

    part: "Expression"
    whole: "Expression"


Expression = Term | Number | Operation | Total | Share


class Missing(StrEnum):
    """What becomes of a formula one of whose figures nobody reported."""

    UNREPORTED = "unreported"
    PARTIAL = "partial"  # of a sum alone: what there is, with a list of what is missing


class Formula(NamedTuple):
    """What gives an indicator its figure where nobody sends one; true of every consistent set of figures.

    `text` is the expression as written. `rounding` is how many decimals a derived value has in the indicator's unit;
    None leaves it exact.
    """

    indicator: str
    expression: Expression
    text: str
    missing: Missing = Missing.UNREPORTED
    rounding: int | None = None
    place: Place | None = None

    @property
    def equation(self) -> str:
        """The formula with what it gives."""
        return f"{self.indicator} = {self.text}"

    def terms(self) -> tuple[Term, ...]:
        """Every term, each once, in the order they are written."""
        return tuple(dict.fromkeys(terms_of(self.expression)))

    @property
    def names(self) -> frozenset[str]:
        """The ids of all indicators that it ties together."""
        return frozenset((self.indicator, *(term.indicator for term in self.terms())))

    @property
    def looks_back(self) -> bool:
        """Whether it takes a figure of another time than the one judged."""
        return any(term.looks_back for term in self.terms())


def terms_of(expression: Expression) -> Iterator[Term]:
    """Every term of an expression, as often as it stands there."""
    match expression:
        case Term():
            yield expression
        case Operation(_, one, other) | Share(one, other):
            yield from terms_of(one)
            yield from terms_of(other)
        case Total(parts):
            for part in parts:
                yield from terms_of(part)


def addends(expression: Expression) -> tuple[Expression, ...]:
    """What a sum adds up; one thing alone where it is none."""
    match expression:
        case Total(parts):
            return tuple(one for part in parts for one in addends(part))
        case Operation("+", left, right):
            return (*addends(left), *addends(right))
    return (expression,)
