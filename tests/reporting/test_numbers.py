from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from czurban.model.target import Interval
from czurban.model.text import exact, fixed
from czurban.reporting.tables import actual, figure, percent, signed

SHARES = st.fractions(min_value=0, max_value=3)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(41), "41"),
        (Fraction(837466, 10000), "83.7466"),
        (Fraction(1, 3), "1/3"),
        (Fraction(-1, 4), "-0.25"),
        (Fraction(100), "100"),
        (Fraction(0), "0"),
    ],
)
def test_r1_exact(value: Fraction, text: str) -> None:
    assert exact(value) == text


@given(st.fractions())
def test_r1_exact_reads_back(value: Fraction) -> None:
    assert Fraction(exact(value)) == value


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        ("0.25", 1, "0.3"),
        ("0.35", 1, "0.4"),
        ("-0.25", 1, "-0.3"),
        ("2.5", 0, "3"),
        ("-0.04", 1, "0"),
        ("99.95", 1, "100"),
    ],
)
def test_r8_half_goes_up(value: str, places: int, text: str) -> None:
    assert fixed(Fraction(value), places) == text


@given(SHARES)
def test_r8_percent_never_crosses_the_verdict(share: Fraction) -> None:
    shown = Fraction(percent(share, met=share >= 1).removesuffix("%"))
    assert (shown >= 100) == (share >= 1)


def test_r8_percent_at_the_edge() -> None:
    assert percent(Fraction(99999, 100000), met=False) == "99.9%"
    assert percent(Fraction(1), met=True) == "100.0%"
    assert percent(Fraction(1, 3), met=False) == "33.3%"


@given(st.fractions(min_value=-(10**6), max_value=10**6), st.decimals(-1000, 1000, places=2))
def test_r8_an_actual_is_shown_on_its_side_of_the_target(value: Fraction, bound: Decimal) -> None:
    target = Interval(low=bound)
    assert (Fraction(actual(value, target)) in target) == (value in target)


def test_r8_a_difference_that_is_not_zero_never_shows_as_zero() -> None:
    assert figure(Fraction(1, 3 * 10**8)) not in ("0", "-0")
    assert signed(Fraction(1, 2)) == "+0.5"
    assert signed(Fraction(-1, 2)) == "-0.5"
    assert signed(Fraction(0)) == "0"
