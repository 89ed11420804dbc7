"""R1, R2: the one number inside a figure as a plan prints it, and the rule that its words give."""

from decimal import Decimal

import pytest

from czurban.model.target import Interval
from czurban.reading.plan.indicators import PrintedFigure, printed_rule, read_figure


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("99", "99", ""),
        ("达到99%以上", "99", "%"),
        ("约190平方千米", "190", "平方千米"),
        ("≥40", "40", ""),
        ("19500公顷", "19500", "公顷"),
        ("控制在4.5%以内", "4.5", "%"),
        ("提高到 41 %", "41", "%"),
        ("分别达到36%", "36", "%"),
        ("83.7万", "83.7", "万"),
        ("1.6万人左右", "1.6", "万人"),
        ("不低于１２，３４５人", "12345", "人"),
        ("不超过 ≤ 5以下", "5", ""),
        ("控制到4.5%", "4.5", "%"),
        ("=100%", "100", "%"),
        ("32个上下", "32", "个"),
    ],
)
def test_the_number_and_its_unit(text: str, amount: str, unit: str) -> None:
    assert read_figure(text) == PrintedFigure(Decimal(amount), unit)


@pytest.mark.parametrize("text", ["", "—", "很多", "6~6.5", "41% 42%", "以上"])
def test_no_number_or_more_than_one(text: str) -> None:
    assert read_figure(text) is None


def bounds(low: str | None, high: str | None, *, is_open: bool = False) -> Interval:
    low_open, high_open = is_open and low is not None, is_open and high is not None
    ends = (None if end is None else Decimal(end) for end in (low, high))
    return Interval(*ends, low_open=low_open, high_open=high_open)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("不少于32个", bounds("32", None)),
        ("≥40", bounds("40", None)),
        ("达到99%以上", bounds("99", None)),
        ("提高到 41%以上", bounds("41", None)),
        ("分别达到36%以上", bounds("36", None)),
        ("约190平方千米以上", bounds("190", None)),
        ("达到4.5%以下", bounds(None, "4.5")),
        ("达到36%", bounds("36", None)),
        ("完成32个", bounds("32", None)),
        ("提高到41%", bounds("41", None)),
        ("1.6万人以上", bounds("1.6", None)),  # in the text's own unit
        ("控制在4.5%以下", bounds(None, "4.5")),
        ("控制到4.5%之内", bounds(None, "4.5")),
        ("保持在5%以内", bounds(None, "5")),
        (" 不超过５％ ", bounds(None, "5")),
        ("超过20个", bounds("20", None, is_open=True)),
        ("低于20个", bounds(None, "20", is_open=True)),
        ("=100%", bounds("100", "100")),
        ("6%~6.5%", bounds("6", "6.5")),
    ],
)
def test_r2_words_that_say_which_side_is_met_are_a_rule(text: str, rule: Interval) -> None:
    assert printed_rule(text) == rule


@pytest.mark.parametrize("text", ["", "41%", "4所", "约190", "190左右", "100%", "全覆盖", "≥很多", "以上", "7%~6%"])
def test_r2_words_that_do_not_say_it_are_none(text: str) -> None:
    assert printed_rule(text) is None
