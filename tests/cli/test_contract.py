"""What holds for every command: exit codes, languages, folders, patterns, limits, and what goes wrong with files.

Where an answer goes and in which format is tested in `test_destination.py`, and what is never written over in
`test_writes.py`, both for every command as well.

The commands are those of the program. Each has one minimal call in `CALLS`; a new command without one fails here.
"""

import contextlib
import gzip
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from czurban.cli.app import COMMANDS, run
from czurban.cli.exits import EXITS, FailOn
from czurban.reading.plan.cases import PLAN
from czurban.words.translator import Translator

HEADER = "指标,数值,单位,年份,地区,填报单位\n"
CLEAN = HEADER + "城镇常住人口,111,万人,2019,某市,市公安局\n"
MISSED = HEADER + "城镇常住人口,100,万人,2019,某市,市公安局\n"
WRONG = HEADER + "城镇常住人口,很多,万人,2019,某市,市公安局\n新增城镇人口,11,万人,2019,某市,市公安局\n"
NOTHING = "这里没有表格\n"
ESCAPE = "\x1b"


class Call(NamedTuple):
    """A command's arguments: `figures` says that it takes files of figures behind them."""

    words: tuple[str, ...] = ()
    figures: bool = False


CALLS = {
    "check": Call(figures=True),
    "report": Call(figures=True),
    "site": Call(("-o", "forms"), figures=True),
    "compute": Call(figures=True),
    "why": Call(("城镇常住人口",), figures=True),
    "trend": Call(("城镇常住人口",), figures=True),
    "compare": Call(("plan", "plan")),
    "ledger": Call(figures=True),
    "pace": Call(figures=True),
    "escalate": Call(figures=True),
    "score": Call(figures=True),
    "status": Call(figures=True),
    "validate": Call(figures=True),
    "template": Call(("--dept", "市公安局", "-o", "forms", "-f", "csv")),
    "list": Call(("indicators",)),
    "show": Call(("城镇常住人口",)),
    "rule": Call(("S203",)),
    "schema": Call(("plan",)),
    "new": Call(("forms",)),
    "import": Call(("targets.csv", "-o", "forms")),
    "read-target": Call(("≥41",)),
    "fix": Call(("plan",)),
}
DONE = {"fix": 1}
"""What a minimal call exits with where it is not 0: the made-up plan's keys are not in the order that `fix` likes."""
OF_FIGURES = [name for name, call in CALLS.items() if call.figures]
JUDGING = [name for name in OF_FIGURES if EXITS[name].fail_on is not None]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the made-up plan, in which the command is called."""
    shutil.copytree(PLAN, tmp_path / "plan", ignore=shutil.ignore_patterns("figures.csv"))
    (tmp_path / "targets.csv").write_text("指标,单位,2019年目标,牵头单位\n城镇化率,%,≥41,市公安局\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CZURBAN_LANG", "en")
    monkeypatch.setenv("CZURBAN_PLAN", "plan")
    return tmp_path


class Answer(NamedTuple):
    """What a call came to."""

    code: int
    out: str
    err: str


@pytest.fixture
def call(capfd: pytest.CaptureFixture[str]) -> Callable[..., Answer]:
    """Call a command in this process, and make sure that no traceback is shown, nor anything a terminal obeys."""

    def called(command: str, *words: str, minimal: bool = True) -> Answer:
        arguments = [command, *(CALLS[command].words if minimal else ()), *words]
        answer = Answer(run(arguments), *capfd.readouterr())
        assert "Traceback" not in answer.err
        assert ESCAPE not in answer.out + answer.err
        return answer

    return called


Calling = Callable[..., Answer]


def put(name: str, text: str) -> str:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return name


def test_every_command_has_a_call_and_exit_codes() -> None:
    assert set(CALLS) == set(COMMANDS) == set(EXITS)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_help_page_states_the_commands_own_exit_codes(call: Calling, command: str, language: str) -> None:
    answer = call(command, "--help", "--lang", language)
    translate, codes = Translator(language), EXITS[command]
    assert answer.code == 0
    assert translate(codes.fine) in answer.out
    assert translate(codes.failed) in answer.out if codes.failed else "\n1 " not in answer.out
    assert ("--fail-on" in answer.out) is (codes.fail_on is not None)
    assert not re.search(r"\[default: ?\]|（默认：）", answer.out)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_language_is_spoken(call: Calling, command: str) -> None:
    put("a.csv", CLEAN)
    figures = ("a.csv",) if CALLS[command].figures else ()
    said = []
    for language in ("zh", "en"):
        shutil.rmtree("forms", ignore_errors=True)
        answer = call(command, *figures, "--lang", language)
        assert answer.code == DONE.get(command, 0), answer.err
        said.append(answer.out + answer.err)
    assert said[0] != said[1] or command == "schema"  # which speaks both at once
    shutil.rmtree("forms", ignore_errors=True)
    wrong = call(command, *figures, "--lang", "xx")
    assert wrong.code == 2
    assert "xx" in wrong.err


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("words", [("--no-such-option",), ("--lang",)])
def test_a_wrong_call_exits_with_2_and_prints_nothing(call: Calling, command: str, words: tuple[str, ...]) -> None:
    answer = call(command, *words)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("error: ")


EXPECTED = {
    # text: exit codes by --fail-on never, error, missed, unreported, behind
    CLEAN: (0, 0, 0, 1, 0),
    MISSED: (0, 0, 1, 1, 1),
    WRONG: (0, 1, 1, 1, 1),
    NOTHING: (2, 2, 2, 2, 2),
}


@pytest.mark.parametrize("command", JUDGING)
@pytest.mark.parametrize("text", EXPECTED, ids=["clean", "missed", "wrong", "nothing"])
def test_exit_codes_are_those_of_the_table(call: Calling, command: str, text: str) -> None:
    put("a.csv", text)
    by_choice = dict(zip(FailOn, EXPECTED[text], strict=True))
    if command in ("why", "trend"):  # it is about one indicator, which is reported here
        by_choice[FailOn.UNREPORTED] = by_choice[FailOn.MISSED]
    assert {choice: call(command, "a.csv", "--fail-on", choice.value).code for choice in FailOn} == by_choice
    default = EXITS[command].fail_on
    assert default is not None
    assert call(command, "a.csv").code == by_choice[default]
    assert call(command, "a.csv", "--fail-on", "often").code == 2


@pytest.mark.parametrize(("text", "code"), [(CLEAN, 0), (MISSED, 0), (WRONG, 1), (NOTHING, 2)])
def test_validate_exits_by_findings_alone(call: Calling, text: str, code: int) -> None:
    assert call("validate", put("a.csv", text)).code == code


@pytest.mark.parametrize("command", OF_FIGURES)
def test_a_folder_and_a_pattern_are_what_is_in_them(call: Calling, command: str) -> None:
    put("in/2.csv", CLEAN)
    put("in/10.csv", HEADER + "新增城镇人口,11,万人,2019,某市,市公安局\n")
    put("in/scan.pdf", "%PDF")
    put("in/~$2.xlsx", "x")
    put("in/[1].csv", HEADER + "城镇登记失业率,4.4,%,2019,某市,市人社局\n")
    files = [str(Path("in") / name) for name in ("2.csv", "10.csv", "[1].csv")]
    spelled = call(command, *files)
    assert spelled.code == 0, spelled.err
    by_folder = call(command, "in")
    assert by_folder.code == 0
    assert "scan.pdf" in by_folder.err
    assert "~$2.xlsx" in by_folder.err
    assert {name for name in files if name in by_folder.out} == {name for name in files if name in spelled.out}
    assert call(command, "in/*.csv").code == 0
    assert call(command, "in/[1].csv").code == 0
    assert "There is no table" in call(command, "in/*.xlsx").err
    assert call(command, "in/*.xlsx").code == 2


def test_every_type_of_table_comes_out_of_a_folder_for_every_command(call: Calling, repo: Path) -> None:
    import duckdb  # noqa: PLC0415 - this test alone writes Parquet

    folder = Path("in")
    folder.mkdir()
    rows = {
        "a.csv": "城镇常住人口,111,万人,2019,某市,市公安局",
        "b.csv.gz": "新增城镇人口,11,万人,2019,某市,市公安局",
        "c.parquet": "城镇登记失业率,4.4,%,2019,某市,市人社局",
        "d.tsv": "城镇建设用地面积,164,平方千米,2019,某市,市公安局",
    }
    put("in/a.csv", HEADER + rows["a.csv"] + "\n")
    Path("in/b.csv.gz").write_bytes(gzip.compress((HEADER + rows["b.csv.gz"] + "\n").encode()))
    put("c.csv", HEADER + rows["c.parquet"] + "\n")
    duckdb.read_csv("c.csv", all_varchar=True).write_parquet("in/c.parquet")
    put("in/d.tsv", (HEADER + rows["d.tsv"] + "\n").replace(",", "\t"))
    shutil.copy(repo / "examples" / "actuals-2019.xlsx", "in/e.xlsx")  # another plan's: none of its rows is used
    for command in ("check", "report", "ledger", "escalate", "status"):
        answer = call(command, "in", "-f", "json")
        assert answer.code == 1, answer.err  # e.xlsx names indicators that this plan does not have
        assert "in/e.xlsx" in answer.err
        assert "111" in answer.out or command in ("status", "escalate")
    assert "4.4" in call("report", "in", "-f", "csv").out
    assert "164" in call("check", "in", "--region", "某市").out


@pytest.mark.parametrize("command", [*OF_FIGURES, "fix"])
def test_a_file_that_is_not_there_exits_with_2(call: Calling, command: str) -> None:
    put("a.csv", CLEAN)
    present = ("a.csv",) if CALLS[command].figures else ()
    answer = call(command, *present, "gone.csv")
    assert (answer.code, answer.out) == (2, "")
    assert "gone.csv" in answer.err


@pytest.fixture
def denied(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse to open files called denied.*, as the system does for a user who may not read them."""
    opened = os.open

    def refusing(path: str | Path, *arguments: int, **more: int) -> int:
        if Path(os.fsdecode(path)).name.startswith("denied."):
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *arguments, **more)

    monkeypatch.setattr(os, "open", refusing)


