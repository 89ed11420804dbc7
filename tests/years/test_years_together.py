"""Figures of several years and of single ones follow on each other, and what does not fit is reported."""

from collections.abc import Callable
from fractions import Fraction

import pytest
from tests.years.conftest import JudgeYears, MakePlan

from czurban.app.over_time.tracking import tracking_of
from czurban.model.assessment import Assessment
from czurban.model.finding import Finding
from czurban.model.over_time.pace import PaceStatus

HEAD = "指标,数值,时期"
Judge = Callable[..., Assessment]


def entry(years: str, target: str, kind: str = "flow", unit: str = "万人") -> str:
    """Return an indicator of a plan to 2025."""
    return f"id: a\nname: 指标甲\nunit: '{unit}'\nkind: {kind}\ntarget: '{target}'\ndeadline: 2025\nyears: {years}"


SUM, MEAN = entry("sum", "≥100"), entry("mean", "≥10")
GROWTH = entry("cumulative-growth", "≥40", "growth", "%")
MEAN_GROWTH = entry("mean-growth", "≥7", "growth", "%")


@pytest.fixture
def judge(make_plan: MakePlan, judge_years: JudgeYears) -> Judge:
    def judged(plan: str, *sent: str, period: str | None = None) -> Assessment:
        return judge_years(make_plan(plan), *(f"指标甲,{row}" for row in sent), period=period, header=HEAD)

    return judged


def of_code(judged: Assessment, code: str) -> list[Finding]:
    return [each for each in judged.findings if each.code == code]


@pytest.mark.parametrize(
    ("plan", "sent", "value", "of"),
    [
        (SUM, ["39,2021-2022", "21,2023"], Fraction(60), "2021-2023"),
        (SUM, ["39,2021-2022", "21,2023-2024"], Fraction(60), "2021-2024"),
        (SUM, ["20,2021", "40,2022-2023"], Fraction(60), "2021-2023"),
        (SUM, ["39,2021-2022", "60,2021-2023"], Fraction(60), "2021-2023"),
        (SUM, ["39,2021-2022", "20,2021", "19,2022", "21,2023"], Fraction(60), "2021-2023"),
        (SUM, ["20,2021", "12,2022年1-6月"], Fraction(32), "2021-01..2022-06"),
        (SUM, ["39,2021-2022", "12,2023年1-6月"], Fraction(51), "2021-01..2023-06"),
        (SUM, ["20,2021", "6,2022年1季度", "6,2022年2季度"], Fraction(32), "2021-01..2022-06"),
        (SUM, ["20,2021", "12,2022年7月2日"], Fraction(32), "2021-01..2022-07-02"),
        (MEAN, ["9,2021-2022", "12,2023"], Fraction(10), "2021-2023"),
        (MEAN, ["12,2021", "9,2022-2023"], Fraction(10), "2021-2023"),
        (GROWTH, ["21,2021-2022", "10,2023"], Fraction("33.1"), "2021-2023"),
        (MEAN_GROWTH, ["10,2021-2022", "10,2023"], Fraction(10), "2021-2023"),
    ],
)
def test_figures_that_follow_each_other_are_put_together(
    judge: Judge, plan: str, sent: list[str], value: Fraction, of: str
) -> None:
    judged = judge(plan, *sent)
    (result,) = judged.results
    assert result.actual == value
    assert str(result.of) == of
    assert not of_code(judged, "S292")


def test_the_pace_is_that_of_all_years(judge: Judge) -> None:
    (target,) = tracking_of(judge(SUM, "39,2021-2022", "21,2023")).targets
    assert target.pace.status is PaceStatus.ON_PACE
    (target,) = tracking_of(judge(SUM, "20,2021", "12,2022年1-6月")).targets
    assert target.pace.clock
    assert target.pace.clock.share == Fraction(3, 10)
    assert target.pace.status is PaceStatus.AHEAD
    (target,) = tracking_of(judge(SUM, "20,2021", "10,2022年1-6月")).targets
    assert target.pace.status is PaceStatus.ON_PACE


