"""Build the indicators of targets.yaml: read their figures and rules, and check names and references."""

import re
from collections.abc import Sequence
from fractions import Fraction

from czurban.model.faults import SURPRISES
from czurban.model.finding import Message, did_you_mean, say
from czurban.model.indicator import Adding, AddingRule, Elapsed, Indicator
from czurban.model.period import Period
from czurban.model.task import task_no
from czurban.model.text import half_width
from czurban.model.unit import Unit, Units
from czurban.reading.plan.builder import Names, PlanBuilder
from czurban.reading.plan.entries import citations, exact_value, persons_of, target_path
from czurban.reading.plan.targets import NO_TARGET, TargetBuilder
from czurban.reading.submission.cell import read_cell
from czurban.reading.yaml.shapes import IndicatorShape
from czurban.reading.yaml.tree import KeyPath

_ID = r"[a-z][a-z0-9_]*"
_WEIGHTED = re.compile(rf"weighted\s+by\s+({_ID})")
_RATIO = re.compile(rf"ratio\s+of\s+({_ID})\s+to\s+({_ID})")


def read_adding(text: str) -> Adding | None:
    """Read sum, none, `weighted by ID` or `ratio of ID to ID`; return None for other texts."""
    plain = text.strip()
    if plain in (AddingRule.SUM, AddingRule.NONE):
        return Adding(AddingRule(plain), (), declared=True)
    if match := _WEIGHTED.fullmatch(plain):
        return Adding(AddingRule.WEIGHTED, match.groups(), declared=True)
    if match := _RATIO.fullmatch(plain):
        return Adding(AddingRule.RATIO, match.groups(), declared=True)
    return None


_PLACED = (
    *("no", "name", "category", "task", "kind", "lead", "baseline", "target", "steps", "years"),
    *("basis", "reason", "adds", "path", "deadline", "compared_with", "by_type"),
)
"""The keys that a finding may be about."""


