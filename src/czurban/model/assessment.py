"""Define verdicts and results, and the assessment of a plan."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from czurban.model.finding import Finding, Findings, Place, Severity
from czurban.model.indicator import Indicator
from czurban.model.observation import Observation, Reading, StageReport, Submission
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.model.task import TaskNo
from czurban.model.text import key

if TYPE_CHECKING:  # few figures come from formulas
    from czurban.model.formulas.derived import Derived


class Verdict(StrEnum):
    """The five outcomes of a target; *unreported* and *unreadable* are never counted as missed (R7)."""

    MET = "met"
    MISSED = "missed"
    UNREPORTED = "unreported"
    UNREADABLE = "unreadable"
    NOT_DUE = "not-due"


class Note(StrEnum):
    """Remarks next to a verdict, which never change it (R7)."""

    WORSE_THAN_BASELINE = "worse-than-baseline"
    TARGET_BELOW_BASELINE = "target-below-baseline"
    MET_AT_BASELINE = "met-at-baseline"
    COPIED = "copied"
    IMPLAUSIBLE = "implausible"
    APPROXIMATE = "approximate"
    APPROXIMATE_BASELINE = "approximate-baseline"
    INTERPRETED = "interpreted"
    DERIVED = "derived"
    PARTIAL = "partial"
    PLAN_TARGET = "plan-target"
    NO_TARGET = "no-target"
    EARLIER_YEAR_MISSED = "earlier-year-missed"
    BINDING = "binding"
    OTHER_FIGURE_UNKNOWN = "other-figure-unknown"
    OTHER_UNREADABLE = "other-unreadable"
    DIFFERING = "differing"


class NoProgress(StrEnum):
    """Why the progress from baseline to target (目标完成进度) is blank."""

    NO_BASELINE = "no-baseline"
    MET_AT_BASELINE = "met-at-baseline"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The figures computed from a value, exact, in the indicator's unit; rates (完成率, 进度) as fractions of 1 (R8).

    `gap` is the distance to the nearest bound, positive inside the target. `change` is actual − baseline. `completion`
    is actual ÷ target, for floors of amounts. `progress` is (actual − baseline) ÷ (target − baseline).
    """

    gap: Fraction
    change: Fraction | None = None
    completion: Fraction | None = None
    progress: Fraction | None = None
    no_progress: NoProgress | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A judged indicator: its verdict, the observation used, the value in the plan's unit, figures and notes.

    `derived` is set, and `observation` is not, where no value was sent and the plan's formula gives one or a part.
    `of` is set where the figure is not of the judged period: several years that make it up, or an earlier year, which
    is `age` years before. `differing` are the values that conflict, the observation first, so that none is used.
    """

    indicator: Indicator
    verdict: Verdict
    observation: Observation | None = None
    actual: Fraction | None = None
    figures: Figures | None = None
    notes: tuple[Note, ...] = ()
    derived: "Derived | None" = None
    of: Period | None = None
    age: int = 0
    differing: tuple[Observation, ...] = ()

    @property
    def has_figure(self) -> bool:
        """Whether a figure was sent, usable or not, or a formula gives a complete value."""
        return self.observation is not None or self.actual is not None

    @property
    def place(self) -> Place | None:
        """The place of the value: its cell, or the formula that gives it."""
        if self.observation:
            return self.observation.place
        return self.derived.formula.place if self.derived else None

    @property
    def grade(self) -> str:
        """The name of the grade that the value has; empty where the target has no grades."""
        return self.indicator.target.grade_of(self.actual) if self.actual is not None else ""

    @property
    def is_binding_miss(self) -> bool:
        """Whether a binding target is missed."""
        return self.verdict is Verdict.MISSED and self.indicator.binding is True

    @property
    def approximate(self) -> bool:
        """Whether the value, or a value that it is computed from, has 约."""
        source = self.observation or self.derived
        return source is not None and source.approximate

    @property
    def raw(self) -> str:
        """The value as it was sent, or else as a formula gives it; otherwise empty. Values that differ are all here."""
        if self.differing:
            same = len({value.shown_unit for value in self.differing if value.amount is not None}) <= 1
            return " / ".join(dict.fromkeys(value.raw + ("" if same else value.shown_unit) for value in self.differing))
        if self.observation:
            return self.observation.raw
        return self.derived.shown if self.derived else ""


class CountyFigure(NamedTuple):
    """A figure in the form of a region; it is `judged` by a target of the region's own, and else only collected."""

    region: str
    result: Result
    judged: bool


