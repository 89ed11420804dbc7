"""What titles, notes, sheet names, remarks and qualifying columns say of figures is part of what they are."""

import io
from collections.abc import Callable, Sequence

import pytest
import xlsxwriter
from corpus import judged

from czurban.model.finding import Findings
from czurban.model.observation import Submission
from czurban.model.plan import Plan
from czurban.reading.submission.surroundings.remarks import NO_REMARK, RemarkKind, read_remark

Whole = Callable[..., tuple[Submission, Findings]]
Cells = Sequence[str | float | None]
HEAD = "指标,单位,完成值\n"
ROW = "城镇新增就业人数,万人,1.6\n"
REST = "城镇登记失业率,%,4.4\n"


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("注：数据为1-9月", ["S209"]),
        ("注：数据为1—9月份", ["S209"]),
        ("数据截止日期：2019年9月30日", ["S209"]),
        ("截止日期：2019年9月30日", ["S209"]),
        ("前三季度数据", ["S209"]),
        ("注：以上数据截至10月底", ["S209"]),
        ("说明：统计时间为上半年", ["S209"]),
        ("备注：表中数据更新至2019年11月", ["S209"]),
        ("备注：本表为2018年数", ["S209"]),
        ("以上为预计数", ["S135"]),
        ("注：以上数据均为预计数", ["S135"]),
        ("注：本表数据为测算数，最终以公报为准", ["S135"]),
        ("注：以上为目标数", ["S135"]),
        ("以上数据作废", ["S135"]),
        ("注：更正：应为1.4", ["S135"]),
        ("注：仅城区数据", ["S135"]),
        ("注：1.数据为1-9月；2.略", ["S209"]),
        ("注：部分为预计数", ["S135"]),
        ("注：不含灵山县", ["S135"]),
    ],
)
def test_a_line_below_a_table_decides_what_its_figures_are(plan: Plan, line: str, codes: list[str]) -> None:
    assert judged(plan, f"{HEAD}{ROW}{line}\n") == ([], codes)
    assert judged(plan, f"{HEAD}{ROW}\n{line},,\n") == ([], codes)
    assert judged(plan, f"指标,单位,2019年完成值\n{ROW}{line}\n")[0] == [] or "2018" in line


@pytest.mark.parametrize("line", ["备注,,以上为预计数", "备注,以上为预计数,", ",,数据为1-9月", "注：,,2018年数据"])
def test_a_line_below_in_more_than_one_cell(plan: Plan, line: str) -> None:
    assert judged(plan, f"{HEAD}{ROW}{line}\n")[0] == []


@pytest.mark.parametrize(
    "line",
    [
        "注：基期为2018年",
        "注：以上为快报数",
        "数据来源：公报",
        "填报日期：2020年1月10日",
        "注：比2018年增长5%",
        "注：固定资产投资不含农户",
        "注：2020年计划开工",
        "注：数据截至2019年12月底",
        "注：以上为全年数",
        "注：目标见附件",
    ],
)
def test_a_line_that_says_nothing_against_the_figures(plan: Plan, line: str) -> None:
    used, errors = judged(plan, f"{HEAD}{ROW}{line}\n")
    assert (used, errors) == (["8/5"], [])


@pytest.mark.parametrize(
    ("title", "codes"),
    [
        ("2019年三季报", ["S208"]),
        ("2019年前三季度主要指标", ["S208"]),
        ("201909主要指标", ["S208"]),
        ("2019年半年报", ["S209"]),
        ("2019年中期报告", ["S209"]),
        ("2019年预计完成情况", ["S135"]),
        ("2019年全年预测", ["S135"]),
        ("2019年完成情况（作废）", ["S135"]),
        ("广西2019年主要指标", ["S217"]),
        ("2019年广西壮族自治区主要指标", ["S217"]),
        ("全区2019年主要指标", ["S217"]),
        ("全国2019年主要指标", ["S217"]),
    ],
)
def test_a_title_decides_what_the_figures_are(plan: Plan, title: str, codes: list[str]) -> None:
    assert judged(plan, f"{title},,\n{HEAD}{ROW}") == ([], codes)


