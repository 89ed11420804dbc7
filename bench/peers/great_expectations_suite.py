"""Great Expectations on pandas: one `ExpectColumnValuesToBeBetween` an indicator, under a row condition; floats.

Not done: exact decimals (pandas' own numbers are binary), units, cells as people write them, findings with their lines,
one region's indicator reported twice.
"""

import great_expectations as gx
import pandas as pd
from asked import answer, asked
from great_expectations.expectations.row_conditions import Column

question = asked()
needed = ["指标", "数值"]
if question.is_csv:
    frame = pd.read_csv(question.table, usecols=needed, dtype=str, keep_default_na=False)
else:
    frame = pd.read_parquet(question.table, columns=needed)
frame["数值"] = pd.to_numeric(frame["数值"].astype(str), errors="coerce")
context = gx.get_context(mode="ephemeral")
whole = (
    context.data_sources.add_pandas("pandas").add_dataframe_asset("figures").add_batch_definition_whole_dataframe("all")
)
suite = gx.ExpectationSuite(
    name="bounds",
    expectations=[
        gx.expectations.ExpectColumnValuesToBeBetween(
            column="数值",
            min_value=float(bound.low) if bound.low else None,
            max_value=float(bound.high) if bound.high else None,
            row_condition=Column("指标") == bound.indicator,
            meta={"indicator": bound.indicator},
        )
        for bound in question.bounds
    ],
)
result = whole.get_batch(batch_parameters={"dataframe": frame}).validate(suite, result_format="BASIC")
counts, unread = {}, 0
for one in result.results:
    missing, missed = one.result["missing_count"], one.result["unexpected_count"]
    counts[one.expectation_config.meta["indicator"]] = (one.result["element_count"] - missing - missed, missed)
    unread += missing
answer(counts, unread)
