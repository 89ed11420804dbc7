"""Exact numbers as digits: ended decimals as they are, others as a quotient; rounding is half up, away from zero."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from czurban.model.text import exact, fixed


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("0", "0"),
        ("7", "7"),
        ("-7", "-7"),
        ("120", "120"),
        ("1/2", "0.5"),
        ("-1/2", "-0.5"),
        ("1/8", "0.125"),
        ("1/25", "0.04"),
        ("1/10", "0.1"),
        ("1/1000", "0.001"),
        ("1/40", "0.025"),
        ("1/3", "1/3"),
        ("-2/15", "-2/15"),
        ("20/3", "20/3"),
    ],
)
def test_r1_exact(value: str, text: str) -> None:
    assert exact(Fraction(value)) == text


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        ("0.5", 0, "1"),
        ("-0.5", 0, "-1"),
        ("0.4999", 0, "0"),
        ("-0.4999", 0, "0"),
        ("2.5", 0, "3"),
        ("10", 0, "10"),
        ("10", 2, "10"),
        ("2.675", 2, "2.68"),
        ("2.6749", 2, "2.67"),
        ("0.05", 1, "0.1"),
        ("0.004", 2, "0"),
        ("-0.004", 2, "0"),
        ("0.005", 2, "0.01"),
        ("1.10", 2, "1.1"),
        ("99.995", 2, "100"),
        ("1/3", 4, "0.3333"),
        ("2/3", 4, "0.6667"),
    ],
)
def test_r8_rounding_is_half_up(value: str, places: int, text: str) -> None:
    assert fixed(Fraction(value), places) == text


@given(st.fractions(-1000, 1000, max_denominator=400), st.integers(0, 5))
def test_r8_no_other_number_of_so_many_places_is_nearer(value: Fraction, places: int) -> None:
    assert abs(Fraction(fixed(value, places)) - value) <= Fraction(1, 2 * 10**places)


@given(st.fractions(-1000, 1000, max_denominator=400))
def test_r1_what_is_spelled_exactly_is_the_number(value: Fraction) -> None:
    assert Fraction(exact(value)) == value
