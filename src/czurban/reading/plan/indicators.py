"""Build the indicators of targets.yaml: read their figures and rules, and check names and references."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from czurban.model.faults import SURPRISES
from czurban.model.finding import Message, did_you_mean, say
from czurban.model.indicator import SUMS, Adding, AddingRule, Citation, Elapsed, Indicator, IndicatorKind
from czurban.model.observation import Reading
from czurban.model.period import Period
from czurban.model.target import Basis, Interval, Step, Target
from czurban.model.text import half_width
from czurban.model.unit import Unit, Units
from czurban.model.years import Baseline, OverYears
from czurban.reading.phrases.phrase import interval_for, read_target
from czurban.reading.phrases.tokens import PhraseContext, factor_between
from czurban.reading.plan.builder import Names, PlanBuilder
from czurban.reading.plan.paths import target_path
from czurban.reading.submission.cell import ValueCell, read_cell
from czurban.reading.yaml.shapes import CitationShape, IndicatorShape
from czurban.reading.yaml.tree import KeyPath

_MOVES = r"提高|提升|增加|增长|扩大|降低?|下降|减少|压减|压缩|控制"
_VERBS = rf"分别|达到?|大?约|(?:保持|稳定|维持)在|(?:{_MOVES})?(?:到|至)"
_SIDES = r"不(?:低于|少于|小于|超过|高于|多于|大于)|控制在|超过|高于|多于|大于|低于|少于|小于|>=|<=|[≥≤><=~]"
_BEFORE = re.compile(rf"^(?:{_SIDES}|{_VERBS}|\s)+")
_AFTER = re.compile(r"(?:以上|以下|以内|之内|左右|上下|\s)+$")
_VERB = re.compile(rf"^(?:{_VERBS}|\s)+")
_DIRECTION = re.compile(rf"{_SIDES}|以上|以下|以内|之内")


_CUMULATIVE = "〔〕"
"""The brackets in which plans print cumulative figures."""


class PrintedFigure(NamedTuple):
    """A number and the text of its unit, such as 万人 or a lone 万; the unit is empty where there is none."""

    amount: Decimal
    unit: str


def read_figure(printed: str) -> PrintedFigure | None:
    """Read the number of a printed figure such as 达到99%以上 or 约190; return None unless there is exactly one."""
    bare = _AFTER.sub("", _BEFORE.sub("", half_width(printed).strip().strip(_CUMULATIVE)))
    cell = read_cell(bare)
    if cell.reported is not Reading.VALUE or cell.amount is None:
        return None
    return PrintedFigure(cell.amount, cell.scale + cell.unit)


def printed_rule(printed: str) -> Interval | None:
    """Return the rule of a printed text whose words give a direction: 控制在4.5%以下, 不少于32个, 6%~6.5%; else None.

    达到, 完成 and a number alone give no clear direction. The bounds are in the unit of the text.
    """
    plain = _VERB.sub("", half_width(printed).strip())
    if not _DIRECTION.search(plain):
        return None
    rule = read_target(plain, scale=lambda _: Fraction(1))
    return rule if isinstance(rule, Interval) else None


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


_NO_LEVELS = frozenset({IndicatorKind.FLOW, IndicatorKind.WORKS, IndicatorKind.GROWTH, IndicatorKind.MILESTONE})
"""Kinds that have no level."""
NO_TARGET = ("none", "无")
"""What an indicator without a target has in place of one."""
_PLACED = ("name", "target", "steps", "years", "baseline", "lead", "task", "basis", "adds", "path")
"""The keys that a finding may be about."""


class IndicatorBuilder:
    """Builds the indicators of one plan."""

    def __init__(self, builder: PlanBuilder, units: Units, categories: Names, period: Period | None) -> None:
        self.builder = builder
        self.period = period
        self.units = units
        self.categories = categories
        self.numbers = Names()

    def build(self, i: int, shape: IndicatorShape) -> Indicator | None:
        """Build one indicator; return None where its unit or target cannot be read."""
        at, names = ("indicators", i), self.builder.indicator_names
        self.builder.register_all(names, shape.name, shape.aliases, "targets", at)
        self.builder.register(names, shape.id, shape.name, "targets", (*at, "id"))
        if shape.no is not None:
            self.builder.register_once(self.numbers, str(shape.no), shape.name, "targets", (*at, "no"))
        self._check_category(shape, at)
        unit = self.units.find(shape.unit)
        if unit is None and "units" not in self.builder.dropped:
            message = say("The unit “{unit}” is not known.", unit=shape.unit)
            near = did_you_mean(self.units.like(shape.unit))
            self._report("P109", (*at, "unit"), message, near or say("Declare it under units: in targets.yaml."))
        self._check_unit_aliases(shape, unit, at)
        target = self._target(shape, at)
        leads = self.builder.resolve_departments(shape.lead, "targets", (*at, "lead"))
        reporters = self.builder.resolve_departments(shape.reporters, "targets", (*at, "reporters"))
        if unit is None or target is None:
            return None
        path = target_path(self.builder, shape.path, self.units, unit, (*at, "path"))
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
            target=target._replace(path=path),
            annual=shape.annual,
            by_days=shape.elapsed is Elapsed.DAYS,
            cited=tuple(self._citation(entry, shape.name, (*at, "cited", n)) for n, entry in enumerate(shape.cited)),
            place=self.builder.place("targets", at),
            places={name: self.builder.place("targets", (*at, name)) for name in _PLACED},
            jump=self._jump(shape.jump, at),
            ignored=self._ignored(shape.ignore, at),
            adds=self._adds(shape.adds, at),
            input_only=shape.target in NO_TARGET,
        )

    def _report(self, code: str, at: KeyPath, message: Message, hint: Message) -> None:
        self.builder.report(code, "targets", at, message, hint)

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
        if (shape.category is None) == (shape.task is None):
            message = say("“{name}” needs either a category or a task, and not both.", name=shape.name)
            self._report("P113", (*at, "name"), message, say("Write category: … or task: …"))
        elif shape.category is not None:
            self.builder.resolve(shape.category, self.categories, "targets", (*at, "category"))

    def _citation(self, shape: CitationShape, name: str, at: KeyPath) -> Citation:
        printed = read_figure(shape.printed)
        unit = self.units.find(printed.unit) if printed else None
        known = printed is not None and (unit is not None or not printed.unit)
        amount = printed.amount if printed and known else None
        place = self.builder.place("targets", at)
        return Citation(
            shape.at, shape.wording or name, shape.printed, amount, unit, place, printed_rule(shape.printed)
        )

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

    def _no_target(self, shape: IndicatorShape, at: KeyPath) -> Target | None:
        """Return the target of an indicator that has none; report keys that only a target has."""
        of_targets = {
            "steps": shape.steps,
            "path": shape.path,
            "years": shape.years is not OverYears.LEVEL,
            "side": shape.side,
            "tolerance": shape.tolerance,
            "annual": shape.annual,
        }
        for name, given in of_targets.items():
            if given:
                message = say("“{name}” has no target, so {key}: has no meaning.", name=shape.name, key=name)
                self._report("P107", (*at, name), message, say("Leave the key out, or write the target."))
        deadline = self.builder.period(shape.deadline, (*at, "deadline"))
        baseline = self._baseline(shape, at)
        return Target(Interval(), deadline.last_year, baseline) if deadline else None

    def _target(self, shape: IndicatorShape, at: KeyPath) -> Target | None:
        if shape.target in NO_TARGET:
            return self._no_target(shape, at)
        baseline = self._baseline(shape, at)
        interval = self._rule(shape.target, shape, (*at, "target"), baseline)
        deadline = self.builder.period(shape.deadline, (*at, "deadline"))
        steps = tuple(self._steps(shape, at))
        if shape.basis is Basis.INTERPRETED and not shape.reason:
            message = say("The direction of “{name}” is interpreted, but no reason is given.", name=shape.name)
            self._report("P112", (*at, "basis"), message, say("Add reason: with the reason for this reading."))
        if interval is None or deadline is None or not self._fits_years(shape, baseline, at):
            return None
        deadline, reason = deadline.last_year, shape.reason or ""
        base = baseline.value if baseline and shape.years is OverYears.CHANGE else None
        about = (
            read_target(shape.target, "both", "0", lambda unit: self._factor(unit, shape)) if shape.tolerance else None
        )
        figure = about.bound if isinstance(about, Interval) else None
        plain = Target(interval, deadline, baseline, shape.basis, reason, steps=steps, over=shape.years, about=figure)
        if base is None:
            return plain
        levels = tuple(step._replace(interval=step.interval.shifted(base)) for step in steps)
        return plain._replace(interval=interval.shifted(base), steps=levels, stated=interval)

    def _rule(self, text: str, shape: IndicatorShape, at: KeyPath, baseline: Baseline | None = None) -> Interval | None:
        """Read a rule in the indicator's unit; report one that cannot be read.

        持平, 提高0.5个百分点 and 翻一番 are relative to the baseline, which must be an exact number. 上年 is its year
        in a plan of one year.
        """
        unit = self.units.find(shape.unit)
        growth = shape.kind is IndicatorKind.GROWTH
        context = PhraseContext(unit, shape.name, growth, lambda printed: self._factor(printed, shape))
        exact = baseline is not None and not baseline.approximate and baseline.value is not None
        last_year = self.period is None or not self.period.has_years or not re.search("上年|去年|上一年|前一年", text)
        base = Fraction(baseline.value) if exact and last_year and baseline and baseline.value is not None else None
        read = interval_for(text, context, shape.side, shape.tolerance, base)
        if isinstance(read, Interval):
            return read
        self._report("P107", at, *read)
        return None

    def _steps(self, shape: IndicatorShape, at: KeyPath) -> Iterator[Step]:
        """Read the steps in order of time."""
        steps = []
        for date, text in (shape.steps or {}).items():
            place = (*at, "steps", date)
            deadline, interval = self.builder.period(date, place), self._rule(text, shape, place)
            if deadline and interval:
                steps.append(Step(deadline.last_year, interval))
        yield from sorted(steps, key=lambda step: step.deadline.end)

    def _fits_years(self, shape: IndicatorShape, baseline: Baseline | None, at: KeyPath) -> bool:
        """Return whether the kind of a target over several years fits; report why not (P144)."""
        over, key_path, name = shape.years, (*at, "years"), shape.name
        several = over is not OverYears.LEVEL or shape.steps
        if several and self.period and not self.period.has_years:
            message = say(
                "“{name}” has a target over several years, and the plan is of {period}.", name=name, period=self.period
            )
            place = key_path if over is not OverYears.LEVEL else (*at, "steps")
            self._report("P144", place, message, say("Leave the key out, or give the plan a period such as 2021-2025."))
            return False
        trouble = self._kind_trouble(shape, baseline)
        if trouble:
            self._report("P144", key_path, *trouble)
        return trouble is None

    def _kind_trouble(self, shape: IndicatorShape, baseline: Baseline | None) -> tuple[Message, Message] | None:
        """Return why a target over several years does not fit its indicator, and what to do."""
        unit, kind, over = self.units.find(shape.unit), shape.kind, shape.years
        words = {"name": shape.name, "over": over, "kind": kind, "unit": shape.unit}
        if over is OverYears.CHANGE and (baseline is None or baseline.value is None):
            message = say("“{name}” is a change from the baseline, and has no baseline as a number.", **words)
            return message, say("Give the baseline as a number, such as baseline: 77.3.")
        if over is OverYears.CHANGE and kind in _NO_LEVELS:
            message = say("“{name}” is of the kind {kind}, which has no level to change.", **words)
            return message, say("Write kind: stock or kind: rate, or another kind of years.")
        if over is OverYears.SUM and kind not in SUMS:
            message = say("“{name}” is of the kind {kind}, whose years are not added up.", **words)
            return message, say("Write kind: flow or kind: works, or another kind of years.")
        if over.compounds and not (kind is IndicatorKind.GROWTH and (unit is None or unit.is_share)):
            message = say("“{name}” is of the kind {kind} in {unit}; only growth in % follows on itself.", **words)
            return message, say('Write kind: growth and unit: "%", or another kind of years.')
        return None

    def _factor(self, text: str, shape: IndicatorShape) -> Fraction | Message:
        """Return the factor from the unit of a target to the indicator's."""
        unit = self.units.find(shape.unit)
        return factor_between(text, unit and unit._replace(name=shape.unit), self.units, shape.unit_aliases)

    def _baseline(self, shape: IndicatorShape, at: KeyPath) -> Baseline | None:
        if shape.baseline is None:
            return None
        printed, year = shape.baseline.value, shape.baseline.year
        cell = read_cell(printed)
        period = self.builder.period(year, (*at, "baseline", "year")) if year else None
        if not self._check_baseline_unit(cell, shape, at):
            return None
        if cell.reported is Reading.UNREADABLE or cell.scale:
            message = say("The baseline “{text}” cannot be read as a number in the indicator's unit.", text=printed)
            self._report("P108", (*at, "baseline"), message, say("Write only the number, or — for none."))
            return None
        return Baseline(printed, cell.amount, cell.approximate, period)

    def _check_baseline_unit(self, cell: ValueCell, shape: IndicatorShape, at: KeyPath) -> bool:
        """Return whether a baseline has the indicator's unit or none; report another one."""
        unit, printed = self.units.find(shape.unit), self.units.find(cell.unit)
        same = unit and printed and (unit.dimension, unit.factor) == (printed.dimension, printed.factor)
        if not cell.unit or same:
            return True
        if unit:
            message = say("The baseline is in “{unit}”, the indicator in “{own}”.", unit=cell.unit, own=shape.unit)
            hint = say("Write the baseline as a number in {own}.", own=shape.unit)
            self._report("P118", (*at, "baseline"), message, hint)
        return False
