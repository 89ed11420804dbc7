"""Make the series of indicators from figures of several periods, and describe where each leads."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from czurban.app.assessing import assess_all, assess_period, judge_files, with_levels
from czurban.app.options import Options, Outcome
from czurban.app.plans import find_indicator
from czurban.errors import UsageError
from czurban.model.assessment import Assessment, Result
from czurban.model.finding import say
from czurban.model.indicator import IndicatorKind
from czurban.model.observation import Observation, Reading, Submission
from czurban.model.over_time.opinion import Method
from czurban.model.over_time.trend import Point, Series, Trend
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.reading.sources.find_files import FoundFiles
from czurban.reporting.over_time.trend import trend_report
from czurban.tracking.trend import trend_of

_ADDED_UP = frozenset({IndicatorKind.FLOW, IndicatorKind.WORKS})


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendOptions(Options):
    """The indicator, by its number, its id or any of its names, and which methods give their opinion on it."""

    indicator: str
    methods: tuple[Method, ...] = tuple(Method)


def trend(plan: Plan, files: FoundFiles, options: TrendOptions) -> Outcome[Trend]:
    """Describe how an indicator developed, and where it leads.

    Raises:
        UsageError: the period cannot be read, or no file is given.
        UnknownThingError: the plan has no such indicator.
    """
    indicator = find_indicator(plan, options.indicator)
    if not files.files:
        raise UsageError(say("No file of figures is given."), say("Write `czurban trend INDICATOR FILE...`."))
    judged = judge_files(plan, files, options)
    assessment = judged.assessment
    history = series_of(plan, assessment.submissions)
    methods = options.methods if indicator.target.interval.has_bound else ()
    made = trend_of(history[indicator.id], plan, assessment.period, methods)
    results = [result for result in assessment.results if result.indicator.id == indicator.id]
    names = [submission.file for submission in assessment.submissions]
    return judged.outcome(made, lambda translate: trend_report(made, names, translate), results)


def trends_of(assessment: Assessment) -> Mapping[str, Trend]:
    """Return the trends of the indicators that have figures of several periods, by their ids; without opinions."""
    plan, sent = assessment.plan, assessment.submissions
    periods = {value.period for file in sent for value in file.observations if _is_usable(value, plan)}
    if len(periods) < 2:  # noqa: PLR2004 - an ordinary report has the figures of one period
        return {}
    every = ((name, trend_of(each, plan, assessment.period, ())) for name, each in series_of(plan, sent).items())
    return {name: made for name, made in every if len(made.drawn) > 1}


def chosen_methods(text: str | None) -> tuple[Method, ...]:
    """Read --methods, names with commas; without it, every method is chosen.

    Raises:
        UsageError: there is no such method.
    """
    if text is None:
        return tuple(Method)
    names = [name.strip() for name in text.replace("，", ",").split(",") if name.strip()]
    for name in names:
        if name not in set(Method):
            message = say("--methods has no “{text}”.", text=name)
            raise UsageError(message, say("Choose from: {names}.", names=", ".join(Method)))
    return tuple(dict.fromkeys(map(Method, names)))


def series_of(plan: Plan, submissions: Sequence[Submission]) -> Mapping[str, Series]:
    """Return the series of every indicator of the plan, by its id.

    At the end of each period there is the figure since January, as sent, or as added up from shorter periods; levels,
    rates and growth rates of the last month or quarter stand where there is none.
    """
    sent = [value for file in submissions for value in file.observations if _is_usable(value, plan)]
    periods = sorted(
        {value.period for value in sent}, key=lambda period: (period.end, -period.until[-1], -period.first)
    )
    points: dict[str, list[Point]] = {indicator.id: [] for indicator in plan.indicators}
    for end in dict.fromkeys(period.end for period in periods):
        ending = [period for period in periods if period.end == end]
        since_january = (period._replace(first=1) for period in ending)
        for period in dict.fromkeys((*since_january, *ending)):
            for result in _judged(plan, submissions, period).by_id.values():
                known = points[result.indicator.id]
                if result.actual is not None and (not known or known[-1].period.end < end):
                    known += _points(result, period, plan)
    return {indicator.id: _series(indicator.id, plan, points[indicator.id], sent) for indicator in plan.indicators}


def _is_usable(value: Observation, plan: Plan) -> bool:
    return value.reported is not Reading.NOTHING and plan.is_own_region(value.region) and not value.period.has_years


def _judged(plan: Plan, submissions: Sequence[Submission], period: Period) -> Assessment:
    """Judge the figures of one period, and of parts of it, by themselves."""
    before = period.end < plan.period.start
    of_its_year = replace(plan, period=Period(period.year)) if before else plan  # a part of an earlier year is not due
    files = [
        file._replace(observations=tuple(value for value in file.observations if period.includes(value.period)))
        for file in submissions
    ]
    judged = assess_period(of_its_year.at(period), with_levels(files, of_its_year, period), period)
    return _together(judged, plan, submissions) if plan.is_own_period(period) and plan.period.has_years else judged


def _together(judged: Assessment, plan: Plan, submissions: Sequence[Submission]) -> Assessment:
    """Replace the figures of one year by those of all years up to it, where a target is for these together."""
    if not any(indicator.target.over.takes_years for indicator in plan.indicators):
        return judged
    so_far = assess_all(plan, submissions, judged.period).by_id
    results = []
    for result in judged.results:
        whole = so_far[result.indicator.id]
        several = plan.by_id[result.indicator.id].target.over.takes_years
        results.append((result if whole.age else whole) if several else result)
    return judged._replace(results=tuple(results))


def _points(result: Result, period: Period, plan: Plan) -> Iterable[Point]:
    """Yield the figure of a result; a sum of a part of a year that does not begin in January is no point."""
    assert result.actual is not None  # noqa: S101 - the caller has checked
    if result.indicator.kind in _ADDED_UP and period.first != 1:
        return
    sent = result.observation
    added = sent is None or " + " in sent.raw
    own_year = plan.period.has_years and plan.is_own_period(period) and period.is_year
    together = own_year and plan.by_id[result.indicator.id].target.over.takes_years
    yield Point(period, result.actual, result.place, result.raw, result.approximate, added, together)


def _series(name: str, plan: Plan, points: Sequence[Point], sent: Iterable[Observation]) -> Series:
    used = {point.period.end for point in points}
    unused = {value.period for value in sent if value.indicator == name and value.period.end not in used}
    return Series(plan.by_id[name], tuple(points), tuple(sorted(unused)))
