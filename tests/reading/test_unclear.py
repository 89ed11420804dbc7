"""Tables whose values may belong to other names than those in the column of names are refused with a reason."""

import corpus
import pytest

from czurban.model.plan import Plan
from czurban.reading.submission.files import read_bytes

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


@pytest.mark.parametrize(
    "head",
    [
        "指标,单位,2018年实际,2019年",
        "指标,单位,2018年完成值,2019年,2020年",
        "指标,单位,2018年实际,2019年,2020年目标",
        "指标,单位,2018年（实绩）,2019年",
        "指标,单位,2018年,2019年E",
        "指标,单位,2018年,2019年 F",
    ],
)
def test_a_year_whose_neighbour_alone_has_results(made_up: Plan, head: str) -> None:
    """The word 实际 behind an earlier year raises the doubt whether the later one has results."""
    row = ",".join(["养老床位数", "张", "12920", "13000", "14000"][: len(head.split(","))])
    used, errors = corpus.judged(made_up, f"{head}\n{row}\n")
    assert used == []
    assert {"S102", "S208"} & set(errors)


@pytest.mark.parametrize(
    "head",
    [
        "指标,单位,2018年实际,2019年实际",
        "指标,单位,2018年实际,2019年完成值",
        "指标,单位,2018年,2019年",
        "指标,单位,2018年A,2019年B",
        "指标,单位,2018年目标,2019年",
        "指标,单位,2018年,2019年实际",
    ],
)
def test_a_year_that_is_as_clear_as_its_neighbour(made_up: Plan, head: str) -> None:
    assert corpus.judged(made_up, f"{head}\n养老床位数,张,12920,13130\n") == (["13130"], [])


@pytest.mark.parametrize(
    ("remark", "used"),
    [
        ("年初计划数", []),
        ("年初目标", []),
        ("此为目标值", []),
        ("这是预计数", []),
        ("此项为2018年数据", []),
        ("完成目标", ["13130"]),
        ("完成年初计划", ["13130"]),
        ("此为最终数", ["13130"]),
    ],
)
def test_a_remark_on_a_target(made_up: Plan, remark: str, used: list[str]) -> None:
    assert corpus.judged(made_up, f"指标,单位,完成值,备注\n养老床位数,张,13130,{remark}\n")[0] == used


@pytest.mark.parametrize(
    "note",
    [
        "注：养老床位数数据截止到11月底。",
        "注：养老床位数截至2019年9月",
        "注：养老床位数统计截至三季度末",
        "注：养老床位数取2018年数",
    ],
)
def test_a_note_on_one_indicator_for_another_period(made_up: Plan, note: str) -> None:
    rows = "养老床位数,张,13130\n常住人口,万人,331.3\n"
    assert corpus.judged(made_up, f"指标,单位,完成值\n{rows}{note},,\n") == (["3313/10"], ["S209"])


@pytest.mark.parametrize("title", ["云山市本级2019年主要指标", "云山市本级主要指标", "（本级）"])
def test_a_title_of_the_city_without_its_counties(made_up: Plan, title: str) -> None:
    assert corpus.judged(made_up, f"{title}\n指标,单位,完成值\n养老床位数,张,13130\n") == ([], ["S135"])


@pytest.mark.parametrize("title", ["附件2：2019年预算安排情况表", "2019年计划编制情况"])
def test_a_title_of_what_is_planned(made_up: Plan, title: str) -> None:
    assert corpus.judged(made_up, f"{title}\n指标,单位,2019年\n养老床位数,张,13130\n") == ([], ["S102"])
    assert corpus.judged(made_up, f"{title}\n指标,单位,完成值\n养老床位数,张,13130\n")[0] == ["13130"]


@pytest.mark.parametrize("head", ["2019年", "完成值", "完成情况", "2019年完成值"])
def test_a_header_that_may_span_columns(made_up: Plan, head: str) -> None:
    """One of the two columns may have the targets, or growth rates."""
    rows = "养老床位数,张,13000,13130\n固定资产投资额,亿元,1200,1213\n"
    assert corpus.judged(made_up, f"指标,单位,{head},\n{rows}") == ([], ["S265"])
    rows = "养老床位数,张,13000,,13130,\n固定资产投资额,亿元,1200,,1213,\n"
    assert corpus.judged(made_up, f"指标,单位,{head},,,备注\n{rows}") == ([], ["S265"])
    rows = "养老床位数,张,13130,快报\n固定资产投资额,亿元,1213,—\n"
    assert corpus.judged(made_up, f"指标,单位,{head},\n{rows}") == (["13130", "1213"], [])
    rows = "养老床位数,张,13130,\n固定资产投资额,亿元,1213,\n常住人口,万人,331.3,5\n"
    assert corpus.judged(made_up, f"指标,单位,{head},\n{rows}")[0] == ["3313/10", "13130", "1213"]


