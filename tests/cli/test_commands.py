import contextlib
import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from czurban.cli.app import run

FORMATS = ("text", "json", "csv", "markdown")
Call = Callable[..., tuple[int, str, str]]
GOOD = "指标,数值,单位\n常住人口城镇化率,41.5,%\n"
MISSED = "指标,数值,单位\n常住人口城镇化率,40.5,%\n"
BROKEN = "指标,数值,单位\n常住人口城镇化率,很多,%\n户籍人口城镇化率,21,%\n"


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], repo: Path) -> Call:
    monkeypatch.setenv("CZURBAN_LANG", "en")
    monkeypatch.setenv("CZURBAN_PLAN", str(repo / "data"))

    def called(*arguments: str | Path) -> tuple[int, str, str]:
        code = run([str(one) for one in arguments])
        return (code, *capfd.readouterr())

    return called


@pytest.fixture
def sheet(tmp_path: Path) -> Callable[[str], Path]:
    def written(text: str) -> Path:
        path = tmp_path / "sheet.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return written


Sheet = Callable[[str], Path]


def program(repo: Path, *arguments: str, **more: Any) -> subprocess.CompletedProcess[str]:  # noqa: ANN401
    environment = {**os.environ, "CZURBAN_LANG": "en", "CZURBAN_PLAN": str(repo / "data"), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False, env=environment, **more)


def parsed(text: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(text)
    return found


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    "words",
    [
        ("report", "--dept", "市公安局"),
        ("list", "indicators"),
        ("list", "tasks"),
        ("list", "departments"),
        ("show", "常住人口城镇化率"),
        ("show", "任务1"),
        ("show", "市公安局"),
        ("validate",),
    ],
)
def test_every_command_speaks_every_format(call: Call, words: tuple[str, ...], form: str) -> None:
    code, out, _ = call(*words, "--format", form)
    assert code == 0
    assert out.strip()
    if form == "json":
        assert parsed(out)["format"] == 1
    if form == "csv":
        assert out.startswith("\ufeff")
        assert len({len(row) for row in csv.reader(io.StringIO(out))}) == 1


@pytest.mark.parametrize("form", FORMATS)
def test_check_speaks_every_format(call: Call, sheet: Sheet, form: str) -> None:
    code, out, _ = call("check", sheet(GOOD), "-f", form)
    assert code == 0
    assert "41.5" in out
    assert "常住人口城镇化率" in out


@pytest.mark.parametrize(
    ("text", "fail_on", "code"),
    [
        (GOOD, "never", 0),
        (GOOD, "error", 0),
        (GOOD, "missed", 0),
        (GOOD, "unreported", 1),
        (MISSED, "never", 0),
        (MISSED, "error", 0),
        (MISSED, "missed", 1),
        (MISSED, "unreported", 1),
        (BROKEN, "never", 0),
        (BROKEN, "error", 1),
        (BROKEN, "missed", 1),
    ],
)
def test_exit_fail_on(call: Call, sheet: Sheet, text: str, fail_on: str, code: int) -> None:
    assert call("check", sheet(text), "--fail-on", fail_on)[0] == code


def test_exit_missed_is_the_default(call: Call, sheet: Sheet) -> None:
    assert call("check", sheet(MISSED))[0] == 1
    assert call("check", sheet(GOOD))[0] == 0


def test_one_broken_row_leaves_the_others_judged(call: Call, sheet: Sheet) -> None:
    path = sheet(BROKEN)
    code, out, err = call("check", path, "-f", "json")
    verdicts = {one["no"]: one["verdict"] for one in parsed(out)["results"] if one["no"] in (1, 2)}
    assert verdicts == {1: "unreadable", 2: "met"}
    assert code == 1
    assert f"{path}:2:" in err
    assert "S203" in err


def test_only_lists_less_and_counts_all(call: Call, sheet: Sheet) -> None:
    _, out, _ = call("check", sheet(GOOD), "--only", "met", "-f", "json")
    found = parsed(out)
    assert [one["no"] for one in found["results"]] == [1]
    assert found["tally"]["total"] == 52


