"""Headers of one to four rows: the column of results is read, and no target, rate or unknown column in its place."""

import io
from collections.abc import Callable, Sequence

import pytest
import xlsxwriter

from czurban.model.finding import Findings
from czurban.model.observation import Submission
from czurban.model.plan import Plan
from czurban.reading.submission.files import read_bytes
from czurban.reading.submission.header_cell import understand
from czurban.reading.submission.header_words import ColumnField

Sent = Callable[..., tuple[Submission, list[tuple[str, str]]]]
Whole = Callable[..., tuple[Submission, Findings]]
Cells = Sequence[str | float | None]
NAME = "城镇新增就业人数"


def values(found: Submission) -> list[str]:
    return [f"{one.raw} {one.period}" for one in found.observations if one.raw]


@pytest.mark.parametrize(
    "header",
    [
        "指标,单位,2019年,,\n,,目标,实际,完成率\n",
        "指标,单位,2019年,,\n,,计划数,实际完成数,占年度目标%\n",
        "指标,单位,2019年,,\n,,任务,累计完成,排名\n",
        "指标,单位,2019年,,\n,,年初目标,执行数,天晓得\n",
        "指标,单位,2019年,2019年,2019年\n指标,单位,目标,实际,完成率\n",
        ",,2019年,,\n指标,单位,目标,实际,完成率\n",
        "2019年主要指标完成情况,,,,\n,,2019年,,单位：万人\n指标,单位,目标,实际,完成率\n",
        "指标,单位,完成情况,,\n,,2019年,,\n,,目标,实际,完成率\n",
        "指标,单位,完成情况,,\n,,2019年,,2018年\n,,目标,实际,目标\n",
        "主要指标,,2019年,,\n名称,单位,目标,实际,完成率\n",
        "指标,单位,2019年,,\n,,目标,实际,得分\n,,（万人）,（万人）,\n",
        "指标,单位,2019年,,\n,,目标,实际,完成率\n甲,乙,1,2,3\n",
        "指标,单位,2019年,,\n,,,,\n,,目标,实际,完成率\n",
        "指标,单位,2019年,,\n注：单位为万人,,,,\n,,目标,实际,完成率\n",
        "指标,单位,指标完成情况,,\n,,完成情况,,\n,,全市,,\n,,2019年,,\n,,目标,实际,完成率\n",
        "指标,单位,2019年,,\n,,目标,实际,100\n",
        "指标,单位,增速,总量,备注\n",
        "指标,单位,2019年,,\n,,增速,总量,位次\n",
        "指标,单位,1-12月,,\n,,同比增长（%）,累计,位次\n",
        "主要经济指标,单位,上年同期,1-12月累计,同比增长（%）\n",
        "绩效指标,单位,年度指标值,实际完成值,得分\n",
        "指标,单位,指标值,实际完成值,得分\n",
        "三级指标,单位,年度指标值,实际完成值,得分\n",
        "指标,单位,预算数,决算数,完成预算%\n",
        "指标,单位,本月,本年累计,同比\n",
        "指标,单位,2019年,,\n,,本月,本年累计,同比\n",
    ],
)
def test_the_result_is_read_from_its_own_column(sent: Sent, header: str) -> None:
    submission, findings = sent(f"{header}{NAME},万人,1.5,1.2,80\n")
    assert values(submission) == ["1.2 2019"]
    assert {code for code, _ in findings} <= {"S104", "S116"}
    assert submission.rows.used == 1


@pytest.mark.parametrize(
    "header",
    [
        "指标,单位,2019年,\n,,天晓得,完成率\n",
        "指标,单位,2019年,\n,,计划,同比\n",
        "指标,单位,2019年,\n,,市区,县域\n",
        "指标,单位,完成值,\n,,男,女\n",
        "指标,单位,完成值,\n,,增速,排名\n",
        "指标,单位,预测,\n,,2018年,2019年\n",
        ",,天晓得,\n指标,单位,2018年,2019年\n",
        "指标,单位,完成情况,\n,,2019年,\n,,天晓得,目标\n",
        "指标,单位,天晓得,\n,,全市,\n,,完成情况,\n,,2019年,\n,,目标,实际\n",
        "指标,单位,2019年,\n,,,\n,,目标,天晓得\n",
        "指标,单位,2019年,\n,,目标,2019年天晓得\n",
        "指标,单位,2019年,\n,,2019年天晓得,12个月平均\n",
        "指标,单位,2019年（预计）,同比\n",
        "指标,单位,完成值（含预计）,同比\n",
        "指标,单位,2019年预计完成,同比\n",
        "指标,单位,本月,上月\n",
        "指标,单位,上年同期,增减\n",
        "指标,单位,预算数,是否完成\n",
        "天晓得,单位,完成值,序号\n",
    ],
)
def test_nothing_is_read_where_no_column_is_known_to_hold_results(whole: Whole, header: str) -> None:
    submission, findings = whole(f"{header}{NAME},万人,1.5,1\n")
    assert submission.observations == ()
    assert [one.code for one in findings if one.severity == "error"] == ["S102"]
    assert submission.rows.used == 0


