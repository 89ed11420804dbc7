"""What a file states beside its rows – in brackets, titles, names, footers – is heeded, or its figures are not used."""

import io
from fractions import Fraction

import pytest
import xlsxwriter

from czurban.checking.assessing import assess
from czurban.model.assessment import Result, Verdict
from czurban.model.finding import Finding
from czurban.model.plan import Plan
from czurban.reading.submission.files import read_bytes

HEAD = "指标,数值\n"
JOBS = "新增就业,1.6\n"
Judged = tuple[list[str], dict[str, Result]]


def judged(plan: Plan, text: str, name: str = "f.csv") -> tuple[list[Finding], dict[str, Result]]:
    """Return the findings without those on the source of the period, and the results that have a figure."""
    submission, findings = read_bytes(name, text.encode(), plan)
    assert submission.rows.adds_up
    assessment = assess(plan, [submission], period=plan.period)
    reported = [one for one in (*findings, *assessment.findings) if one.code != "S219"]
    silent = (Verdict.UNREPORTED, Verdict.NOT_DUE)
    return reported, {one.indicator.id: one for one in assessment.results if one.verdict not in silent}


def codes(plan: Plan, text: str, name: str = "f.csv") -> list[str]:
    """Return the codes of the findings; no figure is judged."""
    reported, results = judged(plan, text, name)
    assert [one for one in results.values() if one.verdict is not Verdict.UNREADABLE] == []
    return [one.code for one in reported]


def value(plan: Plan, text: str, name: str = "f.csv") -> Fraction | None:
    """Return the only judged value; nothing is reported."""
    reported, results = judged(plan, text, name)
    assert reported == []
    assert len(results) == 1
    return next(iter(results.values())).actual


@pytest.mark.parametrize(
    "name",
    [
        "城镇化率（户籍）",
        "新增就业（目标）",
        "新增就业（预计）",
        "新增就业（同比增长%）",
        "新增就业(（人）",
    ],
)
def test_s201_a_bracket_that_is_not_understood_may_mean_another_figure(plan: Plan, name: str) -> None:
    assert codes(plan, f"{HEAD}{name},1.6\n") == ["S201"]


def test_s201_names_the_indicator_before_the_bracket(plan: Plan) -> None:
    (reported,), _ = judged(plan, f"{HEAD}城镇化率（户籍）,42\n")
    assert "户籍城镇化率" in str(reported.hint)
    assert "bracket" in str(reported.message)


@pytest.mark.parametrize(
    ("row", "reported"),
    [
        ("新增就业（上半年）,1.6", ["S208"]),
        ("新增就业（2018年）,1.6", ["S208"]),
        ("新增就业（二〇一八年）,1.6", ["S208"]),
        ("新增就业（6月）,1.6", ["S208"]),
        ("新增就业（灵山县）,1.6", ["S217"]),
        ("新增就业（2019年）（灵山县）,1.6", ["S217"]),
        ("新增就业（2018年）（2019年）,1.6", ["S201"]),
        ("城镇建设用地面积（亩）,190", ["S206"]),
        ("新增就业（公顷）,1.6", ["S204"]),
    ],
)
def test_a_bracket_that_is_understood_is_used(plan: Plan, row: str, reported: list[str]) -> None:
    assert codes(plan, f"{HEAD}{row}\n") == reported


@pytest.mark.parametrize(
    ("text", "actual"),
    [
        (f"{HEAD}新增就业（人）,16000\n", "1.6"),
        (f"{HEAD}新增就业（单位：人）,16000\n", "1.6"),
        (f"{HEAD}新增就业（万人）,1.6\n", "1.6"),
        (f"{HEAD}新增就业（2019年）（万人）,1.6\n", "1.6"),
        (f"{HEAD}新增就业（钦州市）,1.6\n", "1.6"),
        (f"{HEAD}新增就业（全市）,1.6\n", "1.6"),
        (f"{HEAD}新增就业（全年）,1.6\n", "1.6"),
        (f"{HEAD}新增就业（年报）,1.6\n", "1.6"),
        (f"{HEAD}新增就业（）,1.6\n", "1.6"),
        (f"{HEAD}新增就业：,1.6\n", "1.6"),
        (f"{HEAD}9.新增就业（万人）：,1.6\n", "1.6"),
        ("指标名称（人）,数值\n新增就业,16000\n", "1.6"),
        ("指标名称（人）,数值\n城镇化率,42\n", "42"),
        ("指标名称（附件）,数值\n新增就业,1.6\n", "1.6"),
        ("指标,单位（人）,数值\n新增就业,,16000\n", "1.6"),
        ("指标,单位,数值\n新增就业（人）,人,16000\n", "1.6"),
        ("填报单位：市人社局  单位：人,\n指标,数值\n新增就业,16000\n", "1.6"),
        ("指标,单位,数值\n新增就业,（万人）,1.6\n", "1.6"),
        ("指标,单位,数值\n新增就业,单位：万人,1.6\n", "1.6"),
        ("指标,单位,数值\n新增就业,千人,16\n", "1.6"),
        ("指标,量纲,数值\n新增就业,人,16000\n", "1.6"),
        ("指标,完成值 人\n新增就业,16000\n", "1.6"),
        ("指标,完成值（单位：人）\n新增就业,16000\n", "1.6"),
    ],
)
def test_r3_wherever_the_unit_is_stated(plan: Plan, text: str, actual: str) -> None:
    assert value(plan, text) == Fraction(actual)


