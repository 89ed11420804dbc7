"""Define metrics, which compute indicators from a table of records."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from czurban.model.finding import Place
from czurban.model.formulas.record_terms import Term, fields_in
from czurban.model.indicator import Indicator
from czurban.model.period import Period
from czurban.model.unit import Unit


class Means(StrEnum):
    """What a column of the records contains."""

    REGION = "region"
    PERIOD = "period"
    NUMBER = "number"
    FLAG = "flag"
    TEXT = "text"
    ID = "id"


class Grain(StrEnum):
    """The length of the periods that records are grouped by."""

    YEAR = "year"
    QUARTER = "quarter"
    MONTH = "month"


class Policy(StrEnum):
    """Whether a figure is refused if records lack a value, or computed without these records."""

    REFUSE = "refuse"
    EXCLUDE = "exclude"


class Per(StrEnum):
    """Whether numerator ÷ denominator is printed in per cent, or as it is in the metric's unit."""

    RATIO = "ratio"
    PERCENT = "percent"


class Digits(NamedTuple):
    """The type of a decimal: its largest number of digits, and how many of them are decimals."""

    precision: int
    scale: int

    @property
    def whole(self) -> int:
        """The largest number of digits before the point."""
        return self.precision - self.scale

    def __str__(self) -> str:
        """Return the type in SQL."""
        return f"DECIMAL({self.precision},{self.scale})"


class RecordColumn(NamedTuple):
    """A column: its name in the metrics and in the table, what it contains, and how it is read.

    `digits` is the type of a number; None takes it from the table. `rounds` allows more decimals, which are rounded
    half up and counted. `values` are the allowed texts; empty allows any.
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
    """A table of records: its columns, and the region (`whole`) and period of all records where no column has them."""

    title: str
    columns: tuple[RecordColumn, ...]
    whole: str = ""
    period: Period | None = None

    def column(self, name: str) -> RecordColumn | None:
        """Return the column with a name; None where there is none."""
        return next((column for column in self.columns if column.name == name), None)

    def of(self, means: Means) -> RecordColumn | None:
        """Return the column of the region or of the period; None where there is none."""
        return next((column for column in self.columns if column.means is means), None)


class Aggregate(NamedTuple):
    """The number of records, or the sum of a term over them; only of those for which `where` is true.

    If `distinct`, it is how many different values a column has in them.
    """

    value: Term | None
    where: Term | None
    text: str
    distinct: bool = False

    def fields(self) -> Iterator[str]:
        """Yield the columns that it needs."""
        yield from fields_in(self.value)
        yield from fields_in(self.where)


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """A metric over records: a numerator, and a denominator unless it is an amount.

    `unit` is the unit of the result, which is converted to the unit of the plan's `indicator`. `missing` and
    `unreadable` are the policies for records without a value, or with one that cannot be read.
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
        """The numerator, and the denominator if there is one."""
        return (self.numerator,) if self.denominator is None else (self.numerator, self.denominator)

    @property
    def fields(self) -> tuple[str, ...]:
        """The columns that it needs, each once."""
        return tuple(dict.fromkeys(name for aggregate in self.aggregates for name in aggregate.fields()))


class Metrics(NamedTuple):
    """A file of metrics: the description of the records, and the metrics in their order."""

    records: Records
    metrics: tuple[Metric, ...]
    source: str = ""
