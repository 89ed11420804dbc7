"""R3: exact conversions between units."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from czurban.model.text import key
from czurban.model.unit import Unit, Units, base_of

UNITS = Units()


def unit(name: str) -> Unit:
    result = UNITS.find(name)
    assert result is not None
    return result


@pytest.mark.parametrize(
    ("amount", "given_in", "wanted", "expected"),
    [
        ("963000", "人", "万人", "96.3"),
        ("96.3", "万人", "人", "963000"),
        ("1", "亿元", "万元", "10000"),
        ("1", "亿元", "元", "100000000"),
        ("19500", "公顷", "平方千米", "195"),
        ("195", "平方千米", "公顷", "19500"),
        ("1", "平方千米", "平方公里", "1"),
        ("1", "平方千米", "亩", "1500"),
        ("15", "亩", "公顷", "1"),
        ("1", "亩", "公顷", "1/15"),
        ("1.95", "万公顷", "平方千米", "195"),
        ("1", "万亩", "平方公里", "20/3"),
        ("1", "‰", "%", "0.1"),
        ("410", "‰", "%", "41"),
        ("0.5", "Gbps", "Mbps", "500"),
        ("500", "兆", "Mbps", "500"),
        ("144", "㎡", "平方米", "144"),
        ("4", "个", "所", "4"),
        ("0.6791", "万套", "套", "6791"),
        ("837.466", "thousand persons", "万人", "83.7466"),
        ("0.29", "%", "%", "0.29"),
    ],
)
def test_r3_conversion_is_exact(amount: str, given_in: str, wanted: str, expected: str) -> None:
    assert unit(given_in).convert(Decimal(amount), unit(wanted)) == Fraction(expected)


@pytest.mark.parametrize(
    "name", ["", "万", "亿", "万%", "万‰", "E5", "左右", "公斤米", "万万人", "furlong", "①", "人人"]
)
def test_r3_unknown_unit_is_not_guessed(name: str) -> None:
    assert UNITS.find(name) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("%", "人"),
        ("%", "百分点"),
        ("平方米", "平方米/人"),
        ("米", "平方米"),
        ("套", "个"),
        ("万人", "万元"),
        ("户", "人"),
    ],
)
def test_r3_incompatible_units_do_not_convert(one: str, other: str) -> None:
    with pytest.raises(ValueError, match="different things"):
        unit(one).convert(Decimal(1), unit(other))


@pytest.mark.parametrize(
    ("written", "name"), [("ＭＢＰＳ", "Mbps"), ("gbps", "Gbps"), ("万 人", "万人"), ("％", "%"), (" 人 ", "人")]
)
def test_r3_units_are_found_whatever_their_width_case_and_spaces(written: str, name: str) -> None:
    assert unit(written).name == name


@pytest.mark.parametrize(("name", "base"), [("万人", "人"), ("亿元", "元"), ("人", "人"), ("%", "%")])
def test_r3_base_of(name: str, base: str) -> None:
    assert base_of(unit(name), UNITS).name == base


def test_r3_declared_unit_comes_first() -> None:
    units = Units([Unit("标箱", "container"), Unit("大箱", "container", Fraction(2))])
    big, small = units.find("大箱"), units.find("万标箱")
    assert big is not None
    assert small is not None
    assert big.convert(Decimal(5000), small) == 1


@pytest.mark.parametrize(("name", "share"), [("%", True), ("‰", True), ("百分点", False), ("人", False)])
def test_r3_shares(name: str, share: bool) -> None:  # noqa: FBT001 - a table's column
    assert unit(name).is_share is share


AREAS = ["平方米", "公顷", "平方千米", "亩", "acre", "万亩", "亿平方米"]


@given(st.integers(-(10**12), 10**12), st.integers(-9, 3), st.sampled_from(AREAS), st.sampled_from(AREAS))
def test_r3_there_and_back_is_exact(number: int, exponent: int, one: str, other: str) -> None:
    amount = Decimal(number).scaleb(exponent)
    there = unit(one).convert(amount, unit(other))
    back = unit(other).convert(Decimal(1), unit(one))
    assert there * back == Fraction(amount)


# What one of each unit is, written down a second time: from the law on units and not from the program.
WRITTEN_TWICE = {
    ("share", "1"): "% percent 百分比 百分数 百分率",
    ("share", "1/10"): "‰ 千分数 千分比 千分率 permille",
    ("percentage point", "1"): "百分点 个百分点",
    ("person", "1"): "人 名 person persons people",
    ("area", "1"): "平方米 m2 m² ㎡",
    ("area", "10000"): "公顷 hectare ha",
    ("area", "1000000"): "平方千米 平方公里 km2 km² ㎢",
    ("area", "10000/15"): "亩",
    ("area", "4046.8564224"): "acre acres",
    ("area per person", "1"): "平方米/人 ㎡/人 m²/人 m2/人 m²/person",
    ("bandwidth", "1"): "Mbps Mb/s Mbit/s 兆 兆比特/秒",
    ("bandwidth", "1000"): "Gbps Gb/s",
    ("bandwidth", "0.001"): "Kbps",
    ("length", "1"): "米 m",
    ("length", "1000"): "公里 千米 km",
    ("money", "1"): "元 yuan",
    ("energy as coal", "1"): "吨标准煤 tce",
    ("mass", "1"): "吨 t",
    ("mass", "0.001"): "千克 公斤 kg",
    ("day", "1"): "天 日 days",
    ("works", "1"): "个 所 座 处 家 项 条 件 works",
    ("dwelling", "1"): "套 dwellings",
    ("household", "1"): "户 households",
    ("vehicle", "1"): "辆 vehicles",
    ("person", "10000"): "万人",
    ("person", "1000"): "千人",
    ("person", "100000000"): "亿人",
    ("person", "1000000"): "百万人",
    ("person", "10000000"): "千万人",
    ("money", "10000"): "万元",
    ("money", "100000000"): "亿元",
    ("money", "1000000000000"): "万亿元",
    ("area", "10000000"): "千公顷",
    ("area", "100000000"): "万公顷 亿平方米",
}
OF_SEVERAL_WORDS = {
    "per cent": ("share", "1"),
    "percentage points": ("percentage point", "1"),
    "thousand persons": ("person", "1000"),
    "thousand people": ("person", "1000"),
    "million people": ("person", "1000000"),
}
FACTORS = {name: of for of, names in WRITTEN_TWICE.items() for name in names.split()} | OF_SEVERAL_WORDS


@pytest.mark.parametrize(("name", "dimension", "factor"), [(name, *of) for name, of in FACTORS.items()])
def test_r3_every_factor(name: str, dimension: str, factor: str) -> None:
    result = unit(name)
    assert (result.dimension, result.factor) == (dimension, Fraction(factor))
    assert key(result.name) == key(name)


def test_r3_no_unit_is_left_out_of_the_second_list() -> None:
    assert set(UNITS.names()) <= {key(name) for name in FACTORS}


@pytest.mark.parametrize("name", ["MB/s", "kB/s", "GB", "Tbps", "TB", "MBps", "KB/s", "mB"])
def test_r3_a_byte_is_no_bit(name: str) -> None:
    assert UNITS.find(name) is None


@pytest.mark.parametrize("name", ["千%", "百人", "千", "亿‰", "百万", "千万", "万亿", "百万%"])
def test_r3_what_multiplies_no_unit(name: str) -> None:
    assert UNITS.find(name) is None


def test_r3_a_unit_that_only_looks_multiplied_is_itself() -> None:
    assert base_of(Unit("万维网站", "site"), UNITS).name == "万维网站"


def test_the_ratio_of_two_units_is_exact_or_none() -> None:
    units = Units()
    mu, hectare, persons = units.find("亩"), units.find("公顷"), units.find("人")
    assert mu
    assert hectare
    assert persons
    assert (mu.ratio(hectare), hectare.ratio(mu)) == (Fraction(1, 15), 15)
    assert mu.ratio(persons) is None
