"""Exact numbers to text: rounded for display only, half up, and never across a verdict.

An exact value as digits for a file that is read again: where these have no end, they stop at no verdict's cost.
"""

from collections.abc import Iterable
from fractions import Fraction

from czurban.model.target import Interval
from czurban.model.text import exact, fixed

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


DECIMALS = 12
_LANDMARKS = (Fraction(0), Fraction(100))
"""A value below 0, or a share above 100 %, is judged otherwise than one on it."""


def written(value: Fraction, target: Interval | None = None, decimals: int = DECIMALS) -> str:
    """Spell a value exactly where its decimals end; else round it half up to so many of them.

    More are written where fewer would put it on a bound of its target, on 0 or on 100, or on their other side.
    """
    bounds = (target.low, target.high) if target else ()
    landmarks = [*_LANDMARKS, *(Fraction(bound) for bound in bounds if bound is not None)]
    text = exact(value)
    if "/" not in text:
        return text
    while not _same_sides(value, Fraction(fixed(value, decimals)), landmarks):
        decimals += 1
    return fixed(value, decimals)


def is_exact(value: Fraction, text: str) -> bool:
    """Whether the digits are the value itself."""
    return Fraction(text) == value


def _same_sides(value: Fraction, other: Fraction, landmarks: Iterable[Fraction]) -> bool:
    return all((value > one, value < one) == (other > one, other < one) for one in landmarks)
