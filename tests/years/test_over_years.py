"""T4: levels, steps, each year, means, sums and compound rates over the years of a plan."""

from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from czurban.model.assessment import Assessment, Note, Result, Verdict
from czurban.model.finding import Severity
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.model.unit import Units
from czurban.model.years import OverYears, over_years, root

MakePlan = Callable[..., Plan]
JudgeYears = Callable[..., Assessment]
PERCENT = Units().find("%")
assert PERCENT is not None

URBAN = """id: urban
name: 城镇化率
unit: "%"
kind: rate
baseline: {value: 60.6, year: 2019}
target: ≥65
deadline: 2025
"""
STEPS = URBAN + "steps: {2022: ≥63, 2025: ≥65}\n"
UNEMPLOYMENT = """id: unemployment
name: 失业率
unit: "%"
kind: rate
target: <5.5
years: each-year
deadline: 2025
"""
ENERGY = """id: energy
name: 单位GDP能耗降低
unit: "%"
kind: growth
target: ≥13.5
years: cumulative-decline
deadline: 2025
"""
LIFE = """id: life
name: 人均预期寿命
unit: 岁
kind: stock
baseline: {value: 77.3, year: 2019}
target: ≥1
years: change
deadline: 2025
cited: [{at: 表1, printed: 〔1〕}]
"""
HOMES = """id: homes
name: 改造套数
unit: 万套
kind: flow
target: ≥10
years: sum
deadline: 2025
"""
GROWTH = """id: growth
name: 研发投入增长
unit: "%"
kind: growth
target: ">7"
years: mean-growth
deadline: 2025
"""
GRAIN = """id: grain
name: 年均新增
unit: 万人
kind: flow
target: ≥10
years: mean
deadline: 2025
"""


def only(judged: Assessment) -> Result:
    (result,) = judged.results
    assert [finding for finding in judged.findings if finding.severity is Severity.ERROR] == []
    return result


def codes(judged: Assessment) -> list[str]:
    return [finding.code for finding in judged.findings]


def rows(name: str, *values: str, first: int = 2021) -> list[str]:
    return [f"{name},{first + n},{value}" for n, value in enumerate(values) if value]


def test_t4_a_compound_rate_of_decline() -> None:
    figures = [Fraction("2.7"), Fraction("0.1")]
    assert over_years(OverYears.DECLINE, figures, PERCENT) == 100 * (1 - Fraction("0.973") * Fraction("0.999"))
    assert over_years(OverYears.DECLINE, figures, PERCENT) == Fraction("2.7973")


def test_t4_decline_in_a_plan(make_plan: MakePlan, judge_years: JudgeYears) -> None:
    judged = judge_years(make_plan(ENERGY), *rows("单位GDP能耗降低", "2.7", "0.1"))
    result = only(judged)
    assert (result.actual, result.verdict, result.of) == (Fraction("2.7973"), Verdict.NOT_DUE, Period(2021, years=2))
    message = next(str(finding.message) for finding in judged.findings if finding.code == "S276")
    assert message == "“单位GDP能耗降低”: 2.7、0.1 for 2021-2022 are a decline of 2.7973% together."


@pytest.mark.parametrize(
    ("values", "verdict"),
    [
        (("2.7", "0.1", "0.5", "3.8", "7.1"), Verdict.MET),
        (("3", "3", "3", "3", "3"), Verdict.MET),
        (("2.7", "2.7", "2.7", "2.7", "2.7"), Verdict.MISSED),
        (("-1", "4", "4", "4", "4"), Verdict.MET),
        (("3", "", "3", "3", "3"), Verdict.UNREPORTED),
        (("3", "约", "3", "3", "3"), Verdict.UNREADABLE),
        (("3", "3", "3", "3", ""), Verdict.UNREPORTED),
    ],
)
def test_decline_is_judged_at_the_end(
    make_plan: MakePlan, judge_years: JudgeYears, values: tuple[str, ...], verdict: Verdict
) -> None:
    judged = judge_years(make_plan(ENERGY), *rows("单位GDP能耗降低", *values), period="2025")
    (result,) = judged.results
    assert result.verdict is verdict
    assert result.actual is None or verdict in (Verdict.MET, Verdict.MISSED)


def test_five_equal_declines_that_just_fall_short(make_plan: MakePlan, judge_years: JudgeYears) -> None:
    exact = 100 * (1 - Fraction("0.9714") ** 5)
    judged = judge_years(make_plan(ENERGY), *rows("单位GDP能耗降低", *["2.86"] * 5))
    assert only(judged).actual == exact
    assert only(judged).verdict is (Verdict.MET if exact >= Fraction("13.5") else Verdict.MISSED)


