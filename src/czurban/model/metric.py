"""Indicators defined over a table of records: what its columns mean, and what is counted or summed of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from czurban.model.indicator import Indicator
from czurban.model.period import Period
from czurban.model.place import Place
from czurban.model.record_term import Term, fields_in
from czurban.model.unit import Unit


class Means(StrEnum):
    """What a column of the records holds."""

    REGION = "region"
    PERIOD = "period"
    NUMBER = "number"
    FLAG = "flag"
    TEXT = "text"


class Grain(StrEnum):
    """How long the periods are that records are gathered in."""

    YEAR = "year"
    QUARTER = "quarter"
    MONTH = "month"


class Policy(StrEnum):
    """What becomes of a figure some of whose records lack a value: it is not made, or made without these records."""

    REFUSE = "refuse"
    EXCLUDE = "exclude"


class Per(StrEnum):
    """What a numerator over a denominator is told in: so many of a hundred, or as it is, in the metric's unit."""

    RATIO = "ratio"
    PERCENT = "percent"


class Digits(NamedTuple):
    """The type of a decimal: how many digits it has at most, and how many of them behind the point."""

    precision: int
    scale: int

    @property
    def whole(self) -> int:
        """How many digits there may be before the point."""
        return self.precision - self.scale

    def __str__(self) -> str:
        """As SQL spells it."""
        return f"DECIMAL({self.precision},{self.scale})"


class RecordColumn(NamedTuple):
    """A column: the name the metrics use, the one the table has, what it holds, and how it is read.

    `digits` are those of a number; None takes them from the table. `rounds` allows more decimals than these, rounded
    half up and counted. `values` are all the texts that a text may be; none given: any.
    """

    name: str
    column: str
    means: Means
    digits: Digits | None = None
    rounds: bool = False
    grain: Grain = Grain.YEAR
    values: tuple[str, ...] = ()
    place: Place | None = None


class Records(NamedTuple):
    """What a table of records is: its columns, and what all its records share where no column says it.

    `whole` is the region that all records together are; `period` the one of all of them. Empty, or None: not said.
    """

    title: str
    columns: tuple[RecordColumn, ...]
    whole: str = ""
    period: Period | None = None

    def column(self, name: str) -> RecordColumn | None:
        """The column of that name."""
        return next((one for one in self.columns if one.name == name), None)

    def of(self, means: Means) -> RecordColumn | None:
        """The one column that holds the region, or the period."""
        return next((one for one in self.columns if one.means is means), None)


class Aggregate(NamedTuple):
    """How many records there are, or the sum of a term over them; of those alone for which `where` holds."""

    value: Term | None
    where: Term | None
    text: str

    def fields(self) -> Iterator[str]:
        """The columns it needs."""
        yield from fields_in(self.value)
        yield from fields_in(self.where)


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """One indicator over records: a numerator, and a denominator unless it is an amount.

    `unit` is what the figure comes out in; of an indicator of the plan it is converted to `indicator.unit`. `missing`
    and `unreadable` say what becomes of records without a value, or with one that cannot be read.
    """

    id: str
    name: str
    unit: Unit
    numerator: Aggregate
    denominator: Aggregate | None = None
    per: Per = Per.RATIO
    indicator: Indicator | None = None
    missing: Policy = Policy.REFUSE
    unreadable: Policy = Policy.REFUSE
    place: Place | None = None

    @property
    def aggregates(self) -> tuple[Aggregate, ...]:
        """Its numerator, and its denominator if it has one."""
        return (self.numerator,) if self.denominator is None else (self.numerator, self.denominator)

    @property
    def fields(self) -> tuple[str, ...]:
        """The columns it needs, each once."""
        return tuple(dict.fromkeys(name for one in self.aggregates for name in one.fields()))


class Metrics(NamedTuple):
    """A file of metrics: the records it speaks of, and the metrics in their order."""

    records: Records
    metrics: tuple[Metric, ...]
    source: str = ""
