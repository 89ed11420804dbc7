"""Define the results of formulas, and write their working: 195平方千米 ÷ 138.19万人 ≈ 141.11平方米."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from czurban.model.finding import Place
from czurban.model.formulas.formula import Expression, Failure, Formula, Number, Operation, Share, SumOf, Term
from czurban.model.indicator import Indicator
from czurban.model.period import Period
from czurban.model.target.interval import NumberRange, decimals
from czurban.model.text import exact, fixed

_MORE = 2
_LONGEST = 6
_MOST = 60
_SUM, _PRODUCT, _ATOM = 1, 2, 3


def working_text(expression: Expression, figure: Callable[[Term], str]) -> str:
    """Write an expression with figures instead of its terms, and only the brackets that it needs."""
    return _written(expression, figure)[0]


def _written(expression: Expression, figure: Callable[[Term], str]) -> tuple[str, int]:
    """Write an expression, and return its precedence as well."""
    match expression:
        case Term():
            return figure(expression), _ATOM
        case Number(value):
            return exact(value), _ATOM
        case Share(part, whole):
            return _written(Operation("÷", part, whole), figure)
        case SumOf(parts):
            return " + ".join(_within(_written(part, figure), _SUM) for part in parts), _SUM
        case Operation(sign, left, right):
            level = _SUM if sign in "+−" else _PRODUCT
            before, behind = _written(left, figure), _written(right, figure)
            return f"{_within(before, level)} {sign} {_within(behind, level + (sign != '+'))}", level


def _within(written: tuple[str, int], level: int) -> str:
    text, precedence = written
    return text if precedence >= level else f"({text})"


def result_text(value: Fraction, places: int, indicator: Indicator) -> str:
    """Write the result of a formula with two more decimals than given: = 6.03万人, or ≈ where that rounds it."""
    text = fixed(value, places + _MORE)
    return f"{equals(text, value)} {text}{indicator.unit.name}"


def equals(text: str, value: Fraction) -> str:
    """Return the sign before a value's text: = where the text is exact, ≈ where it is rounded."""
    return "=" if Fraction(text) == value else "≈"


def shown(value: Fraction, indicator: Indicator) -> str:
    """Write a derived value for display, without its unit.

    It is exact if that is short, otherwise it has two more decimals than the target. It has further decimals where it
    would otherwise be displayed on the other side of the target, or as 0.
    """
    text = exact(value)
    if "/" not in text and len(text.partition(".")[2]) <= _LONGEST:
        return text
    target = indicator.target.interval
    for places in range(max(decimals(target.low), decimals(target.high)) + _MORE, _MOST):
        text = fixed(value, places)
        if text != "0" and (Fraction(text) in target) == (value in target):
            return text
    return fixed(value, _MOST)


class FigureSource(StrEnum):
    """Where the figure of an input is from."""

    REPORTED = "reported"
    DERIVED = "derived"
    BASELINE = "baseline"
    TARGET = "target"


class Lack(StrEnum):
    """Why an input has no value."""

    MISSING = "missing"  # it was not reported, or the plan prints none
    UNUSABLE = "unusable"  # it was sent and cannot be used


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """A figure that a formula uses: `value` in the indicator's unit, `text` as the working prints it.

    `possible` is the range of values that round to it; None where it is approximate or not known.
    """

    term: Term
    indicator: Indicator
    source: FigureSource
    value: Fraction | None = None
    text: str = "—"
    place: Place | None = None
    possible: NumberRange | None = None
    approximate: bool = False
    lack: Lack | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """The result of a formula for one indicator and period: `value` in the indicator's unit, None with a `failure`.

    `exact` is the value before the rounding that the formula declares. `working` is the expression in figures, and
    `shown` its result for display, without a unit. A `partial` sum lacks the parts in `missing` and is not judged.
    `possible` is the range of values that it may have, since its inputs are rounded. `stated` is the figure that was
    sent or printed for the indicator itself, if there is one.
    """

    formula: Formula
    indicator: Indicator
    period: Period | None
    inputs: tuple[Input, ...]
    working: str
    shown: str = ""
    value: Fraction | None = None
    exact: Fraction | None = None
    possible: NumberRange | None = None
    stated: Input | None = None
    approximate: bool = False
    partial: bool = False
    failure: Failure | None = None

    @property
    def missing(self) -> tuple[Input, ...]:
        """The inputs that have no value."""
        return tuple(each for each in self.inputs if each.value is None)

    @property
    def sum(self) -> str:
        """The working with its result: 195平方千米 ÷ 138.19万人 ≈ 141.11平方米.

        ≈ is for values that are rounded for display; a value that the formula itself rounds has =.
        """
        if self.exact is None or not self.shown:
            return self.working
        sign = "=" if self.formula.rounding is not None else equals(self.shown.removeprefix("约"), self.exact)
        return f"{self.working} {sign} {self.shown}{self.indicator.unit.name}"

    @property
    def agrees(self) -> bool | None:
        """Whether the stated figure is the same as far as rounding goes; None where that is not known."""
        if self.stated is None or self.stated.possible is None or self.possible is None or self.partial:
            return None
        return self.stated.possible.meets(self.possible)

    @property
    def usable(self) -> bool:
        """Whether it may be judged: it has a value that lacks no part."""
        return self.value is not None and not self.partial
