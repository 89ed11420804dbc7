"""Metrics over a table of records: read what it stores, ask once, divide once, and tell all that was left out."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from czurban.computing.engines.engine import Engine, Source
from czurban.computing.records.areas import Area, areas_by_beginning, areas_by_region, strangers_to, whole_area
from czurban.computing.records.figures import figures
from czurban.computing.records.gather import Gathered, gather
from czurban.computing.records.spelling import ReadNumber, Spelling, spelling_of
from czurban.computing.records.statement import statement
from czurban.computing.records.stored import Taken, take
from czurban.computing.records.told import of_figures, of_groups, of_spellings
from czurban.computing.records.width import too_wide
from czurban.model.finding import Finding, Findings
from czurban.model.metric import Means, Metric, Metrics, Records
from czurban.model.period import Period
from czurban.model.place import Place
from czurban.model.record_figure import RecordFigure
from czurban.model.record_term import texts_in
from czurban.model.region import Regions


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


class Table(NamedTuple):
    """The records: where they are, what they are called in findings, and how many more there are that are broken."""

    source: Source
    name: str
    broken: int = 0


def compute(engine: Engine, table: Table, metrics: Metrics, request: Request, read_number: ReadNumber) -> Computed:
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
    usable = [one for one in metrics.metrics if all(name in columns for name in one.fields)]
    usable = [one for one in usable if not too_wide(one, columns, findings)]
    spellings = _spellings(engine, usable, columns, read_number)
    gathered = gather(engine, statement(records, usable, spellings), records)
    areas = _areas(gathered, records, request)
    made = tuple(figures(gathered, usable, areas, _periods(gathered, request), table.broken))
    findings += of_spellings(spellings.values(), place)
    findings += of_groups(gathered, _strangers(gathered, records, regions), place, by_region=_by_region(request))
    findings += of_figures(made, place)
    return Computed(made, tuple(findings), sum(one.records for one in gathered.groups.values()))


def _columns(
    metrics: Metrics, types: Mapping[str, str], place: Place, findings: list[Finding]
) -> dict[str, Taken] | None:
    """The columns that can be read; None where region or period cannot. Of those nobody asks for nothing is told."""
    taken = {one.name: take(one, types, place) for one in metrics.records.columns}
    dimensions = {one.name for one in metrics.records.columns if one.means in (Means.REGION, Means.PERIOD)}
    needed = dimensions | {name for one in metrics.metrics for name in one.fields}
    findings += [one for column, one in taken.items() if isinstance(one, Finding) and column in needed]
    if any(isinstance(taken[name], Finding) for name in dimensions):
        return None
    return {name: one for name, one in taken.items() if isinstance(one, Taken)}


def _spellings(
    engine: Engine, metrics: Sequence[Metric], columns: dict[str, Taken], read_number: ReadNumber
) -> dict[str, Spelling]:
    """The spellings of every column that a metric needs, each compared with all the texts that any metric names."""
    names = dict.fromkeys(name for one in metrics for name in one.fields)
    texts = {text for metric in metrics for one in metric.aggregates for text in texts_in(one.where)}
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
    odd = strangers_to({at.region for at in gathered.groups}, table.whole, regions)
    return {text: sum(one.records for at, one in gathered.groups.items() if at.region == text) for text in sorted(odd)}
