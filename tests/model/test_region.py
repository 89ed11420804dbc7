"""Regions are found by what people call them, and never by a guess."""

from decimal import Decimal

import pytest

from czurban.model.period import Period
from czurban.model.region import Allotment, Breakdown, Region, Regions
from czurban.model.target import Interval, Target

CHINA = Regions(
    [
        Region("1", "某省"),
        Region("32", "江苏省", (), "1"),
        Region("3201", "南京市", ("宁",), "32"),
        Region("320106", "鼓楼区", (), "3201"),
        Region("3203", "徐州市", (), "32"),
        Region("320302", "鼓楼区", (), "3203"),
        Region("320305", "贾汪区", ("贾汪",), "3203"),
    ]
)


def names(*found: Region) -> list[str]:
    return [finding.code for finding in found]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("320305", "320305"),
        ("贾汪", "320305"),
        (" 贾汪区 ", "320305"),
        ("徐州市贾汪区", "320305"),
        ("江苏省贾汪区", "320305"),
        ("江苏省徐州市贾汪", "320305"),
        ("徐州市/鼓楼区", "320302"),
        ("南京市 鼓楼区", "320106"),
        ("宁", "3201"),
    ],
)
def test_a_region_is_found(text: str, code: str) -> None:
    result = CHINA.find(text)
    assert result is not None
    assert result.code == code


@pytest.mark.parametrize("text", ["", "鼓楼区", "鼓楼", "苏州市鼓楼区", "32030", "南京市贾汪区"])
def test_what_may_mean_two_or_nothing_is_not_found(text: str) -> None:
    assert CHINA.find(text) is None


def test_both_of_one_name_are_told() -> None:
    assert names(*CHINA.matching("鼓楼区")) == ["320106", "320302"]
    assert CHINA.full_name(CHINA.matching("鼓楼区")[0]) == "南京市鼓楼区"
    assert CHINA.full_name(CHINA.matching("贾汪区")[0]) == "贾汪区"


@pytest.mark.parametrize(("text", "name"), [("贾旺区", "贾汪区"), ("贾汪县", "贾汪"), ("徐洲市", "徐州市")])
def test_a_name_with_a_slip_is_near_what_was_meant(text: str, name: str) -> None:
    assert name in CHINA.near(text)


def test_the_tree() -> None:
    top, town = CHINA.with_code("1"), CHINA.with_code("320305")
    assert top
    assert town
    assert names(*CHINA.path(town)) == ["1", "32", "3203", "320305"]
    assert names(*CHINA.children(top)) == ["32"]
    assert names(*CHINA.descendants(top)) == ["32", "3201", "320106", "3203", "320302", "320305"]
    assert names(*CHINA.leaves(top)) == ["320106", "320302", "320305"]
    assert names(*CHINA.leaves(town)) == ["320305"]
    assert CHINA.parent(top) is None
    assert len(CHINA) == 7
    assert not Regions()


def test_a_circle_ends() -> None:
    circle = Regions([Region("1", "甲", (), "2"), Region("2", "乙", (), "1")])
    result = circle.with_code("1")
    assert result
    assert names(*circle.above(result)) == ["2"]


def test_the_parts_of_a_region_are_those_of_its_code() -> None:
    target = Target(Interval(low=Decimal(1)), Period(2019))
    parts = [
        Allotment("people", target, "11"),
        Allotment("land", target, "11"),
        Allotment("people", target, "12"),
        Allotment("people", target._replace(reason="again"), "11"),
        Allotment("people", target, department="市公安局"),
    ]
    breakdown = Breakdown(parts, "breakdown.csv")
    assert list(breakdown) == parts
    assert (len(breakdown), breakdown.file) == (5, "breakdown.csv")
    assert breakdown.of_region("11") == {"people": parts[0], "land": parts[1]}  # the first one counts
    assert breakdown.of_region("12") == {"people": parts[2]}
    assert breakdown.of_region("") == breakdown.of_region("13") == {}
    assert Breakdown().file == ""