@pytest.mark.parametrize(
    "title",
    [
        "2019年主要指标",
        "全市2019年主要指标",
        "广西钦州市2019年主要指标",
        "2019年目标完成情况",
        "2019年绩效目标自评表",
        "2019年年报",
    ],
)
def test_a_title_that_leaves_the_figures_what_they_are(plan: Plan, title: str) -> None:
    assert judged(plan, f"{title},,\n{HEAD}{ROW}") == (["8/5"], [])


@pytest.mark.parametrize("title", ["2019年三季报", "2019年1-9月主要指标", "2019年上半年"])
def test_a_year_under_a_title_for_a_part_of_it_is_not_used(plan: Plan, title: str) -> None:
    for head in ("指标,单位,2019年\n", "指标,单位,2019年完成值\n"):
        assert judged(plan, f"{title},,\n{head}{ROW}") == ([], ["S209"])


@pytest.mark.parametrize("title", ["2019年12月主要指标", "201912主要指标", "2019年1-12月主要指标"])
@pytest.mark.parametrize("head", ["本年累计", "1-12月累计", "1-12月", "自年初累计"])
def test_a_sum_over_the_year_in_the_report_of_december(plan: Plan, title: str, head: str) -> None:
    text = f"{title},,,,\n主要经济指标,单位,{head},上年同期,同比增长（%）\n城镇新增就业人数,万人,1.6,1.5,6.7\n"
    assert judged(plan, text) == (["8/5"], [])


@pytest.mark.parametrize("title", ["2019年9月主要指标", "201909主要指标"])
def test_a_sum_over_nine_months_is_not_the_year(plan: Plan, title: str) -> None:
    text = f"{title},,\n指标,单位,本年累计\n{ROW}"
    assert judged(plan, text) == ([], ["S208"])


@pytest.mark.parametrize(
    ("title", "header", "used"),
    [
        ("2019年绩效目标申报表", "指标值", False),
        ("2019年目标任务分解情况", "数值", False),
        ("2019年度计划", "2019年", False),
        ("2019年绩效目标申报表", "实际完成值", True),
        ("2019年绩效目标自评表", "指标值", True),
    ],
)
def test_a_table_of_targets(plan: Plan, title: str, header: str, *, used: bool) -> None:
    assert judged(plan, f"{title},,\n指标,单位,{header}\n{ROW}") == ((["8/5"], []) if used else ([], ["S102"]))


@pytest.mark.parametrize(
    ("note", "codes"),
    [
        ("为2018年数据", ["S209"]),
        ("本数为2018年数", ["S209"]),
        ("截至10月底", ["S209"]),
        ("1-9月", ["S209"]),
        ("预计数", ["S135"]),
        ("均为预计数", ["S135"]),
        ("预计全年完成1.8", ["S135"]),
        ("目标数", ["S135"]),
        ("作废", ["S135"]),
        ("更正：应为38.0", ["S135"]),
        ("数据有误", ["S135"]),
        ("仅市区", ["S135"]),
        ("不含灵山县、浦北县", ["S135"]),
    ],
)
@pytest.mark.parametrize("header", ["备注", "说明", "天晓得"])
def test_a_row_s_own_remark(plan: Plan, header: str, note: str, codes: list[str]) -> None:
    text = f"指标,单位,完成值,{header}\n城镇新增就业人数,万人,1.6,{note}\n"
    used, errors = judged(plan, text)
    assert used == []
    assert errors == codes or (header == "天晓得" and errors == ["S138"])


@pytest.mark.parametrize(
    "note", ["", "—", "比2018年增长5%", "快报数", "2018年为1.5", "约束性指标", "已更正", "统计局提供", "2019年", "无误"]
)
def test_a_remark_that_says_nothing_against_the_figure(plan: Plan, note: str) -> None:
    assert judged(plan, f"指标,单位,完成值,备注\n城镇新增就业人数,万人,1.6,{note}\n") == (["8/5"], [])


