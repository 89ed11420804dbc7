"""Define rating rules: measures, conditions on them, bands, points, and how ratings are rolled up."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple

from czurban.model.assessment import Verdict
from czurban.model.finding import Place
from czurban.model.indicator import Indicator, IndicatorKind
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


class Colour(StrEnum):
    """The colour of a band, which is always shown with a word."""

    GREEN = "green"
    BLUE = "blue"
    YELLOW = "yellow"
    ORANGE = "orange"
    RED = "red"
    GREY = "grey"


class Points(NamedTuple):
    """Points as written, and the expression that gives them."""

    text: str
    expression: Expression


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A band of a rule: when a rating is in it, its status, word and colour, and the points; `veto` forfeits all."""

    when: Condition
    status: str
    word: str
    colour: Colour
    points: Points | None = None
    veto: bool = False
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extra:
    """Points that are added where a condition holds, or deducted where they are negative.

    With `step` they are added once for each whole `step` in `over`. `most` limits them, without their sign.
    """

    name: str
    when: Condition
    points: Points
    over: Points | None = None
    step: Fraction | None = None
    most: Fraction | None = None


class RankPoints(NamedTuple):
    """Points by rank among the indicators of a rule: the first place gets the first of them, the others `rest`."""

    by: Points
    highest_first: bool
    points: tuple[Fraction, ...]
    rest: Fraction


class MissingCase(StrEnum):
    """Why an indicator cannot be rated by its rule."""

    NO_TARGET = "no_target"
    NOT_APPLICABLE = "not_applicable"
    NOT_REPORTED = "not_reported"
    UNREADABLE = "unreadable"


class MissingPolicy(StrEnum):
    """What happens to an indicator that cannot be rated: it counts nowhere, or with the lowest points, or with 0."""

    LEAVE_OUT = "leave-out"
    LOWEST = "lowest"
    ZERO = "zero"


class RollUp(StrEnum):
    """How several ratings make one."""

    SUM = "sum"
    MEAN = "mean"
    WEIGHTED_MEAN = "weighted-mean"
    WORST = "worst"
    LATEST = "latest"
    ALL_OR_NOTHING = "all-or-nothing"


class Level(StrEnum):
    """What is rolled up: the periods of an indicator, or the indicators of a department, a part or the whole plan."""

    PERIODS = "periods"
    DEPARTMENTS = "departments"
    PARTS = "parts"
    TOTAL = "total"


class RuleScope(NamedTuple):
    """The indicators that a rule is for: those of these kinds, categories, ids and departments; empty means any."""

    kinds: frozenset[IndicatorKind] = frozenset()
    categories: frozenset[str] = frozenset()
    indicators: frozenset[str] = frozenset()
    departments: frozenset[str] = frozenset()

    def includes(self, indicator: Indicator, category: str) -> bool:
        """Return whether an indicator of a category, or of a part of the tasks, is one of them."""
        return (
            (not self.kinds or indicator.kind in self.kinds)
            and (not self.categories or category in self.categories)
            and (not self.indicators or indicator.id in self.indicators)
            and (not self.departments or bool(self.departments.intersection(indicator.leads)))
        )


EVERY_INDICATOR = RuleScope()


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingRule:
    """How indicators are rated: their bands, from the best to the worst, and their points.

    `given` is what the rule takes for granted; a rating outside it is not applicable. `full` are the points of a full
    score. `least` and `most` limit the points, with extras. `all_or_nothing` gives 0 for less than the full score.
    """

    id: str
    name: str
    bands: tuple[Band, ...]
    given: Condition = ALWAYS
    scope: RuleScope = EVERY_INDICATOR
    full: Fraction | None = None
    least: Fraction | None = None
    most: Fraction | None = None
    all_or_nothing: bool = False
    extras: tuple[Extra, ...] = ()
    rank: RankPoints | None = None
    weight: Fraction = Fraction(1)
    place: Place | None = None

    @property
    def scores(self) -> bool:
        """Whether it gives points at all."""
        return self.rank is not None or any(band.points for band in self.bands)

    @property
    def names(self) -> tuple[str, ...]:
        """The names that its conditions and points use: measures in their order, then words, then references."""
        used = [self.given.names, *(band.when.names for band in self.bands), *(each.when.names for each in self.extras)]
        points = [band.points for band in self.bands]
        points += [each for extra in self.extras for each in (extra.points, extra.over)]
        points += [self.rank.by] if self.rank else []
        used += [names_in(each.expression) for each in points if each]
        return ordered_names(frozenset().union(*used))


def ordered_names(names: Iterable[str]) -> tuple[str, ...]:
    """Sort names: measures first, in their order."""
    known = [*map(str, Measure), POINTS, VERDICT, PACE]
    return tuple(sorted(names, key=lambda name: (known.index(name) if name in known else len(known), name)))


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingRules:
    """The rules of a file, the first that is for an indicator being its rule.

    `references` are figures that the file gives, by name and by the indicator's id. `grades` are bands over the points
    of a department, a part or the whole. `weights` are those of single indicators, by id.
    """

    title: str
    source: str
    rules: tuple[RatingRule, ...]
    missing: Mapping[MissingCase, MissingPolicy]
    rollups: Mapping[Level, RollUp]
    references: Mapping[str, Mapping[str, Fraction]] = field(default_factory=dict)
    grades: tuple[Band, ...] = ()
    weights: Mapping[str, Fraction] = field(default_factory=dict)
    file: str = ""
    place: Place | None = None