def test_a_figure_sent_for_the_years_together_is_used(make_plan: MakePlan, judge_years: JudgeYears) -> None:
    judged = judge_years(make_plan(ENERGY), "单位GDP能耗降低,2021-2022,2.8", *rows("单位GDP能耗降低", "2.7", "0.1"))
    assert (judged.period, only(judged).actual, only(judged).of) == (
        Period(2022),
        Fraction("2.8"),
        Period(2021, years=2),
    )


@pytest.mark.parametrize(
    ("year", "value", "verdict", "target"),
    [
        (2022, "63", Verdict.MET, "≥63"),
        (2022, "62.9", Verdict.MISSED, "≥63"),
        (2021, "64.7", Verdict.NOT_DUE, "≥65"),
        (2023, "66", Verdict.NOT_DUE, "≥65"),
        (2025, "65", Verdict.MET, "≥65"),
        (2025, "64.9", Verdict.MISSED, "≥65"),
    ],
)
def test_a_figure_is_judged_by_the_step_of_its_year(  # noqa: PLR0913, PLR0917 - a table
    make_plan: MakePlan, judge_years: JudgeYears, year: int, value: str, verdict: Verdict, target: str
) -> None:
    result = only(judge_years(make_plan(STEPS), f"城镇化率,{year},{value}"))
    assert (result.verdict, str(result.indicator.target.interval)) == (verdict, target)


def test_a_part_of_the_year_of_a_step_is_not_due(make_plan: MakePlan, judge_years: JudgeYears) -> None:
    assert only(judge_years(make_plan(STEPS), "城镇化率,2022年上半年,62")).verdict is Verdict.NOT_DUE


def test_a_baseline_has_a_year_of_its_own(make_plan: MakePlan) -> None:
    baseline = make_plan(URBAN).indicators[0].target.baseline
    assert baseline is not None
    assert (baseline.printed, str(baseline.value), baseline.period) == ("60.6", "60.6", Period(2019))


def test_the_newest_figure_of_each_indicator_is_shown_with_its_age(
    make_plan: MakePlan, judge_years: JudgeYears
) -> None:
    judged = judge_years(make_plan(STEPS, LIFE), *rows("城镇化率", "64.7", "65.2"), "人均预期寿命,2023,78.6")
    urban, life = judged.results
    assert judged.period == Period(2023)
    assert (urban.actual, urban.of, urban.age, urban.verdict) == (Fraction("65.2"), Period(2022), 1, Verdict.MET)
    assert (life.of, life.age, life.verdict) == (None, 0, Verdict.NOT_DUE)


def test_an_older_figure_is_not_judged_by_a_target_that_was_due_since(
    make_plan: MakePlan, judge_years: JudgeYears
) -> None:
    judged = judge_years(make_plan(STEPS), "城镇化率,2021,64.7", period="2022")
    result = only(judged)
    assert (result.verdict, result.actual) == (Verdict.UNREPORTED, None)
    assert "S286" in codes(judged)
    assert only(judge_years(make_plan(STEPS), "城镇化率,2024,66", period="2025")).verdict is Verdict.UNREPORTED


@pytest.mark.parametrize(
    ("values", "period", "verdict", "notes"),
    [
        (("5.1",), "2021", Verdict.MET, False),
        (("5.5",), "2021", Verdict.MISSED, False),
        (("5.5", "5.1"), "2022", Verdict.MET, True),
        (("5.1", "5.6", "5.2", "5.1", "5.0"), "2025", Verdict.MISSED, False),
        (("5.1", "5.4", "5.2", "5.1", "5.0"), "2025", Verdict.MET, False),
        (("5.1", "", "5.2", "5.1", "5.0"), "2025", Verdict.UNREPORTED, False),
        (("5.1", "x", "5.2", "5.1", "5.0"), "2025", Verdict.UNREADABLE, False),
        (("5.1", "", "5.7", "5.1", "5.0"), "2025", Verdict.MISSED, False),
        (("5.7", "5.2", "5.2", "5.1", ""), "2025", Verdict.MISSED, False),
        (("5.1",), "2022", Verdict.UNREPORTED, False),
    ],
)
def test_a_target_for_each_year(  # noqa: PLR0913 - a table
    make_plan: MakePlan,
    judge_years: JudgeYears,
    values: tuple[str, ...],
    period: str,
    verdict: Verdict,
    *,
    notes: bool,
) -> None:
    (result,) = judge_years(make_plan(UNEMPLOYMENT), *rows("失业率", *values), period=period).results
    assert (result.verdict, Note.EARLIER_YEAR_MISSED in result.notes) == (verdict, notes)


def test_the_worst_year_is_shown_at_the_end(make_plan: MakePlan, judge_years: JudgeYears) -> None:
    result = only(judge_years(make_plan(UNEMPLOYMENT), *rows("失业率", "5.1", "5.6", "5.5", "5.1", "5.0")))
    assert (result.actual, result.of, result.age) == (Fraction("5.6"), Period(2022), 0)


