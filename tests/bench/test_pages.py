import re
from dataclasses import replace
from pathlib import Path

import pytest

import chinese
import pages
import run
import scale
import shapes
import tables
from contenders import ALL, AUTO, DUCKDB, SCAN, SPARK, SQL, Kind
from goals import goals
from results import Results, Runs, Shapes, load, load_shapes, save, save_shapes
from small import Small

MACHINE = {"processor": "made up", "cores": "2", "memory": "24 GiB", "system": "Linux", "Python": "3.11"}
SODA = next(one for one in ALL if one.home == "soda")
PANDAS = next(one for one in ALL if one.home == "pandera-pandas")


def runs(table: str, contender: str, wall: list[float], peak: float = 100, **more: object) -> Runs:
    return Runs(table, contender, wall, [2 * one for one in wall], [peak] * len(wall), **more)


def results() -> Results:
    """Made-up runs: every aim is kept but that of dirty cells, and 100 M rows were not measured."""
    return Results(
        MACHINE,
        {SCAN.key: {"duckdb": "2.0.0"}, SODA.key: {"soda-core": "4.28.0", "duckdb": "2.0.0"}},
        3,
        120,
        {"10M-csv": [10_000_000, 640_000_000], "10M-csv-dirty": [10_000_000, 640_000_000]},
        [
            runs("10M-csv", SCAN.key, [1.0, 2.0, 1.0]),
            runs("10M-csv", SQL.key, [1.5, 3.0, 1.5], counted=[7, 3, 0]),
            runs("10M-csv", DUCKDB.key, [2.0, 4.0, 2.2], 280, counted=[7, 3, 0], agrees=True),
            runs("10M-csv", SODA.key, [21.0], 900, counted=[6, 4, 0], agrees=False),
            Runs("10M-csv", PANDAS.key, ended="stopped after 120 s"),
            runs("10M-csv-dirty", DUCKDB.key, [3.2, 6.4, 3.3], 290),
            runs("50M-csv", DUCKDB.key, [10.0, 20.0], 310),
        ],
    )


def test_results_are_read_as_they_were_saved(tmp_path: Path) -> None:
    save(results(), tmp_path / "results.json")
    assert load(tmp_path / "results.json") == results()


def test_results_of_another_form_are_refused(tmp_path: Path) -> None:
    (tmp_path / "old.json").write_text('{"format": 0}', encoding="utf-8")
    with pytest.raises(SystemExit, match="measure again"):
        load(tmp_path / "old.json")


def test_a_table_has_the_quickest_first_and_who_did_not_end_last() -> None:
    lines = tables.measured(results(), "10M-csv")
    assert [line.split("|")[1].strip() for line in lines[2:]] == [
        "DuckDB, bare scan",
        "DuckDB, SQL by hand",
        "**czurban, DuckDB**",
        "Soda Core",
        "pandera (pandas)",
    ]
    assert lines[4] == "| **czurban, DuckDB** | 2.20 | 2.00 | 4.40 | 280 | 3 | 7 | 3 | 0 | the same |"
    assert lines[5].endswith("| 1 | 6 | 4 | 0 | others |")
    assert lines[6] == "| pandera (pandas) |  |  |  |  |  |  |  |  | stopped after 120 s |"
    assert len({line.count("|") for line in lines}) == 1


