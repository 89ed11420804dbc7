"""Compare what a target has reached with the time that has passed, exactly, by the kind of its indicator (T2)."""

from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from czurban.model.assessment import Result
from czurban.model.indicator import LEVELS, SUMS, Indicator, IndicatorKind
from czurban.model.over_time.pace import Clock, LeadUnit, NotAssessed, Pace, PaceStatus, TimeUnit
from czurban.model.period import Period
from czurban.model.target import Interval
from czurban.tracking.elapsed import Month, clock

_POINTS = 100
_YEAR = 12
_TWO_YEARS = 24
_PLAUSIBLE = 3
"""A target is lost if it needs more than so many times the best rate so far."""


class Moment(NamedTuple):
    """When a pace is taken: the first month of the time, and the month, or the day in it, at which the period ends."""

    first: Month
    at: Month
    day: int | None = None

    @classmethod
    def at_end(cls, first: Month, period: Period) -> "Moment":
        """Return the moment at which a period ends: the end of its last month, or the day of that month."""
        return cls(first, period.end, period.day or None)


def clock_of(indicator: Indicator, moment: Moment) -> Clock:
    """Return how much of an indicator's time has passed, by months or days as the plan says."""
    last = indicator.target.deadline.end
    return clock(moment.first, last, moment.at, day=moment.day, by_days=indicator.by_days)


def pace_of(result: Result, moment: Moment, *, best: Fraction | None = None) -> Pace:
    """Return the pace of a target.

    Args:
        result: the target with its figure, in the plan's unit: for sums what has been reached since the beginning.
        moment: when the pace is taken.
        best: the best rate so far, in the unit of time in which the rate is counted; else the mean rate is taken.
    """
    indicator, time = result.indicator, clock_of(result.indicator, moment)
    lacking = _lacking(result, time)
    if lacking:
        return Pace(status=PaceStatus.NOT_ASSESSED, not_assessed=lacking, clock=time, value=result.actual)
    value = result.actual
    if value is None:
        status = PaceStatus.UNREADABLE if result.has_figure or result.derived else PaceStatus.UNREPORTED
        return Pace(status=status, clock=time)
    if indicator.kind in SUMS:
        return _sum(value, indicator, moment, best)
    if indicator.kind in LEVELS:
        return _level(value, indicator, moment, best)
    return _of_the_year(value, indicator, time)


def _lacking(result: Result, time: Clock) -> NotAssessed | None:
    """Return why there is no pace, whatever was reported."""
    interval = result.indicator.target.interval
    if interval.low is None and interval.high is None:
        return NotAssessed.NO_TARGET
    if not time.passed:
        return NotAssessed.NOT_BEGUN
    return NotAssessed.ANNUAL if result.indicator.annual and not time.is_over else None


class _Span(NamedTuple):
    """The unit in which rates are counted, and how many of it have passed and are left."""

    unit: TimeUnit
    passed: Fraction
    left: Fraction


def rate_span(time: Clock) -> _Span:
    """Count rates by day where days are counted, by year where the time is longer than two years, else by month."""
    if time.unit is TimeUnit.MONTH and time.total > _TWO_YEARS:
        return _Span(TimeUnit.YEAR, time.passed / _YEAR, time.left / _YEAR)
    return _Span(time.unit, time.passed, time.left)


def _sum(value: Fraction, indicator: Indicator, moment: Moment, best: Fraction | None) -> Pace:
    """Compare a sum with the share of its target that is due; a ceiling must not be used up sooner."""
    target, time = indicator.target.interval, clock_of(indicator, moment)
    bound, span, share = target.sum_edge(value), rate_span(time), _due_share(indicator, moment)
    ahead, scale = target.sum_lead(value, share), abs(bound) or Fraction(1)
    remaining, rate = bound - value, value / span.passed
    needed = remaining / span.left if span.left else None
    wanting = needed is not None and target.asks_more(value) and needed > _PLAUSIBLE * (rate if best is None else best)
    return Pace(
        status=_status(value, target, ahead, time, early=target.keeps(value)),
        clock=time,
        value=value,
        due=bound * share,
        due_share=share,
        completion=value / bound if bound else None,
        lead=ahead / scale * _POINTS if bound else ahead,
        lead_unit=LeadUnit.POINTS if bound else LeadUnit.OWN,
        rank=ahead / scale,
        remaining=remaining,
        needed=needed,
        rate=rate,
        per=span.unit,
        time_left=span.left,
        projected=value / time.share,
        reachable=not (wanting or target.is_lost(value)),
        has_path=bool(indicator.target.path),
    )


