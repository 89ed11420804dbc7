"""R8, R10, R11: what may be computed from an indicator follows from its kind, its unit and its name."""

from decimal import Decimal
from fractions import Fraction

import pytest

from czurban.model.finding import Place
from czurban.model.indicator import Adding, AddingRule, Impossible, Indicator, IndicatorKind
from czurban.model.period import Period
from czurban.model.target import Interval, Target
from czurban.model.unit import Unit, Units

UNITS = Units()


def indicator(
    name: str = "甲", kind: IndicatorKind = IndicatorKind.STOCK, unit: str | Unit = "个", **more: object
) -> Indicator:
    of = UNITS.find(unit) if isinstance(unit, str) else unit
    assert of is not None
    target = Target(Interval(low=Decimal(1)), Period(2019))
    return Indicator(id="x", name=name, unit=of, kind=kind, target=target, leads=(), **more)


@pytest.mark.parametrize(
    ("name", "unit", "is_amount"),
    [
        *((name, "个", True) for name in ("甲", "城镇人均", "总户数", "居民每日用水")),
        *(
            (name, "个", False)
            for name in ("人均甲", "户均甲", "平均甲", "地均甲", "亩均甲", "单位甲", "每人甲", "每万人甲")
        ),
        ("甲", "Mbps", False),
        ("甲", "平方米/人", False),
        ("甲", "万人", True),
        ("甲", Unit("辆每户", "vehicle per household"), False),
        ("甲", Unit("permit", "permit"), True),
    ],
)
def test_r11_what_stands_for_one_person_or_household_is_no_amount(
    name: str,
    unit: str | Unit,
    is_amount: bool,  # noqa: FBT001 - a table's column
) -> None:
    result = indicator(name, unit=unit)
    assert result.is_amount is is_amount
    assert result.adding == Adding(AddingRule.SUM if is_amount else AddingRule.NONE)
    assert not result.adding.declared


@pytest.mark.parametrize(
    ("kind", "adds"),
    [
        (IndicatorKind.STOCK, True),
        (IndicatorKind.FLOW, True),
        (IndicatorKind.WORKS, True),
        (IndicatorKind.RATE, False),
        (IndicatorKind.GROWTH, False),
        (IndicatorKind.MILESTONE, False),
    ],
)
def test_r11_only_amounts_add_up(kind: IndicatorKind, adds: bool) -> None:  # noqa: FBT001 - a table's column
    assert indicator(kind=kind).is_amount is adds


def test_r11_what_the_plan_declares_comes_first() -> None:
    declared = Adding(AddingRule.WEIGHTED, ("people",), declared=True)
    assert indicator("人均甲", adds=declared).adding is declared


@pytest.mark.parametrize(
    ("kind", "unit", "value", "impossible"),
    [
        (IndicatorKind.RATE, "%", "100", None),
        (IndicatorKind.RATE, "%", "100.0001", Impossible.SHARE),
        (IndicatorKind.RATE, "%", "0", None),
        (IndicatorKind.RATE, "%", "-0.0001", Impossible.SHARE),
        (IndicatorKind.RATE, "‰", "1000", None),
        (IndicatorKind.RATE, "‰", "1000.1", Impossible.SHARE),
        (IndicatorKind.RATE, "百分点", "101", None),
        (IndicatorKind.RATE, "百分点", "-1", None),
        (IndicatorKind.GROWTH, "%", "250", None),
        (IndicatorKind.GROWTH, "%", "-3", None),
        (IndicatorKind.STOCK, "万人", "0", None),
        (IndicatorKind.STOCK, "万人", "-0.1", Impossible.NEGATIVE),
        (IndicatorKind.WORKS, "个", "-1", Impossible.NEGATIVE),
        (IndicatorKind.FLOW, "万人", "-1", None),
        (IndicatorKind.STOCK, "%", "120", None),
    ],
)
def test_r3_values_that_cannot_be(kind: IndicatorKind, unit: str, value: str, impossible: Impossible | None) -> None:
    assert indicator(kind=kind, unit=unit).impossible(Fraction(value)) is impossible


def test_a_key_without_a_place_of_its_own_stands_at_its_entry() -> None:
    entry, target = Place("targets.yaml", 3), Place("targets.yaml", 7)
    result = indicator(place=entry, places={"target": target})
    assert (result.place_of("target"), result.place_of("unit")) == (target, entry)


def test_all_its_names() -> None:
    assert indicator("甲", aliases=("乙", "丙")).names == ("甲", "乙", "丙")
