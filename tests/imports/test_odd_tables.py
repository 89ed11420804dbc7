"""Tables that are odd, hostile or no tables: a sentence or a decision, never a guess."""

from pathlib import Path

import docx
import pytest

from czurban.app.import_plan import ImportedPlan, import_plan
from czurban.errors import CzurbanError, OutputError, UnreadableError, UsageError
from czurban.reading.plan.files import read_plan
from czurban.words.translator import Translator

HEADER = "指标,单位,2019年目标,牵头单位\n"


def imported(folder: Path, text: str | bytes, **options: str) -> ImportedPlan:
    file = folder / "table.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return import_plan(str(file), str(folder / "plan"), Translator("en"), **options)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", UnreadableError),
        ("\n\n\n", UnreadableError),
        (HEADER, UnreadableError),
        ("1,城镇化率,%,40,41\n2,就业,万人,1,2\n", UnreadableError),
        ("这是一段文字。\n没有表格。\n", UnreadableError),
        ("指标,数值\n城镇化率,41\n", UnreadableError),
        (bytes(range(256)) * 10, UnreadableError),
        ("指标,2019年目标,指标,2019年目标\n城镇化率,≥41,就业,≥2\n", UnreadableError),
        ("<html><table></table></html>", UnreadableError),
        ("指标,单位,目标值\n城镇化率,%,≥41\n", UsageError),
        ("指标,单位,2018年,2019年,2020年\n城镇化率,%,40,41,42\n", UsageError),
    ],
)
def test_what_is_no_table_of_targets_writes_nothing(tmp_path: Path, text: str, error: type[CzurbanError]) -> None:
    with pytest.raises(error) as raised:
        imported(tmp_path, text)
    assert raised.value.hint
    assert not (tmp_path / "plan").exists()


def test_the_year_that_an_error_asks_for_works(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="years alone") as raised:
        imported(tmp_path, "指标,单位,2018年,2019年,2020年\n城镇化率,%,40,41以上,42以上\n")
    assert str(raised.value.hint).endswith("--period 2019-2020.")
    plan = imported(tmp_path, "指标,单位,2018年,2019年,2020年\n城镇化率,%,40,41以上,42以上\n", period="2019-2020")
    indicator = plan.draft.indicators[0]
    assert (indicator.baseline, dict(indicator.steps), indicator.target) == ("40", {"2019": "41以上"}, "42以上")


@pytest.mark.parametrize("period", ["soon", "2019Q1", "2019-06", "2025-2021"])
def test_a_period_that_is_none_is_refused(tmp_path: Path, period: str) -> None:
    with pytest.raises(UsageError):
        imported(tmp_path, HEADER + "城镇化率,%,≥41,市公安局\n", period=period)


def test_a_plan_that_is_there_stays(tmp_path: Path) -> None:
    (tmp_path / "plan").mkdir()
    (tmp_path / "plan" / "tasks.yaml").write_text("parts: []\n", encoding="utf-8")
    with pytest.raises(OutputError):
        imported(tmp_path, HEADER + "城镇化率,%,≥41,市公安局\n")
    assert [path.name for path in (tmp_path / "plan").iterdir()] == ["tasks.yaml"]


def test_a_part_of_the_year_a_region_and_a_rate_of_completion_are_no_targets(tmp_path: Path) -> None:
    header = "项目,指标名称,计量单位,2019年计划,2019年一季度,完成率,灵山县,牵头单位\n"
    text = header + "人口,城镇人口,万人,110以上,20,30%,5,市公安局\n"
    plan = imported(tmp_path, text)
    assert plan.draft.indicators[0].target == "110以上"
    assert plan.draft.indicators[0].category == "人口"
    unused = [str(each.message) for each in plan.findings if each.code == "S104"]
    assert unused == [f"The column “{name}” is not used." for name in ("2019年一季度", "完成率", "灵山县")]


def test_totals_footnotes_and_signatures_are_no_indicators(tmp_path: Path) -> None:
    text = HEADER + "合计,,100,\n城镇化率①,%,≥41,市公安局\n注：①按常住人口。,,,\n填表人：张某,,,\n"
    plan = imported(tmp_path, text)
    assert [each.name for each in plan.draft.indicators] == ["城镇化率"]
    assert "S119" in [each.code for each in plan.findings]
    written = (tmp_path / "plan" / "targets.yaml").read_text(encoding="utf-8")
    assert "# 注：①按常住人口。" in written


def test_what_a_second_target_means_is_asked(tmp_path: Path) -> None:
    imported(tmp_path, "指标,单位,目标值,目标值\n城镇化率,%,≥41,≥42\n", period="2019")
    written = (tmp_path / "plan" / "targets.yaml").read_text(encoding="utf-8")
    assert "# TO DECIDE: The row prints another target as well: ≥41." in written


@pytest.mark.parametrize("printed", ["约41%", "41", "30左右", "基本持平", "—", "待定", "与经济增长同步", "见附件"])
def test_a_target_that_no_word_decides_is_asked_and_kept_as_printed(tmp_path: Path, printed: str) -> None:
    plan = imported(tmp_path, HEADER + f"城镇化率,%,{printed},市公安局\n")
    (indicator,) = plan.draft.indicators
    assert indicator.target == (None if printed == "—" else printed)
    assert "target" in [each.key for each in indicator.decisions]


