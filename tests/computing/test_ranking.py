"""Regions are ranked by exact figures, the better way first; equal figures share a place."""

from decimal import Decimal
from fractions import Fraction

import pytest

from czurban.computing.regions.comparison import rank
from czurban.model.target import Interval

FLOOR, CEILING = Interval(low=Decimal(1)), Interval(high=Decimal(1))


@pytest.mark.parametrize(
    ("figures", "interval", "places"),
    [
        ({"a": 4, "b": 3, "c": 3, "d": 1}, FLOOR, {"a": 1, "b": 2, "c": 2, "d": 4}),
        ({"a": 4, "b": 3, "c": 3, "d": 1}, CEILING, {"d": 1, "b": 2, "c": 2, "a": 4}),
        ({"a": 5, "b": 5, "c": 5}, FLOOR, {"a": 1, "b": 1, "c": 1}),
        ({"a": 5, "b": None}, FLOOR, {"a": 1}),
        ({}, FLOOR, {}),
        ({"a": 5, "b": 6}, Interval(Decimal(1), Decimal(9)), {}),
        ({"a": 5, "b": 6}, Interval(Decimal(5), Decimal(5)), {}),
    ],
)
def test_places(figures: dict[str, int | None], interval: Interval, places: dict[str, int]) -> None:
    result = rank({code: None if one is None else Fraction(one) for code, one in figures.items()}, interval)
    assert result.places == places
    assert set(result.unranked) == set(figures) - set(places)
    assert result.tied == {code for code, place in places.items() if list(places.values()).count(place) > 1}


def test_a_tie_is_exact() -> None:
    result = rank({"a": Fraction(1, 3), "b": Fraction("0.3333333333333333")}, FLOOR)
    assert (result.places, result.tied) == ({"a": 1, "b": 2}, frozenset())
