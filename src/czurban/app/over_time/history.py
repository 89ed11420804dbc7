"""Take figures of several periods: choose the judged one, and make the series of each indicator from all of them."""

from collections.abc import Iterable, Sequence

from czurban.app.plans import choose_period
from czurban.model.finding import Message, say
from czurban.model.indicator import IndicatorKind
from czurban.model.observation import Observation, Reading, Submission
from czurban.model.period import Period
from czurban.model.plan import Plan

_LEVELS = frozenset({IndicatorKind.STOCK, IndicatorKind.RATE, IndicatorKind.WORKS})
"""Kinds whose figure for September is the level now, or the works so far, as that for January to September is."""


def judged_period(
    asked: str | int | Period | None, plan: Plan, submissions: Sequence[Submission], *, any_region: bool = False
) -> tuple[Period, tuple[Message, ...]]:
    """Return the period asked for, else the newest one in the files, with a notice if it is not the plan's.

    Raises:
        UsageError: the period asked for cannot be read.
    """
    if asked is not None:
        return choose_period(asked, plan).since_january(plan.period), ()
    if plan.period.has_years:
        from czurban.app.over_time.several_years import newest_period as newest_year  # noqa: PLC0415 - most plans are of one year

        return newest_year(plan, submissions), ()
    period = newest_period(plan, submissions, any_region=any_region)
    if period == plan.period:
        return period, ()
    notice = say(
        "The newest figures are for {period}, which is therefore judged; --period {plan} judges {plan}.",
        period=period,
        plan=plan.period,
    )
    return period, (notice,)


def newest_period(plan: Plan, submissions: Iterable[Submission], *, any_region: bool = False) -> Period:
    """Return the newest period within a plan of one year that there are figures for; the plan's own without any.

    Single months and quarters stand for the time since January, because sums are added up and levels are those at the
    end. At the end of the plan they do not: what a department reports for December is not the year's figure.
    """
    sent = (value for submission in submissions for value in submission.observations)
    usable = (
        value
        for value in sent
        if value.reported is not Reading.NOTHING and (any_region or plan.is_own_region(value.region))
    )
    periods = {value.period for value in usable if plan.period.includes(value.period)}
    if not periods or plan.period in periods:
        return plan.period
    end = max(period.until for period in periods)
    if end == plan.period.until:
        return plan.period
    newest = min(period for period in periods if period.until == end)
    since = newest._replace(first=1)
    return since if plan.period.includes(since) else newest


def with_levels(submissions: Sequence[Submission], plan: Plan, period: Period) -> Sequence[Submission]:
    """Read levels for the last month or quarter of a period as levels for the period, where it has no figure itself.

    The plan's own period needs figures of its own.
    """
    if period == plan.period or period.first != 1:
        return submissions
    kinds = {indicator.id: indicator.kind for indicator in plan.indicators}
    sent = [value for submission in submissions for value in submission.observations]
    whole = {value.indicator for value in sent if value.period == period}

    def read(value: Observation) -> Observation:
        at_end = value.period.until == period.until and value.period.year == period.year and value.period != period
        fits = at_end and value.indicator not in whole and kinds.get(value.indicator) in _LEVELS
        return value._replace(period=period) if fits else value

    return [file._replace(observations=tuple(map(read, file.observations))) for file in submissions]