def test_hostile_texts_stay_texts(tmp_path: Path) -> None:
    rows = '"a: b # c\n{x}",%,≥1,"[x], y"\n"# 待定",!!python/object:os.system,*a,&b\n\x1b[31mred,%,≥2,市\u202eX\n'
    plan = imported(tmp_path, HEADER + rows)
    assert [each.name for each in plan.draft.indicators] == ["a: b # c {x}", "待定", "␛[31mred"]
    _, findings = read_plan(tmp_path / "plan")
    assert {each.code for each in findings} <= {"P106", "P109", "P113"}


def test_a_long_table_takes_no_longer_for_each_row(tmp_path: Path) -> None:
    plan = imported(tmp_path, HEADER + "".join(f"指标{n},个,{n},单位{n % 7}\n" for n in range(400)))
    assert len(plan.draft.indicators) == 400
    assert len(plan.draft.departments) == 7


def test_lines_of_a_cell_are_names_of_their_own_or_one_that_is_broken(tmp_path: Path) -> None:
    rows = '城镇化率,%,≥41,"市公安局\n市统计局"\n失业率,%,≤4,"市人力资源\n社会保障局"\n'
    plan = imported(tmp_path, HEADER + rows)
    assert [list(each.lead) for each in plan.draft.indicators] == [["市公安局", "市统计局"], ["市人力资源社会保障局"]]


def test_one_header_over_groups_and_names(tmp_path: Path) -> None:
    text = (
        "云岭市“十四五”主要指标,,,,\n指标,,单位,2020年,2025年\n经济,地区生产总值,亿元,1200,1800以上\n"
        ",常住人口城镇化率,%,60,65以上\n生态,森林覆盖率,%,40,≥41\n"
    )
    draft = imported(tmp_path, text).draft
    assert draft.period == "2021-2025"
    assert [(each.category, each.name, each.target) for each in draft.indicators] == [
        ("经济", "地区生产总值", "1800以上"),
        ("经济", "常住人口城镇化率", "65以上"),
        ("生态", "森林覆盖率", "≥41"),
    ]


def test_a_row_with_a_target_and_no_name_is_reported(tmp_path: Path) -> None:
    plan = imported(tmp_path, HEADER + "城镇化率,%,≥41,市公安局\n,人,≥5,市公安局\n")
    (nameless,) = [each for each in plan.findings if each.code == "S137"]
    assert nameless.place is not None
    assert nameless.place.line == 3


def test_a_row_without_a_name_is_quoted_with_a_target_that_is_its_baseline(tmp_path: Path) -> None:
    header = "指标,单位,2018年,2019年目标,牵头单位\n"
    plan = imported(tmp_path, header + "城镇化率,%,40,≥41,市公安局\n,%,99,99,市教育局\n")
    assert [each.message.values["text"] for each in plan.findings if each.code == "S137"] == ["% 99 99 市教育局"]


def test_a_verb_behind_the_name_belongs_to_the_target(tmp_path: Path) -> None:
    text = (
        HEADER
        + "城镇登记失业率控制在,%,4.5,市人社局\n义务教育巩固率达到,%,98%以上,市教育局\n新增就业,万人,≥1,市人社局\n"
    )
    plan = imported(tmp_path, text)
    assert [(each.name, each.target) for each in plan.draft.indicators] == [
        ("城镇登记失业率", "控制在4.5"),
        ("义务教育巩固率", "达到98%以上"),
        ("新增就业", "≥1"),
    ]
    assert not any(each.decisions for each in plan.draft.indicators)


@pytest.mark.parametrize(
    ("printed", "deadline"), [("年底前", "2019"), ("12月底", "2019-12"), ("2019年6月", "2019年6月"), ("", "2019")]
)
def test_the_time_that_a_target_is_due_is_read_within_its_year(tmp_path: Path, printed: str, deadline: str) -> None:
    text = f"指标,单位,2019年目标,牵头单位,完成时限\n城镇化率,%,≥41,市公安局,{printed}\n"
    assert imported(tmp_path, text).draft.indicators[0].deadline == deadline


def test_a_table_in_a_word_file_keeps_its_merged_groups(tmp_path: Path) -> None:
    rows = [
        ["序号", "指标", "", "单位", "2022年", "2023年目标", "牵头单位"],
        ["1", "经济", "地区生产总值增速", "%", "5", "≥6", "市发展改革委"],
        ["2", "", "城镇新增就业", "万人", "1", "1.1以上", "市人社局\n市教育局"],
    ]
    document = docx.Document()
    document.add_paragraph("云岭市2023年主要指标表")
    table = document.add_table(len(rows), len(rows[0]))
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(number, column).text = text
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(1, 1).merge(table.cell(2, 1))
    document.save(str(tmp_path / "table.docx"))
    plan = import_plan(str(tmp_path / "table.docx"), str(tmp_path / "plan"), Translator("en"))
    assert (plan.draft.title, plan.draft.region) == ("云岭市2023年主要指标表", "云岭市")
    assert [(each.category, each.name, each.target, list(each.lead)) for each in plan.draft.indicators] == [
        ("经济", "地区生产总值增速", "≥6", ["市发展改革委"]),
        ("经济", "城镇新增就业", "1.1以上", ["市人社局", "市教育局"]),
    ]
    assert not plan.findings


def test_a_group_with_its_number_in_a_cell_of_its_own_is_called_by_its_name(tmp_path: Path) -> None:
    text = "序号," + HEADER + "一,经济发展,,,\n1,用水量,万吨,≤3,市水利局\n二,民生,,,\n2,就业人数,万人,≥1,市人社局\n"
    draft = imported(tmp_path, text, title="方案", region="某市").draft
    assert [(each.no, each.category) for each in draft.indicators] == [("1", "经济发展"), ("2", "民生")]