def test_s274_a_bracket_that_says_per_mille(plan: Plan) -> None:
    reported, results = judged(plan, f"{HEAD}城镇登记失业率（‰）,30\n")
    assert [one.code for one in reported] == ["S274"]
    assert [one.actual for one in results.values()] == [Fraction(3)]


@pytest.mark.parametrize("unit", ["人", "箩"])
def test_s205_a_bracket_and_a_unit_column_that_differ(plan: Plan, unit: str) -> None:
    assert codes(plan, f"指标,单位,数值\n新增就业（万人）,{unit},1.6\n") == ["S205"]


@pytest.mark.parametrize(
    ("title", "name", "reported"),
    [
        ("2018年度完成情况,\n填报日期：2019年1月10日,\n", "f.csv", ["S208"]),
        ("2017-2018年城镇化统计表,\n", "f.csv", ["S209"]),
        ("2018年度完成情况（2017年为对比）,\n", "f.csv", ["S209"]),
        ("二〇一八年完成情况,\n", "f.csv", ["S208"]),
        ("二零一八年完成情况,\n", "f.csv", ["S208"]),
        ("18年完成情况,\n", "f.csv", ["S209"]),
        ("'18年,\n", "f.csv", ["S209"]),
        ("", "二〇一八年.csv", ["S208"]),
        ("", "18年完成.csv", ["S209"]),
        ("", "2018与2019.csv", ["S209"]),
        ("灵山县2019年数据,\n", "f.csv", ["S217"]),
        ("2019年灵山县主要指标,\n", "f.csv", ["S217"]),
        ("南宁市2019年数据,\n", "f.csv", ["S217"]),
        ("钦州市灵山县二〇一九年数据,\n", "f.csv", ["S217"]),
        ("地区：灵山县,\n", "f.csv", ["S217"]),
        ("", "灵山县2019.csv", ["S217"]),
        ("", "灵山县.csv", ["S217"]),
        ("填报单位：市公安局,\n", "f.csv", ["S212"]),
        ("填报单位（盖章）：市公安局 填报日期：2020年1月10日,\n", "f.csv", ["S212"]),
        ("填报单位：,市公安局\n", "f.csv", ["S212"]),
        ("填报单位：钦州市公安局,\n", "f.csv", ["S212"]),
        ("填报单位：市人事处,\n", "f.csv", ["S213"]),
        ("", "市公安局2019年.csv", ["S212"]),
    ],
)
def test_a_title_or_name_that_states_another_period_region_or_department(
    plan: Plan, title: str, name: str, reported: list[str]
) -> None:
    assert codes(plan, f"{title}{HEAD}{JOBS}", name) == reported


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("2019年数据,\n制表日期：2020年1月10日,\n", "f.csv"),
        ("填报日期：2019年12月31日,\n", "f.csv"),
        ("二〇一九年完成情况,\n", "f.csv"),
        ("广西壮族自治区钦州市2019年数据,\n", "f.csv"),
        ("2019年钦州市数据,\n", "f.csv"),
        ("2019年城市建设,\n", "f.csv"),
        ("各县区2019年数据,\n", "f.csv"),
        ("地区：钦州,\n", "f.csv"),
        ("填报单位：市人社局,\n", "f.csv"),
        ("填报单位：____,\n", "f.csv"),
        ("填报单位：,\n", "f.csv"),
        ("", "钦州市2019.csv"),
        ("", "市人社局.csv"),
        ("", "城区.csv"),
    ],
)
def test_a_title_or_name_that_says_nothing_else(plan: Plan, title: str, name: str) -> None:
    assert value(plan, f"{title}{HEAD}{JOBS}", name) == Fraction("1.6")


@pytest.mark.parametrize(
    "text",
    [
        "灵山县2019年数据,,\n指标,数值,地区\n新增就业,1.6,钦州\n",
        "填报单位：市公安局,,\n指标,数值,填报单位\n新增就业,1.6,市人社局\n",
        "2017-2018年,,\n指标,数值,年份\n新增就业,1.6,2019\n",
        "2017-2018年,\n指标,2019年完成值\n新增就业,1.6\n",
    ],
)
def test_what_a_row_or_column_states_is_nearer_than_a_title(plan: Plan, text: str) -> None:
    assert value(plan, text) == Fraction("1.6")