def of_shapes() -> Shapes:
    """Made-up runs of shapes: one is kept, one is too slow, one too large, one grows too fast, one was stopped."""
    own = AUTO.key
    found = Results(MACHINE, {}, 3, 12)
    for label, wall, less, peak in (
        ("csv", 1.5, 0.5, 100),
        ("csv-name", 4.0, 0.5, 100),
        ("csv-repeats3", 1.5, 0.5, 500),
        ("csv-few-3", 1.5, 0.1, 100),
    ):
        found.runs += [runs(f"1M-{label}", SCAN.key, [0.5, 0.5]), runs(f"1M-{label}", own, [wall, wall], peak)]
        found.runs.append(runs(f"100K-{label}", own, [less, less]))
    found.runs += [Runs("1M-csv-1000", own, ended="stopped after 60 s"), runs("10M-csv", SCAN.key, [1.0, 2.0])]
    found.runs += [runs("10M-csv", own, [2.0, 4.0], 280), runs("10M-csv-dirty", own, [3.2, 6.4], 290)]
    found.runs += [runs("10M-csv-repeats30", own, [3.0, 6.0]), runs("50M-csv", own, [10.0, 20.0], 310)]
    rows = [
        Small("check, 25 rows", "czurban check", "imports", 0.2, 0.3, 1.5, 1.7),
        Small("completion", "czurban", "imports", 0.2, 0.6, 3.0, 1.7),
    ]
    return Shapes(found, rows)


def test_the_worst_shape_is_the_first_and_each_fault_is_told() -> None:
    found = of_shapes()
    told = {one.one.title: one for one in shapes.measured(found.results)}
    assert told["coded regions × 52 indicators"].kept
    faults = [sentence for one in told.values() for sentence in one.faults if one.seconds]
    assert faults == [
        "named regions × 52, 4.00 s, and the scan 0.50 s: more than 4 times the scan and 0.5 s",
        "1 000 regions × 3, values conflict, 15.0 times the time of a tenth of the rows is more than 12",
        "3 % of the rows twice, 500 MiB are not less than 400",
    ]
    lines = tables.of_shapes(found)
    assert lines[-4].startswith("| named regions × 52 | 4.00 | 0.500 | 8.00 | 160% | 100 | 8.0 | **not kept** |")
    assert any("coded regions × 1 000 |  |  |  |  |  |  | stopped after 60 s |" in line for line in lines)
    assert "1 000 regions × 3" in "".join(run.passed_limits(found))
    assert "completion: 3.00 is more than 1.70" in run.passed_limits(found)


def test_shapes_are_read_as_they_were_saved_and_stand_on_both_pages(tmp_path: Path) -> None:
    save_shapes(of_shapes(), tmp_path / "shapes.json")
    found = pages.Found(results(), load_shapes(tmp_path / "shapes.json"))
    assert found.shapes == of_shapes()
    assert "| completion | imports | 0.200 | 0.600 | 3.00 | 1.7 | **not kept** | `czurban` |" in pages.page(found, "")
    assert "| 命令补全 | 导入 | 0.200 | 0.600 | 3.00 | 1.7 | **未达到** | `czurban` |" in pages.chinese_page(found)


def test_aims_are_told_as_kept_not_kept_and_not_measured() -> None:
    aims = goals(of_shapes().results, results())
    by_aim = {one.aim: one for one in aims}
    assert [one.kept for one in by_aim.values()] == [True, True, True, False, None, True, None, True]
    assert by_aim["10 M rows of CSV, times the quickest tool for checking data"].measured == pytest.approx(2 / 21)
    told = tables.limits(aims)
    assert "| 10 M rows of CSV, memory | 280 MiB | 400 MiB | kept |" in told
    assert "| 100 M rows, memory |  | 1024 MiB | not measured |" in told
    assert sum("**not kept**" in line for line in told) == 1


def test_a_tool_that_was_stopped_is_not_the_quickest_and_the_quickest_counts() -> None:
    found = results()
    found.runs.append(runs("10M-csv", PANDAS.key, [1.0]))
    found.runs.pop(4)
    ahead = next(one for one in goals(None, found) if "quickest" in one.aim)
    assert (ahead.measured, ahead.kept) == (2.0, False)


