"""Check that the kind of a target over several years fits its indicator and the plan."""

from typing import NamedTuple

from czurban.model.finding import Message, say
from czurban.model.indicator import SUMS, IndicatorKind
from czurban.model.period import Period
from czurban.model.unit import Unit
from czurban.model.years import Baseline, OverYears
from czurban.reading.plan.target_shapes import IndicatorShape

_NO_LEVELS = frozenset({IndicatorKind.FLOW, IndicatorKind.WORKS, IndicatorKind.GROWTH, IndicatorKind.MILESTONE})
"""Kinds that have no level."""


class YearsFault(NamedTuple):
    """Why a target over several years does not fit, what to do, and the key to change."""

    message: Message
    hint: Message
    key: str = "years"


def trouble_of(  # noqa: PLR0911 - one for each reason
    shape: IndicatorShape, unit: Unit | None, baseline: Baseline | None, period: Period | None
) -> YearsFault | None:
    """Return why a target over several years does not fit; None where it does.

    Args:
        shape: the indicator.
        unit: its unit; None where it is not known.
        baseline: its baseline.
        period: the period of the plan; None where it is not known.
    """
    kind, over = shape.kind, shape.years
    words = {"name": shape.name, "over": over, "kind": kind, "unit": shape.unit}
    if period and not period.has_years:
        message = say(
            "“{name}” has a target over several years, and the plan is of {period}.", name=shape.name, period=period
        )
        hint = say("Leave the key out, or give the plan a period such as 2021-2025.")
        return YearsFault(message, hint, "steps" if over is OverYears.LEVEL else "years")
    if over is OverYears.LEVEL:
        return None
    if over is OverYears.CHANGE and (baseline is None or baseline.value is None):
        message = say("“{name}” is a change from the baseline, and has no baseline as a number.", **words)
        return YearsFault(message, say("Give the baseline as a number, such as baseline: 77.3."))
    if over is OverYears.CHANGE and kind in _NO_LEVELS:
        message = say("“{name}” is of the kind {kind}, which has no level to change.", **words)
        return YearsFault(message, say("Write kind: stock or kind: rate, or another kind of years."))
    if over is OverYears.SUM and kind not in SUMS:
        message = say("“{name}” is of the kind {kind}, whose years are not added up.", **words)
        return YearsFault(message, say("Write kind: flow or kind: works, or another kind of years."))
    if over.compounds and not (kind is IndicatorKind.GROWTH and (unit is None or unit.is_share)):
        message = say("“{name}” is of the kind {kind} in {unit}; only growth in % follows on itself.", **words)
        return YearsFault(message, say('Write kind: growth and unit: "%", or another kind of years.'))
    return None