class Assessment(NamedTuple):
    """The results of all indicators of a plan for one period, in the plan's order, with the findings.

    `stages` are the usable stages of milestones, by task and name. `inputs` are the figures of indicators that the
    plan gives no target; they are not among the results, so that nothing counts them. `allotted` are the results of the
    departments' own parts of targets, which are never counted with the whole's. `counties` are the regions that sent
    forms, each judged by itself, by their codes; the submissions here have nothing of what these forms report.
    """

    plan: Plan
    period: Period
    results: tuple[Result, ...]
    findings: Findings = ()
    submissions: tuple[Submission, ...] = ()
    stages: Mapping[tuple[TaskNo, str], StageReport] = {}
    inputs: tuple[Result, ...] = ()
    allotted: tuple[Result, ...] = ()
    counties: Mapping[str, "Assessment"] = {}

    @property
    def by_id(self) -> Mapping[str, Result]:
        """The results, the inputs and the departments' own parts, by the indicator's id."""
        return {result.indicator.id: result for result in (*self.results, *self.inputs, *self.allotted)}

    @property
    def judged(self) -> tuple[Result, ...]:
        """The results of all targets: those of the plan, then departments' own parts, then those of regions' forms."""
        return (*self.results, *self.allotted, *(figure.result for figure in self.of_counties() if figure.judged))

    def of_counties(self) -> Iterator[CountyFigure]:
        """Yield each own target of the regions that sent forms, and every other figure that these report."""
        for code, county in self.counties.items():
            for result in (*county.results, *county.inputs):
                judged = result.indicator.id in county.plan.own_targets
                if judged or result.observation:
                    part = self.plan.county_part(result.indicator, code)
                    yield CountyFigure(self.plan.counties[code].name, replace(result, indicator=part), judged)

    @property
    def everything_sent(self) -> tuple[Submission, ...]:
        """The files with what counts for the plan's region, and those of other regions with what is theirs."""
        return (*self.submissions, *(form for county in self.counties.values() for form in county.submissions))

    def cause(self, result: Result) -> Finding | None:
        """Return why a figure cannot be judged: the error on it, or the one that names its place."""
        value, place = result.observation, result.place
        if value is None:  # a formula gives a part of the figure
            return next((fault for fault in self.findings if fault.code == "S252" and fault.place == place), None)
        errors = [fault for fault in self.findings if fault.severity is Severity.ERROR]
        naming = (fault for fault in errors if value.place in fault.message.values.values())
        at = next((fault for fault in errors if fault.place == value.place), None)
        return at or next(naming, None) or self.refusal_of(value.place.file)

    def refusal_of(self, file: str) -> Finding | None:
        """Return why none of a form is used, if others' figures in it are the reason."""
        refusals = (fault for fault in self.findings if fault.code == "S244" and fault.place)
        return next((fault for fault in refusals if fault.place and fault.place.file == file), None)

    def with_inputs_apart(self) -> "Assessment":
        """Return the assessment with the figures of indicators that have no target at all taken out of the results."""
        apart = tuple(result for result in self.results if result.indicator.input_only)
        if not apart:
            return self
        judged = tuple(result for result in self.results if not result.indicator.input_only)
        return self._replace(results=judged, inputs=apart)


def used_files(assessment: Assessment) -> tuple[str, ...]:
    """Return the files that have a usable figure or stage, in order."""
    errors = {fault.place for fault in assessment.findings if fault.severity is Severity.ERROR}
    empty, staged = {Reading.NOTHING, Reading.WITHHELD}, {(task, key(name)) for task, name in assessment.stages}
    unreadable = (each for each in assessment.results if each.verdict is Verdict.UNREADABLE)
    doubtful = {each.indicator.id for each in unreadable if each.actual is None or not assessment.plan.within}
    of_counties = (county._replace(findings=assessment.findings) for county in assessment.counties.values())
    forms = {file for county in of_counties for file in used_files(county)}

    def is_used(value: Observation) -> bool:
        return value.reported not in empty and value.place not in errors and value.indicator not in doubtful

    return tuple(
        sent.file
        for sent in assessment.submissions
        if sent.file in forms
        or any(map(is_used, sent.observations))
        or any(stage.place not in errors and (stage.task, key(stage.milestone)) in staged for stage in sent.stages)
    )


def binding_first(results: Iterable[Result]) -> list[Result]:
    """Return results with the binding targets that are missed before all others, otherwise in the same order."""
    return sorted(results, key=lambda result: not result.is_binding_miss)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of all results have each verdict (R9)."""

    total: int
    counts: dict[Verdict, int]

    def __getitem__(self, verdict: Verdict) -> int:
        """Return how many results have a verdict."""
        return self.counts.get(verdict, 0)


def tally(results: Iterable[Result]) -> Tally:
    """Count results by verdict; unreported and unreadable ones are in the total (R9)."""
    counts = Counter(result.verdict for result in results)
    return Tally(counts.total(), dict(counts))
