"""Targets that are no mere interval: grades, stages, other figures, types of regions; and binding targets."""

import json
from fractions import Fraction
from pathlib import Path

import pytest

import czurban
from czurban.app.assessing import assess_all, read_figures
from czurban.app.regions import judge_regions
from czurban.checking.ledger.entries import ledger_entries
from czurban.checking.ledger.escalation import escalation_items
from czurban.model.assessment import Assessment, Note, Verdict
from czurban.model.finding import Finding
from czurban.model.plan import Plan
from czurban.reading.plan.files import read_draft, read_plan
from czurban.reading.sources.limits import LIMITS
from czurban.reporting.documents.check import check_report
from czurban.words.translator import Translator

PLAN = """plan:
  title: 某市2020年工作方案
  region: 某市
  period: 2020
  baseline_period: 2019
indicators:
"""
COMMON = "lead: 市统计局, deadline: 2020年底"
CITY = '{id: urban, name: 常住人口城镇化率, unit: "%", kind: rate, baseline: 60, target: ≥61, ' + COMMON + "}"


def folder_of(folder: Path, *indicators: str, regions: str = "") -> Path:
    """Write a plan without tasks or categories."""
    lines = "".join(f"  - {each}\n" for each in indicators)
    (folder / "targets.yaml").write_text(PLAN + lines, encoding="utf-8")
    (folder / "departments.yaml").write_text("departments:\n  - {name: 市统计局}\n", encoding="utf-8")
    if regions:
        (folder / "regions.yaml").write_text(regions, encoding="utf-8")
    return folder


def plan_of(folder: Path, *indicators: str, regions: str = "") -> Plan:
    plan, findings = read_plan(folder_of(folder, *indicators, regions=regions))
    assert plan is not None, [str(each.message) for each in findings]
    return plan


def faults_of(folder: Path, *indicators: str, regions: str = "") -> list[Finding]:
    return list(read_draft(folder_of(folder, *indicators, regions=regions)).findings)


def judged(plan: Plan, folder: Path, *rows: str) -> Assessment:
    sent = folder / "figures.csv"
    sent.write_text("指标,数值,单位,地区,年份\n" + "\n".join(rows) + "\n", encoding="utf-8")
    submissions, findings = read_figures([str(sent)], plan, LIMITS)
    assessed = assess_all(plan, submissions, plan.period)
    return assessed._replace(findings=(*findings, *assessed.findings))


def verdict(assessed: Assessment, name: str) -> Verdict:
    return assessed.by_id[name].verdict


def codes(assessed: Assessment) -> set[str]:
    return {each.code for each in assessed.findings if each.severity.value == "error"}


GRADED = '{{id: air, name: 优良天数比例, unit: "%", kind: rate, target: "{target}", grade: {grade}, ' + COMMON + "}}"


@pytest.mark.parametrize(
    ("target", "grade", "value", "outcome", "name"),
    [
        ("A：≥80；B：≥70；C：<70", "B", "70", Verdict.MET, "B"),
        ("A：≥80；B：≥70；C：<70", "B", "69.99", Verdict.MISSED, "C"),
        ("A：≥80；B：≥70；C：<70", "A", "79.9", Verdict.MISSED, "B"),
        ("A：≥80；B：≥70；C：<70", "A", "80", Verdict.MET, "A"),
        ("优：90以上；良：80以上；合格：60以上", "合格", "85", Verdict.MET, "良"),
        ("优：90以上；良：80以上；合格：60以上", "良", "79", Verdict.MISSED, "合格"),
        ("优：90以上；良：80以上；合格：60以上", "良", "59", Verdict.MISSED, ""),
        ("优≤3，良≤5，差>5", "良", "4", Verdict.MET, "良"),
        ("优≤3，良≤5，差>5", "良", "5.1", Verdict.MISSED, "差"),
        ("excellent: ≥90; good: ≥80", "good", "85", Verdict.MET, "good"),
    ],
)
def test_the_verdict_names_the_grade(  # noqa: PLR0913, PLR0917 - a table's columns
    target: str, grade: str, value: str, outcome: Verdict, name: str, tmp_path: Path
) -> None:
    plan = plan_of(tmp_path, GRADED.format(target=target, grade=grade))
    assessed = judged(plan, tmp_path, f"优良天数比例,{value},%,,")
    assert (verdict(assessed, "air"), assessed.by_id["air"].grade) == (outcome, name)


