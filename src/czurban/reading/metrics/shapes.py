"""What metrics.yaml looks like: the records and their columns, then the metrics."""

from collections.abc import Mapping, Sequence

from czurban.model.metric import Grain, Means, Per, Policy
from czurban.reading.shapes import Latin, Shape, Text, Texts


class ColumnShape(Shape):
    """One entry of `columns:`."""

    kind: Means
    column: Text | None = None
    type: Text | None = None
    rounding: Text | None = None
    grain: Grain = Grain.YEAR
    values: Texts = ()


class RecordsShape(Shape):
    """`records:` – what the table holds."""

    title: Text
    whole: Text | None = None
    period: Text | None = None
    columns: Mapping[str, ColumnShape]


class MetricShape(Shape):
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


class MetricsShape(Shape):
    """metrics.yaml."""

    records: RecordsShape
    metrics: Sequence[MetricShape]
