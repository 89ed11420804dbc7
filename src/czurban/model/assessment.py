"""The plan, its verdicts and the findings, together.

The outcome of one target: a fact about the city, with the figures shown beside it.

Every region of a large table held against the plan: how many met what, and what is wrong with the rows.

What a figure rests on, down to the cell: the tree behind `czurban why`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from czurban.model.derived import Derived, Input
from czurban.model.finding import Finding, Findings, Place
from czurban.model.indicator import Indicator
from czurban.model.observation import NO_ROWS, Observation, RowCount, StageReport, Submission
from czurban.model.period import Period
from czurban.model.plan import Plan


class Verdict(StrEnum):
    """The five outcomes. Not reported and not readable are outcomes of their own, never a kind of missed."""

    MET = "met"
    MISSED = "missed"
    UNREPORTED = "unreported"
    UNREADABLE = "unreadable"
    NOT_DUE = "not-due"


class Note(StrEnum):
    """What is worth saying beside a verdict and never changes it."""

    WORSE_THAN_BASELINE = "worse-than-baseline"
    TARGET_BELOW_BASELINE = "target-below-baseline"
    MET_AT_BASELINE = "met-at-baseline"
    COPIED = "copied"
    APPROXIMATE = "approximate"
    APPROXIMATE_BASELINE = "approximate-baseline"
    INTERPRETED = "interpreted"
    DERIVED = "derived"
    PARTIAL = "partial"
    PLAN_TARGET = "plan-target"
    NO_TARGET = "no-target"


class NoProgress(StrEnum):
    """Why the progress from baseline to target (目标完成进度) is left blank."""

    NO_VALUE = "no-value"
    NO_BASELINE = "no-baseline"
    MET_AT_BASELINE = "met-at-baseline"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What is computed from a value, all in the indicator's unit; rates (完成率, 进度) as fractions of one.

    `gap` is positive inside the target. `change` is against the baseline. `completion` is actual ÷ target for floors
    of amounts and is not progress. Everything is exact; rounding is the report's.
    """

    gap: Fraction
    change: Fraction | None = None
    completion: Fraction | None = None
    progress: Fraction | None = None
    no_progress: NoProgress | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One indicator judged: its verdict, the observation used, the value in the plan's unit, figures and notes.

    `derived` is there where nobody sent a value and the plan's formula gave one, or a part of one; there is no
    observation then.
    """

    indicator: Indicator
    verdict: Verdict
    observation: Observation | None = None
    actual: Fraction | None = None
    figures: Figures | None = None
    notes: tuple[Note, ...] = ()
    derived: "Derived | None" = None

    @property
    def has_figure(self) -> bool:
        """Whether there is anything to go by: something was sent, or a formula gave a whole value."""
        return self.observation is not None or self.actual is not None

    @property
    def place(self) -> Place | None:
        """Where the value stands: its cell, or the formula that gave it."""
        if self.observation:
            return self.observation.place
        return self.derived.formula.place if self.derived else None

    @property
    def approximate(self) -> bool:
        """Whether 约 stands before the value, or before one that it is reckoned from."""
        seen = self.observation or self.derived
        return seen is not None and seen.approximate

    @property
    def raw(self) -> str:
        """The value as it was sent, or as a formula gave it where only a part of it is known; else nothing."""
        if self.observation:
            return self.observation.raw
        return self.derived.shown if self.derived else ""


class Assessment(NamedTuple):
    """Every indicator of the plan with its result, in the plan's order, for one period.

    `stages` are the milestones' stages that may be used, by task and name.
    """

    plan: Plan
    period: Period
    results: tuple[Result, ...]
    findings: Findings = ()
    submissions: tuple[Submission, ...] = ()
    stages: Mapping[tuple[int, str], StageReport] = {}


@dataclass(frozen=True, slots=True)
class Tally:
    """How many results of each verdict, and of how many: a share is never told without its denominator."""

    total: int
    counts: dict[Verdict, int]

    def __getitem__(self, verdict: Verdict) -> int:
        """How many results have this verdict."""
        return self.counts.get(verdict, 0)


def tally(results: Iterable[Result]) -> Tally:
    """Count results by verdict. Unreported and unreadable ones stay in the total."""
    counts = Counter(result.verdict for result in results)
    return Tally(counts.total(), dict(counts))


Verdicts = Mapping[Verdict, int]
"""How many regions have each verdict."""


class Family(NamedTuple):
    """Regions that belong together (a province's, say): how many, and their verdicts by the indicator's id."""

    name: str
    regions: int
    verdicts: Mapping[str, Verdicts]


class Survey(NamedTuple):
    """The plan, the families in their order, the count of findings by code, those that are listed, and the rows.

    `codes` counts every finding, of which `findings` has the first of each code alone where there are many.
    """

    plan: Plan
    period: Period
    families: tuple[Family, ...]
    codes: Mapping[str, int]
    findings: Findings = ()
    files: tuple[str, ...] = ()
    rows: RowCount = NO_ROWS

    @property
    def regions(self) -> int:
        """How many regions there are."""
        return sum(one.regions for one in self.families)

    def by_indicator(self) -> Iterator[tuple[str, Verdicts]]:
        """The verdicts of each indicator over all families, in the plan's order; without those no region has."""
        for one in self.plan.indicators:
            found = added(family.verdicts.get(one.id, {}) for family in self.families)
            if found:
                yield one.id, found

    @property
    def all(self) -> Verdicts:
        """All verdicts together."""
        return added(counts for _, counts in self.by_indicator())


def added(many: Iterator[Verdicts]) -> Verdicts:
    """Counts of verdicts together."""
    found: dict[Verdict, int] = {}
    for counts in many:
        for verdict, count in counts.items():
            found[verdict] = found.get(verdict, 0) + count
    return found


@dataclass(frozen=True, slots=True)
class SentFigure:
    """One figure that was sent, what was found about it, and how many of the indicator's units one of its units is.

    `used` says that it is the figure that was judged. `factor` is None where its unit is not known or does not fit.
    """

    observation: Observation
    findings: tuple[Finding, ...]
    used: bool
    factor: Fraction | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """One indicator: what was sent for it, what its formula gives, and the same of all that the formula takes.

    `source` is the input it stands for, None at the root. `columns` are what the formula gives by the plan's own
    printed figures. `findings` and `of_the_plan` are about its formula: by the figures sent, and by those printed.
    `again` says that the same indicator was told above already, so that nothing is below.
    """

    indicator: Indicator
    result: Result | None
    source: Input | None = None
    sent: tuple[SentFigure, ...] = ()
    derived: Derived | None = None
    columns: tuple[Derived, ...] = ()
    below: tuple["Trace", ...] = ()
    findings: tuple[Finding, ...] = ()
    of_the_plan: tuple[Finding, ...] = ()
    again: bool = False
