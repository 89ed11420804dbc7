"""Lay out the bars of a page: bullet charts, strips and gauges."""

from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from czurban.model.text import fixed
from czurban.reporting.document import Bullet, Gauge, Strip, Tone

WIDTH = 150
"""The width of a bullet chart, in the units of the drawing."""
_MARGIN = Fraction(1, 5)
_UNIT, _WIDEST = 11, 240


class BulletPlan(NamedTuple):
    """The positions of a bullet chart's parts from the left, as text; None is not drawn.

    Each chart has its own scale, which does not begin at zero: it shows on which side of a bound a value is, and where
    the baseline is.
    """

    zone: str
    zone_width: str
    low: str | None
    high: str | None
    baseline: str | None
    actual: str | None


class ChartPart(NamedTuple):
    """A part of a strip."""

    x: str
    width: str
    tone: Tone


class StripPlan(NamedTuple):
    """The parts of a strip, and its width."""

    width: str
    parts: tuple[ChartPart, ...]


def plan_bullet(chart: Bullet) -> BulletPlan | None:
    """Lay out a bullet chart; one without a bound shows nothing."""
    if chart.low is None and chart.high is None:
        return None
    known = [value for value in (chart.low, chart.high, chart.baseline, chart.actual) if value is not None]
    least, span = min(known), (max(known) - min(known)) or Fraction(1)
    middle = Fraction(1, 2) if max(known) == least else _MARGIN

    def place(value: Fraction | None) -> Fraction | None:
        return None if value is None else WIDTH * (middle + (1 - 2 * _MARGIN) * (value - least) / span)

    low, high = place(chart.low), place(chart.high)
    start = Fraction(0) if low is None else low
    width = (Fraction(WIDTH) if high is None else high) - start
    return BulletPlan(
        fixed(start, 1),
        fixed(width, 1),
        _text(low),
        _text(high),
        _text(place(chart.baseline)),
        _text(place(chart.actual)),
    )


def _text(value: Fraction | None) -> str | None:
    return None if value is None else fixed(value, 1)


def plan_strip(chart: Strip) -> StripPlan:
    """Lay out a strip: a square for each if there is room, else parts with proportional lengths."""
    total = sum(count for _, count, _ in chart.parts)
    unit = min(Fraction(_UNIT), Fraction(_WIDEST, max(total, 1)))
    single = unit >= _UNIT // 2
    return StripPlan(fixed(unit * total, 2), tuple(_parts(chart, unit, single=single)))


def _parts(chart: Strip, unit: Fraction, *, single: bool) -> Iterable[ChartPart]:
    x = Fraction(0)
    for _, count, tone in chart.parts:
        runs, length = (count, unit) if single else (1, unit * count)
        for _ in range(runs):
            yield ChartPart(fixed(x, 2), fixed(length - Fraction(3, 2) if single else length, 2), tone)
            x += length


_GAUGE = 100
"""The width of a gauge, of which the target is the whole."""


class GaugePlan(NamedTuple):
    """The length of a gauge's bar, and the position of its mark from the left."""

    reached: str
    due: str
    tone: Tone


def plan_gauge(chart: Gauge) -> GaugePlan:
    """Lay out a gauge; what is below zero or beyond the target ends at the frame."""
    reached, due = (min(max(part, Fraction(0)), Fraction(1)) * _GAUGE for part in (chart.reached, chart.due))
    return GaugePlan(fixed(reached, 1), fixed(due, 1), chart.tone)
