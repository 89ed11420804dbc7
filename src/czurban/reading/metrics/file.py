"""A file of metrics to the model, telling every fault at its line.

`records:` of a file of metrics: what each column holds, and how its numbers are read.

The shape of a file of metrics to the model, its words held against the plan.
"""

import re
from pathlib import Path
from typing import NamedTuple

from pydantic_core import ValidationError

from czurban.errors import UnreadableError, reason
from czurban.model.faults import finding
from czurban.model.finding import Finding, Findings, Message, Place, say
from czurban.model.metric import Aggregate, Digits, Means, Metric, Metrics, Per, RecordColumn, Records
from czurban.model.period import Period, parse_period
from czurban.model.plan import Plan
from czurban.model.text import nearest
from czurban.model.unit import Unit
from czurban.reading.metrics.terms import read_aggregates
from czurban.reading.metrics.words import (
    ColumnShape,
    KeyPath,
    MetricsFile,
    MetricShape,
    MetricsShape,
    RecordsShape,
    TermFaultError,
)
from czurban.reading.sources.opening import decode, read_regular
from czurban.reading.yaml.marked import Marked, read_yaml
from czurban.reading.yaml.shape_faults import translate

MOST_DIGITS = 38
_INTEGER = Digits(18, 0)
_DECIMAL = re.compile(r"decimal\(\s*([1-9]\d?)\s*,\s*(\d{1,2})\s*\)", re.IGNORECASE)
_HALF_UP = "half-up"
_TYPES = say(
    "Write type: integer, or decimal(p,s) with p digits of which s stand behind the point, such as decimal(12,2)."
)


def build_records(shape: RecordsShape, sheet: MetricsFile) -> Records | None:
    """Build the table; None where a column has a fault, since every metric would rest on it."""
    columns = [_column(name, one, sheet) for name, one in shape.columns.items()]
    period = _period(shape, sheet)
    before = len(sheet.findings)
    for means, hint in (
        (Means.REGION, say("Name the region that all records are with whole:, or declare one column of kind region.")),
        (
            Means.PERIOD,
            say("Name the period that all records are of with period:, or declare one column of kind period."),
        ),
    ):
        given = shape.whole if means is Means.REGION else shape.period
        _check_dimension(means, columns, sheet, hint, stated=given is not None)
    if before or len(sheet.findings) > before:
        return None
    return Records(shape.title, tuple(one for one in columns if one), shape.whole or "", period)


def _check_dimension(
    means: Means, columns: list[RecordColumn | None], sheet: MetricsFile, hint: Message, *, stated: bool
) -> None:
    """One column at most says a dimension; no column for a period is needed where `period:` says it for all."""
    held = [one for one in columns if one and one.means is means]
    place = sheet.place(("records", "columns"))
    if len(held) > 1:
        names = " / ".join(one.name for one in held)
        sheet.tell("P142", place, say("{names} are all of kind {kind}.", names=names, kind=str(means)), hint)
    elif means is Means.PERIOD and bool(held) == stated:
        message = (
            say("Both period: and a column say the period.")
            if stated
            else say("Nothing says which period a record is of.")
        )
        sheet.tell("P142", place, message, hint)
    elif means is Means.REGION and not held and not stated:
        sheet.tell("P142", place, say("Nothing says which region a record is of."), hint)


def _period(shape: RecordsShape, sheet: MetricsFile) -> Period | None:
    if shape.period is None:
        return None
    period = parse_period(shape.period)
    if period is None:
        message = say("“{text}” cannot be read as a period.", text=shape.period)
        sheet.tell("P106", sheet.place(("records", "period")), message, say("Write a year such as 2019, or 2019年底."))
    return period


def _column(name: str, shape: ColumnShape, sheet: MetricsFile) -> RecordColumn | None:
    at = ("records", "columns", name)
    for key, means in (("type", Means.NUMBER), ("rounding", Means.NUMBER), ("values", Means.TEXT)):
        if getattr(shape, key) and shape.kind is not means:
            message = say("{key}: is for a column of kind {kind}.", key=key, kind=str(means))
            sheet.tell("P142", sheet.place((*at, key)), message, say("Leave it out, or change kind:."))
            return None
    digits = _digits(shape, at, sheet)
    if shape.rounding not in (None, _HALF_UP):
        message = say("“{text}” is no way of rounding that is known.", text=shape.rounding)
        sheet.tell("P142", sheet.place((*at, "rounding")), message, say("Write rounding: half-up, or leave it out."))
    return RecordColumn(
        name,
        shape.column or name,
        shape.kind,
        digits,
        shape.rounding == _HALF_UP,
        shape.grain,
        tuple(shape.values),
        sheet.place(at),
    )


