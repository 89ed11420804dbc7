"""Something the plan measures, with its target, its leads and every place that prints it.

How the figures of an indicator's parts make the figure of the whole.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from czurban.model.finding import Place
from czurban.model.target import Interval, Target
from czurban.model.unit import Unit


class AddingRule(StrEnum):
    """Amounts are summed up; a rate needs its numerator and denominator, or a weight for each part."""

    SUM = "sum"
    NONE = "none"
    WEIGHTED = "weighted"
    RATIO = "ratio"


class Adding(NamedTuple):
    """A way of adding up, and the ids it is by: the weight, or the numerator and the denominator.

    `declared` says that the plan says so itself; else it follows from the indicator's kind.
    """

    way: AddingRule
    by: tuple[str, ...] = ()
    declared: bool = False


_HUNDRED = 100


def fits(rate: Unit, part: Unit, whole: Unit) -> bool:
    """Whether part ÷ whole measures what the rate does: a share of one kind, or so much of one for each of the other.

    Plans print 平方米 for 人均面积: a missing “per person” is no fault.
    """
    if rate.is_share:
        return part.dimension == whole.dimension
    return rate.dimension == f"{part.dimension} per {whole.dimension}" or (
        rate.dimension == part.dimension and whole.dimension == "person"
    )


def quotient(part: Fraction, whole: Fraction, rate: Unit) -> Fraction:
    """Divide, exactly and once; part and whole are in the base units of what they measure, the result in the rate's.

    Raises:
        ZeroDivisionError: the whole is zero.
    """
    return part / whole * (_HUNDRED if rate.is_share else 1) / rate.factor


class IndicatorKind(StrEnum):
    """How an indicator behaves in time, which decides what may be computed from it."""

    STOCK = "stock"  # a level at a date
    FLOW = "flow"  # a sum over the year, counted from 1 January
    RATE = "rate"
    GROWTH = "growth"
    WORKS = "works"  # a count of works
    MILESTONE = "milestone"


ADDS_UP = frozenset({IndicatorKind.STOCK, IndicatorKind.FLOW, IndicatorKind.WORKS})
"""Kinds that are amounts: only they have a completion rate (完成率). A share of a share says nothing."""
_AVERAGED = ("人均", "户均", "平均", "地均", "亩均", "单位", "每")
"""How the names of amounts begin that stand for one person, one household or so, and that nobody may sum up."""


_WHOLE_SHARE = 100
_NOT_NEGATIVE = frozenset({IndicatorKind.STOCK, IndicatorKind.WORKS})


class Impossible(StrEnum):
    """What no value of an indicator can be."""

    SHARE = "share"  # outside 0 to 100 %
    NEGATIVE = "negative"


class Citation(NamedTuple):
    """One place of the plan that prints a figure: where, under which wording, and the figure as printed.

    `figure` is the number read from it, in `unit` or, where that is None, in the indicator's; None where the text does
    not hold exactly one number. `rule` is what the words say of the side that is met, with bounds in whatever unit
    stands there; None where they do not.
    """

    at: str
    wording: str
    printed: str
    figure: Decimal | None = None
    unit: Unit | None = None
    place: Place | None = None
    rule: Interval | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One quantity of the plan. `no` is its number in the plan's main table; a task's own quantity has none.

    `leads` answer for it and may report it; `reporters` are further departments the plan allows to.
    `unit_aliases` are other spellings of its unit that mean the same for this indicator only. `jump` is the share of
    the baseline by which a value may differ from it before somebody should look. `adds` is how the plan declares that
    its parts add up; None where it does not. `ignored` are the codes of findings about its values that the plan
    does not want.
    """

    id: str
    name: str
    unit: Unit
    kind: IndicatorKind
    target: Target
    leads: tuple[str, ...]
    no: int | None = None
    aliases: tuple[str, ...] = ()
    category: str | None = None
    task: int | None = None
    scope: str = ""
    reporters: tuple[str, ...] = ()
    unit_aliases: tuple[str, ...] = ()
    cited: tuple[Citation, ...] = ()
    place: Place | None = None
    places: Mapping[str, Place] = field(default_factory=dict)
    jump: Fraction | None = None
    ignored: frozenset[str] = frozenset()
    adds: Adding | None = None

    @property
    def is_amount(self) -> bool:
        """Whether it is an amount of something, so that a part of it is less than the whole; 人均 and Mbps are not."""
        averaged = self.unit.dimension == "bandwidth" or " per " in self.unit.dimension
        return self.kind in ADDS_UP and not averaged and not self.name.startswith(_AVERAGED)

    @property
    def adding(self) -> Adding:
        """How its parts add up: as declared, else amounts by their sum and nothing else at all."""
        return self.adds or Adding(AddingRule.SUM if self.is_amount else AddingRule.NONE)

    def place_of(self, key: str) -> Place | None:
        """Where a key of its entry stands; the entry itself where that is not known."""
        return self.places.get(key, self.place)

    def impossible(self, value: Fraction) -> Impossible | None:
        """Why a value in its unit cannot be: a share outside 0 to 100 %, a stock or a count of works below zero."""
        if self.unit.is_share and self.kind is IndicatorKind.RATE and not 0 <= value * self.unit.factor <= _WHOLE_SHARE:
            return Impossible.SHARE
        return Impossible.NEGATIVE if value < 0 and self.kind in _NOT_NEGATIVE else None

    @property
    def names(self) -> tuple[str, ...]:
        """The name and every alias."""
        return (self.name, *self.aliases)
