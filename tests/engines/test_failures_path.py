"""Where --failures may write: refused before anything is read, or handed to the engine as it was written."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest

from czurban.app.large import check as large
from czurban.app.large import engines
from czurban.cli.app import run
from czurban.computing.engines.duckdb_engine import DuckdbEngine
from czurban.errors import OutputError, UsageError
from czurban.files.writing import replaced

TABLE = "地区,指标,年份,数值,单位\n990003,城镇常住人口,2019,100,万人\n"
Call = Callable[..., tuple[int, str]]


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, repo: Path) -> Call:
    """Run `check` on a table in an empty folder; return its exit code and what it says."""
    monkeypatch.setenv("CZURBAN_PLAN", str(repo / "data"))
    monkeypatch.setenv("CZURBAN_LANG", "en")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "t.csv").write_text(TABLE, encoding="utf-8")

    def called(*words: str) -> tuple[int, str]:
        code = run(["check", *words])
        return code, capsys.readouterr().err

    return called


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("t.csv", "--each-region", "--failures", "s3a://bucket/x"), "is an address, which only Spark writes to"),
        (("t.csv", "--engine", "spark", "--failures", "s3a://bucket/x"), "is an address, which only Spark writes to"),
        (("t.csv", "--each-region", "--engine", "duckdb", "--failures", "hdfs://n/x.csv"), "is an address"),
        (("t.csv", "--failures", "missed.xlsx"), "has to end in .csv or .parquet"),
        (("t.csv", "--failures", "missed"), "has to end in .csv or .parquet"),
        (("t.csv", "--failures", "t.csv"), "is one of the files"),
        ((".", "--each-region", "--failures", "t.csv"), "is one of the files"),
        (("t.csv", "-o", "x.csv", "--failures", "x.csv"), "name the same file"),
        (("none.csv", "--failures", "x.csv"), "There is no file none.csv"),
        (("t.csv", "--failures", "nowhere/x.csv"), "nowhere/x.csv cannot be written"),
    ],
)
def test_a_place_that_cannot_be_meant_is_refused(
    call: Call, tmp_path: Path, words: tuple[str, ...], message: str
) -> None:
    code, err = call(*words)
    assert code == 2
    assert message in err
    assert [one.name for one in tmp_path.iterdir()] == ["t.csv"]
    assert (tmp_path / "t.csv").read_text(encoding="utf-8") == TABLE


def test_an_address_reaches_the_engine_as_it_was_written(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []

    class Elsewhere(DuckdbEngine):
        def write(self, statement: str, path: str) -> None:  # noqa: ARG002 - as every engine
            written.append(path)

    monkeypatch.setattr(engines, "make_engine", lambda *_: Elsewhere())
    assert call("t.csv", "--each-region", "--engine", "sc://host", "--failures", "s3a://bucket//x")[0] == 1
    assert written == ["s3a://bucket//x"]


def test_rows_in_python_do_not_write_to_an_address(call: Call, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is an address"):
        large.write_results((), (), "s3a://bucket/x")
    assert call("t.csv", "--each-region", "--failures", "m.parquet")[0] == 1
    assert duckdb.read_parquet(str(tmp_path / "m.parquet")).fetchall()[0][:2] == ("990003", "urban_resident_population")


def test_a_folder_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "x.csv").mkdir()
    with pytest.raises(OutputError, match="cannot be written"), replaced(tmp_path / "x.csv"):
        pass  # it is refused before anything is written
    assert [one.is_dir() for one in tmp_path.iterdir()] == [True]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_gets_what_an_engine_writes(tmp_path: Path) -> None:
    pipe = tmp_path / "x.csv"
    os.mkfifo(pipe)
    with ThreadPoolExecutor() as pool:
        read = pool.submit(pipe.read_bytes)
        with replaced(pipe) as unfinished:
            unfinished.write_bytes(b"region")
        assert read.result() == b"region"
    assert pipe.is_fifo()
