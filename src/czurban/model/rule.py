"""Define what a printed target asks for: bounds, bounds relative to a figure, grades, means, sums, statements."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from typing import NamedTuple

from czurban.model.finding import Message, say
from czurban.model.target import Condition, Conditions, RelativeBound
from czurban.model.text import exact


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


class Phrase(NamedTuple):
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
