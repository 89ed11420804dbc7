"""A formula's working as a person would write it down: 195平方千米 ÷ 138.19万人 ≈ 141.11平方米."""

from collections.abc import Callable
from fractions import Fraction

from czurban.model.digits import exact, fixed
from czurban.model.formula import Expression, Number, Operation, Share, Term, Total
from czurban.model.indicator import Indicator

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
        case Total(parts):
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
