"""Describe the series of an indicator: changes, the path that the target asks for, and the opinions of methods."""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from czurban.model.assessment import Result, Verdict
from czurban.model.indicator import IndicatorKind
from czurban.model.over_time.opinion import Course, Method, Opinion, Outlook, Silence, month_number
from czurban.model.over_time.trend import Movement, Point, Series, Trend
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.model.years import OverYears
from czurban.tracking.elapsed import Moment
from czurban.tracking.methods import METHODS
from czurban.tracking.years import pace_in_plan

_LEVELS_OVER_YEARS = frozenset({OverYears.LEVEL, OverYears.CHANGE, OverYears.EACH_YEAR})
_AS_THEY_ARE = frozenset({IndicatorKind.GROWTH, IndicatorKind.MEAN})


def trend_of(series: Series, plan: Plan, period: Period, methods: Iterable[Method] = tuple(Method)) -> Trend:
    """Return what a series says at the end of a period.

    Args:
        series: the figures, of which later ones are left out.
        plan: the plan that has the indicator's target.
        period: the judged period.
        methods: which methods give their opinion.
    """
    known = series.until(period)
    last = known.last
    if last is None:
        silent = tuple(Opinion(method, Outlook.NONE, silence=Silence.NO_FIGURE) for method in methods)
        return Trend(plan, period, known, opinions=silent)
    return Trend(
        plan,
        period,
        known,
        pace=pace_in_plan(_result(known, last), plan, Moment.at_end(plan.period.start, last.period), last.period),
        drawn=_drawn(known, last),
        required=tuple(_required(known, plan)),
        to_last=_change(known, last, known.points[-2]) if len(known.points) > 1 else None,
        to_year_before=_year_before(known, last),
        opinions=tuple(_opinion(method, known, plan) for method in methods),
    )


def _result(series: Series, point: Point) -> Result:
    return Result(indicator=series.indicator, verdict=Verdict.NOT_DUE, actual=point.value)


def _required(series: Series, plan: Plan) -> Iterator[tuple[Period, Fraction]]:
    """Yield what is due at the end of each month of a plan of one year, or each year of several, to the deadline."""
    deadline, whole = series.indicator.target.deadline, plan.period
    months = (whole._replace(last=month) for month in range(whole.first, deadline.last + 1))
    years = (year for year in whole.each_year() if year.end < deadline.end)
    inside = (point.period for point in series.points if whole.includes(point.period))
    periods = (*years, *inside, deadline) if whole.has_years else tuple(months)
    last = series.points[-1]
    for period in sorted({each.end: each for each in periods}.values(), key=lambda each: each.end):
        due = pace_in_plan(_result(series, last), plan, Moment.at_end(whole.start, period), period).due
        if due is not None:
            yield period, due


def _drawn(series: Series, last: Point) -> tuple[Point, ...]:
    alike = tuple(point for point in series.points if point.together == last.together)
    if not series.is_sum:
        return alike
    same_year = tuple(point for point in alike if point.period.start == last.period.start)
    if len(same_year) > 1:
        return same_year
    return tuple(point for point in alike if point.period[1:] == last.period[1:])


def _change(series: Series, last: Point, before: Point) -> Movement | None:
    """Return the change from one figure to another; None where these are no figures of one kind.

    Sums of different parts of their years are not, nor are a figure of one year and one of several years together.
    """
    if before.together != last.together:
        return None
    if series.is_sum:
        same_year = before.period.start == last.period.start
        same_months = before.period[1:] == last.period[1:]
        if not (same_year or same_months):
            return None
    return Movement(before.period, before.value, last.value - before.value)


def _year_before(series: Series, last: Point) -> Movement | None:
    year, month = last.period.end
    before = next((point for point in series.points if point.period.end == (year - 1, month)), None)
    return _change(series, last, before) if before else None


def _opinion(method: Method, series: Series, plan: Plan) -> Opinion:
    if series.indicator.kind in _AS_THEY_ARE or series.indicator.target.over not in _LEVELS_OVER_YEARS:
        return Opinion(method, Outlook.NONE, silence=Silence.AS_IT_IS)
    return METHODS[method](course_of(series, plan))


def course_of(series: Series, plan: Plan) -> Course:
    """Return what methods look at; a sum within a plan of one year begins at zero when the year begins."""
    target = series.indicator.target
    interval, end = target.interval, month_number(target.deadline.end)
    if series.is_sum and not plan.period.has_years:
        start = month_number(plan.period.start) - 1
        points = [point for point in series.points if point.period.start == plan.period.start]
        zero = Fraction(0)
        goal = None if zero in interval else interval.edge(zero)
        return Course(interval, zero, start, goal, end, ((start, zero), *map(_timed, points)))
    base = target.baseline_value
    begin = (target.baseline.period if target.baseline else None) or plan.baseline_period
    start = month_number(begin.end) if begin else month_number(plan.period.start) - 1
    goal = None if base is None or base in interval else interval.edge(base)
    return Course(interval, base, start, goal, end, tuple(map(_timed, series.points)))


def _timed(point: Point) -> tuple[int, Fraction]:
    return month_number(point.period.end), point.value