def test_dept_and_category_narrow_the_scope(call: Call, sheet: Sheet) -> None:
    found = parsed(call("check", sheet(GOOD), "--dept", "市人社局", "-f", "json")[1])
    assert {"市人力资源社会保障局"} == {one for row in found["results"] for one in row["lead"]}
    found = parsed(call("check", sheet(GOOD), "--category", "土地利用", "-f", "json")[1])
    assert [one["no"] for one in found["results"]] == [19, 20, 21]
    assert found["tally"]["total"] == 3


def test_scope_decides_the_exit_code(call: Call, sheet: Sheet) -> None:
    assert call("check", sheet(MISSED), "--dept", "市公安局")[0] == 0


def test_report_of_the_police(call: Call) -> None:
    code, out, _ = call("report", "--dept", "市公安局", "-f", "json")
    found = parsed(out)
    assert code == 0
    assert [one["no"] for one in found["results"]] == [2, 5, 6]
    assert [one["no"] for one in found["leads"]] == [1, 2]


def test_report_takes_an_alias(call: Call) -> None:
    assert parsed(call("report", "--dept", "市人社局", "-f", "json")[1])["department"]["name"] == "市人力资源社会保障局"


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("report", "--dept", "市公安"), "市公安局"),
        (("check", "-", "--category", "土地"), "土地利用"),
        (("show", "城镇化"), "城镇化率"),
        (("list", "indicator"), "indicators"),
        (("check", "-", "--only", "mett"), "met / 达标, missed / 未达标"),
        (("check", "-", "--fail-on", "often"), "unreported"),
        (("list", "tasks", "--format", "xml"), "markdown"),
        (("check", "-", "--period", "someday"), "2019Q2"),
        (("list", "tasks", "--lang", "xx"), "zh, en"),
        (("list", "tasks", "--nonsense"), "--nonsense"),
        (("chekc",), "check"),
        (("report", "--task", "99"), "list tasks"),
        (("check",), "czurban check FILE"),
        (("check", "nowhere.csv"), "nowhere.csv"),
        (("list", "tasks", "--plan", "nowhere"), "nowhere"),
    ],
)
def test_exit_2_with_a_sentence_and_a_way_on(call: Call, words: tuple[str, ...], named: str) -> None:
    code, out, err = call(*words)
    assert code == 2
    assert out == ""
    assert "error" in err
    assert named in err
    assert "Traceback" not in err


def test_exit_2_without_arguments_with_help(call: Call) -> None:
    code, out, err = call()
    assert code == 2
    assert "validate" in out + err


def test_exit_2_for_a_folder_and_an_empty_file(call: Call, sheet: Sheet, tmp_path: Path) -> None:
    assert call("check", tmp_path)[0] == 2
    assert call("check", sheet(""))[0] == 2


def test_standard_input(repo: Path) -> None:
    found = program(repo, "-m", "czurban", "check", "-", "-f", "json", input=GOOD)
    assert found.returncode == 0
    assert parsed(found.stdout)["tally"]["met"] == 1


