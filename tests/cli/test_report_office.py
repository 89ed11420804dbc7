"""`czurban report` to Word and Excel: chosen by the file's name, and the same file for the same inputs."""

import os
import subprocess
import sys
from pathlib import Path

import pytest


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
    assert (done.returncode, done.stderr) == (0, f"已写入：{output}（{output.suffix[1:]}）\n")
    return output.read_bytes()


@pytest.mark.parametrize("suffix", ["docx", "xlsx"])
def test_the_same_inputs_give_the_same_file(repo: Path, tmp_path: Path, suffix: str) -> None:
    first, second = (_report(repo, tmp_path / f"{name}.{suffix}") for name in ("a", "b"))
    assert first == second
    assert first.startswith(b"PK")
