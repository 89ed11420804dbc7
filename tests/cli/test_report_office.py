"""`czurban report` to Word and Excel: chosen by the file's name, and the same file for the same inputs."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from czurban.cli.report_format import choose_report_format
from czurban.errors import UsageError


def _report(repo: Path, output: Path) -> bytes:
    command = [
        sys.executable,
        "-m",
        "czurban",
        "report",
        "examples/actuals-2019.csv",
        "--lang",
        "zh",
        "-o",
        str(output),
    ]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1577836800"}
    done = subprocess.run(command, cwd=repo, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return output.read_bytes()


@pytest.mark.parametrize("suffix", ["docx", "xlsx"])
def test_the_same_inputs_give_the_same_file(repo: Path, tmp_path: Path, suffix: str) -> None:
    first, second = (_report(repo, tmp_path / f"{name}.{suffix}") for name in ("a", "b"))
    assert first == second
    assert first.startswith(b"PK")


@pytest.mark.parametrize("form", ["docx", "xlsx"])
def test_neither_is_printed(form: str) -> None:
    with pytest.raises(UsageError):
        choose_report_format(form, None)
