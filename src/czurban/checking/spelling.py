"""An identity's working as a person would write it down: 195平方千米 ÷ 138.19万人 = 141.11平方米."""

from collections.abc import Callable
from fractions import Fraction

from czurban.checking.equations import Outcome
from czurban.model.digits import fixed
from czurban.model.identity import Expression, Number, Operation, Term
from czurban.model.indicator import Indicator

_MORE = 2


def working_text(expression: Expression, figure: Callable[[Term], str], *, inside: bool = False) -> str:
    """Write an expression with figures in place of its terms."""
    match expression:
        case Term():
            return figure(expression)
        case Number(value):
            return str(value)
        case Operation(sign, left, right):
            brackets = sign in "×÷"
            text = f"{working_text(left, figure, inside=brackets)} {sign} {working_text(right, figure, inside=True)}"
            return f"({text})" if inside and (sign in "+−" or not brackets) else text


def result_text(outcome: Outcome, left: Indicator, decimals: int) -> str:
    """Write what the right side comes to, two places finer than the left side is printed."""
    low, high = outcome.right.low, outcome.right.high
    middle = (low + high) / 2 if low is not None and high is not None else Fraction(0)
    return f"{fixed(middle, decimals + _MORE)}{left.unit.name}"