def test_a_remark_that_names_one_of_the_columns_is_about_that_one(plan: Plan) -> None:
    text = "指标,单位,2018年,2019年,备注\n城镇新增就业人数,万人,1.5,1.6,2018年数据为快报数\n"
    assert judged(plan, text) == (["8/5"], [])


@pytest.mark.parametrize(
    ("header", "cell", "used"),
    [
        ("数据类型", "预测数", False),
        ("数据类型", "目标值", False),
        ("数据类型", "天晓得", False),
        ("数据类型", "实际数", True),
        ("数据类型", "年报", True),
        ("类型", "计划", False),
        ("类型", "预计", False),
        ("类型", "约束性", True),
        ("类型", "实际", True),
        ("性别", "男", False),
        ("性别", "合计", True),
        ("分项", "市区", False),
        ("分项", "总计", True),
        ("分项", "", True),
        ("口径", "公安口径", False),
        ("口径", "全市", True),
        ("范围", "城区", False),
        ("范围", "全区", False),
        ("范围", "钦州市", True),
        ("数据状态", "预计数", False),
    ],
)
def test_a_qualifying_column(plan: Plan, header: str, cell: str, *, used: bool) -> None:
    text = f"指标,{header},单位,完成值\n城镇新增就业人数,{cell},万人,1.6\n"
    values, errors = judged(plan, text)
    assert (values, errors) == ((["8/5"], []) if used else ([], ["S135"]))


def test_s136_rows_that_are_no_results_are_passed_over_where_there_is_one(whole: Whole, plan: Plan) -> None:
    text = (
        "指标,数据类型,单位,完成值\n"
        "城镇新增就业人数,计划数,万人,1.5\n城镇新增就业人数,实际数,万人,1.6\n城镇新增就业人数,预测数,万人,1.7\n"
    )
    submission, findings = whole(text)
    assert [one.code for one in findings] == ["S136", "S136"]
    assert (submission.rows.used, submission.rows.refused, submission.rows.ignored) == (1, 0, 3)
    assert judged(plan, text) == (["8/5"], [])


@pytest.mark.parametrize(
    ("rows", "used", "codes"),
    [
        (",市区,0.7|,县域,0.5|,合计,1.6", ["8/5"], []),
        (",合计,1.6|,市区,0.7|,县域,0.9", ["8/5"], []),
        (",,1.6|,市区,0.7|,县域,0.9", ["8/5"], []),
        (",市区,0.7|,县域,0.9", [], ["S135", "S135"]),
        (",,1.6|,,0.7|,,0.9", [], ["S137"]),
        (",,0.7|,,0.7", [], ["S137"]),
    ],
)
def test_k07_a_name_that_spans_rows(plan: Plan, rows: str, used: list[str], codes: list[str]) -> None:
    first, *others = rows.split("|")
    text = "指标,分项,完成值\n城镇新增就业人数" + first + "\n" + "\n".join(others) + "\n"
    assert judged(plan, text) == (used, codes)
    assert judged(plan, text.replace("指标,", "指标,", 1) + "城镇登记失业率,,3.5\n")[1] == codes


def test_k07_a_name_that_spans_rows_by_other_columns(plan: Plan) -> None:
    assert judged(plan, "指标,地区,数值\n城镇新增就业人数,钦州市,1.6\n,灵山县,0.5\n")[0] == ["8/5"]
    assert judged(plan, "指标,年份,数值\n城镇新增就业人数,2018,1.5\n,2019,1.6\n")[0] == ["8/5"]
    assert judged(plan, "指标,天晓得,数值\n城镇新增就业人数,甲,0.7\n,合计,1.6\n") == ([], ["S137"])


def workbook(name: str, rows: Sequence[Cells], merged: Sequence[tuple[int, int, int, int]] = ()) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        page = book.add_worksheet(name)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
        for top, left, bottom, right in merged:
            page.merge_range(top, left, bottom, right, rows[top][left])
    return stream.getvalue()


