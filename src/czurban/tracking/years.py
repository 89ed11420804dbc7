"""Prepare the targets of a plan of several years for their pace: what they are measured like, and from when on (T4)."""

from dataclasses import replace
from fractions import Fraction

from czurban.model.assessment import Note, Result
from czurban.model.indicator import LEVELS, SUMS, Indicator, IndicatorKind
from czurban.model.over_time.pace import Pace, PaceStatus
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.model.target import Target
from czurban.model.years import OverYears, PathPoint
from czurban.tracking.elapsed import Month
from czurban.tracking.pace import Moment, pace_of

_DECEMBER = 12
_LIKE = {
    OverYears.EACH_YEAR: IndicatorKind.GROWTH,
    OverYears.MEAN: IndicatorKind.MEAN,
    OverYears.MEAN_GROWTH: IndicatorKind.GROWTH,
    OverYears.SUM: IndicatorKind.FLOW,
    OverYears.GROWTH: IndicatorKind.FLOW,
    OverYears.DECLINE: IndicatorKind.FLOW,
}
"""The kind whose pace a target over several years has: a compound rate grows from zero as a sum does, and a target for
each year is compared with the figure itself."""


def pace_in_plan(result: Result, plan: Plan, moment: Moment, period: Period, *, best: Fraction | None = None) -> Pace:
    """Return the pace of a target, in a plan of one year or of several.

    Args:
        result: the result of the indicator.
        plan: the plan.
        moment: when the pace is taken, from the beginning of the plan.
        period: the judged period.
        best: the best rate so far, where one is known.
    """
    if plan.period.has_years:
        return pace_over_years(result, plan, moment, period, best=best)
    return pace_of(result, moment, best=best)


def pace_over_years(
    result: Result, plan: Plan, moment: Moment, period: Period, *, best: Fraction | None = None
) -> Pace:
    """Return the pace of a target in a plan of several years.

    Levels go along the straight line from the year of their baseline, or over their steps. A figure of an earlier year
    is compared with what was due at the end of that year. A target for each year is lost with the first year that
    misses it.

    Args:
        result: the result of the indicator, which may be judged by the target of a step or of a year.
        plan: the plan, with the target at its end.
        moment: when the pace is taken, from the beginning of the plan.
        period: the judged period.
        best: the best rate so far, where one is known.
    """
    indicator = plan.by_id[result.indicator.id]
    at = result.of.end if result.of else moment.at
    day = (result.of.day or None) if result.of else moment.day
    whole_years = result.of is not None or period.is_year
    each_year = indicator.target.over is OverYears.EACH_YEAR
    if each_year:
        rule = result.indicator.target.interval
        indicator = replace(indicator, target=indicator.target._replace(interval=rule, steps=()))
    aim = _aim(indicator, whole_years=whole_years, year=period.end[0])
    first = _first(aim, indicator, plan, at, whole_years=whole_years)
    fastest = best if indicator.target.over is OverYears.SUM else None
    pace = pace_of(replace(result, indicator=aim), Moment(first, at, day), best=fastest)
    lost = each_year and whole_years and _is_lost(result)
    return replace(pace, status=PaceStatus.BEHIND, reachable=False) if lost and pace.is_assessed else pace


def _aim(indicator: Indicator, *, whole_years: bool, year: int) -> Indicator:
    """Return the indicator with the kind that its pace follows, and with its steps as a path."""
    target, kind = _with_steps(indicator.target), indicator.kind
    over = target.over
    in_year = not whole_years and over is OverYears.EACH_YEAR and kind in SUMS
    if in_year:
        return replace(indicator, target=target._replace(deadline=Period(year, last=target.deadline.last)))
    if over is OverYears.LEVEL and kind in SUMS:
        return replace(indicator, kind=IndicatorKind.STOCK, target=target, annual=not whole_years)
    annual = indicator.annual and not whole_years
    return replace(indicator, kind=_LIKE.get(over, kind), target=target, annual=annual)


def _with_steps(target: Target) -> Target:
    """Return a target with its steps as the points of its path, if it declares no path of its own."""
    bounds = ((step.deadline, step.interval.exact_bound) for step in target.steps if step.deadline != target.deadline)
    points = tuple(PathPoint(deadline, value=bound) for deadline, bound in bounds if bound is not None)
    return target._replace(path=points) if points and not target.path else target


def _first(aim: Indicator, indicator: Indicator, plan: Plan, at: Month, *, whole_years: bool) -> Month:
    """Return the first month of a target's time: that after its baseline for levels, else that of the plan."""
    if aim.kind in LEVELS and indicator.target.over in (OverYears.LEVEL, OverYears.CHANGE):
        baseline = indicator.target.baseline
        start = baseline.period if baseline and baseline.period else plan.baseline_period
        return _after(start.end) if start and baseline else plan.period.start
    in_year = aim.kind in SUMS and indicator.target.over is OverYears.EACH_YEAR and not whole_years
    return (at[0], 1) if in_year else plan.period.start


def _after(month: Month) -> Month:
    year, number = month
    return (year, number + 1) if number < _DECEMBER else (year + 1, 1)


def _is_lost(result: Result) -> bool:
    """Return whether a target for each year was missed in the judged year or before."""
    missed = result.actual is not None and result.actual not in result.indicator.target.interval
    return missed or Note.EARLIER_YEAR_MISSED in result.notes