class IndicatorBuilder:
    """Builds the indicators of one plan."""

    def __init__(self, builder: PlanBuilder, units: Units, categories: Names, period: Period | None) -> None:
        self.builder = builder
        self.units = units
        self.categories = categories
        self.numbers = Names()
        self.targets = TargetBuilder(builder, units, period)

    def build(self, i: int, shape: IndicatorShape) -> Indicator | None:
        """Build one indicator; return None where its unit or target cannot be read."""
        at, names = ("indicators", i), self.builder.indicator_names
        self.builder.register_all(names, shape.name, shape.aliases, "targets", at)
        self.builder.register(names, shape.id, shape.name, "targets", (*at, "id"))
        number = self._number(shape, at)
        self._check_category(shape, at)
        unit = self.units.find(shape.unit)
        if unit is None and "units" not in self.builder.dropped:
            message = say("The unit “{unit}” is not known.", unit=shape.unit)
            near = did_you_mean(self.units.like(shape.unit))
            self._report("P109", (*at, "unit"), message, near or say("Declare it under units: in targets.yaml."))
        self._check_unit_aliases(shape, unit, at)
        target = self.targets.build(shape, at)
        leads = self.builder.resolve_departments(shape.lead, "targets", (*at, "lead"))
        reporters = self.builder.resolve_departments(shape.reporters, "targets", (*at, "reporters"))
        if unit is None or target is None:
            return None
        path = target_path(self.builder, shape.path, self.units, unit, (*at, "path"))
        return Indicator(
            id=shape.id,
            no=number,
            name=shape.name,
            aliases=tuple(shape.aliases),
            category=shape.category,
            task=task_no(shape.task) if shape.task else None,
            unit=Unit(shape.unit, unit.dimension, unit.factor),
            unit_aliases=tuple(shape.unit_aliases),
            kind=shape.kind,
            scope=shape.scope or "",
            leads=leads,
            reporters=reporters,
            target=target._replace(path=path),
            annual=shape.annual,
            persons=persons_of(shape.persons),
            by_days=shape.elapsed is Elapsed.DAYS,
            cited=citations(shape, unit, exact_value(target.baseline), self.builder, self.units, at),
            place=self.builder.place("targets", at),
            places={name: self.builder.place("targets", (*at, name)) for name in _PLACED},
            jump=self._jump(shape.jump, at),
            ignored=self._ignored(shape.ignore, at),
            adds=self._adds(shape.adds, at),
            input_only=shape.target in NO_TARGET,
            binding=shape.binding,
            by_type=self.targets.by_type(shape, target, at),
        )

    def _report(self, code: str, at: KeyPath, message: Message, hint: Message) -> None:
        self.builder.report(code, "targets", at, message, hint)

    def _number(self, shape: IndicatorShape, at: KeyPath) -> int | str | None:
        """Return the number in the main table: 12 as a number, and 1.2.3 or AHS-1.1 as a text."""
        text, place = half_width(shape.no or "").strip(), (*at, "no")
        if not text:
            return None
        self.builder.register_once(self.numbers, text, shape.name, "targets", place)
        if text.isdecimal():
            return int(text)
        self.builder.register(self.builder.indicator_names, text, shape.name, "targets", place)
        return text

    def _check_unit_aliases(self, shape: IndicatorShape, unit: Unit | None, at: KeyPath) -> None:
        """Report an alias of the unit that is the name of a larger or smaller unit."""
        for n, alias in enumerate(shape.unit_aliases):
            other = self.units.find(alias)
            if unit and other and other.dimension == unit.dimension and other.factor != unit.factor:
                message = say(
                    "“{alias}” is a different unit, not another name for {unit}.", alias=alias, unit=unit.name
                )
                self._report("P109", (*at, "unit_aliases", n), message, say("Leave it out; it converts."))

    def _check_category(self, shape: IndicatorShape, at: KeyPath) -> None:
        if shape.category is not None and shape.task is not None:
            message = say("“{name}” needs either a category or a task, and not both.", name=shape.name)
            self._report("P113", (*at, "name"), message, say("Delete category: or task: here."))
        elif shape.category is None and shape.task is None and self.categories:
            message = say("“{name}” is in no category of the plan, and in no task.", name=shape.name)
            hint = say(
                "Write category: {name}, or another category, or task: with a number.", name=self.categories.first
            )
            self._report("P113", (*at, "name"), message, hint)
        elif shape.category is not None:
            self.builder.resolve(shape.category, self.categories, "targets", (*at, "category"))

    def _jump(self, text: str | None, at: KeyPath) -> Fraction | None:
        if text is None:
            return None
        cell = read_cell(text)
        if cell.amount is None or cell.unit != "%" or cell.amount <= 0:
            message = say("“{text}” is not a share of the baseline by which a value may differ.", text=text)
            self._report("P106", (*at, "jump"), message, say("Write a percentage such as 50%."))
            return None
        return Fraction(cell.amount) / 100

    def _ignored(self, codes: Sequence[str], at: KeyPath) -> frozenset[str]:
        for n, code in enumerate(codes):
            if code.upper() not in SURPRISES:
                message = say("“{code}” cannot be switched off for one indicator.", code=code)
                hint = say("Choose from: {names}.", names=", ".join(sorted(SURPRISES)))
                self._report("P106", (*at, "ignore", n), message, hint)
        return frozenset(code.upper() for code in codes)

    def _adds(self, text: str | None, at: KeyPath) -> Adding | None:
        """Read how parts add up; its ids are resolved later, when all indicators are known."""
        adding = read_adding(text) if text is not None else None
        if text is not None and adding is None:
            message = say("“{text}” is not a known way to add up parts.", text=text)
            hint = say("Write sum, none, weighted by ID, or ratio of ID to ID.")
            self._report("P106", (*at, "adds"), message, hint)
        return adding