def test_a_second_table_has_the_period_of_its_own_title(plan: Plan) -> None:
    reported, results = judged(plan, f"2019年,\n{HEAD}{JOBS}\n2018年,\n{HEAD}城镇常住人口,140\n")
    assert [one.code for one in reported] == ["S208"]
    assert [one.actual for one in results.values()] == [Fraction("1.6")]


@pytest.mark.parametrize("line", ["备注：以上为2018年数据", "以上为2018年数据", "注：以上为一季度2018年数", "2018年"])
def test_s209_a_line_below_that_states_another_period(plan: Plan, line: str) -> None:
    assert codes(plan, f"{HEAD}{JOBS}{line},\n") == ["S209"]


def test_a_year_alone_below_does_not_go_against_the_year_of_a_row(plan: Plan) -> None:
    assert value(plan, "指标,年份,数值\n新增就业,2019,1.6\n2018年,,\n") == Fraction("1.6")
    assert codes(plan, "指标,年份,数值\n新增就业,2019,1.6\n以上为2018年数据,,\n") == ["S209"]


@pytest.mark.parametrize(
    "line", ["注：基期为2018年", "注：以上为2019年数据", "填报日期：2020年1月10日", "数据来源：公报"]
)
def test_a_line_below_that_raises_no_doubt(plan: Plan, line: str) -> None:
    assert value(plan, f"{HEAD}{JOBS}{line},\n") == Fraction("1.6")


@pytest.mark.parametrize(
    ("header", "cell", "reported"),
    [
        ("月份", "6月", "S208"),
        ("月份", "6", "S208"),
        ("月份", "六月", "S208"),
        ("月份", "2019-06", "S208"),
        ("月份", "某月", "S209"),
        ("季度", "一季度", "S208"),
        ("季度", "1", "S208"),
        ("季度", "Q1", "S208"),
        ("年份", "6月", "S208"),
        ("年份", "二〇一八年", "S208"),
        ("年份", "2018年快报", "S208"),
        ("年份", "6", "S209"),
        *((header, "2018", "S208") for header in ("统计年份", "统计年度", "统计期", "所属期", "所属年份")),
        *((header, "灵山县", "S217") for header in ("区县", "县（区）", "市县", "县市区")),
        *((header, "市公安局", "S212") for header in ("责任单位", "单位名称", "上报单位")),
    ],
)
def test_r5_headers_that_people_use(plan: Plan, header: str, cell: str, reported: str) -> None:
    found = codes(plan, f"指标,{header},数值\n新增就业,{cell},1.6\n")
    assert found == [reported]


@pytest.mark.parametrize(
    ("year", "part", "reported"),
    [
        ("2018", "12月", ["S208"]),
        ("2019年", "一季度", ["S208"]),
        ("2019年6月", "6月", ["S209"]),
        ("2019", "2018-06", ["S209"]),
    ],
)
def test_r5_a_year_and_a_part_of_it_in_two_columns(plan: Plan, year: str, part: str, reported: list[str]) -> None:
    assert codes(plan, f"指标,年份,月份,数值\n新增就业,{year},{part},1.6\n") == reported
    assert value(plan, "指标,年份,季度,数值\n新增就业,2019,—,1.6\n") == Fraction("1.6")


def test_a_bracket_narrows_the_year_of_its_row_and_does_not_contradict_it(plan: Plan) -> None:
    head = "指标,年份,数值\n"
    assert value(plan, f"{head}新增就业（2019年）,2019,1.6\n") == Fraction("1.6")
    assert codes(plan, f"{head}新增就业（上半年）,2019,1.6\n") == ["S208"]
    assert codes(plan, f"{head}新增就业（2019年）,2018,1.6\n") == ["S209"]
    assert codes(plan, f"18年\n{HEAD}新增就业（上半年）,1.6\n") == ["S209"]


def test_r6_a_status_behind_the_year_orders_figures(plan: Plan) -> None:
    reported, results = judged(plan, "指标,年份,数值\n新增就业,2019年快报,1.4\n新增就业,2019年年报,1.6\n")
    assert [one.code for one in reported] == ["S216"]
    assert [one.actual for one in results.values()] == [Fraction("1.6")]


def test_two_regions_of_one_row_are_nobodys(plan: Plan) -> None:
    assert codes(plan, "指标,地区,数值\n新增就业（灵山县）,钦州市,1.6\n") == ["S217"]
    assert value(plan, "指标,地区,数值\n新增就业（全市）,全市,1.6\n") == Fraction("1.6")


