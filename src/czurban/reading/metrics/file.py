"""Read a file of metrics: check its records, columns and metrics, and compare its names with the plan."""

import re
from pathlib import Path

from czurban.model.finding import Findings, Message, did_you_mean, say
from czurban.model.formulas.metric import Aggregate, Digits, Means, Metric, Metrics, Per, RecordColumn, Records
from czurban.model.indicator import Indicator
from czurban.model.period import Period, parse_period
from czurban.model.plan import Plan
from czurban.model.unit import Unit
from czurban.reading.metrics.constants import constant
from czurban.reading.metrics.shapes import ColumnShape, MetricShape, MetricsShape, RecordsShape
from czurban.reading.metrics.terms import read_aggregates
from czurban.reading.metrics.words import TermFaultError
from czurban.reading.yaml.file import read_shaped
from czurban.reading.yaml.tree import KeyPath, YamlFile

MOST_DIGITS = 38
_INTEGER = Digits(18, 0)
_DECIMAL = re.compile(r"decimal\(\s*([1-9]\d?)\s*,\s*(\d{1,2})\s*\)", re.IGNORECASE)
_HALF_UP = "half-up"
_TYPES = say("Write type: integer, or decimal(p,s) with p digits, s of them after the point, such as decimal(12,2).")


def build_records(shape: RecordsShape, sheet: YamlFile, plan: Plan) -> Records | None:
    """Build the table of records; return None where it has a fault, since every metric depends on it."""
    columns = [column for name, entry in shape.columns.items() if (column := _column(name, entry, sheet))]
    period = _period(shape, sheet)
    _check_once(Means.REGION, shape.whole, columns, sheet)
    _check_once(Means.PERIOD, shape.period, columns, sheet)
    whole = _whole(shape.whole, sheet, plan) if shape.whole else ""
    return None if sheet.findings else Records(shape.title, tuple(columns), whole, period)


def _whole(written: str, sheet: YamlFile, plan: Plan) -> str:
    """Return the name of the region of all records; report one that is neither the plan's nor in its hierarchy."""
    region = plan.regions.find(written)
    if region is None and (plan.is_for(written) or plan.is_whole(written)):
        region = plan.home
        if region is None:
            return plan.region
    if region is not None:
        return plan.regions.full_name(region)
    message = say("“{name}” is neither the plan's region {own} nor one of its regions.", name=written, own=plan.region)
    hint = say("Write whole: {own}, or choose the plan of “{name}” with --plan.", name=written, own=plan.region)
    if len(plan.regions.matching(written)) > 1:
        message = say("“{name}” may be several of the plan's regions.", name=written)
        hint = say("Write its code, or its name behind that of the region above.")
    sheet.report("P142", ("records", "whole"), message, hint)
    return written


def _check_once(means: Means, named: str | None, columns: list[RecordColumn], sheet: YamlFile) -> None:
    """Report where neither a key nor a single column gives the region or the period of the records."""
    names = [column.name for column in columns if column.means is means]
    if means is Means.REGION:
        missing = say("The region of the records is missing.")
        hint = say("Name the region of all records with whole:, or declare one column of kind region.")
    else:
        missing = say("The period of the records is missing.")
        hint = say("Name the period of all records with period:, or declare one column of kind period.")
    message = None
    if len(names) > 1:
        message = say("{names} are all of kind {kind}.", names=" / ".join(names), kind=str(means))
    elif not names and named is None:
        message = missing
    elif names and named is not None and means is Means.PERIOD:
        message = say("Both period: and a column give the period.")
    if message:
        sheet.report("P142", ("records", "columns"), message, hint)


def _period(shape: RecordsShape, sheet: YamlFile) -> Period | None:
    if shape.period is None:
        return None
    period = parse_period(shape.period)
    if period is None:
        message = say("“{text}” cannot be read as a period.", text=shape.period)
        sheet.report("P106", ("records", "period"), message, say("Write a year such as 2019, or 2019年底."))
    return period


