"""Compare the size of a value with the baseline and the target: what is plausible, what is odd, and what may be meant.

An odd size (R3) is refused; a value outside the plausible range (S268) is only reported.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache
from itertools import groupby, pairwise
from typing import NamedTuple

from czurban.model.assessment import Note, Result
from czurban.model.faults import DOUBTED_SIZES
from czurban.model.finding import Finding
from czurban.model.indicator import Indicator, IndicatorKind
from czurban.model.target.interval import NumberRange
from czurban.model.unit import Unit

_NEAR = 8  # times; a value nearer to the baseline or to a bound has its size
_FAR = 30  # times; sums over a year, works and shares may grow by so much
_ABOUT = 2
_WORDS = {100: "", 10**4: "万", 10**8: "亿"}
"""The powers of ten by which units differ that people confuse, and the words for them."""
_AREAS = {"平方米": Fraction(1), "亩": Fraction(2000, 3), "公顷": Fraction(10**4), "平方千米": Fraction(10**6)}
_LEAST_SHARE = 10
_WHOLE_SHARE = 100
_WIDE = Fraction(1, 4)
_LEVEL = Fraction(15, 100)  # stocks and rates move less from year to year than sums over a year
_POINTS = 2  # per cent; small shares move more in proportion
_GROWTH = 10  # per cent; growth rates may change their sign
_LEFT_OVER = 3  # times; a share near 100 % is compared by what it lacks: 99 and 97 are far apart
_ROOM = 1
_HIGH = 80
_NOTABLE = Fraction(3, 100)
_MARGIN, _MARGIN_ALONE = Fraction(1, 200), Fraction(1, 10)
_COUNTED = frozenset({"works", "dwelling", "household", "vehicle", "person"})
_SPREAD = 3


_RATES = frozenset({IndicatorKind.RATE, IndicatorKind.MEAN})


class OddSize(NamedTuple):
    """How many times a value is off, rounded, and the unit it may really be in; `fraction` if 0.41 may be 41 %."""

    times: int
    unit: str = ""
    fraction: bool = False


def odd_size(actual: Fraction, indicator: Indicator) -> OddSize | None:
    """Return how far a value is off if neither the baseline nor the target explains its size; otherwise None (R3).

    The ratio is the larger of |actual| ÷ figure and figure ÷ |actual| for the nearest known figure. Below 8 a value is
    never odd. From 8 on it is odd if some ratio is that of two units which people confuse (10², 10⁴, 10⁸, or 亩, 公顷
    and 平方千米) within a factor of 2, or if the indicator is a stock; from 30 on, if it is too large, or if it is a
    rate or mean in per cent. Another sum or count far below its target is simply missed.
    """
    references, size = _references(indicator), abs(actual)
    if actual == 0 or not references or any(low < size < high for low, high in _near_sizes(indicator)):
        return None
    nearest = min(_ratio(actual, reference) for reference in references)
    if indicator.unit.is_share and 0 < actual <= 1 and min(references) >= _LEAST_SHARE:
        return OddSize(100, fraction=True)
    high = actual > max(references)
    others = (_other_unit(actual / reference, indicator.unit) for reference in references)
    unit = next((name for name in others if name is not None), None)
    confusable = indicator.unit.is_share or indicator.unit.name[:1] in "万亿" or indicator.unit.dimension == "area"
    if unit is not None and (high or confusable):
        return OddSize(round(nearest), unit, fraction=indicator.unit.is_share and not high)
    if nearest >= _FAR and (high or (indicator.unit.is_share and indicator.kind in _RATES)):
        return OddSize(round(nearest), indicator.unit.name[1:] if indicator.unit.name[:1] in "万亿" else "")
    return OddSize(round(nearest)) if indicator.kind is IndicatorKind.STOCK else None


def turning_points(indicator: Indicator) -> Sequence[Fraction]:
    """Return the values above zero at which the result of `odd_size` may change, in order."""
    unit, references = indicator.unit, _references(indicator)
    times = (
        {Fraction(_NEAR), Fraction(_FAR)}
        | {Fraction(power * _ABOUT) for power in _WORDS}
        | {Fraction(power, _ABOUT) for power in _WORDS}
    )
    if unit.dimension == "area":
        ratios = (unit.factor / size for size in _AREAS.values())
        times |= {end for ratio in ratios for end in (ratio * _ABOUT, ratio / _ABOUT)}
    points = {end for reference in references for many in times for end in (reference * many, reference / many)}
    return sorted(points | ({Fraction(1)} if unit.is_share else set()))


@lru_cache(maxsize=1 << 14)
def _references(indicator: Indicator) -> Sequence[Fraction]:
    """Return the sizes of the baseline and the bounds, without zeros."""
    return [abs(figure) for figure in indicator.target.known_figures if figure]


@lru_cache(maxsize=1 << 14)
def _near_sizes(indicator: Indicator) -> Sequence[tuple[Fraction, Fraction]]:
    """Return the sizes between which the ratio to a known figure is below 8."""
    return [(figure / _NEAR, figure * _NEAR) for figure in _references(indicator)]


def _ratio(actual: Fraction, reference: Fraction) -> Fraction:
    """Return the larger ÷ the smaller of the two sizes."""
    ratio = abs(actual) / reference
    return max(ratio, 1 / ratio)


def _other_unit(ratio: Fraction, unit: Unit) -> str | None:
    """Return the unit that a value off by a ratio may be in; empty if it has no single name, None if there is none."""
    ratio = abs(ratio)
    if unit.dimension == "area":
        for name, size in _AREAS.items():
            times = unit.factor / size
            if times != 1 and times / _ABOUT <= ratio <= times * _ABOUT:
                return name
    for power, word in _WORDS.items():
        if power <= ratio * _ABOUT <= power * _ABOUT**2:
            return unit.name.removeprefix(word) if word and unit.name.startswith(word) else ""
        if 1 <= ratio * power * _ABOUT <= _ABOUT**2:
            return word + unit.name if word and unit.name[:1] not in "万亿" and not unit.is_share else ""
    return None


@lru_cache(maxsize=1 << 14)
def plausible_range(indicator: Indicator) -> NumberRange | None:
    """Return the values that need no second look (S268); None where the plan has neither baseline nor target.

    With a baseline: [low − room, high + room], where low and high are the smallest and the largest of baseline and
    bounds, and room is 25 % for sums over the year and works, 15 % for stocks and rates (at least 2 points for shares),
    10 points for growth rates. Counts below 100 have a room of at least 3√count + 1. A share above 80 % is at least
    100 − 3 (100 − low) − 1. Without a baseline: ½ (⅛ for a ceiling) to 3 times the bounds.
    """
    figures = indicator.target.known_figures
    if not figures:
        return None
    low, high = min(figures), max(figures)
    if indicator.kind is IndicatorKind.GROWTH:
        points = _GROWTH / indicator.unit.factor if indicator.unit.is_share else max(abs(low), abs(high))
        return NumberRange(low - points, high + points)
    if indicator.target.baseline_value is None:
        wide = indicator.target.interval.plausible()
    else:
        wide = NumberRange(low - _room(indicator, low), high + _room(indicator, high))
    return wide.within(_near_the_whole(indicator, low))


def swapped(amount: Decimal, unit: Unit, indicator: Indicator) -> Decimal | None:
    """Return the number with two neighbouring digits swapped, if that one is plausible and this one is not (S268).

    Only a value on the worse side of every figure of the plan, and 3 % off or more, is tried. The range is narrow here:
    from the baseline to the target and half as far beyond, at least 0.5 % (10 % without a baseline).
    """
    narrow, value = _narrow(indicator), unit.convert(amount, indicator.unit)
    is_worse = all(indicator.target.interval.worse(value, figure) for figure in indicator.target.known_figures)
    if not narrow or not is_worse or narrow.meets(NumberRange.point(value)) or distance(value, indicator) < _NOTABLE:
        return None
    variants = ((variant, unit.convert(variant, indicator.unit)) for variant in _swaps(amount))
    return next((variant for variant, exact in variants if narrow.meets(NumberRange.point(exact))), None)


def distance(value: Fraction, indicator: Indicator) -> Fraction:
    """Return |value − figure| ÷ the larger of both, for the nearest figure of the plan; 1 where it has none."""
    return min((_apart(value, figure) for figure in indicator.target.known_figures), default=Fraction(1))


def is_counted(indicator: Indicator) -> bool:
    """Return whether the indicator counts whole things: works, dwellings, people, in any power of ten."""
    return indicator.is_amount and indicator.unit.dimension in _COUNTED


def _apart(value: Fraction, figure: Fraction) -> Fraction:
    larger = max(abs(value), abs(figure))
    return abs(value - figure) / larger if larger else Fraction(0)


def _room(indicator: Indicator, figure: Fraction) -> Fraction:
    share = _WIDE if indicator.kind in (IndicatorKind.FLOW, IndicatorKind.WORKS) else _LEVEL
    room = abs(figure) * share
    if indicator.unit.is_share:
        return max(room, _POINTS / indicator.unit.factor)
    if is_counted(indicator) and (count := abs(figure) * indicator.unit.factor) < _WHOLE_SHARE:
        return max(room, (_SPREAD * _root(count) + 1) / indicator.unit.factor)
    return room


def _root(count: Fraction) -> Fraction:
    """Return the square root of a count below 100, rounded up: chance moves a count by about as much."""
    return Fraction(next(n for n in range(_WHOLE_SHARE) if n * n >= count))


def _near_the_whole(indicator: Indicator, low: Fraction) -> NumberRange:
    """Return the values that lack at most 3 times as much of 100 % as before, and a point; all values below 80 %."""
    whole = _WHOLE_SHARE / indicator.unit.factor
    if not indicator.unit.is_share or low * indicator.unit.factor < _HIGH or low > whole:
        return NumberRange(None, None)
    return NumberRange(whole - _LEFT_OVER * (whole - low) - _ROOM / indicator.unit.factor, None)


@lru_cache(maxsize=1 << 14)
def _narrow(indicator: Indicator) -> NumberRange | None:
    figures = indicator.target.known_figures
    if indicator.kind is IndicatorKind.GROWTH or not figures:
        return None
    low, high = min(figures), max(figures)
    near = _MARGIN_ALONE if indicator.target.baseline_value is None else _MARGIN
    room = max((high - low) / 2, abs(low) * near)
    return NumberRange(low - room, high + room)


def _swaps(amount: Decimal) -> Iterator[Decimal]:
    sign, digits, exponent = amount.as_tuple()
    for at, (left, right) in enumerate(pairwise(digits)):
        if left != right and isinstance(exponent, int):
            yield Decimal((sign, (*digits[:at], right, left, *digits[at + 2 :]), exponent))


def with_doubts(results: list[Result], findings: Iterable[Finding]) -> list[Result]:
    """Return results with a note on those judged by a value whose size the plan's figures do not explain (R3)."""
    places = {fault.place for fault in findings if fault.code in DOUBTED_SIZES}
    if not places:
        return results
    return [
        replace(result, notes=(*result.notes, Note.IMPLAUSIBLE))
        if result.actual is not None and result.observation and result.observation.place in places
        else result
        for result in results
    ]