@pytest.mark.parametrize("head", ["", "甲乙丙词", "分项"])
@pytest.mark.parametrize("text", ["其中：民办", "其中:公办", "其中农村"])
def test_a_part_in_a_column_behind_the_names(made_up: Plan, head: str, text: str) -> None:
    rows = f"养老床位数,{text},13000\n常住人口,,331.3\n"
    assert corpus.judged(made_up, f"指标,{head},完成值\n{rows}") == (["3313/10"], ["S135"])


@pytest.mark.parametrize(
    "date", ["填报日期：2019年11月10日", "填报时间：2019-11-10", "制表日期：2019.1.10", "更新时间：2019年6月"]
)
def test_a_document_that_is_dated_before_the_end_of_the_year(made_up: Plan, date: str) -> None:
    table = "指标,单位,完成值\n养老床位数,张,13130\n"
    assert corpus.judged(made_up, f"{date}\n{table}") == ([], ["S209"])
    assert corpus.judged(made_up, f"2019年主要指标\n{date}\n{table}") == ([], ["S209"])
    assert corpus.judged(made_up, f"{table}{date},,\n") == ([], ["S209"])
    assert corpus.judged(made_up, f"{date}\n{table}".replace("完成值", "2019年完成值")) == ([], ["S209"])
    assert corpus.judged(made_up, f"填报日期,2019年11月10日\n{table}") == ([], ["S209"])


@pytest.mark.parametrize(
    "date", ["填报日期：2020年1月10日", "制表日期：2019年12月31日", "更新时间：2020-11-10", "填报日期："]
)
def test_a_document_that_is_dated_later(made_up: Plan, date: str) -> None:
    table = "指标,单位,完成值\n养老床位数,张,13130\n"
    assert corpus.judged(made_up, f"{date}\n{table}") == (["13130"], [])
    assert corpus.judged(made_up, f"{table}{date},,\n") == (["13130"], [])


def test_a_date_in_the_year_of_the_plan_leaves_earlier_years(made_up: Plan) -> None:
    text = "填报日期：2019年3月10日\n指标,单位,年份,完成值\n养老床位数,张,2018,12920\n养老床位数,张,2019,13130\n"
    submission, findings = read_bytes("f.csv", text.encode(), made_up)
    assert [(str(value.period), value.raw) for value in submission.observations] == [("2018", "12920")]
    assert "S209" in {fault.code for fault in findings}


@pytest.mark.parametrize("head", ["完成时限", "更新时间", "填报日期"])
def test_dates_that_distinguish_rows_of_one_name(made_up: Plan, head: str) -> None:
    """The dates of such rows may be the periods of their figures."""
    head = f"指标,{head},单位,完成值\n"
    assert corpus.judged(made_up, f"{head}养老床位数,2018年,张,12920\n养老床位数,2019年,张,13130\n") == ([], ["S138"])
    rows = "养老床位数,2018年,张,13130\n常住人口,2020年,万人,331.3\n"
    assert corpus.judged(made_up, f"{head}{rows}") == (["3313/10", "13130"], [])
    rows = "养老床位数,2020-01-05,张,快报,13130\n养老床位数,2020-06-05,张,修订,13150\n"
    assert corpus.judged(made_up, f"{head.replace('单位', '单位,数据状态')}{rows}")[0] == ["13150"]


@pytest.mark.parametrize(
    ("title", "codes"),
    [
        ("2019年市直单位主要指标", ["S135"]),
        ("2019年主要指标（市直部分）", ["S135"]),
        ("2019年主要指标（农村部分）", ["S135"]),
        ("单位：东山县", ["S213"]),
        ("单位名称：东山县发改局", ["S213"]),
    ],
)
def test_more_titles_of_a_part_or_another_sender(made_up: Plan, title: str, codes: list[str]) -> None:
    assert corpus.judged(made_up, f"{title}\n指标,单位,完成值\n养老床位数,张,13130\n") == ([], codes)


@pytest.mark.parametrize(
    ("remark", "used"),
    [
        ("urban only", []),
        ("Rural only", []),
        ("only rural", []),
        ("excluding Dongshan", []),
        ("Preliminary estimates", []),
        ("excluding price effects", ["13130"]),
        ("preliminary", ["13130"]),
    ],
)
def test_english_remarks(made_up: Plan, remark: str, used: list[str]) -> None:
    assert corpus.judged(made_up, f"Indicator,Unit,Actual,Remarks\n养老床位数,张,13130,{remark}\n")[0] == used
    assert corpus.judged(made_up, f"Indicator,Unit,Actual\n养老床位数,张,13130\nNote: {remark},,\n")[0] == used


@pytest.mark.parametrize("rows", ["", ",,,,2018\n", "\n\n"])
def test_a_table_without_a_row_of_figures_is_read(made_up: Plan, rows: str) -> None:
    used, _ = corpus.judged(made_up, f",城镇登记失业率,,,2018\n{rows}")
    assert used == []
