"""Indicators of targets.yaml: numbers and rules read from their text, names and references checked.

The number inside a figure as the plan prints it: 达到99%以上, 约190, ≥40, 19500公顷.

How an indicator's parts make the whole, from the text under `adds:`.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from czurban.model.faults import SURPRISES
from czurban.model.finding import Message, say
from czurban.model.indicator import Adding, AddingRule, Citation, Indicator
from czurban.model.observation import Reading
from czurban.model.target import Baseline, Basis, Interval, Target
from czurban.model.text import half_width, key
from czurban.model.unit import SCALES, Unit, Units, base_of
from czurban.reading.plan.book import Names, Path, PlanBuilder
from czurban.reading.submission.cell import HINT, ValueCell, read_cell, read_target
from czurban.reading.yaml.shapes import CitationShape, IndicatorShape

_MOVES = r"提高|提升|增加|增长|扩大|降低?|下降|减少|压减|压缩|控制"
_VERBS = rf"分别|达到?|大?约|(?:保持|稳定|维持)在|(?:{_MOVES})?(?:到|至)"
_SIDES = r"不(?:低于|少于|小于|超过|高于|多于|大于)|控制在|超过|高于|多于|大于|低于|少于|小于|>=|<=|[≥≤><=~]"
_BEFORE = re.compile(rf"^(?:{_SIDES}|{_VERBS}|\s)+")
_BEHIND = re.compile(r"(?:以上|以下|以内|之内|左右|上下|\s)+$")
_VERB = re.compile(rf"^(?:{_VERBS}|\s)+")
_SETTLES = re.compile(rf"{_SIDES}|以上|以下|以内|之内")


class PrintedFigure(NamedTuple):
    """A number and the unit's text behind it, 万人 and a lone 万 included; empty where there is none."""

    amount: Decimal
    unit: str


def read_figure(printed: str) -> PrintedFigure | None:
    """Read the one number of a printed figure; None where there is none, or more than one."""
    bare = _BEHIND.sub("", _BEFORE.sub("", half_width(printed).strip()))
    cell = read_cell(bare)
    if cell.reported is not Reading.VALUE or cell.amount is None:
        return None
    return PrintedFigure(cell.amount, cell.scale + cell.unit)


def printed_rule(printed: str) -> Interval | None:
    """The rule of a printed text whose words say which side is met: 控制在4.5%以下, 不少于32个, 6%~6.5%; else None.

    达到, 完成 and a number alone say it only weakly. The bounds are in whatever unit the text has.
    """
    plain = _VERB.sub("", half_width(printed).strip())
    if not _SETTLES.search(plain):
        return None
    rule = read_target(plain, scale=lambda _: Fraction(1))
    return rule if isinstance(rule, Interval) else None


_ID = r"[a-z][a-z0-9_]*"
_WEIGHTED = re.compile(rf"weighted\s+by\s+({_ID})")
_RATIO = re.compile(rf"ratio\s+of\s+({_ID})\s+to\s+({_ID})")


def read_adding(text: str) -> Adding | None:
    """Read sum, none, `weighted by ID` or `ratio of ID to ID`; None for anything else."""
    plain = text.strip()
    if plain in (AddingRule.SUM, AddingRule.NONE):
        return Adding(AddingRule(plain), (), declared=True)
    if found := _WEIGHTED.fullmatch(plain):
        return Adding(AddingRule.WEIGHTED, found.groups(), declared=True)
    if found := _RATIO.fullmatch(plain):
        return Adding(AddingRule.RATIO, found.groups(), declared=True)
    return None


_LONE = frozenset({"万亿", *SCALES})
_PLACED = ("name", "target", "baseline", "lead", "task", "basis", "adds")
"""The keys that a finding may be about."""


