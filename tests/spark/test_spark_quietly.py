"""A run on Spark says nothing of its own, leaves nothing behind, and ends when it is interrupted."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

RUN = """
import signal, sys
from contextlib import closing
from czurban.computing.engines.spark.engine import SparkEngine

signal.signal(signal.SIGINT, signal.default_int_handler)  # which a shell's background jobs begin without
try:
    with closing(SparkEngine(sys.argv[1])) as engine:
        engine.table("t", {"n": "BIGINT"}, [(n,) for n in range(4000)])
        engine.keep("k", "SELECT n + 1 AS n FROM t")
        print(engine.rows("SELECT SUM(n) FROM k")[0][0], flush=True)
        if len(sys.argv) > 2:
            engine.rows("SELECT SUM(a.n & b.n & c.n & d.n) FROM t AS a, t AS b, t AS c, t AS d")
except KeyboardInterrupt:
    sys.exit(130)
"""


def begin(place: str, folder: Path, *words: str) -> "subprocess.Popen[str]":
    (folder / "tmp").mkdir()
    (folder / "cwd").mkdir()
    return subprocess.Popen(
        [sys.executable, "-c", RUN, place, *words],
        cwd=folder / "cwd",
        env={**os.environ, "TMPDIR": str(folder / "tmp"), "COVERAGE_PROCESS_START": ""},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def left(folder: Path) -> list[Path]:
    """What lies in the working folder, and of ours among the temporary files."""
    return [*(folder / "cwd").iterdir(), *(folder / "tmp").glob("*czurban*")]


def test_nothing_is_said_and_nothing_is_left(spark_place: str, tmp_path: Path) -> None:
    with begin(spark_place, tmp_path) as run:
        out, err = run.communicate(timeout=600)
    assert (run.returncode, out, err) == (0, "8002000\n", "")
    assert left(tmp_path) == []


def test_an_interrupt_ends_it_cleanly(spark_place: str, tmp_path: Path) -> None:
    with begin(spark_place, tmp_path, "long") as run:
        assert run.stdout
        assert run.stdout.readline() == "8002000\n"
        run.send_signal(signal.SIGINT)
        try:
            out, err = run.communicate(timeout=600)
        finally:
            run.kill()
    assert (run.returncode, out, err) == (130, "", "")
    assert left(tmp_path) == []


@pytest.mark.parametrize("place", ["sc://127.0.0.1:1", "sc://", "spark", "spark=local[2]", "sparkling"])
def test_what_cannot_be_reached_is_told_in_a_sentence(place: str, repo: Path, tmp_path: Path) -> None:
    words = ["check", str(repo / "examples" / "actuals-2019.csv"), "--engine", place, "--lang", "en"]
    environment = {key: value for key, value in os.environ.items() if key != "SPARK_REMOTE"}
    done = subprocess.run(
        [sys.executable, "-m", "czurban", *words],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("error: ")
    assert done.stderr.count("\n") == 2
