"""How an indicator follows from others by definition: an expression over their figures, and what is declared of it.

What an expression comes to, its units carried along: over exact values, or over all that figures may stand for.
"""

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from fractions import Fraction
from functools import partial, reduce
from typing import NamedTuple

from czurban.model.finding import Place
from czurban.model.indicator import Indicator
from czurban.model.number_range import NumberRange
from czurban.model.period import Period
from czurban.model.unit import Unit, Units


class Term(NamedTuple):
    """One indicator's figure, by id: of the period judged, or with `at_baseline` the baseline, or of a `period`."""

    indicator: str
    at_baseline: bool = False
    period: Period | None = None

    @property
    def looks_back(self) -> bool:
        """Whether it is a figure of another time than the one judged."""
        return self.at_baseline or self.period is not None


class Number(NamedTuple):
    """A number without a unit."""

    value: Fraction


class Operation(NamedTuple):
    """Two expressions with +, −, × or ÷ between them."""

    sign: str
    left: "Expression"
    right: "Expression"


class SumOf(NamedTuple):
    """`sum(a, b, …)`: any number of parts added up."""

    parts: tuple["Expression", ...]


class Share(NamedTuple):
    """`share(part, whole)`: what part of the whole one is, both measuring the same."""

    part: "Expression"
    whole: "Expression"


Expression = Term | Number | Operation | SumOf | Share


class Missing(StrEnum):
    """What becomes of a formula one of whose figures nobody reported."""

    UNREPORTED = "unreported"
    PARTIAL = "partial"  # of a sum alone: what there is, with a list of what is missing


class Formula(NamedTuple):
    """What gives an indicator its figure where nobody sends one; true of every consistent set of figures.

    `text` is the expression as written. `rounding` is how many decimals a derived value has in the indicator's unit;
    None leaves it exact.
    """

    indicator: str
    expression: Expression
    text: str
    missing: Missing = Missing.UNREPORTED
    rounding: int | None = None
    place: Place | None = None

    @property
    def equation(self) -> str:
        """The formula with what it gives."""
        return f"{self.indicator} = {self.text}"

    def terms(self) -> tuple[Term, ...]:
        """Every term, each once, in the order they are written."""
        return tuple(dict.fromkeys(terms_of(self.expression)))

    @property
    def names(self) -> frozenset[str]:
        """The ids of all indicators that it ties together."""
        return frozenset((self.indicator, *(term.indicator for term in self.terms())))

    @property
    def looks_back(self) -> bool:
        """Whether it takes a figure of another time than the one judged."""
        return any(term.looks_back for term in self.terms())


def terms_of(expression: Expression) -> Iterator[Term]:
    """Every term of an expression, as often as it stands there."""
    match expression:
        case Term():
            yield expression
        case Operation(_, one, other) | Share(one, other):
            yield from terms_of(one)
            yield from terms_of(other)
        case SumOf(parts):
            for part in parts:
                yield from terms_of(part)


def addends(expression: Expression) -> tuple[Expression, ...]:
    """What a sum adds up; one thing alone where it is none."""
    match expression:
        case SumOf(parts):
            return tuple(one for part in parts for one in addends(part))
        case Operation("+", left, right):
            return (*addends(left), *addends(right))
    return (expression,)


_PERCENT = Fraction(1, 100)
_LONGEST = 2048  # bits
_SHARES = ("share", "percentage point")
_COMPOSED: Mapping[str, Mapping[str, int]] = {"area per person": {"area": 1, "person": -1}}
_PER_HEAD = ("人均", "每人", "per_capita", "per_head", "per_person", "per capita", "per head", "per person")


class FormulaTrouble(StrEnum):
    """Why an expression comes to nothing."""

    MISSING = "missing"
    ZERO = "zero"
    MIXED = "mixed"
    LONG = "long"  # so many digits that nobody could write them down


Look = Callable[[Term], NumberRange | None]
"""Gives a term's figure in base units; None where it is not known. An exact value is a span of one point."""
Powers = Mapping[str, int]
"""What is measured: dimensions with their powers, none of them 0."""


class FormulaOutcome(NamedTuple):
    """What a formula's indicator is and what the formula comes to, both in the indicator's own unit."""

    left: NumberRange
    right: NumberRange

    @property
    def holds(self) -> bool:
        """Whether some values that round to the figures make the sides equal."""
        return self.left.meets(self.right)