@pytest.mark.parametrize(
    ("cells", "looks"),
    [
        (["2018", "2019年"], "periods"),
        (["一季度", "—"], "periods"),
        (["人", "万人"], "units"),
        (["灵山县", "钦州"], "regions"),
        (["市公安局"], "departments"),
    ],
)
def test_s230_an_unknown_column_that_looks_like_a_known_one(plan: Plan, cells: list[str], looks: str) -> None:
    text = "指标,甲,数值\n" + "".join(f"城镇新增就业,{cell},1.6\n" for cell in cells)
    reported = next(one for one in judged(plan, text)[0] if one.code != "S211")
    assert (reported.code, str(reported.place)) == ("S230" if looks == "departments" else "S138", "f.csv:1:4")
    assert looks in str(reported.message)


@pytest.mark.parametrize("cells", [["2019", "2019年"], ["全市", "钦州"]])
def test_s230_a_column_that_says_what_holds_anyway(plan: Plan, cells: list[str]) -> None:
    text = "指标,甲,数值\n" + "".join(f"城镇新增就业,{cell},1.6\n" for cell in cells)
    reported, results = judged(plan, text)
    assert [one.code for one in reported] == ["S230", "S211"]
    assert [one.actual for one in results.values()] == [Fraction("1.6")]


@pytest.mark.parametrize(
    ("head", "cells", "looks"),
    [
        ("", ["灵山县", "浦北县"], "regions"),
        ("", ["2017", "2018"], "periods"),
        ("备注", ["灵山县", "钦州市"], "regions"),
        ("完成率", ["2018年", "2019年"], "periods"),
        ("目标", ["灵山县", "浦北县"], "regions"),
    ],
)
def test_s138_a_column_that_says_another_region_or_period_is_not_passed_over(
    plan: Plan, head: str, cells: list[str], looks: str
) -> None:
    text = f"指标,{head},数值\n" + "".join(f"城镇新增就业,{cell},1.6\n" for cell in cells)
    reported, results = judged(plan, text)
    (stray,) = (one for one in reported if one.code == "S138")
    assert looks in str(stray.message)
    assert all(one.actual is None for one in results.values())


@pytest.mark.parametrize(
    "text",
    [
        "指标,更新时间,数值\n城镇新增就业,2020-01-20,1.6\n",
        "指标,地区,上级地区,数值\n城镇新增就业,钦州市,广西,1.6\n",
        "指标,目标,数值\n城镇新增就业,2019,1.6\n",
        "指标,备注,数值\n城镇新增就业,,1.6\n城镇登记失业率,灵山县,3\n",
    ],
)
def test_s138_is_not_about_dates_of_paperwork_or_columns_beside_the_right_one(plan: Plan, text: str) -> None:
    assert "S138" not in [one.code for one in judged(plan, text)[0]]


@pytest.mark.parametrize("cell", ["", "张三", "3"])
def test_s104_any_other_unknown_column(plan: Plan, cell: str) -> None:
    assert [one.code for one in judged(plan, f"指标,甲,数值\n新增就业,{cell},1.6\n")[0]] == ["S104"]


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        ("#DIV/0!", "error #DIV/0!"),
        ("#REF!", "error #REF!"),
        ("#VALUE!", "error #VALUE!"),
        ("138.19以上", "bound"),
        ("138.19左右", "bound"),
        ("≥138.19", "bound"),
    ],
)
def test_s203_says_what_a_value_is_instead(plan: Plan, raw: str, says: str) -> None:
    (reported,), _ = judged(plan, f"{HEAD}城镇常住人口,{raw}\n")
    assert reported.code == "S203"
    assert says in str(reported.message)


def test_s201_near_names_are_sought_for_twenty_unknown_ones_alone(plan: Plan) -> None:
    rows = "".join(f"城镇常住人{number},1\n" for number in range(30))
    reported, _ = judged(plan, HEAD + rows)
    assert [one.code for one in reported] == ["S201"] * 30
    assert ["城镇常住人口" in str(one.hint) for one in reported] == [True] * 20 + [False] * 10


@pytest.mark.parametrize(
    ("sheet", "reported"), [("灵山县", ["S217"]), ("市公安局", ["S212"]), ("钦州市", []), ("市人社局", [])]
)
def test_a_sheet_that_bears_the_name_of_a_region_or_department(plan: Plan, sheet: str, reported: list[str]) -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        page = book.add_worksheet(sheet)
        page.write_row(0, 0, ["指标", "数值"])
        page.write_row(1, 0, ["新增就业", 1.6])
    submission, findings = read_bytes("f.xlsx", stream.getvalue(), plan)
    assessment = assess(plan, [submission], period=plan.period)
    assert [one.code for one in (*findings, *assessment.findings) if one.code != "S219"] == reported
