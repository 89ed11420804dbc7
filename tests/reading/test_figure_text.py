"""The one number inside a figure as a plan prints it."""

from decimal import Decimal

import pytest

from czurban.reading.figure_text import PrintedFigure, read_figure


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
    ],
)
def test_the_number_and_its_unit(text: str, amount: str, unit: str) -> None:
    assert read_figure(text) == PrintedFigure(Decimal(amount), unit)


@pytest.mark.parametrize("text", ["", "—", "很多", "6~6.5", "41% 42%", "以上"])
def test_no_number_or_more_than_one(text: str) -> None:
    assert read_figure(text) is None
