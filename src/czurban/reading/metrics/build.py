"""The shape of a file of metrics to the model, its words held against the plan."""

from czurban.model.finding import Findings
from czurban.model.message import Message, say
from czurban.model.metric import Aggregate, Metric, Metrics, Per, Records
from czurban.model.plan import Plan
from czurban.model.text import nearest
from czurban.model.unit import Unit
from czurban.reading.marked_yaml import Marked
from czurban.reading.metrics.columns import build_records
from czurban.reading.metrics.shapes import MetricShape, MetricsShape
from czurban.reading.metrics.sheet import Path, Sheet
from czurban.reading.metrics.terms import read_aggregates
from czurban.reading.metrics.words import TermFaultError


def build_metrics(
    file: str, shape: MetricsShape, root: Marked, text: str, plan: Plan
) -> tuple[Metrics | None, Findings]:
    """Build what has sense; a metric with a fault is left out, and so is all where the records have one."""
    sheet = Sheet(file, root, text)
    records = build_records(shape.records, sheet)
    if records is None:
        return None, tuple(sheet.findings)
    builder = Builder(sheet, records, plan)
    built = [builder.build(n, one) for n, one in enumerate(shape.metrics)]
    return Metrics(records, tuple(one for one in built if one), file), tuple(sheet.findings)


class _FaultError(Exception):
    """A metric that has a fault which is told already."""


class Builder:
    """Builds the metrics of one file."""

    def __init__(self, sheet: Sheet, records: Records, plan: Plan) -> None:
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

    def _fail(self, code: str, at: Path, message: Message, hint: Message | None = None) -> _FaultError:
        self.sheet.tell(code, self.sheet.place(at), message, hint)
        return _FaultError(code)

    def _sides(self, shape: MetricShape, at: Path) -> tuple[Aggregate, Aggregate | None]:
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

    def _single(self, text: str, at: Path) -> Aggregate:
        sides = self._parsed(text, at)
        if len(sides) > 1:
            message = say("A numerator and a denominator are not divided themselves.")
            raise self._fail("P138", at, message, say("Write the two sides of one division."))
        return sides[0]

    def _parsed(self, text: str, at: Path) -> list[Aggregate]:
        try:
            parsed = read_aggregates(text, self.records)
        except TermFaultError as fault:
            place = self.sheet.inside(at, fault.offset)
            self.sheet.tell(fault.code, place, fault.message, fault.hint)
            raise _FaultError(fault.code) from fault
        return [one for one in parsed if one]

    def _metric(self, shape: MetricShape, at: Path, numerator: Aggregate, denominator: Aggregate | None) -> Metric:
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

    def _take(self, name: str, at: Path, *, own: bool) -> None:
        """An indicator has one metric, and an id that the plan uses is the plan's."""
        place = self.sheet.place(at)
        if (line := self.taken.setdefault(name, place.line or 0)) != place.line:
            message = say("“{name}” has a metric already, in line {line}.", name=name, line=line)
            raise self._fail("P141", at, message, say("Keep one of the two."))
        if own and self.plan.indicator(name):
            message = say("“{name}” is one of the plan's indicators.", name=name)
            raise self._fail("P141", (*at, "id"), message, say("Write indicator: in place of id:, name: and unit:."))

    def _unit(self, shape: MetricShape, per: Per, at: Path) -> Unit:
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