class Indicators:
    """Builds the indicators of one plan."""

    def __init__(self, book: PlanBuilder, units: Units, categories: Names) -> None:
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
        if unit is None and "units" not in self.book.dropped:
            message = say("The unit “{unit}” is not known.", unit=shape.unit)
            self.book.tell("P109", "targets", (*at, "unit"), message, say("Declare it under units: in targets.yaml."))
        self._aliases(shape, unit, at)
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
            cited=tuple(self._citation(one, shape.name, (*at, "cited", n)) for n, one in enumerate(shape.cited)),
            place=self.book.place("targets", at),
            places={name: self.book.place("targets", (*at, name)) for name in _PLACED},
            jump=self._jump(shape.jump, at),
            ignored=self._ignored(shape.ignore, at),
            adds=self._adds(shape.adds, at),
        )

    def _aliases(self, shape: IndicatorShape, unit: Unit | None, at: Path) -> None:
        """Another spelling of the unit may not be the name of a larger or smaller one."""
        for n, alias in enumerate(shape.unit_aliases):
            other = self.units.find(alias)
            if unit and other and other.dimension == unit.dimension and other.factor != unit.factor:
                message = say(
                    "“{alias}” is a unit of its own and not another name for {unit}.", alias=alias, unit=unit.name
                )
                self.book.tell("P109", "targets", (*at, "unit_aliases", n), message, say("Leave it out; it converts."))

    def _home(self, shape: IndicatorShape, at: Path) -> None:
        if (shape.category is None) == (shape.task is None):
            message = say("“{name}” needs either a category or a task, and not both.", name=shape.name)
            self.book.tell("P113", "targets", (*at, "name"), message, say("Write category: … or task: …"))
        elif shape.category is not None:
            self.book.refer(shape.category, self.categories, "targets", (*at, "category"))

    def _citation(self, shape: CitationShape, name: str, at: Path) -> Citation:
        printed = read_figure(shape.printed)
        unit = self.units.find(printed.unit) if printed else None
        known = printed is not None and (unit is not None or not printed.unit)
        amount = printed.amount if printed and known else None
        place = self.book.place("targets", at)
        return Citation(
            shape.at, shape.wording or name, shape.printed, amount, unit, place, printed_rule(shape.printed)
        )

    def _jump(self, text: str | None, at: Path) -> Fraction | None:
        if text is None:
            return None
        cell = read_cell(text)
        if cell.amount is None or cell.unit != "%" or cell.amount <= 0:
            message = say("“{text}” does not say by what share of the baseline a value may differ.", text=text)
            self.book.tell("P106", "targets", (*at, "jump"), message, say("Write a percentage such as 50%."))
            return None
        return Fraction(cell.amount) / 100

    def _ignored(self, codes: Sequence[str], at: Path) -> frozenset[str]:
        for n, code in enumerate(codes):
            if code.upper() not in SURPRISES:
                message = say("“{code}” cannot be switched off for one indicator.", code=code)
                hint = say("Choose from: {names}.", names=", ".join(sorted(SURPRISES)))
                self.book.tell("P106", "targets", (*at, "ignore", n), message, hint)
        return frozenset(code.upper() for code in codes)

    def _adds(self, text: str | None, at: Path) -> Adding | None:
        """How the parts make the whole; the ids it is by are looked for when all indicators are known."""
        found = read_adding(text) if text is not None else None
        if text is not None and found is None:
            message = say("“{text}” is no way of adding up.", text=text)
            hint = say("Write sum, none, weighted by ID, or ratio of ID to ID.")
            self.book.tell("P106", "targets", (*at, "adds"), message, hint)
        return found

    def _target(self, shape: IndicatorShape, at: Path) -> Target | None:
        interval, deadline = (
            read_target(shape.target, shape.side, shape.tolerance, lambda unit: self._factor(unit, shape)),
            self.book.period(shape.deadline, (*at, "deadline")),
        )
        if not isinstance(interval, Interval):
            self.book.tell("P107", "targets", (*at, "target"), interval, HINT)
        if shape.basis is Basis.INTERPRETED and not shape.reason:
            message = say("The direction of “{name}” is interpreted, but no reason is given.", name=shape.name)
            self.book.tell("P112", "targets", (*at, "basis"), message, say("Add reason: with why it is read so."))
        baseline = self._baseline(shape, at)
        if not isinstance(interval, Interval) or deadline is None:
            return None
        return Target(interval, deadline, baseline, shape.basis, shape.reason or "")

    def _factor(self, text: str, shape: IndicatorShape) -> Fraction | Message:
        """How many of the indicator's units one of the unit that its target prints is; a lone 万 multiplies its own."""
        own = self.units.find(shape.unit)
        if own is None or any(key(text) == key(one) for one in (shape.unit, *shape.unit_aliases)):
            return Fraction(1)  # an unknown unit is a fault of its own
        scaled = text in _LONE and (own.name[:1] not in SCALES or own.name.startswith(text))
        written = self.units.find(text + base_of(own, self.units).name) if scaled else self.units.find(text)
        if written is None or written.dimension != own.dimension:
            return say("The target is in “{unit}”, and the indicator in “{own}”.", unit=text, own=shape.unit)
        return written.factor / own.factor

    def _baseline(self, shape: IndicatorShape, at: Path) -> Baseline | None:
        printed = shape.baseline
        if printed is None:
            return None
        cell = read_cell(printed)
        if not self._baseline_unit(cell, shape, at):
            return None
        if cell.reported is Reading.UNREADABLE or cell.scale:
            message = say("The baseline “{text}” cannot be read as a number in the indicator's unit.", text=printed)
            self.book.tell("P108", "targets", (*at, "baseline"), message, say("Write the number alone, or — for none."))
            return None
        return Baseline(printed, cell.amount, cell.approximate)

    def _baseline_unit(self, cell: ValueCell, shape: IndicatorShape, at: Path) -> bool:
        """Whether a baseline has no unit but the indicator's own. Any other is told."""
        own, written = self.units.find(shape.unit), self.units.find(cell.unit)
        same = own and written and (own.dimension, own.factor) == (written.dimension, written.factor)
        if not cell.unit or same:
            return True
        if own:
            message = say("The baseline is in “{unit}”, the indicator in “{own}”.", unit=cell.unit, own=shape.unit)
            hint = say("Write the baseline as a number in {own}.", own=shape.unit)
            self.book.tell("P118", "targets", (*at, "baseline"), message, hint)
        return False
