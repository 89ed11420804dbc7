"""Packed files, Parquet, folders and patterns; limits, leftovers and what is never loaded."""

import csv
import gzip
import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from itertools import product
from pathlib import Path

import duckdb
import pytest
from comparisons import without_comparisons
from packing import zstd

from czurban.app.large.options import is_for_engine, is_large
from czurban.cli.app import run
from czurban.computing.engines import duckdb_engine
from czurban.computing.engines.duckdb_engine import DuckdbEngine
from czurban.computing.engines.engine import TableSource
from czurban.errors import BrokenTableError, EngineError, OutputError, UnreadableError
from czurban.reading.sources.find_files import find_files

REPO = Path(__file__).parents[2]
HEADER = "地区,指标,年份,数值,单位\n"
ROWS = "".join(
    f"99{n:04},{name},2019,{value},{unit}\n"
    for n in range(300)
    for name, value, unit in (
        ("城镇常住人口", 100 + n % 80, "万人"),
        ("城镇登记失业率", f"{n % 9}.5", "%"),
        ("新增城镇常住人口", "６.5" if n % 7 else "约7", "万人"),
    )
)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    monkeypatch.setenv("CZURBAN_PLAN", str(REPO / "data"))
    monkeypatch.setenv("CZURBAN_LANG", "en")

    def checked(*words: str) -> tuple[int, str, str]:
        code = run(["check", *words])
        return code, *capsys.readouterr()

    return checked


Told = Callable[..., tuple[int, str, str]]


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    path = tmp_path / "t.csv"
    path.write_text(HEADER + ROWS, encoding="utf-8")
    return path


MISSING = ("", "地区", "指标", "年份", "数值", "单位")


@pytest.mark.parametrize("column", MISSING)
def test_a_missing_cell_of_a_parquet_is_an_empty_one(told: Told, tmp_path: Path, column: str) -> None:
    names = HEADER.strip().split(",")
    rows = [dict(zip(names, line.split(","), strict=True)) for line in (ROWS * 4).splitlines()]
    blank = {column: ""} if column else {}
    lines = (",".join((row | (blank if n > 3300 else {})).values()) for n, row in enumerate(rows))
    (tmp_path / "p.csv").write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")
    stored = duckdb.read_csv(str(tmp_path / "p.csv"), all_varchar=True)
    stored.write_parquet(str(tmp_path / "p.parquet"), row_group_size=2048)
    words = ("--each-region", "--engine", "duckdb", "--format", "json", "--max-findings", "0")
    told_of = []
    for name in ("p.parquet", "p.csv"):
        code, out, _ = told(str(tmp_path / name), *words)
        report = json.loads(out)
        codes = Counter(finding["code"] for finding in report["findings"])
        told_of.append((code, report["regions"], report["tally"], report["indicators"], codes))
    assert told_of[0] == told_of[1]
    with DuckdbEngine() as engine:
        source = TableSource((str(tmp_path / "p.parquet"),), "parquet")
        assert engine._whole_columns(source) == {*MISSING[1:]} - {column}  # noqa: SLF001 - what is not replaced


def tallied(output: str) -> str:
    return next(line for line in output.splitlines() if "targets in all" in line)


@pytest.mark.parametrize("end", [".parquet", ".csv.gz", ".csv.zst"])
def test_a_packed_table_says_what_the_plain_one_says(told: Told, plain: Path, end: str) -> None:
    packed = plain.with_name(f"packed{end}")
    table = duckdb.read_csv(str(plain), all_varchar=True)
    match end:
        case ".csv.gz":
            packed.write_bytes(gzip.compress(plain.read_bytes()))
        case ".parquet":
            table.write_parquet(str(packed))
        case _:
            table.write_csv(str(packed), header=True, compression="zstd")
    expected = told(str(plain), "--each-region", "--engine", "python")
    found = told(str(packed), "--each-region")
    assert tallied(found[1]) == tallied(expected[1])
    assert found[0] == expected[0]


def test_a_parquet_of_decimals_is_exact(told: Told, tmp_path: Path) -> None:
    path = tmp_path / "d.parquet"
    duckdb.sql(
        "SELECT '990001' AS 地区, '城镇登记失业率' AS 指标, 2019 AS 年份, CAST(v AS DECIMAL(18,4)) AS 数值, '%' AS 单位"
        " FROM (VALUES (4.5)) t(v) UNION ALL SELECT '990002', '城镇登记失业率', 2019, 4.5001, '%'"
        " UNION ALL SELECT '990003', '城镇登记失业率', 2019, NULL, '%'"
    ).write_parquet(str(path))
    line = tallied(told(str(path), "--each-region")[1])
    assert "3 regions" in line
    assert "1 met" in line
    assert "1 missed" in line


