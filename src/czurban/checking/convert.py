"""Values into the plan's unit, exactly, and doubts about values that look like another unit."""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from czurban.checking.size import Odd, odd_size, turning_points
from czurban.model.digits import exact
from czurban.model.faults import finding
from czurban.model.finding import Finding
from czurban.model.indicator import Impossible, Indicator
from czurban.model.message import Message, say
from czurban.model.observation import Observation, Reading

_WHOLE_SHARE = 100


class Converted(NamedTuple):
    """An observation and its value in the indicator's unit; None where it cannot be known."""

    observation: Observation
    actual: Fraction | None


def convert(one: Observation, indicator: Indicator) -> tuple[Converted, Finding | None]:
    """Convert one observation. Nothing is corrected: what cannot be right, or has no sure unit, becomes unreadable."""
    if one.reported is not Reading.VALUE or one.amount is None:
        return Converted(one, None), None
    unit = one.unit or indicator.unit
    if unit.dimension != indicator.unit.dimension:
        return Converted(one, None), _incompatible(one, indicator)
    actual = unit.convert(one.amount, indicator.unit)
    if doubt := _doubt(one, indicator, actual):
        return Converted(one, actual if doubt.code == "S218" else None), doubt
    return Converted(one, actual), None


def doubtful(actual: Fraction, indicator: Indicator) -> bool:
    """Whether a value in the indicator's unit is doubted, whatever becomes of it then."""
    return indicator.impossible(actual) is not None or odd_size(actual, indicator) is not None


def doubt_points(indicator: Indicator) -> Sequence[Fraction]:
    """The values above zero at which the answer of `doubtful` may change; zero and their negatives are others."""
    points = set(turning_points(indicator))
    return sorted(points | ({_WHOLE_SHARE / indicator.unit.factor} if indicator.unit.is_share else set()))


def _doubt(one: Observation, indicator: Indicator, actual: Fraction) -> Finding | None:
    if why := indicator.impossible(actual):
        return _no_share(one) if why is Impossible.SHARE else _negative(one)
    odd = odd_size(actual, indicator)
    if odd is None:
        return None
    code = "S218" if one.unit_in_cell else "S206"
    return finding(code, one.place, _looks_like(one, indicator, odd), _size_hint(one, indicator, odd, code))


def _incompatible(one: Observation, indicator: Indicator) -> Finding:
    unit = one.unit.name if one.unit else ""
    message = say("“{unit}” does not measure what {plan} measures.", unit=unit, plan=indicator.unit.name)
    return finding("S204", one.place, message, say("Write the value in {plan}.", plan=indicator.unit.name))


def _no_share(one: Observation) -> Finding:
    message = say("{raw} is outside 0 to 100 %, which no share can be.", raw=one.raw)
    return finding("S207", one.place, message, say("Check the figure and its unit."))


def _negative(one: Observation) -> Finding:
    message = say("{raw} is below zero, which no such quantity can be.", raw=one.raw)
    return finding("S229", one.place, message, say("Check the sign; write — for not reported."))


def _looks_like(one: Observation, indicator: Indicator, odd: Odd) -> Message:
    unit = (one.unit or indicator.unit).name
    values = {"raw": one.raw, "unit": unit, "times": f"{odd.times:,}", "other": odd.unit}
    if odd.fraction:
        text = say("{raw} in {unit} is about {times} times off baseline and target: it looks like a fraction.").text
    elif odd.unit:
        text = say("{raw} in {unit} is about {times} times off baseline and target: it looks like {other}.").text
    else:
        text = say("{raw} in {unit} is about {times} times off baseline and target.").text
    return Message(text, values)


def _size_hint(one: Observation, indicator: Indicator, odd: Odd, code: str) -> Message:
    if code == "S218":
        return say("It is used as written; correct the unit if it is not meant.")
    values = {"raw": one.raw, "unit": (one.unit or indicator.unit).name, "plan": indicator.unit.name}
    if odd.fraction and one.amount is not None:
        percent = exact(Fraction(one.amount) * _WHOLE_SHARE)
        text = say("If it is a fraction write {percent}%; if it is meant as it stands, write {raw}{unit}.").text
        return Message(text, {**values, "percent": percent})
    if odd.unit:
        text = say(
            "Write the unit in the value's cell: {raw}{other} if it is that, {raw}{unit} if it is meant as it stands."
        ).text
        return Message(text, {**values, "other": odd.unit})
    return Message(
        say("Check the figure; write it as {raw}{unit}, with the unit in the cell, if it is meant as it stands.").text,
        values,
    )
