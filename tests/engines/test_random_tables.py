"""Rows in Python and the engines agree about random tables: every verdict, finding, count and failing row.

`make agreement` tries as many tables (TABLES) as large (ROWS) as it is told. All figures are made up.
"""

import json
import os
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest
from agreement import by_engine, by_rows
from random_tables import RandomTable, random_plan

from czurban.app.large import files
from czurban.computing.engines import rows_together, scanned_file
from czurban.computing.engines.duckdb_engine import DuckdbEngine
from czurban.computing.engines.engine import Engine
from czurban.model.assessment import Verdict
from czurban.model.plan import Plan
from czurban.reading.large import lines

TABLES, ROWS = int(os.environ.get("TABLES", "10")), int(os.environ.get("ROWS", "500"))
REACHED = {
    "S136",
    "S203",
    "S204",
    "S206",
    "S207",
    "S208",
    "S209",
    "S210",
    "S211",
    "S212",
    "S213",
    "S214",
    "S216",
    "S218",
    "S225",
    "S257",
}
ON_SPARK = int(os.environ.get("SPARK_TABLES", "2"))


@pytest.fixture(scope="module")
def regional_plan(plan: Plan) -> Plan:
    return random_plan(plan)


def know_few_shapes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let few shapes of rows be known from the first rows, so that every file is scanned a second time."""
    monkeypatch.setattr(lines, "HEAD", 300)
    monkeypatch.setattr(files, "_HEAD_ROWS", 3)
    monkeypatch.setattr(scanned_file, "_FEW_UNKNOWN", 0)
    monkeypatch.setattr(scanned_file, "_LEAST_ROWS", 2)


def read_some_regions(monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    """Let an engine read the rows of regions with repeats alone, or all, or as many as it would."""
    monkeypatch.setattr(rows_together, "SHARE", (0, rows_together.SHARE, 10 * ROWS)[seed % 3])


@pytest.mark.parametrize("seed", range(TABLES))
def test_duckdb_agrees_with_rows_in_python(
    regional_plan: Plan, seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if seed % 4 > 1:
        know_few_shapes(monkeypatch)
    read_some_regions(monkeypatch, seed)
    table = RandomTable(regional_plan, seed, ROWS)
    paths = table.write(tmp_path)
    failures = tmp_path / "failures.csv" if seed % 2 else None  # with it, parts are judged row by row
    expected = by_rows(paths, regional_plan, failures)
    with DuckdbEngine() as engine:
        actual = by_engine(engine, paths, regional_plan, failures)
    assert expected.differences(actual) == [], table.mixture
    assert expected.survey.rows.read >= ROWS // 2 or table.mixture.strangers < ROWS


@pytest.mark.parametrize("seed", range(ON_SPARK))
def test_spark_agrees_with_rows_in_python(
    spark: Engine, regional_plan: Plan, seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if seed % 2:
        know_few_shapes(monkeypatch)
    read_some_regions(monkeypatch, seed)
    table = RandomTable(regional_plan, 1000 + seed, ROWS)
    paths = table.write(tmp_path)
    actual = by_engine(spark, paths, regional_plan)
    assert by_rows(paths, regional_plan).differences(actual) == [], table.mixture


def test_the_tables_have_every_verdict_and_every_kind_of_repeat(regional_plan: Plan, tmp_path: Path) -> None:
    reached: set[Verdict] = set()
    codes: set[str] = set()
    for seed in range(8):
        folder = tmp_path / str(seed)
        folder.mkdir()
        judged = by_rows(RandomTable(regional_plan, seed, 500).write(folder), regional_plan)
        reached |= {*judged.verdicts.values()}
        codes |= judged.counts.keys()
    assert reached >= {Verdict.MET, Verdict.MISSED, Verdict.UNREADABLE}
    assert codes >= REACHED


@pytest.mark.parametrize("case", [*product(range(4), ("1", "3", "50"))], ids=str)
def test_the_same_findings_are_listed_whatever_the_engine(
    plan: Plan,
    case: tuple[int, str],
    tmp_path: Path,
    told: Callable[..., tuple[int, str, str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rows_together, "FEW_REGIONS", 0)
    seed, most = case
    read_some_regions(monkeypatch, seed)
    table = RandomTable(random_plan(plan), 2000 + seed, ROWS)
    share = (0.02, 0.3)[seed % 2]
    table.mixture = table.mixture._replace(parquet=False, repeats=share, odd=share, statuses=share, senders=share)
    names = [path.name for path in table.write(tmp_path)]
    words = ("--each-region", "--max-findings", most, "--format", "json")
    code, expected, _ = told(tmp_path, *names, *words, "--engine", "python")
    assert told(tmp_path, *names, *words, "--engine", "duckdb")[:2] == (code, expected)
    assert {"S210", "S211"} <= {fault["code"] for fault in json.loads(expected)["findings"]}
