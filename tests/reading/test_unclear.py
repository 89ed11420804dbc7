"""Tables whose values may belong to other names than those in the column of names are refused with a reason."""

import corpus
import pytest

from czurban.model.plan import Plan

ROWS = (
    "城镇新增就业人数,万人,1.83,,养老床位数,张,13130\n"
    "城镇登记失业率,%,3.73,,固定资产投资额,亿元,1213\n"
    "常住人口,万人,331.3,,,,\n"
)
STRANGE = "年报登记数,万人,1.83,,养老床位数,张,13130\n年报核定数,%,3.73,,固定资产投资额,亿元,1213\n"


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    return corpus.corpus_plan(tmp_path_factory.mktemp("plan"))


@pytest.mark.parametrize("rows", [ROWS, STRANGE], ids=["known names", "unknown names"])
@pytest.mark.parametrize(
    "head",
    [
        "甲乙丙词,数据状态,完成值,,指标,单位,",
        "甲乙丙词,甲乙丙词,完成值,,指标,单位,甲乙丙词",
        "责任人,计分方法,完成值,,指标,单位,完成率",
        "指标,单位,,,,,完成值",
        "指标,单位,甲乙丙词,,完成率,甲乙丙词二,完成值",
        ",,完成值,,指标,单位,",
    ],
)
def test_names_and_values_of_two_tables_do_not_go_together(made_up: Plan, head: str, rows: str) -> None:
    used, errors = corpus.judged(made_up, f"{head}\n{rows}")
    assert used == []
    assert {"S265", "S138"} & set(errors)


@pytest.mark.parametrize("head", ["备注", "数据状态", "完成率", "甲乙丙词", ""])
def test_a_name_in_another_column_than_that_of_names(made_up: Plan, head: str) -> None:
    """The value of a row with two names may be of either."""
    rows = "养老床位数,张,13130,\n固定资产投资额,亿元,1213,养老床位数\n"
    assert corpus.judged(made_up, f"指标,单位,完成值,{head}\n{rows}") == ([], ["S265"])
    rows = "养老床位数,张,13130,\n,亿元,1213,固定资产投资额\n"
    assert corpus.judged(made_up, f"指标,单位,完成值,{head}\n{rows}") == ([], ["S265"])


@pytest.mark.parametrize(
    "text",
    [
        "一级指标,二级指标,单位,完成值\n固定资产投资额,养老床位数,张,13130\n",
        "项目,指标名称,单位,完成值\n固定资产投资额,养老床位数,张,13130\n",
        "指标,单位,完成值,备注\n养老床位数,张,13130,养老床位数\n",
        "指标,,单位,完成值\n养老床位数,,张,13130\n",
        "指标,单位,目标,,完成值,备注\n养老床位数,张,13000,,13130,快报\n",
        "序号,指标,,单位,责任单位,完成值,完成时限\n4,养老床位数,,张,市统计局,13130,2020年底\n",
    ],
    ids=["levels", "groups", "the same name", "a blank column", "a blank column before values", "between words"],
)
def test_a_table_whose_values_are_clear(made_up: Plan, text: str) -> None:
    assert corpus.judged(made_up, text) == (["13130"], [])