End = tuple[Fraction | None, bool]
"""An end of a range, None where it has none, and whether the end itself is inside."""


class ValueRange(NamedTuple):
    """Values between two ends."""

    low: End
    high: End


class PlausibleRange:
    """The ranges of values that are not doubted.

    Between two neighbouring points the answer is the same everywhere, so that a value in the middle stands for all.
    The line of values is split into cells (gap, point, gap … gap), and each is tested at most once, which takes time.
    """

    def __init__(self, points: Sequence[Fraction], doubted: Callable[[Fraction], bool]) -> None:
        """Remember what to test.

        Args:
            points: where the answer may change, in order, each once, at least one.
            doubted: returns whether a value is doubted.
        """
        self._points = points
        self._is_sure = cache(lambda cell: not doubted(self._value(cell)))

    def around(self, value: Fraction) -> ValueRange | None:
        """Return the range that holds a value; None if the value itself is doubted."""
        cell = self._cell(value)
        if not self._is_sure(cell):
            return None
        first = last = cell
        while first > 0 and self._is_sure(first - 1):
            first -= 1
        while last < 2 * len(self._points) and self._is_sure(last + 1):
            last += 1
        return self._range(first, last)

    def ranges(self) -> Sequence[ValueRange]:
        """Return all ranges, in order."""
        runs = (list(cells) for sure, cells in groupby(range(2 * len(self._points) + 1), self._is_sure) if sure)
        return [self._range(cells[0], cells[-1]) for cells in runs]

    def _cell(self, value: Fraction) -> int:
        at = bisect_left(self._points, value)
        return 2 * at + (at < len(self._points) and self._points[at] == value)

    def _value(self, cell: int) -> Fraction:
        at, is_point = divmod(cell, 2)
        if is_point:
            return self._points[at]
        if at == 0:
            return self._points[0] - 1
        return (self._points[at - 1] + self._points[at]) / 2 if at < len(self._points) else self._points[-1] + 1

    def _range(self, first: int, last: int) -> ValueRange:
        low = (self._points[(first - 1) // 2], first % 2 == 1) if first > 0 else (None, False)
        high = (self._points[last // 2], last % 2 == 1) if last < 2 * len(self._points) else (None, False)
        return ValueRange(low, high)