@pytest.mark.parametrize("target", ["A：≥80；B：≥1；C：<2", "A：≥80；B：60~90；C：<60", "A：≥80；B：70~80；C：≤75"])
def test_grades_that_overlap_are_refused(target: str, tmp_path: Path) -> None:
    (fault,) = faults_of(tmp_path, GRADED.format(target=target, grade="B"))
    assert (fault.code, "have both the grade" in str(fault.message)) == ("P107", True)


@pytest.mark.parametrize("target", ["A：≥80；B：≥70；C：<70", "A：≥80；B：70~80；C：<70", "优≤3，良≤5，差>5"])
def test_grades_may_contain_better_ones_and_share_an_end(target: str, tmp_path: Path) -> None:
    assert faults_of(tmp_path, GRADED.format(target=target, grade=target[0])) == []


@pytest.mark.parametrize(("target", "surprises"), [("与上年持平", 0), ("不低于上年", 1), ("=61.57", 0)])
def test_the_value_that_a_target_asks_for_is_no_copy(target: str, surprises: int, tmp_path: Path) -> None:
    city = f'{{id: x, name: 某比重, unit: "%", kind: rate, baseline: 61.57, target: {target}, {COMMON}}}'
    assessed = judged(plan_of(tmp_path, city), tmp_path, "某比重,61.57,%,,")
    assert assessed.by_id["x"].verdict is Verdict.MET
    assert sum(each.code == "S269" for each in assessed.findings) == surprises


@pytest.mark.parametrize("rule", [">2", "|2", ">"])
def test_a_rule_without_quotation_marks_that_yaml_takes_for_a_block(rule: str, tmp_path: Path) -> None:
    entry = CITY.replace(" target: ≥61,", "").strip("{}").replace(", ", "\n    ")
    (fault,) = faults_of(tmp_path, f"{entry}\n    target: {rule}\n    binding: true")
    assert (fault.code, str(fault.hint)) == ("P103", f'Put the text in quotation marks: "{rule}".')
    assert fault.place.column == len("    target: ") + 1


def test_a_department_like_no_other_has_a_hint(tmp_path: Path) -> None:
    (fault,) = faults_of(tmp_path, CITY.replace("市统计局", "海关"))
    assert (fault.code, str(fault.hint)) == ("P111", "Correct the name, or add the department to departments.yaml.")


RELATIVE = '{{id: income, name: 收入增速, unit: "%", kind: growth, target: {target}, ' + COMMON + "{more}}}"


@pytest.mark.parametrize(
    ("target", "more", "rows", "outcome"),
    [
        ("高于全国平均", ", reference: {2020: 9.6}", ["收入增速,9.7,%,,"], Verdict.MET),
        ("高于全国平均", ", reference: {2020: 9.6}", ["收入增速,9.6,%,,"], Verdict.MISSED),
        ("不低于全国平均水平", ", reference: {2020: 9.6}", ["收入增速,9.6,%,,"], Verdict.MET),
        ("高于全国平均2个百分点", ", reference: {2020: 9.6}", ["收入增速,11.6,%,,"], Verdict.MISSED),
        ("高于全国平均2个百分点", ", reference: {2020: 9.6}", ["收入增速,11.61,%,,"], Verdict.MET),
        ("≥9且高于全国平均", ", reference: {2020: 8}", ["收入增速,8.5,%,,"], Verdict.MISSED),
        ("高于全国平均", "", ["收入增速,9.7,%,,", "收入增速,9.6,%,全国,"], Verdict.MET),
        ("高于全国平均", "", ["收入增速,9.7,%,,", "收入增速,98‰,,全国,"], Verdict.MISSED),
        ("低于常住人口城镇化率", "", ["收入增速,60,%,,", "常住人口城镇化率,61,%,,"], Verdict.MET),
        ("低于常住人口城镇化率", "", ["收入增速,61,%,,", "常住人口城镇化率,61,%,,"], Verdict.MISSED),
        ("高于全国平均", ", compared_with: urban", ["收入增速,62,%,,", "常住人口城镇化率,61,%,,"], Verdict.MET),
    ],
)
def test_a_target_relative_to_another_figure_is_judged_by_it(
    target: str, more: str, rows: list[str], outcome: Verdict, tmp_path: Path
) -> None:
    plan = plan_of(tmp_path, RELATIVE.format(target=target, more=more), CITY)
    assessed = judged(plan, tmp_path, *rows)
    assert verdict(assessed, "income") is outcome
    assert codes(assessed) == set()