@pytest.mark.usefixtures("denied")
@pytest.mark.parametrize("command", OF_FIGURES)
def test_a_file_that_may_not_be_read_costs_itself(call: Calling, command: str) -> None:
    put("a.csv", CLEAN)
    put("denied.csv", CLEAN)
    answer = call(command, "denied.csv", "a.csv")
    assert answer.code == 1
    assert "S120" in answer.err
    assert "permission" in answer.err.lower()
    shown = Path("forms/results.html").read_text("utf-8") if command == "site" else answer.out
    assert "a.csv" in shown or "城镇常住人口" in shown or (command == "escalate" and "人均城镇建设用地" in shown)
    alone = call(command, "denied.csv")
    assert alone.code == 2
    assert "S120" in alone.err


@pytest.mark.usefixtures("denied")
def test_figures_of_other_files_are_judged_all_the_same(call: Calling) -> None:
    put("in/a.csv", CLEAN)
    put("in/denied.csv", MISSED)
    Path("in/cut.csv.gz").write_bytes(gzip.compress(MISSED.encode())[:-9])
    Path("in/cut.parquet").write_bytes(b"PAR1\x15")
    for words in ((), ("--each-region",), ("--region", "某市")):
        answer = call("check", "in", *words)
        assert answer.code == 1
        assert answer.err.count("S120") == len(("denied.csv", "cut.csv.gz", "cut.parquet"))
        assert "1 of" in answer.out or " 1 " in answer.out


