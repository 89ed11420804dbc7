"""Where an answer goes is one rule for every command: - is standard output, and the ending chooses the format."""

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from workplace import CALLS, commands_that_write, contents, make_workplace

from czurban.app.destination import destination
from czurban.cli.app import run
from czurban.errors import UsageError
from czurban.reading.submission.figure_files import holds_figures
from czurban.reporting.formats.registry import BINARY, CHECK_FORMATS, ENDINGS, FORMATS, REPORT_FORMATS

Call = Callable[..., tuple[int, bytes, str]]


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Call:
    """Run in a workplace; return the exit code, standard output and standard error."""
    make_workplace(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1577836800")
    for name in ("CZURBAN_LANG", "CZURBAN_PLAN"):
        monkeypatch.delenv(name, raising=False)

    def called(*words: str) -> tuple[int, bytes, str]:
        code = run(words)
        out, err = capfdbinary.readouterr()
        return code, out, err.decode()

    return called


def test_every_command_that_writes_is_in_the_table() -> None:
    assert {words[0] for words, _, _ in CALLS.values()} == commands_that_write() - {
        "site"
    }  # it writes a folder of pages alone


@pytest.mark.parametrize("name", CALLS)
def test_a_hyphen_is_standard_output(call: Call, name: str, tmp_path: Path) -> None:
    words, formats, _ = CALLS[name]
    before = contents(tmp_path)
    for form in formats:
        chosen = () if words[0] == "schema" else ("--format", form)
        code, out, err = call(*words, *chosen, "-o", "-")
        assert code in (0, 1), err
        assert out
        assert "Written" not in err
        assert out.startswith((b"PK", b"%PDF")) is (form in BINARY)
    assert contents(tmp_path) == before


@pytest.mark.parametrize("name", CALLS)
def test_the_ending_chooses_the_format_and_stderr_says_what_was_written(call: Call, name: str, tmp_path: Path) -> None:
    words, formats, _ = CALLS[name]
    for form in formats:
        chosen = () if words[0] == "schema" else ("--format", form)
        printed = call(*words, *chosen, "-o", "-")[1]
        for ending in ENDINGS[form]:
            first = next(one for one in formats if ending in ENDINGS[one])  # .json is SARIF's as well
            named = () if first == form else chosen
            code, out, err = call(*words, *named, "-o", f"answer{ending}")
            assert (code in (0, 1), out) == (True, b""), err
            assert [line for line in err.splitlines() if "Written" in line] == [f"Written: answer{ending} ({form})"]
            assert (tmp_path / f"answer{ending}").read_bytes() == printed
            # so that the next run may replace an answer, and none a form
            assert holds_figures(tmp_path / f"answer{ending}") is (words[0] == "template")
            (tmp_path / f"answer{ending}").unlink()


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("file", ["answer.odt", "answer.Docm", "answer.yaml"])
def test_an_unknown_ending_is_an_error_that_lists_the_known(call: Call, name: str, file: str, tmp_path: Path) -> None:
    words, formats, _ = CALLS[name]
    before = contents(tmp_path)
    code, out, err = call(*words, "-o", file)
    assert (code, out) == (2, b"")
    assert all(f"{form} ({' '.join(ENDINGS[form])})" in err for form in formats)
    assert contents(tmp_path) == before


@pytest.mark.parametrize("name", [name for name in CALLS if name != "schema"])
def test_an_ending_that_contradicts_the_format_is_an_error(call: Call, name: str, tmp_path: Path) -> None:
    words, formats, _ = CALLS[name]
    before = contents(tmp_path)
    code, out, err = call(*words, "--format", formats[0], "-o", f"answer{ENDINGS[formats[1]][0]}")
    assert (code, out) == (2, b"")
    assert f"--format is {formats[0]}" in err
    assert contents(tmp_path) == before


@pytest.mark.parametrize("name", [name for name in CALLS if name != "template"])  # which takes a folder
@pytest.mark.parametrize("place", ["", "in", "nowhere/answer.json"])
def test_what_is_no_file_is_an_error(call: Call, name: str, place: str, tmp_path: Path) -> None:
    words, _, _ = CALLS[name]
    before = contents(tmp_path)
    assert call(*words, "-o", place)[0] == 2
    assert contents(tmp_path) == before


@pytest.mark.parametrize(
    ("form", "output", "chosen"),
    [
        (None, None, "text"),
        (None, "answer", "text"),
        ("json", "answer", "json"),
        (None, "answer.HTML", "html"),
        (None, "v1.0/answer.md", "markdown"),
        (None, ".json", "text"),
    ],
)
def test_the_format_without_one_or_with_an_unusual_name(form: str | None, output: str | None, chosen: str) -> None:
    assert destination(form, output, REPORT_FORMATS).form == chosen


@pytest.mark.parametrize(
    ("output", "offered", "chosen"),
    [
        (None, CHECK_FORMATS, "github"),
        ("-", CHECK_FORMATS, "github"),
        ("x.txt", CHECK_FORMATS, "text"),
        ("x", CHECK_FORMATS, "text"),
        (None, FORMATS, "text"),
    ],
)
def test_github_actions_gets_its_own_format_where_it_reads(
    monkeypatch: pytest.MonkeyPatch, output: str | None, offered: tuple[str, ...], chosen: str
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert destination(None, output, offered).form == chosen


@pytest.mark.parametrize("form", sorted(BINARY))
def test_an_office_file_is_not_printed_on_a_terminal(monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stdout", Terminal())
    with pytest.raises(UsageError, match="no text to be printed"):
        destination(form, None, REPORT_FORMATS)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("report", "--all-depts", "-o", "x.html"), "is the name of a file"),
        (("report", "--all-depts", "-o", "x.pdf"), "is the name of a file"),
        (("report", "--all-depts", "-o", "-"), "need a folder"),
        (("report", "--all-depts", "-o", ""), "need a folder"),
        (("template", "--all-depts", "-o", ""), "need a folder"),
        (("template", "--dept", "市公安局", "-o", ""), "need a folder"),
        (("status", "in", "--reminders", ""), "Name it with --reminders FOLDER"),
        (("status", "in", "--reminders", "-"), "Name it with --reminders FOLDER"),
        (("status", "in", "--reminders", "x.txt"), "is the name of a file"),
        (("status", "in", "--force"), "--force goes with --reminders"),
        (("list", "tasks", "-o", "new/"), "new/ names a folder"),
        (("list", "tasks", "-o", "new.csv/"), "new.csv/ names a folder"),
        (("list", "tasks", "-o", ""), "--output names no file"),
        (("report", "-o", "new/"), "new/ names a folder"),
        (("report", "--all-depts"), "need a folder"),
        (("report", "--force"), "--force goes with --all-depts"),
        (("template", "--all-depts", "-o", "x.xlsx"), "is the name of a file"),
        (("template", "--all-depts", "-o", "-"), "need a folder"),
    ],
)
def test_several_files_need_a_folder(call: Call, words: tuple[str, ...], message: str, tmp_path: Path) -> None:
    before = contents(tmp_path)
    code, out, err = call(*words)
    assert (code, out) == (2, b"")
    assert message in err
    assert contents(tmp_path) == before
    assert not list(tmp_path.glob("x*"))


def test_a_folder_may_be_called_as_it_likes_once_it_is_there(call: Call, tmp_path: Path) -> None:
    (tmp_path / "forms.xlsx").mkdir()
    assert call("template", "--all-depts", "-o", "forms.xlsx")[0] == 0
    assert call("template", "--all-depts", "-o", "2019.12")[0] == 0
    assert {path.name for path in (tmp_path / "forms.xlsx").iterdir()} == {
        path.name for path in (tmp_path / "2019.12").iterdir()
    }
