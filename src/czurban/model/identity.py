"""An equation between quantities that a plan declares to be true by definition."""

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from czurban.model.place import Place


class Term(NamedTuple):
    """One indicator's figure, by id: of the period judged, or with `at_baseline` of the baseline's."""

    indicator: str
    at_baseline: bool = False


class Number(NamedTuple):
    """A number without a unit."""

    value: Fraction


class Operation(NamedTuple):
    """Two expressions with +, −, × or ÷ between them."""

    sign: str
    left: "Expression"
    right: "Expression"


Expression = Term | Number | Operation


class Identity(NamedTuple):
    """`left = right`, true of every consistent set of figures; `text` is the equation as written."""

    left: Term
    right: Expression
    text: str
    place: Place | None = None

    def terms(self) -> tuple[Term, ...]:
        """Every term, the left one first, each once."""
        return tuple(dict.fromkeys((self.left, *_terms(self.right))))


def _terms(expression: Expression) -> Iterator[Term]:
    match expression:
        case Term():
            yield expression
        case Operation():
            yield from _terms(expression.left)
            yield from _terms(expression.right)
