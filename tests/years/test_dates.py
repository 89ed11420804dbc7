"""Dates of figures: a date ends a period at its day, and reaches the pace, in rows, titles and on the command line."""

from collections.abc import Callable
from fractions import Fraction

import pytest
from tests.years.conftest import JudgeYears, MakePlan

from czurban.app.assessing import choose_period
from czurban.app.over_time.tracking import tracking_of
from czurban.errors import UsageError
from czurban.model.over_time.pace import Pace, PaceStatus
from czurban.model.period import Period, parse_period, periods_in

FLOW = "id: a\nname: 造林\nunit: 万人\nkind: flow\ntarget: ≥7.0\ndeadline: 2020"
DAYS = "id: a\nname: 优良天数\nunit: 万人\nkind: flow\ntarget: ≥212\ndeadline: 2020\nelapsed: days"
HEAD = "指标,数值,时期"
TakePace = Callable[..., Pace]


@pytest.fixture
def pace(make_plan: MakePlan, judge_years: JudgeYears) -> TakePace:
    def take(entry: str, rows: str, period: str | None = None, *, plan: str = "2020") -> Pace:
        judged = judge_years(make_plan(entry, period=plan), *rows.split(), period=period, header=HEAD)
        return tracking_of(judged).targets[0].pace

    return take


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2020-01-09", Period(2020, 1, 1, day=9)),
        ("2020-07-12", Period(2020, 1, 7, day=12)),
        ("2020-07-02", Period(2020, 1, 7, day=2)),
        ("2020-07-02 00:00:00", Period(2020, 1, 7, day=2)),
        ("2020/7/2", Period(2020, 1, 7, day=2)),
        ("2020.7.2", Period(2020, 1, 7, day=2)),
        ("2020-7-27", Period(2020, 1, 7, day=27)),
        ("2020年7月27日", Period(2020, 1, 7, day=27)),
        ("截至2020年7月27日", Period(2020, 1, 7, day=27)),
        ("数据截至2020-07-27", Period(2020, 1, 7, day=27)),
        ("截至2020年7月", Period(2020, 1, 7)),
        ("2020-12-31", Period(2020)),
        ("2020-06-30", Period(2020, 1, 6)),
        ("2020-02-29", Period(2020, 1, 2)),
        ("2020-02-28", Period(2020, 1, 2, day=28)),
        ("2019-02-29", None),
        ("2020-01..09", Period(2020, 1, 9)),
        ("2020年1-9月", Period(2020, 1, 9)),
        ("2020年01-09", Period(2020, 1, 9)),
        ("2020-01至09", Period(2020, 1, 9)),
        ("2020-1-9", None),
        ("2020-01-9", None),
        ("2020-1-09", None),
        ("2020-07-32", None),
        ("2020-13-01", None),
    ],
)
def test_a_date_is_one_and_months_are_months(text: str, period: Period | None) -> None:
    assert parse_period(text) == period


@pytest.mark.parametrize(
    ("title", "periods", "vague"),
    [
        ("截至2020年7月27日造林情况", {Period(2020, 1, 7, day=27)}, False),
        ("截至2020年1月9日造林情况", {Period(2020, 1, 1, day=9)}, False),
        ("造林情况2020-01-09", {Period(2020, 1, 1, day=9)}, False),
        ("造林情况2020-1-9", {Period(2020, 1, 1)}, True),
    ],
)
def test_titles_keep_the_day(title: str, periods: set[Period], *, vague: bool) -> None:
    stated = periods_in(title)
    assert stated.vague is vague
    assert vague or stated.periods == periods


def test_a_date_is_written_as_one_and_ends_before_its_month() -> None:
    date = Period(2020, 1, 7, day=27)
    assert str(date) == "2020-07-27"
    assert Period(2020, 1, 7).includes(date)
    assert not date.includes(Period(2020, 1, 7))
    assert not Period(2020, 1, 12, day=30).is_year


@pytest.mark.parametrize("text", ["2020/7/2", "2020-07-02", "2020年7月2日", "截至2020年7月2日"])
@pytest.mark.parametrize("asked", [None, "2020-07-02", "2020/7/2", "7月2日"])
def test_the_day_of_a_figure_reaches_the_pace(pace: TakePace, text: str, asked: str | None) -> None:
    taken = pace(FLOW, f"造林,3.6,{text}\n", asked)
    assert taken.status is PaceStatus.AHEAD
    assert taken.due == 7 * (6 + Fraction(2, 31)) / 12


def test_nine_january_is_no_span(pace: TakePace) -> None:
    taken = pace(FLOW, "造林,0.3,2020-01-09\n")
    assert taken.clock
    assert taken.clock.passed == Fraction(9, 31)
    assert taken.status is PaceStatus.AHEAD


def test_the_worked_case_needs_no_flag(pace: TakePace) -> None:
    taken = pace(DAYS, "优良天数,127,2020-07-27\n")
    assert taken.due == Fraction(212 * 209, 366)
    assert taken.status is PaceStatus.AHEAD
    mean = pace(
        "id: a\nname: 细颗粒物\nunit: 万人\nkind: mean\ntarget: ≤57\ndeadline: 2020\nelapsed: days",
        "细颗粒物,58,2020年7月27日\n",
    )
    assert mean.needed == (Fraction(57) * 366 - 58 * 209) / 157


