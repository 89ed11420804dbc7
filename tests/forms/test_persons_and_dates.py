"""Who answers for a target or a milestone, and by when: from YAML and the breakdown to forms and the ledger."""

import csv
import shutil
import zipfile
from pathlib import Path

import pytest

from czurban.checking.judging import is_due
from czurban.cli.app import run
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.model.task import Persons
from czurban.reading.plan.cases import PLAN
from czurban.reading.plan.files import read_draft, read_plan
from czurban.reporting.forms.form import form_of
from czurban.words.translator import Translator

CHANGES = {
    "departments.yaml": (
        "  - {name: 市教育局}",
        "  - {name: 市教育局, persons: {leader: 甲某, person: 乙某, phone: '0777-1'}}",
    ),
    "tasks.yaml": ("printed: 开工建设}", "printed: 开工建设, deadline: 2019年6月底}"),
    "targets.yaml": (
        "target: ≥4\n    deadline: 2019年底",
        "target: ≥4\n    deadline: 2019年9月底\n    persons: {person: 丙某}",
    ),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copied = Path(shutil.copytree(PLAN, tmp_path / "plan"))
    for name, (old, new) in CHANGES.items():
        text = (copied / name).read_text(encoding="utf-8")
        assert old in text
        (copied / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    return copied


@pytest.fixture
def plan(folder: Path) -> Plan:
    read, findings = read_plan(folder)
    assert read is not None, findings
    return read


def test_persons_are_the_own_ones_or_those_of_the_lead(plan: Plan) -> None:
    assert plan.persons_for(plan.by_id["schools"]) == Persons(person="丙某")
    assert plan.persons_for(plan.by_id["kindergartens"]) == Persons("甲某", "乙某", "0777-1")
    assert plan.persons_for_task(plan.tasks[0]) == Persons("甲某", "乙某", "0777-1")
    assert not plan.persons_for(plan.by_id["residents"]).named


def test_a_milestone_is_due_at_its_own_date(plan: Plan) -> None:
    milestone = plan.tasks[0].milestones[0]
    assert milestone.deadline == Period(2019, 6, 6)
    assert [(point.period.end, point.stage) for point in milestone.path] == [((2019, 6), "开工")]


def test_a_part_has_its_due_date_and_its_persons(folder: Path) -> None:
    table = """\
指标,地区,目标,完成时限,分管领导,具体责任人,联系电话
城镇常住人口,甲县,70,2019年10月底,丁某,戊某,123
城镇常住人口,乙县,40,,,,
"""
    (folder / "breakdown.csv").write_text(table, encoding="utf-8")
    plan, findings = read_plan(folder)
    assert plan is not None
    assert findings == ()
    first, second = plan.breakdown
    assert (first.target.deadline.end, first.persons) == ((2019, 10), Persons("丁某", "戊某", "123"))
    assert (second.target.deadline.end, second.persons.named) == ((2019, 12), False)


@pytest.mark.parametrize("due", ["年中", "2020年1月底"])
def test_a_due_date_of_a_part_that_cannot_be_is_reported(folder: Path, due: str) -> None:
    (folder / "breakdown.csv").write_text(f"指标,地区,目标,完成时限\n城镇常住人口,甲县,70,{due}\n", encoding="utf-8")
    (fault,) = read_draft(folder).findings
    assert fault.code == "P133"
    assert str(fault.place).endswith("breakdown.csv:2:14")


def test_a_due_date_keeps_its_day(folder: Path) -> None:
    for name, old, new in (
        ("targets.yaml", "deadline: 2019年9月底", "deadline: 2019年9月15日"),
        ("tasks.yaml", "deadline: 2019年6月底", "deadline: 2019-06-10"),
    ):
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new), encoding="utf-8")
    table = "指标,地区,目标,完成时限\n城镇常住人口,甲县,70,2019年10月8日\n城镇常住人口,乙县,40,2019年10月31日\n"
    (folder / "breakdown.csv").write_text(table, encoding="utf-8")
    plan, _ = read_plan(folder)
    assert plan is not None
    assert [str(part.target.deadline) for part in plan.breakdown] == ["2019-10-08", "2019-01..10"]
    assert plan.tasks[0].milestones[0].deadline == Period(2019, 1, 6, day=10)
    department = plan.department("市教育局")
    assert department is not None
    figures, milestones = form_of(plan, department, Translator("zh")).tables
    assert "2019年9月15日" in figures.rows[0]
    assert "2019年6月10日" in milestones.rows[0]
    target = plan.by_id["schools"].target
    assert [is_due(target, Period(2019, 1, month), plan.period) for month in (8, 9)] == [False, True]
    assert [is_due(target, Period(2019, 1, 9, day=day), plan.period) for day in (14, 15)] == [False, True]


