"""Read the paths of targets and milestones: what is due at the ends of periods before the deadline."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from czurban.model.finding import say
from czurban.model.observation import Reading
from czurban.model.period import Period, parse_period
from czurban.model.task import StagePoint
from czurban.model.unit import Unit, Units
from czurban.model.years import PathPoint
from czurban.reading.plan.builder import Names, PlanBuilder
from czurban.reading.submission.cell import read_cell
from czurban.reading.yaml.tree import KeyPath

_WHOLE_SHARE = 100


def target_path(
    builder: PlanBuilder, texts: Mapping[str, str], units: Units, unit: Unit, at: KeyPath
) -> tuple[PathPoint, ...]:
    """Read the path of a target, in order of time; report and leave out points that cannot be read.

    20% is a share of the target, or of the way from the baseline to it. In an indicator whose own unit is %, it is a
    value.
    """
    points = []
    for text, period in _periods(builder, "targets", texts, at):
        cell, place = read_cell(texts[text]), builder.place("targets", (*at, text))
        printed = units.find(cell.unit) if cell.unit else unit
        amount = None if cell.reported is not Reading.VALUE or cell.scale else cell.amount
        if amount is not None and cell.unit == "%" and not unit.is_share:
            points.append(PathPoint(period, share=Fraction(amount) / _WHOLE_SHARE, place=place))
        elif amount is not None and printed and printed.dimension == unit.dimension:
            points.append(PathPoint(period, value=Fraction(amount) * printed.factor / unit.factor, place=place))
        else:
            message = say(
                "“{text}” is neither a share such as 45% nor a value in {unit}.", text=texts[text], unit=unit.name
            )
            hint = say("Write how much should be reached at the end of {period}.", period=period)
            builder.report("P106", "targets", (*at, text), message, hint)
    return tuple(sorted(points, key=lambda point: point.period.until))


def stage_path(
    builder: PlanBuilder, texts: Mapping[str, str], stages: Names | None, at: KeyPath
) -> tuple[StagePoint, ...]:
    """Read the stages that are due before the end, in order of time."""
    points = []
    for text, period in _periods(builder, "tasks", texts, at):
        stage, here = texts[text], (*at, text)
        known = builder.resolve(stage, stages, "tasks", here) if stages else stage
        points.append(StagePoint(period, known, builder.place("tasks", here)))
    return tuple(sorted(points, key=lambda point: point.period.until))


def _periods(builder: PlanBuilder, file: str, texts: Mapping[str, str], at: KeyPath) -> Iterator[tuple[str, Period]]:
    """Yield the keys of a path with their periods; report a key that is none."""
    for text in texts:
        if period := parse_period(text):
            yield text, period
        else:
            message = say("“{text}” cannot be read as a period.", text=text)
            hint = say("Write the end of a part of the year, such as 2019Q1, 2019H1, 2019-01..09 or 2019-06.")
            builder.report("P106", file, (*at, text), message, hint)
