"""A plan held against one region: the region's own targets where it has some, never another region's baseline."""

from dataclasses import replace
from decimal import Decimal

import pytest

from czurban.model.plan import Plan
from czurban.model.region import Allotment, Breakdown, Region, Regions
from czurban.model.target import Interval, Target
from czurban.model.years import Baseline

COUNTIES = Regions(
    [Region("1", "钦州市"), Region("11", "灵山县", ("灵山",), "1"), Region("12", "浦北县", (), "1")],
)
RATE, POPULATION = "resident_urbanization_rate", "urban_resident_population"


@pytest.fixture
def broken_down(plan: Plan) -> Plan:
    result = Target(Interval(low=Decimal(38)), plan.period, Baseline("37", Decimal(37)))
    return replace(plan, regions=COUNTIES, breakdown=Breakdown([Allotment(RATE, result, "11")]))


@pytest.mark.parametrize("name", ["灵山县", "灵山", "11", "钦州市灵山县"])
def test_a_region_has_its_own_target(broken_down: Plan, name: str) -> None:
    held = broken_down.for_region(name)
    rate, population = held.indicator(RATE), held.indicator(POPULATION)
    assert rate
    assert population
    assert held.region == "灵山县"
    assert held.own_targets == {RATE}
    assert (str(rate.target.interval), rate.target.baseline) == ("≥38", Baseline("37", Decimal(37)))
    assert rate.cited == ()
    assert str(population.target.interval) == "—"  # a part of an amount cannot be compared with the whole
    assert held.is_for("11")
    assert not held.is_for("浦北县")
    assert not held.is_for("钦州市")


def test_the_plans_own_region_is_the_plan_itself(broken_down: Plan) -> None:
    assert broken_down.for_region("钦州市") is broken_down
    assert broken_down.for_region("1") is broken_down


def test_a_region_that_is_not_in_the_hierarchy_has_the_plans_targets(broken_down: Plan) -> None:
    held = broken_down.for_region("合浦县")
    assert (held.region, held.own_targets, len(held.indicators)) == ("合浦县", set(), len(broken_down.indicators))
    assert held.is_for("合浦县")


def test_a_name_of_two_is_refused(broken_down: Plan) -> None:
    twice = Regions([*COUNTIES, Region("13", "灵山县", (), "12")])
    with pytest.raises(LookupError, match="11, 13"):
        replace(broken_down, regions=twice).for_region("灵山县")


def test_a_part_of_an_amount_is_not_held_against_the_whole(broken_down: Plan) -> None:
    held = broken_down.for_region("浦北县")
    assert held.without_target == {indicator.id for indicator in broken_down.indicators if indicator.is_amount}
    assert held.formulas == broken_down.formulas
    rate = held.indicator(RATE)
    assert rate
    assert (str(rate.target.interval), rate.target.baseline) == ("≥41", None)


def test_another_region_may_be_held_against_the_plan_on_purpose(broken_down: Plan) -> None:
    province = Regions([Region("0", "广西"), Region("1", "钦州市", (), "0"), Region("2", "北海市", (), "0")])
    held = replace(broken_down, regions=province).for_region("北海市")
    assert held.without_target == set()
    assert held.indicator(POPULATION)
