"""The same words, byte by byte, on Spark as by rows in Python: one region or every region, rows whole or broken."""

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from comparisons import without_comparisons

from czurban.app.large import engines as large_engines
from czurban.cli.app import run
from czurban.computing.engines.spark.engine import SparkEngine

HEADER = "地区,指标,年份,数值,单位\n"
AROUND = [f"{990003 + n},城镇常住人口,2019,140,万人\n" for n in range(25)]
BROKEN = [
    "990001,城镇常住人口\n",
    "990001,城镇常住人口,2019,140,万人,x,y,z\n",
    '990001,"城镇常住人口,2019,140,万人\n',
    '990001,"城镇常住人口"x,2019,140,万人\n',
    "\n",
    "   \n",
    '990002,"城镇\n常住人口",2019,140,万人\n',
    "990003,城镇常住人口,2019,141,万人\n",
    "990004,城镇常住人口,2019,140,万人\n",
    "９９０００５,城镇常住人口,2019,150,万人\n",
]
PLACES = re.compile(r"x\.csv:(\d+):\d+")
"""A place in a CSV; in a Parquet file there is no header above the rows, and a place has no column."""
Told = tuple[int, str, str]
Tell = Callable[..., Told]


class Borrowed(SparkEngine):
    """The engine that all tests share: who borrows it does not end it."""

    def __init__(self, other: SparkEngine) -> None:
        self.__dict__ = other.__dict__

    def close(self) -> None:
        """Leave it open."""


def failed(path: Path) -> list[tuple[str, ...]]:
    """The rows that fail, in any order."""
    with path.open(encoding="utf-8", newline="") as stream:
        return sorted((one["region"], one["indicator"], one["value"], one["verdict"]) for one in csv.DictReader(stream))


@pytest.fixture
def tell(
    spark: SparkEngine, repo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Tell:
    """Run a check, with rows in Python or on Spark, and return what it says."""
    monkeypatch.setenv("CZURBAN_PLAN", str(repo / "data"))
    monkeypatch.setenv("CZURBAN_LANG", "en")  # without_comparisons reads English
    monkeypatch.setenv("SPARK_REMOTE", "sc://borrowed")
    monkeypatch.setattr(large_engines, "make_engine", lambda *_: Borrowed(spark))
    monkeypatch.chdir(tmp_path)

    def told(*words: str, engine: str = "spark") -> Told:
        code = run(["check", *words, "--engine", engine])
        said = capsys.readouterr()
        return without_comparisons((code, said.out, said.err))

    return told


@pytest.mark.parametrize("name", ["actuals-2018.csv", "actuals-2019-gbk.csv"])
def test_an_example_reads_the_same(tell: Tell, repo: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes((repo / "examples" / name).read_bytes())
    words = (name, "--verbose", "--period", "2018" if "2018" in name else "2019")
    assert tell(*words) == tell(*words, engine="python")


def test_every_region_of_the_nasty_rows_reads_the_same(tell: Tell, nasty_file: Path) -> None:
    words = (str(nasty_file), "--each-region", "--format", "json", "--max-findings", "0")
    assert tell(*words) == tell(*words, engine="python")


def test_the_city_among_nasty_rows_reads_the_same(tell: Tell, nasty_file: Path, tmp_path: Path) -> None:
    rows = list(csv.reader(io.StringIO(nasty_file.read_text(encoding="utf-8"), newline="")))
    for number, row in enumerate(rows[1:]):
        row[0] = ("钦州市", "", row[0])[number % 3]
    with (tmp_path / "n.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)
    words = ("n.csv", "--verbose", "--max-findings", "5")
    assert tell(*words) == tell(*words, engine="python")


@pytest.mark.parametrize("words", [("--each-region",), ("--verbose",)])
def test_a_table_of_plain_rows_reads_the_same(tell: Tell, tmp_path: Path, words: tuple[str, ...]) -> None:
    names = ("城镇常住人口", "别的指标")
    rows = [f"99{n:04},{name},2019,{n + 120},万人\n" for name in names for n in range(40)]
    (tmp_path / "p.csv").write_text("".join([HEADER, *rows, "钦州市,城镇常住人口,2019,140,万人\n"]), encoding="utf-8")
    assert tell("p.csv", *words) == tell("p.csv", *words, engine="python")


@pytest.mark.parametrize("words", [("--each-region",), ("--each-region", "--format", "csv", "--max-findings", "0")])
def test_broken_rows_read_the_same(tell: Tell, tmp_path: Path, words: tuple[str, ...]) -> None:
    rows = [row for pair in zip(BROKEN, AROUND, strict=False) for row in pair]
    (tmp_path / "b.csv").write_text("".join([HEADER, *rows]), encoding="utf-8", newline="")
    assert tell("b.csv", *words) == tell("b.csv", *words, engine="python")


def test_what_only_a_cluster_sees(tell: Tell, spark: SparkEngine, tmp_path: Path) -> None:
    rows = [*AROUND, "990100,城镇常住人口,2019,乱,万人\n", "990101,没有的指标,2019,1,万人\n"]
    (tmp_path / "x.csv").write_text("".join([HEADER, *rows]), encoding="utf-8", newline="")
    words = ("--each-region", "--max-findings", "0", "--failures", "f.csv")
    code, out, err = tell("x.csv", *words, engine="python")
    failing = failed(tmp_path / "f.csv")
    columns = dict.fromkeys(HEADER.strip().split(","), "VARCHAR")
    spark.table("figures", columns, [tuple(row.strip().split(",")) for row in rows])
    written = duckdb.read_csv(str(tmp_path / "x.csv"), all_varchar=True)
    written.write_parquet(str(tmp_path / "x.parquet"))
    for name in ("x.parquet", f"file://{tmp_path}/x.parquet"):
        places = PLACES.sub(lambda place, name=name: f"{name}:{int(place[1]) - 1}", err)  # type: ignore[misc]
        assert tell(name, *words) == (code, out.replace("x.csv", name), places), name
        assert failed(tmp_path / "f.csv") == failing

    code, again, err = tell("table:figures", *words)
    assert again == out.replace("x.csv", "table:figures")
    assert "\ntable:figures: " in err  # after the line on what was written


def test_csv_on_a_cluster_is_refused(tell: Tell) -> None:
    code, out, err = tell("s3a://bucket/x.csv", "--each-region")
    assert (code, out) == (2, "")
    assert "is CSV on a cluster" in err
    assert "Convert it to Parquet" in err


def test_what_only_a_cluster_sees_needs_one(tell: Tell) -> None:
    for name in ("s3a://bucket/x.csv", "table:x"):
        code, out, err = tell(name, engine="auto") if name.startswith("s3a") else tell(name, engine="nonsense")
        assert (code, out) == (2, "")
        assert err.count("\n") == 2
