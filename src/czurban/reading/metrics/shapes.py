"""Declare the keys of metrics.yaml."""

from collections.abc import Mapping, Sequence

from czurban.model.formulas.metric import Grain, Means, Per, Policy
from czurban.reading.yaml.shapes import Latin, MappingShape, Text, Texts


class ColumnShape(MappingShape):
    """One entry of `columns:`."""

    kind: Means
    column: Text | None = None
    type: Text | None = None
    rounding: Text | None = None
    grain: Grain = Grain.YEAR
    values: Texts = ()


class RecordsShape(MappingShape):
    """`records:` – the table of records and its columns."""

    title: Text
    whole: Text | None = None
    period: Text | None = None
    columns: Mapping[str, ColumnShape]


class MetricShape(MappingShape):
    """One entry of `metrics:`."""

    indicator: Text | None = None
    id: Latin | None = None
    name: Text | None = None
    unit: Text | None = None
    value: Text | None = None
    numerator: Text | None = None
    denominator: Text | None = None
    per: Per | None = None
    missing: Policy = Policy.REFUSE
    unreadable: Policy = Policy.REFUSE


class MetricsShape(MappingShape):
    """metrics.yaml."""

    records: RecordsShape
    metrics: Sequence[MetricShape]