def test_k07_a_merged_name(plan: Plan) -> None:
    rows: list[Cells] = [["指标", "分项", "完成值"], ["城镇新增就业人数", "市区", 0.7], [None, "合计", 1.6]]
    assert judged(plan, workbook("填报", rows, [(1, 0, 2, 0)]), "f.xlsx") == (["8/5"], [])


@pytest.mark.parametrize(
    ("sheet", "header", "codes"),
    [
        ("2019年目标", "数值", ["S102"]),
        ("2019年目标", "2019年", ["S102"]),
        ("2019年计划", "指标值", ["S102"]),
        ("预计", "完成值", ["S135"]),
        ("三季报", "完成值", ["S209"]),
        ("2019年1-9月", "2019年完成值", ["S209"]),
    ],
)
def test_a_sheet_s_name_decides_what_the_figures_are(plan: Plan, sheet: str, header: str, codes: list[str]) -> None:
    rows: list[Cells] = [["指标", header], ["城镇新增就业人数", 1.6]]
    assert judged(plan, workbook(sheet, rows), "f.xlsx") == ([], codes)


def test_a_unit_that_a_note_states(plan: Plan) -> None:
    assert judged(plan, "指标,完成值\n城镇新增就业人数,16000\n注：单位：人\n") == (["8/5"], [])
    assert judged(plan, "指标,完成值,备注\n城镇新增就业人数,16000,单位：人\n") == (["8/5"], [])
    assert judged(plan, "指标,单位,完成值,备注\n城镇新增就业人数,万人,1.6,单位：人\n") == ([], ["S205"])


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("预计数", RemarkKind.FORECAST),
        ("计划数", RemarkKind.TARGET),
        ("错误", RemarkKind.WITHDRAWN),
        ("仅县城", RemarkKind.PART),
    ],
)
def test_kinds_of_remarks(text: str, kind: RemarkKind) -> None:
    assert read_remark(text).kind is kind
    assert read_remark(f"本指标与{text}无关联说明").period is None
    assert read_remark("") == NO_REMARK


@pytest.mark.parametrize(
    ("first", "second", "values", "codes"),
    [
        ("钦州市", "灵山县", ["8/5"], ["S217"]),
        ("一、全市", "二、浦北县", ["8/5"], ["S217"]),
        ("灵山县", "全市", ["22/5"], ["S217"]),
        ("一、年度目标", "二、完成情况", ["22/5"], ["S135"]),
        ("一、完成情况", "二、2020年计划", ["8/5"], ["S135"]),
        ("2019年", "2018年", ["8/5"], ["S208"]),
        ("一、2019年完成数", "二、2019年预计数", ["8/5"], ["S135"]),
        ("（一）城区", "（二）合计", ["22/5"], ["S217"]),
        ("一、增速（%）", "二、总量", ["22/5"], ["S135"]),
        ("上半年", "全年", ["22/5"], []),
        ("（一）建成区", "（二）基本公共服务", ["8/5", "22/5"], []),
        ("一、城镇化水平", "二、其他", ["8/5", "22/5"], []),
    ],
)
def test_a_row_that_heads_others_decides_what_they_are(
    plan: Plan, first: str, second: str, values: list[str], codes: list[str]
) -> None:
    for heads in ((f"{first},,", f"{second},,"), (first, second)):
        used, errors = judged(plan, f"指标,单位,数值\n{heads[0]}\n{ROW}{heads[1]}\n{REST}")
        assert (sorted(used), errors) == (sorted(values), codes)


@pytest.mark.parametrize("header", ["", "人员", "覆盖"])
@pytest.mark.parametrize(
    ("text", "values"), [("男", []), ("城区", []), ("市本级", []), ("张三", ["8/5"]), ("", ["8/5"])]
)
def test_a_part_in_a_column_that_is_not_known(plan: Plan, header: str, text: str, values: list[str]) -> None:
    assert judged(plan, f"指标,{header},单位,数值\n城镇新增就业人数,{text},万人,1.6\n")[0] == values


