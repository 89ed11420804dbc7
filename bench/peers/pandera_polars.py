"""pandera on Polars: one check an indicator, validated lazily so that all failures are gathered; decimals.

Not done: units, cells as people write them (pandera coerces a column whole or not at all), findings with their lines,
one region's indicator reported twice.
"""

from decimal import Decimal

import pandera.polars as pa
import polars as pl
from asked import Bound, answer, asked
from pandera.api.polars.types import PolarsData
from pandera.errors import SchemaErrors

question = asked()
EXACT = pl.Decimal(18, 4)


def check(bound: Bound) -> pa.Check:
    """The check of one indicator: another indicator's row, or a value within the bound."""
    end = Decimal(bound.low or bound.high or 0)
    value = pl.col("数值")
    inside = (pl.col("指标") != bound.indicator) | (value >= end if bound.low else value <= end)
    return pa.Check(lambda data: _checked(data, inside), name=bound.indicator)


def _checked(data: PolarsData, inside: pl.Expr) -> pl.LazyFrame:
    return data.lazyframe.select(inside)


schema = pa.DataFrameSchema({"数值": pa.Column(EXACT, [check(bound) for bound in question.bounds], nullable=True)})
texts = pl.read_csv(question.table, infer_schema=False) if question.is_csv else pl.read_parquet(question.table)
frame = texts.with_columns(pl.col("数值").cast(EXACT, strict=False))
missed = {}
try:
    schema.validate(frame, lazy=True)
except SchemaErrors as errors:
    missed = dict(errors.failure_cases.group_by("check").len().rows())
rows = dict(frame.group_by("指标").len().rows())
unread = dict(frame.group_by("指标").agg(pl.col("数值").is_null().sum()).rows())
answer(
    {name: (rows[name] - unread[name] - missed.get(name, 0), missed.get(name, 0)) for name in rows},
    sum(unread.values()),
)
