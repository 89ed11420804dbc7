"""Metrics over a table of records: read what it stores, ask once, divide once, and tell all that was left out.

Which records make up which region: each as written, by the beginning of its code, or up its hierarchy.

Sums to figures: the one division, and what stands in its way.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from czurban.computing.engines.engine import Engine, TableSource
from czurban.computing.records.findings import of_figures, of_groups, of_spellings, too_wide
from czurban.computing.records.spelling import ReadNumber, Spelling, spelling_of
from czurban.computing.records.sql import Taken, take
from czurban.computing.records.statement import Gathered, Key, Sums, added, gather, statement
from czurban.model.finding import Finding, Findings, Message, Place, say
from czurban.model.metric import Means, Metric, Metrics, Per, Policy, RecordFigure, Records, UnusedRecords, texts_in
from czurban.model.period import Period
from czurban.model.region import Region, Regions


class Area(NamedTuple):
    """A region to make a figure for: its name, the regions as the records write them, and those that have no record."""

    name: str
    members: frozenset[str]
    lacking: tuple[str, ...] = ()
    depth: int = 0


def whole_area(keys: Iterable[Key], whole: str, regions: Regions) -> Area:
    """All records together; where they are a region of the hierarchy, those of its parts, and of no stated region."""
    written = frozenset(key.region for key in keys)
    top = regions.find(whole) if whole else None
    if top is None:
        return Area(whole, written)
    members = written - unknown_regions(written, whole, regions)
    return Area(regions.full_name(top), members, _lacking(top, members, regions))


def unknown_regions(written: Iterable[str], whole: str, regions: Regions) -> frozenset[str]:
    """Regions that are no part of the one that all records are said to be; none where no hierarchy tells."""
    top = regions.find(whole) if whole else None
    if top is None:
        return frozenset()
    inside = {one.code for one in (top, *regions.descendants(top))}
    return frozenset(
        text for text in written if text and (not (found := regions.find(text)) or found.code not in inside)
    )


def areas_by_region(keys: Iterable[Key], regions: Regions) -> list[Area]:
    """Each region of the records, and those above it in the hierarchy, each before those below it.

    Records that state no region belong to none. A region that the hierarchy does not know stands by itself.
    """
    written = {key.region for key in keys if key.region}
    known = {text: region for text in written if (region := regions.find(text))}
    strangers = [Area(text, frozenset({text})) for text in sorted(written - set(known))]
    shown = {one.code for region in known.values() for one in regions.path(region)}
    tree = [_area(one, known, regions) for one in _in_order(regions) if one.code in shown]
    return [*tree, *strangers]


def areas_by_beginning(keys: Iterable[Key], length: int) -> list[Area]:
    """The regions whose codes begin with the same characters, under these characters."""
    found: dict[str, set[str]] = {}
    for key in keys:
        if key.region:
            found.setdefault(key.region[:length], set()).add(key.region)
    return [Area(name, frozenset(members)) for name, members in sorted(found.items())]


def _area(member: Region, known: Mapping[str, Region], regions: Regions) -> Area:
    below = {region.code for region in regions.descendants(member)} | {member.code}
    members = frozenset(text for text, region in known.items() if region.code in below)
    return Area(regions.full_name(member), members, _lacking(member, members, regions), len(regions.above(member)))


def _lacking(top: Region, written: Iterable[str], regions: Regions) -> tuple[str, ...]:
    """The parts of a region that no record is of; a record of the region itself may be of any part."""
    stated = {region.code for text in written if (region := regions.find(text))}
    leaves: Sequence[Region] = regions.leaves(top)
    if top.code in stated:
        return ()
    return tuple(
        leaf.name
        for leaf in leaves
        if leaf.code not in stated
        and not any(above.code in stated for above in regions.above(leaf))
        and not any(below.code in stated for below in regions.descendants(leaf))
    )


def _in_order(regions: Regions) -> list[Region]:
    """The hierarchy from its tops downwards."""
    tops = [region for region in regions if regions.parent(region) is None]
    return [region for top in tops for region in (top, *regions.descendants(top))]


_HUNDRED = 100


class Unassigned(NamedTuple):
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
                    yield _figure(metric, n, sums, GroupKey(area, period, of_period[period]))


class GroupKey(NamedTuple):
    """Where and when a figure is for, and the records that might be its own."""

    area: Area
    period: Period
    homeless: Unassigned


def _homeless(gathered: Gathered, period: Period, held: frozenset[str]) -> Unassigned:
    region = sum(one.records for at, one in gathered.groups.items() if at.period == period and at.region not in held)
    return Unassigned(region, sum(gathered.odd_periods.values()))


def _figure(metric: Metric, n: int, sums: Sums, spot: GroupKey) -> RecordFigure:
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


def _unknown(left_out: UnusedRecords, records: int) -> Message | None:
    """Nothing is known where every record is left out: a sum of nothing would be 0."""
    return say("all of its records are left out") if left_out.records == records else None


def _undivided(denominator: Fraction) -> Message | None:
    if denominator > 0:
        return None
    return say("its denominator is 0") if denominator == 0 else say("its denominator is below 0")


def _refused(metric: Metric, left_out: UnusedRecords, spot: GroupKey) -> Message | None:
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


class Request(NamedTuple):
    """What is asked for: all records together, each region, or (`beginning`) regions by so many characters of a code.

    `period` None asks for every period there is; `regions` is the hierarchy they stand in, empty where there is none.
    """

    by_region: bool = False
    beginning: int | None = None
    period: Period | None = None
    regions: Regions = Regions()


class Computed(NamedTuple):
    """The figures in order, what is told of the records, and how many records there are."""

    figures: tuple[RecordFigure, ...]
    findings: Findings
    records: int


class RecordTable(NamedTuple):
    """The records: where they are, what they are called in findings, and how many more there are that are broken."""

    source: TableSource
    name: str
    broken: int = 0


def compute(
    engine: Engine, table: RecordTable, metrics: Metrics, request: Request, read_number: ReadNumber
) -> Computed:
    """Compute every metric whose columns are there and can be read.

    Args:
        engine: what counts and sums.
        table: the records.
        metrics: what is asked of them.
        request: for which regions and periods.
        read_number: reads a number as people write it: the number, or that there is none or that it cannot be read.

    Raises:
        EngineError: the engine cannot answer.
    """
    place, records, regions = Place(table.name), metrics.records, request.regions
    findings: list[Finding] = []
    columns = _columns(metrics, engine.stored("records", table.source), place, findings)
    if columns is None:
        return Computed((), tuple(findings), 0)
    usable = [metric for metric in metrics.metrics if all(name in columns for name in metric.fields)]
    usable = [one for one in usable if not too_wide(one, columns, findings)]
    spellings = _spellings(engine, usable, columns, read_number)
    gathered = gather(engine, statement(records, usable, spellings), records)
    areas = _areas(gathered, records, request)
    made = tuple(figures(gathered, usable, areas, _periods(gathered, request), table.broken))
    findings += of_spellings(spellings.values(), place)
    findings += of_groups(gathered, _strangers(gathered, records, regions), place, by_region=_by_region(request))
    findings += of_figures(made, place)
    return Computed(made, tuple(findings), sum(value.records for value in gathered.groups.values()))


def _columns(
    metrics: Metrics, types: Mapping[str, str], place: Place, findings: list[Finding]
) -> dict[str, Taken] | None:
    """The columns that can be read; None where region or period cannot. Of those nobody asks for nothing is told."""
    taken = {column.name: take(column, types, place) for column in metrics.records.columns}
    dimensions = {column.name for column in metrics.records.columns if column.means in (Means.REGION, Means.PERIOD)}
    needed = dimensions | {name for metric in metrics.metrics for name in metric.fields}
    findings += [one for column, one in taken.items() if isinstance(one, Finding) and column in needed]
    if any(isinstance(taken[name], Finding) for name in dimensions):
        return None
    return {name: one for name, one in taken.items() if isinstance(one, Taken)}


def _spellings(
    engine: Engine, metrics: Sequence[Metric], columns: dict[str, Taken], read_number: ReadNumber
) -> dict[str, Spelling]:
    """The spellings of every column that a metric needs, each compared with all the texts that any metric names."""
    names = dict.fromkeys(name for metric in metrics for name in metric.fields)
    texts = {text for metric in metrics for aggregate in metric.aggregates for text in texts_in(aggregate.where)}
    return {name: spelling_of(engine, columns[name], number, texts, read_number) for number, name in enumerate(names)}


def _periods(gathered: Gathered, request: Request) -> list[Period]:
    found = sorted({at.period for at in gathered.groups if at.period is not None})
    return found if request.period is None else [one for one in found if one == request.period]


def _by_region(request: Request) -> bool:
    return request.by_region or request.beginning is not None


def _areas(gathered: Gathered, table: Records, request: Request) -> list[Area]:
    if request.beginning is not None:
        return areas_by_beginning(gathered.groups, request.beginning)
    if request.by_region and table.of(Means.REGION):
        return areas_by_region(gathered.groups, request.regions)
    return [whole_area(gathered.groups, table.whole, request.regions)]


def _strangers(gathered: Gathered, table: Records, regions: Regions) -> dict[str, int]:
    odd = unknown_regions({at.region for at in gathered.groups}, table.whole, regions)
    return {text: sum(one.records for at, one in gathered.groups.items() if at.region == text) for text in sorted(odd)}