@pytest.mark.parametrize("plan", [MEAN, GROWTH, MEAN_GROWTH])
def test_a_part_of_a_year_that_cannot_be_put_together_is_reported(judge: Judge, plan: str) -> None:
    judged = judge(plan, "20,2021", "12,2022年1-6月")
    assert judged.results[0].actual == 20
    (found,) = of_code(judged, "S292")
    assert found.place is not None
    assert found.place.line == 3


@pytest.mark.parametrize(
    ("plan", "row"),
    [
        (SUM, "39,2021-07..2022-12"),
        (SUM, "39,2020-2022"),
        (entry("level", "≥100", "stock"), "39,2021-2022"),
        (entry("each-year", "≥10"), "39,2021-2022"),
    ],
)
def test_a_span_that_is_not_used_is_reported(judge: Judge, plan: str, row: str) -> None:
    assert of_code(judge(plan, "12,2022", row), "S292")


def test_a_missing_year_leaves_no_figure(judge: Judge) -> None:
    judged = judge(SUM, "39,2021-2022", "21,2024")
    assert judged.results[0].actual is None
    (found,) = of_code(judged, "S286")
    assert found.message.values["years"] == "2023"


@pytest.mark.parametrize(
    ("plan", "sent", "contradicts"),
    [
        (SUM, ["20,2021", "19,2022", "45,2021-2022"], True),
        (SUM, ["20,2021", "19,2022", "39,2021-2022"], False),
        (SUM, ["20.4,2021", "18.9,2022", "39,2021-2022"], False),
        (SUM, ["20,2021", "19,2022", "21,2023", "45,2021-2022"], True),
        (MEAN, ["8,2021", "10,2022", "9,2021-2022"], False),
        (MEAN, ["8,2021", "10,2022", "12,2021-2022"], True),
        (GROWTH, ["10.0,2021", "10.0,2022", "21.0,2021-2022"], False),
        (GROWTH, ["10.0,2021", "10.0,2022", "20.0,2021-2022"], True),
    ],
)
def test_years_that_contradict_their_sum_are_reported(
    judge: Judge,
    plan: str,
    sent: list[str],
    *,
    contradicts: bool,
) -> None:
    found = of_code(judge(plan, *sent), "S292")
    assert bool(found) is contradicts
    if found:
        assert found[0].hint
        assert found[0].place
        assert "f.csv:2" in str(found[0].hint.values["places"])
        assert found[0].place.line == len(sent) + 1


FLOW = "id: a\nname: 指标甲\nunit: 万人\nkind: flow\ntarget: ≥700\ndeadline: 2020"


@pytest.mark.parametrize(
    ("sent", "contradicts"),
    [
        (["150,2020年1季度", "140,2020年2季度", "250,2020年1-6月"], True),
        (["150,2020年1季度", "140,2020年2季度", "290,2020年1-6月"], False),
        (["150.4,2020年1季度", "140.4,2020年2季度", "291,2020年1-6月"], False),
        (["200,2020年1季度", "200,2020年2季度", "200,2020年3季度", "200,2020年4季度", "700,2020"], True),
        (["200,2020年1季度", "200,2020年2季度", "200,2020年3季度", "200,2020年4季度", "800,2020"], False),
        (["300,2020年上半年", "200,2020年3季度", "200,2020年4季度", "800,2020"], True),
        (["50,2020年1月", "50,2020年2月", "20,2020年3月", "150,2020年1季度"], True),
        (["150,2020年1季度", "250,2020年1-6月"], False),
        (["200,2020年1季度", "700,2020"], False),
    ],
)
def test_parts_of_a_year_that_contradict_their_sum(
    make_plan: MakePlan, judge_years: JudgeYears, sent: list[str], *, contradicts: bool
) -> None:
    judged = judge_years(make_plan(FLOW, period="2020"), *(f"指标甲,{row}" for row in sent), header=HEAD)
    found = of_code(judged, "S292")
    assert bool(found) is contradicts
    if found:
        assert found[0].hint
        assert "f.csv:2" in str(found[0].hint.values["places"])
        assert found[0].place
        assert found[0].place.line == len(sent) + 1
