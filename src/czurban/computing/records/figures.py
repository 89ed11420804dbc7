"""Sums to figures: the one division, and what stands in its way."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from czurban.computing.records.areas import Area
from czurban.computing.records.gather import Gathered, Key, Sums, added
from czurban.model.message import Message, say
from czurban.model.metric import Metric, Per, Policy
from czurban.model.period import Period
from czurban.model.record_figure import LeftOut, RecordFigure

_HUNDRED = 100


class Homeless(NamedTuple):
    """How many records could not be put anywhere: those of no region asked for, of no period, broken ones."""

    region: int = 0
    period: int = 0
    broken: int = 0


def figures(
    gathered: Gathered, metrics: Sequence[Metric], areas: Iterable[Area], periods: Sequence[Period], broken: int = 0
) -> Iterator[RecordFigure]:
    """Make the figures, area by area, period by period.

    Args:
        gathered: the sums.
        metrics: the metrics the sums are of, in their order.
        areas: the regions asked for.
        periods: the periods asked for.
        broken: how many records nobody could read, which may be of any region and period.
    """
    shown = [*areas]
    held = frozenset().union(*(area.members for area in shown)) if shown else frozenset()
    of_period = {period: _homeless(gathered, period, held)._replace(broken=broken) for period in periods}
    for area in shown:
        for period in periods:
            own = (Key(region, period) for region in area.members)
            sums = added(gathered.groups[at] for at in own if at in gathered.groups)
            if sums is not None:
                for n, metric in enumerate(metrics):
                    yield _figure(metric, n, sums, Spot(area, period, of_period[period]))


class Spot(NamedTuple):
    """Where and when a figure is for, and the records that might be its own."""

    area: Area
    period: Period
    homeless: Homeless


def _homeless(gathered: Gathered, period: Period, held: frozenset[str]) -> Homeless:
    region = sum(one.records for at, one in gathered.groups.items() if at.period == period and at.region not in held)
    return Homeless(region, sum(gathered.odd_periods.values()))


def _figure(metric: Metric, n: int, sums: Sums, spot: Spot) -> RecordFigure:
    sides, left_out = sums.sides[n], sums.left_out[n].in_order(metric.fields)
    numerator, denominator = sides[0], sides[1] if len(sides) > 1 else None
    refused = _refused(metric, left_out, spot)
    reason = refused or (_undivided(denominator) if denominator is not None else _unknown(left_out, sums.records))
    return RecordFigure(
        metric=metric,
        region=spot.area.name,
        period=spot.period,
        value=None if reason else _value(metric, numerator, denominator),
        numerator=numerator,
        denominator=denominator,
        records=sums.records,
        left_out=left_out,
        reason=reason,
        refused=refused is not None,
        lacking=spot.area.lacking,
        depth=spot.area.depth,
    )


def _value(metric: Metric, numerator: Fraction, denominator: Fraction | None) -> Fraction:
    """The figure in the indicator's unit, or in the metric's own."""
    value = numerator if denominator is None else numerator / denominator
    value = value * _HUNDRED if metric.per is Per.PERCENT else value
    own = metric.indicator.unit.factor if metric.indicator else metric.unit.factor
    return value * metric.unit.factor / own


def _unknown(left_out: LeftOut, records: int) -> Message | None:
    """Nothing is known where every record is left out: a sum of nothing would be 0."""
    return say("all of its records are left out") if left_out.records == records else None


def _undivided(denominator: Fraction) -> Message | None:
    if denominator > 0:
        return None
    return say("its denominator is 0") if denominator == 0 else say("its denominator is below 0")


def _refused(metric: Metric, left_out: LeftOut, spot: Spot) -> Message | None:
    """Why the declared policies forbid a figure; None where they do not."""
    if metric.unreadable is Policy.REFUSE and left_out.unreadable:
        return say("{columns} cannot be read", columns=_named(left_out.unreadable.items()))
    if metric.missing is Policy.EXCLUDE:
        return None
    if left_out.missing:
        return say("{columns} is missing", columns=_named(left_out.missing.items()))
    if count := sum(spot.homeless):
        return say("{count} records may be of any region or period", count=f"{count:,}")
    if spot.area.lacking:
        return say("no record is of {regions}", regions="、".join(spot.area.lacking))
    return None


def _named(counts: Iterable[tuple[str, int]]) -> str:
    return "、".join(f"{name} ×{count:,}" for name, count in counts)
