"""Units a plan declares itself, as so many of a known one."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from czurban.model.message import say
from czurban.model.unit import Unit, Units
from czurban.reading.plan_book import Book
from czurban.reading.shapes import UnitShape

_MOST = 60
"""Digits of a factor, and places before or behind its point: 1e999999999 alone would fill the memory."""


def build_units(shapes: Sequence[UnitShape], book: Book) -> Units:
    """Add the declared units to the built-in ones; each may build on those before it."""
    declared: list[Unit] = []
    for i, shape in enumerate(shapes):
        known = Units(declared).find(shape.name)
        base = Units(declared).find(shape.of) if shape.of else Unit(shape.name, shape.name)
        factor = read_factor(shape.factor)
        if base is None or factor is None:
            message = say("The unit “{name}” is not declared as so many of a known one.", name=shape.name)
            book.tell("P109", "targets", ("units", i), message, say("Write name, of, and factor (10000 or 1/15)."))
        elif known and (known.dimension, known.factor) != (base.dimension, factor * base.factor):
            message = say("The unit “{name}” is known already, and is something else.", name=shape.name)
            book.tell("P109", "targets", ("units", i, "name"), message, say("Give the new unit a name of its own."))
        else:
            declared.append(Unit(shape.name, base.dimension, factor * base.factor))
    return Units(declared)


def read_factor(text: str) -> Fraction | None:
    """Read 10000, 0.001 or 1/15 as an exact factor above zero; None for anything else."""
    top, slash, bottom = text.partition("/")
    try:
        numbers = [Decimal(one) for one in ((top, bottom) if slash else (top, "1"))]
        if any(len(one.as_tuple().digits) > _MOST or abs(one.adjusted()) > _MOST for one in numbers):
            return None
        factor = Fraction(numbers[0]) / Fraction(numbers[1])
    except (ArithmeticError, ValueError):
        return None
    return factor if factor > 0 else None
