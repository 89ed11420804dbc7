"""Find terms that are the same number in every record, and conditions that no record satisfies."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import pairwise
from operator import eq, ge, gt, le, lt, ne
from typing import Any

from czurban.model.finding import say
from czurban.model.formulas.record_terms import Arithmetic, Comparison, Junction, Literal, RecordField, Term
from czurban.reading.metrics.words import TermFaultError

_HOLDS: dict[str, Callable[[Any, Any], bool]] = {"=": eq, "<>": ne, "<": lt, "<=": le, ">": gt, ">=": ge}


def possible(term: Junction, offset: int) -> Junction:
    """Return a condition if some record may satisfy it.

    Raises:
        TermFaultError: it asks one column for numbers or texts that exclude each other.
    """
    asked: dict[str, list[tuple[str, Decimal | str]]] = {}
    for part in _joined(term) if term.operator == "AND" else ():
        if isinstance(part, Comparison) and isinstance(part.left, RecordField):
            value = part.right.value if isinstance(part.right, Literal) else constant(part.right)
            if isinstance(value, Decimal | str):
                asked.setdefault(part.left.name, []).append((part.operator, value))
    for name, rules in asked.items():
        if not any(all(_HOLDS[operator](value, bound) for operator, bound in rules) for value in _samples(rules)):
            message = say("No value of {name} satisfies every condition that is joined by and.", name=name)
            raise TermFaultError("P139", message, offset, say("Correct a value, or write or in place of and."))
    return term


def _samples(rules: Sequence[tuple[str, Decimal | str]]) -> list[Any]:
    """Return values of which one satisfies all rules if any does: the bounds, those between them and beyond them."""
    texts = [bound for _, bound in rules if isinstance(bound, str)]
    numbers = sorted(bound for _, bound in rules if isinstance(bound, Decimal))
    if not numbers:
        return [*texts, "".join(texts) + "?"]
    between = [(first + second) / 2 for first, second in pairwise(numbers)]
    return [numbers[0] - 1, *numbers, *between, numbers[-1] + 1]


def _joined(term: Term) -> list[Term]:
    """Return the conditions that are joined by and."""
    if isinstance(term, Junction) and term.operator == "AND":
        return [*_joined(term.left), *_joined(term.right)]
    return [term]


def constant(term: Term) -> Decimal | None:
    """Return the number that a term is in every record; None where records decide."""
    match term:
        case Literal(Decimal() as value):
            return value
        case Arithmetic("-", left, right) if left == right:
            return Decimal(0)
        case Arithmetic(operator, left, right):
            first, second = constant(left), constant(right)
            if operator == "*" and (not first or not second) and Decimal(0) in {first, second}:
                return Decimal(0)
            if first is None or second is None:
                return None
            return {"+": first + second, "-": first - second, "*": first * second}[operator]
        case _:
            return None
