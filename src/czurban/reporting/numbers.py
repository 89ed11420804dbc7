"""Exact numbers to text: rounded for display only, half up, and never across a verdict."""

from fractions import Fraction

from czurban.model.digits import exact, fixed
from czurban.model.target import Interval

_PLACES = 4
_MOST = 12
_PERCENT = 100


def figure(value: Fraction) -> str:
    """Spell a number for people: exactly where that is short, else rounded; what is not zero never shows as 0."""
    text = exact(value)
    if "/" not in text and len(text.partition(".")[2]) <= _MOST // 2:
        return text
    places = next((p for p in range(_PLACES, 60) if fixed(value, p) != "0"), 60)
    return fixed(value, places)


def actual(value: Fraction, target: Interval) -> str:
    """Spell a value so that what is shown is on the same side of its target as what is known."""
    text = exact(value)
    if "/" not in text and len(text.partition(".")[2]) <= _MOST:
        return text
    inside = value in target
    places = (p for p in range(_PLACES, 60) if (Fraction(fixed(value, p)) in target) == inside)
    return fixed(value, next(places, 60))


def signed(value: Fraction) -> str:
    """Spell a difference with its sign; zero has none."""
    return f"+{figure(value)}" if value > 0 else figure(value)


def percent(share: Fraction, *, met: bool) -> str:
    """Spell a completion rate with one decimal: short of 100.0 % when missed, never short of it when met."""
    tenths = Fraction(fixed(share * _PERCENT, 1))
    if not met and tenths >= _PERCENT:
        return "99.9%"
    if met and tenths < _PERCENT <= share * _PERCENT:
        return "100.0%"
    text = fixed(tenths, 1)
    return f"{text if '.' in text else text + '.0'}%"
