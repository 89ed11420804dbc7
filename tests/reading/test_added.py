"""Departments that a lead adds to a task: kept with the lead and the date, and refused where they are wrong."""

import json
import shutil
from pathlib import Path

import pytest

from czurban.cli.app import run
from czurban.reading.plan.cases import PLAN
from czurban.reading.plan.files import read_plan

GOOD = "{name: 市人社局, by: 市教育局, on: 2019-05-06}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(PLAN, tmp_path / "plan"))


def change(folder: Path, entry: str) -> None:
    path = folder / "tasks.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(GOOD, entry), encoding="utf-8")


def test_who_and_when_are_kept_apart_from_the_printed(folder: Path) -> None:
    change(folder, "{name: 公安局, by: 市教育局, on: ２０１９-05-06, reason: 联席会议商定}")
    plan, findings = read_plan(folder)
    assert findings == ()
    assert plan is not None
    (task,) = plan.tasks
    (item,) = task.added
    assert (item.name, item.by, item.on.isoformat(), item.reason) == (
        "市公安局",
        "市教育局",
        "2019-05-06",
        "联席会议商定",
    )
    assert task.responsible == ("各县区",)
    assert task.departments == ("市教育局", "各县区", "市公安局")


@pytest.mark.parametrize(
    ("entry", "codes"),
    [
        ("{name: 市人社局, by: 各县区, on: 2019-05-06}", ["P119"]),
        ("{name: 市人社局, by: 市人社局, on: 2019-05-06}", ["P119"]),
        ("{name: 市教育局, by: 市教育局, on: 2019-05-06}", ["P120"]),
        ("{name: 市人社局, by: 市教育局, on: 2019-02-30}", ["P121"]),
        ("{name: 市人社局, by: 市教育局, on: 20190506}", ["P121"]),
        ("{name: 市人社局, by: 市教育局, on: 2019-W01-1}", ["P121"]),
        ("{name: 市体育局, by: 市教育局, on: 2019-05-06}", ["P111"]),
        ("{name: 市人社局, by: 市体育局, on: 2019-05-06}", ["P111"]),
        ("{name: 市人社局, on: 2019-05-06}", ["P105"]),
        ("{name: 各县区, by: 市公安局, on: 昨天}", ["P119", "P120", "P121"]),
        (f"{GOOD}\n          - {GOOD}", ["P120"]),
    ],
)
def test_a_wrong_entry_is_reported(folder: Path, entry: str, codes: list[str]) -> None:
    change(folder, entry)
    plan, findings = read_plan(folder)
    assert [finding.code for finding in findings] == codes
    assert plan is None


@pytest.mark.parametrize(
    "words",
    [
        ("show", "任务1"),
        ("show", "市人社局"),
        ("report", "--dept", "市人社局"),
        ("report", "--task", "1"),
        ("list", "tasks"),
    ],
)
def test_added_departments_are_shown_apart(
    folder: Path, words: tuple[str, ...], capfd: pytest.CaptureFixture[str]
) -> None:
    assert run([*words, "--plan", str(folder), "--lang", "zh"]) == 0
    assert "另加" in capfd.readouterr().out


def test_machines_learn_who_added_and_when(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    run(["list", "tasks", "--plan", str(folder), "-f", "json"])
    (task,) = json.loads(capfd.readouterr().out)["tasks"]
    assert task["added"] == [{"name": "市人社局", "by": "市教育局", "on": "2019-05-06", "reason": None}]
    assert task["responsible"] == ["各县区"]
    run(["list", "departments", "--plan", str(folder), "-f", "json"])
    offices = json.loads(capfd.readouterr().out)["departments"]
    assert [office["name"] for office in offices if office["tasks_added_to"]] == ["市人社局"]