@contextlib.contextmanager
def printing_to(descriptor: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the program print to an open file, as a process does."""
    with monkeypatch.context() as changed:
        stream = open(descriptor, "w", encoding="utf-8")  # noqa: SIM115 - it may not close well
        changed.setattr(sys, "stdout", stream)
        changed.setattr("czurban.cli.console.quiet", lambda: None)  # it would close this process's own output
        yield
    with contextlib.suppress(OSError):
        stream.close()


@pytest.mark.parametrize("command", [name for name in COMMANDS if name not in ("template", "new", "site", "import")])
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full disk here")
def test_a_full_disk_is_a_sentence(call: Calling, command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    put("a.csv", CLEAN)
    if command == "fix":
        text = Path("plan/targets.yaml").read_text(encoding="utf-8")
        put("plan/targets.yaml", text.replace("2019", "２０１９", 1))
    with printing_to(os.open("/dev/full", os.O_WRONLY), monkeypatch):
        answer = call(command, *(("a.csv",) if CALLS[command].figures else ()))
    assert answer.code == 2
    assert "full" in answer.err


@pytest.mark.parametrize("command", COMMANDS)
def test_a_closed_pipe_is_no_fault(call: Calling, command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    put("a.csv", CLEAN)
    reader, writer = os.pipe()
    os.close(reader)
    with printing_to(writer, monkeypatch):
        answer = call(command, *(("a.csv",) if CALLS[command].figures else ()))
    assert answer.code == DONE.get(command, 0)
    assert "error" not in answer.err


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("name", ["NO_COLOR", "FORCE_COLOR"])
def test_no_colour_reaches_a_pipe(call: Calling, command: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "1")
    put("a.csv", WRONG)
    call(command, *(("a.csv",) if CALLS[command].figures else ()))  # which looks for escape sequences


@pytest.mark.parametrize("command", [name for name in COMMANDS if name != "template"])
def test_a_terminal_without_colour_gets_none(call: Calling, command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    put("a.csv", WRONG)
    call(command, *(("a.csv",) if CALLS[command].figures else ()))


@pytest.mark.parametrize("command", OF_FIGURES)
@pytest.mark.parametrize(
    "option",
    ["--max-rows", "--max-columns", "--max-cell"],
)
def test_a_limit_is_kept_and_can_be_raised(call: Calling, command: str, option: str) -> None:
    put("a.csv", CLEAN + CLEAN.splitlines()[1] + "\n")
    low = call(command, "a.csv", option, "1")
    assert "S113" in low.err
    assert option in low.err
    assert low.code in (1, 2)
    assert "S113" not in call(command, "a.csv", option, "1000").err
    assert call(command, "a.csv", option, "0").code == 2


@pytest.mark.parametrize("command", OF_FIGURES)
def test_a_limit_of_size_is_kept(call: Calling, command: str) -> None:
    put("a.csv", CLEAN)
    put("b.csv", CLEAN.replace("111", "112") + "," * (1 << 20))
    low = call(command, "a.csv", "b.csv", "--max-size", "1")
    assert low.code == 1  # the other file is used
    assert "--max-size 2" in low.err
    assert "112" not in low.out


@pytest.mark.parametrize("command", OF_FIGURES)
def test_a_limit_of_findings_is_kept(call: Calling, command: str) -> None:
    put("a.csv", HEADER + "没有这个指标,1,万人,2019,某市,市公安局\n" * 5)
    listed = call(command, "a.csv", "--max-findings", "2").err
    assert len(re.findall(r"error S201", listed)) == len(("first", "second"))
    assert "3 more of S201" in listed
