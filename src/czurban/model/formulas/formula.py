"""Define formulas of indicators, and evaluate them over exact values or over ranges, with their units."""

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from fractions import Fraction
from functools import cache, partial, reduce
from typing import NamedTuple

from czurban.model.finding import Place
from czurban.model.indicator import Indicator
from czurban.model.period import Period
from czurban.model.target.interval import NumberRange
from czurban.model.unit import Powers, Unit, powers_of


class Term(NamedTuple):
    """The figure of an indicator, by id: of the judged period, of another `period`, or the baseline (`at_baseline`)."""

    indicator: str
    at_baseline: bool = False
    period: Period | None = None

    @property
    def looks_back(self) -> bool:
        """Whether it is the figure of another period than the judged one."""
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
    """`share(part, whole)`: part ÷ whole, both of the same dimension."""

    part: "Expression"
    whole: "Expression"


Expression = Term | Number | Operation | SumOf | Share


class Missing(StrEnum):
    """What happens to a formula if one of its figures was not reported."""

    UNREPORTED = "unreported"
    PARTIAL = "partial"  # only for a sum: the known parts, with a list of the missing ones


class Formula(NamedTuple):
    """The formula of an indicator, which gives its figure where none is sent.

    `text` is the expression as written. `rounding` is the number of decimals of a derived value in the indicator's
    unit; None leaves it exact.
    """

    indicator: str
    expression: Expression
    text: str
    missing: Missing = Missing.UNREPORTED
    rounding: int | None = None
    place: Place | None = None

    @property
    def equation(self) -> str:
        """The formula as an equation: id = expression."""
        return f"{self.indicator} = {self.text}"

    def terms(self) -> tuple[Term, ...]:
        """Return every term once, in the order of the expression."""
        return tuple(dict.fromkeys(terms_of(self.expression)))

    @property
    def names(self) -> frozenset[str]:
        """The ids of all indicators in the equation."""
        return frozenset((self.indicator, *(term.indicator for term in self.terms())))

    @property
    def looks_back(self) -> bool:
        """Whether it uses a figure of another period than the judged one."""
        return any(term.looks_back for term in self.terms())


def divides_within(expression: Expression) -> bool:
    """Return whether a result of a division is computed with, so that zero may count before a figure is missing."""
    match expression:
        case Operation(_, left, right) | Share(left, right):
            return any(map(_divides, (left, right)))
        case SumOf(parts):
            return any(map(_divides, parts))
    return False


def _divides(expression: Expression) -> bool:
    by_itself = isinstance(expression, Share) or (isinstance(expression, Operation) and expression.sign == "÷")
    return by_itself or divides_within(expression)


def is_flat(expression: Expression) -> bool:
    """Return whether an expression is a term, or one operation of terms and numbers: none other can fail before it."""
    match expression:
        case Operation(_, left, right) | Share(left, right):
            return isinstance(left, Term | Number) and isinstance(right, Term | Number)
        case SumOf(parts):
            return all(isinstance(part, Term | Number) for part in parts)
    return True


def terms_of(expression: Expression) -> Iterator[Term]:
    """Yield every term of an expression, as often as it occurs."""
    match expression:
        case Term():
            yield expression
        case Operation(_, left, right) | Share(left, right):
            yield from terms_of(left)
            yield from terms_of(right)
        case SumOf(parts):
            for part in parts:
                yield from terms_of(part)


def addends(expression: Expression) -> tuple[Expression, ...]:
    """Return the addends of a sum; any other expression is a single addend."""
    match expression:
        case SumOf(parts):
            return tuple(addend for part in parts for addend in addends(part))
        case Operation("+", left, right):
            return (*addends(left), *addends(right))
    return (expression,)


_PERCENT = Fraction(1, 100)
_LONGEST = 2048  # bits
_SHARES = ("share", "percentage point")
_PER_HEAD = ("人均", "每人", "per_capita", "per_head", "per_person", "per capita", "per head", "per person")


class Failure(StrEnum):
    """Why a formula has no result."""

    MISSING = "missing"
    UNUSABLE = "unusable"
    ZERO = "zero"
    MIXED = "mixed"
    LONG = "long"  # more digits than can be printed
    BACKWARD = "backward"  # it uses another period, and the judged period is not the plan's
    IMPOSSIBLE = "impossible"  # a share outside 0 to 100 %, or a stock below zero


Look = Callable[[Term], NumberRange | None]
"""Returns a term's figure in base units, an exact value as a range of one point; None where it is not known."""


class FormulaOutcome(NamedTuple):
    """The figure of a formula's indicator and the result of the formula, both in the indicator's unit."""

    left: NumberRange
    right: NumberRange

    @property
    def holds(self) -> bool:
        """Whether the sides are equal for some values that round to the figures."""
        return self.left.meets(self.right)