class Measures:
    """What the indicators of one plan measure, and how many base units their figures are."""

    def __init__(self, indicators: Mapping[str, Indicator], units: Units) -> None:
        self.indicators = indicators
        self.units = units

    def base(self, span: NumberRange, unit: Unit) -> NumberRange:
        """Figures in a unit as base units."""
        return span.times(self._base(unit)[0])

    def own(self, span: NumberRange, one: Indicator) -> NumberRange:
        """Base units in an indicator's unit."""
        return span.times(1 / self._base(one.unit)[0])

    def fits(self, expression: Expression, one: Indicator) -> bool:
        """Whether an expression measures what an indicator measures."""
        found, own = self.powers(expression), self._base(one.unit)[1]
        return found is not None and (found == own or _per_head(one, own, found))

    def powers(self, expression: Expression) -> Powers | None:
        """What an expression measures; None where it adds or compares what does not measure the same."""
        match expression:
            case Term(indicator):
                return self._base(self.indicators[indicator].unit)[1]
            case Number():
                return {}
            case Operation("×" | "÷" as sign, one, other):
                left, right = self.powers(one), self.powers(other)
                return None if left is None or right is None else _joined(left, right, 1 if sign == "×" else -1)
            case Share(one, other):
                return None if self._common(one, other) is None else {}
            case Operation(_, one, other):
                return self._common(one, other)
            case SumOf(parts):
                return self._common(*parts)

    def _common(self, *expressions: Expression) -> Powers | None:
        """What several expressions all measure; None where they do not measure the same."""
        first, *others = map(self.powers, expressions)
        return first if all(other == first for other in others) else None

    def solve(
        self, expression: Expression, one: Indicator, left: NumberRange | None, look: Look
    ) -> FormulaOutcome | FormulaTrouble:
        """Hold an indicator's figure, in base units, against what its formula comes to."""
        right = self.work_out(expression, one, look)
        if isinstance(right, FormulaTrouble):
            return right
        return FormulaTrouble.MISSING if left is None else FormulaOutcome(self.own(left, one), right)

    def work_out(self, expression: Expression, one: Indicator, look: Look) -> NumberRange | FormulaTrouble:
        """What an expression comes to, in the unit of the indicator it gives."""
        if not self.fits(expression, one):
            return FormulaTrouble.MIXED
        found = evaluate(expression, look)
        return found if isinstance(found, FormulaTrouble) else self.own(found, one)

    def _base(self, unit: Unit) -> tuple[Fraction, Powers]:
        """How many base units one of it is, and what it measures; a per cent is a hundredth.

        A unit that the plan declares as a new one, such as 人/平方千米, is taken apart where both its sides are known.
        """
        if unit.dimension in _SHARES:
            return unit.factor * _PERCENT, {}
        top, slash, bottom = unit.dimension.rpartition("/")
        if slash and (one := self.units.find(top)) and (other := self.units.find(bottom)):
            (size, powers), (below, others) = self._base(one), self._base(other)
            return unit.factor * size / below, _joined(powers, others, -1)
        return unit.factor, _COMPOSED.get(unit.dimension, {unit.dimension: 1})


def evaluate(expression: Expression, look: Look) -> NumberRange | FormulaTrouble:
    """Work out an expression in base units by interval arithmetic; what is reckoned from points is exact."""
    match expression:
        case Term():
            return look(expression) or FormulaTrouble.MISSING
        case Number(value):
            return NumberRange.point(value)
        case Operation(sign, one, other):
            return _both(sign, evaluate(one, look), evaluate(other, look))
        case Share(one, other):
            return _both("÷", evaluate(one, look), evaluate(other, look))
        case SumOf(parts):
            return reduce(partial(_both, "+"), (evaluate(part, look) for part in parts))


def _both(
    sign: str, left: NumberRange | FormulaTrouble, right: NumberRange | FormulaTrouble
) -> NumberRange | FormulaTrouble:
    if isinstance(left, FormulaTrouble):
        return left
    if isinstance(right, FormulaTrouble):
        return right
    match sign:
        case "+":
            found: NumberRange | None = left + right
        case "−":
            found = left - right
        case "×":
            found = left * right
        case _:
            found = left / right
    if found is None:
        return FormulaTrouble.ZERO
    return FormulaTrouble.LONG if _is_long(found) else found


def _is_long(span: NumberRange) -> bool:
    """Whether an end has more digits than a figure ever has: formulas upon formulas could double them each time."""
    ends = (end for end in (span.low, span.high) if end is not None)
    return any(max(end.numerator.bit_length(), end.denominator.bit_length()) > _LONGEST for end in ends)


def _joined(left: Powers, right: Powers, power: int) -> Powers:
    names = left.keys() | right.keys()
    powers = {name: left.get(name, 0) + power * right.get(name, 0) for name in names}
    return {name: n for name, n in powers.items() if n}


def _per_head(one: Indicator, own: Powers, found: Powers) -> bool:
    """Plans print 平方米 for 人均面积: where the name says per head, a unit that does not is no fault."""
    named = any(word in name for name in (one.id, *one.names) for word in _PER_HEAD)
    return named and _joined(own, {"person": 1}, -1) == found