def _status(value: Fraction, target: Interval, ahead: Fraction, time: Clock, *, early: bool) -> PaceStatus:
    """Return the status; when the time is over, only the target itself counts, so that pace and verdict agree."""
    if early or (time.is_over and value in target):
        return PaceStatus.ACHIEVED_EARLY
    if ahead < 0 or time.is_over:
        return PaceStatus.BEHIND
    return PaceStatus.AHEAD if ahead else PaceStatus.ON_PACE


def _level(value: Fraction, indicator: Indicator, moment: Moment, best: Fraction | None) -> Pace:
    """Compare a level with the line from the baseline to the target; it is never compared with a share from zero."""
    target, time = indicator.target, clock_of(indicator, moment)
    base, span, interval = target.baseline_value, rate_span(time), target.interval
    way = _Way.of(indicator, value)
    due = way.due(indicator, moment)
    if due is None and value not in interval and not time.is_over:
        return Pace(status=PaceStatus.NOT_ASSESSED, not_assessed=NotAssessed.NO_BASELINE, clock=time, value=value)
    lead, unit, rank = _level_lead(value, due, way, indicator)
    remaining = None if value in interval else way.edge - value
    rate = None if base is None else (value - base) / span.passed
    needed = remaining / span.left if remaining is not None and span.left else None
    return Pace(
        status=_level_status(value, target.baseline_value, interval, rank, time),
        clock=time,
        value=value,
        due=due,
        due_share=way.share_of(due),
        completion=way.share_of(value),
        lead=lead,
        lead_unit=unit,
        rank=rank,
        remaining=remaining,
        needed=needed,
        rate=rate,
        per=span.unit,
        time_left=span.left,
        projected=None if base is None else base + (value - base) / time.share,
        reachable=not _too_much(needed, rate if best is None else best),
        has_path=bool(target.path),
    )


class _Way(NamedTuple):
    """The way of a level: the baseline, None where there is none or it meets the target, and the bound to reach."""

    base: Fraction | None
    edge: Fraction
    value: Fraction
    overshot: bool

    @classmethod
    def of(cls, indicator: Indicator, value: Fraction) -> "_Way":
        """Return the way of an indicator; a value beyond the far end of a range has overshot it."""
        target, interval = indicator.target, indicator.target.interval
        base = target.baseline_value
        if base is None or base in interval or base == interval.edge(base):
            return cls(None, interval.edge(value), value, overshot=False)
        edge = interval.edge(base)
        overshot = value not in interval and interval.edge(value) != edge
        return cls(base, interval.edge(value) if overshot else edge, value, overshot)

    def share_of(self, figure: Fraction | None) -> Fraction | None:
        """Return which part of the way a figure has gone; None without a way."""
        if self.base is None or figure is None or self.overshot:
            return None
        return (figure - self.base) / (self.edge - self.base)

    def due(self, indicator: Indicator, moment: Moment) -> Fraction | None:
        """Return the level that is due by now; None where there is no line to take it from."""
        target = indicator.target
        base = target.baseline_value
        if target.path:
            return _due_level(indicator, self.edge, moment)
        if base is None:
            return None
        if self.base is None or self.overshot:
            return self.edge
        return base + (self.edge - base) * clock_of(indicator, moment).share


def _level_lead(
    value: Fraction, due: Fraction | None, way: _Way, indicator: Indicator
) -> tuple[Fraction | None, LeadUnit, Fraction | None]:
    """Return how far a level is past the line: in points of the way, or in its unit where there is no way."""
    done, asked = way.share_of(value), way.share_of(due)
    if done is not None and asked is not None:
        return (done - asked) * _POINTS, LeadUnit.POINTS, done - asked
    interval = indicator.target.interval
    distance = interval.gap(value) if due is None or due == way.edge else interval.past(value, due)
    lead, unit = _in_points(distance, indicator)
    return lead, unit, distance / (abs(way.edge) or 1)