def _column(name: str, shape: ColumnShape, sheet: YamlFile) -> RecordColumn | None:
    at = ("records", "columns", name)
    for key, means in (("type", Means.NUMBER), ("rounding", Means.NUMBER), ("values", Means.TEXT)):
        if getattr(shape, key) and shape.kind is not means:
            message = say("{key}: is for a column of kind {kind}.", key=key, kind=str(means))
            sheet.report("P142", (*at, key), message, say("Leave it out, or change kind:."))
            return None
    digits = _digits(shape, at, sheet)
    column, rounds = shape.column or name, shape.rounding == _HALF_UP
    if shape.rounding and not rounds:
        message = say("“{text}” is not a known way to round.", text=shape.rounding)
        sheet.report("P142", (*at, "rounding"), message, say("Write rounding: half-up, or leave it out."))
    return RecordColumn(name, column, shape.kind, digits, rounds, shape.grain, tuple(shape.values), sheet.place(at))


def _digits(shape: ColumnShape, at: tuple[str, ...], sheet: YamlFile) -> Digits | None:
    if shape.type is None:
        if shape.rounding:
            message = say("The number of decimals to round to is missing.")
            sheet.report("P142", (*at, "rounding"), message, _TYPES)
        return None
    if shape.type.lower() == "integer":
        return _INTEGER
    match = _DECIMAL.fullmatch(shape.type)
    digits = Digits(int(match[1]), int(match[2])) if match else None
    if digits is None or digits.precision > MOST_DIGITS or digits.scale > digits.precision:
        message = say("“{text}” is not a type of numbers.", text=shape.type)
        sheet.report("P142", (*at, "type"), message, _TYPES)
        return None
    return digits


def build_metrics(shape: MetricsShape, sheet: YamlFile, plan: Plan) -> Metrics | None:
    """Build the metrics without a fault; return None where the records have a fault."""
    records = build_records(shape.records, sheet, plan)
    if records is None:
        return None
    builder = MetricsBuilder(sheet, records, plan)
    metrics = [builder.build(n, entry) for n, entry in enumerate(shape.metrics)]
    return Metrics(records, tuple(filter(None, metrics)), sheet.file)


class _FaultError(Exception):
    """A metric has a fault, which was reported."""


