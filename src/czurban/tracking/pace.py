"""Compare what a target has reached with the time that has passed, exactly, by the kind of its indicator (T2)."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

from czurban.model.assessment import Result
from czurban.model.indicator import LEVELS, SUMS, Indicator, IndicatorKind
from czurban.model.over_time.pace import Clock, LeadOf, LeadUnit, NotAssessed, Pace, PaceStatus
from czurban.model.target import Interval
from czurban.model.target.sums import both_due, is_kept, sum_bound, sum_lead
from czurban.tracking.due import Way, due_share
from czurban.tracking.elapsed import Moment, clock_of, rate_span

_POINTS = 100
_PLAUSIBLE = 3
"""A target is lost if it needs more than so many times the best rate so far."""


class PaceCourse(NamedTuple):
    """How a sum gets to its target: what is due of a bound by now, and its rates in the unit of time of `span`.

    `needed` returns the rate that leads from one value to another in the time left, and `projected` is the value at
    the end at the rate so far.
    """

    span: Clock
    rate: Fraction
    projected: Fraction
    due: Callable[[Fraction], Fraction]
    needed: Callable[[Fraction, Fraction], Fraction]


def pace_of(result: Result, moment: Moment, *, best: Fraction | None = None, course: PaceCourse | None = None) -> Pace:
    """Return the pace of a target.

    Args:
        result: the target with its figure, in the plan's unit: for sums what has been reached since the beginning.
        moment: when the pace is taken.
        best: the best rate so far, in the unit of time in which the rate is counted; else the mean rate is taken.
        course: how a sum gets to its target where this is not in proportion to the time.
    """
    pace, indicator = _pace(result, moment, best, course), result.indicator
    return replace(pace, kind=indicator.kind, over=indicator.target.over)


def _pace(result: Result, moment: Moment, best: Fraction | None, course: PaceCourse | None) -> Pace:
    indicator, time = result.indicator, clock_of(result.indicator, moment)
    lacking = _lacking(result, time)
    if lacking:
        return Pace(status=PaceStatus.NOT_ASSESSED, not_assessed=lacking, clock=time, value=result.actual)
    value = result.actual
    if value is None:
        status = PaceStatus.UNREADABLE if result.has_figure or result.derived else PaceStatus.UNREPORTED
        return Pace(status=status, clock=time)
    if indicator.kind in SUMS:
        return _sum(value, indicator, time, best, course or _straight(value, indicator, moment))
    if indicator.kind in LEVELS:
        return _level(value, indicator, moment, best)
    return _of_the_year(value, indicator, time)


def _lacking(result: Result, time: Clock) -> NotAssessed | None:
    """Return why there is no pace, whatever was reported."""
    if not result.indicator.target.interval.has_bound:
        return NotAssessed.NO_INTERVAL if result.indicator.target.is_open else NotAssessed.NO_TARGET
    if not time.passed:
        return NotAssessed.NOT_BEGUN
    return NotAssessed.ANNUAL if result.indicator.annual and not time.is_over else None


def _straight(value: Fraction, indicator: Indicator, moment: Moment) -> PaceCourse:
    """Return the course of a sum of which the same is due in every part of the time, or what its own path asks for."""
    time = clock_of(indicator, moment)
    span, share = rate_span(time), due_share(indicator, moment)
    return PaceCourse(
        span,
        value / span.passed,
        value / time.share,
        lambda bound: bound * share,
        lambda start, end: (end - start) / span.left,
    )


def _sum(value: Fraction, indicator: Indicator, time: Clock, best: Fraction | None, course: PaceCourse) -> Pace:
    """Compare a sum with what is due of its target; a ceiling must not be used up sooner, a range has both sides."""
    target, span = indicator.target.interval, course.span
    bound, ahead = sum_bound(target, value, course.due), sum_lead(target, value, course.due)
    due, scale = course.due(bound), abs(bound) or Fraction(1)
    too_high = ahead < 0 and value > due
    lost = target.is_above(value) and not indicator.target.over.compounds  # a compound rate may fall again
    needed = course.needed(value, bound) if span.left and not lost else None
    limit = _most_plausible(indicator, course, bound, best)
    wanting = ahead < 0 and not too_high and needed is not None and limit is not None and needed > limit
    least, most = both_due(target, course.due) or (due, None)
    return Pace(
        status=_status(value, target, ahead, time, early=is_kept(target, value)),
        clock=time,
        value=value,
        due=least,
        due_high=most,
        due_share=due / bound if bound else time.share,
        completion=value / bound if bound else None,
        lead=ahead / scale * _POINTS if bound else ahead,
        lead_unit=LeadUnit.POINTS if bound else LeadUnit.OWN,
        lead_of=LeadOf.TARGET if bound else LeadOf.NOTHING,
        rank=ahead / scale,
        bound=bound,
        remaining=bound - value,
        needed=needed,
        rate=course.rate,
        span=span,
        projected=course.projected,
        reachable=not (lost or wanting),
        has_path=bool(indicator.target.path),
        too_high=too_high,
    )


def _most_plausible(
    indicator: Indicator, course: PaceCourse, bound: Fraction, best: Fraction | None
) -> Fraction | None:
    """Return three times the best rate so far, or three times what its own path asks for from now on.

    None where nothing is known of a rate: a sum of 0 has not shown any in the first half of the time.
    """
    best_rate, span = course.rate if best is None else best, course.span
    if not span.left or (best_rate <= 0 and span.passed <= span.left):
        return None
    planned = course.needed(course.due(bound), bound) if indicator.target.path else best_rate
    return _PLAUSIBLE * max(best_rate, planned)


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
    way = Way.of(indicator, value)
    due = way.due(indicator, moment)
    if due is None and value not in interval and not time.is_over:
        return Pace(status=PaceStatus.NOT_ASSESSED, not_assessed=NotAssessed.NO_BASELINE, clock=time, value=value)
    lead, unit, rank = _level_lead(value, due, way, indicator)
    remaining = None if value in interval else way.edge - value
    rate = None if base is None else (value - base) / span.passed
    needed = remaining / span.left if remaining is not None and span.left else None
    planned = (way.edge - due) / span.left if target.path and due is not None and span.left else None
    return Pace(
        status=_level_status(value, target.baseline_value, interval, rank, time),
        clock=time,
        value=value,
        due=due,
        due_share=way.share_of(due),
        completion=way.share_of(value),
        lead=lead,
        lead_unit=unit,
        lead_of=LeadOf.WAY if way.share_of(value) is not None and way.share_of(due) is not None else LeadOf.NOTHING,
        rank=rank,
        remaining=remaining,
        needed=needed,
        rate=rate,
        span=span,
        projected=None if base is None else base + (value - base) / time.share,
        reachable=(rank is not None and rank >= 0) or not _too_much(needed, rate if best is None else best, planned),
        has_path=bool(target.path),
        bound=way.edge,
        overshot=way.overshot,
        too_high=way.overshot and interval.is_above(value),
    )


def _level_lead(
    value: Fraction, due: Fraction | None, way: Way, indicator: Indicator
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


def _too_much(needed: Fraction | None, *rates: Fraction | None) -> bool:
    """Return whether a level would have to move more than three times as fast as it has, and as its path asks for."""
    known = [rate for rate in rates if rate]
    return bool(needed and known) and all((needed or 0) / rate > _PLAUSIBLE for rate in known)


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
        span=span,
        projected=value,
        reachable=reachable,
        bound=edge,
        too_high=target.is_above(value),
    )


def _in_points(distance: Fraction, indicator: Indicator) -> tuple[Fraction, LeadUnit]:
    """Return a distance of two shares in percentage points, another one in the indicator's unit."""
    unit = indicator.unit
    return (distance * unit.factor, LeadUnit.POINTS) if unit.is_share else (distance, LeadUnit.OWN)