@pytest.mark.parametrize(
    ("value", "gap", "verdict"),
    [("78.3", 0, Verdict.MET), ("78.29", Fraction("-0.01"), Verdict.MISSED), ("78.6", Fraction("0.3"), Verdict.MET)],
)
def test_a_change_from_the_baseline(
    make_plan: MakePlan, judge_years: JudgeYears, value: str, gap: Fraction, verdict: Verdict
) -> None:
    plan = make_plan(LIFE)
    assert (str(plan.indicators[0].target.interval), str(plan.indicators[0].target.rule)) == ("≥78.3", "≥1")
    result = only(judge_years(plan, f"人均预期寿命,2025,{value}"))
    assert (result.verdict, result.figures.gap if result.figures else None) == (verdict, gap)
    assert result.figures is not None
    assert result.figures.progress == (Fraction(value) - Fraction("77.3"))


@pytest.mark.parametrize(
    ("values", "period", "actual", "verdict"),
    [
        (("2.5", "2.5"), "2022", "5", Verdict.NOT_DUE),
        (("2", "2", "2", "2", "2"), "2025", "10", Verdict.MET),
        (("2", "2", "2", "2", "1.9"), "2025", "9.9", Verdict.MISSED),
        (("2", "2", "", "2", "3"), "2025", None, Verdict.UNREPORTED),
        (("2", "", "3"), "2023", None, Verdict.NOT_DUE),
        (("2", "3"), "2023", "5", Verdict.NOT_DUE),
    ],
)
def test_a_sum_of_the_years(  # noqa: PLR0913, PLR0917 - a table
    make_plan: MakePlan,
    judge_years: JudgeYears,
    values: tuple[str, ...],
    period: str,
    actual: str | None,
    verdict: Verdict,
) -> None:
    result = only(judge_years(make_plan(HOMES), *rows("改造套数", *values), period=period))
    assert (result.actual, result.verdict) == (Fraction(actual) if actual else None, verdict)


def test_a_sum_of_units_is_converted(make_plan: MakePlan, judge_years: JudgeYears) -> None:
    assert only(judge_years(make_plan(HOMES), *rows("改造套数", "20000套", "2.5万套"))).actual == Fraction("4.5")


def test_the_parts_of_a_year_are_added_up_before_the_years(make_plan: MakePlan, judge_years: JudgeYears) -> None:
    sent = ("改造套数,2021年上半年,1", "改造套数,2021年下半年,2", "改造套数,2022,3")
    assert only(judge_years(make_plan(HOMES), *sent)).actual == 6


@pytest.mark.parametrize(
    ("values", "verdict"),
    [(("7.1",) * 5, Verdict.MET), (("7",) * 5, Verdict.MISSED), (("0", "14.49", "7", "7", "7"), Verdict.MISSED)],
)
def test_a_mean_growth_is_compared_exactly(
    make_plan: MakePlan, judge_years: JudgeYears, values: tuple[str, ...], verdict: Verdict
) -> None:
    assert only(judge_years(make_plan(GROWTH), *rows("研发投入增长", *values))).verdict is verdict


def test_a_mean_of_the_years(make_plan: MakePlan, judge_years: JudgeYears) -> None:
    result = only(judge_years(make_plan(GRAIN), *rows("年均新增", "9", "10", "12", "9", "10")))
    assert (result.actual, result.verdict) == (10, Verdict.MET)
    result = only(judge_years(make_plan(GRAIN), *rows("年均新增", "9", "10", "11")))
    assert (result.actual, result.verdict, result.of) == (10, Verdict.NOT_DUE, Period(2021, years=3))


@given(st.fractions(min_value=Fraction(1, 1000), max_value=1000), st.integers(min_value=1, max_value=10))
def test_the_root_of_a_power_is_exact(value: Fraction, degree: int) -> None:
    assert root(value**degree, degree) == value


@given(
    st.lists(st.decimals(min_value=-50, max_value=80, places=3), min_size=1, max_size=7),
    st.decimals(min_value=-20, max_value=60, places=2),
)
def test_a_mean_growth_is_on_the_side_of_a_bound_of_its_power(figures: list[object], bound: object) -> None:
    values, at = [Fraction(str(figure)) for figure in figures], Fraction(str(bound))
    mean = over_years(OverYears.MEAN_GROWTH, values, PERCENT)
    growth = Fraction(1)
    for value in values:
        growth *= 1 + value / 100
    assert (mean >= at) == (growth >= (1 + at / 100) ** len(values))


