"""Numbers of tasks that are texts: 3-1, 2.4, AHS-1 and （一） are cited, shown, asked for in forms and reported on."""

from pathlib import Path

import pytest

import czurban
from czurban.app.lists import show
from czurban.model.finding import Finding
from czurban.model.plan import Plan
from czurban.reading.plan.files import read_draft
from czurban.words.translator import Translator

PLAN = """\
plan: {{title: 某市工作方案, region: 某市, period: "2027", baseline_period: "2026"}}
indicators:
  - {{id: x, name: 新建公园, task: {no}, unit: 个, kind: works, lead: 市园林局, target: ≥5, deadline: "2027",
     cited: [{{at: {at}, printed: 建成5个以上}}]}}
"""
TASKS = """\
ladders: {{works: [未启动, 开工, 完工]}}
parts:
  - no: 一
    title: 建设
    tasks:
{tasks}
"""
TASK = """\
      - {{no: {no}, title: 工作{n}, lead: 市园林局, quantities: [{quantities}],
         milestones: [{{name: 文体中心, ladder: works, stage: 完工}}]}}
"""


def folder_of(folder: Path, numbers: list[str], at: str | None = None, first: str | None = None) -> Path:
    first = first or numbers[0]
    tasks = "".join(TASK.format(no=no, n=n, quantities="x" if no == first else "") for n, no in enumerate(numbers))
    (folder / "targets.yaml").write_text(PLAN.format(no=first, at=at or f"任务{first}"), encoding="utf-8")
    (folder / "tasks.yaml").write_text(TASKS.format(tasks=tasks), encoding="utf-8")
    (folder / "departments.yaml").write_text("departments: [{name: 市园林局}]\n", encoding="utf-8")
    return folder


def read(folder: Path) -> tuple[Plan | None, list[Finding]]:
    draft = read_draft(folder)
    return draft.plan, list(draft.findings)


NUMBERS = ["3-1", "S1", "2.4", "2.10", "AHS-1", "AHS-1.2", "（一）", "十二", "甲-1", "7"]


@pytest.mark.parametrize("no", NUMBERS)
def test_a_task_is_found_by_its_number(no: str, tmp_path: Path) -> None:
    plan, findings = read(folder_of(tmp_path, [no, "9"]))
    assert findings == []
    assert plan is not None
    task = plan.task(no)
    assert task is not None
    assert task.title == "工作0"
    part = plan.part_of(plan.indicators[0])
    assert part is not None
    assert part.title == "建设"
    for text in (f"任务{no}", f"task {no}"):
        assert "工作0" in "\n".join(str(block) for block in show(plan, text, Translator("zh")).blocks)


@pytest.mark.parametrize("no", NUMBERS)
def test_a_cited_task_is_checked(no: str, tmp_path: Path) -> None:
    right, wrong = tmp_path / "right", tmp_path / "wrong"
    for folder, at in ((right, f"重点任务{no}"), (tmp_path / "english", f"Task {no}"), (wrong, "任务8-1")):
        folder.mkdir()
        folder_of(folder, [no, "99"], at)
    cited_rightly = (*czurban.validate(right), *czurban.validate(tmp_path / "english"))
    assert [each.code for each in cited_rightly if each.code == "P243"] == []
    (finding,) = [each for each in czurban.validate(wrong) if each.code == "P243"]
    assert str(finding.message) == "“新建公园” is cited at task 8-1, which the plan does not have."


@pytest.mark.parametrize("no", NUMBERS)
@pytest.mark.parametrize("cell", ["任务{}", "任务{} 工作0", "{}", "Task {} 工作0"])
def test_a_stage_is_of_the_task_with_that_number(no: str, cell: str, tmp_path: Path) -> None:
    folder_of(tmp_path, [no, "9"])
    table = f"任务,事项,目前阶段\n{cell.format(no)},文体中心,完工\n"
    (tmp_path / "stages.csv").write_text(table, encoding="utf-8")
    result = czurban.check(tmp_path, [tmp_path / "stages.csv"])
    plan, _ = read(tmp_path)
    assert plan is not None
    task = plan.task(no)
    assert task is not None
    assert [name for name, _ in result.assessment.stages] == [task.no]
    assert czurban.report(result, task=no, lang="zh").render("text").startswith(b"\xe4")


@pytest.mark.parametrize(
    ("numbers", "missing"),
    [
        (["1", "2", "4", "5", "6"], True),
        (["（一）", "（二）", "（四）", "（五）", "（六）"], True),
        (["1", "2", "2-1", "4", "5", "6"], True),
        (["1", "2", "2-1", "3", "4"], False),
        (["1.1", "1.2", "2.1", "2.4"], False),
        (["AHS-1", "AHS-4", "AHS-9"], False),
    ],
)
def test_a_gap_is_only_in_a_plain_sequence(numbers: list[str], missing: bool, tmp_path: Path) -> None:  # noqa: FBT001 - a table's column
    folder_of(tmp_path, numbers)
    gaps = [str(each.message) for each in czurban.validate(tmp_path) if each.code == "P246"]
    assert gaps == (["The number 3 is missing among the tasks."] if missing else [])


def test_a_text_that_is_no_number_is_reported(tmp_path: Path) -> None:
    _, findings = read(folder_of(tmp_path, ["重点", "2"], first="2"))
    assert [(each.code, str(each.message)) for each in findings] == [("P106", "“重点” is no number of a task.")]


def test_the_same_number_twice_is_reported_whatever_its_width(tmp_path: Path) -> None:
    _, findings = read(folder_of(tmp_path, ["3-1", "３－１"]))
    assert [each.code for each in findings] == ["P110"]
