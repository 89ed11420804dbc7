"""Define the figures of metrics, and counts of the records that they leave out."""

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from czurban.model.finding import Message
from czurban.model.formulas.metric import Metric
from czurban.model.period import Period
from czurban.model.unit import Unit


class UnusedRecords(NamedTuple):
    """The records that a metric could not use, with counts of missing and unreadable values by column.

    A record may lack several values, so these counts may add up to more than `records`.
    """

    records: int = 0
    missing: Mapping[str, int] = {}
    unreadable: Mapping[str, int] = {}

    def in_order(self, names: Sequence[str]) -> "UnusedRecords":
        """Return the same counts with the columns in a given order."""
        missing, unreadable = (
            {name: counts[name] for name in names if name in counts} for counts in (self.missing, self.unreadable)
        )
        return UnusedRecords(self.records, missing, unreadable)

    def __add__(self, other: object) -> "UnusedRecords":
        """Add two counts."""
        if not isinstance(other, UnusedRecords):
            return NotImplemented
        missing, unreadable = Counter(self.missing), Counter(self.unreadable)
        missing.update(other.missing)
        unreadable.update(other.unreadable)
        return UnusedRecords(self.records + other.records, dict(missing), dict(unreadable))


class RecordFigure(NamedTuple):
    """The figure of a metric for one region and period, with its exact numerator and denominator.

    `value` is None if there is none, for the `reason` given; `refused` if that is the metric's policy. `region` is
    empty for all records together where their region is not known. `records` counts all records, those left out
    included. `lacking` are parts of the region without any record, and `depth` is the region's level below the top.
    """

    metric: Metric
    region: str
    period: Period
    value: Fraction | None
    numerator: Fraction
    denominator: Fraction | None
    records: int
    left_out: UnusedRecords = UnusedRecords()
    reason: Message | None = None
    refused: bool = False
    lacking: tuple[str, ...] = ()
    depth: int = 0

    @property
    def unit(self) -> Unit:
        """The unit of the figure: that of the plan's indicator, otherwise that of the metric."""
        return self.metric.indicator.unit if self.metric.indicator else self.metric.unit
