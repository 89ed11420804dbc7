"""DuckDB, by hand: the same bounds as one statement of SQL, exact decimals, a value that is no number counted apart.

Not done: units (a value in another unit is compared with the bound as it stands), cells as people write them,
findings with their lines, one region's indicator reported twice.
"""

import duckdb
from asked import COLUMNS, answer, asked

question = asked()
# DuckDB 2.0 else makes a TRY_CAST of a CSV's column a plain cast, which fails at the first text that is no number; and
# it takes a CSV for 42 rows, and so hashes the table and not the bounds.
duckdb.execute("SET disabled_optimizers = 'type_pushdown,build_side_probe_side'")
duckdb.execute("CREATE TABLE bounds (indicator VARCHAR, low DECIMAL(18, 4), high DECIMAL(18, 4))")
duckdb.executemany("INSERT INTO bounds VALUES (?, ?, ?)", question.bounds)
columns = ", ".join(f"'{name}': 'VARCHAR'" for name in COLUMNS)
reader = f"read_csv(?, delim=',', quote='\"', header=true, auto_detect=false, columns={{{columns}}})"
source = reader if question.is_csv else "read_parquet(?)"
duckdb.execute(
    f"""
    SELECT 指标, count(*) FILTER (ok), count(*) FILTER (NOT ok), count(*) FILTER (ok IS NULL) FROM (
        SELECT 指标, v >= coalesce(low, v) AND v <= coalesce(high, v) AS ok
        FROM (SELECT 指标, TRY_CAST(数值 AS DECIMAL(18, 4)) AS v FROM {source}) LEFT JOIN bounds ON 指标 = indicator
    ) GROUP BY 指标""",
    [str(question.table)],
)
rows = duckdb.fetchall()
answer({name: (met, missed) for name, met, missed, _ in rows}, sum(unread for *_, unread in rows))
