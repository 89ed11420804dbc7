"""Interval arithmetic loses no value: whatever the figures stand for, the result holds it."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from czurban.model.target.interval import NOT_NEGATIVE, NumberRange

NUMBERS = st.fractions(-1000, 1000, max_denominator=1000)


@st.composite
def holding(draw: st.DrawFn) -> tuple[NumberRange, Fraction]:
    """A span, perhaps open at an end, and a value in it."""
    value = draw(NUMBERS)
    below, above = draw(st.none() | st.fractions(0, 50)), draw(st.none() | st.fractions(0, 50))
    return NumberRange(None if below is None else value - below, None if above is None else value + above), value


def has(span: NumberRange, value: Fraction) -> bool:
    return (span.low is None or span.low <= value) and (span.high is None or value <= span.high)


@given(holding(), holding())
def test_every_sum_and_product_is_inside(
    one: tuple[NumberRange, Fraction], other: tuple[NumberRange, Fraction]
) -> None:
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
    span = NumberRange.rounded(printed)
    assert has(span, Fraction(printed) + off / 1000)
    assert not has(span, Fraction(printed) + Fraction(6, 10000))


@pytest.mark.parametrize(
    ("one", "other", "meets"),
    [
        (NumberRange(Fraction(1), Fraction(2)), NumberRange(Fraction(2), Fraction(3)), True),
        (NumberRange(Fraction(1), Fraction(2)), NumberRange(Fraction(3), None), False),
        (NumberRange(None, Fraction(2)), NumberRange(Fraction(2), None), True),
        (NumberRange(None, None), NOT_NEGATIVE, True),
    ],
)
def test_meeting(one: NumberRange, other: NumberRange, meets: bool) -> None:  # noqa: FBT001
    assert one.meets(other) is meets
    assert other.meets(one) is meets


def test_nothing_is_divided_by_what_may_be_zero() -> None:
    assert NumberRange(Fraction(1), Fraction(2)) / NumberRange(Fraction(0), Fraction(1)) is None
    assert NumberRange(Fraction(1), Fraction(2)) / NumberRange(Fraction(-1), Fraction(0)) is None
    assert NumberRange(Fraction(1), Fraction(2)) / NumberRange(None, Fraction(1)) is None


def test_a_divisor_below_zero_turns_the_sides_round() -> None:
    assert NumberRange(Fraction(1), Fraction(2)) / NumberRange(Fraction(-4), Fraction(-2)) == NumberRange(
        Fraction(-1), Fraction(-1, 4)
    )
    assert NumberRange.point(Fraction(3)) / NumberRange.point(Fraction(-2)) == NumberRange.point(Fraction(-3, 2))


def span(low: str | None, high: str | None) -> NumberRange:
    return NumberRange(None if low is None else Fraction(low), None if high is None else Fraction(high))


@pytest.mark.parametrize(
    ("one", "other", "added", "taken"),
    [
        (span("1", "2"), span("3", "5"), span("4", "7"), span("-4", "-1")),
        (span("1", "2"), span("-5", "-3"), span("-4", "-1"), span("4", "7")),
        (span(None, "2"), span("3", "5"), span(None, "7"), span(None, "-1")),
        (span("1", None), span("3", "5"), span("4", None), span("-4", None)),
        (span("1", "2"), span(None, "5"), span(None, "7"), span("-4", None)),
        (span("1", "2"), span("3", None), span("4", None), span(None, "-1")),
        (span(None, None), span("3", "5"), span(None, None), span(None, None)),
    ],
)
def test_sums_are_no_wider_than_needed(
    one: NumberRange, other: NumberRange, added: NumberRange, taken: NumberRange
) -> None:
    assert one + other == added
    assert one - other == taken


@pytest.mark.parametrize(
    ("places", "low", "high"), [(None, "1.2", "3"), (0, "0.7", "3.5"), (1, "1.15", "3.05"), (2, "1.195", "3.005")]
)
def test_a_range_is_widened_by_what_rounds_to_its_values(places: int | None, low: str, high: str) -> None:
    assert span("1.2", "3").widened(places) == span(low, high)
    assert span(None, "3").widened(places) == span(None, high)
    assert span("1.2", None).widened(places) == span(low, None)


@pytest.mark.parametrize(
    ("one", "other", "product"),
    [
        (span("1", "2"), span("3", "5"), span("3", "10")),
        (span("-1", "2"), span("3", "5"), span("-5", "10")),
        (span("-2", "-1"), span("3", "5"), span("-10", "-3")),
        (span("-2", "1"), span("-5", "3"), span("-6", "10")),
        (span("0", "0"), span("3", "5"), span("0", "0")),
        (span("2", None), span("3", "5"), span("6", None)),
        (span("2", None), span("3", None), span("6", None)),
        (span("0", None), span("0", "5"), span("0", None)),
        (span("2", "4"), span("0", None), span("0", None)),
        (span("-1", None), span("3", "5"), None),
        (span("2", None), span("-1", "5"), None),
        (span(None, "2"), span("3", "5"), None),
        (span("3", "5"), span(None, "2"), None),
    ],
)
def test_products_are_no_wider_than_needed(one: NumberRange, other: NumberRange, product: NumberRange | None) -> None:
    assert one * other == product


@pytest.mark.parametrize(
    ("one", "other", "quotient"),
    [
        (span("2", "4"), span("1", "2"), span("1", "4")),
        (span("2", "4"), span("1", None), span("0", "4")),
        (span("2", "4"), span("1/4", "1/2"), span("4", "16")),
        (span("2", None), span("1", "2"), span("1", None)),
        (span("2", "4"), span("-2", "-1"), span("-4", "-1")),
        (span("-4", "-2"), span("-2", "-1"), span("1", "4")),
        (span("2", "4"), span(None, "-1"), span("-4", "0")),
        (span("2", "4"), span("-1", "0"), None),
        (span("2", "4"), span("0", "1"), None),
        (span("2", "4"), span("-1", "1"), None),
        (span("2", "4"), span(None, None), None),
        (span("2", "4"), span(None, "1"), None),
    ],
)
def test_quotients_are_no_wider_than_needed(one: NumberRange, other: NumberRange, quotient: NumberRange | None) -> None:
    assert one / other == quotient


@pytest.mark.parametrize(
    ("printed", "low", "high"),
    [
        ("6.03", "6.025", "6.035"),
        ("6.0", "5.95", "6.05"),
        ("6", "5.5", "6.5"),
        ("600", "599.5", "600.5"),
        ("6E+2", "599.5", "600.5"),
        ("-6.3", "-6.35", "-6.25"),
        ("0", "-0.5", "0.5"),
    ],
)
def test_what_rounds_to_a_printed_figure(printed: str, low: str, high: str) -> None:
    assert NumberRange.rounded(Decimal(printed)) == span(low, high)
    assert NumberRange.point(Decimal(printed)) == NumberRange.point(Fraction(printed))


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        (span("1", "3"), span("2", "5"), span("2", "3")),
        (span(None, "3"), span("2", None), span("2", "3")),
        (span(None, None), span("2", "5"), span("2", "5")),
        (span(None, "3"), span(None, "5"), span(None, "3")),
        (span("1", None), span("2", None), span("2", None)),
    ],
)
def test_what_is_in_both(one: NumberRange, other: NumberRange, both: NumberRange) -> None:
    assert one.within(other) == other.within(one) == both


def test_times() -> None:
    assert span("1", "2").times(Fraction(3)) == span("3", "6")
    assert span(None, "2").times(Fraction(3)) == span(None, "6")
    assert span("1", None).times(Fraction(3)) == span("3", None)
    assert span("0", None) == NOT_NEGATIVE


@given(NUMBERS, NUMBERS)
def test_points_stay_points(x: Fraction, y: Fraction) -> None:
    a, b = NumberRange.point(x), NumberRange.point(y)
    assert (a + b, a - b, a * b) == tuple(map(NumberRange.point, (x + y, x - y, x * y)))
    assert a / b == (NumberRange.point(x / y) if y else None)
