import argparse
import csv
from pathlib import Path

import duckdb
import pytest

import large_sql
from czurban.model.observation import Reading
from czurban.reading.submission.cell import read_cell
from large_data import PLAN, Recipe, make, short, size_of
from large_sql import Shape

ROWS = 5_200
# Of 200 000 dirty rows; another one here means that no earlier measurement can be compared with later ones.
DIGEST = "daf954bda9eff86433c0f23bbe213077"


def table(folder: Path, *, dirty: bool = False) -> list[list[str]]:
    with make(Recipe(ROWS, shape=Shape(dirty=5 if dirty else 0)), folder).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


@pytest.mark.parametrize(("text", "rows"), [("25", 25), ("100K", 100_000), ("100k", 100_000), ("10M", 10_000_000)])
def test_a_size_is_read_and_spelled(text: str, rows: int) -> None:
    assert size_of(text) == rows
    assert short(rows) == text.upper()


@pytest.mark.parametrize("text", ["", "0", "M", "ten", "-5", "1.5M"])
def test_what_is_no_size_is_refused(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="is no number of rows"):
        size_of(text)


def test_numbers_have_no_dirty_cells(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="take parquet-text"):
        make(Recipe(25, "parquet-decimal", Shape(dirty=5)), tmp_path)


def test_a_table_is_clean_whole_and_the_same_at_every_making(tmp_path: Path) -> None:
    head, *rows = table(tmp_path / "one")
    assert head == ["地区", "指标", "年份", "数值", "单位"]
    assert len(rows) == ROWS
    assert len({(region, name) for region, name, *_ in rows}) == ROWS
    assert {read_cell(value).reported for _, _, _, value, _ in rows} == {Reading.VALUE}
    assert [head, *rows] == table(tmp_path / "other")


def test_a_twentieth_of_the_cells_is_dirty_and_of_every_kind(tmp_path: Path) -> None:
    clean, dirty = table(tmp_path), table(tmp_path, dirty=True)
    changed = [(old, new) for old, new in zip(clean, dirty, strict=True) if old != new]
    assert 0.04 < len(changed) / ROWS < 0.06
    read = [read_cell(new[3]) for _, new in changed]
    assert {cell.reported for cell in read} == set(Reading) - {Reading.WITHHELD}  # which a form makes, and no cell
    assert any(cell.approximate for cell in read)
    assert any(cell.unit for cell in read)
    assert {new[4] for old, new in changed if old[4] != new[4]} >= {"人", "‰", ""}


@pytest.mark.parametrize("threads", [1, 3])
def test_threads_change_nothing(threads: int) -> None:
    query = large_sql.statement(200_000, large_sql.measured(PLAN), "text", Shape(dirty=5))
    row = "concat_ws('|', *COLUMNS(*))"
    with duckdb.connect(config={"threads": threads}) as engine:
        found = engine.sql(query).aggregate(f"md5(string_agg({row}, ';' ORDER BY 地区, 指标))").fetchall()
    assert found == [(DIGEST,)]
