"""The one statement that gathers records: exact counts and sums by region and period, and what had to be left out.

Which year, quarter or month a record belongs to, by what its period column says.

The engine's answer as exact sums by region and period, whatever way these are spelled in the records.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from czurban.computing.engines.engine import Engine, Row
from czurban.computing.records.spelling import MISSING, READ, UNREADABLE, Spelling, plain, source_text
from czurban.computing.records.sql import ColumnReading, Spelled, quoted, spell, text
from czurban.model.metric import Aggregate, Grain, Means, Metric, Records, UnusedRecords
from czurban.model.period import Period, in_digits, parse_period
from czurban.model.text import half_width

_DATE = r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])([ T].*)?"
_BEGINNING = {Grain.YEAR: 4, Grain.QUARTER: 7, Grain.MONTH: 7}
"""How much of a date such as 2019-06-03 says the period; what is no such date is read in Python."""


class RecordQuery(NamedTuple):
    """A statement, and what its columns behind region, period and count of records are, in order."""

    sql: str
    metrics: tuple[Metric, ...]


def statement(records: Records, metrics: Sequence[Metric], spellings: Mapping[str, Spelling]) -> RecordQuery:
    """Compose the statement.

    Args:
        records: what the table is.
        metrics: what is asked of it, all of whose columns are in `spellings`.
        spellings: each column as it is read, by its name.

    Raises:
        TooWideError: a number would have more than 38 digits.
    """
    numbers = {name: k for k, name in enumerate(spellings)}
    columns = {name: Spelled(f"v_{numbers[name]}", one.taken.digits) for name, one in spellings.items()}
    inner, outer = ["*"], ["region", "period", "COUNT(*) AS records"]
    for n, metric in enumerate(metrics):
        inner += _of_records(n, metric, columns)
        outer += _of_groups(n, metric, numbers)
    read = ", ".join([*_dimensions(records), *_values(spellings)])
    joins = "".join(
        f" LEFT JOIN {value.table} ON {value.table}.spelling = {source_text(value.taken)}"
        for value in spellings.values()
        if value.table
    )
    sql = (
        f"SELECT {', '.join(outer)} FROM (SELECT {', '.join(inner)} FROM"  # noqa: S608 - every name is quoted
        f" (SELECT {read} FROM records AS r{joins}) AS typed) AS known GROUP BY region, period"
    )
    return RecordQuery(sql, tuple(metrics))


def _dimensions(records: Records) -> Iterator[str]:
    """Region and period as texts; the few there are in the answer are read in Python."""
    region, period = records.of(Means.REGION), records.of(Means.PERIOD)
    own = f"CAST(r.{quoted(region.column)} AS VARCHAR)" if region else "CAST(NULL AS VARCHAR)"
    yield f"TRIM(BOTH ' ' FROM {own}) AS region"
    if period is None:
        yield "CAST(NULL AS VARCHAR) AS period"
    else:
        told = f"TRIM(BOTH ' ' FROM CAST(r.{quoted(period.column)} AS VARCHAR))"
        date = f"REGEXP_MATCHES({told}, {text('^' + _DATE + chr(92) + 'z')})"
        yield f"CASE WHEN {date} THEN SUBSTRING({told}, 1, {_BEGINNING[period.grain]}) ELSE {told} END AS period"


def _values(spellings: Mapping[str, Spelling]) -> Iterator[str]:
    """For each column its value, whether there is none, and whether it cannot be read."""
    for k, one in enumerate(spellings.values()):
        own = source_text(one.taken)
        lacks = f"{one.table}.state = {text(MISSING)}" if one.table else "FALSE"
        yield f"{_value(one)} AS v_{k}"
        yield f"CASE WHEN {own} IS NULL OR {lacks} THEN TRUE ELSE FALSE END AS m_{k}"
        odd = f"{one.table}.state = {text(UNREADABLE)}" if one.table else "FALSE"
        yield f"CASE WHEN {odd} THEN TRUE ELSE FALSE END AS u_{k}"


def _value(one: Spelling) -> str:
    taken, amount = one.taken, f"{one.table}.amount"
    if taken.way is ColumnReading.STORED:
        own = f"r.{quoted(taken.column.column)}"
        return own if taken.digits is None else f"CAST({own} AS {taken.digits})"
    own = source_text(taken)
    match taken.column.means:
        case Means.NUMBER:
            rest = amount if one.table else f"CAST(NULL AS {taken.digits})"
            return f"CASE WHEN {plain(taken)} THEN CAST({own} AS {taken.digits}) ELSE {rest} END"
        case Means.FLAG:
            return amount if one.table else "CAST(NULL AS BOOLEAN)"
        case _:
            known = f"WHEN {one.table}.state = {text(READ)} THEN {amount}"  # an engine may take None for an empty text
            return f"CASE WHEN {one.table}.state IS NULL THEN {own} {known} END" if one.table else own


def _of_records(n: int, metric: Metric, columns: Mapping[str, Spelled]) -> Iterator[str]:
    """Per record: what each aggregate takes of it, and whether the metric can use the record at all.

    A record is known to an aggregate if its condition is known not to hold, or holds and the value is there: what a
    condition leaves out need not have the value.
    """
    known = []
    for k, one in enumerate(metric.aggregates):
        where = spell(one.where, columns).sql if one.where else "TRUE"
        value = spell(one.value, columns).sql if one.value else None
        yield f"{where} AS w_{n}_{k}"
        if value:
            yield f"{value} AS a_{n}_{k}"
        known.append(_known(where, value, where_is_sure=one.where is None))
    yield f"({' AND '.join(known)}) AS k_{n}"


def _known(where: str, value: str | None, *, where_is_sure: bool) -> str:
    there = f"{value} IS NOT NULL" if value else "TRUE"
    if where_is_sure:
        return there
    return f"CASE WHEN {where} IS NULL THEN FALSE WHEN {where} THEN {there} ELSE TRUE END"


def _of_groups(n: int, metric: Metric, numbers: Mapping[str, int]) -> Iterator[str]:
    for k, one in enumerate(metric.aggregates):
        taken = f"k_{n} AND w_{n}_{k}"
        yield f"{_aggregate(one, taken, f'a_{n}_{k}')} AS s_{n}_{k}"
    yield f"COUNT(CASE WHEN NOT k_{n} THEN 1 END) AS l_{n}"
    for name in metric.fields:
        for state in "mu":
            left = f"NOT k_{n} AND {state}_{numbers[name]}"
            yield f"COUNT(CASE WHEN {left} THEN 1 END) AS {state}_{n}_{numbers[name]}"


def _aggregate(aggregate: Aggregate, taken: str, value: str) -> str:
    if aggregate.value is None:
        return f"COUNT(CASE WHEN {taken} THEN 1 END)"
    return f"SUM(CASE WHEN {taken} THEN {value} END)"


_MONTHS = {Grain.YEAR: 12, Grain.QUARTER: 3, Grain.MONTH: 1}
_DAY = re.compile(
    r"(?P<year>(?:19|20)\d\d)"
    r"(?:(?:年|[-/.])(?P<month>1[0-2]|0?[1-9])(?:月|[-/.])(?:3[01]|[12]\d|0?[1-9])日?|"
    r"(?P<compact>0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?:[ T].*)?"
)


def period_of(text: str, grain: Grain) -> Period | None:
    """The period of a grain that a text lies in: of 2019-06-03 the year 2019, the second quarter, or June.

    None where the text is no period, or one that no single year, quarter or month holds: 2019 is no month.
    """
    plain = in_digits(half_width(text).strip())
    found = _DAY.fullmatch(plain)
    if found:
        month = int(found["month"] or found["compact"])
        stated: Period | None = Period(int(found["year"]), month, month)
    else:
        stated = parse_period(plain)
    if stated is None:
        return None
    size = _MONTHS[grain]
    first = (stated.first - 1) // size * size + 1
    return Period(stated.year, first, first + size - 1) if stated.last < first + size else None


_BATCH = 10_000


class Sums(NamedTuple):
    """What some records come to: how many there are, and for each metric its sides and what it could not use."""

    records: int
    sides: tuple[tuple[Fraction, ...], ...]
    left_out: tuple[UnusedRecords, ...]

    def __add__(self, other: object) -> "Sums":
        """The records of both together: numerators and denominators are added, never their quotients."""
        if not isinstance(other, Sums):
            return NotImplemented
        return Sums(
            self.records + other.records,
            tuple(
                tuple(a + b for a, b in zip(one, two, strict=True))
                for one, two in zip(self.sides, other.sides, strict=True)
            ),
            tuple(a + b for a, b in zip(self.left_out, other.left_out, strict=True)),
        )


class Key(NamedTuple):
    """Whose records they are: the region as written, empty where a record says none, and the period, None likewise."""

    region: str
    period: Period | None


class Gathered(NamedTuple):
    """All the groups, and the texts that no period could be read from, with how many records have them."""

    groups: Mapping[Key, Sums]
    odd_periods: Mapping[str, int]


def gather(engine: Engine, asked: RecordQuery, records: Records) -> Gathered:
    """Run the statement and add up what is one group in different spellings."""
    groups: dict[Key, Sums] = {}
    odd: dict[str, int] = {}
    for row in _rows(engine, asked.sql):
        at, sums = _key(row, records), _sums(row, asked.metrics)
        if at.period is None:
            text = str(row[1] or "")
            odd[text] = odd.get(text, 0) + sums.records
        groups[at] = groups[at] + sums if at in groups else sums
    return Gathered(groups, odd)


def added(many: Iterable[Sums]) -> Sums | None:
    """The sum of sums; None of none."""
    total: Sums | None = None
    for one in many:
        total = one if total is None else total + one
    return total


def _rows(engine: Engine, sql: str) -> Iterator[Row]:
    for batch in engine.batches(sql, _BATCH):
        yield from batch


def _key(row: Row, records: Records) -> Key:
    region = half_width(str(row[0] or "")).strip()
    if (column := records.of(Means.PERIOD)) is None:
        return Key(region, records.period)
    return Key(region, period_of(str(row[1] or ""), column.grain))


def _sums(row: Row, metrics: Sequence[Metric]) -> Sums:
    values = iter(row[2:])
    records = _count(next(values))
    sides, left_out = [], []
    for metric in metrics:
        sides.append(tuple(_exact(next(values)) for _ in metric.aggregates))
        left = _count(next(values))
        lacks: dict[str, int] = {}
        odd: dict[str, int] = {}
        for name in metric.fields:
            lacks[name], odd[name] = _count(next(values)), _count(next(values))
        left_out.append(UnusedRecords(left, _only(lacks), _only(odd)))
    return Sums(records, tuple(sides), tuple(left_out))


def _only(counts: Mapping[str, int]) -> dict[str, int]:
    return {name: count for name, count in counts.items() if count}


def _count(value: object) -> int:
    assert isinstance(value, int)  # noqa: S101 - COUNT is whole to every engine
    return value


def _exact(value: object) -> Fraction:
    """A sum; of no records it is nothing to SQL and 0 to everybody else."""
    if value is None:
        return Fraction(0)
    assert isinstance(value, int | Decimal)  # noqa: S101 - the engines' protocol knows no binary numbers
    return Fraction(value)
