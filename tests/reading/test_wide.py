"""Wide tables and headers of two rows: each column of values with its period and region, and none that is a target."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from czurban.checking.assessing import assess
from czurban.model.assessment import Assessment
from czurban.model.finding import Findings
from czurban.model.observation import Reading, Submission
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.reading.submission.header_cell import Header, understand
from czurban.reading.submission.header_words import ColumnField

RATE = "常住人口城镇化率"
Sent = Callable[..., tuple[Submission, list[tuple[str, str]]]]
Whole = Callable[..., tuple[Submission, Findings]]


@pytest.mark.parametrize(
    ("text", "header"),
    [
        ("2019年完成值（万人）", (ColumnField.VALUE, "2019", "", "万人", "")),
        ("2019年", (ColumnField.VALUE, "2019", "", "", "")),
        ("2019", (ColumnField.VALUE, "2019", "", "", "")),
        ("２０１９年１－６月", (ColumnField.VALUE, "2019-01..06", "", "", "")),
        ("2019年上半年完成情况", (ColumnField.VALUE, "2019-01..06", "", "", "")),
        ("完成值（2019年）", (ColumnField.VALUE, "2019", "", "", "")),
        ("一季度", (ColumnField.VALUE, None, "", "", "一季度")),
        ("Q1", (ColumnField.VALUE, None, "", "", "q1")),
        ("上半年完成", (ColumnField.VALUE, None, "", "", "上半年")),
        ("灵山县", (ColumnField.VALUE, None, "灵山县", "", "")),
        ("灵山县完成值", (ColumnField.VALUE, None, "灵山县", "", "")),
        ("2019年目标（%）", (ColumnField.TARGET, "2019", "", "%", "")),
        ("2018年基数", (ColumnField.BASELINE, "2018", "", "", "")),
        ("上年完成情况", (ColumnField.BASELINE, None, "", "", "")),
        (("完成情况", "2018年"), (ColumnField.VALUE, "2018", "", "", "")),
        (("2019年", "目标"), (ColumnField.TARGET, "2019", "", "", "")),
        (("2019年", "上半年"), (ColumnField.VALUE, "2019-01..06", "", "", "")),
        (("目标", "数值"), (ColumnField.TARGET, None, "", "", "")),
        (("完成值", "（万人）"), (ColumnField.VALUE, None, "", "万人", "")),
        (("全市", "2019年"), (ColumnField.VALUE, "2019", "全市", "", "")),
    ],
)
def test_a_header_cell_is_understood(text: str | tuple[str, str], header: tuple[object, ...]) -> None:
    found = understand(text)
    assert found is not None
    period = str(found.period) if found.period else None
    assert (found.field, period, found.region, found.unit, found.part) == header


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x" * 200,
        "天晓得",
        "2019年天晓得",
        ("2019年", "天晓得"),
        ("天晓得", "2019年"),
        "2019年（天晓得）",
        "完成值（含预计）",
        "13月",
        ("目标", "完成值"),
        ("2018年", "2019年"),
        ("上半年", "一季度"),
        ("2019年上半年", "一季度"),
        ("灵山县", "浦北县"),
        ("数值（人）", "（万人）"),
    ],
)
def test_a_header_cell_that_means_nothing_known_or_two_things(text: str | tuple[str, str]) -> None:
    assert understand(text) is None


def values(found: Submission) -> list[tuple[str, str, str]]:
    return [(one.raw, str(one.period), one.region) for one in found.observations]


@pytest.mark.parametrize(
    ("text", "expected", "codes"),
    [
        (f"指标,2018年,2019年\n{RATE},40,41\n", [("40", "2018", ""), ("41", "2019", "")], ["S118"]),
        (f"指标,2018年完成,2019年完成\n{RATE},40,41\n", [("40", "2018", ""), ("41", "2019", "")], ["S118"]),
        (f"指标,2018年完成情况,完成值\n{RATE},40,41\n", [("40", "2018", ""), ("41", "2019", "")], ["S118"]),
        (f"指标,2019年\n{RATE},41\n", [("41", "2019", "")], []),
        (
            f"2018年分季度完成情况\n指标,一季度,Q2\n{RATE},1,2\n",
            [("1", "2018-01..03", ""), ("2", "2018-04..06", "")],
            ["S118"],
        ),
        (
            f"指标,年份,一季度,上半年\n{RATE},2018,1,2\n",
            [("1", "2018-01..03", ""), ("2", "2018-01..06", "")],
            ["S118"],
        ),
        (f"指标,年份,2018年,2019年1-6月\n{RATE},2019,1,2\n", [("2", "2019-01..06", "")], ["S118", "S209"]),
        (f"指标,全市,灵山县\n{RATE},41,30\n", [("41", "2019", "全市"), ("30", "2019", "灵山县")], ["S118"]),
        (
            f"指标,钦州市完成值,灵山县完成值\n{RATE},41,30\n",
            [("41", "2019", "钦州市"), ("30", "2019", "灵山县")],
            ["S118"],
        ),
        (f"指标,全市\n{RATE},41\n", [("41", "2019", "全市")], []),
        (f"指标,示范区,数值\n{RATE},a,41\n", [("41", "2019", "")], ["S104"]),
        (f"指标,示范区\n{RATE},41\n", [], ["S102"]),
        (f"指标,2019年,完成值\n{RATE},41,42\n", [], ["S107"]),
        (f"指标,2018年,2018年完成值\n{RATE},41,42\n", [], ["S107"]),
        (f"指标,完成值,2020年目标\n{RATE},41,42\n", [("41", "2019", "")], ["S104"]),
        (f"指标,地区,全市,灵山县\n{RATE},灵山县,41,30\n", [], ["S102"]),
        (
            f"指标,地区,钦州市完成值,灵山县完成值\n{RATE},灵山县,41,30\n",
            [("41", "2019", "灵山县 钦州市"), ("30", "2019", "灵山县")],
            ["S118"],
        ),
    ],
)
def test_s118_a_column_for_each_period_or_region(
    sent: Sent, text: str, expected: list[tuple[str, str, str]], codes: list[str]
) -> None:
    submission, findings = sent(text)
    assert values(submission) == expected
    assert [code for code, _ in findings] == codes


@pytest.mark.parametrize(
    ("text", "expected", "header"),
    [
        (f"指标,单位,完成情况,,备注\n,,2018年,2019年,\n{RATE},%,40,41,x\n", ["40 2018", "41 2019"], "完成情况 2018年"),
        (
            f"序号,指标,2018年,,2019年,\n,,目标,完成,目标,完成\n1,{RATE},39,40,41,42\n",
            ["40 2018", "42 2019"],
            "2019年 完成",
        ),
        (f"标题\n,,完成情况,\n指标,单位,2018年,2019年\n{RATE},%,40,41\n", ["40 2018", "41 2019"], "完成情况 2019年"),
        (f"指标,2019年,\n,一季度,二季度\n{RATE},1,2\n", ["1 2019-01..03", "2 2019-04..06"], "2019年 二季度"),
        (f"指标,完成值,备注\n,（万人）,\n{RATE},41,x\n", ["41 2019"], "完成值 （万人）"),
    ],
)
def test_s116_a_header_of_two_rows(sent: Sent, whole: Whole, text: str, expected: list[str], header: str) -> None:
    submission, findings = whole(text)
    assert [f"{one.raw} {one.period}" for one in submission.observations] == expected
    reported = next(one for one in findings if one.code == "S116")
    assert header in str(reported.message)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (f",,目标,\n指标,单位,2018年,2019年\n{RATE},%,40,41\n", ["S102"]),
        (f",,预测,\n指标,单位,2018年,2019年\n{RATE},%,40,41\n", ["S102"]),
        (f",,单位：%\n指标,备注,数值\n{RATE},,41\n", []),
        (f",,情况表\n指标,备注,数值\n{RATE},,41\n", []),
        (f"指标,数值\n指标,数值\n{RATE},41\n", []),
        (f"指标,数值\n,2\n{RATE},41\n", ["S201"]),
    ],
)
def test_a_row_over_or_under_the_header(sent: Sent, text: str, codes: list[str]) -> None:
    assert [code for code, _ in sent(text)[1]] == codes


def test_a_table_of_another_shape_further_down_is_read_by_its_own_header(sent: Sent) -> None:
    text = (
        f"指标,2018年,2019年\n{RATE},40,41\n注：2017年起,,\n2018年,,\n指标,单位,数值\n户籍人口城镇化率,%,18\n"
        f"指标,单位,数值\n城镇新增就业人数,万人,1.6\n上半年,,\n指标,单位,数值\n城镇新增就业人数,万人,1\n"
    )
    submission, findings = sent(text)
    assert values(submission) == [("40", "2018", ""), ("41", "2019", ""), ("18", "2018", ""), ("1.6", "2018", "")]
    assert [code for code, _ in findings] == ["S118", "S209"]
    assert submission.rows.refused == 1


def judged(plan: Plan, sent: Sent, text: str, period: Period) -> Assessment:
    return assess(plan, [sent(text)[0]], period=period)


def test_s228_only_the_judged_column_counts(plan: Plan, sent: Sent) -> None:
    text = f"指标,2018年,2019年\n{RATE},40,41\n户籍人口城镇化率,18,20\n"
    for year, amounts in ((2018, [40, 18]), (2019, [41, 20])):
        found = judged(plan, sent, text, Period(year))
        assert [one.actual for one in found.results if one.actual is not None] == amounts
        assert [one.code for one in found.findings] == ["S228"]
    assert [one.code for one in judged(plan, sent, text, Period(2017)).findings] == ["S208"] * 2


def test_s228_only_the_plans_region_counts(plan: Plan, sent: Sent) -> None:
    found = judged(plan, sent, f"指标,全市,灵山县,浦北县\n{RATE},41,30,31\n", Period(2019))
    assert [one.actual for one in found.results if one.actual is not None] == [Decimal(41)]
    assert [(one.code, "灵山县, 浦北县" in str(one.message)) for one in found.findings] == [("S228", True)]
    assert [one.code for one in judged(plan, sent, f"指标,浦北县,灵山县\n{RATE},41,30\n", Period(2019)).findings] == [
        "S217"
    ]


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        (
            "2016年,2018年\n{},39,40",
            "S208 10: The values of this row are for 2016, 2018; none of them is for 2019, {}.",
        ),
        ("2016年,2018年\n{},—,40", "S208 12: This value is for 2018; 2019 is judged, so it is not used."),
        (
            "浦北县,灵山县\n{},31,30",
            "S217 10: The values of this row are for 浦北县, 灵山县; none of them is for 钦州市, {}.",
        ),
        ("浦北县,灵山县\n{},—,30", "S217 12: This value is for “灵山县”, and the plan is for 钦州市; it is not used."),
    ],
)
def test_r5_a_row_with_no_column_that_is_judged_says_what_its_values_are_for(
    plan: Plan, sent: Sent, text: str, reported: str
) -> None:
    (one,) = judged(plan, sent, f"指标,{text.format(RATE)}\n", Period(2019)).findings
    assert one.place
    assert f"{one.code} {one.place.column}: {one.message}" == reported.format("and none is used")


@pytest.mark.parametrize("sender", ["市公安局", "无此局"])
def test_r6_a_row_of_several_columns_from_another_department_is_refused_once(
    plan: Plan, sent: Sent, sender: str
) -> None:
    single = judged(plan, sent, f"指标,填报单位,完成值\n{RATE},{sender},41\n", Period(2019)).findings
    wide = judged(plan, sent, f"指标,填报单位,全市,钦州市\n{RATE},{sender},41,41\n", Period(2019)).findings
    assert [(one.code, one.message, one.hint) for one in wide] == [(one.code, one.message, one.hint) for one in single]


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        (["2018年"], "The figures for 2018, of which this is the first, are not judged."),
        (["2017年", "2018年"], "The figures for 2017, 2018 are not judged."),
    ],
)
def test_s228_names_the_columns_that_are_not_judged(plan: Plan, sent: Sent, columns: list[str], says: str) -> None:
    text = f"指标,{','.join(columns)},2019年\n{RATE},{','.join('40' for _ in columns)},41\n"
    assert [str(one.message) for one in judged(plan, sent, text, Period(2019)).findings] == [says]


def test_k12_ten_columns_of_history_are_one_line(plan: Plan, sent: Sent) -> None:
    head = ",".join(f"{year}年" for year in range(2009, 2019))
    row = ",".join("40" for _ in range(10))
    found = judged(plan, sent, f"指标,{head}\n{RATE},{row}\n户籍人口城镇化率,{row}\n", Period(2019))
    assert [one.code for one in found.findings if one.severity == "error"] == ["S208", "S208"]
    assert (found.submissions[0].rows.used, found.submissions[0].rows.refused) == (0, 2)
    found = judged(plan, sent, f"指标,{head},2019年\n{RATE},{row},41\n户籍人口城镇化率,{row},20\n", Period(2019))
    assert [one.code for one in found.findings if one.severity == "info"] == ["S228"]
    assert (found.submissions[0].rows.used, found.submissions[0].rows.refused) == (2, 0)


def test_a_short_row_of_a_wide_table_is_unreadable_in_all_its_columns(sent: Sent) -> None:
    submission, findings = sent(f"指标,2018年,2019年\n{RATE},40\n")
    assert [one.reported for one in submission.observations] == [Reading.UNREADABLE] * 2
    assert [code for code, _ in findings] == ["S118", "S105"]


def test_a_part_of_a_year_without_its_year_is_refused(sent: Sent) -> None:
    for title in ("2018、2019", "上半年情况"):
        submission, findings = sent(f"{title}\n指标,一季度\n{RATE},40\n")
        assert submission.observations == ()
        assert [code for code, _ in findings] == ["S209"]
        assert submission.rows.refused == 1


def test_a_unit_alone_is_no_column() -> None:
    assert understand("（万人）") == Header(ColumnField.VALUE, unit="万人", bare=True)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (f"钦州市城镇化主要目标\n指标,2018年,2019年\n{RATE},40,41\n", False),
        (f"2019年计划表\n指标,全市\n{RATE},41\n", False),
        (f"2019年目标完成情况\n指标,2018年,2019年\n{RATE},40,41\n", True),
        (f"钦州市城镇化主要目标\n指标,2019年完成值\n{RATE},41\n", True),
    ],
)
def test_s102_a_year_under_a_title_of_targets_may_be_a_target(sent: Sent, text: str, *, read: bool) -> None:
    submission, findings = sent(text)
    assert bool(submission.observations) == read
    assert ("S102" in [code for code, _ in findings]) != read
