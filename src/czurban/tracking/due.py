"""Compute what is due of a target by now, on a straight line or on its own path."""

from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from czurban.model.indicator import LEVELS, SUMS, Indicator
from czurban.model.period import Period
from czurban.model.target.sums import sum_edge
from czurban.tracking.elapsed import Moment, clock_of


class Way(NamedTuple):
    """The way of a level: the baseline, None where there is none or it meets the target, and the bound to reach."""

    base: Fraction | None
    edge: Fraction
    overshot: bool

    @classmethod
    def of(cls, indicator: Indicator, value: Fraction) -> "Way":
        """Return the way of an indicator; a value beyond the far end of a range has overshot it."""
        target, interval = indicator.target, indicator.target.interval
        base = target.baseline_value
        if base is None or base in interval or base == interval.edge(base):
            return cls(None, interval.edge(value), overshot=False)
        edge = interval.edge(base)
        overshot = value not in interval and interval.edge(value) != edge
        return cls(base, interval.edge(value) if overshot else edge, overshot)

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


def due_by(indicator: Indicator, moment: Moment) -> Fraction | None:
    """Return what is due of a sum or a level by now; None where nothing is due before the end, or no line is known."""
    if indicator.annual or indicator.kind not in SUMS | LEVELS:
        return None
    target = indicator.target
    if indicator.kind in SUMS:
        return sum_edge(target.interval) * due_share(indicator, moment)
    start = target.baseline_value
    return Way.of(indicator, Fraction(0) if start is None else start).due(indicator, moment)


def due_share(indicator: Indicator, moment: Moment) -> Fraction:
    """Return the share of a sum's target that is due: the elapsed share, or what its own path asks for."""
    target = indicator.target
    bound = sum_edge(target.interval)
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
