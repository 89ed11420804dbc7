"""An exact value as digits for a file that is read again: where these have no end, they stop at no verdict's cost."""

from collections.abc import Iterable
from fractions import Fraction

from czurban.model.digits import exact, fixed
from czurban.model.target import Interval

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