def test_output_is_written_whole_or_not_at_all(call: Call, sheet: Sheet, tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    path.write_text("old", encoding="utf-8")
    assert call("check", sheet(GOOD), "-f", "json", "-o", path)[:2] == (0, "")
    assert parsed(path.read_text(encoding="utf-8"))["tally"]["met"] == 1
    assert sorted(one.name for one in tmp_path.iterdir()) == ["out.json", "sheet.csv"]


def test_output_into_a_missing_folder(call: Call, tmp_path: Path) -> None:
    code, _, err = call("list", "tasks", "-o", tmp_path / "no" / "out.txt")
    assert code == 2
    assert "out.txt" in err
    assert list(tmp_path.iterdir()) == []


def test_output_onto_a_folder_leaves_nothing_behind(call: Call, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    assert call("list", "tasks", "-o", tmp_path / "out")[0] == 2
    assert [one.name for one in tmp_path.iterdir()] == ["out"]


def test_the_plan_of_the_folder_one_stands_in(
    call: Call, repo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data").mkdir()
    for one in (repo / "data").glob("*.yaml"):
        text = one.read_text(encoding="utf-8").replace("钦州市2019年新型", "别处的新型")
        (tmp_path / "data" / one.name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert "钦州市2019年新型" in call("list", "tasks")[1]
    assert "别处的新型" in call("list", "tasks", "--plan", "data")[1]
    monkeypatch.delenv("CZURBAN_PLAN")
    assert "别处的新型" in call("list", "tasks")[1]


def test_validate_tells_line_and_column(call: Call, repo: Path, tmp_path: Path) -> None:
    for one in (repo / "data").glob("*.yaml"):
        text = one.read_text(encoding="utf-8").replace("target: ≥41", "target: 41")
        (tmp_path / one.name).write_text(text, encoding="utf-8")
    lines = (tmp_path / "targets.yaml").read_text(encoding="utf-8").splitlines()
    line = next(number for number, text in enumerate(lines, 1) if "target: 41" in text)
    code, _, err = call("validate", tmp_path)
    assert code == 1
    assert f"targets.yaml:{line}:13: error P107" in err
    assert call("list", "tasks", "--plan", tmp_path)[0] == 2


def test_start_up_loads_little(repo: Path, sheet: Sheet) -> None:
    found = program(repo, "-X", "importtime", "-m", "czurban", "check", str(sheet(GOOD)))
    assert found.returncode == 0
    loaded = {line.rpartition("|")[2].strip() for line in found.stderr.splitlines() if "|" in line}
    assert "czurban.checking.assessing" in loaded
    assert loaded.isdisjoint({"python_calamine", "xlrd", "babel", "typer.rich_utils"})


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_and_version_load_neither_pydantic_nor_yaml(repo: Path, option: str) -> None:
    found = program(repo, "-X", "importtime", "-m", "czurban", option)
    assert found.returncode == 0
    loaded = {line.rpartition("|")[2].strip() for line in found.stderr.splitlines() if "|" in line}
    assert "czurban.cli.app" in loaded
    assert loaded.isdisjoint({"pydantic", "yaml"})


@pytest.mark.skipif(os.name == "nt", reason="a shell's pipe")
def test_a_reader_that_goes_away(repo: Path) -> None:
    command = f"'{sys.executable}' -m czurban list indicators -f json | head -1"
    environment = {**os.environ, "CZURBAN_LANG": "en", "CZURBAN_PLAN": str(repo / "data")}
    found = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, check=False, env=environment)
    assert found.stdout == "{\n"
    assert found.stderr == ""


def test_completion_lists_departments(
    repo: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("_CZURBAN_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", "czurban report --dept ")
    monkeypatch.setenv("COMP_CWORD", "3")
    monkeypatch.setenv("CZURBAN_PLAN", str(repo / "data"))
    with contextlib.suppress(SystemExit):
        run([])
    assert "市公安局" in capfd.readouterr().out.splitlines()


def test_json_accounts_for_every_row_of_a_file(call: Call, sheet: Sheet) -> None:
    path = sheet(GOOD + "不知道,1,%\n\n合计,3,\n")
    record = parsed(call("check", path, "--format", "json")[1])
    assert record["submissions"] == [
        {"file": str(path), "read_as": "UTF-8", "rows": {"read": 5, "used": 1, "refused": 1, "ignored": 3}}
    ]


@pytest.mark.parametrize("command", [["check"], ["report", "--dept", "市公安局"], ["validate"]])
def test_verbose_says_what_became_of_the_rows(call: Call, sheet: Sheet, command: list[str]) -> None:
    path = sheet(GOOD)
    line = f"{path}: 2 rows read = 1 used + 0 refused + 1 ignored\n"
    for option in ("-v", "--verbose"):
        assert call(*command, path, option)[2].endswith(line)
    assert line not in call(*command, path)[2]


@pytest.mark.parametrize("command", [["check"], ["report", "--dept", "市公安局"], ["validate"]])
@pytest.mark.parametrize(("option", "value"), [("--max-rows", 1), ("--max-columns", 2), ("--max-cell", 5)])
def test_limits_are_options(call: Call, sheet: Sheet, command: list[str], option: str, value: int) -> None:
    path = sheet(GOOD)
    assert "S113" in call(*command, path, option, str(value))[2]
    assert "S113" not in call(*command, path)[2]


def test_the_size_limit_is_in_mib(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_bytes(GOOD.encode() + (b" " * 1023 + b"\n") * 1024)
    code, _, errors = call("check", path, "--max-size", "1")
    assert (code, "--max-size 2" in errors) == (2, True)
    assert "S113" not in call("check", path, "--max-size", "2")[2]
