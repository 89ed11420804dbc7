"""Cells of Parquet are the same texts on Spark as on DuckDB, whatever their type."""

from pathlib import Path

import duckdb
import pytest

from czurban.computing.engines.duckdb_engine import DuckdbEngine
from czurban.computing.engines.engine import TableSource
from czurban.computing.engines.spark.engine import SparkEngine

FRACTIONS = (
    *("0.29", "-0.0", "0.1", "100", "0.30000000000000004", "9999999.5", "1e7", "12345678.9", "-98765432.123", "1e15"),
    *("123456789012345.6", "1e16", "1.5e20", "1e-3", "1.25e-4", "1e-5", "-3.5e-7", "1e100", "nan", "inf", "-inf"),
)
COLUMNS = {
    "BIGINT": ("1", "-9223372036854775808"),
    "INTEGER": ("7",),
    "DECIMAL(28,8)": ("96.4", "-0.00000001"),
    "DECIMAL(38,10)": ("1.5",),
    "DOUBLE": FRACTIONS,
    "FLOAT": ("0.29", "1e10", "16777216", "1e-5", "0.1"),
    "BOOLEAN": ("true", "false"),
    "DATE": ("2019-12-31",),
    "TIMESTAMP": ("2019-12-31 00:00:00", "2019-01-01 12:30:00.5"),
    "VARCHAR": ("", " x ", "1e3", "多 行\n文本", "\u00a05"),
}


@pytest.fixture(scope="module")
def cells(tmp_path_factory: pytest.TempPathFactory) -> TableSource:
    """A file with every type, each column as long as the longest, filled up with nothing."""
    path = tmp_path_factory.mktemp("cells") / "all types.parquet"
    rows = []
    for at in range(max(map(len, COLUMNS.values()))):
        texts = [values[at] if at < len(values) else None for values in COLUMNS.values()]
        quoted = ["NULL" if one is None else "'" + one.replace("'", "''") + "'" for one in texts]
        rows.append("(" + ", ".join(f"CAST({one} AS {kind})" for one, kind in zip(quoted, COLUMNS, strict=True)) + ")")
    names = ", ".join([*(f"c{at}" for at in range(len(COLUMNS) - 1)), "row_no"])
    with duckdb.connect() as connection:
        values = f"(VALUES {', '.join(rows)}) AS t({names})"
        connection.execute(f"COPY (SELECT * FROM {values}) TO '{path}' (FORMAT parquet)")
    return TableSource((str(path),), "parquet")


@pytest.mark.parametrize("exact", [(), ("c0", "c2")])
def test_every_cell_reads_the_same(spark: SparkEngine, cells: TableSource, exact: tuple[str, ...]) -> None:
    source = cells._replace(exact=exact)
    with DuckdbEngine() as engine:
        assert spark.exact(source) == engine.exact(source) == ("c0", "c1", "c2")
        assert spark.view("all", source) == engine.view("all", source)
        asked = "SELECT * FROM {} ORDER BY czurban_row_number"
        expected = engine.rows(asked.format(engine.numbered("all")))
    assert spark.rows(asked.format(spark.numbered("all"))) == expected


def test_files_of_one_table_may_have_other_columns(spark: SparkEngine, tmp_path: Path) -> None:
    paths = [tmp_path / "b.parquet", tmp_path / "a.parquet"]
    with duckdb.connect() as connection:
        connection.execute(f"COPY (SELECT 1 AS x, 'p' AS y) TO '{paths[0]}'")
        connection.execute(f"COPY (SELECT 'q' AS y, 'r' AS z UNION ALL SELECT 's', 't') TO '{paths[1]}'")
    source = TableSource(tuple(map(str, paths)), "parquet")
    asked = "SELECT x, y, z, czurban_row_number FROM {} ORDER BY czurban_row_number"
    with DuckdbEngine() as engine:
        columns = engine.view("both", source)
        expected = engine.rows(asked.format(engine.numbered("both")))
    assert set(spark.view("both", source)) == set(columns)
    assert spark.rows(asked.format(spark.numbered("both"))) == expected
