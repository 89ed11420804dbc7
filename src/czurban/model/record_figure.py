"""A figure made from records, with what it was made of and what was left out."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from czurban.model.message import Message
from czurban.model.metric import Metric
from czurban.model.period import Period
from czurban.model.unit import Unit


class LeftOut(NamedTuple):
    """Records that a metric could not use: how many, and of them how many lack a column's value, or have one unread.

    One record may lack several values, so that these counts may add up to more.
    """

    records: int = 0
    missing: Mapping[str, int] = {}
    unreadable: Mapping[str, int] = {}

    def in_order(self, names: Sequence[str]) -> "LeftOut":
        """The same with its columns in an order of names, whatever order the engine answered in."""
        missing = {name: self.missing[name] for name in names if name in self.missing}
        return LeftOut(
            self.records, missing, {name: self.unreadable[name] for name in names if name in self.unreadable}
        )

    def __add__(self, other: object) -> "LeftOut":
        """The two together."""
        if not isinstance(other, LeftOut):
            return NotImplemented
        return LeftOut(
            self.records + other.records,
            _together(self.missing, other.missing),
            _together(self.unreadable, other.unreadable),
        )


class RecordFigure(NamedTuple):
    """What a metric comes to for one region and period; both sides exact, as the records have them.

    `value` is None where there is none, and `reason` says why; `refused` where that is the
    metric's own policy. `region` is empty for all records together where
    nothing says which region they are. `records` is how many there are, those left out included. `lacking` are parts
    of the region that no record is of; `depth` is how far below the top of its hierarchy it stands.
    """

    metric: Metric
    region: str
    period: Period
    value: Fraction | None
    numerator: Fraction
    denominator: Fraction | None
    records: int
    left_out: LeftOut = LeftOut()
    reason: Message | None = None
    refused: bool = False
    lacking: tuple[str, ...] = ()
    depth: int = 0

    @property
    def unit(self) -> Unit:
        """The unit it is in: the plan's of an indicator of the plan, else the metric's."""
        return self.metric.indicator.unit if self.metric.indicator else self.metric.unit


def _together(one: Mapping[str, int], other: Mapping[str, int]) -> dict[str, int]:
    return {name: one.get(name, 0) + other.get(name, 0) for name in {**one, **other}}
