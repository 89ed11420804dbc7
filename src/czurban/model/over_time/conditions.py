"""Define the measures that rating rules are about, and calculations and conditions with them."""

from collections.abc import Mapping
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple

from czurban.model.assessment import Verdict
from czurban.model.over_time.pace import PaceStatus


class Measure(StrEnum):
    """A number that a rule may use, known by this name; shares and rates are in per cent.

    `completion` is value ÷ target, `shortfall` how far the value is outside its target, as a share of the bound and
    negative inside. `growth` is the change as a share of the baseline, `plan` the growth that the target asks for.
    `due` is what was to be reached by the judged period, `attainment` value ÷ due, and `lag` how many points the value
    is behind, negative where it is ahead.
    """

    VALUE = "value"
    TARGET = "target"
    BASELINE = "baseline"
    GAP = "gap"
    COMPLETION = "completion"
    SHORTFALL = "shortfall"
    PROGRESS = "progress"
    CHANGE = "change"
    GROWTH = "growth"
    PLAN = "plan"
    DUE = "due"
    ATTAINMENT = "attainment"
    LAG = "lag"


POINTS = "points"
"""The only name that the bands of grades use: the points of a department, a part or the whole."""
VERDICT, PACE = "verdict", "pace"
"""The names that stand for one of several words."""
WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        VERDICT: tuple(str(each) for each in Verdict if each not in {Verdict.UNREPORTED, Verdict.UNREADABLE}),
        PACE: tuple(str(each) for each in PaceStatus if each not in {PaceStatus.UNREPORTED, PaceStatus.UNREADABLE}),
    }
)
"""The words of such a name, in their order; a figure that is missing or unreadable is never rated by a band."""


class Calculation(NamedTuple):
    """Two expressions with + − × ÷ between them, written + - * /."""

    sign: str
    left: "Expression"
    right: "Expression"


Expression = Fraction | str | Calculation
"""A number, a name, or an operation."""


def value_of(expression: Expression, values: Mapping[str, Fraction]) -> Fraction:
    """Compute an expression exactly.

    Raises:
        KeyError: a name has no value.
        ZeroDivisionError: a divisor is zero.
    """
    if isinstance(expression, str):
        return values[expression]
    if isinstance(expression, Fraction):
        return expression
    left, right = value_of(expression.left, values), value_of(expression.right, values)
    match expression.sign:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case _:
            return left / right


def names_in(expression: Expression) -> frozenset[str]:
    """Return the names that an expression uses."""
    if isinstance(expression, str):
        return frozenset({expression})
    return frozenset() if isinstance(expression, Fraction) else names_in(expression.left) | names_in(expression.right)


class Inequality(NamedTuple):
    """Asks that Σ factor × name + constant ≤ 0, or < 0 where it is strict; the names are in order, none twice."""

    factors: tuple[tuple[str, Fraction], ...]
    constant: Fraction
    strict: bool

    def holds(self, values: Mapping[str, Fraction]) -> bool:
        """Return whether values satisfy it; each name needs one."""
        total = sum((factor * values[name] for name, factor in self.factors), self.constant)
        return total < 0 or (total == 0 and not self.strict)

    def negated(self) -> "Inequality":
        """Return the comparison that holds where this one does not."""
        return Inequality(tuple((name, -factor) for name, factor in self.factors), -self.constant, not self.strict)

    def scaled(self) -> "Inequality":
        """Return the same comparison with ±1 as its first factor, so that equal ones are equal values."""
        if not self.factors or abs(size := self.factors[0][1]) == 1:
            return self
        factors = tuple((name, factor / abs(size)) for name, factor in self.factors)
        return Inequality(factors, self.constant / abs(size), self.strict)


class Conjunction(NamedTuple):
    """Values that satisfy all of these comparisons, and for some names only some of their words."""

    comparisons: tuple[Inequality, ...] = ()
    words: Mapping[str, frozenset[str]] = {}

    def __and__(self, other: "Conjunction") -> "Conjunction":
        both = {name: self.words.get(name, words) & words for name, words in other.words.items()}
        comparisons = tuple(dict.fromkeys((*self.comparisons, *other.comparisons)))
        return Conjunction(comparisons, {**self.words, **both})

    def holds(self, values: Mapping[str, Fraction], words: Mapping[str, str]) -> bool:
        """Return whether values and words are in it; each name needs one."""
        chosen = all(words[name] in allowed for name, allowed in self.words.items())
        return chosen and all(comparison.holds(values) for comparison in self.comparisons)


class Condition(NamedTuple):
    """A condition as written, and the cells that satisfy it, of which one is enough. It holds always with one empty."""

    text: str
    cells: tuple[Conjunction, ...]

    def holds(self, values: Mapping[str, Fraction], words: Mapping[str, str]) -> bool:
        """Return whether values and words satisfy it; each name needs one."""
        return any(cell.holds(values, words) for cell in self.cells)

    @property
    def names(self) -> frozenset[str]:
        """The names that it uses."""
        numbers = {name for cell in self.cells for each in cell.comparisons for name, _ in each.factors}
        return frozenset(numbers | {name for cell in self.cells for name in cell.words})


ALWAYS = Condition("", (Conjunction(),))
"""The condition that holds for all values."""
