"""R11: a rate is recomputed from its numerator and denominator, where these measure what it does."""

from fractions import Fraction

import pytest

from czurban.model.indicator import Adding, AddingRule, fits, quotient
from czurban.model.unit import Unit, Units

MADE_UP = (Unit("辆/户", "vehicle per household"), Unit("元/户", "money per household"))


def unit(name: str) -> Unit:
    result = Units(MADE_UP).find(name)
    assert result is not None
    return result


@pytest.mark.parametrize(
    ("rate", "part", "whole", "expected"),
    [
        ("%", "万人", "人", True),
        ("‰", "公顷", "亩", True),
        ("%", "人", "户", False),
        ("平方米/人", "亩", "万人", True),
        ("平方米/人", "亩", "户", False),
        ("平方米/人", "人", "亩", False),
        ("平方米", "公顷", "人", True),
        ("平方米", "公顷", "户", False),
        ("元", "公顷", "人", False),
        ("辆/户", "辆", "户", True),
        ("辆/户", "辆", "人", False),
        ("元/户", "辆", "户", False),
    ],
)
def test_r11_part_and_whole_measure_what_the_rate_does(
    rate: str,
    part: str,
    whole: str,
    expected: bool,  # noqa: FBT001 - a table's column
) -> None:
    assert fits(unit(rate), unit(part), unit(whole)) is expected


@pytest.mark.parametrize(
    ("part", "whole", "rate", "value"),
    [
        (1, 4, "%", "25"),
        (1, 4, "‰", "250"),
        (1, 3, "%", "100/3"),
        (3, 2, "平方米/人", "3/2"),
        (10**7, 10**3, "公顷", "1"),
    ],
)
def test_r11_a_quotient_is_in_the_unit_of_its_rate(part: int, whole: int, rate: str, value: str) -> None:
    assert quotient(Fraction(part), Fraction(whole), unit(rate)) == Fraction(value)


def test_r11_nothing_is_divided_by_zero() -> None:
    with pytest.raises(ZeroDivisionError):
        quotient(Fraction(1), Fraction(0), unit("%"))


def test_r11_nothing_is_declared_unless_the_plan_says_so() -> None:
    assert not Adding(AddingRule.SUM).declared
