"""Write exact numbers as text, rounded half up where needed, but never to the other side of a target."""

from collections.abc import Iterable
from fractions import Fraction

from czurban.model.target import Interval
from czurban.model.text import exact, fixed

_PLACES = 4
_MOST = 12
_PERCENT = 100


def figure(value: Fraction) -> str:
    """Write a number for people: exactly if that is short, else rounded; only zero is shown as 0."""
    text = exact(value)
    if "/" not in text and len(text.partition(".")[2]) <= _MOST // 2:
        return text
    places = next((p for p in range(_PLACES, 60) if fixed(value, p) != "0"), 60)
    return fixed(value, places)


def actual(value: Fraction, target: Interval) -> str:
    """Write a value so that the text is on the same side of the target as the value."""
    text = exact(value)
    if "/" not in text and len(text.partition(".")[2]) <= _MOST:
        return text
    inside = value in target
    places = (p for p in range(_PLACES, 60) if (Fraction(fixed(value, p)) in target) == inside)
    return fixed(value, next(places, 60))


def signed(value: Fraction) -> str:
    """Write a difference with its sign; zero has none."""
    return f"+{figure(value)}" if value > 0 else figure(value)


def percent(share: Fraction, *, met: bool) -> str:
    """Write a completion rate with one decimal: below 100.0 % if the target is missed, never below it if met."""
    tenths = Fraction(fixed(share * _PERCENT, 1))
    if not met and tenths >= _PERCENT:
        return "99.9%"
    if met and tenths < _PERCENT <= share * _PERCENT:
        return "100.0%"
    text = fixed(tenths, 1)
    return f"{text if '.' in text else text + '.0'}%"


DECIMALS = 12
_LANDMARKS = (Fraction(0), Fraction(100))
"""A value below 0 and a share above 100 % are judged differently from 0 and 100 % themselves."""


def written(value: Fraction, target: Interval | None = None, decimals: int = DECIMALS) -> str:
    """Write a value exactly if its decimals end, else rounded half up to `decimals` of them.

    More are written where these would put it on a bound of its target, on 0 or 100, or on their other side.
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
    """Return whether the text is the exact value."""
    return Fraction(text) == value


def _same_sides(value: Fraction, other: Fraction, landmarks: Iterable[Fraction]) -> bool:
    return all((value > mark, value < mark) == (other > mark, other < mark) for mark in landmarks)