@pytest.mark.parametrize(
    ("target", "more", "rows", "asks"),
    [
        ("高于全国平均", "", ["收入增速,9.7,%,,"], "reference: {2020: 61.5}"),
        ("高于全国平均", ", reference: {2020-01..06: 9.6}", ["收入增速,9.7,%,,"], "reference: {2020: 61.5}"),
        ("高于全国平均", "", ["收入增速,9.7,%,,", "收入增速,9.6,%,全国,2019"], "with the region 全国"),
        ("低于常住人口城镇化率", "", ["收入增速,60,%,,"], "Send the figure of “常住人口城镇化率” for 2020"),
    ],
)
def test_without_the_other_figure_the_target_is_undecidable(
    target: str, more: str, rows: list[str], asks: str, tmp_path: Path
) -> None:
    plan = plan_of(tmp_path, RELATIVE.format(target=target, more=more), CITY)
    assessed = judged(plan, tmp_path, *rows)
    assert verdict(assessed, "income") is Verdict.UNREADABLE
    assert Note.OTHER_FIGURE_UNKNOWN in assessed.by_id["income"].notes
    (fault,) = [each for each in assessed.findings if each.code == "S295"]
    assert asks in str(fault.hint)


def test_two_figures_of_the_larger_region_that_differ_decide_nothing(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, RELATIVE.format(target="高于全国平均", more=""))
    assessed = judged(plan, tmp_path, "收入增速,9.7,%,,", "收入增速,9.6,%,全国,", "收入增速,9.9,%,全国,")
    assert verdict(assessed, "income") is Verdict.UNREADABLE
    assert "do not agree" in next(str(each.message) for each in assessed.findings if each.code == "S295")


def test_a_year_before_the_baseline_is_a_figure_of_the_plan(tmp_path: Path) -> None:
    more = ", reference: {2015: 30}"
    growth = RELATIVE.format(target="比2015年翻一番", more=more)
    plan = plan_of(tmp_path, growth.replace('"%"', "亿元").replace("growth", "stock"))
    target = plan.indicators[0].target
    assert (str(target.interval), target.is_open) == ("≥60", False)


STAGES = "stages: [未启动, 部分划定, 应划尽划, 已公布]"
STAGED = f"{{id: plan, name: 空间规划, unit: 项, kind: milestone, target: 应划尽划, {STAGES}, {COMMON}}}"


@pytest.mark.parametrize(
    ("stage", "outcome", "code"),
    [
        ("应划尽划", Verdict.MET, None),
        ("已公布", Verdict.MET, None),
        ("部分划定", Verdict.MISSED, None),
        ("100", Verdict.UNREADABLE, "S245"),
        ("全部划定", Verdict.UNREADABLE, "S245"),
        ("", Verdict.UNREPORTED, None),
    ],
)
def test_a_statement_is_judged_by_its_stage(stage: str, outcome: Verdict, code: str | None, tmp_path: Path) -> None:
    plan = plan_of(tmp_path, STAGED)
    assessed = judged(plan, tmp_path, f"空间规划,{stage},,,")
    result = assessed.by_id["plan"]
    assert (result.verdict, result.actual, result.figures) == (outcome, None, None)
    assert codes(assessed) == ({code} if code else set())


def test_two_stages_that_differ_are_not_used(tmp_path: Path) -> None:
    assessed = judged(plan_of(tmp_path, STAGED), tmp_path, "空间规划,应划尽划,,,", "空间规划,部分划定,,,")
    assert verdict(assessed, "plan") is Verdict.UNREADABLE
    assert codes(assessed) == {"S248"}


REGIONS = """regions:
  - {code: "01", name: 某市}
  - {code: "0101", name: 东区, parent: "01", type: 城区}
  - {code: "0102", name: 西县, parent: "01", type: 县}
  - {code: "0103", name: 北县, parent: "01", type: 县}
"""
RULES = "target: ≥90, by_type: {城区: ≥98, 县: ≥85}"
TYPED = f'{{id: water, name: 供水普及率, unit: "%", kind: rate, {RULES}, {COMMON}}}'


@pytest.mark.parametrize(
    ("region", "rule", "outcome"),
    [("东区", "≥98", Verdict.MISSED), ("西县", "≥85", Verdict.MET), ("北县", "≥85", Verdict.MET)],
)
def test_a_region_has_the_target_of_its_type(region: str, rule: str, outcome: Verdict, tmp_path: Path) -> None:
    plan = plan_of(tmp_path, TYPED, regions=REGIONS)
    assert str(plan.for_region(region).indicators[0].target.interval) == rule
    sent = tmp_path / "figures.csv"
    sent.write_text(f"指标,数值,单位,地区\n供水普及率,90,%,{region}\n", encoding="utf-8")
    submissions, _ = read_figures([str(sent)], plan, LIMITS)
    regional = judge_regions(plan, submissions, plan.period, region, None)
    assert regional.whole.by_id["water"].verdict is outcome


