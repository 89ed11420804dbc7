"""Where reports go: never over what they are made from, and an output that cannot be written is said."""

import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from czurban.cli.app import run


def program(repo: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "czurban", *arguments], cwd=repo, capture_output=True, encoding="utf-8", check=False
    )


@pytest.mark.parametrize("option", ["-o", "--output"])
def test_a_report_never_replaces_what_it_is_made_from(repo: Path, tmp_path: Path, option: str) -> None:
    file = tmp_path / "in.csv"
    shutil.copy(repo / "examples" / "actuals-2018.csv", file)
    before = file.read_bytes()
    done = program(repo, "check", str(file), option, str(file))
    assert done.returncode == 2
    assert file.read_bytes() == before


def test_a_link_stays_a_link_and_what_it_points_to_is_written(repo: Path, tmp_path: Path) -> None:
    (tmp_path / "real").write_text("old", encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    program(
        repo, "check", str(repo / "examples" / "actuals-2018.csv"), "--period", "2018", "-o", str(tmp_path / "link")
    )
    assert (tmp_path / "link").is_symlink()
    assert "钦州市" in (tmp_path / "real").read_text(encoding="utf-8")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_gets_the_report_and_stays_a_pipe(repo: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read = f"print(open({str(pipe)!r}, 'rb').read().count(b'\\n') > 20)"
    with subprocess.Popen([sys.executable, "-c", read], stdout=subprocess.PIPE) as reader:
        program(repo, "check", "examples/actuals-2018.csv", "--period", "2018", "-o", str(pipe))
        assert reader.communicate()[0].strip() == b"True"
    assert pipe.is_fifo()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("arguments", [("list", "indicators"), ("--help",), ("--version",)])
def test_output_that_cannot_be_written_is_said(arguments: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "czurban", *arguments], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert done.stderr.strip()


LIST = ("list", "indicators", "-f", "json", "-o", "out.json")


LIMIT = "import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, ({size}, resource.RLIM_INFINITY))"


def run_broken(how: str, folder: Path, repo: Path, after: str = "") -> subprocess.CompletedProcess[bytes]:
    """Call the program over an old out.json, with something in the way."""
    (folder / "out.json").write_text("old", encoding="utf-8")
    call = f"code = run({[*LIST, '--plan', str(repo / 'data')]!r})"
    code = f"{how}\nimport sys\nfrom czurban.cli.app import run\n{call}\n{after}\nsys.exit(code)"
    return subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, check=False)


@pytest.mark.skipif(os.name == "nt", reason="no such signal")
@pytest.mark.parametrize("moment", ["replace", "fsync"])
def test_a_kill_leaves_the_old_file(repo: Path, tmp_path: Path, moment: str) -> None:
    done = run_broken(
        f"import os, signal\nos.{moment} = lambda *a, **k: os.kill(os.getpid(), signal.SIGKILL)", tmp_path, repo
    )
    assert done.returncode == -9
    assert (tmp_path / "out.json").read_text(encoding="utf-8") == "old"


@pytest.mark.skipif(os.name == "nt", reason="no such limit")
@pytest.mark.parametrize(
    ("how", "after"),
    [
        (LIMIT.format(size=1000), LIMIT.format(size="resource.RLIM_INFINITY")),
        ("import errno, os\ndef full(*a):\n    raise OSError(errno.ENOSPC, 'No space left')\nos.fsync = full", ""),
    ],
    ids=["while writing", "at the end"],
)
def test_a_disk_that_is_full_leaves_the_old_file(repo: Path, tmp_path: Path, how: str, after: str) -> None:
    done = run_broken(how, tmp_path, repo, after)
    assert done.returncode == 2
    assert b"out.json" in done.stderr
    assert b"Traceback" not in done.stderr
    assert (tmp_path / "out.json").read_text(encoding="utf-8") == "old"
    assert [one.name for one in tmp_path.iterdir()] == ["out.json"]


def test_a_stdout_without_an_encoding_gets_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    assert run(["rule", "P214", "-f", "csv"]) == 0
    assert "P214" in sys.stdout.getvalue()
