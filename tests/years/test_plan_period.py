"""T4: a plan of several years is judged by the figures of one year; the other years are input, and no fault."""

from collections.abc import Callable
from fractions import Fraction

import pytest

from czurban.app.large.options import run_options
from czurban.app.options import CheckOptions
from czurban.errors import UsageError
from czurban.model.assessment import Assessment, Verdict
from czurban.model.finding import Severity
from czurban.model.period import Period
from czurban.model.plan import Plan

MakePlan = Callable[..., Plan]
JudgeYears = Callable[..., Assessment]
LEVEL = """id: urban
name: 城镇化率
unit: "%"
kind: rate
baseline: 60.6
target: ≥65
deadline: 2025
"""
ROWS = ("城镇化率,2021,64.7", "城镇化率,2022,65.2", "城镇化率,2020,63.9")


def errors(assessment: Assessment) -> list[str]:
    return [finding.code for finding in assessment.findings if finding.severity is Severity.ERROR]


@pytest.mark.parametrize("period", ["2021-2025", "十四五", "“十四五”时期", "2021—2025年", "14th Five-Year Plan"])
def test_a_plan_may_be_of_several_years(make_plan: MakePlan, period: str) -> None:
    plan = make_plan(LEVEL, period=f"'{period}'")
    assert plan.period == Period(2021, years=5)
    assert plan.indicators[0].target.deadline == Period(2025)


def test_the_plans_period_as_a_deadline_is_its_last_year(make_plan: MakePlan) -> None:
    plan = make_plan(LEVEL.replace("deadline: 2025", "deadline: 十四五"))
    assert plan.indicators[0].target.deadline == Period(2025)


def test_the_newest_year_is_judged_and_the_others_are_no_fault(make_plan: MakePlan, judge_years: JudgeYears) -> None:
    judged = judge_years(make_plan(LEVEL), *ROWS)
    assert judged.period == Period(2022)
    assert (judged.results[0].verdict, judged.results[0].actual) == (Verdict.NOT_DUE, Fraction("65.2"))
    assert errors(judged) == []
    assert judged.submissions[0].rows.refused == 0


def test_a_part_of_a_later_year_is_the_newest_period(make_plan: MakePlan, judge_years: JudgeYears) -> None:
    judged = judge_years(make_plan(LEVEL), *ROWS, "城镇化率,2023年上半年,65.9")
    assert judged.period == Period(2023, 1, 6)
    assert judged.results[0].verdict is Verdict.NOT_DUE


@pytest.mark.parametrize(
    ("value", "verdict"), [("65", Verdict.MET), ("64.99999", Verdict.MISSED), ("—", Verdict.UNREPORTED)]
)
def test_the_last_year_is_judged(make_plan: MakePlan, judge_years: JudgeYears, value: str, verdict: Verdict) -> None:
    judged = judge_years(make_plan(LEVEL), *ROWS, f"城镇化率,2025,{value}", period="2025")
    assert judged.results[0].verdict is verdict


def test_a_year_before_the_plan_is_compared_on_purpose(make_plan: MakePlan, judge_years: JudgeYears) -> None:
    judged = judge_years(make_plan(LEVEL), *ROWS, period="2020")
    assert (judged.results[0].verdict, errors(judged)) == (Verdict.MISSED, [])


def test_figures_of_no_year_of_the_plan_are_refused(make_plan: MakePlan, judge_years: JudgeYears) -> None:
    judged = judge_years(make_plan(LEVEL), ROWS[-1])
    assert (judged.period, judged.results[0].actual, errors(judged)) == (Period(2021), None, ["S208"])


def test_a_year_after_the_plan_is_refused(make_plan: MakePlan, judge_years: JudgeYears) -> None:
    judged = judge_years(make_plan(LEVEL), *ROWS, "城镇化率,2026,66")
    assert (judged.period, errors(judged)) == (Period(2022), ["S208"])


def test_the_several_years_as_the_period_to_judge_mean_the_last_one(
    make_plan: MakePlan, judge_years: JudgeYears
) -> None:
    judged = judge_years(make_plan(LEVEL), *ROWS, "城镇化率,2025,66", period="十四五")
    assert (judged.period, judged.results[0].verdict) == (Period(2025), Verdict.MET)


def test_rows_without_a_period_are_not_used(make_plan: MakePlan, judge_years: JudgeYears) -> None:
    judged = judge_years(make_plan(LEVEL), "城镇化率,64", header="指标,数值")
    assert (judged.results[0].actual, errors(judged)) == (None, ["S209"])


def test_columns_of_years_need_no_fault(make_plan: MakePlan, judge_years: JudgeYears) -> None:
    judged = judge_years(make_plan(LEVEL), "城镇化率,63.9,64.7,65.2", header="指标,2020年,2021年,2022年")
    assert (judged.period, judged.results[0].raw, errors(judged)) == (Period(2022), "65.2", [])


def test_a_large_table_is_refused(make_plan: MakePlan) -> None:
    with pytest.raises(UsageError, match="several years"):
        run_options(make_plan(LEVEL), CheckOptions(period="2022"))


def test_a_figure_of_the_baselines_year_is_compared_with_the_baseline(
    make_plan: MakePlan, judge_years: JudgeYears
) -> None:
    own = LEVEL.replace("baseline: 60.6", "baseline: {value: 60.6, year: 2019}")
    same = judge_years(make_plan(own), *ROWS, "城镇化率,2019,60.6")
    other = judge_years(make_plan(own), *ROWS, "城镇化率,2019,60.60001")
    assert "S227" not in [finding.code for finding in same.findings]
    assert [finding.code for finding in other.findings].count("S227") == 1
