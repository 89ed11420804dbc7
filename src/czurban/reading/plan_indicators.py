"""Indicators of targets.yaml: numbers and rules read from their text, names and references checked."""

from czurban.model.indicator import Citation, Indicator
from czurban.model.message import say
from czurban.model.observation import Reading
from czurban.model.target import Baseline, Basis, Interval, Target
from czurban.model.unit import Unit, Units
from czurban.reading.cell import read_cell
from czurban.reading.plan_book import Book, Names, Path
from czurban.reading.shapes import IndicatorShape
from czurban.reading.target_text import HINT, read_target


class Indicators:
    """Builds the indicators of one plan."""

    def __init__(self, book: Book, units: Units, categories: Names) -> None:
        self.book = book
        self.units = units
        self.categories = categories
        self.numbers = Names()

    def build(self, i: int, shape: IndicatorShape) -> Indicator | None:
        """Build one indicator; None where its unit or target has no sense."""
        at = ("indicators", i)
        self.book.take_all(self.book.quantities, shape.name, shape.aliases, "targets", at)
        self.book.take(self.book.quantities, shape.id, shape.name, "targets", (*at, "id"))
        if shape.no is not None:
            self.book.take_new(self.numbers, str(shape.no), shape.name, "targets", (*at, "no"))
        self._home(shape, at)
        unit = self.units.find(shape.unit)
        if unit is None:
            message = say("The unit “{unit}” is not known.", unit=shape.unit)
            self.book.tell("P109", "targets", (*at, "unit"), message, say("Declare it under units: in targets.yaml."))
        target = self._target(shape, at)
        leads = self.book.lead(shape.lead, "targets", (*at, "lead"))
        reporters = self.book.lead(shape.reporters, "targets", (*at, "reporters"))
        if unit is None or target is None:
            return None
        return Indicator(
            id=shape.id,
            no=shape.no,
            name=shape.name,
            aliases=tuple(shape.aliases),
            category=shape.category,
            task=shape.task,
            unit=Unit(shape.unit, unit.dimension, unit.factor),
            unit_aliases=tuple(shape.unit_aliases),
            kind=shape.kind,
            scope=shape.scope or "",
            leads=leads,
            reporters=reporters,
            target=target,
            cited=tuple(Citation(c.at, c.wording or shape.name, c.printed) for c in shape.cited),
            place=self.book.place("targets", at),
        )

    def _home(self, shape: IndicatorShape, at: Path) -> None:
        if (shape.category is None) == (shape.task is None):
            message = say("“{name}” needs either a category or a task, and not both.", name=shape.name)
            self.book.tell("P113", "targets", (*at, "name"), message, say("Write category: … or task: …"))
        elif shape.category is not None:
            self.book.refer(shape.category, self.categories, "targets", (*at, "category"))

    def _target(self, shape: IndicatorShape, at: Path) -> Target | None:
        interval, deadline = read_target(shape.target), self.book.period(shape.deadline, (*at, "deadline"))
        if not isinstance(interval, Interval):
            self.book.tell("P107", "targets", (*at, "target"), interval, HINT)
        if shape.basis is Basis.INTERPRETED and not shape.reason:
            message = say("The direction of “{name}” is interpreted, but no reason is given.", name=shape.name)
            self.book.tell("P112", "targets", (*at, "basis"), message, say("Add reason: with why it is read so."))
        baseline = self._baseline(shape.baseline, at)
        if not isinstance(interval, Interval) or deadline is None:
            return None
        return Target(interval, deadline, baseline, shape.basis, shape.reason or "")

    def _baseline(self, printed: str | None, at: Path) -> Baseline | None:
        if printed is None:
            return None
        cell = read_cell(printed)
        if cell.reported is Reading.UNREADABLE or cell.unit or cell.scale:
            message = say("The baseline “{text}” cannot be read as a number in the indicator's unit.", text=printed)
            self.book.tell("P108", "targets", (*at, "baseline"), message, say("Write the number alone, or — for none."))
        return Baseline(printed, cell.amount, cell.approximate)
