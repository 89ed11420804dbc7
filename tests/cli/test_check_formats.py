import contextlib
import json
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest

from czurban.cli.app import run
from czurban.cli.options import complete_check_formats, complete_formats

MISSED = "指标,数值,单位\n常住人口城镇化率,40.5,%\n"


@pytest.fixture
def sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, repo: Path) -> str:
    monkeypatch.setenv("CZURBAN_LANG", "en")
    monkeypatch.setenv("CZURBAN_PLAN", str(repo / "data"))
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    monkeypatch.chdir(tmp_path)
    Path("sheet.csv").write_text(MISSED, encoding="utf-8")
    return "sheet.csv"


@pytest.mark.parametrize("command", ["check", "validate"])
@pytest.mark.parametrize(
    ("actions", "options", "form"),
    [
        (None, [], "text"),
        ("false", [], "text"),
        ("true", [], "github"),
        ("true", ["-f", "text"], "text"),
        (None, ["-f", "github"], "github"),
    ],
)
def test_github_is_chosen_in_github_actions(  # noqa: PLR0913, PLR0917 - a case has as many parts
    sheet: str,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    command: str,
    actions: str | None,
    options: list[str],
    form: str,
) -> None:
    if actions is not None:
        monkeypatch.setenv("GITHUB_ACTIONS", actions)
    assert run([command, sheet, *options]) == (1 if command == "check" else 0)
    annotated = "::notice file=sheet.csv,line=1,title=S219::" in capfd.readouterr().out
    assert annotated is (form == "github")


def test_a_file_is_text_in_github_actions_too(
    sheet: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert run(["check", sheet, "-o", "out.txt"]) == 1
    assert "::" not in Path("out.txt").read_text(encoding="utf-8")
    assert run(["check", sheet, "-o", "-"]) == 1
    assert capfd.readouterr().out.startswith("::error file=sheet.csv,line=2,col=10,title=target-missed::")


@pytest.mark.parametrize(("command", "code"), [("check", 1), ("validate", 0)])
def test_reports_for_programs_are_written_to_files(sheet: str, command: str, code: int) -> None:
    assert run([command, sheet, "-f", "sarif", "-o", "out.sarif"]) == code
    assert json.loads(Path("out.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"
    assert run([command, sheet, "-f", "junit", "-o", "out.xml"]) == code
    assert fromstring(Path("out.xml").read_bytes()).tag == "testsuites"  # noqa: S314 - our own
    assert run([command, sheet, "-f", "github", "-o", "out.txt"]) == code
    assert "::notice file=sheet.csv,line=1,title=S219::" in Path("out.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("words", [["list", "tasks"], ["show", "1"], ["report", "--dept", "市公安局"]])
@pytest.mark.parametrize("form", ["sarif", "junit", "github"])
def test_what_checks_nothing_has_no_such_format(
    sheet: str, capfd: pytest.CaptureFixture[str], words: list[str], form: str
) -> None:
    assert run([*words, "-f", form]) == 2
    out, err = capfd.readouterr()
    assert out == ""
    assert "`czurban check` and `czurban validate` alone" in err
    assert "text, json, csv, markdown" in err


def test_an_unknown_format_of_a_check(sheet: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["check", sheet, "-f", "xml"]) == 2
    assert "sarif, junit, github" in capfd.readouterr().err


def test_formats_complete() -> None:
    assert complete_formats("") == ["text", "json", "csv", "markdown"]
    assert complete_formats("j") == ["json"]
    assert complete_check_formats("j") == ["json", "junit"]


@pytest.mark.parametrize(("command", "offered"), [("list tasks", {"markdown"}), ("check", {"markdown", "sarif"})])
def test_a_shell_completes_formats(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], command: str, offered: set[str]
) -> None:
    line = f"czurban {command} --format "
    monkeypatch.setenv("_CZURBAN_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", line)
    monkeypatch.setenv("COMP_CWORD", str(len(line.split())))
    with contextlib.suppress(SystemExit):
        run([])
    told = capfd.readouterr().out.splitlines()
    assert offered == {"markdown", "sarif"} & set(told)
