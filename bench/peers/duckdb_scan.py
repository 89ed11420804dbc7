"""DuckDB, the bare scan: counts the rows and adds up the values, judges nothing; the others are compared with it."""

import duckdb
from asked import COLUMNS, answer, asked

question = asked()
columns = ", ".join(f"'{name}': '{'DECIMAL(18, 4)' if name == '数值' else 'VARCHAR'}'" for name in COLUMNS)
reader = f"read_csv(?, delim=',', quote='\"', header=true, auto_detect=false, columns={{{columns}}}"
source = f"{reader}, ignore_errors=true)" if question.is_csv else "read_parquet(?)"
duckdb.execute(f"SELECT count(*), sum(TRY_CAST(数值 AS DECIMAL(18, 4))) FROM {source}", [str(question.table)])
count, _total = duckdb.fetchall()[0]
answer({"": (int(count), 0)})
