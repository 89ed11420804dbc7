"""Templates that were tampered with: targets and baselines in a submission that are not the plan's own."""

from collections.abc import Callable

import pytest

from czurban.model.assessment import Assessment, Verdict
from czurban.model.period import Period

Judge = Callable[..., Assessment]
RATE, PEOPLE, LAND = "常住人口城镇化率", "城镇常住人口", "人均城镇建设用地面积"


def codes(found: Assessment) -> list[str]:
    return [finding.code for finding in found.findings if finding.code in ("S226", "S227")]


@pytest.mark.parametrize(
    ("name", "target", "same"),
    [
        (RATE, "≥41", True),
        (RATE, "≥41%", True),
        (RATE, "41", True),
        (RATE, "41%", True),
        (RATE, "41以上", True),
        (RATE, "41%以上", True),
        (RATE, "不低于41", True),
        (RATE, "达到41%", True),
        (RATE, "—", True),
        (RATE, "", True),
        (RATE, "≥40", False),
        (RATE, "40.9999", False),
        (RATE, ">41", False),
        (RATE, "≤41", False),
        (RATE, "0.41", False),
        (RATE, "41左右", False),
        (RATE, "很高", False),
        (RATE, "41万人", False),
        (RATE, "≥41弗隆", False),
        (PEOPLE, "138.19", True),
        (PEOPLE, "≥138.19万", True),
        (PEOPLE, "1381900人", True),
        (PEOPLE, "1381900人以上", True),
        (PEOPLE, "138.2", False),
        ("城镇登记失业率", "控制在4.5%以下", True),
        ("城镇登记失业率", "4.5%以上", False),
    ],
)
def test_s226_a_target_that_is_not_the_plans(judge: Judge, name: str, target: str, same: bool) -> None:  # noqa: FBT001
    results = judge(f"{name},{target},—", header="指标,2019年目标,完成值")
    assert codes(results) == ([] if same else ["S226"])


def test_s226_the_verdict_is_by_the_plans_target(judge: Judge) -> None:
    results = judge(f"{RATE},≥30,40.5", header="指标,目标值,完成值")
    assert codes(results) == ["S226"]
    assert next(result for result in results.results if result.indicator.no == 1).verdict is Verdict.MISSED
    message = next(str(finding.message) for finding in results.findings if finding.code == "S226")
    assert "≥30" in message
    assert "≥41" in message


@pytest.mark.parametrize(
    ("header", "baseline", "told"),
    [
        ("2018年基数", "40", []),
        ("基期", "40%", []),
        ("基期（%）", "39", ["S227"]),
        ("上年完成情况", "39", ["S227"]),
        ("2018年完成情况", "39", ["S227"]),
        ("2018年完成情况", "40", []),
        ("2018年", "39", ["S227"]),
        ("2017年基数", "39", []),
        ("基期", "—", []),
        ("基期", "四十", ["S227"]),
    ],
)
def test_s227_a_baseline_that_is_not_the_plans(judge: Judge, header: str, baseline: str, told: list[str]) -> None:
    assert codes(judge(f"{RATE},{baseline},41.5", header=f"指标,{header},完成值")) == told


def test_a_baseline_of_another_unit_is_converted(judge: Judge) -> None:
    assert codes(judge(f"{PEOPLE},1321600人,139", header="指标,基数,完成值")) == []


def test_a_baseline_that_the_plan_does_not_print_is_no_contradiction(judge: Judge) -> None:
    results = judge("人均公园绿地面积,12,13", header="指标,基数,完成值")
    result = next(
        result for result in results.results if result.indicator.name == "人均公园绿地面积"
    ).indicator.target.baseline
    assert codes(results) == ([] if result is None or result.value is None else ["S227"])


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("指标,2020年目标,完成值", f"{RATE},50,41"),
        ("指标,年份,目标,完成值", f"{RATE},2018,50,40"),
        ("2018年完成情况表\n指标,目标,完成值", f"{RATE},50,40"),
        ("2018年完成情况表\n指标,上年,完成值", f"{RATE},30,40"),
    ],
)
def test_targets_of_other_years_are_not_the_plans_business(judge: Judge, header: str, row: str) -> None:
    assert codes(judge(row, header=header)) == []


def test_a_short_row_claims_nothing(judge: Judge) -> None:
    assert codes(judge(f"{RATE},41", header="指标,完成值,目标")) == []


def test_s227_by_the_column_of_another_period(judge: Judge) -> None:
    results = judge(f"{RATE},39,—", header="指标,2018年,2019年", period=Period(2018))
    assert codes(results) == ["S227"]
    assert next(result for result in results.results if result.indicator.no == 1).actual == 39