def _digits(shape: ColumnShape, at: tuple[str, ...], sheet: MetricsFile) -> Digits | None:
    if shape.type is None:
        if shape.rounding:
            sheet.tell(
                "P142", sheet.place((*at, "rounding")), say("Nothing says to how many decimals is rounded."), _TYPES
            )
        return None
    if shape.type.lower() == "integer":
        return _INTEGER
    found = _DECIMAL.fullmatch(shape.type)
    digits = Digits(int(found[1]), int(found[2])) if found else None
    if digits is None or digits.precision > MOST_DIGITS or digits.scale > digits.precision:
        message = say("“{text}” is no type of numbers.", text=shape.type)
        sheet.tell("P142", sheet.place((*at, "type")), message, _TYPES)
        return None
    return digits


def build_metrics(
    file: str, shape: MetricsShape, root: Marked, text: str, plan: Plan
) -> tuple[Metrics | None, Findings]:
    """Build what has sense; a metric with a fault is left out, and so is all where the records have one."""
    sheet = MetricsFile(file, root, text)
    records = build_records(shape.records, sheet)
    if records is None:
        return None, tuple(sheet.findings)
    builder = MetricsBuilder(sheet, records, plan)
    built = [builder.build(n, one) for n, one in enumerate(shape.metrics)]
    return Metrics(records, tuple(one for one in built if one), file), tuple(sheet.findings)


class _FaultError(Exception):
    """A metric that has a fault which is told already."""


class MetricsBuilder:
    """Builds the metrics of one file."""

    def __init__(self, sheet: MetricsFile, records: Records, plan: Plan) -> None:
        self.sheet = sheet
        self.records = records
        self.plan = plan
        self.taken: dict[str, int] = {}

    def build(self, n: int, shape: MetricShape) -> Metric | None:
        """Build one metric; None where it has a fault."""
        at = ("metrics", n)
        try:
            numerator, denominator = self._sides(shape, at)
            return self._metric(shape, at, numerator, denominator)
        except _FaultError:
            return None

    def _fail(self, code: str, at: KeyPath, message: Message, hint: Message | None = None) -> _FaultError:
        self.sheet.tell(code, self.sheet.place(at), message, hint)
        return _FaultError(code)

    def _sides(self, shape: MetricShape, at: KeyPath) -> tuple[Aggregate, Aggregate | None]:
        if (shape.value is None) == (shape.numerator is None) or (shape.numerator is None) != (
            shape.denominator is None
        ):
            message = say("A metric has either value:, or numerator: and denominator:.")
            raise self._fail("P137", at, message, say("Write value: for an amount, the other two for a rate."))
        if shape.value is not None:
            sides = self._parsed(shape.value, (*at, "value"))
            numerator, denominator = sides[0], sides[1] if len(sides) > 1 else None
        else:
            numerator = self._single(shape.numerator or "", (*at, "numerator"))
            denominator = self._single(shape.denominator or "", (*at, "denominator"))
        if denominator is None and shape.per is not None:
            message = say("per: is for a numerator over a denominator, and this metric has one amount.")
            raise self._fail(
                "P137", (*at, "per"), message, say("Leave per: out, or write numerator: and denominator:.")
            )
        return numerator, denominator

    def _single(self, text: str, at: KeyPath) -> Aggregate:
        sides = self._parsed(text, at)
        if len(sides) > 1:
            message = say("A numerator and a denominator are not divided themselves.")
            raise self._fail("P138", at, message, say("Write the two sides of one division."))
        return sides[0]

    def _parsed(self, text: str, at: KeyPath) -> list[Aggregate]:
        try:
            parsed = read_aggregates(text, self.records)
        except TermFaultError as fault:
            place = self.sheet.inside(at, fault.offset)
            self.sheet.tell(fault.code, place, fault.message, fault.hint)
            raise _FaultError(fault.code) from fault
        return [one for one in parsed if one]

    def _metric(self, shape: MetricShape, at: KeyPath, numerator: Aggregate, denominator: Aggregate | None) -> Metric:
        indicator = self.plan.indicator(shape.indicator) if shape.indicator else None
        if shape.indicator and indicator is None:
            near = self.plan.near_indicators(shape.indicator)
            hint = say("Did you mean {names}?", names=" / ".join(near)) if near else None
            message = say("The plan has no indicator “{name}”.", name=shape.indicator)
            raise self._fail("P141", (*at, "indicator"), message, hint)
        if indicator is None and not (shape.id and shape.name):
            hint = say("Write indicator: with one of the plan's, or id:, name: and unit: for one of its own.")
            raise self._fail("P141", at, say("Nothing says which indicator this is."), hint)
        if indicator is not None and (shape.id or shape.name):
            message = say("indicator: names one of the plan's, which has its own id and name.")
            raise self._fail("P141", (*at, "indicator"), message, say("Leave out id: and name:."))
        name = indicator.id if indicator else str(shape.id)
        self._take(name, at, own=indicator is None)
        per = shape.per or Per.RATIO
        return Metric(
            id=name,
            name=indicator.name if indicator else str(shape.name),
            unit=self._unit(shape, per, at),
            numerator=numerator,
            denominator=denominator,
            per=per,
            indicator=indicator,
            missing=shape.missing,
            unreadable=shape.unreadable,
            place=self.sheet.place(at),
        )

    def _take(self, name: str, at: KeyPath, *, own: bool) -> None:
        """An indicator has one metric, and an id that the plan uses is the plan's."""
        place = self.sheet.place(at)
        if (line := self.taken.setdefault(name, place.line or 0)) != place.line:
            message = say("“{name}” has a metric already, in line {line}.", name=name, line=line)
            raise self._fail("P141", at, message, say("Keep one of the two."))
        if own and self.plan.indicator(name):
            message = say("“{name}” is one of the plan's indicators.", name=name)
            raise self._fail("P141", (*at, "id"), message, say("Write indicator: in place of id:, name: and unit:."))

    def _unit(self, shape: MetricShape, per: Per, at: KeyPath) -> Unit:
        """The unit a figure comes out in: a per cent, or the one given, or the indicator's."""
        indicator = self.plan.indicator(shape.indicator) if shape.indicator else None
        if per is Per.PERCENT and shape.unit is not None:
            message = say("A metric per: percent is in %, whatever unit: says.")
            raise self._fail("P141", (*at, "unit"), message, say("Leave unit: out."))
        if per is Per.RATIO and shape.unit is None and indicator is None:
            raise self._fail("P141", at, say("“{name}” has no unit.", name=shape.name or ""), say("Add unit:."))
        text = "%" if per is Per.PERCENT else shape.unit or (indicator.unit.name if indicator else "")
        unit = self.plan.units.find(text) or (indicator.unit if indicator and text == indicator.unit.name else None)
        if unit is None:
            message = say("The unit “{unit}” is not known.", unit=text)
            near = nearest(text, self.plan.units.names())
            hint = say("Did you mean {names}?", names=" / ".join(near)) if near else None
            raise self._fail("P141", (*at, "unit"), message, hint)
        if indicator and unit.dimension != indicator.unit.dimension:
            message = say(
                "{unit} does not measure what {name} measures ({own}).",
                unit=text,
                name=indicator.name,
                own=indicator.unit.name,
            )
            raise self._fail(
                "P141", (*at, "unit" if shape.unit else "per"), message, say("Write unit: as the records have it.")
            )
        return Unit(text, unit.dimension, unit.factor)


