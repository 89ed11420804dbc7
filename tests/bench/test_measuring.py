import json
import sys
from pathlib import Path

import pytest

import answers
import comparison
import contenders
import shapes
from contenders import ALL, DUCKDB, ROWS, SCAN, SPARK, Contender, Kind
from large_data import Recipe
from measuring import measure
from results import Results


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="this system does not tell what a process holds")
def test_a_process_is_measured_with_what_it_prints_and_starts(tmp_path: Path) -> None:
    starts = (
        "import subprocess, sys; print('说', flush=True);"
        "subprocess.run([sys.executable, '-c', 'import time; b = bytearray(120 << 20); time.sleep(0.4)']);"
        "print('why', file=sys.stderr); sys.exit(3)"
    )
    found = measure([sys.executable, "-c", starts], {}, tmp_path, 60)
    assert (found.code, found.printed, found.complaint) == (3, "说\n", "why\n")
    # Both processes together, each with its interpreter and where coverage is measured its tracer; one holds 120 MiB.
    assert 125 < found.cost.peak < 500
    assert found.cost.cpu > 0
    assert found.cost.wall > 0.4


def test_what_takes_too_long_is_stopped(tmp_path: Path) -> None:
    found = measure([sys.executable, "-c", "import time; time.sleep(600)"], {}, tmp_path, 0.2)
    assert found.stopped == "stopped after 0 s"


def test_a_peer_answers_in_its_last_line() -> None:
    found = answers.of_peer('said on the way\n{"counts": {"甲": [5, 2], "乙": [1, 0]}, "unread": 4}\n')
    assert found.counts == {"甲": (5, 2), "乙": (1, 0)}
    assert found.sums == [6, 2, 4]


@pytest.mark.parametrize("printed", ["", "Traceback\n", "{}"])
def test_what_is_no_answer_is_an_error(printed: str) -> None:
    with pytest.raises((ValueError, KeyError)):
        answers.of_peer(printed)


def test_each_table_is_given_to_those_who_take_it() -> None:
    found = comparison.tasks([25, 1_000_000], [50_000_000], ALL)
    assert [task.recipe.label for task in found] == [
        "25-csv",
        "1M-csv",
        "1M-csv-dirty",
        "1M-parquet-text",
        "1M-parquet-decimal",
        "50M-csv",
    ]
    shapes_ = [one.recipe(100_000) for one in shapes.SHAPES]
    more = comparison.tasks([25, 1_000_000], [], ALL, shapes_)
    labels = {task.recipe.label for task in more}
    assert {"100K-csv-name", "100K-csv-few-3", "100K-csv-1000", "100K-csv-repeats30", "100K-csv-dirty50"} <= labels
    assert not labels & {"100K-csv-english", "100K-csv-wide", "100K-csv.gz"}
    who = {task.recipe.label: {one.key for one in task.who} for task in found}
    assert SPARK.key not in who["25-csv"]
    assert {SPARK.key, ROWS.key} < who["1M-csv"]
    assert ROWS.key not in who["1M-parquet-text"]
    assert who["50M-csv"] == {SCAN.key, "duckdb_sql", DUCKDB.key}


def test_what_czurban_counts_is_compared_by_the_names_that_peers_know() -> None:
    indicators = [
        {"id": "resident_urbanization_rate", "met": 3, "missed": 2, "unreported": 1, "unreadable": 4, "not-due": 0},
        {"id": "urban_jobs_added", "met": 0, "missed": 0, "unreported": 10, "unreadable": 0, "not-due": 0},
    ]
    found = answers.of_czurban(json.dumps({"indicators": indicators}))
    assert found.counted == {"常住人口城镇化率": (3, 2)}
    assert found.sums == [3, 2, 15]


def test_what_czurban_computes_from_records_is_compared_exactly() -> None:
    figures = [
        {"indicator": "a", "region": "1", "period": "2018", "numerator": "0.1", "denominator": "3", "left_out": 2},
        {"indicator": "b", "region": "1", "period": "2018", "numerator": "7.5", "denominator": None, "left_out": 0},
    ]
    found = answers.of_records(json.dumps({"figures": figures}))
    assert found.counts == {"a 1 2018": (10_000_000, 300_000_000), "b 1 2018": (750_000_000, 100_000_000)}
    assert found.unread == 2


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ('print(\'{"counts": {"甲": [5, 2]}, "unread": 1}\')', ("", [5, 2, 1], 2)),
        ("print('no answer')", ("failed: its answer could not be read", [], 1)),
        ("raise ValueError('it broke')", ("failed: ValueError: it broke", [], 0)),
        ("import sys; sys.exit('sorry')", ("failed: sorry", [], 0)),
    ],
)
def test_a_round_keeps_what_each_took_and_asks_nobody_again_who_failed(
    script: str, told: tuple[str, list[int], int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contenders, "SCRIPTS", tmp_path)
    (tmp_path / "made_up.py").write_text(script, encoding="utf-8")
    (tmp_path / "table.csv").write_text("地区,指标,年份,数值,单位\n", encoding="utf-8")
    one = Contender("made_up", "made up", Kind.VALIDATION)
    goes = comparison.Comparison(Results({}, {}, 2, 60), tmp_path)
    for _ in range(2):
        goes.round([(comparison.Task(Recipe(25), [one]), tmp_path / "table.csv")])
    (runs,) = goes.found.runs
    assert (runs.ended, runs.counted, len(runs.wall)) == told
    assert len(runs.wall) == len(runs.cpu) == len(runs.peak)
