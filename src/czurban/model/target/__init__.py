"""Define targets: the values that meet an indicator by a date, how they are worded, and the baseline."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple

from czurban.model.finding import Message, Place, say
from czurban.model.period import Period
from czurban.model.target.interval import Direction, Interval, NumberRange, exact_or_none, interval_of
from czurban.model.text import exact, key
from czurban.model.unit import Unit
from czurban.model.years import Baseline, OverYears, PathPoint

__all__ = [
    "BASELINE",
    "UNDATED",
    "Basis",
    "Condition",
    "Conditions",
    "Direction",
    "Grade",
    "Interval",
    "Ladder",
    "OtherFigure",
    "Reference",
    "ReferenceKind",
    "RelativeBound",
    "StatedKind",
    "StatedValue",
    "Step",
    "Target",
    "interval_of",
]


class Basis(StrEnum):
    """Whether the plan's printed words decide the direction, or an author interpreted it."""

    PRINTED = "printed"
    INTERPRETED = "interpreted"


class ReferenceKind(StrEnum):
    """The kinds of figure that a bound may be relative to."""

    BASELINE = "baseline"
    YEAR = "year"  # the figure of another year
    PLACE = "place"  # the figure of a larger region, such as 全国
    INDICATOR = "indicator"


class Reference(NamedTuple):
    """A figure that a bound is relative to; `name` is the year, the region or the other indicator."""

    kind: ReferenceKind
    name: str = ""

    @property
    def label(self) -> Message | str:
        """The reference as a word of a rule: 基期, 2015年值, 全国."""
        match self.kind:
            case ReferenceKind.BASELINE:
                return say("baseline")
            case ReferenceKind.YEAR:
                return say("value of {year}", year=self.name)
            case _:
                return self.name


BASELINE = Reference(ReferenceKind.BASELINE)


class RelativeBound(NamedTuple):
    """A bound at `times` × the reference + `plus`, in the indicator's unit; `sign` is one of ≥ ≤ > < =."""

    sign: str
    reference: Reference
    times: Fraction = Fraction(1)
    plus: Fraction = Fraction(0)

    def interval(self, value: Fraction) -> Interval | None:
        """Return the interval for a value of the reference; None where its bound is no finite decimal."""
        bound = exact(self.times * value + self.plus)
        return None if "/" in bound else interval_of(self.sign, Decimal(bound))

    def among(self, figures: Mapping[Reference, Fraction]) -> Interval | None:
        """Return the interval by known figures; None where the reference is not among them."""
        return self.interval(figures[self.reference]) if self.reference in figures else None

    @property
    def label(self) -> Message:
        """The bound as a rule: ≥基期+0.5, ≥2×基期."""
        times = "" if self.times == 1 else f"{exact(self.times)}×"
        plus = f"{'+' if self.plus > 0 else ''}{exact(self.plus)}" if self.plus else ""
        return say(
            "{sign}{times}{reference}{plus}", sign=self.sign, times=times, reference=self.reference.label, plus=plus
        )


Condition = Interval | RelativeBound


class Conditions(NamedTuple):
    """Bounds that must all hold; the usual target has one."""

    all: tuple[Condition, ...]

    def interval(self, figures: Mapping[Reference, Fraction]) -> Interval | None:
        """Return the values that meet every bound, by the figures that these are relative to.

        None where such a figure is not known, or a bound has no last decimal.
        """
        result: Interval | None = None
        for condition in self.all:
            interval = condition if isinstance(condition, Interval) else condition.among(figures)
            if interval is None:
                return None
            result = interval if result is None else result.intersect(interval)
        return result

    @property
    def references(self) -> Sequence[Reference]:
        """The figures that bounds are relative to, each once."""
        bounds = (condition for condition in self.all if isinstance(condition, RelativeBound))
        return tuple(dict.fromkeys(bound.reference for bound in bounds))


class Grade(NamedTuple):
    """A grade, such as 优 or B, and the values that belong to it."""

    name: str
    interval: Interval


class OtherFigure(NamedTuple):
    """The figure that a target is relative to: an indicator of the plan by its id, or figures by their periods.

    `name` is how the plan calls it: 全国, 2015, 地区生产总值增速. Figures are in the unit of the target.
    """

    reference: Reference
    id: str = ""
    figures: Mapping[Period, Fraction] = MappingProxyType({})