@pytest.mark.parametrize(
    ("header", "row", "read"),
    [
        ("指标,2018年,,2019年,\n,目标,实际,目标,实际\n", "1,2,3,4", ["2 2018", "4 2019"]),
        ("指标,完成情况,,,\n,2018年,,2019年,\n,目标,实际,目标,实际\n", "1,2,3,4", ["2 2018", "4 2019"]),
        ("指标,完成情况,,备注,\n,2018年,2019年,,\n", "1,2,x,", ["1 2018", "2 2019"]),
        ("指标,完成值,,\n,合计,市区,县域\n", "5,2,3,", ["5 2019", "2 2019"]),
        ("指标,2019年,,\n,一季度,上半年,全年\n", "1,2,3,", ["1 2019-01..03", "2 2019-01..06", "3 2019"]),
    ],
)
def test_groups_end_where_the_next_begins(sent: Sent, header: str, row: str, read: list[str]) -> None:
    assert values(sent(f"{header}{NAME},{row}\n")[0]) == read


def test_a_row_of_values_without_a_name_is_no_header(sent: Sent) -> None:
    submission, findings = sent(f"指标,数值\n,2\n{NAME},1.2\n")
    assert values(submission) == ["1.2 2019"]
    assert findings == [("S201", "f.csv:2")]


def test_a_row_that_counts_the_columns_is_no_figure(sent: Sent) -> None:
    """1 under 指标 is the number of an indicator too, and 2 would be its value."""
    submission, findings = sent(f"指标,完成值\n1,2\n{NAME},1.2\n")
    assert (values(submission), findings) == (["1.2 2019"], [])


def test_a_number_that_may_only_count_the_rows_names_none(sent: Sent) -> None:
    assert [code for code, _ in sent("序号,天晓得,完成值\n1,甲,5\n")[1]] == ["S102"]
    assert [code for code, _ in sent("编号,数值\n1,5\n")[1]] == []


def book(rows: Sequence[Cells], merged: Sequence[tuple[int, int, int, int]], *, title: bool = False) -> bytes:
    """A workbook whose merged ranges hold the text of their first cell."""
    stream = io.BytesIO()
    down = int(title)
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as out:
        page = out.add_worksheet("填报")
        if title:
            page.merge_range(0, 0, 0, len(rows[0]) - 1, "2019年指标完成情况")
        for number, row in enumerate(rows):
            page.write_row(number + down, 0, row)
        for top, left, bottom, right in merged:
            page.merge_range(top + down, left, bottom + down, right, rows[top][left])
    return stream.getvalue()


HEADER: list[Cells] = [["指标", "单位", "2019年", None, None, "备注"], [None, None, "目标", "实际", "完成率", None]]
MERGED = [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 4), (0, 5, 1, 5)]


@pytest.mark.parametrize("title", [False, True])
@pytest.mark.parametrize("merged", [MERGED, [(0, 2, 0, 4)], []])
def test_a_merged_header_of_a_workbook(plan: Plan, merged: list[tuple[int, int, int, int]], *, title: bool) -> None:
    data = book([*HEADER, [NAME, "万人", 1.5, 1.2, 0.8, None]], merged, title=title)
    submission, findings = read_bytes("f.xlsx", data, plan)
    assert values(submission) == ["1.2 2019"]
    assert {one.code for one in findings} == {"S116"}


def test_a_merged_cell_ends_where_it_ends(plan: Plan) -> None:
    """Beyond the merged 2018年 stands a column without a year, which is the plan's."""
    rows: list[Cells] = [["指标", "2018年", None, None], [None, "目标", "实际", "实际"], [NAME, 1, 2, 3]]
    submission, _ = read_bytes("f.xlsx", book(rows, [(0, 0, 1, 0), (0, 1, 0, 2)]), plan)
    assert values(submission) == ["2 2018", "3 2019"]


@pytest.mark.parametrize(
    "word", ["完成率", "完成率（%）", "同比", "2019年同比", "增速（%）", "序时进度", "上年同期", "是否完成", "预计"]
)
def test_words_that_are_never_a_result(word: str) -> None:
    for text in (word, ("2019年", word), (word, "2019年"), ("完成情况", word), (word, "实际")):
        header = understand(text)
        assert header is None or header.field is ColumnField.OTHER


@pytest.mark.parametrize(
    "word", ["计划", "计划数", "任务", "任务数", "年度任务", "预期", "年初目标", "2019年计划", "年度指标值"]
)
def test_words_for_targets(word: str) -> None:
    for text in (word, ("2019年", word), (word, "数值"), ("完成情况", word)):
        header = understand(text)
        assert header is None or header.field is ColumnField.TARGET
    assert understand((word, "完成值")) is None


