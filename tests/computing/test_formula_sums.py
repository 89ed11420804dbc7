"""Sums of figures decide what the results of formulas decide. All figures are made up."""

import random
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from czurban.computing.formula_sums import TESTS, sums_of
from czurban.computing.formulas import amounts, derive
from czurban.model.formulas.formula import Expression, Formula, Measures, Number, Operation, Share, SumOf, Term
from czurban.model.plan import Plan
from czurban.model.target import Interval

PEOPLE, LAND, SETTLED = (
    Term(name) for name in ("urban_resident_population", "urban_construction_land", "settled_in_towns_total")
)
PER_CAPITA, ADDED, RATE = (
    "urban_construction_land_per_capita",
    "urban_resident_population_added",
    "resident_urbanization_rate",
)
TWO = Number(Fraction(2))
FORMULAS = {
    "quotient": (PER_CAPITA, Operation("÷", LAND, PEOPLE)),
    "quotient of sums": (PER_CAPITA, Operation("÷", SumOf((LAND, LAND)), Operation("+", PEOPLE, SETTLED))),
    "difference": (ADDED, Operation("−", PEOPLE, SETTLED)),
    "sum": (ADDED, SumOf((PEOPLE, SETTLED, Operation("×", PEOPLE, TWO)))),
    "multiple": (ADDED, Operation("×", TWO, PEOPLE)),
    "figure": (ADDED, PEOPLE),
    "share": (RATE, Share(SETTLED, PEOPLE)),
    "share of a sum": (RATE, Share(SETTLED, SumOf((SETTLED, PEOPLE)))),
}
INTERVALS = (
    Interval(low=Decimal(60)),
    Interval(low=Decimal(60), low_open=True),
    Interval(high=Decimal("99.5")),
    Interval(Decimal(40), Decimal(80), high_open=True),
    Interval(Decimal(50), Decimal(50)),
    Interval(),
)
FACTORS = (Fraction(1), Fraction(1, 10_000), Fraction(2000, 3), Fraction(100))
FIGURES = (-3, 0, 1, 2, 20, 25, 30, 40, 50, 60, 99, 100, 199, Decimal("0.0001"), Decimal("49.9999"), 10**13)


def with_formula(plan: Plan, name: str, expression: Expression, interval: Interval) -> Plan:
    indicators = tuple(
        replace(each, target=each.target._replace(interval=interval)) if each.id == name else each
        for each in plan.indicators
    )
    return replace(plan, indicators=indicators, formulas=(Formula(name, expression, "made up"),))


def holding(values: Sequence[tuple[Sequence[int], Decimal]], least: Sequence[Decimal]) -> dict[str, bool]:
    totals = [sum(row[at] * value for row, value in values) for at in range(len(TESTS))]
    return {test: total >= end for test, total, end in zip(TESTS, totals, least, strict=True)}


@pytest.mark.parametrize("kind", FORMULAS)
@pytest.mark.parametrize("interval", INTERVALS, ids=str)
def test_sums_decide_what_the_results_decide(plan: Plan, kind: str, interval: Interval) -> None:
    name, expression = FORMULAS[kind]
    judged = with_formula(plan, name, expression, interval)
    indicator = judged.by_id[name]
    sums = sums_of(expression, indicator, Measures(judged.by_id), FACTORS)
    assert sums is not None
    drawn, compared = random.Random(kind), set[bool]()  # noqa: S311 - made-up figures
    for _ in range(400):
        figures = {term: (drawn.randrange(len(FACTORS)), Decimal(drawn.choice(FIGURES))) for term in sums.terms}
        known = {term.indicator: Fraction(amount) * FACTORS[unit] for term, (unit, amount) in figures.items()}
        result = derive(judged, amounts(known), judged.period, bare=True)[name]
        rows = [(sums.multiples[term, unit], amount) for term, (unit, amount) in figures.items()]
        holds = holding(rows, sums.least)
        if holds["divisor"] and holds["sure_low"] and holds["sure_high"]:
            assert result.value is not None
            assert (result.value in interval) == (holds["low"] and holds["high"]), (figures, result.value)
            compared.add(result.value in interval)
        elif holds["divisor"]:
            assert result.value is None or result.value < 0
    assert compared == ({True, False} if interval.has_bound else {True}) or interval.low == interval.high


@pytest.mark.parametrize("expression", [Operation("×", PEOPLE, LAND), Operation("÷", Share(LAND, PEOPLE), LAND), TWO])
def test_other_formulas_have_no_sums(plan: Plan, expression: Expression) -> None:
    assert sums_of(expression, plan.by_id[ADDED], Measures(plan.by_id), FACTORS) is None


def test_a_unit_whose_multiples_are_too_long_is_left_out(plan: Plan) -> None:
    factors = (Fraction(1), Fraction(10**30))
    sums = sums_of(PEOPLE, plan.by_id[ADDED], Measures(plan.by_id), factors)
    assert sums is not None
    assert {unit for _, unit in sums.multiples} == {0}
