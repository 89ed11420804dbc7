"""The progress bar: on a terminal, for work of several steps that takes its time, and nowhere else."""

import io
import sys
from pathlib import Path

import pytest

from czurban.cli import console as module
from czurban.cli.app import run
from czurban.cli.console import Bar, progress
from czurban.model.finding import say


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def terminal_of(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Make stderr a terminal; inside the test, since the runner sets stderr anew after the fixtures."""
    made = Terminal()
    monkeypatch.setattr(sys, "stderr", made)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("CZURBAN_LANG", "en")
    return made


def test_the_bar_counts_the_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = terminal_of(monkeypatch)
    monkeypatch.setattr(module, "PATIENCE", 0)
    bar = Bar(3, "Reading")
    bar.timer.join()
    bar.step()
    assert bar.shown is not None
    bar.shown.refresh()
    bar.stop()
    assert "Reading" in terminal.getvalue()
    assert "1/3" in terminal.getvalue()


def test_steps_done_before_the_bar_appears_count(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = terminal_of(monkeypatch)
    monkeypatch.setattr(module, "PATIENCE", 3600)
    bar = Bar(3, "Reading")
    bar.step()
    assert terminal.getvalue() == ""
    bar._appear()  # noqa: SLF001 - what the clock would do
    bar.stop()
    assert "1/3" in terminal.getvalue()


def test_no_bar_appears_once_the_work_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = terminal_of(monkeypatch)
    monkeypatch.setattr(module, "PATIENCE", 3600)
    bar = Bar(2, "Reading")
    bar.stop()
    bar._appear()  # noqa: SLF001 - a clock that strikes late
    assert bar.shown is None
    assert terminal.getvalue() == ""


def interrupted() -> None:
    with progress(2, say("Reading")) as step:
        step()
        raise KeyboardInterrupt


def test_an_error_takes_the_bar_away(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal_of(monkeypatch)
    made: list[Bar] = []
    monkeypatch.setattr(module, "PATIENCE", 3600)
    monkeypatch.setattr(module, "Bar", lambda total, what: made.append(Bar(total, what)) or made[-1])
    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert [(one.done, one.over) for one in made] == [(1, True)]


@pytest.mark.parametrize(
    ("total", "tty", "term"), [(1, True, "xterm"), (0, True, "xterm"), (9, False, "xterm"), (9, True, "dumb")]
)
def test_where_no_bar_belongs(monkeypatch: pytest.MonkeyPatch, total: int, tty: bool, term: str) -> None:  # noqa: FBT001
    def fail(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(module, "Bar", fail)
    monkeypatch.setattr(sys, "stderr", Terminal() if tty else io.StringIO())
    monkeypatch.setenv("TERM", term)
    with progress(total, say("Reading")) as step:
        assert step() is None


def test_reading_and_writing_count_their_files(monkeypatch: pytest.MonkeyPatch, repo: Path, tmp_path: Path) -> None:
    terminal_of(monkeypatch)
    made: list[Bar] = []
    monkeypatch.setattr(module, "PATIENCE", 3600)
    monkeypatch.setattr(module, "Bar", lambda total, what: made.append(Bar(total, what)) or made[-1])
    figures = [str(repo / "examples" / name) for name in ("actuals-2019.csv", "actuals-2018.csv")]
    plan = str(repo / "data")
    assert run(["report", *figures, "--all-depts", "-o", str(tmp_path / "pages"), "--plan", plan]) == 0
    reading, writing = made
    assert (reading.what, reading.done, reading.total, reading.over) == ("Reading", 2, 2, True)
    pages = [*(tmp_path / "pages").iterdir()]
    assert (writing.what, writing.done, writing.over) == ("Writing", len(pages) - 1, True)
