"""A draft is written as the files of a plan, and what is open in it is reported once at its line."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from czurban.app.validate import ValidateOptions, find_validated, validate
from czurban.model.finding import Finding, say
from czurban.reading.imports.draft import (
    Decision,
    DraftCitation,
    DraftDepartment,
    DraftIndicator,
    DraftMilestone,
    DraftPart,
    DraftPlan,
    DraftTask,
)
from czurban.reading.imports.merging import with_ids
from czurban.reading.imports.writing import WrittenPlan, write_plan
from czurban.reading.plan.files import read_plan
from czurban.words.translator import Translator


def an_indicator(name: str = "常住人口城镇化率", **other: object) -> DraftIndicator:
    values: dict[str, object] = {
        "no": "1",
        "category": "城镇化水平",
        "unit": "%",
        "kind": "rate",
        "lead": ["市公安局"],
        "baseline": "40",
        "target": "达到41%以上",
        "deadline": "2019年底",
        "cited": [DraftCitation("附件1", "达到41%以上")],
    }
    return DraftIndicator(name=name, **{**values, **other})  # type: ignore[arg-type]


def a_plan(*indicators: DraftIndicator, **other: object) -> DraftPlan:
    values: dict[str, object] = {
        "title": "某市2019年工作方案: “试行”",
        "region": "某市",
        "period": "2019",
        "baseline_period": "2018",
        "categories": ["城镇化水平"],
        "departments": [DraftDepartment(name="市公安局")],
    }
    return DraftPlan(source="表.xlsx", indicators=indicators, **{**values, **other})  # type: ignore[arg-type]


def put(draft: DraftPlan, folder: Path, language: str = "zh") -> WrittenPlan:
    written = write_plan(draft, str(folder), Translator(language))
    for name, text in written.texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return written


def found(folder: Path) -> Sequence[Finding]:
    return validate(find_validated([folder]), ValidateOptions()).value


def test_a_complete_draft_is_a_plan_without_a_finding(tmp_path: Path) -> None:
    task = DraftTask(
        no=1,
        title="深化户籍制度改革",
        lead=["市公安局"],
        quantities=["settled"],
        measures=["全年新增落户1万人：其中……"],
        milestones=[DraftMilestone(name="共享平台", ladder="works", stage="建设中", printed="力争构建", firm=False)],
    )
    settled = DraftIndicator(
        name="新增落户人数",
        id="settled",
        task=1,
        unit="人",
        kind="flow",
        lead=["市公安局"],
        target="≥10000",
        deadline="2019年底",
    )
    draft = a_plan(
        an_indicator(),
        settled,
        parts=[DraftPart(no="一", title="市民化", tasks=[task])],
        ladders={"works": ["未启动", "建设中", "完工"]},
    )
    put(draft, tmp_path)
    plan, findings = read_plan(tmp_path)
    assert not findings
    assert not found(tmp_path)
    assert plan is not None
    assert (plan.title, plan.region, str(plan.period)) == ("某市2019年工作方案: “试行”", "某市", "2019")
    assert [(each.id, str(each.target.interval)) for each in plan.indicators] == [
        ("indicator_01", "≥41"),
        ("settled", "≥10000"),
    ]
    assert plan.tasks[0].milestones[0].stage == "建设中"
    assert "# 全年新增落户1万人：其中……" in (tmp_path / "tasks.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_open_is_a_comment_and_one_finding_at_its_line(tmp_path: Path, language: str) -> None:
    decisions = [
        Decision("kind", say("Nothing says how the figure behaves."), say("Write stock, flow or rate.")),
        Decision("target", say("“{text}” does not say which way is better.", text="41")),
    ]
    draft = a_plan(an_indicator(kind=None, target="41", decisions=decisions))
    written = put(draft, tmp_path, language)
    lines = written.texts["targets.yaml"].splitlines()
    assert [(each.code, each.place and lines[(each.place.line or 0) - 1].strip()) for each in written.findings] == [
        ("P160", "kind:"),
        ("P160", "target: 41"),
    ]
    mark = "# 待定：" if language == "zh" else "# TO DECIDE: "
    assert sum(line.strip().startswith(mark) for line in lines) == len(decisions)
    places = [(each.place.line if each.place else 0) for each in found(tmp_path)]
    assert len(places) == len(set(places)) <= len(decisions)
    assert set(places) <= {each.place.line for each in written.findings if each.place}


def test_an_answered_decision_whose_comment_stays_is_reported(tmp_path: Path) -> None:
    put(a_plan(an_indicator(decisions=[Decision("target", say("Is the town included?"))])), tmp_path)
    assert [each.code for each in found(tmp_path)] == ["P160"]
    file = tmp_path / "targets.yaml"
    kept = [line for line in file.read_text(encoding="utf-8").splitlines() if "待定" not in line]
    file.write_text("\n".join(kept), encoding="utf-8")
    assert not found(tmp_path)


def test_ids_are_made_once_each() -> None:
    names = ["Urban jobs (new)", "Urban jobs, new", "城镇化率", "5G bases"]
    ids = [each.id for each in with_ids([an_indicator(name, no=None) for name in names])]
    assert ids == ["urban_jobs_new", "urban_jobs_new_2", "indicator_03", "indicator_04"]
    ids = [each.id for each in with_ids([an_indicator("城镇化率", no="7"), an_indicator("就业", no="7")])]
    assert ids == ["indicator_07", "indicator_07_2"]


@pytest.mark.parametrize(
    "text", ["#1", "a: b", "- x", "'", '"', "null", "[a]", "换\n行", "%", "≥1", "&a", "*", "!t", "\\"]
)
def test_every_text_is_read_back(tmp_path: Path, text: str) -> None:
    put(a_plan(an_indicator(scope=text), title=text), tmp_path)
    plan, findings = read_plan(tmp_path)
    assert plan is not None, findings
    assert (plan.title, plan.indicators[0].scope) == (text.replace("\n", " "), text.replace("\n", " "))
