"""Write formulas as sums of whole multiples of figures, by which an engine judges their results and divides nothing.

The result of such a formula is one sum of figures divided by another, a ÷ b. Where b is above zero it is at least a
bound t if a − t × b is not below zero.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from math import lcm
from typing import NamedTuple

from czurban.model.formulas.formula import Expression, Measures, Number, Operation, Share, SumOf, Term
from czurban.model.indicator import Indicator
from czurban.model.target.interval import NumberRange

TESTS = ("divisor", "sure_low", "sure_high", "low", "high")
"""What the sums decide: the divisor is above zero, the result is possible for certain, and it meets its target."""
PLACES, DIGITS = 4, 14
"""Figures have at most so many decimals, and digits before them."""
_LARGEST, _MOST_TERMS = 10**18, 62
_WHOLE_SHARE = Fraction(100)
_Sum = Mapping[Term | None, Fraction]
"""A sum of multiples of figures, and of 1 under None."""


class FormulaSums(NamedTuple):
    """The sums of a formula, one for each of TESTS: the test holds where the sum is at least the number in `least`.

    `multiples` has by what figures are multiplied for each sum: by term, and by the place of the factor of its unit.
    """

    terms: tuple[Term, ...]
    multiples: Mapping[tuple[Term, int], Sequence[int]]
    least: Sequence[Decimal]


def sums_of(
    expression: Expression, indicator: Indicator, measures: Measures, factors: Sequence[Fraction]
) -> FormulaSums | None:
    """Write the formula of an indicator as sums of figures in other units; None where it is no such formula.

    Args:
        expression: the formula, which has the dimension of the indicator.
        indicator: what it gives, with its target.
        measures: the dimensions of the plan's indicators.
        factors: how many of the unit of their indicator figures may be given in.
    """
    match expression:
        case Operation("÷", left, right) | Share(left, right):
            above, below = _linear(left), _linear(right)
        case _:
            above, below = _linear(expression), _linear(Number(Fraction(1)))
    if above is None or below is None:
        return None
    unity = NumberRange.point(1)
    above = _times(above, measures.own(unity, indicator).low or Fraction(0))
    most = _WHOLE_SHARE / indicator.unit.factor if indicator.unit.is_share else None
    interval = indicator.target.interval
    low, high = interval.bounds
    tests: Sequence[tuple[_Sum, bool]] = (
        (below, True),
        (above, False),
        (_over(below, above, most), False),
        ({} if low is None else _plus(above, _times(below, -low)), interval.low_open and low is not None),
        (_over(below, above, high), interval.high_open and high is not None),
    )
    terms = tuple(dict.fromkeys(term for each in (above, below) for term in each if term))
    if not 0 < len(terms) <= _MOST_TERMS:
        return None
    base = {term: measures.base(unity, measures.indicators[term.indicator].unit).low or Fraction(0) for term in terms}
    of_figures = {(term, n): base[term] * factor for term in terms for n, factor in enumerate(factors)}
    scales = [_scale(each, of_figures) for each, _ in tests]
    multiples = {
        at: [int(each.get(at[0], 0) * of * scale) for (each, _), scale in zip(tests, scales, strict=True)]
        for at, of in of_figures.items()
    }
    step = Decimal(1).scaleb(-PLACES)
    least = [
        -int(each.get(None, 0) * scale) + (step if beyond else Decimal(0))
        for (each, beyond), scale in zip(tests, scales, strict=True)
    ]
    fit = {at: numbers for at, numbers in multiples.items() if max(map(abs, numbers)) < _LARGEST}
    return FormulaSums(terms, fit, least) if max(map(abs, least)) < _LARGEST else None


def _over(below: _Sum, above: _Sum, most: Fraction | None) -> _Sum:
    """Return by how much a bound for the result is above it, times the divisor; nothing without a bound."""
    return {} if most is None else _plus(_times(below, most), _times(above, Fraction(-1)))


def _scale(each: _Sum, of_figures: Mapping[tuple[Term, int], Fraction]) -> int:
    """Return what makes all multiples of a sum whole, in every unit."""
    multiples = [each.get(term, Fraction(0)) * of for (term, _), of in of_figures.items()]
    return lcm(each.get(None, Fraction(0)).denominator, *(number.denominator for number in multiples))


def _linear(expression: Expression) -> _Sum | None:
    """Return an expression as a sum of multiples of figures; None where it is none."""
    match expression:
        case Term():
            return {expression: Fraction(1)}
        case Number(value):
            return {None: value}
        case SumOf(parts):
            sums = [each for part in parts if (each := _linear(part)) is not None]
            return reduce(_plus, sums) if len(sums) == len(parts) else None
        case Operation(sign, left, right):
            first, second = _linear(left), _linear(right)
            return None if first is None or second is None else _joined(sign, first, second)
    return None


def _joined(sign: str, first: _Sum, second: _Sum) -> _Sum | None:
    """Return two sums with a sign between them as one sum; None for ÷, and for × where neither is a number."""
    if sign in "+−":
        return _plus(first, second if sign == "+" else _times(second, Fraction(-1)))
    numbers = [(each, other) for each, other in ((first, second), (second, first)) if each.keys() == {None}]
    return _times(numbers[0][1], numbers[0][0][None]) if sign == "×" and numbers else None


def _plus(first: _Sum, second: _Sum) -> _Sum:
    return {name: first.get(name, Fraction(0)) + second.get(name, Fraction(0)) for name in {**first, **second}}


def _times(each: _Sum, factor: Fraction) -> _Sum:
    return {name: number * factor for name, number in each.items()}
