"""Judge a value against its target, and compute the figures and the notes that stand next to the verdict."""

from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from czurban.model.assessment import Figures, NoProgress, Note, Result, Verdict
from czurban.model.indicator import ADDS_UP, Indicator
from czurban.model.observation import Observation
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.model.target import Basis, Target

if TYPE_CHECKING:
    from czurban.model.formulas.derived import Derived

_WHOLE_SHARE = 100


def is_due(target: Target, judged: Period, plan: Period) -> bool:
    """Return whether a target is due in the judged period: it ends on the deadline or later (R7).

    A period that begins before the plan's is compared with the target on purpose, to show the distance to it.
    """
    return judged.start < plan.start or judged.until >= target.deadline.until


def verdict(target: Target, actual: Fraction) -> Verdict:
    """Return *met* if the value is in the target's interval, otherwise *missed*; compared exactly (R1).

    A target that is relative to a figure which is not known leaves it *unreadable*.
    """
    if target.is_open:
        return Verdict.UNREADABLE
    return Verdict.MET if actual in target.interval else Verdict.MISSED


def figures(indicator: Indicator, actual: Fraction) -> Figures:
    """Compute the exact figures for a value (R8): gap, change = actual − baseline, completion, and progress.

    Completion is for amounts only: stocks, sums over the year and counts of works.
    """
    target = indicator.target
    base = target.baseline_value
    progress = progress_of(target, actual)
    return Figures(
        gap=target.interval.gap(actual),
        change=None if base is None else actual - base,
        completion=target.interval.completion(actual) if indicator.kind in ADDS_UP else None,
        progress=progress if isinstance(progress, Fraction) else None,
        no_progress=progress if isinstance(progress, NoProgress) else None,
    )


def progress_of(target: Target, actual: Fraction) -> Fraction | NoProgress:
    """Return (actual − baseline) ÷ (target − baseline), or why it is blank (R8).

    The target is the bound nearest to the baseline; a baseline that meets the target has no progress.
    """
    base = target.baseline_value
    if base is None:
        return NoProgress.NO_BASELINE
    if base in target.interval or base == (edge := target.interval.edge(base)):
        return NoProgress.MET_AT_BASELINE
    return (actual - base) / (edge - base)


def notes(indicator: Indicator, actual: Fraction | None, *, approximate: bool = False) -> tuple[Note, ...]:
    """Return the notes to a verdict, which never change it (R7)."""
    remarks: list[Note] = []
    target, interval = indicator.target, indicator.target.interval
    base = target.baseline_value
    bound = interval.exact_bound
    if base is not None and actual is not None and actual in interval and interval.worse(actual, base):
        remarks.append(Note.WORSE_THAN_BASELINE)
    if base is not None and bound is not None and interval.worse(bound, base):
        remarks.append(Note.TARGET_BELOW_BASELINE)
    elif base is not None and base in interval:
        remarks.append(Note.MET_AT_BASELINE)
    if actual is not None and actual == bound and not target.other and not _is_all(indicator, bound):
        remarks.append(Note.COPIED)
    if approximate:
        remarks.append(Note.APPROXIMATE)
    if target.baseline and target.baseline.approximate:
        remarks.append(Note.APPROXIMATE_BASELINE)
    if target.basis is Basis.INTERPRETED:
        remarks.append(Note.INTERPRETED)
    if target.is_open and target.relative and actual is not None:
        remarks.append(Note.OTHER_FIGURE_UNKNOWN)
    if indicator.binding:
        remarks.append(Note.BINDING)
    return tuple(remarks)


def judge_value(  # noqa: PLR0913 - all that a result may come from
    indicator: Indicator,
    plan: Plan,
    period: Period,
    *,
    observation: Observation | None = None,
    actual: Fraction | None = None,
    derived: "Derived | None" = None,
) -> Result:
    """Judge an indicator by its value, if it has one (R7).

    A figure without a target, and a sum that lacks parts, cannot be judged and count as *unreadable*. The value is
    `actual` in the indicator's unit, None where none is usable, and `derived` where nothing was reported.
    """
    nothing = observation is None and derived is None
    without_target = indicator.id in plan.without_target
    if nothing and actual is None:
        return _unreported(indicator, period, plan.period, plan_notes(indicator, plan), without_target=without_target)
    if nothing or actual is None or without_target:
        outcome = Verdict.UNREPORTED if nothing else Verdict.UNREADABLE
    else:
        outcome = verdict(indicator.target, actual)
    approximate = any(source.approximate for source in (observation, derived) if source and actual is not None)
    remarks = (Note.NO_TARGET,) if without_target else notes(indicator, actual, approximate=approximate)
    if derived:
        remarks = (*remarks, Note.PARTIAL) if derived.partial else (Note.DERIVED, *remarks)
    return Result(
        indicator=indicator,
        verdict=outcome if without_target or is_due(indicator.target, period, plan.period) else Verdict.NOT_DUE,
        observation=observation,
        actual=actual,
        figures=None if actual is None or without_target or indicator.target.is_open else figures(indicator, actual),
        notes=(*remarks, *plan_notes(indicator, plan)),
        derived=derived,
    )


@lru_cache(maxsize=1 << 14)
def _unreported(
    indicator: Indicator, period: Period, planned: Period, more: tuple[Note, ...], *, without_target: bool
) -> Result:
    """Return the result of an indicator for which nothing is known, which is the same in most regions."""
    return Result(
        indicator=indicator,
        verdict=Verdict.UNREPORTED if without_target or is_due(indicator.target, period, planned) else Verdict.NOT_DUE,
        notes=((Note.NO_TARGET,) if without_target else notes(indicator, None)) + more,
    )


def plan_notes(indicator: Indicator, plan: Plan) -> tuple[Note, ...]:
    """Return the note that a region without a target of its own is judged by the plan's."""
    theirs = plan.within and indicator.id not in plan.own_targets and indicator.id not in plan.without_target
    return (Note.PLAN_TARGET,) if theirs else ()


def _is_all(indicator: Indicator, bound: Fraction) -> bool:
    """Return whether the target is 100 %, which a share can equal but not exceed."""
    return indicator.unit.is_share and bound * indicator.unit.factor == _WHOLE_SHARE