def test_a_type_that_no_region_has_is_reported(tmp_path: Path) -> None:
    faults = faults_of(tmp_path, TYPED.replace("县: ", "乡镇: "), regions=REGIONS)
    assert [(each.code, str(each.hint)) for each in faults] == [("P111", "Choose from: 县、城区.")]
    (tmp_path / "regions.yaml").unlink()
    (fault, _) = read_draft(tmp_path).findings
    assert "type: 城区" in str(fault.hint)


BINDING = '{{id: {id}, no: {no}, name: {id}率, unit: "%", kind: rate, target: ≥50, binding: {binding}, ' + COMMON + "}}"


def test_binding_targets_that_are_missed_lead_every_list(tmp_path: Path) -> None:
    kinds = (("a", "false"), ("b", "true"), ("c", "true"))
    plan = plan_of(tmp_path, *(BINDING.format(id=name, no=f"AHS-1.{name}", binding=kind) for name, kind in kinds))
    assessed = judged(plan, tmp_path, "a率,10,%,,", "b率,49,%,,", "c率,50,%,,")
    english = Translator("en")
    document = check_report(assessed, english, scope=lambda _: True)
    texts = [text for block in document.blocks if isinstance(text := getattr(block, "text", None), str)]
    assert "Binding targets missed, 1 of 2: b率." in texts
    items = escalation_items(assessed, ledger_entries(assessed), ())
    assert [item.entry.name for item in items if item.entry] == ["b率", "a率"]
    rows = [dict(row) for row in document.rows()]
    assert [(row["no"], row["binding"]) for row in rows] == [("AHS-1.a", False), ("AHS-1.b", True), ("AHS-1.c", True)]
    assert json.dumps(rows, ensure_ascii=False)


@pytest.mark.parametrize("number", ["AHS-1.1", "1.2.3", "甲-1", "1.10"])
@pytest.mark.parametrize("written", ["{no},{name}", "{no},", ",{name}", ",{no} {name}"])
def test_a_number_of_any_form_finds_its_indicator(number: str, written: str, tmp_path: Path) -> None:
    plan = plan_of(tmp_path, CITY.replace("name:", f"no: {number}, name:"))
    found = plan.indicator(number)
    assert found is not None
    assert found.no == number
    sent = tmp_path / "figures.csv"
    row = written.format(no=number, name=found.name)
    sent.write_text(f"编号,指标,数值,单位\n{row},61,%\n", encoding="utf-8")
    submissions, findings = read_figures([str(sent)], plan, LIMITS)
    assert [each for each in findings if each.severity.value == "error"] == []
    assert assess_all(plan, submissions, plan.period).by_id["urban"].actual == Fraction(61)


@pytest.mark.parametrize(
    ("name", "unit", "kind", "says"),
    [
        ("单位GDP能耗", "吨标准煤/万元", "flow", True),
        ("路网密度", "公里/平方公里", "works", True),
        ("亩均税收", "万元/亩", "flow", True),
        ("单位GDP能耗", "吨标准煤/万元", "rate", False),
        ("人均可支配收入", "元/人", "flow", False),
        ("年货物吞吐量", "万吨/年", "flow", False),
        ("能源消费总量", "万吨标准煤", "flow", False),
    ],
)
def test_a_ratio_adds_up_to_nothing(name: str, unit: str, kind: str, says: bool, tmp_path: Path) -> None:  # noqa: FBT001 - a table's column
    entry = f"{{id: x, name: {name}, unit: {unit}, kind: {kind}, target: ≤5, {COMMON}}}"
    codes = [each.code for each in czurban.validate(folder_of(tmp_path, entry)) if each.code == "P248"]
    assert codes == (["P248"] if says else [])


def test_a_part_of_another_years_figure_without_a_last_decimal_is_refused_with_the_nearest_bound(
    tmp_path: Path,
) -> None:
    target = "reduce by a third compared with 2015"
    entry = f"{{id: x, name: deaths, unit: deaths, kind: flow, target: {target}, reference: {{2015: 100}}, {COMMON}}}"
    (fault,) = faults_of(tmp_path, entry)
    assert str(fault.message) == f"“{target}” is no finite decimal with the figure 100."
    assert str(fault.hint) == "Write ≤66.66, or with as many decimals as the figures have."
