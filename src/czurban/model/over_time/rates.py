"""Write the rates and leads of a pace, each figure rounded once from its exact value."""

from fractions import Fraction

from czurban.model.finding import Message, mark, say
from czurban.model.indicator import SUMS, Indicator
from czurban.model.over_time.pace import LeadUnit, Pace, TimeUnit
from czurban.model.text import fixed

_RATES = {
    TimeUnit.DAY: (mark("{figure} a day"), mark("at most {figure} a day"), mark("more than {figure} a day")),
    TimeUnit.MONTH: (mark("{figure} a month"), mark("at most {figure} a month"), mark("more than {figure} a month")),
    TimeUnit.YEAR: (mark("{figure} a year"), mark("at most {figure} a year"), mark("more than {figure} a year")),
}
"""A rate, the most that is allowed, and one that has to be passed."""
_TWO_DIGITS, _MOST_PLACES = 10, 12


def tenths(value: Fraction) -> str:
    """Write a value with one decimal, or with more where it would become 0."""
    places = 1
    while value and fixed(value, places) in ("0", "-0") and places < _MOST_PLACES:
        places += 1
    text = fixed(value, places)
    return text if "." in text else f"{text}.0"


def short(value: Fraction) -> str:
    """Write a value with two decimals, or with two digits if it is small."""
    places = 2
    while value and abs(value) * 10**places < _TWO_DIGITS and places < _MOST_PLACES:
        places += 1
    return fixed(value, places)


def rate_in(unit: TimeUnit, figure: str) -> Message:
    """Write a rate: 1.09 a month."""
    return Message(_RATES[unit][0], {"figure": figure})


def needed_in(pace: Pace, figure: str) -> Message:
    """Write the rate that is needed: 1.09 a month; it is the most where it is too high, and more than 0 if it is 0."""
    rate, most, more = _RATES[pace.span.unit]
    if pace.kind in SUMS and pace.too_high:
        return Message(most, {"figure": figure})
    return Message(rate if pace.needed else more, {"figure": figure})


def lead_words(pace: Pace, indicator: Indicator) -> Message | str:
    """Write the size of a lead, in points or in the indicator's unit."""
    lead = abs(pace.lead or Fraction(0))
    if pace.lead_unit is LeadUnit.POINTS:
        return say("{figure} points", figure=tenths(lead))
    return f"{short(lead)}{indicator.unit.name}"