@pytest.mark.parametrize(
    "remark",
    [
        *("上年数", "为去年数据", "上年同期数", "暂用上年数据", "沿用2018年数据", "用2018年数代替", "最新可得为2018年"),
        *(
            "暂无2019年数据，以2018年代替",
            "因年报未出，暂填三季度数",
            "前11个月",
            "前十一个月数据",
            "1至11个月",
            "数据滞后一年",
        ),
        *(
            "截至三季度末",
            "当月数",
            "12月当月数",
            "半年数",
            "中期数据",
            "季度数",
            "三季报数据",
            "data as of September 2019",
        ),
    ],
)
def test_a_remark_of_another_period(plan: Plan, remark: str) -> None:
    assert judged(plan, f"指标,单位,完成值,备注\n城镇新增就业人数,万人,1.6,{remark}\n") == ([], ["S209"])
    assert judged(plan, f"{HEAD}{ROW}注：{remark}\n")[0] == []


@pytest.mark.parametrize(
    "remark",
    [
        *(
            "全区数据",
            "全国平均",
            "灵山县数据",
            "为浦北县数",
            "城区数",
            "市本级数据",
            "市辖区口径",
            "统计范围：灵山县",
            "不含灵山",
        ),
        *(
            "灵山县数据未上报",
            "按计划数填报",
            "先填计划数",
            "更正为1.4",
            "原报1.6，现改为1.4",
            "增速",
            "同比数",
            "estimates",
        ),
    ],
)
def test_a_remark_that_says_that_the_figure_is_no_result_of_the_whole(plan: Plan, remark: str) -> None:
    assert judged(plan, f"指标,单位,完成值,备注\n城镇新增就业人数,万人,1.6,{remark}\n") == ([], ["S135"])
    assert judged(plan, f"{HEAD}{ROW}注：{remark}\n")[0] == []


@pytest.mark.parametrize(
    "remark",
    [
        *("各县区数据汇总", "含四县两区数据", "全市数据", "钦州市数据", "社区数", "据县区上报数汇总", "详见灵山县情况"),
        *("2018年为1.9", "较上年下降", "与上年持平", "参照2018年执行", "其中一季度0.4万人", "仅供参考", "单位为人社局"),
        *("数据口径：常住人口", "统计范围：全市", "2018年为年报数，2019年为快报数", "2019年1月启动", "抽样调查推算"),
    ],
)
def test_more_remarks_that_say_nothing_against_the_figure(plan: Plan, remark: str) -> None:
    assert judged(plan, f"指标,单位,完成值,备注\n城镇新增就业人数,万人,1.6,{remark}\n") == (["8/5"], [])


@pytest.mark.parametrize(
    ("names", "note", "values"),
    [
        (("城镇新增就业人数", "城镇登记失业率"), "注：城镇新增就业人数为1-11月数", ["22/5"]),
        (("城镇新增就业人数", "城镇登记失业率"), "注：1.城镇登记失业率为预计数；2.城镇新增就业人数为快报数", ["8/5"]),
        (("城镇新增就业人数", "城镇登记失业率"), "注：城镇新增就业人数采用2018年数。", ["22/5"]),
        (("城镇新增就业人数*", "城镇登记失业率"), "注：带*的指标为1-11月数据", ["22/5"]),
        (("城镇新增就业人数", "城镇登记失业率*"), "*为预计数", ["8/5"]),
        (("城镇新增就业人数①", "城镇登记失业率②"), "①2018年数", ["22/5"]),
        (("城镇新增就业人数①", "城镇登记失业率"), "①快报数", ["22/5", "8/5"]),
        (("城镇新增就业人数", "城镇登记失业率"), "*以上为前三季度数", []),
        (("城镇新增就业人数", "城镇登记失业率"), "带*的指标为预计数", ["22/5", "8/5"]),
    ],
)
def test_a_note_on_one_indicator_or_one_mark(plan: Plan, names: tuple[str, str], note: str, values: list[str]) -> None:
    used, _ = judged(plan, f"{HEAD}{names[0]},万人,1.6\n{names[1]},%,4.4\n{note}\n")
    assert sorted(used) == values


