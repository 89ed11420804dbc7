"""Pairs of a label and a text above a header, such as 填报单位 | 市公安局: what they state holds for the table."""

import pytest
from corpus import judged

from czurban.model.plan import Plan

HEAD = "指标,单位,完成值\n"
JOBS = "城镇新增就业人数,万人,1.6\n"
IDLE = "城镇登记失业率,%,4.4\n"


@pytest.mark.parametrize(
    "lines",
    [
        "填报单位,市人力资源社会保障局,\n年份,2019,\n",
        "填报单位：,市人力资源社会保障局,\n填报日期,2020-01-10,\n",
        "地区,钦州市,\n年份,2019年,\n",
        "年份,2019\n,,\n",
        "数据状态,快报,\n",
        "数据类型,实际,\n\n",
        "单位,万人,\n",
    ],
)
def test_labels_that_fit_the_plan(plan: Plan, lines: str) -> None:
    assert judged(plan, f"{lines}{HEAD}{JOBS}") == (["8/5"], [])


@pytest.mark.parametrize(
    ("lines", "codes"),
    [
        ("填报单位,市公安局\n", ["S212"]),
        ("填报单位,市公安局,\n填报日期,2020-01-10,\n", ["S212"]),
        ("部门,市公安局,\n", ["S212"]),
        ("年份,2018,\n", ["S208"]),
        ("时期,2019年1-9月,\n\n", ["S208"]),
        ("地区,灵山县,\n", ["S217"]),
        ("县区,灵山县,\n年份,2019,\n", ["S217"]),
        ("数据类型,预计数,\n", ["S135"]),
        ("数据类型,目标值,\n", ["S135"]),
        ("口径,市辖区,\n", ["S135"]),
    ],
)
def test_labels_that_do_not_fit_the_plan(plan: Plan, lines: str, codes: list[str]) -> None:
    assert judged(plan, f"{lines}{HEAD}{JOBS}") == ([], codes)


def test_several_labels_in_a_row(plan: Plan) -> None:
    table = "指标,单位,完成值,备注\n城镇新增就业人数,万人,1.6,\n"
    assert judged(plan, f"地区,灵山县,年份,2019\n{table}") == ([], ["S217"])
    assert judged(plan, f"联系人,某某,联系电话,12345\n{table}") == (["8/5"], [])


def test_a_unit_above_a_table(plan: Plan) -> None:
    assert judged(plan, "单位,人\n指标,完成值\n城镇新增就业人数,16000\n") == (["8/5"], [])


def test_labels_above_a_later_table(plan: Plan) -> None:
    assert judged(plan, f"{HEAD}{JOBS}\n地区,灵山县,\n{HEAD}{IDLE}") == (["8/5"], ["S217"])
    assert judged(plan, f"地区,灵山县,\n{HEAD}{JOBS}\n地区,钦州市,\n{HEAD}{IDLE}") == (["22/5"], ["S217"])
    bare = "指标,完成值\n城镇新增就业人数,1.6\n"
    assert judged(plan, f"{bare}地区,灵山县\n{bare}") == (["8/5"], ["S217"])


def test_labels_above_a_table_with_indicators_across(plan: Plan) -> None:
    across = "城镇新增就业人数,城镇登记失业率\n"
    assert judged(plan, f"地区,灵山县,\n年份,{across}2019,1.6,4.4\n") == ([], ["S217", "S217"])
    assert judged(plan, f"年份,2019,\n地区,{across}钦州市,1.6,4.4\n灵山县,1,2\n")[0] == ["8/5", "22/5"]
    assert judged(plan, f"年份,2018,\n地区,{across}钦州市,1.6,4.4\n灵山县,1,2\n")[0] == []
