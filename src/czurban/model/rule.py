"""Define what a printed target asks for: bounds, bounds relative to a figure, grades, means, sums, statements."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import reduce
from typing import NamedTuple

from czurban.model.finding import Message, say
from czurban.model.target import Interval, interval_of
from czurban.model.text import exact


class ReferenceKind(StrEnum):
    """The kinds of figure that a bound may be relative to."""

    BASELINE = "baseline"
    YEAR = "year"  # the figure of another year
    PLACE = "place"  # the figure of a larger region, such as 全国
    INDICATOR = "indicator"


class Reference(NamedTuple):
    """A figure that a bound is relative to; `name` is the year, the region or the other indicator."""

    kind: ReferenceKind
    name: str = ""

    @property
    def label(self) -> Message | str:
        """The reference as a word of a rule: 基期, 2015年值, 全国."""
        match self.kind:
            case ReferenceKind.BASELINE:
                return say("baseline")
            case ReferenceKind.YEAR:
                return say("value of {year}", year=self.name)
            case _:
                return self.name


class RelativeBound(NamedTuple):
    """A bound at `times` × the reference + `plus`, in the indicator's unit; `sign` is one of ≥ ≤ > < =."""

    sign: str
    reference: Reference
    times: Fraction = Fraction(1)
    plus: Fraction = Fraction(0)

    def interval(self, value: Fraction) -> Interval | None:
        """Return the interval for a value of the reference; None where its bound is no finite decimal."""
        bound = exact(self.times * value + self.plus)
        return None if "/" in bound else interval_of(self.sign, Decimal(bound))

    @property
    def label(self) -> Message:
        """The bound as a rule: ≥基期+0.5, ≥2×基期."""
        times = "" if self.times == 1 else f"{exact(self.times)}×"
        plus = f"{'+' if self.plus > 0 else ''}{exact(self.plus)}" if self.plus else ""
        return say(
            "{sign}{times}{reference}{plus}", sign=self.sign, times=times, reference=self.reference.label, plus=plus
        )


Condition = Interval | RelativeBound


class Conditions(NamedTuple):
    """Bounds that must all hold; the usual target has one."""

    all: tuple[Condition, ...]

    def interval(self, baseline: Fraction | None) -> Interval | None:
        """Return the values that meet every bound; None where one is relative to a figure that is not known here."""
        result: Interval | None = None
        for condition in self.all:
            interval = _fixed(condition, baseline)
            if interval is None:
                return None
            result = interval if result is None else result.intersect(interval)
        return result


def _fixed(condition: Condition, baseline: Fraction | None) -> Interval | None:
    if isinstance(condition, Interval):
        return condition
    known = condition.reference.kind is ReferenceKind.BASELINE and baseline is not None
    return condition.interval(baseline) if known and baseline is not None else None


class Approximate(NamedTuple):
    """A figure with 左右 or 约, whose better side and tolerance the plan does not print."""

    value: Decimal


class Cumulative(NamedTuple):
    """A change of so many per cent over all years of the plan (〔13.5〕), whose direction is not printed."""

    value: Decimal


class ChangeOfLevel(NamedTuple):
    """A change of a level by so much from the baseline (〔1〕), whose direction is not printed."""

    value: Decimal


class YearlyMean(NamedTuple):
    """A rule for the mean of the years of the plan (年均)."""

    of: Conditions


class Grades(NamedTuple):
    """Grades with their bounds, the best first."""

    grades: Mapping[str, Condition]


class Statement(NamedTuple):
    """A target without a number, which only a reported statement can meet (应划尽划)."""

    text: str


Rule = Conditions | Approximate | Cumulative | ChangeOfLevel | YearlyMean | Grades | Statement


@dataclass(frozen=True, slots=True)
class Phrase:
    """A printed target as it is read: the rule, and what the plan only aims at (力争), which is never judged.

    `aspiration` is set where the rule itself is only an aim; `aim` is a further rule behind it.
    """

    rule: Rule
    aspiration: bool = False
    aim: Rule | None = None


def rule_label(rule: Rule) -> Message | str:
    """Return a rule as it is shown to a reader: ≥41, >30 and ≤35, ≥baseline+0.5."""
    match rule:
        case Conditions(parts):
            return reduce(_both, map(_condition_label, parts))
        case YearlyMean(of):
            return say("mean of the years {rule}", rule=rule_label(of))
        case Grades(grades):
            named = [
                say("{name}{rule}", name=name, rule=_condition_label(condition)) for name, condition in grades.items()
            ]
            return say("grades {grades}", grades=reduce(_listed, named))
        case Statement():
            return say("a statement without a number")
        case _:
            return _value_label(rule)


def _value_label(rule: Approximate | Cumulative | ChangeOfLevel) -> Message | str:
    if isinstance(rule, Approximate):
        return f"≈{exact(Fraction(rule.value))}"
    if isinstance(rule, Cumulative):
        return say("{value} in all years together", value=rule.value)
    return say("baseline{change}", change=f"{rule.value:+}")


def _both(rule: Message | str, other: Message | str) -> Message:
    return say("{rule} and {other}", rule=rule, other=other)


def _listed(grades: Message, grade: Message) -> Message:
    return say("{grades} {grade}", grades=grades, grade=grade)


def _condition_label(condition: Condition) -> Message | str:
    if isinstance(condition, RelativeBound):
        return condition.label
    both = condition.low is not None and condition.high is not None
    if both and (condition.low_open or condition.high_open):
        return _both(
            str(replace(condition, high=None, high_open=False)), str(replace(condition, low=None, low_open=False))
        )
    return str(condition)
