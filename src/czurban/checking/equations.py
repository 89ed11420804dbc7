"""What an identity comes to, with every figure standing for all the values that round to it."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from czurban.model.identity import Expression, Identity, Number, Operation, Term
from czurban.model.span import Span
from czurban.model.unit import Unit

_PERCENT = Fraction(1, 100)
_COMPOSED = {"area per person": {"area": 1, "person": -1}, "share": {}, "percentage point": {}}


class Trouble(StrEnum):
    """Why an expression comes to nothing."""

    MISSING = "missing"
    ZERO = "zero"
    MIXED = "mixed"


class Measured(NamedTuple):
    """Values in base units, and what they measure: dimensions with their powers, none of them 0."""

    span: Span
    dimensions: Mapping[str, int]


Look = Callable[[Term], Measured | None]
"""Gives a term's figure; None where it is not known."""


class Outcome(NamedTuple):
    """Both sides in the left side's own unit."""

    left: Span
    right: Span

    @property
    def holds(self) -> bool:
        """Whether some values that round to the figures make the sides equal."""
        return self.left.meets(self.right)


def measure(span: Span, unit: Unit) -> Measured:
    """Figures in a unit as base units."""
    return Measured(span.times(size(unit)), _COMPOSED.get(unit.dimension, {unit.dimension: 1}))


def size(unit: Unit) -> Fraction:
    """How many base units one of it is; a per cent is a hundredth."""
    share = unit.dimension in ("share", "percentage point")
    return unit.factor * (_PERCENT if share else 1)


def solve(identity: Identity, unit: Unit, look: Look) -> Outcome | Trouble:
    """Work out both sides of an identity whose left indicator has this unit."""
    left = look(identity.left)
    right = evaluate(identity.right, look)
    if isinstance(right, Trouble):
        return right
    if left is None:
        return Trouble.MISSING
    if not _alike(left.dimensions, right.dimensions):
        return Trouble.MIXED
    scale = 1 / size(unit)
    return Outcome(left.span.times(scale), right.span.times(scale))


def evaluate(expression: Expression, look: Look) -> Measured | Trouble:
    """Work out an expression by interval arithmetic, its units carried along."""
    match expression:
        case Term():
            return look(expression) or Trouble.MISSING
        case Number(value):
            return Measured(Span.point(value), {})
        case Operation(sign, one, other):
            left, right = evaluate(one, look), evaluate(other, look)
            if isinstance(left, Trouble):
                return left
            return right if isinstance(right, Trouble) else _apply(sign, left, right)


def _apply(sign: str, left: Measured, right: Measured) -> Measured | Trouble:
    if sign in "+−":
        if left.dimensions != right.dimensions:
            return Trouble.MIXED
        return Measured(left.span + right.span if sign == "+" else left.span - right.span, left.dimensions)
    span = left.span * right.span if sign == "×" else left.span / right.span
    if span is None:
        return Trouble.ZERO
    power = 1 if sign == "×" else -1
    names = left.dimensions.keys() | right.dimensions.keys()
    powers = {name: left.dimensions.get(name, 0) + power * right.dimensions.get(name, 0) for name in names}
    return Measured(span, {name: n for name, n in powers.items() if n})


def _alike(left: Mapping[str, int], right: Mapping[str, int]) -> bool:
    """Whether two sides measure the same. Plans print 平方米 for 人均面积: a missing 「per person」 is no fault."""
    return left == right or (
        "person" not in left and left == {name: n for name, n in right.items() if name != "person"}
    )
