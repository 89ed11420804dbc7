"""Notes above, among and below rows, and in the column of remarks: what they state is never contradicted in silence."""

import pytest
from corpus import judged

from czurban.model.plan import Plan

HEAD = "指标,单位,完成值\n"
DATED = "指标,单位,2019年完成值\n"
BARE = "指标,完成值\n城镇登记失业率,4.4\n"
JOBS = "城镇新增就业人数,万人,1.6\n"
IDLE = "城镇登记失业率,%,4.4\n"


@pytest.mark.parametrize(
    "note",
    [
        "以下为2018年数据",
        "注：以下为2018年数据",
        "以上为2018年数据",
        "备注：本表为2018年数",
        "以下为上年数",
        *("下表为2018年数", "2018年数据如下", "下面是2018年数据", "以下指标均采用2018年数据", "Below are 2018 figures"),
    ],
)
def test_a_note_of_another_year_goes_against_a_header_with_a_year(plan: Plan, note: str) -> None:
    assert judged(plan, f"{DATED}{note},,\n{JOBS}{IDLE}") == ([], ["S209", "S209"])
    assert judged(plan, f"{DATED}{JOBS}{note},,\n{IDLE}") == ([], ["S209", "S209"])


def test_a_note_of_another_year_above_the_header_counts_too(plan: Plan) -> None:
    assert judged(plan, f"以下为2018年数据,,\n{DATED}{JOBS}") == ([], ["S209"])


def test_a_note_of_another_year_goes_against_the_year_of_a_row(plan: Plan) -> None:
    rows = "城镇新增就业人数,2019,万人,1.6\n"
    assert judged(plan, f"指标,年份,单位,完成值\n{rows}以上为2018年数据,,,\n") == ([], ["S209"])
    assert judged(plan, f"指标,年份,单位,完成值\n{rows}以上为2019年数据,,,\n") == (["8/5"], [])


@pytest.mark.parametrize(
    "note", ["以上为2019年数据", "注：数据截至2019年12月底", "填报日期：2020年1月10日", "注：比2018年增长5%"]
)
def test_a_note_that_contradicts_nothing(plan: Plan, note: str) -> None:
    assert judged(plan, f"{DATED}{JOBS}{note},,\n") == (["8/5"], [])


def test_a_note_about_one_of_several_columns_of_years(plan: Plan) -> None:
    table = "指标,单位,2018年,2019年\n城镇新增就业人数,万人,1.9,1.6\n"
    assert judged(plan, f"{table}注：2018年为年报数，2019年为快报数,,,\n") == (["8/5"], [])


@pytest.mark.parametrize(
    "note",
    ["以下均为预计数", "注：以下均为预计数", "以下数据为目标数", "下列指标为预计数", "All figures below are estimates"],
)
def test_a_note_on_what_is_below_holds_for_later_tables(plan: Plan, note: str) -> None:
    assert judged(plan, f"{note},,\n表一,,\n{HEAD}{JOBS}\n表二,,\n{HEAD}{IDLE}")[0] == []
    assert "22/5" not in judged(plan, f"{HEAD}{JOBS}\n{note},,\n{HEAD}{IDLE}")[0]
    assert judged(plan, f"{HEAD}{JOBS}{note},,\n{IDLE}{HEAD}{IDLE}")[0] == []


@pytest.mark.parametrize(
    "note", ["以下各项均为预计数", "以下内容为预测", "以上为2019年预计数", "All figures are estimates"]
)
def test_a_note_that_calls_all_figures_forecasts(plan: Plan, note: str) -> None:
    assert judged(plan, f"{HEAD}{JOBS}{note},,\n{IDLE}") == ([], ["S135"])


def test_a_note_that_compares_with_a_forecast_refuses_nothing(plan: Plan) -> None:
    assert judged(plan, f"{HEAD}{JOBS}以上数据较预计增长5%,,\n") == (["8/5"], [])


def test_a_note_between_tables_does_not_go_against_the_first(plan: Plan) -> None:
    assert judged(plan, f"{HEAD}{JOBS}\n以下均为预计数,,\n{HEAD}{IDLE}") == (["8/5"], ["S135"])


def test_a_note_of_another_year_holds_for_later_tables_without_a_year(plan: Plan) -> None:
    assert judged(plan, f"{DATED}{JOBS}\n以下为2018年数据,,\n{DATED}{IDLE}") == (["8/5"], ["S209"])


def test_a_remark_on_what_is_below_holds_from_its_row_on(plan: Plan) -> None:
    rows = f"{JOBS.strip()},\n城镇登记失业率,%,4.4,以下均为预计数\n"
    assert judged(plan, f"指标,单位,完成值,备注\n{rows}") == (["8/5"], ["S135"])
    rows = f"{IDLE.strip()},以下为2018年数据\n{JOBS.strip()},\n"
    assert judged(plan, f"指标,单位,2019年完成值,备注\n{rows}") == ([], ["S209", "S209"])
    rows = f"{IDLE.strip()},以下均为预计数\n{JOBS.strip()},\n"
    assert judged(plan, f"指标,单位,完成值,备注\n{rows}") == ([], ["S135", "S135"])


@pytest.mark.parametrize(
    "note",
    [
        "注：以上单位为‰",
        "注：以上数据单位为‰",
        "注：单位均为‰",
        "以上单位：‰",
        "注：失业率单位为‰",
        "注：城镇登记失业率单位为‰",
        "注：以上单位为千分数",
        "注：单位均为千分比",
        "注：以上数据均为千分数",
        "以上各项均为‰。",
        "注：城镇登记失业率单位为千分数",
        "注：失业率单位为千分比",
    ],
)
def test_a_note_of_a_unit_is_used_where_nothing_else_states_one_and_contradicted_by_none(plan: Plan, note: str) -> None:
    assert judged(plan, f"{BARE}{note},\n")[0] == ["11/25"]
    assert "S205" in judged(plan, f"{HEAD}{IDLE}{note},,\n")[1]
    assert judged(plan, f"{HEAD}{IDLE}{note},,\n")[0] == []
    assert judged(plan, f"{HEAD}{JOBS}{note},,\n")[0] == ["8/5"]  # people are not measured in ‰


@pytest.mark.parametrize(
    "note", ["注：以上单位为%", "注：以上均为百分数", "注：出生率单位为‰", "注：出生率为千分数", "注：以上单位为万元"]
)
def test_a_note_of_a_unit_that_changes_nothing(plan: Plan, note: str) -> None:
    assert judged(plan, f"{BARE}{note},\n") == (["22/5"], [])
    assert judged(plan, f"{HEAD}{IDLE}{note},,\n") == (["22/5"], [])
