"""Define rating rules: bands, and points with extras and by rank."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from czurban.model.finding import Place
from czurban.model.indicator import Indicator, IndicatorKind
from czurban.model.over_time.conditions import ALWAYS, PACE, POINTS, VERDICT, Condition, Expression, Measure, names_in


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