@pytest.mark.parametrize(
    "rows",
    [
        ",,自治区下达我市的各年度约束性指标要求,\n指标,单位,2018,2019\n",
        ",,考核要求：自治区下达,\n指标,单位,2018,2019\n",
        ",,自治区下达指标表,\n指标,单位,2018,2019\n",
        ",,各部门全年应当达到的约束性标准,\n指标,单位,2018年,2019年\n",
        "指标,单位,2018年,2019年\n,,,自治区下达我市的各年度约束性指标要求\n",
        "指标,单位,2019年,2019年\n,,自治区下达我市的各年度约束性指标要求,达到的标准\n",
    ],
)
def test_a_long_heading_beside_the_names_is_no_title(sent: Sent, rows: str) -> None:
    submission, findings = sent(f"{rows}{NAME},万人,1.7,1.5\n")
    assert "1.5 2019" not in values(submission)
    assert not values(submission) or any(code == "S104" for code, _ in findings)


@pytest.mark.parametrize(
    "title",
    [
        ",,2019年城镇化主要指标完成情况表,",
        ",,,单位：万人",
        ",,,填报日期：2020年1月10日",
        "附件1,,,计量单位：万人",
        ",,2019年度目标任务完成情况,",
        "2019年城镇化主要指标的情况,,,",
    ],
)
def test_a_title_beside_the_names_heads_no_column(sent: Sent, title: str) -> None:
    submission, _ = sent(f"{title}\n指标,单位,目标,实际\n{NAME},万人,1.5,1.2\n")
    assert values(submission) == ["1.2 2019"]


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("指标,单位,2019年数值（快报）", "万人,1.2"),
        ("指标,2019年完成值/万人", "1.2"),
        ("指标,2019年完成值：万人", "1.2"),
        ("指标,完成值[万人]", "1.2"),
        ("指标,完成值【万人】", "1.2"),
        ("指标,完成值（单位：万人）", "1.2"),
        ("指标*,单位*,完成值*", "万人,1.2"),
        ("指标（必填）,单位,实际完成值（必填）", "万人,1.2"),
        ("指标,单位,2018年（完成）,2019年（目标）,2019年（完成）", "万人,9,9,1.2"),
        ("指标(1),单位(2),目标值(3),完成值(4),完成率(5)=(4)/(3)", "万人,9,1.2,9"),
        ("指标,单位,目标值A,完成值B,完成率C=B/A", "万人,9,1.2,9"),
        ("指标,单位,目标值①,完成值②", "万人,9,1.2"),
        ("Indicator,Unit,Baseline 2018,Target 2019,Result 2019", "万人,9,9,1.2"),
        ("指标,单位,实际2019年", "万人,1.2"),
        ("指标,单位,下达数,已完成数", "万人,9,1.2"),
        ("指标,单位,2019年,\n,,任务,执行\n,,（1）,（2）", "万人,9,1.2"),
    ],
)
def test_marks_counters_and_units_in_headers(sent: Sent, header: str, cells: str) -> None:
    read = values(sent(f"{header}\n{NAME},{cells}\n")[0])
    assert "1.2 2019" in read
    assert "9 2019" not in read


@pytest.mark.parametrize(
    "header",
    [
        *(
            "完成值（含预计）",
            "完成值（预计）",
            "完成数(不含灵山)",
            "2019E",
            "完成值/目标值",
            "目标值/完成值",
            "完成值A1",
            "考评线A",
        ),
        *(
            "完成值（2）（预计）",
            "预计2019年",
            "Target 2019",
            "考评线2019",
            "完成值：预计",
            "完成率(5)=(4)/(3)",
            "（1）",
        ),
    ],
)
def test_marks_and_counters_make_no_results(sent: Sent, header: str) -> None:
    submission, _ = sent(f"指标,单位,{header}\n{NAME},万人,1.2\n")
    assert values(submission) == []


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("2019年城镇新增就业人数", "1.2 2019"),
        ("2018年城镇新增就业人数", "1.2 2018"),
        ("★①城镇新增就业人数", "1.2 2019"),
    ],
)
def test_a_year_before_a_name(sent: Sent, name: str, read: str) -> None:
    assert values(sent(f"指标,单位,完成值\n{name},万人,1.2\n")[0]) == [read]


@pytest.mark.parametrize("text", ["x,,单位\n指标,数值\n", "x,y,单位,z\n指标,数值\n", "指标,数值\n,,甲,单位\n"])
def test_a_row_above_or_below_may_be_wider_than_the_names(plan: Plan, text: str) -> None:
    submission, _ = read_bytes("f.csv", f"{text}常住人口城镇化率,41.2\n".encode(), plan)
    assert submission.rows.adds_up
