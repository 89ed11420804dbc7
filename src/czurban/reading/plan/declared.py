"""Build what few plans declare: units and header words of their own, and departments that leads added later."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from czurban.model.finding import Message, say
from czurban.model.task import AddedDepartment
from czurban.model.text import half_width, key
from czurban.model.unit import Unit, Units
from czurban.reading.plan.names import Names
from czurban.reading.plan.target_shapes import UnitShape, WordsShape
from czurban.reading.plan.task_shapes import AddedShape
from czurban.reading.submission.header_cell import field_of
from czurban.reading.submission.header_words import LABELS, ColumnField
from czurban.reading.yaml.shapes import keys_of
from czurban.reading.yaml.tree import KeyPath, YamlFile

_MOST_DIGITS = 60
"""Digits of a factor, and places before or after its point: 1e999999999 alone would fill the memory."""


def build_units(shapes: Sequence[UnitShape], file: YamlFile) -> Units:
    """Add the declared units to the built-in ones; each may be a multiple of those before it.

    A known unit that is declared by its name alone keeps its meaning.
    """
    declared: list[Unit] = []
    for i, shape in enumerate(shapes):
        known = Units(declared).find(shape.name)
        base = Units(declared).find(shape.of) if shape.of else known or Unit(shape.name, shape.name)
        factor = read_factor(shape.factor)
        if base is None or factor is None:
            message = say("The unit “{name}” is not declared as a multiple of a known unit.", name=shape.name)
            file.report("P109", ("units", i), message, say("Write name, of, and factor (10000 or 1/15)."))
        elif known and (known.dimension, known.factor) != (base.dimension, factor * base.factor):
            message = say("The unit “{name}” already exists with another meaning.", name=shape.name)
            hint = say("Give the new unit another name.")
            file.report("P109", ("units", i, "name"), message, hint)
        else:
            declared.append(Unit(shape.name, base.dimension, factor * base.factor))
    return Units(declared)


def read_factor(text: str) -> Fraction | None:
    """Read 10000, 0.001 or 1/15 as an exact factor above zero; return None for other texts."""
    top, slash, bottom = text.partition("/")
    try:
        numbers = [Decimal(number) for number in ((top, bottom) if slash else (top, "1"))]
        if any(len(n.as_tuple().digits) > _MOST_DIGITS or abs(n.adjusted()) > _MOST_DIGITS for n in numbers):
            return None
        factor = Fraction(numbers[0]) / Fraction(numbers[1])
    except (ArithmeticError, ValueError):
        return None
    return factor if factor > 0 else None


def build_words(shape: WordsShape, file: YamlFile) -> dict[str, str]:
    """Return the plan's own header words; report a word that has a meaning already."""
    words: dict[str, str] = {}
    for name in keys_of(WordsShape):
        for n, word in enumerate(getattr(shape, name)):
            known = field_of(word)
            other = str(known) if known else words.setdefault(key(word), name)
            if other != name:
                label = Message(LABELS[ColumnField(other)])
                message = say("The header word “{word}” means something already: {field}.", word=word, field=label)
                file.report("P110", ("words", name, n), message, say("Leave it out."))
    return words


def added_departments(  # noqa: PLR0913, PLR0917 - what the entries are read with
    shapes: Sequence[AddedShape], leads: Sequence[str], known: set[str], departments: Names, file: YamlFile, at: KeyPath
) -> Iterator[AddedDepartment]:
    """Build the entries of `added:`; report and leave out those with a fault.

    `known` are the departments that are on the task already; it grows by those that are added.
    """
    for n, shape in enumerate(shapes):
        here, before = (*at, n), len(file.findings)
        name = departments.resolve(shape.name, file, (*here, "name"))
        by = departments.resolve(shape.by, file, (*here, "by"))
        on = _read_date(shape.on)
        if departments.owner(by) is not None and by not in leads:
            message = say("“{by}” does not lead this task, so it cannot add a department to it.", by=by)
            hint = say("Only its leads add departments: {names}.", names="、".join(leads))
            file.report("P119", (*here, "by"), message, hint)
        if name in known:
            message = say("“{name}” is on this task already.", name=name)
            file.report("P120", (*here, "name"), message, say("Remove it here."))
        if on is None:
            message = say("“{text}” is not a date.", text=shape.on)
            file.report("P121", (*here, "on"), message, say("Write the day as 2019-05-06."))
        elif len(file.findings) == before:
            known.add(name)
            yield AddedDepartment(name, by, on, shape.reason, file.place(here))


def _read_date(text: str) -> dt.date | None:
    plain = half_width(text).strip()
    try:
        return dt.date.fromisoformat(plain) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", plain) else None
    except ValueError:
        return None
