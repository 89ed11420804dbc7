"""The engine's answer as exact sums by region and period, whatever way these are spelled in the records."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from czurban.computing.engines.engine import Engine, Row
from czurban.computing.records.grain import period_of
from czurban.computing.records.statement import Asked
from czurban.model.metric import Means, Metric, Records
from czurban.model.period import Period
from czurban.model.record_figure import LeftOut
from czurban.model.text import half_width

_BATCH = 10_000


class Sums(NamedTuple):
    """What some records come to: how many there are, and for each metric its sides and what it could not use."""

    records: int
    sides: tuple[tuple[Fraction, ...], ...]
    left_out: tuple[LeftOut, ...]

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


def gather(engine: Engine, asked: Asked, records: Records) -> Gathered:
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
        left_out.append(LeftOut(left, _only(lacks), _only(odd)))
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
