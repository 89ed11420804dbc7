"""Which unit a value is in: that of its cell, of its column, of the title, or the plan's."""

from decimal import Decimal

import pytest

from czurban.model.indicator import Indicator, IndicatorKind
from czurban.model.observation import Reading
from czurban.model.period import Period
from czurban.model.target import Interval, Target
from czurban.model.unit import Units
from czurban.reading.submission.cell import (
    Chosen,
    UnitTrouble,
    ValueCell,
    choose,
    is_figure,
    plain_number,
    plain_unit,
    read_cell,
    same_unit,
    text_at,
)
from czurban.reading.submission.rows.stated import rule_of

UNITS = Units()


def indicator(unit: str, *aliases: str) -> Indicator:
    of = UNITS.find(unit)
    assert of is not None
    target = Target(Interval(Decimal(1), None), Period(2019))
    return Indicator(
        id="x", name="甲", unit=of, kind=IndicatorKind.STOCK, target=target, leads=(), unit_aliases=aliases
    )


def chosen(cell: str, column: str = "", title: str = "", unit: str = "万人", *aliases: str) -> tuple[str | None, bool]:
    found = choose(read_cell(cell), column, title, indicator(unit, *aliases), UNITS)
    assert isinstance(found, Chosen)
    return found.unit.name if found.unit else None, found.in_cell


@pytest.mark.parametrize(
    ("cell", "column", "title", "unit", "in_cell"),
    [
        ("83.7", "", "", None, False),
        ("83.7", "人", "", "人", False),
        ("83.7", "", "人", "人", False),
        ("83.7", "万人", "人", "万人", False),
        ("83.7", "", "公顷", None, False),  # a title counts only where it fits the indicator
        ("83.7", "", "（单位：人）", "人", False),
        ("83.7人", "", "", "人", True),
        ("83.7人", "万人", "", "人", True),  # the cell goes before the column
        ("83.7万", "", "", "万人", True),
        ("83.7万", "人", "", "万人", True),
        ("83.7万", "万人", "", "万人", True),  # 万 multiplies the base unit and not the column's own 万
        ("83.7", "万", "", "万人", True),  # as if it stood in the cell
        ("83.7", "（万）", "", "万人", True),
        ("83.7人", "万", "", "人", True),
        ("83.7亿", "万", "", "亿人", True),
    ],
)
def test_the_unit_of_a_value(cell: str, column: str, title: str, unit: str | None, *, in_cell: bool) -> None:
    assert chosen(cell, column, title) == (unit, in_cell)


@pytest.mark.parametrize(
    ("cell", "column", "trouble"),
    [
        ("83.7", "吉比特", UnitTrouble.UNKNOWN),
        ("83.7吉比特", "", UnitTrouble.UNKNOWN),
        ("83.7公顷", "人", UnitTrouble.TWO),
        ("83.7人", "公顷", UnitTrouble.TWO),
    ],
)
def test_a_unit_that_is_unknown_or_contradicts_another(cell: str, column: str, trouble: UnitTrouble) -> None:
    assert choose(read_cell(cell), column, "", indicator("万人"), UNITS) is trouble


def test_a_plans_own_name_of_a_unit_is_its_unit() -> None:
    assert chosen("5", "车甲", "", "辆", "车甲") == ("辆", False)
    assert choose(read_cell("5"), "车甲", "", indicator("辆"), UNITS) is UnitTrouble.UNKNOWN


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("万人", "万人"),
        (" 万人 ", "万人"),
        ("（万人）", "万人"),
        ("( 万人 )", "万人"),
        ("单位：万人", "万人"),
        ("计量单位：万人", "万人"),
        ("（单位:万人）", "万人"),
        ("计量", "计量"),
        ("(万人", "(万人"),
        ("万人)", "万人)"),
        ("", ""),
    ],
)
def test_brackets_and_words_around_a_unit(text: str, plain: str) -> None:
    assert plain_unit(text) == plain


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("人", "人", True),
        ("人", "（人）", True),
        ("人", "万人", False),
        ("人", "公顷", False),
        ("吉比特", "吉比特", False),
        ("人", "吉比特", False),
        ("吉比特", "人", False),
    ],
)
def test_two_texts_for_one_unit(first: str, second: str, *, same: bool) -> None:
    assert same_unit(first, second, indicator("万人"), UNITS) is same


def test_the_text_of_a_cell() -> None:
    assert [text_at([" a ", "b"], at) for at in (0, 1, 2, None)] == ["a", "b", "", ""]


@pytest.mark.parametrize(("text", "number"), [("41", True), ("41%", True), ("", False), ("—", False), ("甲", False)])
def test_what_is_a_figure(text: str, *, number: bool) -> None:
    assert is_figure(text) is number


@pytest.mark.parametrize(
    ("text", "plain"), [("41", True), ("41%", False), ("41万", False), ("—", False), ("甲", False)]
)
def test_a_plain_number_has_no_unit(text: str, *, plain: bool) -> None:
    assert (plain_number(text) is not None) is plain


@pytest.mark.parametrize(
    ("text", "unit", "scale", "interval"),
    [
        ("≥41", "", "", Interval(Decimal(41), None)),
        ("≥41%", "%", "", Interval(Decimal(41), None)),
        ("≥41万", "", "万", Interval(Decimal(41), None)),
        ("6～6.5万人", "万人", "", Interval(Decimal(6), Decimal("6.5"))),
        ("甲", "", "", None),
    ],
)
def test_a_rule_with_its_unit(text: str, unit: str, scale: str, interval: Interval | None) -> None:
    assert rule_of(text) == (ValueCell(Reading.VALUE, Decimal(0), unit, scale), interval)