def _level_status(
    value: Fraction, base: Fraction | None, interval: Interval, ahead: Fraction | None, time: Clock
) -> PaceStatus:
    if value in interval:
        return PaceStatus.ACHIEVED_EARLY
    if ahead is not None and ahead >= 0 and not time.is_over:
        return PaceStatus.AHEAD if ahead else PaceStatus.ON_PACE
    away = base is not None and interval.gap(value) < interval.gap(base)
    return PaceStatus.MOVED_AWAY if away else PaceStatus.BEHIND


def _too_much(needed: Fraction | None, rate: Fraction | None) -> bool:
    """Return whether a level would have to move more than three times as fast as it has moved towards the target."""
    if not needed or not rate:
        return False
    return needed / rate > _PLAUSIBLE


def _of_the_year(value: Fraction, indicator: Indicator, time: Clock) -> Pace:
    """Compare a mean so far, or a growth rate, with the target itself; the rest of the time must make up for a mean."""
    target = indicator.target.interval
    edge, distance = target.edge(value), target.gap(value)
    lead, unit = _in_points(distance, indicator)
    needed, reachable, span = None, True, rate_span(time)
    ahead = distance if value in target else Fraction(-1)
    if indicator.kind is IndicatorKind.MEAN and time.left:
        needed = (edge * time.total - value * time.passed) / time.left
        reachable = indicator.impossible(needed) is None
    return Pace(
        status=_status(value, target, ahead, time, early=False),
        clock=time,
        value=value,
        due=edge,
        completion=target.completion(value) if indicator.kind is IndicatorKind.MEAN else None,
        lead=lead,
        lead_unit=unit,
        rank=distance / (abs(edge) or 1),
        remaining=None if value in target else edge - value,
        needed=needed,
        rate=value if needed is not None else None,
        per=span.unit,
        time_left=span.left,
        projected=value,
        reachable=reachable,
    )


def _in_points(distance: Fraction, indicator: Indicator) -> tuple[Fraction, LeadUnit]:
    """Return a distance of two shares in percentage points, another one in the indicator's unit."""
    unit = indicator.unit
    return (distance * unit.factor, LeadUnit.POINTS) if unit.is_share else (distance, LeadUnit.OWN)


def due_by(indicator: Indicator, moment: Moment) -> Fraction | None:
    """Return what is due of a sum or a level by now; None where nothing is due before the end, or no line is known."""
    if indicator.annual or indicator.kind not in SUMS | LEVELS:
        return None
    target = indicator.target
    if indicator.kind in SUMS:
        return target.interval.sum_edge(Fraction(0)) * _due_share(indicator, moment)
    start = target.baseline_value
    return _Way.of(indicator, Fraction(0) if start is None else start).due(indicator, moment)


def _due_share(indicator: Indicator, moment: Moment) -> Fraction:
    """Return the share of a sum's target that is due: the elapsed share, or what its own path asks for."""
    target = indicator.target
    bound = target.interval.sum_edge(Fraction(0))
    figures = ((point.period, indicator.due_at(point)) for point in target.path if bound)
    points = [(period, figure / bound) for period, figure in figures if figure is not None]
    return _between(points, Fraction(0), Fraction(1), indicator, moment)


def _due_level(indicator: Indicator, edge: Fraction, moment: Moment) -> Fraction | None:
    """Return the level that the path of a target asks for; None where it begins at a baseline that is not known."""
    base = indicator.target.baseline_value
    figures = ((point.period, indicator.due_at(point)) for point in indicator.target.path)
    points = [(period, figure) for period, figure in figures if figure is not None]
    begins = clock_of(indicator, Moment.at_end(moment.first, points[0][0])).share if points else Fraction(0)
    if not points or (base is None and clock_of(indicator, moment).share < begins):
        return None
    return _between(points, points[0][1] if base is None else base, edge, indicator, moment)


def _between(
    points: list[tuple[Period, Fraction]], start: Fraction, end: Fraction, indicator: Indicator, moment: Moment
) -> Fraction:
    """Return what is due now, on the straight line between two points of a path that follow each other."""
    now, at = clock_of(indicator, moment), [(Fraction(0), start)]
    at += [(clock_of(indicator, Moment.at_end(moment.first, period)).share, figure) for period, figure in points]
    at += [] if at[-1][0] == 1 else [(Fraction(1), end)]
    for (before, low), (after, high) in pairwise(at):
        if now.share <= after:
            return low + (high - low) * (now.share - before) / (after - before) if after > before else high
    return end
