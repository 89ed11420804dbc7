"""Count the different values of a column in each region and period, and find ids that occur more than once."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from czurban.computing.engines.engine import Engine
from czurban.computing.records.groups import GroupedRecords, all_rows, count_of
from czurban.computing.records.statement import RecordQuery
from czurban.model.period import Period

_TAKEN = "JOIN taken_periods AS p ON known.period = p.raw"


def count_distinct(
    engine: Engine,
    query: RecordQuery,
    gathered: GroupedRecords,
    areas: Sequence[Iterable[str]],
    periods: Sequence[Period],
) -> Mapping[tuple[int, int], Sequence[int]]:
    """Count the different values in each area and period, by their numbers, in the order of `RecordQuery.distinct`.

    Such counts cannot be added up: a person may have records in two regions, or written in two ways. The regions of an
    area are those in the keys of `gathered`, the answer to the query.
    """
    numbers = {period: number for number, period in enumerate(periods)}
    taken = [(raw, numbers[period]) for raw, period in gathered.periods.items() if period in numbers]
    engine.table("taken_periods", {"raw": "VARCHAR", "period": "BIGINT"}, taken)
    if not query.distinct:
        return {}
    inside = [
        (raw, number)
        for number, members in enumerate(map(set, areas))
        for raw, region in gathered.regions.items()
        if region in members
    ]
    engine.table("taken_regions", {"raw": "VARCHAR", "area": "BIGINT"}, inside)
    counts = (
        f"COUNT(DISTINCT CASE WHEN k_{n} AND w_{n}_{k} THEN a_{n}_{k} END) AS d_{n}_{k}" for n, k in query.distinct
    )
    sql = (
        f"SELECT m.area, p.period, {', '.join(counts)} FROM ({query.known}) AS known"  # noqa: S608 - names are quoted
        f" JOIN taken_regions AS m ON known.region = m.raw {_TAKEN} GROUP BY m.area, p.period"
    )
    return {(count_of(area), count_of(period)): [*map(count_of, rest)] for area, period, *rest in all_rows(engine, sql)}


class Repeats(NamedTuple):
    """How many ids occur more than once in one period, in how many records, and one of these ids."""

    ids: int
    records: int
    example: str


def count_repeats(engine: Engine, query: RecordQuery, column: str) -> Repeats | None:
    """Count the ids of a column that occur more than once in one of the periods that `count_distinct` took."""
    value = f"v_{query.columns[column]}"
    groups = (
        f"SELECT {value} AS id, p.period AS period, COUNT(*) AS n FROM ({query.typed}) AS known {_TAKEN}"  # noqa: S608 - names are quoted
        f" WHERE {value} IS NOT NULL GROUP BY {value}, p.period HAVING COUNT(*) > 1"
    )
    ids, records, example = engine.rows(f"SELECT COUNT(*), SUM(n), MIN(id) FROM ({groups}) AS repeated")[0]  # noqa: S608 - as above
    return Repeats(count_of(ids), int(str(records)), str(example)) if ids else None