def test_the_page_keeps_the_words_that_stand_in_it() -> None:
    page = pages.page(pages.Found(results()), "By hand.\n")
    assert "<!-- words -->\nBy hand.\n<!-- /words -->" in page
    assert "### 10,000,000 rows of CSV (640 MB)" in page
    assert "| Soda Core | soda-core 4.28.0, duckdb 2.0.0 |" in page
    assert all(f"- **{one.title}.** " in page for one in ALL if one.kind is not Kind.OWN)


def test_every_figure_of_the_nation_follows_from_the_runs() -> None:
    filled = scale.slots(results())
    assert filled["nation"] == "17 746 560"
    # 10 M took 2.2 s and 50 M 15 s (medians), so 7.75 M more rows take 0.194 of the 12.8 s between.
    assert filled["nation_wall"] == "4.68 s"
    assert scale.slots(replace(results(), runs=[]))["nation_wall"] == "–"
    assert "{" not in scale.page(results()).replace("{cores}", "")


def test_the_page_of_a_nation_has_the_newest_runs_of_each_kind() -> None:
    spark = Results(MACHINE, {}, 1, 900, {"1M-parquet-text": [1_000_000, 5], "10M-parquet-text": [10_000_000, 50]})
    for table, wall in (("1M-parquet-text", 1.0), ("10M-parquet-text", 2.0)):
        spark.runs += [runs(table, DUCKDB.key, [wall]), runs(table, f"{SPARK.key} local[2]", [wall * 12])]
    filled = scale.slots(scale.gathered(results(), of_shapes().results, spark))
    assert filled["duckdb_10M"] == "3.00 s"
    assert (filled["spark_rows"], filled["spark_wall"], filled["spark_factor"]) == ("10,000,000", "24.0 s", "12.0")
    assert "Spark local-cluster" not in "".join(tables.of_spark(spark))
    assert "| Spark local[2] | 10,000,000 | 24.0 | 12.0 | 48.0 | 12.0 | 100 |" in tables.of_spark(spark)
    page = pages.page(pages.Found(results(), None, spark), "")
    assert "## Spark Connect" in page
    assert "## Spark Connect" in pages.chinese_page(pages.Found(results(), None, spark))


def test_the_pages_in_docs_are_made_from_the_results_in_docs(capsys: pytest.CaptureFixture[str]) -> None:
    assert pages.main(["--check"]) == 0, capsys.readouterr().err


@pytest.mark.parametrize("label", ["10M-csv", "10M-csv-dirty"])
def test_a_chinese_table_has_the_figures_of_the_english_one(label: str) -> None:
    english, translated = (tables.measured(results(), label, language)[2:] for language in ("en", "zh"))
    cells = [[line.split("|")[2:10] for line in lines if line.startswith("| ")] for lines in (english, translated)]
    assert cells[0] == cells[1]
    assert any("DuckDB，只扫描" in line for line in translated) == (label == "10M-csv")
    assert not any(text in "\n".join(translated) for text in ("stopped", "the same", "others", "differ"))


def test_the_chinese_pages_have_the_figures_of_the_english_ones() -> None:
    english, translated = (scale.slots(results(), language) for language in ("en", "zh"))
    worded = {key for key in english if english[key] != translated[key]}
    assert worded == {"machine", "nation_manner", "records_told", *(key for key in english if key.endswith("_told"))}
    assert not re.search(r"\{\w+\}", scale.page(results(), "zh") + pages.chinese_page(pages.Found(results())))
    limits = tables.limits(goals(of_shapes().results, results()), "zh")
    assert "| 1000万行 CSV，内存 | 280 MiB | 400 MiB | 达到 |" in limits
    assert "| 1亿行，内存 |  | 1024 MiB | 未测量 |" in limits
    assert sum("**未达到**" in line for line in limits) == 1


def test_a_text_without_chinese_ends_the_run() -> None:
    assert chinese.word("stopped after 7 s", "zh") == "7秒后停止"
    assert chinese.word("a new aim", "en") == "a new aim"
    with pytest.raises(SystemExit, match="a new aim"):
        chinese.word("a new aim", "zh")