class Measures:
    """The dimensions of a plan's indicators, to evaluate its formulas in base units."""

    def __init__(self, indicators: Mapping[str, Indicator]) -> None:
        self.indicators = indicators

    def base(self, values: NumberRange, unit: Unit) -> NumberRange:
        """Convert values from a unit to base units."""
        factor = _base(unit)[0]
        return values if factor == 1 else values.times(factor)

    def own(self, values: NumberRange, indicator: Indicator) -> NumberRange:
        """Convert values from base units to an indicator's unit."""
        return values.times(_own(indicator.unit))

    def fits(self, expression: Expression, indicator: Indicator) -> bool:
        """Return whether an expression has the dimension of an indicator."""
        given, wanted = self.powers(expression), _base(indicator.unit)[1]
        return given is not None and (given == wanted or _per_head(indicator, wanted, given))

    def powers(self, expression: Expression) -> Powers | None:
        """Return the dimension of an expression; None where it adds or compares different dimensions."""
        match expression:
            case Term(indicator):
                return _base(self.indicators[indicator].unit)[1]
            case Number():
                return {}
            case Operation("×" | "÷" as sign, left, right):
                first, second = self.powers(left), self.powers(right)
                return None if first is None or second is None else _joined(first, second, 1 if sign == "×" else -1)
            case Share(part, whole):
                return None if self._common(part, whole) is None else {}
            case Operation(_, left, right):
                return self._common(left, right)
            case SumOf(parts):
                return self._common(*parts)

    def _common(self, *expressions: Expression) -> Powers | None:
        """Return the dimension that all expressions have; None where they differ."""
        first, *others = map(self.powers, expressions)
        return first if all(other == first for other in others) else None

    def solve(
        self, expression: Expression, indicator: Indicator, figure: NumberRange | None, look: Look
    ) -> FormulaOutcome | Failure:
        """Compare an indicator's figure, in base units, with the result of its formula."""
        result = self.work_out(expression, indicator, look)
        if isinstance(result, Failure):
            return result
        return Failure.MISSING if figure is None else FormulaOutcome(self.own(figure, indicator), result)

    def work_out(self, expression: Expression, indicator: Indicator, look: Look) -> NumberRange | Failure:
        """Evaluate an expression in the unit of the indicator that it gives."""
        if not self.fits(expression, indicator):
            return Failure.MIXED
        result = evaluate(expression, look)
        return result if isinstance(result, Failure) else self.own(result, indicator)


@cache
def _base(unit: Unit) -> tuple[Fraction, Powers]:
    """Return a unit's factor and dimension; a per cent is a hundredth."""
    if unit.dimension in _SHARES:
        return unit.factor * _PERCENT, {}
    return unit.factor, powers_of(unit.dimension)


@cache
def _own(unit: Unit) -> Fraction:
    """Return how many of a unit one base unit is."""
    return 1 / _base(unit)[0]


def evaluate(expression: Expression, look: Look) -> NumberRange | Failure:
    """Evaluate an expression in base units by interval arithmetic; points give exact results."""
    match expression:
        case Term():
            return look(expression) or Failure.MISSING
        case Number(value):
            return NumberRange.point(value)
        case Operation(sign, left, right):
            return _both(sign, evaluate(left, look), evaluate(right, look))
        case Share(part, whole):
            return _both("÷", evaluate(part, look), evaluate(whole, look))
        case SumOf(parts):
            return reduce(partial(_both, "+"), (evaluate(part, look) for part in parts))


def _both(sign: str, left: NumberRange | Failure, right: NumberRange | Failure) -> NumberRange | Failure:
    if isinstance(left, Failure):
        return left
    if isinstance(right, Failure):
        return right
    match sign:
        case "+":
            result: NumberRange | None = left + right
        case "−":
            result = left - right
        case "×":
            result = left * right
        case _:
            result = left / right
    if result is None:
        return Failure.ZERO
    return Failure.LONG if _is_long(result) else result


def _is_long(values: NumberRange) -> bool:
    """Return whether an end has more digits than any figure; formulas upon formulas could double them each time."""
    ends = (values.low,) if values.low is values.high else (values.low, values.high)
    return any(
        max(end.numerator.bit_length(), end.denominator.bit_length()) > _LONGEST for end in ends if end is not None
    )


def _joined(left: Powers, right: Powers, power: int) -> Powers:
    names = left.keys() | right.keys()
    powers = {name: left.get(name, 0) + power * right.get(name, 0) for name in names}
    return {name: n for name, n in powers.items() if n}


def _per_head(indicator: Indicator, wanted: Powers, given: Powers) -> bool:
    """Return whether only “per person” is missing in the unit, and the name has it: plans print 平方米 for 人均面积."""
    named = any(word in name for name in (indicator.id, *indicator.names) for word in _PER_HEAD)
    return named and _joined(wanted, {"person": 1}, -1) == given
