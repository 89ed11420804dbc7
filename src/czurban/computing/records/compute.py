"""Compute metrics over a table of records, by region and period, and report what was left out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import reduce
from operator import add
from typing import NamedTuple

from czurban.computing.engines.engine import Engine, TableSource
from czurban.computing.records.areas import Area, areas_by_beginning, areas_by_region, misplaced, whole_area
from czurban.computing.records.column_values import ColumnValues, ReadNumber, column_values
from czurban.computing.records.columns import ReadColumn, take
from czurban.computing.records.distinct import count_distinct, count_repeats
from czurban.computing.records.findings import (
    figure_findings,
    group_findings,
    repeat_findings,
    too_wide,
    value_findings,
)
from czurban.computing.records.groups import GroupedRecords, Key, Sums, gather
from czurban.computing.records.statement import RecordQuery, statement
from czurban.model.finding import Finding, Findings, Message, Place, names_of, say
from czurban.model.formulas.metric import Means, Metric, Metrics, Per, Policy, Records
from czurban.model.formulas.record_figure import RecordFigure, UnusedRecords
from czurban.model.formulas.record_terms import texts_in
from czurban.model.period import Period
from czurban.model.region import Regions

_HUNDRED = 100


def figures(
    gathered: GroupedRecords,
    query: RecordQuery,
    wanted: tuple[Sequence[Area], Sequence[Period]],
    distinct: Mapping[tuple[int, int], Sequence[int]],
    broken: int = 0,
) -> Iterator[RecordFigure]:
    """Compute the figures of the wanted regions and periods, area by area and period by period.

    `distinct` are the counts of different values (`count_distinct`), and `broken` is how many records could not be
    read, which may be of any region and period.
    """
    areas, periods = wanted
    inside = frozenset().union(*(area.members for area in areas)) if areas else frozenset()
    odd = sum(gathered.odd_periods.values())
    for number, area in enumerate(areas):
        for at, period in enumerate(periods):
            keys = (Key(region, period) for region in area.members)
            groups = [gathered.groups[key] for key in keys if key in gathered.groups]
            if groups:
                unassigned = _elsewhere(gathered, period, inside) + odd + broken
                counts = dict(zip(query.distinct, distinct.get((number, at), ()), strict=False))
                sums = reduce(add, groups).with_counts(counts)
                for n, metric in enumerate(query.metrics):
                    yield _figure(metric, n, sums, GroupKey(area, period, unassigned))


class GroupKey(NamedTuple):
    """The region and period of a figure, and how many records may belong to it.

    These are of no requested region, without a period, or broken.
    """

    area: Area
    period: Period
    unassigned: int


def _elsewhere(gathered: GroupedRecords, period: Period, inside: frozenset[str]) -> int:
    groups = gathered.groups.items()
    return sum(sums.records for key, sums in groups if key.period == period and key.region not in inside)


def _figure(metric: Metric, n: int, sums: Sums, key: GroupKey) -> RecordFigure:
    sides, left_out = sums.sides[n], sums.left_out[n].in_order(metric.fields)
    numerator, denominator = sides[0], sides[1] if len(sides) > 1 else None
    refused = _refused(metric, left_out, key)
    reason = refused or (_undivided(denominator) if denominator is not None else _unknown(left_out, sums.records))
    return RecordFigure(
        metric=metric,
        region=key.area.name,
        period=key.period,
        value=None if reason else _value(metric, numerator, denominator),
        numerator=numerator,
        denominator=denominator,
        records=sums.records,
        left_out=left_out,
        reason=reason,
        refused=refused is not None,
        lacking=key.area.lacking,
        depth=key.area.depth,
    )


def _value(metric: Metric, numerator: Fraction, denominator: Fraction | None) -> Fraction:
    """Return numerator ÷ denominator, × 100 for per cent, in the indicator's unit or else the metric's (R12)."""
    value = numerator if denominator is None else numerator / denominator
    value = value * _HUNDRED if metric.per is Per.PERCENT else value
    wanted = metric.indicator.unit if metric.indicator else metric.unit
    return value * metric.unit.factor / wanted.factor


def _unknown(left_out: UnusedRecords, records: int) -> Message | None:
    """Return the reason if every record is left out, since the sum would be 0 then."""
    return say("all of its records are left out") if left_out.records == records else None


def _undivided(denominator: Fraction) -> Message | None:
    if denominator > 0:
        return None
    return say("its denominator is 0") if denominator == 0 else say("its denominator is below 0")


def _refused(metric: Metric, left_out: UnusedRecords, key: GroupKey) -> Message | None:
    """Return why the policies of a metric refuse a figure; None where they do not."""
    if metric.unreadable is Policy.REFUSE and left_out.unreadable:
        return say("{columns} cannot be read", columns=_named(left_out.unreadable.items()))
    if metric.missing is Policy.EXCLUDE:
        return None
    if left_out.missing:
        return say("{columns} is missing", columns=_named(left_out.missing.items()))
    if key.unassigned:
        return say("{count} records may be of any region or period", count=f"{key.unassigned:,}")
    if key.area.lacking:
        return say("there is no record for {regions}", regions=names_of(key.area.lacking))
    return None


def _named(counts: Iterable[tuple[str, int]]) -> str:
    return "、".join(f"{name} ×{count:,}" for name, count in counts)


class Request(NamedTuple):
    """What to compute: all records together, each region, or regions by the first characters of a code (`beginning`).

    None as `period` means every period; `regions` is the hierarchy, empty where there is none.
    """

    by_region: bool = False
    beginning: int | None = None
    period: Period | None = None
    regions: Regions = Regions()

    @property
    def is_divided(self) -> bool:
        """Whether there is a figure for each of several regions."""
        return self.by_region or self.beginning is not None


class Computed(NamedTuple):
    """The figures in order, the findings on the records, and the number of records."""

    figures: tuple[RecordFigure, ...]
    findings: Findings
    records: int


class RecordTable(NamedTuple):
    """The records: their source, their name in findings, and the number of broken records, which are not among them."""

    source: TableSource
    name: str
    broken: int = 0


def compute(
    engine: Engine, table: RecordTable, metrics: Metrics, request: Request, read_number: ReadNumber
) -> Computed:
    """Compute every metric for which all columns are present and readable.

    Raises:
        EngineError: the engine cannot answer.
    """
    place, records = Place(table.name), metrics.records
    findings: list[Finding] = []
    columns = _columns(metrics, engine.stored("records", table.source), place, findings)
    if columns is None:
        return Computed((), tuple(findings), 0)
    digits = {name: column.digits for name, column in columns.items()}
    present = [metric for metric in metrics.metrics if all(name in columns for name in metric.fields)]
    wide = {metric.id: fault for metric in present if (fault := too_wide(metric, digits))}
    findings += wide.values()
    usable = [metric for metric in present if metric.id not in wide]
    values = _column_values(engine, usable, columns, read_number)
    query = statement(records, usable, values)
    gathered = gather(engine, query, records)
    areas, periods = _areas(gathered, records, request), _periods(gathered, request)
    distinct = count_distinct(engine, query, gathered, [area.members for area in areas], periods)
    made = tuple(figures(gathered, query, (areas, periods), distinct, table.broken))
    findings += value_findings(values.values(), place)
    where = misplaced(
        gathered, records.whole, request.regions, by_region=request.is_divided, beginning=request.beginning
    )
    findings += group_findings(gathered, where, place, by_region=request.is_divided)
    ids = [name for name, value in values.items() if value.column.column.means is Means.ID]
    findings += repeat_findings({name: count_repeats(engine, query, name) for name in ids}, place)
    findings += figure_findings(made, place)
    return Computed(made, tuple(findings), sum(value.records for value in gathered.groups.values()))


def _columns(
    metrics: Metrics, types: Mapping[str, str], place: Place, findings: list[Finding]
) -> dict[str, ReadColumn] | None:
    """Return the readable columns, and report needed ones that are not; None where region or period is not readable."""
    taken = {column.name: take(column, types, place) for column in metrics.records.columns}
    dimensions = {column.name for column in metrics.records.columns if column.means in (Means.REGION, Means.PERIOD)}
    dimensions_and_ids = dimensions | {column.name for column in metrics.records.columns if column.means is Means.ID}
    needed = dimensions_and_ids | {name for metric in metrics.metrics for name in metric.fields}
    findings += [fault for name, fault in taken.items() if isinstance(fault, Finding) and name in needed]
    if any(isinstance(taken[name], Finding) for name in dimensions):
        return None
    return {name: column for name, column in taken.items() if isinstance(column, ReadColumn)}


def _column_values(
    engine: Engine, metrics: Sequence[Metric], columns: dict[str, ReadColumn], read_number: ReadNumber
) -> dict[str, ColumnValues]:
    """Read the values of every column that a metric needs; texts are matched with those that any metric names."""
    ids = [name for name, column in columns.items() if column.column.means is Means.ID]
    names = dict.fromkeys([*(name for metric in metrics for name in metric.fields), *ids])
    texts = {text for metric in metrics for aggregate in metric.aggregates for text in texts_in(aggregate.where)}
    return {name: column_values(engine, columns[name], number, texts, read_number) for number, name in enumerate(names)}


def _periods(gathered: GroupedRecords, request: Request) -> list[Period]:
    periods = sorted({key.period for key in gathered.groups if key.period is not None})
    return [period for period in periods if request.period in (None, period)]


def _areas(gathered: GroupedRecords, table: Records, request: Request) -> list[Area]:
    if request.beginning is not None:
        return areas_by_beginning(gathered.groups, request.beginning, request.regions)
    if request.by_region and table.of(Means.REGION):
        return areas_by_region(gathered.groups, request.regions)
    return [whole_area(gathered.groups, table.whole, request.regions)]
