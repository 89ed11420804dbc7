"""Prepare the targets of a plan of several years for their pace: what they are measured like, and from when on (T4)."""

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from czurban.model.assessment import Note, Result
from czurban.model.indicator import LEVELS, SUMS, Indicator, IndicatorKind
from czurban.model.over_time.pace import Clock, Pace, PaceStatus, TimeUnit
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.model.target import Target
from czurban.model.target.sums import sum_edge
from czurban.model.years import OverYears, PathPoint
from czurban.tracking.elapsed import Moment, Month, clock_of, months
from czurban.tracking.pace import PaceCourse, pace_of
from czurban.tracking.roots import PLACES, power

_LIKE = {
    OverYears.EACH_YEAR: IndicatorKind.GROWTH,
    OverYears.MEAN: IndicatorKind.MEAN,
    OverYears.MEAN_GROWTH: IndicatorKind.GROWTH,
    OverYears.SUM: IndicatorKind.FLOW,
    OverYears.GROWTH: IndicatorKind.FLOW,
    OverYears.DECLINE: IndicatorKind.FLOW,
}
"""The kind whose pace a target over several years has: a compound rate grows from zero as a sum does, but by factors,
and a target for each year is compared with the figure itself."""
_MONTHS = 12
_WHOLE = 100


def pace_in_plan(result: Result, plan: Plan, moment: Moment, period: Period, *, best: Fraction | None = None) -> Pace:
    """Return the pace of a target, in a plan of one year or of several.

    In a plan of several years, levels go along the straight line from the year of their baseline, or over their steps.
    A figure of an earlier year is compared with what was due at the end of that year. A target for each year is lost
    with the first year that misses it.

    Args:
        result: the result of the indicator, which may be judged by the target of a step or of a year.
        plan: the plan, with the target at its end.
        moment: when the pace is taken, from the beginning of the plan.
        period: the judged period.
        best: the best rate so far, where one is known.
    """
    if not plan.period.has_years:
        return pace_of(result, moment, best=best)
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
    when = Moment(first, at, day)
    course = _course(result, aim, when)
    pace = pace_of(replace(result, indicator=aim), when, best=fastest, course=course)
    if course is None and aim.target.over.compounds:
        pace = replace(pace, over=OverYears.LEVEL)  # nothing follows on a decline to nothing
    lost = each_year and whole_years and _is_lost(result)
    return _lost(pace, before=Note.EARLIER_YEAR_MISSED in result.notes) if lost and pace.is_assessed else pace


def _lost(pace: Pace, *, before: bool) -> Pace:
    """Return the pace of a target for each year that one year missed; the lead of another year says nothing then."""
    if before and (pace.lead or 0) >= 0:
        pace = replace(pace, lead=None, rank=None)
    return replace(pace, status=PaceStatus.BEHIND, reachable=False, missed_before=before)


def _course(result: Result, aim: Indicator, moment: Moment) -> PaceCourse | None:
    """Return the course of a compound rate, which is one factor in each year; None for other targets."""
    base = sum_edge(aim.target.interval)
    compounds = aim.target.over in (OverYears.GROWTH, OverYears.DECLINE)
    if result.actual is None or not compounds or not clock_of(aim, moment).passed:
        return None
    rates = _Compound(aim, moment)
    return rates.course(result.actual) if rates.factor(result.actual) > 0 and rates.factor(base) > 0 else None


class _Compound(NamedTuple):
    """A rate that compounds over the years: every figure is a factor, 1.4 for a growth of 40 %, 0.6 for a decline."""

    aim: Indicator
    moment: Moment

    @property
    def _whole(self) -> Fraction:
        """One whole in the unit of the rates, below zero for rates of decline."""
        return _WHOLE / self.aim.unit.factor * (-1 if self.aim.target.over is OverYears.DECLINE else 1)

    @property
    def _share(self) -> Fraction:
        return clock_of(self.aim, self.moment).share

    def factor(self, rate: Fraction) -> Fraction:
        """Return the factor of a rate."""
        return 1 + rate / self._whole

    def rate(self, factor: Fraction, exponent: Fraction) -> Fraction:
        """Return the rate of a power of a factor: exactly for the factor itself, else with twenty decimals."""
        return (power(factor, exponent) - 1) * self._whole

    def course(self, value: Fraction) -> PaceCourse:
        """Return the course: each year multiplies by the same factor."""
        last = self.aim.target.deadline.end
        total = Fraction(months(self.moment.first, last), _MONTHS)
        passed = self._share * total
        reached = self.factor(value)
        return PaceCourse(
            Clock(passed, total, TimeUnit.YEAR),
            self.rate(reached, 1 / passed),
            self.rate(reached, 1 / self._share),
            lambda bound: self.due(value, bound),
            lambda start, end: self.rate(self.factor(end) / self.factor(start), 1 / (total - passed)),
        )

    def due(self, value: Fraction, bound: Fraction) -> Fraction:
        """Return what is due of a bound by now, on the same side of a value as the exact figure is.

        The sides are found with whole powers: the value's factor to the power q with low^(q − p) × high^p, where p/q of
        the time between two points of the path has passed.
        """
        low, high, part = self._segment(bound)
        if low <= 0 or high <= 0:
            return bound * self._share
        due = (low * power(high / low, part) - 1) * self._whole
        ahead = (
            self.factor(value) ** part.denominator - low ** (part.denominator - part.numerator) * high**part.numerator
        )
        ahead *= 1 if self._whole > 0 else -1
        if not ahead:
            return value
        least = Fraction(1, 10**PLACES)
        return min(due, value - least) if ahead > 0 else max(due, value + least)

    def _segment(self, bound: Fraction) -> tuple[Fraction, Fraction, Fraction]:
        """Return the factors at the points of the path before and after, and the part of the time between them."""
        edge = sum_edge(self.aim.target.interval)
        at = [(Fraction(0), Fraction(1))]
        for point in self.aim.target.path:
            figure = self.aim.due_at(point)
            if figure is not None and edge:
                time = clock_of(self.aim, Moment.at_end(self.moment.first, point.period))
                at.append((time.share, self.factor(figure / edge * bound)))
        at += [] if at[-1][0] == 1 else [(Fraction(1), self.factor(bound))]
        for (before, low), (after, high) in pairwise(at):
            if self._share <= after and after > before:
                return low, high, (self._share - before) / (after - before)
        return at[-1][1], at[-1][1], Fraction(1)


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
        return start.following if start and baseline else plan.period.start
    in_year = aim.kind in SUMS and indicator.target.over is OverYears.EACH_YEAR and not whole_years
    return (at[0], 1) if in_year else plan.period.start


def _is_lost(result: Result) -> bool:
    """Return whether a target for each year was missed in the judged year or before."""
    missed = result.actual is not None and result.actual not in result.indicator.target.interval
    return missed or Note.EARLIER_YEAR_MISSED in result.notes