def test_the_form_shows_both(plan: Plan) -> None:
    department = plan.department("市教育局")
    assert department is not None
    figures, milestones = form_of(plan, department, Translator("zh")).tables
    assert "分管领导：甲某；具体责任人：乙某；电话：0777-1" in figures.lines
    assert "2019年9月底" in figures.rows[0]
    assert "2019年底" in figures.rows[1]
    assert "2019年6月底" in milestones.rows[0]
    assert "开工（2019年6月30日前）" in milestones.rows[0]


def test_the_form_of_a_plan_with_one_date_has_no_column_for_it() -> None:
    plan, _ = read_plan(PLAN)
    assert plan is not None
    department = plan.department("市教育局")
    assert department is not None
    for table in form_of(plan, department, Translator("en")).tables:
        assert not any(column.title.startswith("Due by") for column in table.columns)


@pytest.mark.parametrize(
    ("language", "said"),
    [("zh", "完成时限：2019年9月底；具体责任人：丙某"), ("en", "due by: end of 2019-09; person responsible: 丙某")],
)
def test_a_letter_names_the_due_date_and_the_persons_of_each_item(
    folder: Path, tmp_path: Path, language: str, said: str
) -> None:
    (tmp_path / "none.csv").write_text("指标,完成值\n新建学校,\n", encoding="utf-8")
    arguments = ["status", str(tmp_path / "none.csv"), "--plan", str(folder), "--lang", language]
    assert run([*arguments, "--reminders", str(tmp_path / "letters")]) in (0, 1)
    lines = (tmp_path / "letters" / "市教育局.txt").read_text(encoding="utf-8").splitlines()
    schools, milestone = (next(line for line in lines if name in line) for name in ("新建学校", "第一中学"))
    assert schools.endswith(said)
    assert "甲某" in milestone
    assert milestone.endswith("0777-1")
    assert ("完成时限：2019年6月底" if language == "zh" else "due by: end of 2019-06") in milestone
    with zipfile.ZipFile(tmp_path / "letters" / "市教育局.docx") as document:
        assert said in document.read("word/document.xml").decode()


def test_the_ledger_shows_both(folder: Path, tmp_path: Path) -> None:
    written = tmp_path / "ledger.csv"
    arguments = ["ledger", str(folder / "figures.csv"), "--plan", str(folder), "-o", str(written)]
    assert run(arguments) in (0, 1)
    with written.open(encoding="utf-8-sig", newline="") as file:
        rows = {row["name"]: row for row in csv.DictReader(file)}
    assert (rows["新建学校"]["due"], rows["新建学校"]["person"]) == ("2019-09-30", "丙某")
    assert (rows["第一中学"]["due"], rows["第一中学"]["leader"]) == ("2019-06-30", "甲某")
    assert (rows["城镇常住人口"]["due"], rows["城镇常住人口"]["phone"]) == ("2019-12-31", "")
    page = tmp_path / "ledger.md"
    assert run([*arguments[:5], str(page)]) in (0, 1)
    assert "乙某" in page.read_text(encoding="utf-8")