def test_two_dates_of_a_month_are_two_figures(make_plan: MakePlan, judge_years: JudgeYears) -> None:
    judged = judge_years(make_plan(FLOW, period="2020"), "造林,3.6,2020年7月2日", "造林,4.2,2020年7月27日", header=HEAD)
    assert judged.results[0].actual == Fraction("4.2")
    assert "S210" not in {each.code for each in judged.findings}
    assert judged.period == Period(2020, 1, 7, day=27)


def test_a_figure_of_a_month_is_none_of_a_date_in_it(make_plan: MakePlan, judge_years: JudgeYears) -> None:
    judged = judge_years(make_plan(FLOW, period="2020"), "造林,3.6,2020年1-6月", header=HEAD, period="6月2日")
    assert judged.results[0].actual is None
    assert "S208" in {each.code for each in judged.findings}


def test_a_figure_before_the_deadline_is_not_due(make_plan: MakePlan, judge_years: JudgeYears) -> None:
    judged = judge_years(make_plan(FLOW, period="2020"), "造林,3.6,2020年12月2日", header=HEAD)
    assert judged.results[0].verdict == "not-due"
    (target,) = tracking_of(judged).targets
    assert target.pace.status is PaceStatus.BEHIND
    assert target.pace.clock
    assert target.pace.clock.passed == 11 + Fraction(2, 31)


def test_a_date_in_several_years(pace: TakePace) -> None:
    level = "id: a\nname: 水平\nunit: '%'\nkind: rate\nbaseline: {value: 0, year: 2020}\ntarget: ≥60\ndeadline: 2025"
    taken = pace(level, "水平,18.2,2022年7月2日\n", plan="2021-2025")
    assert taken.due == 18 + Fraction(2, 31)
    assert taken.status is PaceStatus.AHEAD


@pytest.mark.parametrize("asked", ["2020-1-9", "2020-02-30", "2020-06-31"])
def test_an_unclear_or_impossible_date_is_refused(make_plan: MakePlan, asked: str) -> None:
    with pytest.raises(UsageError):
        choose_period(asked, make_plan(FLOW, period="2020"))


def test_an_unclear_date_in_a_row_is_refused(make_plan: MakePlan, judge_years: JudgeYears) -> None:
    judged = judge_years(make_plan(FLOW, period="2020"), "造林,0.3,2020-1-9", header=HEAD)
    assert "S209" in {each.code for each in judged.findings}
    assert judged.results[0].actual is None


@pytest.mark.parametrize("asked", ["2019-12..2020-03", "2020-03..2021-02", "2019-2020", "十三五"])
def test_a_span_of_several_years_is_no_time_of_a_year(make_plan: MakePlan, asked: str) -> None:
    with pytest.raises(UsageError):
        choose_period(asked, make_plan(FLOW, period="2020"))


FIVE = "id: a\nname: 造林\nunit: 万人\nkind: flow\ntarget: ≥100\ndeadline: 2025\n"


@pytest.mark.parametrize("asked", ["2026", "2026-03", "2025-07..2026-06", "2022-2030", "2020-12..2021-03"])
def test_years_after_the_plan_are_not_judged(make_plan: MakePlan, asked: str) -> None:
    with pytest.raises(UsageError):
        choose_period(asked, make_plan(FIVE))


@pytest.mark.parametrize(("asked", "judged"), [("2021-2025", "2025"), ("2021-2023", "2023"), ("十四五", "2025")])
def test_the_last_of_several_years_is_judged(make_plan: MakePlan, asked: str, judged: str) -> None:
    assert str(choose_period(asked, make_plan(FIVE))) == judged


@pytest.mark.parametrize(
    ("plan", "row"),
    [
        ("2020", "造林,150,2020年2季度"),
        ("2020", "造林,150,2020年7月"),
        ("2021-2025", "造林,120,2026"),
        ("2021-2025", "造林,120,2022年3季度"),
    ],
)
def test_no_hint_leads_to_the_same_finding(make_plan: MakePlan, judge_years: JudgeYears, plan: str, row: str) -> None:
    entry = FLOW if plan == "2020" else FIVE
    judged = judge_years(make_plan(entry, period=plan), row, header=HEAD)
    refused = [each for each in judged.findings if each.code == "S208"]
    hints = [each.hint.text for each in refused if each.hint]
    assert refused
    assert len(hints) == len(refused)
    assert not any("--period" in hint for hint in hints)
    assert judged.results[0].actual is None


@pytest.mark.parametrize(
    ("header", "period"),
    [
        ("2020年7月2日完成值", "2020-07-02"),
        ("截至2020年7月2日完成值", "2020-07-02"),
        ("截至7月2日完成值", "2020-07-02"),
        ("2020-07-02", "2020-07-02"),
        ("2020年7月31日完成值", "2020-01..07"),
        ("截至2020年7月完成值", "2020-01..07"),
        ("截至7月完成值", "2020-01..07"),
    ],
)
def test_a_column_may_be_of_a_date(make_plan: MakePlan, judge_years: JudgeYears, header: str, period: str) -> None:
    judged = judge_years(make_plan(FLOW, period="2020"), "造林,3.6", header=f"指标,{header}")
    assert judged.results[0].actual == Fraction("3.6")
    assert str(judged.period) == period
