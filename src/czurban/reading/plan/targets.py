"""Build the targets of targets.yaml: their rules, baselines, steps and other figures, in the indicator's unit."""

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction

from czurban.model.finding import Message, say
from czurban.model.indicator import SUMS, IndicatorKind
from czurban.model.observation import Reading
from czurban.model.period import Period, parse_years
from czurban.model.target import UNDATED, Basis, Interval, Step, Target
from czurban.model.unit import Units
from czurban.model.years import Baseline, OverYears
from czurban.reading.phrases.phrase import interval_for, read_target
from czurban.reading.phrases.tokens import PhraseContext, Refusal, factor_between
from czurban.reading.plan.target_shapes import IndicatorShape
from czurban.reading.submission.cell import ValueCell, read_cell
from czurban.reading.yaml.tree import KeyPath, YamlFile

_NO_LEVELS = frozenset({IndicatorKind.FLOW, IndicatorKind.WORKS, IndicatorKind.GROWTH, IndicatorKind.MILESTONE})
"""Kinds that have no level."""
NO_TARGET = ("none", "无")
"""What an indicator without a target has in place of one."""


def exact_value(baseline: Baseline | None) -> Fraction | None:
    """Return a baseline as a number; None where it is approximate or has none."""
    if baseline is None or baseline.approximate or baseline.value is None:
        return None
    return Fraction(baseline.value)


def due_date(text: str, file: YamlFile, at: KeyPath) -> Period | None:
    """Read when something is due: the end of a period, or a date; report a text that is neither."""
    period = _read_end(text, file, at)
    return period.last_year if period else None


def read_period(text: str, file: YamlFile, at: KeyPath) -> Period | None:
    """Read a period of a file, a date as the end of its month; report a text that is not a period."""
    period = _read_end(text, file, at)
    return period._replace(day=0) if period else None


def _read_end(text: str, file: YamlFile, at: KeyPath) -> Period | None:
    period = parse_years(text)
    if period is None:
        hint = say("Write a year such as 2019, 2019年底, or several years: 2021-2025, 十四五.")
        file.report("P106", at, say("“{text}” cannot be read as a period.", text=text), hint)
    return period


def _only_of_intervals(shape: IndicatorShape) -> Mapping[str, object]:
    """Return the keys that only a target with bounds of its own has, with whether they are given."""
    return {
        "steps": shape.steps,
        "path": shape.path,
        "years": shape.years is not OverYears.LEVEL,
        "side": shape.side,
        "tolerance": shape.tolerance,
    }


