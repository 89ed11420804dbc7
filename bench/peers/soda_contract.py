"""Soda Core on DuckDB: a contract with one `invalid` check an indicator, filtered to its rows; exact decimals.

Not done: units, cells as people write them, findings with their lines, one region's indicator reported twice.
"""

import json
import logging
import tempfile
from pathlib import Path

import duckdb
from asked import COLUMNS, answer, asked
from soda_core.contracts import verify_contract_locally
from soda_duckdb import DuckDBDataSource

question = asked()
logging.disable(logging.ERROR)
columns = dict.fromkeys(COLUMNS, "VARCHAR")
reader = f"read_csv('{question.table}', delim=',', quote='\"', header=true, auto_detect=false, columns={columns})"
source = reader if question.is_csv else f"read_parquet('{question.table}')"
database = duckdb.connect()
# DuckDB 2.0 else makes a TRY_CAST of a CSV's column a plain cast, which fails at the first text that is no number.
database.execute("SET disabled_optimizers = 'type_pushdown'")
database.execute(f"CREATE VIEW figures AS SELECT * REPLACE (TRY_CAST(数值 AS DECIMAL(18, 4)) AS 数值) FROM {source}")
checks = [
    {
        "invalid": {
            "qualifier": str(number),
            "filter": f"\"指标\" = '{bound.indicator}'",
            **({"valid_min": float(bound.low)} if bound.low else {"valid_max": float(bound.high or 0)}),
        }
    }
    for number, bound in enumerate(question.bounds)
]
contract = {"dataset": "figures/main/figures", "columns": [{"name": "数值", "checks": checks}]}
with tempfile.TemporaryDirectory() as folder:
    path = Path(folder) / "contract.yml"
    path.write_text(json.dumps(contract, ensure_ascii=False), encoding="utf-8")  # JSON is YAML
    session = verify_contract_locally(
        data_sources=[DuckDBDataSource.from_existing_cursor(database, name="figures")],
        contract_file_path=str(path),
    )
counts, unread = {}, 0
for result in session.contract_verification_results[0].check_results:
    values = result.diagnostic_metric_values
    missed, missing = int(values["invalid_count"]), int(values["missing_count"])
    name = question.bounds[int(result.check.qualifier)].indicator
    counts[name] = (int(values["check_rows_tested"]) - missed - missing, missed)
    unread += missing
answer(counts, unread)
