"""Whatever the figures are: a total is their exact sum, and a rate of the whole lies between the rates of its parts."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from czurban.computing.regions.totals import rounded_range, total_of
from czurban.model.assessment import Result, Verdict
from czurban.model.finding import Place
from czurban.model.indicator import Adding, AddingRule, Indicator, IndicatorKind
from czurban.model.observation import Observation, Reading
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.model.region import Region, Regions
from czurban.model.target import Interval, Target
from czurban.model.target.interval import NumberRange
from czurban.model.unit import Units

COUNTS = st.decimals(min_value=0, max_value=10**9, places=4)
PAIRS = st.lists(st.tuples(COUNTS, COUNTS.filter(lambda one: one > 0)), min_size=1, max_size=6)
YEAR = Period(2019)


def indicator(name: str, of: str, adds: Adding) -> Indicator:
    unit = Units().find(of)
    assert unit
    kind = IndicatorKind.STOCK if adds.way is AddingRule.SUM else IndicatorKind.RATE
    target = Target(Interval(low=Decimal(0)), YEAR)
    return Indicator(id=name, name=name, unit=unit, kind=kind, target=target, leads=(), adds=adds)


PART = indicator("part", "万人", Adding(AddingRule.SUM, declared=True))
WHOLE = indicator("whole", "人", Adding(AddingRule.SUM, declared=True))
RATE = indicator("rate", "‰", Adding(AddingRule.RATIO, ("part", "whole"), declared=True))


def result(of: Indicator, amount: Decimal) -> Result:
    result = Observation(of.id, Reading.VALUE, str(amount), Place("f"), YEAR, amount=amount)
    return Result(indicator=of, verdict=Verdict.MET, observation=result, actual=Fraction(amount))


def tree(many: int) -> tuple[Plan, Region]:
    top = Region("0", "某市")
    regions = Regions([top, *(Region(str(n), f"第{n}县", (), "0") for n in range(1, many + 1))])
    plan = Plan(title="", region="某市", period=YEAR, indicators=(PART, WHOLE, RATE), departments=())
    return replace(plan, regions=regions), top


@given(PAIRS)
def test_totals_are_exact(pairs: list[tuple[Decimal, Decimal]]) -> None:
    plan, top = tree(len(pairs))
    results = {
        str(n): {"part": result(PART, part), "whole": result(WHOLE, whole)} for n, (part, whole) in enumerate(pairs, 1)
    }
    parts, wholes = (sum((Fraction(item) for item in column), Fraction(0)) for column in zip(*pairs, strict=True))
    summed, rate = total_of(plan, PART, top, results), total_of(plan, RATE, top, results)
    assert summed.value == parts
    assert rate.value == parts * 10_000 / wholes * 1000
    assert not rate.is_partial
    rates = [Fraction(part) * 10_000 / Fraction(whole) * 1000 for part, whole in pairs]
    assert min(rates) <= rate.value <= max(rates)
    assert summed.possible
    assert summed.possible.low is not None
    assert summed.possible.high is not None
    assert summed.possible.low <= summed.value <= summed.possible.high


@given(PAIRS, st.data())
def test_a_total_without_a_region_is_partial_and_names_it(
    pairs: list[tuple[Decimal, Decimal]], data: st.DataObject
) -> None:
    plan, top = tree(len(pairs))
    lost = data.draw(st.integers(1, len(pairs)))
    results = {
        str(n): {"part": result(PART, part), "whole": result(WHOLE, whole)}
        for n, (part, whole) in enumerate(pairs, 1)
        if n != lost
    }
    total = total_of(plan, RATE, top, results)
    assert [item.code for item in total.missing] == [str(lost)]
    assert (total.value is None) is (len(pairs) == 1)


SENT = Observation("part", Reading.VALUE, "1.2", Place("f"), YEAR, amount=Decimal("1.2"))


@pytest.mark.parametrize(
    ("observation", "actual", "ends"),
    [
        (SENT, "1.2", ("11500", "12500")),
        (SENT._replace(unit=Units().find("千人")), "0.12", ("1150", "1250")),
        (SENT._replace(approximate=True), "1.2", None),
        (SENT._replace(amount=None), "1.2", ("12000", "12000")),
        (None, "1.2", ("12000", "12000")),  # a formula gave it
        (None, None, None),
        (SENT, None, None),
    ],
)
def test_a_figure_stands_for_what_rounds_to_it_in_base_units(
    observation: Observation | None, actual: str | None, ends: tuple[str, str] | None
) -> None:
    value = None if actual is None else Fraction(actual)
    figure = Result(indicator=PART, verdict=Verdict.MET, observation=observation, actual=value)
    expected = NumberRange(Fraction(ends[0]), Fraction(ends[1])) if ends else None
    assert rounded_range(figure) == expected
