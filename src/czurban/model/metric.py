"""Indicators defined over a table of records: what its columns mean, and what is counted or summed of them.

What may be asked of one record: its columns, numbers and texts, sums and products, comparisons and their joining.

A figure made from records, with what it was made of and what was left out.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple, Union

from czurban.model.finding import Message, Place
from czurban.model.indicator import Indicator
from czurban.model.period import Period
from czurban.model.unit import Unit


class RecordField(NamedTuple):
    """A column of the records, by the name the metrics give it. One that is a flag is a condition by itself."""

    name: str


class Literal(NamedTuple):
    """A number, a text, true or false, as written."""

    value: Decimal | str | bool


class Arithmetic(NamedTuple):
    """A sum, a difference or a product (+, -, *) of numbers; nothing is divided in an engine."""

    operator: str
    left: "Term"
    right: "Term"


class Comparison(NamedTuple):
    """=, <>, <, <=, > or >= of two numbers, or = or <> of two texts or flags."""

    operator: str
    left: "Term"
    right: "Term"


class Junction(NamedTuple):
    """Two conditions joined by AND or OR."""

    operator: str
    left: "Term"
    right: "Term"


class Negation(NamedTuple):
    """A condition that must not hold."""

    inner: "Term"


class OneOf(NamedTuple):
    """Whether a number or a text is one of a list."""

    term: "Term"
    choices: tuple[Literal, ...]


class Absent(NamedTuple):
    """Whether a record has no value in a column."""

    term: RecordField


Term = Union[RecordField, Literal, Arithmetic, Comparison, Junction, Negation, OneOf, Absent]  # noqa: UP007 - it is recursive


def fields_in(term: Term | None) -> Iterator[str]:
    """The names of the columns that a term asks for, in its order; some more than once."""
    match term:
        case RecordField(name):
            yield name
        case Arithmetic(_, left, right) | Comparison(_, left, right) | Junction(_, left, right):
            yield from fields_in(left)
            yield from fields_in(right)
        case Negation(inner) | Absent(inner) | OneOf(inner, _):
            yield from fields_in(inner)
        case _:
            return


def texts_in(term: Term | None) -> Iterator[str]:
    """The texts that a term compares with."""
    match term:
        case Literal(str() as text):
            yield text
        case Comparison(_, left, right) | Junction(_, left, right):
            yield from texts_in(left)
            yield from texts_in(right)
        case Negation(inner):
            yield from texts_in(inner)
        case OneOf(_, choices):
            for one in choices:
                yield from texts_in(one)
        case _:
            return


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


class UnusedRecords(NamedTuple):
    """Records that a metric could not use: how many, and of them how many lack a column's value, or have one unread.

    One record may lack several values, so that these counts may add up to more.
    """

    records: int = 0
    missing: Mapping[str, int] = {}
    unreadable: Mapping[str, int] = {}

    def in_order(self, names: Sequence[str]) -> "UnusedRecords":
        """The same with its columns in an order of names, whatever order the engine answered in."""
        missing = {name: self.missing[name] for name in names if name in self.missing}
        return UnusedRecords(
            self.records, missing, {name: self.unreadable[name] for name in names if name in self.unreadable}
        )

    def __add__(self, other: object) -> "UnusedRecords":
        """The two together."""
        if not isinstance(other, UnusedRecords):
            return NotImplemented
        return UnusedRecords(
            self.records + other.records,
            _together(self.missing, other.missing),
            _together(self.unreadable, other.unreadable),
        )


class RecordFigure(NamedTuple):
    """What a metric comes to for one region and period; both sides exact, as the records have them.

    `value` is None where there is none, and `reason` says why; `refused` where that is the
    metric's own policy. `region` is empty for all records together where
    nothing says which region they are. `records` is how many there are, those left out included. `lacking` are parts
    of the region that no record is of; `depth` is how far below the top of its hierarchy it stands.
    """

    metric: Metric
    region: str
    period: Period
    value: Fraction | None
    numerator: Fraction
    denominator: Fraction | None
    records: int
    left_out: UnusedRecords = UnusedRecords()
    reason: Message | None = None
    refused: bool = False
    lacking: tuple[str, ...] = ()
    depth: int = 0

    @property
    def unit(self) -> Unit:
        """The unit it is in: the plan's of an indicator of the plan, else the metric's."""
        return self.metric.indicator.unit if self.metric.indicator else self.metric.unit


def _together(one: Mapping[str, int], other: Mapping[str, int]) -> dict[str, int]:
    return {name: one.get(name, 0) + other.get(name, 0) for name in {**one, **other}}
