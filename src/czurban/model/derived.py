"""A figure that a formula gives: what it comes to, from which figures, and why there may be none.

A formula's working as a person would write it down: 195平方千米 ÷ 138.19万人 ≈ 141.11平方米.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from czurban.model.finding import Place
from czurban.model.formula import Expression, Formula, Number, Operation, Share, SumOf, Term
from czurban.model.indicator import Indicator
from czurban.model.number_range import NumberRange
from czurban.model.period import Period
from czurban.model.text import exact, fixed

_MORE = 2
_LONGEST = 6
_MOST = 60
_SUM, _PRODUCT, _ONE = 1, 2, 3


def working_text(expression: Expression, figure: Callable[[Term], str]) -> str:
    """Write an expression with figures in place of its terms, and no more brackets than it needs."""
    return _written(expression, figure)[0]


def _written(expression: Expression, figure: Callable[[Term], str]) -> tuple[str, int]:
    """An expression's text, and how firmly it holds together."""
    match expression:
        case Term():
            return figure(expression), _ONE
        case Number(value):
            return exact(value), _ONE
        case Share(part, whole):
            return _written(Operation("÷", part, whole), figure)
        case SumOf(parts):
            return " + ".join(_within(_written(part, figure), _SUM) for part in parts), _SUM
        case Operation(sign, left, right):
            own = _SUM if sign in "+−" else _PRODUCT
            behind = own if sign == "+" else own + 1
            one, other = _within(_written(left, figure), own), _within(_written(right, figure), behind)
            return f"{one} {sign} {other}", own


def _within(written: tuple[str, int], firmness: int) -> str:
    text, own = written
    return text if own >= firmness else f"({text})"


def decimals_of(one: Indicator) -> int:
    """How many decimals the plan itself prints for an indicator's target."""
    bounds = (one.target.interval.low, one.target.interval.high)
    exponents = [bound.as_tuple().exponent for bound in bounds if bound is not None]
    return max((-each for each in exponents if isinstance(each, int) and each < 0), default=0)


def result_text(value: Fraction, decimals: int, one: Indicator) -> str:
    """Write what a formula comes to, two places finer than so many decimals: = 6.03万人, or ≈ where that rounds it."""
    text = fixed(value, decimals + _MORE)
    return f"{equals(text, value)} {text}{one.unit.name}"


def equals(text: str, value: Fraction) -> str:
    """The sign before a value's text: = where that is the value itself, ≈ where it was rounded to be shown."""
    return "=" if Fraction(text) == value else "≈"


def shown(value: Fraction, one: Indicator) -> str:
    """A derived value for people, without its unit.

    It is exact where that is short, else two places finer than its target is printed. It gets further places where
    fewer would put it on the other side of the target, or make nothing of it.
    """
    text = exact(value)
    if "/" not in text and len(text.partition(".")[2]) <= _LONGEST:
        return text
    target, first = one.target.interval, decimals_of(one) + _MORE
    for places in range(first, _MOST):
        text = fixed(value, places)
        if text != "0" and (Fraction(text) in target) == (value in target):
            return text
    return fixed(value, _MOST)


class FigureSource(StrEnum):
    """Whose figure an input is."""

    REPORTED = "reported"
    DERIVED = "derived"
    BASELINE = "baseline"
    TARGET = "target"


class Lack(StrEnum):
    """Why an input has no value."""

    MISSING = "missing"  # nobody reported it, or the plan prints none
    UNUSABLE = "unusable"  # it was sent and cannot be used


class Failure(StrEnum):
    """Why a formula gives nothing."""

    MISSING = "missing"
    UNUSABLE = "unusable"
    ZERO = "zero"
    MIXED = "mixed"
    LONG = "long"  # more digits than can be written down
    BACKWARD = "backward"  # it looks back, and what it looks back from is not the plan's own period
    IMPOSSIBLE = "impossible"  # a share outside 0 to 100 %, or a stock below zero


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One figure that a formula takes: `value` in the indicator's unit, `text` as it stands in the working.

    `span` is every value that rounds to it; None where it is approximate or not known.
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
    """What a formula gives for one indicator and period; `value` is in the indicator's unit, None with a `failure`.

    `exact` is the value before the rounding that the formula declares. `working` is the sum in figures, and `shown` is
    what it comes to, as people read it and without a unit. A `partial` sum lacks the parts that `missing` names; it is
    told and decides nothing.
    `span` is every value it may have, since its inputs are rounded. `beside` is the figure that was sent or printed for
    the indicator itself, if there is one.
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
        return tuple(one for one in self.inputs if one.value is None)

    @property
    def sum(self) -> str:
        """The working with what it comes to: 195平方千米 ÷ 138.19万人 ≈ 141.11平方米.

        Only what is rounded to be shown stands behind ≈; a value that the formula itself rounds is the value.
        """
        if self.exact is None or not self.shown:
            return self.working
        rounded = self.formula.rounding is not None
        sign = "=" if rounded else equals(self.shown.removeprefix("约"), self.exact)
        return f"{self.working} {sign} {self.shown}{self.indicator.unit.name}"

    @property
    def agrees(self) -> bool | None:
        """Whether the figure beside it is the same as far as rounding goes; None where nobody can tell."""
        if self.stated is None or self.stated.possible is None or self.possible is None or self.partial:
            return None
        return self.stated.possible.meets(self.possible)

    @property
    def usable(self) -> bool:
        """Whether it may be judged: there is a value, and no part of it is missing."""
        return self.value is not None and not self.partial