class TargetBuilder:
    """Builds the targets of one plan."""

    def __init__(self, file: YamlFile, units: Units, period: Period | None) -> None:
        self.file = file
        self.units = units
        self.period = period

    def build(self, shape: IndicatorShape, at: KeyPath) -> Target | None:
        """Build the target of one indicator, which may be none; return None where it cannot be read."""
        if shape.target in NO_TARGET:
            return self._no_target(shape, at)
        baseline = self._baseline(shape, at)
        kind = self._kind(shape, at, baseline)
        deadline = due_date(shape.deadline, self.file, (*at, "deadline"))
        steps = tuple(self._steps(shape, at, baseline))
        if shape.basis is Basis.INTERPRETED and not shape.reason:
            message = say("The direction of “{name}” is interpreted, but no reason is given.", name=shape.name)
            self.file.report("P112", (*at, "basis"), message, say("Add reason: with the reason for this reading."))
        if kind is None or deadline is None or not self._fits_years(shape, baseline, at):
            return None
        reason = shape.reason or ""
        base = baseline.value if baseline and shape.years is OverYears.CHANGE else None
        about = (
            read_target(shape.target, "both", "0", lambda unit: self._factor(unit, shape)) if shape.tolerance else None
        )
        figure = about.bound if isinstance(about, Interval) else None
        dated = kind._replace(deadline=deadline, baseline=baseline, basis=shape.basis, reason=reason)
        plain = dated._replace(steps=steps, over=shape.years, about=figure)
        if base is None:
            return plain
        levels = tuple(step._replace(interval=step.interval.shifted(base)) for step in steps)
        return plain._replace(interval=kind.interval.shifted(base), steps=levels, stated=kind.interval)

    def _no_target(self, shape: IndicatorShape, at: KeyPath) -> Target | None:
        """Return the target of an indicator that has none; report keys that only a target has."""
        of_targets = {
            **_only_of_intervals(shape),
            "annual": shape.annual,
            "grade": shape.grade,
            "stages": shape.stages,
            "reference": shape.reference,
            "compared_with": shape.compared_with,
            "binding": shape.binding is not None,
        }
        for name, given in of_targets.items():
            if given:
                message = say("“{name}” has no target, so {key}: has no meaning.", name=shape.name, key=name)
                self.file.report("P107", (*at, name), message, say("Leave the key out, or write the target."))
        deadline = due_date(shape.deadline, self.file, (*at, "deadline"))
        baseline = self._baseline(shape, at)
        return Target(Interval(), deadline, baseline) if deadline else None

    def _kind(self, shape: IndicatorShape, at: KeyPath, baseline: Baseline | None) -> Target | None:
        """Read the rule: an interval, grades, stages, or a bound relative to another figure; its date is set later."""
        context, base = self._context(shape), self._base(shape.target, baseline)
        special = shape.stages or shape.grade or shape.reference or shape.compared_with
        read = None if special else interval_for(shape.target, context, shape.side, shape.tolerance, base)
        if isinstance(read, Interval):
            return Target(read, UNDATED)
        from czurban.reading.plan.kinds import read_kind  # noqa: PLC0415 - most plans have only intervals

        kind = read_kind(shape, context, base)
        if isinstance(kind, Refusal):
            self.file.report("P107", (*at, "target"), *kind)
            return None
        for name, given in _only_of_intervals(shape).items() if kind.is_open else ():
            if given:
                message = say("“{name}” is judged by no interval, so {key}: has no meaning.", name=shape.name, key=name)
                self.file.report("P107", (*at, name), message, say("Leave the key out."))
        return kind

    def by_type(self, shape: IndicatorShape, target: Target, at: KeyPath) -> Mapping[str, Target]:
        """Read the targets of regions by their type; they have the plan's deadline, and no baseline."""
        targets = {}
        for name, text in shape.by_type.items():
            if interval := self._rule(text, shape, (*at, "by_type", name)):
                targets[name] = Target(interval, target.deadline, None, target.basis, target.reason)
        return targets

    def _rule(self, text: str, shape: IndicatorShape, at: KeyPath, baseline: Baseline | None = None) -> Interval | None:
        """Read a rule in the indicator's unit; report one that cannot be read."""
        read = interval_for(text, self._context(shape), shape.side, shape.tolerance, self._base(text, baseline))
        if isinstance(read, Interval):
            return read
        self.file.report("P107", at, *read)
        return None

    def _context(self, shape: IndicatorShape) -> PhraseContext:
        growth = shape.kind is IndicatorKind.GROWTH
        unit = self.units.find(shape.unit)
        return PhraseContext(unit, shape.name, growth, lambda printed: self._factor(printed, shape), self.period)

    def _base(self, text: str, baseline: Baseline | None) -> Fraction | None:
        """Return the figure that 持平, 提高0.5个百分点 and 翻一番 are relative to; None without an exact number.

        上年 is the year of the baseline in a plan of one year.
        """
        several = self.period is not None and self.period.has_years
        return None if several and re.search("上年|去年|上一年|前一年", text) else exact_value(baseline)

    def _steps(self, shape: IndicatorShape, at: KeyPath, baseline: Baseline | None) -> Iterator[Step]:
        """Read the steps in order of time."""
        steps = []
        for date, text in (shape.steps or {}).items():
            place = (*at, "steps", date)
            deadline, interval = read_period(date, self.file, place), self._rule(text, shape, place, baseline)
            if deadline and interval:
                steps.append(Step(deadline.last_year, interval))
        yield from sorted(steps, key=lambda step: step.deadline.end)

    def _fits_years(self, shape: IndicatorShape, baseline: Baseline | None, at: KeyPath) -> bool:
        """Return whether a target over several years fits its indicator and the plan; report why not (P144)."""
        unit, kind, over, key_path = self.units.find(shape.unit), shape.kind, shape.years, (*at, "years")
        words = {"name": shape.name, "over": over, "kind": kind, "unit": shape.unit}
        if over is OverYears.LEVEL and not shape.steps:
            return True
        if self.period and not self.period.has_years:
            values = {"name": shape.name, "period": self.period}
            message = say("“{name}” has a target over several years, and the plan is of {period}.", **values)
            hint = say("Leave the key out, or give the plan a period such as 2021-2025.")
            key_path = key_path if over is not OverYears.LEVEL else (*at, "steps")
        elif over is OverYears.CHANGE and (baseline is None or baseline.value is None):
            message = say("“{name}” is a change from the baseline, and has no baseline as a number.", **words)
            hint = say("Give the baseline as a number, such as baseline: 77.3.")
        elif over is OverYears.CHANGE and kind in _NO_LEVELS:
            message = say("“{name}” is of the kind {kind}, which has no level to change.", **words)
            hint = say("Write kind: stock or kind: rate, or another kind of years.")
        elif over is OverYears.SUM and kind not in SUMS:
            message = say("“{name}” is of the kind {kind}, whose years are not added up.", **words)
            hint = say("Write kind: flow or kind: works, or another kind of years.")
        elif over.compounds and not (kind is IndicatorKind.GROWTH and (unit is None or unit.is_share)):
            message = say("“{name}” is of the kind {kind} in {unit}; only growth in % follows on itself.", **words)
            hint = say('Write kind: growth and unit: "%", or another kind of years.')
        else:
            return True
        self.file.report("P144", key_path, message, hint)
        return False

    def _factor(self, text: str, shape: IndicatorShape) -> Fraction | Message:
        """Return the factor from the unit of a target to the indicator's."""
        unit = self.units.find(shape.unit)
        return factor_between(text, unit and unit._replace(name=shape.unit), self.units, shape.unit_aliases)

    def _baseline(self, shape: IndicatorShape, at: KeyPath) -> Baseline | None:
        if shape.baseline is None:
            return None
        printed, year = shape.baseline.value, shape.baseline.year
        cell = read_cell(printed)
        period = read_period(year, self.file, (*at, "baseline", "year")) if year else None
        if not self._check_baseline_unit(cell, shape, at):
            return None
        if cell.reported is Reading.UNREADABLE or cell.scale:
            message = say("The baseline “{text}” cannot be read as a number in the indicator's unit.", text=printed)
            self.file.report("P108", (*at, "baseline"), message, say("Write only the number, or — for none."))
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
            self.file.report("P118", (*at, "baseline"), message, hint)
        return False
