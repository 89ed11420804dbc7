"""`czurban ledger` and `czurban escalate` as they are called."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from czurban.cli.app import run

Call = Callable[..., tuple[int, str, str]]
FIGURES = """指标,数值,单位,填报单位,备注
常住人口城镇化率,41.5,%,市住建局,公安年报
城镇登记失业率,4.9,%,,
户籍人口城镇化率,20.1,%,市公安局,
户籍人口城镇化率,21,%,市公安局,
"""


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], repo: Path, tmp_path: Path) -> Call:
    monkeypatch.setenv("CZURBAN_LANG", "en")
    monkeypatch.setenv("CZURBAN_PLAN", str(repo / "data"))
    monkeypatch.chdir(tmp_path)
    Path("f.csv").write_text(FIGURES, encoding="utf-8")

    def called(*arguments: str | Path) -> tuple[int, str, str]:
        code = run([str(one) for one in arguments])
        return (code, *capfd.readouterr())

    return called


def record(answer: tuple[int, str, str]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(answer[1])
    return found


@pytest.mark.parametrize("command", ["ledger", "escalate"])
@pytest.mark.parametrize("form", ["text", "json", "csv", "markdown"])
def test_every_format(call: Call, command: str, form: str) -> None:
    code, out, err = call(command, "f.csv", "-f", form)
    assert code == 1
    assert "城镇登记失业率" in out
    assert "S210" in err
    if form == "csv":
        assert len({len(row) for row in csv.reader(io.StringIO(out))}) == 1


@pytest.mark.parametrize("command", ["ledger", "escalate"])
def test_the_file_that_is_written_chooses_the_format(call: Call, command: str) -> None:
    assert call(command, "f.csv", "-o", "out.json")[:2] == (1, "")
    assert json.loads(Path("out.json").read_text(encoding="utf-8"))["format"] == 1


def test_a_row_of_the_ledger(call: Call) -> None:
    entries = {one["name"]: one for one in record(call("ledger", "f.csv", "-f", "json"))["entries"]}
    one = entries["常住人口城镇化率"]
    assert (one["verdict"], one["closing"], one["reason"]) == ("met", "closed", "The target is met.")
    assert (one["asked"], one["actual"], one["gap"], one["note"]) == ("≥41", "41.5", "0.5", "公安年报")
    assert (one["lead"], one["place"]) == (["市住房城乡建设局"], "f.csv:2:10")
    one = entries["流动人口信息共享平台"]
    assert (one["kind"], one["tasks"], one["asked"], one["closing"]) == ("milestone", [4], "建设中", "open")
    assert (one["lead"], one["responsible"]) == (["市卫生健康委"], ["各县区人民政府、管委"])
    assert entries["户籍人口城镇化率"]["reason"] == "The reported figure cannot be judged."


def test_the_tally_counts_what_binds(call: Call) -> None:
    found = record(call("ledger", "f.csv", "-f", "json"))
    tally = found["tally"]
    assert tally["total"] + tally["aspirations"] == len(found["entries"])
    assert tally["total"] == tally["open"] + tally["closed"] + tally["not-due"]
    assert tally["closed"] == 1


def test_before_the_deadline_nothing_is_open(call: Call) -> None:
    tally = record(call("ledger", "--period", "2019Q1", "-f", "json"))["tally"]
    assert tally["not-due"] == tally["total"]
    found = record(call("escalate", "--period", "2019Q1", "-f", "json"))
    assert {one["ground"] for one in found["matters"]} == {"plan"}


@pytest.mark.parametrize(
    ("words", "test"),
    [
        (("--dept", "市公安局"), lambda one: "市公安局" in one["lead"]),
        (("--category", "土地利用"), lambda one: one["group"] == "土地利用"),
        (("--category", "二"), lambda one: 8 <= min(one["tasks"]) <= 15),
    ],
)
def test_a_part_of_the_ledger(call: Call, words: tuple[str, ...], test: Callable[[Any], bool]) -> None:
    entries = record(call("ledger", "f.csv", *words, "-f", "json"))["entries"]
    assert len(entries) >= 3
    assert all(test(one) for one in entries)


@pytest.mark.parametrize("command", ["ledger", "escalate"])
@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("--dept", "市公安"), "市公安局"),
        (("--category", "土地"), "土地利用"),
        (("-o", "report.odt"), "docx (.docx)"),
        (("-f", "sarif"), "markdown"),
        (("-o", "f.csv"), "f.csv"),
        (("--period", "someday"), "2019Q2"),
    ],
)
def test_what_cannot_be_run_says_so(call: Call, command: str, words: tuple[str, ...], named: str) -> None:
    code, out, err = call(command, "f.csv", *words)
    assert (code, out) == (2, "")
    assert named in err


def test_the_list_for_the_conference(call: Call) -> None:
    found = record(call("escalate", "f.csv", "-f", "json"))
    ranks = [(one["rank"], one["ground"]) for one in found["matters"]]
    assert [rank for rank, _ in ranks] == [*range(1, len(ranks) + 1)]
    assert [ground for _, ground in ranks[:2]] == ["contradiction", "missed"]
    assert found["tally"]["total"] == len(ranks)
    first, second, *_, last = found["matters"]
    assert [one["at"] for one in first["reported"]] == ["f.csv:4:10", "f.csv:5:10"]
    assert (second["name"], second["shortfall"], second["place"]["line"]) == ("城镇登记失业率", "4/45", 3)
    assert (last["ground"], last["code"]) == ("plan", "P214")


def test_one_department_of_the_list(call: Call) -> None:
    found = record(call("escalate", "f.csv", "--dept", "市公安局", "-f", "json"))
    assert {one["ground"] for one in found["matters"]} == {"contradiction", "unreported"}
    assert all(one["lead"] == ["市公安局"] for one in found["matters"])


def test_nothing_to_bring_up_is_said(call: Call) -> None:
    code, out, _ = call("escalate", "--dept", "市税务局", "--period", "2019Q1")
    assert code == 0
    assert "There is nothing to bring up." in out


def test_a_ledger_without_entries_says_so(call: Call) -> None:
    code, out, _ = call("ledger", "--dept", "各县区人民政府、管委")
    assert code == 0
    assert "Nothing to list." in out


def test_a_contradiction_elsewhere_is_left_to_others(call: Call) -> None:
    Path("f.csv").write_text("指标,数值,单位\n城镇常住人口,139.02,万人\n新增城镇常住人口,9,万人\n", encoding="utf-8")
    grounds = {
        office: [one["ground"] for one in record(call("escalate", "f.csv", "--dept", office, "-f", "json"))["matters"]]
        for office in ("市住建局", "市公安局")
    }
    assert "contradiction" in grounds["市住建局"]
    assert set(grounds["市公安局"]) == {"unreported"}


def test_a_comment_in_the_plan_hides_its_contradiction(call: Call, repo: Path) -> None:
    Path("plan").mkdir()
    for one in (repo / "data").glob("*.yaml"):
        text = one.read_text(encoding="utf-8")
        line = "    formula: urban_construction_land ÷"
        Path("plan", one.name).write_text(
            text.replace(line, f"    # czurban: ignore P214 because 方案如此\n{line}"), encoding="utf-8"
        )
    code, out, err = call("escalate", "f.csv", "--plan", "plan", "-f", "json")
    assert code == 1
    assert json.loads(out)["tally"]["plan"] == 0
    assert "Hidden by comments in the plan: 1." in err


def test_added_departments_stand_apart_in_the_ledger(call: Call, repo: Path) -> None:
    folder = repo / "src/czurban/cases/plan"
    (one,) = (
        one for one in record(call("ledger", "--plan", folder, "-f", "json"))["entries"] if one["name"] == "第一中学"
    )
    assert (one["responsible"], one["added"]) == (["各县区"], ["市人社局 (市教育局 2019-05-06)"])
    assert "各县区；另加：市人社局" in call("ledger", "--plan", folder, "--lang", "zh")[1]
