"""The engine's protocol on Spark: small tables, kept answers, numbered rows, what is written, what is told."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from czurban.computing.engines.duckdb_engine import DuckdbEngine
from czurban.computing.engines.engine import TableSource
from czurban.computing.engines.spark.engine import SparkEngine
from czurban.errors import BrokenTableError, EngineError, OutputError, UsageError

TYPES = {"k": "VARCHAR", "n": "BIGINT", "d": "DECIMAL(28,8)", "b": "BOOLEAN"}
ROWS = [
    ("a", 1, Decimal("0.29"), True),
    ("b'\\\"\n", "-2", "99999999999999999999.99999999", "false"),
    (None, "", "", None),
]
READ = [
    ("a", 1, Decimal("0.29000000"), True),
    ("b'\\\"\n", -2, Decimal("99999999999999999999.99999999"), False),
    (None, None, None, None),
]


def test_a_small_table_comes_back_exactly(spark: SparkEngine) -> None:
    spark.table("small", TYPES, iter(ROWS))
    assert sorted(spark.rows("SELECT * FROM small"), key=str) == sorted(READ, key=str)
    spark.table("small", TYPES, [])
    assert spark.rows("SELECT COUNT(*), SUM(n) FROM small") == [(0, None)]


def test_statements_mean_what_they_mean_elsewhere(spark: SparkEngine) -> None:
    texts = ["5", "5\n", " 5 ", "\u00a05", "0.285", "1e3", "+.5", "１", "1_000", "-0"]
    spark.table("texts", {"x": "VARCHAR"}, [(text,) for text in texts])
    plain = "REGEXP_MATCHES(x, '^ *[+-]?[0-9]{1,20}(\\.[0-9]{1,8})? *\\z')"
    number = f"CASE WHEN {plain} THEN CAST(x AS DECIMAL(28,8)) END"
    found = spark.rows(f"SELECT x, {number} AS v FROM texts")
    assert {x: v for x, v in found if v is not None} == {
        "5": Decimal(5), " 5 ": Decimal(5), "0.285": Decimal("0.285"), "-0": Decimal(0),
    }  # fmt: skip
    assert spark.rows("SELECT TRIM(BOTH ' ' FROM x) FROM texts WHERE x = CHR(160) || '5'") == [("\u00a05",)]
    assert spark.rows(
        "SELECT BIT_OR(n), BIT_COUNT(CAST(7 AS BIGINT)), SUM((n >> 1) & 3) FROM (SELECT 1 AS n UNION ALL SELECT 6)"
    ) == [(7, 3, 3)]


def test_a_sum_that_does_not_fit_is_an_error_and_no_number(spark: SparkEngine) -> None:
    spark.table("large", {"n": "BIGINT"}, [(2**63 - 1,), (1,)])
    with pytest.raises(EngineError, match="overflow"):
        spark.rows("SELECT SUM(n) FROM large")


def test_a_kept_answer_outlives_what_it_was_made_of(spark: SparkEngine) -> None:
    spark.table("first", {"n": "BIGINT"}, [(1,), (2,)])
    spark.keep("kept", "SELECT n + 1 AS n FROM first")
    assert spark.rows("SELECT SUM(n) FROM kept") == [(5,)]
    spark.table("first", {"n": "BIGINT", "m": "BIGINT"}, [(1, 5), (2, 6)])
    spark.keep("kept", "SELECT m - 3 AS n FROM first")
    assert spark.rows("SELECT SUM(n) FROM kept") == [(5,)]
    spark.table("first", {"other": "VARCHAR"}, [("x",)])
    spark.keep("kept", "SELECT other FROM first")
    assert spark.rows("SELECT other FROM kept") == [("x",)]


def test_batches_are_of_the_size_asked_for(spark: SparkEngine) -> None:
    spark.table("many", {"n": "BIGINT"}, [(n,) for n in range(10)])
    found = list(spark.batches("SELECT n FROM many ORDER BY n", 4))
    assert [len(batch) for batch in found] == [4, 4, 2]
    assert [n for batch in found for (n,) in batch] == list(range(10))


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_what_is_written_is_read_back(spark: SparkEngine, tmp_path: Path, ending: str) -> None:
    spark.table("small", TYPES, ROWS[:2])
    path = tmp_path / f"中 {ending}.{ending}"
    spark.write("SELECT k, n, d FROM small ORDER BY n DESC", str(path))
    assert [one.name for one in tmp_path.iterdir()] == [path.name]
    if ending == "csv":
        with path.open(newline="") as stream:
            assert list(csv.reader(stream))[1:] == [[str(cell) for cell in row[:3]] for row in READ[:2]]
        return
    source = TableSource((str(path),), "parquet")
    assert spark.exact(source) == ("n", "d")
    assert spark.view("written", source._replace(exact=("d",))) == ("k", "n", "d")
    found = spark.rows(f"SELECT * FROM {spark.numbered('written')} ORDER BY czurban_row_number")
    assert found == [("a", "1", READ[0][2], 1), (READ[1][0], "-2", READ[1][2], 2)]


CSV = 'x,y\n"a\n1","é ""q"""\n,0.10\n\ufeff中,\u00a05\n'