def test_folders_and_patterns_are_read_whole(told: Told, tmp_path: Path) -> None:
    lines = ROWS.splitlines(keepends=True)
    for number in range(3):
        part = "".join(lines[number * 300 : number * 300 + 300])
        (tmp_path / f"part{number}.csv").write_text(HEADER + part, encoding="utf-8")
    (tmp_path / "whole").mkdir()
    (tmp_path / "whole" / "w.csv").write_text(HEADER + ROWS, encoding="utf-8")
    words = ("--each-region", "--engine", "duckdb")
    assert tallied(told(str(tmp_path / "part*.csv"), *words)[1]) == tallied(told(str(tmp_path / "whole"), *words)[1])
    with pytest.raises(UnreadableError):
        find_files([str(tmp_path / "none*.csv")])


def test_many_rows_make_a_csv_large(tmp_path: Path) -> None:
    path = tmp_path / "m.csv"
    path.write_text(HEADER + "990001,城镇常住人口,2019,140,万人\n" * 40_001, encoding="utf-8")
    assert is_large(str(path))
    path.write_text(HEADER + "x" * 500_000, encoding="utf-8")
    assert not is_large(str(path))


def test_every_region_is_for_an_engine_where_all_files_together_take_python_seconds(tmp_path: Path) -> None:
    row = "990001,城镇常住人口,2019,140,万人\n"
    names = [str(tmp_path / f"{number}.csv") for number in range(3)]
    for name in names:
        Path(name).write_text(HEADER + row * 9_000, encoding="utf-8")
    assert is_for_engine(names)
    assert not is_for_engine(names[:1])
    small = [str(tmp_path / f"small-{number}.csv") for number in range(500)]
    for name in small:
        Path(name).write_text(HEADER + row * 50, encoding="utf-8")
    assert not is_for_engine(small)
    assert not is_for_engine(["-"])


@pytest.mark.parametrize("end", [".csv", ".parquet"])
@pytest.mark.parametrize("engine", ["duckdb", "python"])
def test_failing_rows_are_written(told: Told, plain: Path, tmp_path: Path, end: str, engine: str) -> None:
    path = tmp_path / f"failures{end}"
    told(str(plain), "--each-region", "--engine", engine, "--failures", str(path))
    if end == ".csv":
        with path.open(encoding="utf-8", newline="") as stream:
            rows = [tuple(row.values()) for row in csv.DictReader(stream)]
    else:
        rows = [tuple(map(str, row)) for row in duckdb.read_parquet(str(path)).fetchall()]
    missed = [row for row in rows if row[5] == "missed"]
    assert ("990000", "urban_resident_population", "2019", "100", "万人", "missed", "≥138.19", "2") in missed
    assert len(rows) == len({row[-1] for row in rows})


@pytest.mark.parametrize("head", ["地区,指标,年份,数值,单位", "地区,指标,数值,单位"])
def test_failing_rows_name_the_period_that_is_judged_whoever_judges(told: Told, tmp_path: Path, head: str) -> None:
    spelled = ["2019", "2019年", "2019年度", "２０１９", "2019年末", ""] if "年份" in head else [None]
    rows = [["990001", "城镇常住人口", *([one] if one is not None else []), "100", "万人"] for one in spelled]
    source = tmp_path / "f.csv"
    source.write_text("\n".join([head, *(",".join([f"99{n:04}", *row[1:]]) for n, row in enumerate(rows))]), "utf-8")
    written = []
    for engine in ("python", "duckdb"):
        told(str(source), "--each-region", "--engine", engine, "--failures", str(tmp_path / f"{engine}.csv"))
        written.append(sorted((tmp_path / f"{engine}.csv").read_text(encoding="utf-8").splitlines()))
    assert written[0] == written[1]
    assert [line.split(",")[2] for line in written[0][:-1]] == ["2019"] * len(spelled)


def test_a_run_that_is_stopped_leaves_the_old_file(tmp_path: Path) -> None:
    old = tmp_path / "failures.csv"
    old.write_text("old")
    with DuckdbEngine() as engine, pytest.raises(EngineError):
        engine.write("SELECT CAST(x AS INTEGER) FROM (SELECT 'x' AS x)", str(old))
    assert old.read_text() == "old"
    assert [one.name for one in tmp_path.iterdir()] == ["failures.csv"]
    with DuckdbEngine() as engine, pytest.raises(OutputError):
        engine.write("SELECT 1", str(tmp_path / "none" / "f.csv"))