@given(st.lists(st.integers(min_value=-30, max_value=90), min_size=1, max_size=6))
def test_decline_is_growth_with_the_other_sign(figures: list[int]) -> None:
    falls, rises = [Fraction(each) for each in figures], [Fraction(-each) for each in figures]
    assert over_years(OverYears.DECLINE, falls, PERCENT) == -over_years(OverYears.GROWTH, rises, PERCENT)


@pytest.mark.parametrize(
    ("target", "values", "worst"),
    [("≥5", "4 6 5 7 8", 4), ("≤5", "4 6 5 7 4", 7), ("4~6", "5 6 5 7 1", 1)],
)
def test_the_worst_year_by_direction(
    make_plan: MakePlan, judge_years: JudgeYears, target: str, values: str, worst: int
) -> None:
    each = UNEMPLOYMENT.replace("<5.5", target)
    assert only(judge_years(make_plan(each), *rows("失业率", *values.split()))).actual == worst


def test_each_year_may_have_a_figure_of_its_own(make_plan: MakePlan, judge_years: JudgeYears) -> None:
    each = UNEMPLOYMENT + "steps: {2021: <6, 2022: <5.8}\n"
    judged = judge_years(make_plan(each), *rows("失业率", "5.9", "5.9", "5.4", "5.4", "5.4"))
    assert (only(judged).verdict, only(judged).of, only(judged).actual) == (
        Verdict.MISSED,
        Period(2022),
        Fraction("5.9"),
    )
    assert only(judge_years(make_plan(each), *rows("失业率", "5.9", "5.7", "5.4", "5.4", "5.4"))).verdict is Verdict.MET


SUM_TO_2023 = HOMES.replace("deadline: 2025", "deadline: 2023")
SUM_WITH_STEP = HOMES + "steps: {2022: ≥4}\n"


@pytest.mark.parametrize(
    ("target", "values", "period", "verdict", "actual"),
    [
        (SUM_TO_2023, ("3", "3", "3", "9"), "2024", Verdict.MISSED, "9"),
        (SUM_TO_2023, ("3", "3", "4"), "2025", Verdict.MET, "10"),
        (SUM_TO_2023, ("3", "3"), "2023", Verdict.UNREPORTED, None),
        (SUM_WITH_STEP, ("2", "2"), "2022", Verdict.MET, "4"),
        (SUM_WITH_STEP, ("2", "1.9"), "2022", Verdict.MISSED, "3.9"),
        (SUM_WITH_STEP, ("2",), "2022", Verdict.UNREPORTED, None),
        (SUM_WITH_STEP, ("2",), "2023", Verdict.UNREPORTED, None),
        (SUM_WITH_STEP, ("2", "1", "3"), "2023", Verdict.NOT_DUE, "6"),
        (SUM_WITH_STEP, ("", "1", "3"), "2023", Verdict.NOT_DUE, None),
    ],
)
def test_a_sum_needs_the_years_up_to_what_is_due(  # noqa: PLR0913, PLR0917 - a table
    make_plan: MakePlan,
    judge_years: JudgeYears,
    target: str,
    values: tuple[str, ...],
    period: str,
    verdict: Verdict,
    actual: str | None,
) -> None:
    result = only(judge_years(make_plan(target), *rows("改造套数", *values), period=period))
    assert (result.verdict, result.actual) == (verdict, Fraction(actual) if actual else None)


def test_two_figures_for_the_years_together_contradict(make_plan: MakePlan, judge_years: JudgeYears) -> None:
    judged = judge_years(make_plan(HOMES), "改造套数,2021-2025,11", "改造套数,2021-2025,12", period="2025")
    assert judged.results[0].verdict is Verdict.UNREADABLE
    assert "S210" in codes(judged)


def test_a_figure_of_another_department_is_not_used(make_plan: MakePlan, judge_years: JudgeYears) -> None:
    header = "指标,年份,数值,填报单位"
    judged = judge_years(make_plan(HOMES), "改造套数,2021-2025,11,市公安局", header=header, period="2025")
    assert (judged.results[0].verdict, codes(judged)) == (Verdict.UNREPORTED, ["S213"])


def test_months_of_the_newest_year_are_taken_as_in_a_plan_of_one_year(
    make_plan: MakePlan, judge_years: JudgeYears
) -> None:
    grain = GRAIN.replace("years: mean", "years: each-year")
    sent = ["年均新增,2022,12", "年均新增,2023年1月,1", "年均新增,2023年2月,2", "城镇化率,2023年2月,63"]
    judged = judge_years(make_plan(grain, URBAN), *sent)
    flow, level = judged.results
    assert judged.period == Period(2023, 1, 2)
    assert (flow.actual, flow.verdict) == (3, Verdict.NOT_DUE)
    assert (level.actual, level.verdict) == (63, Verdict.NOT_DUE)
