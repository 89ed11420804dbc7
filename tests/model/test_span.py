"""Interval arithmetic loses no value: whatever the figures stand for, the result holds it."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from czurban.model.span import NOT_NEGATIVE, Span

NUMBERS = st.fractions(-1000, 1000, max_denominator=1000)


@st.composite
def holding(draw: st.DrawFn) -> tuple[Span, Fraction]:
    """A span, perhaps open at an end, and a value in it."""
    value = draw(NUMBERS)
    below, above = draw(st.none() | st.fractions(0, 50)), draw(st.none() | st.fractions(0, 50))
    return Span(None if below is None else value - below, None if above is None else value + above), value


def has(span: Span, value: Fraction) -> bool:
    return (span.low is None or span.low <= value) and (span.high is None or value <= span.high)


@given(holding(), holding())
def test_every_sum_and_product_is_inside(one: tuple[Span, Fraction], other: tuple[Span, Fraction]) -> None:
    (a, x), (b, y) = one, other
    assert has(a + b, x + y)
    assert has(a - b, x - y)
    assert has(a.times(Fraction(3)), 3 * x)
    if (product := a * b) is not None:
        assert has(product, x * y)
    if y and (quotient := a / b) is not None:
        assert has(quotient, x / y)
    if a.meets(b) and x == y:
        assert has(a.within(b), x)


@given(st.decimals(-1000, 1000, allow_nan=False, places=3), st.fractions(Fraction(-1, 2), Fraction(1, 2)))
def test_a_printed_figure_stands_for_all_that_rounds_to_it(printed: Decimal, off: Fraction) -> None:
    span = Span.rounded(printed)
    assert has(span, Fraction(printed) + off / 1000)
    assert not has(span, Fraction(printed) + Fraction(6, 10000))


@pytest.mark.parametrize(
    ("one", "other", "meets"),
    [
        (Span(Fraction(1), Fraction(2)), Span(Fraction(2), Fraction(3)), True),
        (Span(Fraction(1), Fraction(2)), Span(Fraction(3), None), False),
        (Span(None, Fraction(2)), Span(Fraction(2), None), True),
        (Span(None, None), NOT_NEGATIVE, True),
    ],
)
def test_meeting(one: Span, other: Span, meets: bool) -> None:  # noqa: FBT001
    assert one.meets(other) is meets
    assert other.meets(one) is meets


def test_nothing_is_divided_by_what_may_be_zero() -> None:
    assert Span(Fraction(1), Fraction(2)) / Span(Fraction(0), Fraction(1)) is None
    assert Span(Fraction(1), Fraction(2)) / Span(Fraction(-1), Fraction(0)) is None
    assert Span(Fraction(1), Fraction(2)) / Span(None, Fraction(1)) is None


def test_a_divisor_below_zero_turns_the_sides_round() -> None:
    assert Span(Fraction(1), Fraction(2)) / Span(Fraction(-4), Fraction(-2)) == Span(Fraction(-1), Fraction(-1, 4))
    assert Span.point(Fraction(3)) / Span.point(Fraction(-2)) == Span.point(Fraction(-3, 2))
