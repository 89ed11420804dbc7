"""Define indicators, and how the figures of their parts add up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from czurban.model.finding import Message, Place, say
from czurban.model.period import Period
from czurban.model.target import Conditions, Interval, Target
from czurban.model.target.sums import sum_edge
from czurban.model.task import NO_PERSONS, Persons, TaskNo
from czurban.model.unit import Unit
from czurban.model.years import PathPoint


class AddingRule(StrEnum):
    """How parts add up: amounts by their sum, rates by numerators and denominators or by weights."""

    SUM = "sum"
    NONE = "none"
    WEIGHTED = "weighted"
    RATIO = "ratio"


class Adding(NamedTuple):
    """A way of adding up, with the ids that it needs: the weight, or the numerator and the denominator.

    `declared` is set where the plan declares it; otherwise it follows from the indicator's kind.
    """

    way: AddingRule
    by: tuple[str, ...] = ()
    declared: bool = False


def fits(rate: Unit, part: Unit, whole: Unit) -> bool:
    """Return whether part ÷ whole has the dimension of a rate: a share, or an amount per unit of something else.

    Plans print 平方米 for 人均面积, so a missing “per person” is accepted.
    """
    if rate.is_share:
        return part.dimension == whole.dimension
    return rate.dimension == f"{part.dimension} per {whole.dimension}" or (
        rate.dimension == part.dimension and whole.dimension == "person"
    )


def quotient(part: Fraction, whole: Fraction, rate: Unit) -> Fraction:
    """Return part ÷ whole (× 100 for a share) ÷ the rate's factor, exactly (R12).

    Part and whole are in base units, the result in the rate's unit.

    Raises:
        ZeroDivisionError: the whole is zero.
    """
    return part / whole * (_WHOLE_SHARE if rate.is_share else 1) / rate.factor


class IndicatorKind(StrEnum):
    """How an indicator behaves over time, which decides what may be computed from it."""

    STOCK = "stock"  # a level at a date
    FLOW = "flow"  # a sum over the year, counted from 1 January
    RATE = "rate"
    GROWTH = "growth"
    MEAN = "mean"  # an average over the year so far
    WORKS = "works"  # a count of works
    MILESTONE = "milestone"


SUMS = frozenset({IndicatorKind.FLOW, IndicatorKind.WORKS})
"""Kinds whose figure grows from zero, so that a share of the time asks for the same share of the target."""
LEVELS = frozenset({IndicatorKind.STOCK, IndicatorKind.RATE})
"""Kinds whose figure moves from the baseline to the target."""
ADDS_UP = frozenset({IndicatorKind.STOCK, IndicatorKind.FLOW, IndicatorKind.WORKS})
"""Kinds that are amounts; only these have a completion rate (完成率)."""
_AVERAGED = ("人均", "户均", "平均", "地均", "亩均", "单位", "每")
"""Beginnings of names of amounts per person, household and so on, which have no sum."""

_WHOLE_SHARE = 100
SHARES = frozenset({IndicatorKind.RATE, IndicatorKind.MEAN})
"""Kinds of which a percentage is a share of a whole, from 0 to 100 %."""
_NOT_NEGATIVE = frozenset({IndicatorKind.STOCK, IndicatorKind.WORKS})


class Elapsed(StrEnum):
    """What the elapsed time of a target is counted in."""

    MONTHS = "months"
    DAYS = "days"


class Impossible(StrEnum):
    """Why a value of an indicator is impossible."""

    SHARE = "share"  # outside 0 to 100 %
    NEGATIVE = "negative"


class Citation(NamedTuple):
    """A place of the plan that prints a figure: where, under which name, and the figure as printed.

    `figure` is its number, in `unit` or else in the indicator's unit; None where the text does not have exactly one
    number. `rule` is the interval that its words state, in the unit as printed; None where they state none. `relative`
    is a rule relative to another figure (高于全省平均水平), and `statement` is set for words without a number.
    """

    at: str
    wording: str
    printed: str
    figure: Decimal | None = None
    unit: Unit | None = None
    place: Place | None = None
    rule: Interval | None = None
    relative: Conditions | None = None
    statement: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """A quantity that the plan measures. `no` is its number in the plan's main table; a task's own quantity has none.

    `leads` answer for it and may report it; `reporters` are further departments that may. `unit_aliases` are other
    names of its unit, for this indicator only. `jump` is the share of the baseline by which a value may differ from
    it without a warning. `adds` is the way of adding up that the plan declares; None where it declares none. `ignored`
    are the codes of findings about its values that the plan turns off. `annual` is set where its figure exists only at
    the end of the year, and `by_days` where the elapsed time is counted in days.

    `no` is a number where it is a plain one, and else a text such as AHS-1.1. `binding` is true for 约束性, false for
    预期性, and None where the plan does not say. `by_type` are the targets of regions by their type.

    `input_only` is set where the plan gives it no target at all, so that it is counted nowhere. `whole` is set for a
    department's own part of an indicator: the id of that indicator.
    """

    id: str
    name: str
    unit: Unit
    kind: IndicatorKind
    target: Target
    leads: tuple[str, ...]
    no: int | str | None = None
    aliases: tuple[str, ...] = ()
    category: str | None = None
    task: TaskNo | None = None
    scope: str = ""
    reporters: tuple[str, ...] = ()
    unit_aliases: tuple[str, ...] = ()
    cited: tuple[Citation, ...] = ()
    place: Place | None = None
    places: Mapping[str, Place] = field(default_factory=dict)
    jump: Fraction | None = None
    ignored: frozenset[str] = frozenset()
    adds: Adding | None = None
    input_only: bool = False
    annual: bool = False
    persons: Persons = NO_PERSONS
    by_days: bool = False
    binding: bool | None = None
    by_type: Mapping[str, Target] = field(default_factory=dict)
    whole: str = ""

    def __hash__(self) -> int:
        """Return the hash of its id, so that what follows from an indicator alone is computed once."""
        return hash(self.id)

    def part_of(self, department: str, target: Target, persons: Persons, place: Place | None) -> "Indicator":
        """Return a department's own part of it, with an id and a name that say so; its leads may report that too."""
        return replace(
            self,
            id=f"{self.id}@{department}",
            name=f"{self.name}（{department}）",
            aliases=(),
            whole=self.id,
            target=target,
            leads=(department,),
            reporters=(*self.leads, *self.reporters),
            persons=persons,
            place=place,
            places={},
            cited=(),
            input_only=False,
        )

    def for_part(self, target: Target | None) -> "Indicator":
        """Return it with a part's target, or with its own and no baseline."""
        if target:
            return replace(self, target=target, cited=())
        return replace(self, target=self.target._replace(baseline=None)) if self.target.baseline else self

    def at(self, period: Period) -> "Indicator":
        """Return it with the target of a period; without any if it is judged by several years together."""
        target = self.target
        if target.over.takes_years:
            return replace(self, target=target._replace(interval=Interval(), steps=()))
        at = target.at(period)
        return self if at is target else replace(self, target=at)

    def no_sum(self, by: "Sequence[Indicator]") -> Message | None:
        """Return why it cannot be added up as declared, by these other indicators; None where it can."""
        way = self.adding.way
        if way is AddingRule.SUM and not self.is_amount:
            return say("“{name}” is no amount, so its parts have no sum.", name=self.name)
        if any(not other.is_amount or other.id == self.id for other in by):
            wrong = "、".join(other.name for other in by if not other.is_amount or other.id == self.id)
            return say("“{name}” is added up by {names}, which must be another amount.", name=self.name, names=wrong)
        if way is AddingRule.WEIGHTED and self.is_amount:
            return say("“{name}” is an amount, and its parts need no weights.", name=self.name)
        if way is AddingRule.RATIO and len(by) == len(self.adding.by) and not fits(self.unit, by[0].unit, by[1].unit):
            values = {"part": by[0].unit.name, "whole": by[1].unit.name, "unit": self.unit.name}
            return say("{part} ÷ {whole} does not measure what {unit} measures.", **values)
        return None

    @property
    def is_amount(self) -> bool:
        """Whether it is an amount, of which a part is less than the whole; 人均 and Mbps are not."""
        return self.kind in ADDS_UP and not self.is_averaged

    @property
    def is_averaged(self) -> bool:
        """Whether its name or unit says that it is an amount per something else: 人均, 每, Mbps."""
        quotient_unit = self.unit.dimension == "bandwidth" or " per " in self.unit.dimension
        return quotient_unit or self.name.startswith(_AVERAGED)

    @property
    def adding(self) -> Adding:
        """How its parts add up: as declared, otherwise amounts by their sum, and anything else not at all (R12)."""
        return self.adds or Adding(AddingRule.SUM if self.is_amount else AddingRule.NONE)

    def due_at(self, point: PathPoint) -> Fraction | None:
        """Return what a point of the path asks for, in the unit; None for a share of the way without a baseline."""
        if point.share is None:
            return point.value
        target, base = self.target, self.target.baseline_value
        if self.kind in SUMS:
            return sum_edge(target.interval) * point.share
        return None if base is None else base + (target.interval.edge(base) - base) * point.share

    def place_of(self, key: str) -> Place | None:
        """Return the place of a key of its entry; the place of the entry where that is not known."""
        return self.places.get(key, self.place)

    def impossible(self, value: Fraction) -> Impossible | None:
        """Return why a value is impossible, if it is: a share outside 0 to 100 %, a stock or count below zero (R3)."""
        if self.unit.is_share and self.kind in SHARES and not 0 <= value * self.unit.factor <= _WHOLE_SHARE:
            return Impossible.SHARE
        return Impossible.NEGATIVE if value < 0 and self.kind in _NOT_NEGATIVE else None

    @property
    def names(self) -> tuple[str, ...]:
        """The name and every alias."""
        return (self.name, *self.aliases)
