"""pointblank on Polars: one step an indicator, `col_vals_ge` or `col_vals_le` on its segment of the table; floats.

Not done: exact decimals (it compares neither with a decimal bound nor in a decimal column), units, cells as people
write them, findings with their lines, one region's indicator reported twice.
"""

import pointblank as pb
import polars as pl
from asked import answer, asked

question = asked()
texts = pl.read_csv(question.table, infer_schema=False) if question.is_csv else pl.read_parquet(question.table)
frame = texts.with_columns(pl.col("数值").cast(pl.Float64, strict=False))
plan = pb.Validate(frame)
for bound in question.bounds:
    step = plan.col_vals_ge if bound.low else plan.col_vals_le
    plan = step("数值", float(bound.low or bound.high or 0), na_pass=True, segments=("指标", bound.indicator))
plan = plan.interrogate(collect_extracts=False)
passed, failed = plan.n_passed(), plan.n_failed()
unread = dict(frame.group_by("指标").agg(pl.col("数值").null_count()).rows())
counts = {
    bound.indicator: ((passed[step] or 0) - unread.get(bound.indicator, 0), failed[step] or 0)
    for step, bound in enumerate(question.bounds, start=1)
}
answer(counts, sum(unread.values()))
