"""The working of a formula has the brackets that it needs, and its result is never shown on the wrong side."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from czurban.model.formulas.derived import Derived, equals, result_text, shown, working_text
from czurban.model.formulas.formula import Expression, Formula, Number, Operation, Share, SumOf, Term
from czurban.model.indicator import Indicator, IndicatorKind
from czurban.model.period import Period
from czurban.model.target import Interval, Target
from czurban.model.unit import Unit

A, B, C = Term("a"), Term("b"), Term("c")


def plus(left: Expression, right: Expression) -> Expression:
    return Operation("+", left, right)


def times(left: Expression, right: Expression) -> Expression:
    return Operation("×", left, right)


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        (A, "a"),
        (Number(Fraction(1, 4)), "0.25"),
        (Number(Fraction(1, 3)), "1/3"),
        (plus(A, plus(B, C)), "a + b + c"),
        (plus(plus(A, B), C), "a + b + c"),
        (Operation("−", A, plus(B, C)), "a − (b + c)"),
        (Operation("−", plus(A, B), C), "a + b − c"),
        (plus(A, Operation("−", B, C)), "a + b − c"),
        (times(A, plus(B, C)), "a × (b + c)"),
        (times(Operation("−", A, B), C), "(a − b) × c"),
        (plus(A, times(B, C)), "a + b × c"),
        (Operation("−", A, times(B, C)), "a − b × c"),
        (times(A, times(B, C)), "a × (b × c)"),
        (Operation("÷", times(A, B), C), "a × b ÷ c"),
        (Operation("÷", A, Operation("÷", B, C)), "a ÷ (b ÷ c)"),
        (Share(A, plus(B, C)), "a ÷ (b + c)"),
        (SumOf((A, SumOf((B, C)), times(B, C))), "a + b + c + b × c"),
        (Operation("÷", SumOf((A, B)), C), "(a + b) ÷ c"),
    ],
)
def test_a_working_has_the_brackets_that_it_needs(expression: Expression, text: str) -> None:
    assert working_text(expression, lambda term: term.indicator) == text


PEOPLE = Indicator(
    id="x",
    name="甲",
    unit=Unit("万人", "person", Fraction(10**4)),
    kind=IndicatorKind.STOCK,
    target=Target(Interval(low=Decimal(1)), Period(2019)),
    leads=(),
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction("2"), "2"),
        (Fraction("0.123456"), "0.123456"),
        (Fraction("0.1234567"), "0.12"),
        (Fraction(4, 3), "1.33"),
        (Fraction(1, 3000), "0.0003"),  # it is not shown as 0
        (1 - Fraction(1, 3000), "0.9997"),  # it is not shown as 1, which would be met
        (1 + Fraction(1, 3 * 10**7), "1"),
        (1 - Fraction(1, 3 * 10**58), f"0.{'9' * 58}7"),
        (1 - Fraction(1, 3 * 10**60), "1"),  # with no more than 60 decimals
        (1 - Fraction(1, 3 * 10**70), "1"),
    ],
)
def test_a_value_is_shown_on_its_side_of_the_target(value: Fraction, text: str) -> None:
    assert shown(value, PEOPLE) == text


def test_the_sign_says_whether_a_result_is_rounded() -> None:
    assert result_text(Fraction("6.03"), 0, PEOPLE) == "= 6.03万人"
    assert result_text(Fraction("6.034"), 0, PEOPLE) == "≈ 6.03万人"
    assert result_text(Fraction("6.034"), 1, PEOPLE) == "= 6.034万人"
    assert (equals("0.5", Fraction(1, 2)), equals("0.3", Fraction(1, 3))) == ("=", "≈")


def test_a_working_has_its_result_if_there_is_one() -> None:
    bare = Derived(formula=Formula("x", A, "a"), indicator=PEOPLE, period=Period(2019), inputs=(), working="a")
    assert (bare.sum, bare.approximate, bare.partial, bare.usable) == ("a", False, False, False)
    assert replace(bare, shown="2").sum == replace(bare, exact=Fraction(2)).sum == "a"
    assert replace(bare, shown="2", exact=Fraction(2)).sum == "a = 2万人"
    assert replace(bare, shown="约2", exact=Fraction(2)).sum == "a = 约2万人"
    assert replace(bare, shown="0.3", exact=Fraction(1, 3)).sum == "a ≈ 0.3万人"
    rounding = bare.formula._replace(rounding=1)
    assert replace(bare, formula=rounding, shown="0.3", exact=Fraction(1, 3)).sum == "a = 0.3万人"
    assert replace(bare, value=Fraction(2)).usable
    assert not replace(bare, value=Fraction(2), partial=True).usable
