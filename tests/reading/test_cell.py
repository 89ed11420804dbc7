"""R4: numbers as people write them."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from czurban.model.observation import Reading
from czurban.reading.submission.cell import NOTHING, UNREADABLE, ValueCell, read_cell
from czurban.reading.submission.rows.unreadable import is_bound, is_date, is_exponent


def value(amount: str, unit: str = "", scale: str = "", *, about: bool = False) -> ValueCell:
    return ValueCell(Reading.VALUE, Decimal(amount), unit, scale, about)


VALUES = [
    ("41", value("41")),
    ("0", value("0")),
    ("41.50", value("41.50")),
    ("0.29", value("0.29")),
    (".5", value("0.5")),
    ("007", value("7")),
    ("83.7466", value("83.7466")),
    ("1,234", value("1234")),
    ("1,234.5", value("1234.5")),
    ("12,345,678.9", value("12345678.9")),
    ("1 234 567", value("1234567")),
    ("1\u00a0234", value("1234")),
    ("1\u202f234", value("1234")),
    (" 41 ", value("41")),
    ("\u300041\u3000", value("41")),
    ("+5", value("5")),
    ("+ 5", value("5")),
    ("-5", value("-5")),
    ("−5", value("-5")),
    ("－5", value("-5")),
    ("４１．５", value("41.5")),
    ("１，２３４", value("1234")),
    ("＋３", value("3")),
    ("约190", value("190", about=True)),
    ("约 190", value("190", about=True)),
    ("约-3.5", value("-3.5", about=True)),
    ("约83.7万", value("83.7", scale="万", about=True)),
    ("约190平方千米", value("190", "平方千米", about=True)),
    ("41%", value("41", "%")),
    ("41 %", value("41", "%")),
    ("41％", value("41", "%")),
    ("5‰", value("5", "‰")),
    ("83.7万", value("83.7", scale="万")),
    ("1.2亿", value("1.2", scale="亿")),
    ("83.7 万", value("83.7", scale="万")),
    ("83.7万人", value("83.7", "万人")),
    ("837466人", value("837466", "人")),
    ("500Mbps", value("500", "Mbps")),
    ("500 Mbps", value("500", "Mbps")),
    ("144㎡", value("144", "㎡")),
    ("144m2", value("144", "m2")),
    ("195km²", value("195", "km²")),
    ("3平方米/人", value("3", "平方米/人")),
    ("19,500公顷", value("19500", "公顷")),
]
NO_VALUES = [
    *("N/A", "暂无", "暂无数据", "无数据", "未统计", "待统计", "未填报", "待上报"),
    "",
    " ",
    "\u3000",
    "—",
    "——",
    "–",
    "-",
    "--",
    "－",
    "−",
    "…",
    "……",
    "/",
    "／",
    "无",
    "N/A",
    "n/a",
    "Ｎ／Ａ",
    " " * 99,
]
UNREADABLES = [
    *("138.19以上", "138.19万人以下", "190左右", "#DIV/0!", "未完成"),
    "1,23",
    "12,34",
    "1234,567",
    "1,234,56",
    "1,,234",
    ",123",
    "0,123",
    "00,123",
    "1,234 567",
    "4 1",
    "12 34",
    "1.2.3",
    "1.234,5",
    "41.",
    "1.2E+05",
    "1e-5",
    "--5",
    "—5",
    "+-5",
    "41%%",
    "41-42",
    "40~41",
    "2019-12-31",
    "TRUE",
    "#REF!",
    "大约190",
    "≥41",
    "四十一",
    "NaN",
    "Infinity",
    "(41)",
    "41 % ?",
    "1_000",
    "9" * 61,
    "#N/A",
    "#DIV/0!",
    "=B2*2",
]


@pytest.mark.parametrize(("raw", "expected"), VALUES, ids=[raw for raw, _ in VALUES])
def test_r4_values(raw: str, expected: ValueCell) -> None:
    cell = read_cell(raw)
    assert cell == expected
    assert str(cell.amount) == str(expected.amount)


@pytest.mark.parametrize("raw", NO_VALUES)
def test_r4_a_dash_is_not_reported_and_never_zero(raw: str) -> None:
    assert read_cell(raw) == NOTHING


@pytest.mark.parametrize("raw", UNREADABLES)
def test_r4_anything_else_is_unreadable(raw: str) -> None:
    assert read_cell(raw) == UNREADABLE


@pytest.mark.parametrize(
    ("raw", "unit"),
    [
        ("95①", "①"),
    ],
)
def test_r4_an_odd_tail_stays_a_unit_and_never_changes_the_number(raw: str, unit: str) -> None:
    cell = read_cell(raw)
    assert cell.unit == unit
    assert cell.amount == Decimal(raw.removesuffix(unit))


NUMBERS = st.builds(
    lambda n, exponent: Decimal(n).scaleb(exponent),
    st.integers(-(10**12) + 1, 10**12 - 1),
    st.integers(-18, 6),
)
FULL_WIDTH = str.maketrans("0123456789.,-", "０１２３４５６７８９．，－")


def assert_reads(raw: str, number: Decimal) -> None:
    cell = read_cell(raw)
    assert cell.reported is Reading.VALUE
    assert cell.amount is not None
    assert Fraction(cell.amount) == Fraction(number)


@given(NUMBERS)
def test_r4_plain_numbers_read_back_exactly(number: Decimal) -> None:
    assert_reads(f"{number:f}", number)


@given(NUMBERS)
def test_r4_thousand_separators_read_back_exactly(number: Decimal) -> None:
    assert_reads(f"{number:,f}", number)
    assert_reads(f"{number:,f}".replace(",", " "), number)


@given(NUMBERS)
def test_r4_full_width_reads_back_exactly(number: Decimal) -> None:
    assert_reads(f"{number:f}".translate(FULL_WIDTH), number)
    assert_reads(f"{number:,f}".translate(FULL_WIDTH), number)


@given(NUMBERS, st.text(" \u3000\u00a0\t", max_size=5), st.text(" \u3000\u00a0\t", max_size=5))
def test_r4_spaces_around_change_nothing(number: Decimal, before: str, after: str) -> None:
    assert_reads(f"{before}{number:f}{after}", number)


@given(st.integers(1000, 10**12), st.data())
def test_r4_a_separator_in_a_wrong_place_is_unreadable(number: int, data: st.DataObject) -> None:
    digits = str(number)
    at = data.draw(st.sampled_from([i for i in range(1, len(digits)) if len(digits) - i != 3 or i > 3]))
    assert read_cell(f"{digits[:at]},{digits[at:]}") == UNREADABLE


BOUNDS = [f"138{word}" for word in ("以上", "以下", "以内", "之内", "左右", "上下", "+", "＋")]
BOUNDS += [f"{word}41" for word in ("≥", "≤", ">", "<", "＞", "不低于", "超过", "低于", "高于")]
EXPONENTS = ["1E3", "-1.2e+05", " 1E－3 "]
DATES = ["1月2日", "1月2", "12月", "2019年1月2日", "2019年", "2019-1-2", "2019/01/02", "2019.1.2"]


@pytest.mark.parametrize(
    "raw", [*BOUNDS, *EXPONENTS, *DATES, "41", "约41", "41%", "", "—", "E", "2019-1/2", "1E", "四月"]
)
def test_r4_what_an_unreadable_text_may_be(raw: str) -> None:
    assert is_bound(raw) is (raw in BOUNDS)
    assert is_exponent(raw) is (raw in EXPONENTS)
    assert is_date(raw) is (raw in DATES)


@pytest.mark.parametrize("raw", [f"138{word}" for word in ("以上", "以下", "以内", "之内", "左右", "上下", "万以内")])
def test_r4_a_bound_is_no_figure(raw: str) -> None:
    assert read_cell(raw) == UNREADABLE


def test_r4_a_text_of_more_than_60_characters_is_no_figure() -> None:
    assert read_cell("1" * 60) == value("1" * 60)
    assert read_cell("1" * 61) == UNREADABLE
    assert read_cell(" " * 61) == NOTHING
    assert not ValueCell(Reading.VALUE).approximate
