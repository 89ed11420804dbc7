"""DuckDB, the bare scan: counts the rows and adds up the values, judges nothing; the others are compared with it."""

import gzip
from pathlib import Path

import duckdb
from asked import answer, asked

VALUES = ("数值", "value", "2019年")


def columns_of(table: Path) -> list[str]:
    """The columns of a CSV, plain or packed."""
    with gzip.open(table, "rt", encoding="utf-8") if table.suffix == ".gz" else table.open(encoding="utf-8") as stream:
        return stream.readline().rstrip("\n").split(",")


question = asked()
if question.table.suffix == ".parquet":
    source, value = "read_parquet(?)", VALUES[0]
else:
    names = columns_of(question.table)
    value = next(name for name in VALUES if name in names)
    columns = ", ".join(f"'{name}': '{'DECIMAL(18, 4)' if name == value else 'VARCHAR'}'" for name in names)
    options = f"delim=',', quote='\"', header=true, auto_detect=false, columns={{{columns}}}, ignore_errors=true"
    source = f"read_csv(?, {options})"
duckdb.execute(f'SELECT count(*), sum(TRY_CAST("{value}" AS DECIMAL(18, 4))) FROM {source}', [str(question.table)])
count, _total = duckdb.fetchall()[0]
answer({"": (int(count), 0)})