def test_csv_of_this_machine_has_the_cells_and_numbers_that_duckdb_reads(spark: SparkEngine, tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("z [1].csv", "a.csv")]
    for path in paths:
        path.write_text(CSV, encoding="utf-8")
    source = TableSource(tuple(map(str, paths)), "csv", ("x", "y"), wrapped=True)
    assert spark.exact(source) == ()
    assert spark.view("texts", source) == ("x", "y")
    asked = "SELECT * FROM {} ORDER BY czurban_row_number"
    with DuckdbEngine() as engine:
        engine.view("texts", source)
        expected = engine.rows(asked.format(engine.numbered("texts")))
    assert [row[-1] for row in expected] == [1, 2, 3, 4, 5, 6]
    assert spark.rows(asked.format(spark.numbered("texts"))) == expected
    assert spark.rows("SELECT COUNT(*) FROM texts WHERE x = ''") == [(2,)]
    assert spark.stored("as_stored", source) == {"x": "VARCHAR", "y": "VARCHAR"}
    assert spark.rows("SELECT y FROM as_stored WHERE x = ''") == [("0.10",), ("0.10",)]


def test_line_numbers_of_a_column_are_kept(spark: SparkEngine, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('l,x\n7,"a\n9,b"\n')
    spark.view("lined", TableSource((str(tmp_path / "a.csv"),), "csv", ("l", "x"), line="l", quoted=False))
    asked = f"SELECT x, czurban_row_number FROM {spark.numbered('lined')} ORDER BY czurban_row_number"
    assert spark.rows(asked) == [('"a', 7), ('b"', 9)]


def test_a_broken_row_of_csv_is_reported(spark: SparkEngine, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("x,y\n1,2\n1,2,3\n")
    with pytest.raises(BrokenTableError):
        spark.view("broken", TableSource((str(tmp_path / "a.csv"),), "csv", ("x", "y")))


def test_a_table_of_the_clusters_has_no_order(spark: SparkEngine) -> None:
    spark.table("catalogued", {"n": "BIGINT"}, [(3,)])
    assert spark.view("mine", TableSource(("catalogued",), "table")) == ("n",)
    assert spark.rows("SELECT n FROM mine") == [("3",)]
    assert spark.numbered("mine") is None
    assert spark.exact(TableSource(("catalogued",), "table")) == ("n",)


@pytest.mark.parametrize(
    ("source", "told"),
    [
        (TableSource(("/not/here.parquet",), "parquet"), "Path does not exist"),
        (TableSource(("not_here",), "table"), "cannot be found"),
        (TableSource(("s3a://nowhere/x.parquet",), "parquet"), "S3AFileSystem"),
    ],
)
def test_what_cannot_be_read_is_told(spark: SparkEngine, source: TableSource, told: str) -> None:
    with pytest.raises(EngineError, match=told) as caught:
        spark.view("t", source)
    assert caught.value.hint
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("path", ["s3a://nowhere/x.csv", "file:///x.csv.gz"])
def test_csv_on_a_cluster_is_refused(spark: SparkEngine, path: str) -> None:
    with pytest.raises(UsageError, match="CSV on a cluster") as caught:
        spark.view("t", TableSource((path,), "csv"))
    assert "Convert it to Parquet" in str(caught.value.hint)


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_a_cluster_writes_a_folder_and_never_over_one_that_exists(
    spark: SparkEngine, tmp_path: Path, ending: str
) -> None:
    path = f"file://{tmp_path}/missed.{ending}"
    spark.write("SELECT 'a\"b' AS x, 2 AS n", path)
    folder = tmp_path / f"missed.{ending}"
    assert (folder / "_SUCCESS").exists()
    if ending == "csv":
        (part,) = folder.glob("*.csv")
        assert part.read_text() == 'x,n\n"a""b",2\n'
    else:
        assert spark.view("parts", TableSource((path,), "parquet")) == ("x", "n")
        assert spark.rows("SELECT x, n FROM parts") == [('a"b', "2")]
    with pytest.raises(EngineError, match="already exists") as caught:
        spark.write("SELECT 1 AS n", path)
    assert "not there yet" in str(caught.value.hint)


def test_what_cannot_be_written_is_told(spark: SparkEngine, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        spark.write("SELECT 1 AS n", str(tmp_path / "no" / "f.csv"))
