"""pandera on pandas: one check an indicator, validated lazily so that all failures are gathered; floats.

Not done: exact decimals (pandas' own numbers are binary), units, cells as people write them, findings with their lines,
one region's indicator reported twice.
"""

import pandas as pd
import pandera.pandas as pa
from asked import Bound, answer, asked
from pandera.errors import SchemaErrors

question = asked()


def check(bound: Bound) -> pa.Check:
    """The check of one indicator: another indicator's row, no number, or a value within the bound."""
    low, high = float(bound.low or "-inf"), float(bound.high or "inf")
    return pa.Check(
        lambda table: (table["指标"] != bound.indicator) | table["数值"].isna() | table["数值"].between(low, high),
        name=bound.indicator,
    )


needed = ["指标", "数值"]
if question.is_csv:
    frame = pd.read_csv(question.table, usecols=needed, dtype=str, keep_default_na=False)
else:
    frame = pd.read_parquet(question.table, columns=needed)
frame["数值"] = pd.to_numeric(frame["数值"].astype(str), errors="coerce")
schema = pa.DataFrameSchema(
    {"指标": pa.Column(str), "数值": pa.Column(float, nullable=True)},
    checks=[check(bound) for bound in question.bounds],
)
missed = {}
try:
    schema.validate(frame, lazy=True)
except SchemaErrors as errors:
    missed = {str(error.check.name): int((~error.check_output).sum()) for error in errors.schema_errors}
rows = frame.groupby("指标")["数值"].agg(["size", "count"])
answer(
    {name: (int(row["count"]) - missed.get(name, 0), missed.get(name, 0)) for name, row in rows.iterrows()},
    int((rows["size"] - rows["count"]).sum()),
)
