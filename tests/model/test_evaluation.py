"""R3, R11: an expression carries its units along, and what adds or compares different things comes to nothing."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

import pytest

from czurban.model.formulas.formula import (
    Expression,
    Failure,
    Formula,
    FormulaOutcome,
    Measures,
    Number,
    Operation,
    Share,
    SumOf,
    Term,
    addends,
    evaluate,
)
from czurban.model.indicator import Indicator, IndicatorKind
from czurban.model.period import Period
from czurban.model.target import Interval, Target
from czurban.model.target.interval import NumberRange
from czurban.model.unit import Unit, Units, powers_of

A, B, C = Term("people"), Term("land"), Term("houses")
ODD = Unit("次/月", "次/月")
UNITS = Units([ODD])


def indicator(name: str, unit: str, *names: str) -> Indicator:
    of = UNITS.find(unit)
    assert of is not None
    target = Target(Interval(low=Decimal(1)), Period(2019))
    first, *others = names or (name,)
    return Indicator(
        id=name, name=first, aliases=tuple(others), unit=of, kind=IndicatorKind.STOCK, target=target, leads=()
    )


PLAN = {
    item.id: item
    for item in (
        indicator("people", "万人"),
        indicator("land", "平方千米"),
        indicator("houses", "套"),
        indicator("share", "%"),
        indicator("mille", "‰"),
        indicator("points", "百分点"),
        indicator("per_head_land", "平方米/人"),
        indicator("density", "人/平方千米"),
        indicator("odd", "次/月"),
    )
}
MEASURES = Measures(PLAN)


def point(value: float | str) -> NumberRange:
    return NumberRange.point(Fraction(value))


def look(figures: Mapping[str, str]) -> object:
    return lambda term: point(figures[term.indicator]) if term.indicator in figures else None


@pytest.mark.parametrize(
    ("expression", "powers"),
    [
        (A, {"person": 1}),
        (Term("share"), {}),
        (Term("points"), {}),
        (Term("per_head_land"), {"area": 1, "person": -1}),
        (Term("density"), {"area": -1, "person": 1}),
        (Term("odd"), {"次/月": 1}),
        (Number(Fraction(3)), {}),
        (Operation("×", A, A), {"person": 2}),
        (Operation("÷", A, A), {}),
        (Operation("÷", B, A), {"area": 1, "person": -1}),
        (Operation("×", A, Number(Fraction(3))), {"person": 1}),
        (Operation("÷", Number(Fraction(3)), A), {"person": -1}),
        (Operation("+", A, A), {"person": 1}),
        (Operation("−", A, A), {"person": 1}),
        (Operation("+", A, B), None),
        (Operation("×", Operation("+", A, B), A), None),
        (Operation("÷", A, Operation("+", A, B)), None),
        (Share(A, A), {}),
        (Share(A, B), None),
        (SumOf((A, A, A)), {"person": 1}),
        (SumOf((A, A, B)), None),
        (SumOf((A,)), {"person": 1}),
    ],
)
def test_r3_what_an_expression_measures(expression: Expression, powers: dict[str, int] | None) -> None:
    assert MEASURES.powers(expression) == powers


@pytest.mark.parametrize(
    ("names", "unit", "fits"),
    [
        *(
            ((name,), "平方米", True)
            for name in ("人均甲", "每人甲", "城镇人均甲", "land per capita", "land per head", "per person land")
        ),
        (("甲", "人均甲"), "平方米", True),
        (("甲", "乙"), "平方米", False),
        (("户均甲",), "平方米", False),
        (("亩均甲",), "平方米", False),
        (("人均甲",), "平方米/人", True),
        (("人均甲",), "平方千米", True),
        (("人均甲",), "万人", False),
        (("人均甲",), "套", False),
        (("甲",), "平方米/人", True),
    ],
)
def test_r3_a_name_that_says_per_head_stands_for_the_unit(
    names: tuple[str, ...],
    unit: str,
    fits: bool,  # noqa: FBT001 - a table's column
) -> None:
    assert MEASURES.fits(Operation("÷", B, A), indicator("x", unit, *names)) is fits


@pytest.mark.parametrize("name", ["land_per_capita", "land_per_head", "land_per_person"])
def test_r3_an_id_may_say_so_too(name: str) -> None:
    assert MEASURES.fits(Operation("÷", B, A), indicator(name, "平方米", "甲"))


def test_r3_per_head_divides_by_heads_alone() -> None:
    assert MEASURES.fits(Operation("÷", B, Operation("×", A, A)), indicator("x", "平方米", "人均甲")) is False
    assert MEASURES.fits(B, indicator("x", "平方米", "人均甲")) is True  # as far as units go
    assert MEASURES.fits(Operation("÷", A, A), indicator("x", "人", "人均人数")) is True


@pytest.mark.parametrize(
    ("unit", "base", "own"),
    [
        ("万人", "10000", "1"),
        ("平方千米", "1000000", "1"),
        ("%", "1/100", "1"),
        ("‰", "1/1000", "1"),
        ("百分点", "1/100", "1"),
        ("平方米/人", "1", "1"),
        ("人/平方千米", "1/1000000", "1"),
        ("次/月", "1", "1"),
    ],
)
def test_r3_into_base_units_and_back(unit: str, base: str, own: str) -> None:
    result = indicator("x", unit)
    assert MEASURES.base(point(1), result.unit) == point(base)
    assert MEASURES.own(point(base), result) == point(own)


@pytest.mark.parametrize(
    ("unit", "base"), [("万元/万人", "1"), ("元/万人", "1/10000"), ("万人·公里", "10000000"), ("元/人·年", "1")]
)
def test_r3_a_quotient_or_product_of_units_is_in_base_units(unit: str, base: str) -> None:
    assert MEASURES.base(point(1), indicator("x", unit).unit) == point(base)


def test_r3_a_dimension_is_taken_apart() -> None:
    assert powers_of("person · length per money per year") == {"person": 1, "length": 1, "money": -1, "year": -1}
    assert powers_of("person per person") == {}


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        (Operation("+", A, C), "8"),
        (Operation("−", A, C), "4"),
        (Operation("×", A, C), "12"),
        (Operation("÷", A, C), "3"),
        (Share(C, A), "1/3"),
        (SumOf((A, C, Number(Fraction(1, 2)))), "17/2"),
        (Number(Fraction(7)), "7"),
        (Operation("−", Operation("÷", A, C), Operation("÷", C, A)), "8/3"),
    ],
)
def test_r1_what_an_expression_comes_to_is_exact(expression: Expression, value: str) -> None:
    assert evaluate(expression, look({"people": "6", "houses": "2"})) == point(value)


@pytest.mark.parametrize(
    ("expression", "trouble"),
    [
        (B, Failure.MISSING),
        (Operation("+", A, B), Failure.MISSING),
        (Operation("+", B, A), Failure.MISSING),
        (SumOf((A, B, A)), Failure.MISSING),
        (Share(A, B), Failure.MISSING),
        (Operation("÷", A, Operation("−", A, A)), Failure.ZERO),
        (Operation("+", A, Operation("÷", A, Number(Fraction(0)))), Failure.ZERO),
        (Share(A, Number(Fraction(0))), Failure.ZERO),
    ],
)
def test_why_an_expression_comes_to_nothing(expression: Expression, trouble: Failure) -> None:
    assert evaluate(expression, look({"people": "6", "houses": "2"})) is trouble


@pytest.mark.parametrize(
    ("left", "right", "is_long"),
    [
        (Fraction(2**2047), Fraction(1), False),  # 2048 bits
        (Fraction(2**2047), Fraction(2), True),
        (Fraction(1, 2**2047), Fraction(1), False),
        (Fraction(1, 2**2047), Fraction(1, 2), True),
        (Fraction(-(2**2048)), Fraction(1), True),
    ],
)
def test_figures_of_too_many_digits_are_given_up(left: Fraction, right: Fraction, is_long: bool) -> None:  # noqa: FBT001
    result = evaluate(Operation("×", Number(left), Number(right)), look({}))
    assert (result is Failure.LONG) is is_long


def test_a_figure_without_an_end_is_not_long() -> None:
    wide = NumberRange(Fraction(0), None)
    assert evaluate(Operation("+", A, A), lambda _: wide) == wide


@pytest.mark.parametrize(("low", "high"), [(0, 2**2048), (-(2**2048), 0)])
def test_a_range_is_too_long_at_either_end(low: int, high: int) -> None:
    wide = NumberRange(Fraction(low), Fraction(high))
    assert evaluate(Operation("+", A, Number(Fraction(0))), lambda _: wide) is Failure.LONG


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (A, (A,)),
        (Operation("+", A, Operation("+", B, C)), (A, B, C)),
        (SumOf((A, Operation("+", B, C))), (A, B, C)),
        (Operation("−", A, B), (Operation("−", A, B),)),
        (SumOf((A, Operation("×", B, C))), (A, Operation("×", B, C))),
    ],
)
def test_the_addends_of_a_sum(expression: Expression, expected: tuple[Expression, ...]) -> None:
    assert addends(expression) == expected


def test_the_names_of_an_equation_are_those_of_both_sides() -> None:
    formula = Formula("share", Share(A, Operation("+", A, C)), "share(people, people + houses)")
    assert formula.names == {"share", "people", "houses"}
    assert formula.terms() == (A, C)


def test_r3_a_formula_that_measures_something_else_is_not_worked_out() -> None:
    figures = look({"people": "60000", "land": "2000000"})
    assert MEASURES.work_out(Operation("+", A, B), PLAN["people"], figures) is Failure.MIXED
    assert MEASURES.work_out(A, PLAN["land"], figures) is Failure.MIXED
    assert MEASURES.work_out(Operation("+", A, A), PLAN["people"], figures) == point(12)
    assert MEASURES.work_out(Operation("÷", B, A), PLAN["per_head_land"], figures) == point("100/3")
    assert MEASURES.work_out(Share(A, Operation("+", A, A)), PLAN["share"], figures) == point(50)
    assert MEASURES.work_out(Share(A, Operation("+", A, A)), PLAN["mille"], figures) == point(500)
    assert MEASURES.work_out(C, PLAN["houses"], figures) is Failure.MISSING


def test_both_sides_of_a_formula_are_in_the_indicators_unit() -> None:
    figures = look({"people": "60000"})
    result = MEASURES.solve(Operation("+", A, A), PLAN["people"], point(120_000), figures)
    assert result == FormulaOutcome(point(12), point(12))
    assert isinstance(result, FormulaOutcome)
    assert result.holds
    apart = MEASURES.solve(A, PLAN["people"], point(120_000), figures)
    assert isinstance(apart, FormulaOutcome)
    assert not apart.holds
    assert MEASURES.solve(A, PLAN["people"], None, figures) is Failure.MISSING
    assert MEASURES.solve(B, PLAN["land"], point(1), figures) is Failure.MISSING
    assert MEASURES.solve(B, PLAN["people"], None, figures) is Failure.MIXED