@pytest.mark.parametrize(
    ("title", "code"),
    [
        *((title, "S217") for title in ("南宁市城镇化指标", "灵山县城镇就业情况", "钦州市灵山县城镇就业")),
        *(
            (title, "S208")
            for title in ("2019年前11个月", "Sept 2019", "Jan-Sep 2019", "9M 2019", "Q4 2019", "H1 2019")
        ),
        *((title, "S208") for title in ("as at 30 June 2019", "二○一八年十二月三十一日", "Year ended December 2018")),
        *((title, "S209") for title in ("Q3", "H1 report")),
        *((title, "S135") for title in ("2019 forecast", "模拟数据")),
    ],
)
def test_more_titles_that_decide_what_the_figures_are(plan: Plan, title: str, code: str) -> None:
    assert judged(plan, f"{title}\n{HEAD}{ROW}") == ([], [code])


@pytest.mark.parametrize(
    "title",
    [
        *(
            "示范县建设指标",
            "新型城市建设指标",
            "各县区城镇就业情况",
            "Year ended December 2019",
            "二○一九年十二月三十一日",
        ),
        *(
            "南宁市灵山县 1.6 0.3",
            "钦州市城镇化指标",
            "广西钦州市城镇就业情况",
            "全市城镇就业情况",
            "May I send the figures of 2019",
        ),
    ],
)
def test_more_titles_that_say_nothing_against_the_figures(plan: Plan, title: str) -> None:
    assert judged(plan, f"{title}\n{HEAD}{ROW}") == (["8/5"], [])


@pytest.mark.parametrize(
    ("name", "code"),
    [("2019年目标.csv", "S102"), ("灵山.csv", "S217"), ("全区.csv", "S217"), ("Q3.csv", "S209"), ("预测.csv", "S135")],
)
def test_a_files_name_decides_what_the_figures_are(plan: Plan, name: str, code: str) -> None:
    assert judged(plan, f"指标,单位,数值\n{ROW}", name) == ([], [code])


@pytest.mark.parametrize("name", ["2019年目标完成情况.csv", "targets.csv"])
def test_a_files_name_that_says_nothing_against_the_figures(plan: Plan, name: str) -> None:
    assert judged(plan, "指标,单位,目标,数值\n城镇新增就业人数,万人,1.5,1.6\n", name) == (["8/5"], [])


@pytest.mark.parametrize(
    ("header", "first", "second", "values"),
    [
        ("地区", "全市", "灵山县", ["8/5"]),
        ("地区", "灵山县", "全市", ["22/5", "9"]),
        ("序号,地区", "1,全市", "2,灵山县", ["8/5"]),
        ("年份", "2019", "2018", ["8/5"]),
        ("时期", "2018年", "2019年", ["22/5", "9"]),
        ("季度", "2019年三季度", "2019年", ["22/5", "9"]),
        ("数据类型", "实际", "目标", ["8/5"]),
        ("备注", "", "预计数", ["8/5"]),
    ],
)
def test_a_cell_before_the_names_holds_for_blank_cells_below(
    plan: Plan, header: str, first: str, second: str, values: list[str]
) -> None:
    """It is merged over these rows, and CSV has blanks there; a blank row ends it."""
    blank = "," * header.count(",")
    rows = f"{header},指标,单位,数值\n{first},城镇新增就业人数,万人,1.6\n{second},城镇新增就业人数,万人,9\n"
    more = f"{blank},城镇登记失业率,%,4.4\n"
    assert sorted(judged(plan, rows + more)[0]) == values
    assert "22/5" in judged(plan, f"{rows}\n{more}")[0]