class MetricsBuilder:
    """Builds the metrics of one file."""

    def __init__(self, sheet: YamlFile, records: Records, plan: Plan) -> None:
        self.sheet = sheet
        self.records = records
        self.plan = plan
        self.lines: dict[str, int] = {}
        """The line of the metric for each id."""

    def build(self, n: int, shape: MetricShape) -> Metric | None:
        """Build one metric; return None where it has a fault."""
        at = ("metrics", n)
        try:
            numerator, denominator = self._sides(shape, at)
            return self._metric(shape, at, numerator, denominator)
        except _FaultError:
            return None

    def _fail(self, code: str, at: KeyPath, message: Message, hint: Message | None = None) -> _FaultError:
        self.sheet.report(code, at, message, hint)
        return _FaultError(code)

    def _sides(self, shape: MetricShape, at: KeyPath) -> tuple[Aggregate, Aggregate | None]:
        lacks_numerator, lacks_denominator = shape.numerator is None, shape.denominator is None
        if (shape.value is None) == lacks_numerator or lacks_numerator != lacks_denominator:
            message = say("A metric must have either value:, or numerator: and denominator:.")
            raise self._fail("P137", at, message, say("Write value: for an amount, the other two for a rate."))
        if shape.value is not None:
            sides = self._parsed(shape.value, (*at, "value"))
            numerator, denominator = sides[0], sides[1] if len(sides) > 1 else None
        else:
            numerator = self._single(shape.numerator or "", (*at, "numerator"))
            denominator = self._single(shape.denominator or "", (*at, "denominator"))
        if denominator is not None and denominator.value is not None and not denominator.distinct:
            divisor = constant(denominator.value)
            if divisor is not None and divisor <= 0:
                message = say("A sum of {value} is never above 0, so that nothing can be divided by it.", value=divisor)
                key = "value" if shape.denominator is None else "denominator"
                raise self._fail("P137", (*at, key), message, say("Divide by a count, or by the sum of a column."))
        if denominator is None and shape.per is not None:
            message = say("per: is for a numerator over a denominator, and this metric has one amount.")
            hint = say("Leave per: out, or write numerator: and denominator:.")
            raise self._fail("P137", (*at, "per"), message, hint)
        return numerator, denominator

    def _single(self, text: str, at: KeyPath) -> Aggregate:
        sides = self._parsed(text, at)
        if len(sides) > 1:
            message = say("A numerator or denominator cannot contain a division.")
            raise self._fail("P138", at, message, say("Write the two sides of one division."))
        return sides[0]

    def _parsed(self, text: str, at: KeyPath) -> list[Aggregate]:
        try:
            return read_aggregates(text, self.records)
        except TermFaultError as fault:
            self.sheet.report(fault.code, at, fault.message, fault.hint, fault.offset)
            raise _FaultError(fault.code) from fault

    def _metric(self, shape: MetricShape, at: KeyPath, numerator: Aggregate, denominator: Aggregate | None) -> Metric:
        indicator = self.plan.indicator(shape.indicator) if shape.indicator else None
        if shape.indicator and indicator is None:
            message = say("The plan has no indicator “{name}”.", name=shape.indicator)
            hint = did_you_mean(self.plan.near_indicators(shape.indicator))
            raise self._fail("P141", (*at, "indicator"), message, hint)
        if indicator is None and not (shape.id and shape.name):
            hint = say("Write indicator: with one of the plan's, or id:, name: and unit: for a new one.")
            raise self._fail("P141", at, say("The indicator of this metric is missing."), hint)
        if indicator is not None and (shape.id or shape.name):
            message = say("indicator: names one of the plan's, which has its own id and name.")
            raise self._fail("P141", (*at, "indicator"), message, say("Leave out id: and name:."))
        name = indicator.id if indicator else str(shape.id)
        self._check_id(name, at, is_new=indicator is None)
        per = shape.per or Per.RATIO
        return Metric(
            id=name,
            name=indicator.name if indicator else str(shape.name),
            unit=self._unit(shape, indicator, per, at),
            numerator=numerator,
            denominator=denominator,
            per=per,
            indicator=indicator,
            missing=shape.missing,
            unreadable=shape.unreadable,
            place=self.sheet.place(at),
        )

    def _check_id(self, name: str, at: KeyPath, *, is_new: bool) -> None:
        """Check that an indicator has one metric, and that a new id is not one of the plan's."""
        place = self.sheet.place(at)
        if (line := self.lines.setdefault(name, place.line or 0)) != place.line:
            message = say("“{name}” has a metric already, in line {line}.", name=name, line=line)
            raise self._fail("P141", at, message, say("Keep one of the two."))
        if is_new and self.plan.indicator(name):
            message = say("“{name}” is one of the plan's indicators.", name=name)
            raise self._fail("P141", (*at, "id"), message, say("Write indicator: in place of id:, name: and unit:."))

    def _unit(self, shape: MetricShape, indicator: Indicator | None, per: Per, at: KeyPath) -> Unit:
        """Return the unit of the result: a per cent, or the given unit, or the indicator's."""
        if per is Per.PERCENT and shape.unit is not None:
            message = say("A metric with per: percent is always in %.")
            raise self._fail("P141", (*at, "unit"), message, say("Leave unit: out."))
        if per is Per.RATIO and shape.unit is None and indicator is None:
            raise self._fail("P141", at, say("“{name}” has no unit.", name=shape.name or ""), say("Add unit:."))
        text = "%" if per is Per.PERCENT else shape.unit or (indicator.unit.name if indicator else "")
        unit = self.plan.units.find(text) or (indicator.unit if indicator and text == indicator.unit.name else None)
        if unit is None:
            message = say("The unit “{unit}” is not known.", unit=text)
            raise self._fail("P141", (*at, "unit"), message, did_you_mean(self.plan.units.like(text)))
        if indicator and unit.dimension != indicator.unit.dimension:
            values = {"unit": text, "name": indicator.name, "own": indicator.unit.name}
            message = say("{unit} does not measure what {name} measures ({own}).", **values)
            hint = say("Write unit: with the unit of the records.")
            raise self._fail("P141", (*at, "unit" if shape.unit else "per"), message, hint)
        return Unit(text, unit.dimension, unit.factor)


def read_metrics(path: Path, plan: Plan, inside: Path | None = None) -> tuple[Metrics | None, Findings]:
    """Read a file of metrics, whose units and regions may be the plan's; see `read_shaped` for `inside`.

    Metrics with a fault are left out; None where nothing could be read.

    Raises:
        UnreadableError: the file does not exist, or cannot be opened.
    """
    guide = say("docs/reference/records.md")
    hint = say("Name a file such as metrics.yaml; docs/reference/records.md describes it.")
    return read_shaped(path, MetricsShape, lambda shape, sheet: build_metrics(shape, sheet, plan), guide, hint, inside)
