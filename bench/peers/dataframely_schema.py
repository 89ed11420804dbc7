"""dataframely: a schema with one rule an indicator, and `filter`, which counts what breaks each; exact decimals.

Not done: units, cells as people write them (a text that is no number breaks the column's type), findings with their
lines, one region's indicator reported twice.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import dataframely as dy
import polars as pl
from asked import Bound, answer, asked

question = asked()


def rule(bound: Bound) -> Callable[[Any], pl.Expr]:
    """The rule of one indicator: another indicator's row, or a value within the bound."""
    ends = [pl.col("数值") >= Decimal(bound.low)] if bound.low else []
    ends += [pl.col("数值") <= Decimal(bound.high)] if bound.high else []
    return lambda _: (pl.col("指标") != bound.indicator) | pl.all_horizontal(ends)


texts = {name: dy.String(nullable=True) for name in ("地区", "指标", "年份", "单位")}
rules = {f"rule {number}": dy.rule()(rule(bound)) for number, bound in enumerate(question.bounds)}
Table = type("Table", (dy.Schema,), {**texts, "数值": dy.Decimal(18, 4, nullable=True), **rules})

frame = pl.scan_csv(question.table, infer_schema=False) if question.is_csv else pl.scan_parquet(question.table)
result = Table.filter(frame, cast=True).collect_all(engine="streaming")
broken = result.failure.counts()
text = pl.col("数值").cast(pl.Decimal(18, 4), strict=False)
rows = frame.group_by("指标").agg(rows=pl.len(), unread=text.null_count()).collect(engine="streaming").rows()
missed = {bound.indicator: broken.get(f"rule {number}", 0) for number, bound in enumerate(question.bounds)}
answer({name: (many - unread - missed[name], missed[name]) for name, many, unread in rows}, broken.get("数值|dtype", 0))
