"""R3: exact conversions between units."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from czurban.model.unit import Unit, Units, base_of

UNITS = Units()


def unit(name: str) -> Unit:
    found = UNITS.find(name)
    assert found is not None
    return found


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
