"""Values into the plan's unit, exactly, and doubts about values that look like another unit."""

from dataclasses import dataclass
from fractions import Fraction

from czurban.model.faults import finding
from czurban.model.finding import Finding
from czurban.model.indicator import Indicator, Kind
from czurban.model.message import Message, say
from czurban.model.observation import Observation, Reading

POWERS = (100, 10**4, 10**8)
_ABOUT = 2
_WHOLE_SHARE = 100


@dataclass(frozen=True, slots=True)
class Converted:
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


def _doubt(one: Observation, indicator: Indicator, actual: Fraction) -> Finding | None:
    if indicator.unit.is_share and indicator.kind is Kind.RATE:
        percent = actual * indicator.unit.factor
        if not 0 <= percent <= _WHOLE_SHARE:
            return _no_share(one)
    reference = _reference(indicator)
    power = size_apart(actual, reference) if reference else None
    if power is None or reference is None:
        return None
    code = "S218" if one.unit_in_cell else "S206"
    return finding(code, one.place, _looks_like(one, indicator, power), _size_hint(one, indicator, code))


def _reference(indicator: Indicator) -> Fraction | None:
    """The figure a value is compared with for its size: the baseline, or the target where none is printed."""
    baseline = indicator.target.baseline
    figure = baseline.value if baseline and baseline.value is not None else indicator.target.interval.bound
    return Fraction(figure) if figure else None


def size_apart(actual: Fraction, reference: Fraction) -> int | None:
    """Return 10², 10⁴ or 10⁸ where one of the two is about so many times the other (within a factor of 2)."""
    if actual == 0 or reference == 0:
        return None
    ratio = abs(actual / reference)
    ratio = max(ratio, 1 / ratio)
    return next((power for power in POWERS if Fraction(power, _ABOUT) <= ratio <= power * _ABOUT), None)


def _incompatible(one: Observation, indicator: Indicator) -> Finding:
    unit = one.unit.name if one.unit else ""
    message = say("“{unit}” does not measure what {plan} measures.", unit=unit, plan=indicator.unit.name)
    return finding("S204", one.place, message, say("Write the value in {plan}.", plan=indicator.unit.name))


def _no_share(one: Observation) -> Finding:
    message = say("{raw} is outside 0 to 100 %, which no share can be.", raw=one.raw)
    return finding("S207", one.place, message, say("Check the figure and its unit."))


def _looks_like(one: Observation, indicator: Indicator, power: int) -> Message:
    unit = (one.unit or indicator.unit).name
    values = {"raw": one.raw, "unit": unit, "power": f"{power:,}"}
    if indicator.unit.is_share and power == POWERS[0]:
        text = say("{raw} read in {unit} is about {power} times off the baseline: it looks like a fraction.").text
    else:
        text = say("{raw} read in {unit} is about {power} times off the baseline: it looks like another unit.").text
    return Message(text, values)


def _size_hint(one: Observation, indicator: Indicator, code: str) -> Message:
    if code == "S218":
        return say("It is used as written; correct the unit if it is not meant.")
    unit = (one.unit or indicator.unit).name
    return say(
        "Write the unit in the value's own cell, such as {raw}{unit}, to say that it is meant.", raw=one.raw, unit=unit
    )
