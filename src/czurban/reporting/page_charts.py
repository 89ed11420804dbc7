"""The pictures of a page as places on a small drawing board; the template draws them."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from czurban.model.digits import fixed
from czurban.reporting.document import Bullet, Strip, Tone

WIDTH = 150
"""How wide a bullet chart is, in its own units."""
_MARGIN = Fraction(1, 5)
_UNIT, _WIDEST = 11, 240


@dataclass(frozen=True, slots=True)
class BulletPlan:
    """Where a bullet chart's parts stand from the left, in text; None is not drawn.

    The scale is the chart's own and does not begin at zero: it shows which side of a bound a value is on, and from
    where it came.
    """

    zone: str
    zone_width: str
    low: str | None
    high: str | None
    baseline: str | None
    actual: str | None


@dataclass(frozen=True, slots=True)
class Part:
    """One run of a strip."""

    x: str
    width: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class StripPlan:
    """The runs of a strip, and how wide it is."""

    width: str
    parts: tuple[Part, ...]


def plan_bullet(chart: Bullet) -> BulletPlan | None:
    """Lay out a bullet chart; one without a bound shows nothing."""
    if chart.low is None and chart.high is None:
        return None
    known = [one for one in (chart.low, chart.high, chart.baseline, chart.actual) if one is not None]
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
    """Lay out a strip: a square for each one where there is room, else runs whose lengths are in proportion."""
    total = sum(count for _, count, _ in chart.parts)
    unit = min(Fraction(_UNIT), Fraction(_WIDEST, max(total, 1)))
    single = unit >= _UNIT // 2
    return StripPlan(fixed(unit * total, 2), tuple(_parts(chart, unit, single=single)))


def _parts(chart: Strip, unit: Fraction, *, single: bool) -> Iterable[Part]:
    x = Fraction(0)
    for _, count, tone in chart.parts:
        runs, length = (count, unit) if single else (1, unit * count)
        for _ in range(runs):
            yield Part(fixed(x, 2), fixed(length - Fraction(3, 2) if single else length, 2), tone)
            x += length