def test_a_merged_cell_before_the_names_holds_for_all_its_rows(plan: Plan) -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        rows = [("地区", "指标", "单位", "数值"), ("全市", "城镇新增就业人数", "万人", 1.6)]
        rows += [("灵山县", "城镇新增就业人数", "万人", 0.4), (None, "城镇登记失业率", "%", 4.4)]
        for n, row in enumerate(rows):
            sheet.write_row(n, 0, row)
        sheet.merge_range(2, 0, 3, 0, "灵山县")
    assert judged(plan, stream.getvalue(), "f.xlsx") == (["8/5"], ["S217", "S217"])


@pytest.mark.parametrize(
    ("title", "values"),
    [
        ("2019年主要指标增速（%）", []),
        ("主要指标同比增长情况", []),
        ("2019年主要指标全区排名", []),
        ("2019年绩效考核得分表", []),
        ("2019年目标完成率", []),
        ("2019年考核标准", []),
        ("2019年主要指标完成情况", ["8/5"]),
        ("2019年经济平稳增长工作台账", ["8/5"]),
    ],
)
def test_a_title_of_growth_or_ranks_is_one_of_no_results(plan: Plan, title: str, values: list[str]) -> None:
    assert judged(plan, f"{title}\n指标,单位,2019年\n{ROW}")[0] == values
    assert judged(plan, f"{title}\n指标,单位,2019年完成值\n{ROW}")[0] == ["8/5"]


@pytest.mark.parametrize("words", ["约束性指标", "预期性指标", "预期性", "（一）预期性"])
def test_a_class_of_targets_is_no_forecast(plan: Plan, words: str) -> None:
    assert judged(plan, f"指标,单位,数值\n{words},,\n{ROW}") == (["8/5"], [])
    assert judged(plan, f"指标,单位,数值,备注\n城镇新增就业人数,万人,1.6,{words}\n") == (["8/5"], [])


@pytest.mark.parametrize("line", ["（2018年）,,", "（目标）,,", "灵山县,,见附件"])
def test_rows_that_head_others_in_brackets_or_with_a_remark(plan: Plan, line: str) -> None:
    text = (
        f"指标,单位,数值,备注\n{ROW.rstrip()},\n{line.rsplit(',', 1)[0]},,{line.rsplit(',', 1)[1]}\n{REST.rstrip()},\n"
    )
    assert judged(plan, text)[0] == ["8/5"]


@pytest.mark.parametrize(
    "row",
    [
        *("续表,单位,2018年", "名目,单位,考评线", "灵山县,单位,数值", "二、,,目标", ",,2018年", ",单位,目标值"),
        *("以下为预计数,,", "口径：市辖区", "以下为灵山县数据"),
    ],
)
def test_a_row_that_heads_the_values_anew(plan: Plan, row: str) -> None:
    """What is below is not judged by the header above it, even if what it says is not known."""
    assert "22/5" not in judged(plan, f"指标,单位,2019年\n{ROW}{row}\n{REST}")[0]


@pytest.mark.parametrize("line", ["注：以下为灵山县数据", "口径：市辖区", "（以下为预计数）"])
def test_a_note_above_the_header(plan: Plan, line: str) -> None:
    assert judged(plan, f"{line}\n{HEAD}{ROW}") == ([], ["S135"])


@pytest.mark.parametrize("header", ["地区", "数据类型", "年份", "备注"])
def test_a_merged_cell_behind_the_names_holds_for_its_rows(plan: Plan, header: str) -> None:
    text = {"地区": "灵山县", "数据类型": "目标", "年份": 2018, "备注": "预计数"}[header]
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        rows = [
            ("指标", "单位", "数值", header),
            ("城镇新增就业人数", "万人", 1.6, text),
            ("城镇登记失业率", "%", 4.4, None),
        ]
        for n, row in enumerate([*rows, ("城镇污水处理率", "%", 97, None)]):
            sheet.write_row(n, 0, row)
        sheet.merge_range(1, 3, 2, 3, text)
    assert judged(plan, stream.getvalue(), "f.xlsx")[0] == ["97"]