class Ladder(NamedTuple):
    """The stages that a statement may report, from the first to the last, and the one that meets the target."""

    stages: tuple[str, ...]
    stage: str

    def find(self, text: str) -> str | None:
        """Return the stage that a text names; None for another text."""
        return next((stage for stage in self.stages if key(stage) == key(text)), None)

    def is_met_by(self, stage: str) -> bool:
        """Return whether a stage is the demanded one or a later one."""
        return self.stages.index(stage) >= self.stages.index(self.stage)


class Step(NamedTuple):
    """What a target of a plan of several years asks for at an earlier date."""

    deadline: Period
    interval: Interval


UNDATED = Period(1)
"""The deadline of a rule whose date is not set yet."""


class Target(NamedTuple):
    """The rule that an indicator must meet by a date, with its baseline and how the direction is known.

    `path` are the points that it should pass on the way, in order of time; without any, the way is a straight line.
    `steps` are the rules of earlier dates, in order of time, and `over` says which figures of several years are meant.
    `stated` is the rule as the plan states it where that is a change from the baseline; `interval` is the level then.
    `about` is the figure of a target with 左右, around which it has a tolerance.

    `grades` are bands with names, the best first. `ladder` are the stages of a target without a number. `relative` is
    a rule relative to `other`, another figure that is known only when the target is judged; until then `interval` has
    no bound.
    """

    interval: Interval
    deadline: Period
    baseline: Baseline | None = None
    basis: Basis = Basis.PRINTED
    reason: str = ""
    path: tuple[PathPoint, ...] = ()
    steps: tuple[Step, ...] = ()
    over: OverYears = OverYears.LEVEL
    stated: Interval | None = None
    about: Decimal | None = None
    grades: tuple[Grade, ...] = ()
    ladder: Ladder | None = None
    relative: Conditions | None = None
    other: OtherFigure | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is no interval: relative to a figure that is not known, or judged by a statement."""
        return not self.interval.has_bound and (self.relative is not None or self.ladder is not None)

    def grade_of(self, value: Fraction) -> str:
        """Return the name of the grade that a value belongs to; empty where the target has none."""
        return next((grade.name for grade in self.grades if value in grade.interval), "")

    def by_figure(self, figure: Fraction) -> "Target":
        """Return the target with the bound that follows from the other figure; itself where it has no last decimal."""
        if self.relative is None or self.other is None:
            return self
        interval = self.relative.interval({self.other.reference: figure})
        return self if interval is None else self._replace(interval=interval)

    def for_part(self, interval: Interval, deadline: Period, baseline: Baseline | None) -> "Target":
        """Return the target of a part, which has none of the figures of the whole; shares of the way hold for both."""
        path = tuple(point for point in self.path if point.share is not None)
        return Target(interval, deadline, baseline, self.basis, self.reason, path, over=self.over)

    def at(self, period: Period) -> "Target":
        """Return the target that judges a figure of a period: the step of its end, that of each year, else itself."""
        step = next((step for step in self.steps if step.deadline.end == period.end), None)
        if step:
            return self._replace(interval=step.interval, deadline=step.deadline)
        due = self.over is OverYears.EACH_YEAR and period.is_year
        return self._replace(deadline=period) if due and period.end < self.deadline.end else self

    @property
    def rule(self) -> Interval:
        """The rule as the plan states it: a change from the baseline, or a level."""
        return self.stated or self.interval

    @property
    def baseline_value(self) -> Fraction | None:
        """The baseline as a number, approximate ones included; None where none is printed."""
        return exact_or_none(self.baseline.value) if self.baseline else None

    @property
    def baseline_rounded(self) -> "NumberRange | None":
        """The values that round to the baseline; None where none is printed or it is approximate."""
        base = self.baseline
        return None if base is None or base.value is None or base.approximate else NumberRange.rounded(base.value)

    @property
    def known_figures(self) -> list[Fraction]:
        """The baseline and the bounds, as far as the plan has them."""
        figures = (self.baseline_value, exact_or_none(self.interval.low), exact_or_none(self.interval.high))
        return [figure for figure in figures if figure is not None]


class StatedKind(StrEnum):
    """Which figure of the plan a column repeats."""

    TARGET = "target"
    BASELINE = "baseline"


class StatedValue(NamedTuple):
    """A target or baseline as a submission prints it, to be compared with the plan's own and never used instead.

    `interval` is set where the text states a rule such as ≥41, `amount` where it is a bare number, neither where the
    text cannot be read; without a `unit` they are in the plan's. `region` is as written, empty where there is none.
    """

    kind: StatedKind
    indicator: str
    raw: str
    place: Place
    amount: Decimal | None = None
    interval: Interval | None = None
    unit: Unit | None = None
    region: str = ""