def test_the_small_table_is_the_one_that_is_hashed(plain: Path) -> None:
    with DuckdbEngine() as engine:
        engine.view("t", TableSource((str(plain),), "csv", tuple("abcde")))
        engine.table("small", {"b": "VARCHAR", "n": "BIGINT"}, [("城镇常住人口", n) for n in range(100)])
        assert "LEFT" in engine.explain("SELECT COUNT(n) FROM t LEFT JOIN small ON t.b = small.b")
        assert "RIGHT" not in engine.explain("SELECT COUNT(n) FROM t LEFT JOIN small ON t.b = small.b")


def test_a_row_of_another_width_is_loud(tmp_path: Path) -> None:
    path = tmp_path / "b.csv"
    path.write_text("a,b\n1,2\n3\n", encoding="utf-8")
    with DuckdbEngine() as engine:
        engine.view("t", TableSource((str(path),), "csv", ("a", "b")))
        with pytest.raises(BrokenTableError):
            engine.rows("SELECT COUNT(*) FROM t")


def test_bytes_that_are_no_text_cost_their_row(told: Told, plain: Path) -> None:
    data = plain.read_bytes().splitlines(keepends=True)
    data[400] = b"990001,\xff\xfe,2019,1,%\n"
    plain.write_bytes(b"".join(data))
    code, out, err = told(str(plain), "--each-region", "--engine", "duckdb")
    assert f"{plain}:401: error S101" in err
    assert "300 regions" in out
    assert code == 1


def test_a_broken_line_among_many_is_named(told: Told, tmp_path: Path) -> None:
    path = tmp_path / "many.csv"
    rows = [f"99{n:06},城镇常住人口,2019,140,万人\n" for n in range(45_000)]
    rows[30_000] = '99030000,"城镇常住人口,2019,140,万人\n'
    path.write_text(HEADER + "".join(rows), encoding="utf-8")
    code, out, err = told(str(path), "--each-region")
    assert f"{path}:30002: error S106" in err
    assert "44,999 regions" in out
    assert code == 1


def test_of_other_regions_the_first_are_listed_and_all_are_counted(told: Told, tmp_path: Path) -> None:
    path = tmp_path / "many.csv"
    rows = [f"99{n:06},城镇常住人口,2019,140,万人\n" for n in range(45_000)]
    path.write_text(HEADER + "钦州市,城镇常住人口,2019,140,万人\n" + "".join(rows), encoding="utf-8")
    code, out, err = told(str(path), "--max-findings", "3")
    assert err.count("error S217") == 3
    assert "44997 more of S217" in err
    assert "2 of 52 met" in out  # 人均 follows from it by a formula
    assert code == 1