_GUIDE = "docs/reference/records.md"


class MetricsDraft(NamedTuple):
    """As much of the metrics as can be read: those with an error are left out; None where nothing is left."""

    metrics: Metrics | None
    findings: Findings


def read_metrics(path: Path, plan: Plan, inside: Path | None = None) -> MetricsDraft:
    """Read a file of metrics for a plan.

    Args:
        path: the file.
        plan: the plan, whose units and regions it may name.
        inside: the folder that it must lie in, where it was found there and not named by the user.

    Raises:
        UnreadableError: the file is not there, or cannot be opened.
    """
    text = _text(path, inside)
    if text is None:
        message = say("The file is not text.")
        return MetricsDraft(None, (finding("P101", Place(str(path)), message, say("Save it as text in UTF-8.")),))
    root, faults = read_yaml(str(path), text)
    if root is None:
        return MetricsDraft(None, faults)
    shape, told = _shape(str(path), root)
    if shape is None:
        return MetricsDraft(None, (*faults, *told))
    metrics, wrong = build_metrics(str(path), shape, root, text, plan)
    return MetricsDraft(metrics, (*faults, *told, *wrong))


def _text(path: Path, inside: Path | None) -> str | None:
    try:
        decoded = decode(read_regular(path, inside))
    except OSError as error:
        message = say("{path} cannot be read: {reason}.", path=str(path), reason=reason(error))
        raise UnreadableError(
            message, say("Name a file such as metrics.yaml; docs/reference/records.md says how it is.")
        ) from error
    return decoded.text if decoded else None


def _shape(file: str, root: Marked) -> tuple[MetricsShape | None, list[Finding]]:
    try:
        return MetricsShape.read(root.plain()), []
    except ValidationError as error:
        return None, list(translate(file, root, MetricsShape, error, _GUIDE))
