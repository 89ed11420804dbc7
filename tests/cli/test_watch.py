"""`check --watch` draws again after each change, and ends on Ctrl-C like any command."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from czurban.cli.app import run
from czurban.cli.watching import state_of

pytestmark = pytest.mark.skipif(os.name == "nt", reason="this system has no pseudo-terminals")


class Watch:
    """A watch that runs on a terminal."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        from terminals import environment, terminal  # noqa: PLC0415 - needs a system with terminals

        self.seen, side = terminal(120)
        words = [sys.executable, "-m", "czurban", "check", *arguments, "--watch"]
        self.program = subprocess.Popen(
            words,
            cwd=folder,
            env=environment("en"),
            stdin=side,
            stdout=side,
            stderr=side,
            start_new_session=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - a background run ignores it
        )
        os.close(side)

    def draws(self) -> str:
        """Return what is shown until the program waits for a change."""
        text = ""
        while "Ctrl-C ends." not in text:
            text += os.read(self.seen, 1 << 16).decode(errors="replace")
        return text

    def end(self) -> int:
        """Press Ctrl-C, and return the exit code."""
        self.program.send_signal(signal.SIGINT)
        return self.program.wait(timeout=60)


@pytest.fixture
def folder(repo: Path, tmp_path: Path) -> Iterator[Path]:
    shutil.copytree(repo / "data", tmp_path / "data")
    (tmp_path / "in").mkdir()
    shutil.copy(repo / "examples" / "actuals-2018.csv", tmp_path / "in" / "a.csv")
    return tmp_path


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_change_of_a_figure_of_the_plan_and_a_new_file_draw_again(folder: Path) -> None:
    watch = Watch(folder, "in", "--period", "2018")
    assert "18 of 25 met" not in (first := watch.draws())
    assert "\x1b[2J" in first
    assert "Watching" in first
    replace(folder / "in" / "a.csv", "常住人口城镇化率,2018,40,", "常住人口城镇化率,2018,40.7,")
    assert "40.7" in watch.draws()
    replace(folder / "data" / "targets.yaml", "target: ≥41", "target: ≥40.5")
    assert "≥40.5" in watch.draws()
    (folder / "in" / "b.csv").write_text("指标,数值\n没有这个指标,1\n", encoding="utf-8")
    assert "b.csv" in watch.draws()
    assert watch.end() == 130


def test_a_plan_that_breaks_is_reported_and_the_watch_goes_on(folder: Path) -> None:
    watch = Watch(folder, "in/a.csv", "--period", "2018")
    watch.draws()
    replace(folder / "data" / "targets.yaml", "target: ≥41", "target: @@")
    assert "cannot be used as it stands" in watch.draws()
    replace(folder / "data" / "targets.yaml", "target: @@", "target: ≥41")
    assert "Missed (" in watch.draws()
    assert watch.end() == 130


def test_standard_input_cannot_be_watched(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["--lang", "en", "check", "-", "--watch"]) == 2
    assert "--watch cannot watch standard input" in capfd.readouterr().err


def test_the_report_itself_is_not_watched(tmp_path: Path) -> None:
    for name in ("a.csv", "out.txt"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "c.csv").write_text("x", encoding="utf-8")
    names = {Path(name).name for name in state_of([tmp_path], tmp_path / "out.txt")}
    assert names == {"a.csv", "c.csv"}
    assert [Path(name).name for name in state_of([tmp_path / "*.csv"], None)] == ["a.csv"]
    assert state_of([tmp_path / "gone.csv"], None) == {}
