"""Run the statement that counts and sums records, and add up what is written differently and means the same."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from czurban.computing.engines.engine import Engine, Row
from czurban.computing.records.statement import RecordQuery
from czurban.model.formulas.metric import Grain, Means, Metric, Records
from czurban.model.formulas.record_figure import UnusedRecords
from czurban.model.period import Period, in_digits, is_date, parse_period
from czurban.model.text import half_width

_BATCH = 10_000
_MONTHS = {Grain.YEAR: 12, Grain.QUARTER: 3, Grain.MONTH: 1}
_DAY = re.compile(
    r"(?P<year>(?:19|20)\d\d)"
    r"(?:(?:年|[-/.])(1[0-2]|0?[1-9])(?:月|[-/.])(3[01]|[12]\d|0?[1-9])日?|"
    r"(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01]))(?:[ T].*)?"
)


def period_of(text: str, grain: Grain) -> Period | None:
    """Return the year, quarter or month that contains a text's period: 2019, the second quarter or June for 2019-06-03.

    It is None where the text is no period, or a longer one: 2019 is no month.
    """
    plain = in_digits(half_width(text).strip())
    match = _DAY.fullmatch(plain)
    if match:
        year, month, day = (int(number) for number in match.groups() if number)
        stated = Period(year, month, month) if is_date(year, month, day) else None
    else:
        stated = parse_period(plain)
    if stated is None:
        return None
    size = _MONTHS[grain]
    first = (stated.first - 1) // size * size + 1
    return Period(stated.year, first, first + size - 1) if stated.last < first + size else None


class Sums(NamedTuple):
    """The number of records, with the numerator, the denominator and the unused records of each metric."""

    records: int
    sides: tuple[tuple[Fraction, ...], ...]
    left_out: tuple[UnusedRecords, ...]

    def with_counts(self, counts: Mapping[tuple[int, int], int]) -> "Sums":
        """Return the sums with other numbers for some aggregates, by the numbers of metric and aggregate."""
        sides = (
            tuple(Fraction(counts[n, k]) if (n, k) in counts else side for k, side in enumerate(both))
            for n, both in enumerate(self.sides)
        )
        return self._replace(sides=tuple(sides)) if counts else self

    def __add__(self, other: object) -> "Sums":
        """Add the records of both: numerators and denominators are added, never their quotients (R12)."""
        if not isinstance(other, Sums):
            return NotImplemented
        return Sums(
            self.records + other.records,
            tuple(
                tuple(a + b for a, b in zip(ours, theirs, strict=True))
                for ours, theirs in zip(self.sides, other.sides, strict=True)
            ),
            tuple(a + b for a, b in zip(self.left_out, other.left_out, strict=True)),
        )


class Key(NamedTuple):
    """The region of records as written, and their period; empty and None where a record states none."""

    region: str
    period: Period | None


class GroupedRecords(NamedTuple):
    """The sums of all groups of records, and the texts without a readable period with their number of records.

    `regions` and `periods` are what the texts of the records mean.
    """

    groups: Mapping[Key, Sums]
    odd_periods: Mapping[str, int]
    regions: Mapping[str, str]
    periods: Mapping[str, Period | None]


def gather(engine: Engine, query: RecordQuery, records: Records) -> GroupedRecords:
    """Run the statement, and add up rows of the same region and period that are written differently."""
    groups: dict[Key, Sums] = {}
    odd: dict[str, int] = {}
    regions: dict[str, str] = {}
    periods: dict[str, Period | None] = {}
    for row in all_rows(engine, query.sql):
        at, sums = _key(row, records), _sums(row, query.metrics)
        regions[str(row[0])], periods[str(row[1])] = at
        if at.period is None:
            text = str(row[1] or "")
            odd[text] = odd.get(text, 0) + sums.records
        groups[at] = groups[at] + sums if at in groups else sums
    return GroupedRecords(groups, odd, regions, periods)


def all_rows(engine: Engine, sql: str) -> Iterator[Row]:
    """Yield the rows of an answer."""
    for batch in engine.batches(sql, _BATCH):
        yield from batch


def _key(row: Row, records: Records) -> Key:
    region = half_width(str(row[0] or "")).strip()
    if (column := records.of(Means.PERIOD)) is None:
        return Key(region, records.period)
    return Key(region, period_of(str(row[1] or ""), column.grain))


def _sums(row: Row, metrics: Sequence[Metric]) -> Sums:
    values = iter(row[2:])
    records = count_of(next(values))
    sides, left_out = [], []
    for metric in metrics:
        sides.append(tuple(_exact(next(values)) for _ in metric.aggregates))
        left = count_of(next(values))
        lacks: dict[str, int] = {}
        odd: dict[str, int] = {}
        for name in metric.fields:
            lacks[name], odd[name] = count_of(next(values)), count_of(next(values))
        left_out.append(UnusedRecords(left, _only(lacks), _only(odd)))
    return Sums(records, tuple(sides), tuple(left_out))


def _only(counts: Mapping[str, int]) -> dict[str, int]:
    return {name: count for name, count in counts.items() if count}


def count_of(value: object) -> int:
    """Return a count that an engine gives."""
    assert isinstance(value, int)  # noqa: S101 - COUNT gives a whole number in every engine
    return value


def _exact(value: object) -> Fraction:
    """Return a sum as a fraction; SQL has NULL for the sum of no records, which is 0."""
    if value is None:
        return Fraction(0)
    assert isinstance(value, int | Decimal)  # noqa: S101 - engines return no floats
    return Fraction(value)
