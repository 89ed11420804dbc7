"""What goes before the joint conference: chosen, in its order, and told with figures and cells."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from czurban.checking.assessing import assess
from czurban.checking.ledger.entries import ledger_entries
from czurban.checking.ledger.escalation import escalation_items
from czurban.checking.ledger.milestones import resolve_stages
from czurban.checking.plan_rules.registry import check_plan
from czurban.model.assessment import Assessment
from czurban.model.escalation import EscalationItem, Ground
from czurban.model.faults import finding
from czurban.model.finding import Place, say
from czurban.model.observation import StageReport, Submission
from czurban.model.plan import Plan
from czurban.reading.plan.files import read_plan
from czurban.reading.submission.files import read_bytes
from czurban.reporting.documents.escalation import sentence_of
from czurban.words.translator import Translator

Judge = Callable[..., Assessment]
ENGLISH = Translator("en")


def stage(task: int, name: str, reached: str) -> dict[tuple[int, str], StageReport]:
    return {(task, name): StageReport(task, name, reached, Place("s.xlsx", sheet="节点", cell="E7"), "市卫生健康委")}


def found(
    assessment: Assessment, stages: Mapping[tuple[int, str], StageReport] | None = None
) -> tuple[EscalationItem, ...]:
    return escalation_items(
        assessment, ledger_entries(assessment._replace(stages=stages or {})), check_plan(assessment.plan)
    )


def whys(given: tuple[EscalationItem, ...], ground: Ground) -> list[str]:
    return [ENGLISH(sentence_of(item)) for item in given if item.ground is ground]


def test_grounds_come_worst_first(judge: Judge) -> None:
    assessed = judge(
        "城镇登记失业率,4.9,%,",
        "户籍人口城镇化率,20.1,%,市公安局",
        "户籍人口城镇化率,21,%,市公安局",
        "城镇常住人口,很多,万人,",
        "城镇新增就业人数,1.7,万人,市公安局",
    )
    grounds = [finding.ground for finding in found(assessed, stage(4, "流动人口信息共享平台", "开工"))]
    assert grounds == sorted(grounds, key=list(Ground).index)
    assert set(grounds) == set(Ground) - {Ground.LOST, Ground.BEHIND}  # warnings before the deadline


def test_figures_that_differ_are_told_with_both_places(judge: Judge) -> None:
    assessed = judge("户籍人口城镇化率,20.1%,,市公安局", "常住人口城镇化率,42,%,", "户籍人口城镇化率,21,%,")
    (item,) = (finding for finding in found(assessed) if finding.ground is Ground.CONTRADICTION)
    assert ENGLISH(sentence_of(item)) == (
        "“户籍人口城镇化率”: 市公安局 reports 20.1% (f1.csv:2:10) and a sender without a name 21% (f1.csv:4:10); "
        "nothing decides which of 2 figures counts, so none is used."
    )
    assert item.leads == ("市公安局",)
    assert whys(found(assessed), Ground.UNREADABLE) == []


def test_figures_of_two_departments_that_an_identity_forbids(judge: Judge) -> None:
    assessed = judge(
        "城镇常住人口,139.02,万人,市住建局",
        "城镇建设用地面积,195,平方千米,市自然资源局",
        "人均城镇建设用地面积,120,平方米,",
    )
    (item,) = (finding for finding in found(assessed) if finding.ground is Ground.CONTRADICTION)
    assert set(item.leads) == {"市自然资源局", "市住房城乡建设局"}
    why = ENGLISH(sentence_of(item))
    assert "195平方千米 ÷ 139.02万人" in why
    assert "f1.csv:2:8" in why
    assert str(item.place) == "f1.csv:4:12"


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("城镇常住人口,很多,万人,", "“城镇常住人口” cannot be judged: “很多” cannot be read as a number."),
        ("城镇常住人口,1390200,,", "“城镇常住人口” cannot be judged: "),
    ],
)
def test_what_cannot_be_judged_says_why(judge: Judge, row: str, why: str) -> None:
    (item,) = whys(found(judge(row)), Ground.UNREADABLE)
    assert item.startswith(why)


def test_a_figure_that_was_withdrawn_says_where(judge: Judge) -> None:
    assessed = judge("城镇常住人口,139,快报", "城镇常住人口,—,年报", header="指标,数值,数据状态")
    (item,) = (finding for finding in found(assessed) if finding.ground is Ground.UNREADABLE)
    assert str(item.place) == "f1.csv:3:8"
    assert "f1.csv:2:8" in ENGLISH(sentence_of(item))


def test_the_largest_shortfall_of_its_target_comes_first(judge: Judge) -> None:
    assessed = judge("常住人口城镇化率,40.5,%,市住建局", "城镇登记失业率,4.9,%,", "城镇常住人口,130.2,万人,")
    first, second, third = whys(found(assessed), Ground.MISSED)
    assert first == (
        "“城镇登记失业率” is 4.9%, and the target is ≤4.5%: 0.4 percentage points off, which is 8.8889% of the target "
        "(a sender without a name, f1.csv:3:9)."
    )
    assert second == (
        "“城镇常住人口” is 130.2万人, and the target is ≥138.19万人: 7.99万人 off, which is 5.7819% of the target "
        "(a sender without a name, f1.csv:4:8)."
    )
    assert third == (
        "“常住人口城镇化率” is 40.5%, and the target is ≥41%: 0.5 percentage points off, "
        "which is 1.2195% of the target (市住建局, f1.csv:2:10)."
    )


def test_milestones_that_are_furthest_behind_come_first(judge: Judge) -> None:
    stages = stage(4, "流动人口信息共享平台", "开工") | stage(6, "灵山县农民工创业园", "前期工作")
    first, second = whys(found(judge(), stages | stage(6, "浦北县公共实训基地", "投入使用")), Ground.STUCK)
    assert first == (
        "“灵山县农民工创业园” (task 6) has reached “前期工作” where “完工” is required; stages to go: 3 "
        "(市卫生健康委, s.xlsx:节点!E7)."
    )
    assert second == (
        "“流动人口信息共享平台” (task 4) has reached “开工” where “建设中” is required; stages to go: 1 "
        "(市卫生健康委, s.xlsx:节点!E7)."
    )


def test_a_stage_off_the_ladder_is_told_and_never_ranked(judge: Judge) -> None:
    given = found(judge(), stage(4, "流动人口信息共享平台", "快好了"))
    assert whys(given, Ground.STUCK) == []
    (item,) = whys(given, Ground.UNREADABLE)
    assert item == (
        "“流动人口信息共享平台” (task 4): the stage “快好了” that 市卫生健康委 reports (s.xlsx:节点!E7) "
        "does not count: it is not on the milestone's ladder."
    )


def sent(assessment: Assessment, *reports: StageReport) -> Assessment:
    return assessment._replace(submissions=(*assessment.submissions, Submission("s.xlsx", "xlsx", stages=reports)))


def reported(reached: str, cell: str, sender: str) -> StageReport:
    return StageReport(4, "流动人口信息共享平台", reached, Place("s.xlsx", sheet="节点", cell=cell), sender)


def test_stages_that_two_departments_report_differently_contradict_each_other(judge: Judge) -> None:
    assessed = sent(
        judge(),
        reported("开工", "E7", "市卫生健康委"),
        reported("完工", "E9", "各县区人民政府、管委"),
        reported("开工", "E11", "市卫生健康委"),
    )
    given = found(assessed, resolve_stages(assessed.plan, assessed.submissions, assessed.period)[0])
    assert [item.ground for item in given if item.entry and item.entry.name == "流动人口信息共享平台"] == [
        Ground.CONTRADICTION
    ]
    (item,) = whys(given, Ground.CONTRADICTION)
    assert item == (
        "“流动人口信息共享平台” (task 4): 市卫生健康委 reports the stage “开工” (s.xlsx:节点!E7) and "
        "各县区人民政府、管委 “完工” (s.xlsx:节点!E9); nothing decides which of 2 stages counts, so none is used."
    )


@pytest.mark.parametrize("why", ["It comes from elsewhere.", ""])
def test_a_stage_that_was_not_used_is_not_silence(judge: Judge, why: str) -> None:
    result = reported("开工", "E7", "市公安局")
    told = (finding("S212", result.place, say(why)),) if why else ()
    given = found(sent(judge(), result)._replace(findings=told))
    (only,) = (item for item in given if item.entry and item.entry.name == "流动人口信息共享平台")
    assert only.ground is Ground.UNREADABLE
    assert only.place == result.place
    assert why in ENGLISH(sentence_of(only))


def test_an_aspiration_is_never_brought_up(judge: Judge) -> None:
    given = found(judge(), stage(30, "上级补助资金", "未启动"))
    assert [item for item in given if item.entry and item.entry.name == "上级补助资金"] == []


@pytest.mark.parametrize(
    ("row", "why", "place"),
    [
        ("常住人口城镇化率,41,%,2019", "“城镇新增就业人数” (≥1.5万人) is not reported.", "targets.yaml"),
        ("城镇新增就业人数,,,2019", "“城镇新增就业人数” (≥1.5万人) is left empty in f1.csv:2:10.", "f1.csv:2:10"),
        (
            "城镇新增就业人数,—,,2019",
            "“城镇新增就业人数” (≥1.5万人) has “—” and no figure in f1.csv:2:10.",
            "f1.csv:2:10",
        ),
        (
            "城镇新增就业人数,1.7,万人,2018",
            "No figure counts for “城镇新增就业人数” (≥1.5万人): This value is for 2018",
            "f1.csv:2:10",
        ),
        ("城镇新增就业人数,—,,2018", "“城镇新增就业人数” (≥1.5万人) is not reported.", "targets.yaml"),
    ],
)
def test_what_nobody_reports_says_what_there_is(judge: Judge, row: str, why: str, place: str) -> None:
    given = found(judge(row, header="指标,数值,单位,年份"))
    (item,) = (item for item in given if item.entry and item.entry.name == "城镇新增就业人数")
    assert item.ground is (Ground.REFUSED if why.startswith("No figure counts") else Ground.UNREPORTED)
    assert ENGLISH(sentence_of(item)).startswith(why)
    assert place in str(item.place)


def test_the_lead_that_owes_most_comes_first(judge: Judge) -> None:
    leads = [finding.leads for finding in found(judge()) if finding.ground is Ground.UNREPORTED]
    blocks = list(dict.fromkeys(leads))
    assert [leads.count(block) for block in blocks] == sorted((leads.count(block) for block in blocks), reverse=True)
    assert leads == [item for lead in blocks for item in [lead] * leads.count(lead)]


def test_the_plans_own_contradiction_names_who_leads_its_figures(judge: Judge) -> None:
    (item,) = (finding for finding in found(judge()) if finding.ground is Ground.PLAN)
    assert item.leads == ("市自然资源局", "市住房城乡建设局")
    assert "targets.yaml" in str(item.place)


def test_only_what_touches_the_entries_in_question(judge: Judge, plan: Plan) -> None:
    assessed = judge("户籍人口城镇化率,20.1,%,", "户籍人口城镇化率,21,%,", "城镇登记失业率,4.9,%,")
    entries = [
        ledger_entry for ledger_entry in ledger_entries(assessed) if "市人力资源社会保障局" in ledger_entry.leads
    ]
    given = escalation_items(assessed, entries, check_plan(plan))
    assert {item.ground for item in given} == {Ground.MISSED, Ground.UNREPORTED}


@pytest.mark.parametrize(
    ("target", "figure", "why"),
    [
        ("≤0", "3", "“城镇新增就业人数” is 3万人, and the target is ≤0万人: 3万人 off (a sender"),
        (">2", "2", "“城镇新增就业人数” is 2万人, exactly the bound that the target >2万人 excludes (a sender"),
    ],
)
def test_a_shortfall_without_a_measure(tmp_path: Path, repo: Path, target: str, figure: str, why: str) -> None:
    for item in (repo / "data").glob("*.yaml"):
        text = item.read_text(encoding="utf-8").replace("    target: ≥1.5\n", f'    target: "{target}"\n', 1)
        (tmp_path / item.name).write_text(text, encoding="utf-8")
    plan, findings = read_plan(tmp_path)
    assert plan is not None, findings
    sent, _ = read_bytes("f1.csv", f"指标,数值\n城镇登记失业率,90%\n城镇新增就业人数,{figure}万人\n".encode(), plan)
    result = whys(found(assess(plan, [sent], period=plan.period)), Ground.MISSED)
    position = 0 if target == "≤0" else 1
    assert len(result) == 2
    assert result[position].startswith(why)


@pytest.mark.parametrize(
    ("matter", "why"),
    [
        (EscalationItem(ground=Ground.UNREADABLE, leads=(), place=None), "“” cannot be judged."),
        (
            EscalationItem(ground=Ground.PLAN, leads=(), place=None, finding=finding("P214", None, say("It differs."))),
            "It differs.",
        ),
    ],
)
def test_little_evidence_still_makes_a_sentence(matter: EscalationItem, why: str) -> None:
    assert ENGLISH(sentence_of(matter)) == why


def test_an_unreadable_figure_without_a_finding_is_named(judge: Judge) -> None:
    entry = ledger_entries(judge())[0]
    matter = EscalationItem(ground=Ground.UNREADABLE, leads=entry.leads, place=None, entry=entry)
    assert ENGLISH(sentence_of(matter)) == "“常住人口城镇化率” cannot be judged."