def test_a_wide_table_is_read_row_by_row(told: Told, tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    path.write_text("指标,2018年,2019年\n城镇常住人口,132,140\n", encoding="utf-8")
    assert told(str(path), "--engine", "duckdb") == told(str(path), "--engine", "python")


@pytest.mark.parametrize("words", [("--engine", "abacus"), ("--memory", "3")])
def test_what_cannot_be_meant_is_said(told: Told, plain: Path, words: tuple[str, ...]) -> None:
    code, _, err = told(str(plain), *words)
    assert code == 2
    assert "error" in err


def test_the_regions_that_miss_and_meet_most_targets_are_listed(told: Told) -> None:
    table = (str(REPO / "examples/counties/figures.csv"), "--plan", str(REPO / "examples/counties/plan"))
    shown = [told(*table, "--each-region", "--engine", engine)[1] for engine in ("python", "duckdb")]
    assert shown[0] == shown[1]
    titles = "Regions that miss most targets", "Regions that meet most targets"
    missed, met = (shown[0].partition(title)[2].split("─\n")[1].split("\n\n")[0].split() for title in titles)
    assert missed == ["南县", "3", "1", "西区", "4", "1"]
    assert met == ["示例市", "5", "0", "东区", "5", "0"]


def test_an_engine_says_nothing_of_its_own_at_the_end(plain: Path) -> None:
    words = [
        sys.executable,
        "-m",
        "czurban",
        "--lang",
        "en",
        "check",
        str(plain),
        "--each-region",
        "--engine",
        "duckdb",
    ]
    env = {**os.environ, "CZURBAN_PLAN": str(REPO / "data")}
    done = subprocess.run([*words, "--format", "json"], env=env, capture_output=True, check=False)
    assert done.returncode == 1
    assert b"nanobind" not in done.stderr
    assert done.stdout


def test_a_stopped_run_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    with path.open("w", encoding="utf-8") as stream:
        stream.write(HEADER)
        for n in range(400_000):
            stream.write(f"99{n:08},城镇常住人口,2019,1{n % 100}.{n % 97},万人\n")
    made = tmp_path / "tmp"
    made.mkdir()
    env = {**os.environ, "CZURBAN_PLAN": str(REPO / "data"), "TMPDIR": str(made)}
    words = [sys.executable, "-m", "czurban", "check", str(path), "--each-region"]
    process = subprocess.Popen(words, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    while not any(made.glob("czurban-*")) and process.poll() is None:  # Python tries the folder with a file of its own
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=600)
    assert process.returncode in (130, 1)  # 1: it was done before it was told
    assert b"Traceback" not in err
    assert not list(made.iterdir())


@pytest.mark.parametrize("pack", [gzip.compress, zstd.compress])
@pytest.mark.parametrize("left", [10, -5])
def test_a_broken_archive_is_told(
    pack: Callable[[bytes], bytes], left: int, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "figures.csv.gz"
    path.write_bytes(pack((HEADER + ROWS).encode())[:left])
    assert run(["--lang", "en", "check", str(path), "--each-region"]) == 2
    assert "cannot be unpacked to its end" in capfd.readouterr().err


def test_signs_by_which_an_engine_marks_rows_are_text_like_any_other(told: Told, tmp_path: Path) -> None:
    names = [
        f"{sign}{name}" for sign in ("", "\x01", "\x02", "\x03\x04", "\x05", "\x06") for name in ("城镇常住人口", "0")
    ]
    values = ("150", "\x01150", "150\x01", "\x02", "\x05")
    cells = [f"99{n:04},{name},2019,{value},万人" for n, (name, value) in enumerate(product(names, values))]
    path = tmp_path / "t.csv"
    path.write_text(HEADER + "999999,城镇常住人口,2019,150,万人\n" + "\n".join(cells) + "\n", encoding="utf-8")
    words = (str(path), "--each-region", "--engine")
    assert without_comparisons(told(*words, "duckdb")) == without_comparisons(told(*words, "python"))


@pytest.mark.parametrize("memory", [None, 20])
def test_more_memory_is_taken_only_where_the_disk_cannot_help(
    memory: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(duckdb_engine, "_AT_FIRST", 20)
    one_long_text = "SELECT LENGTH(STRING_AGG(REPEAT('x', 40), '')) FROM range(2000000)"
    with DuckdbEngine(memory) as engine:
        (before,) = engine.rows("SELECT current_setting('memory_limit')")
        assert before == ("20.0 MiB",)
        if memory is None:
            assert engine.rows(one_long_text) == [(80_000_000,)]
            assert engine.rows("SELECT current_setting('memory_limit')") != [before]
        else:
            with pytest.raises(EngineError, match="more memory"):
                engine.rows(one_long_text)


def test_many_groups_go_to_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(duckdb_engine, "_AT_FIRST", 64)
    groups = "SELECT range, COUNT(*) AS n, MIN(range) AS low, MAX(range) AS high FROM range(2000000) GROUP BY range"
    with DuckdbEngine() as engine:
        engine.keep("groups", groups)
        assert engine.rows("SELECT COUNT(*), SUM(n) FROM groups") == [(2_000_000, 2_000_000)]
        assert engine.rows("SELECT current_setting('memory_limit')") == [("64.0 MiB",)]


def test_some_rows_are_numbered_as_all_are(tmp_path: Path) -> None:
    path, filler = tmp_path / "n.csv", "x" * 200
    path.write_text("".join(f"r{n * 7919 % 1000},{n},{filler}\n" for n in range(400_000)), encoding="utf-8")
    assert path.stat().st_size > 80 << 20  # several threads read pieces of 32 MiB
    source = TableSource((str(path),), "csv", ("region", "n", "filler"), skip=0, quoted=False)
    with DuckdbEngine() as engine:
        engine.view("t", source)
        engine.table("wanted", {"raw": "VARCHAR"}, [("r7",), ("r500",)])
        asked = "SELECT region, n, czurban_row_number FROM {} WHERE region IN (SELECT raw FROM wanted)"
        some = engine.rows(asked.format(engine.numbered("t", "region", "wanted")))
        every = engine.rows(asked.format(engine.numbered("t")))
    assert len(some) == 800
    assert sorted(some) == sorted(every) == sorted((region, n, int(str(n)) + 1) for region, n, _ in some)


def test_no_row_is_numbered_where_no_text_is_wanted(tmp_path: Path) -> None:
    path = tmp_path / "n.csv"
    path.write_text("a,1\nb,2\n", encoding="utf-8")
    with DuckdbEngine() as engine:
        engine.view("t", TableSource((str(path),), "csv", ("region", "n"), skip=0, quoted=False))
        engine.table("wanted", {"raw": "VARCHAR"}, [])
        assert engine.rows(f"SELECT * FROM {engine.numbered('t', 'region', 'wanted')}") == []
