"""Regions in the order of one indicator's figures, the best first; equal figures share a place (1, 2, 2, 4)."""

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from czurban.model.target import Direction, Interval


class Ranking(NamedTuple):
    """Places by the region's code. `tied` share theirs with another; `unranked` have no figure, or no way is better."""

    places: Mapping[str, int]
    tied: frozenset[str] = frozenset()
    unranked: tuple[str, ...] = ()


def rank(figures: Mapping[str, Fraction | None], interval: Interval) -> Ranking:
    """Rank exact figures: the highest first where the target is a floor, the lowest where it is a ceiling.

    Args:
        figures: each region's figure, all in one unit; None where there is none that may be used.
        interval: the plan's target, which says which way is better. A range or an exact figure ranks nobody.
    """
    known = {code: value for code, value in figures.items() if value is not None}
    if interval.direction not in (Direction.FLOOR, Direction.CEILING):
        return Ranking({}, unranked=tuple(figures))
    ordered = sorted(known.values(), reverse=interval.direction is Direction.FLOOR)
    first: dict[Fraction, int] = {}
    for place, value in enumerate(ordered, 1):
        first.setdefault(value, place)
    many = Counter(ordered)
    tied = frozenset(code for code, value in known.items() if many[value] > 1)
    places = {code: first[value] for code, value in known.items()}
    return Ranking(places, tied, tuple(code for code in figures if code not in known))
