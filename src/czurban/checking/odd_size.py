"""Find values whose size the baseline and the target do not explain, and the unit they may really be in (R3)."""

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from czurban.model.indicator import Indicator, IndicatorKind
from czurban.model.unit import Unit

_NEAR = 8  # times; a value nearer to the baseline or to a bound has its size
_FAR = 30  # times; sums over a year, works and shares may grow by so much
_ABOUT = 2
_SCALES = {Fraction(10**4): "万", Fraction(10**8): "亿"}
_POWERS = (Fraction(100), *_SCALES)
_AREAS = {"平方米": Fraction(1), "亩": Fraction(2000, 3), "公顷": Fraction(10**4), "平方千米": Fraction(10**6)}
_LEAST_SHARE = 10


class OddSize(NamedTuple):
    """How many times a value is off, rounded, and the unit it may really be in; `fraction` if 0.41 may be 41 %."""

    times: int
    unit: str = ""
    fraction: bool = False


def odd_size(actual: Fraction, indicator: Indicator) -> OddSize | None:
    """Return how far a value is off if neither the baseline nor the target explains its size; otherwise None (R3).

    The ratio is the larger of |actual| ÷ figure and figure ÷ |actual| for the nearest known figure. Below 8 a value is
    never odd. From 8 on it is odd if some ratio is that of two units which people confuse (10², 10⁴, 10⁸, or 亩, 公顷
    and 平方千米) within a factor of 2, or if the indicator is a stock; from 30 on, if it is too large. Another sum or
    count far below its target is simply missed.
    """
    references = _references(indicator)
    if actual == 0 or not references:
        return None
    nearest = min(_ratio(actual, reference) for reference in references)
    if nearest < _NEAR:
        return None
    if indicator.unit.is_share and 0 < actual <= 1 and min(references) >= _LEAST_SHARE:
        return OddSize(100, fraction=True)
    high = actual > max(references)
    others = (_other_unit(actual / reference, indicator.unit) for reference in references)
    unit = next((name for name in others if name is not None), None)
    confusable = indicator.unit.is_share or indicator.unit.name[:1] in "万亿" or indicator.unit.dimension == "area"
    if unit is not None and (high or confusable):
        return OddSize(round(nearest), unit, fraction=indicator.unit.is_share and not high)
    if high and nearest >= _FAR:
        return OddSize(round(nearest), indicator.unit.name[1:] if indicator.unit.name[:1] in "万亿" else "")
    return OddSize(round(nearest)) if indicator.kind is IndicatorKind.STOCK else None


def turning_points(indicator: Indicator) -> Sequence[Fraction]:
    """Return the values above zero at which the result of `odd_size` may change, in order."""
    unit, references = indicator.unit, _references(indicator)
    times = (
        {Fraction(_NEAR), Fraction(_FAR)}
        | {power * _ABOUT for power in _POWERS}
        | {power / _ABOUT for power in _POWERS}
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


def _ratio(actual: Fraction, reference: Fraction) -> Fraction:
    """Return the larger ÷ the smaller of the two sizes."""
    ratio = abs(actual) / reference
    return max(ratio, 1 / ratio)


def _other_unit(ratio: Fraction, unit: Unit) -> str | None:
    """Return the unit that a value off by a ratio may be in; empty if it has no single name, None if there is none."""
    if unit.dimension == "area":
        for name, size in _AREAS.items():
            if unit.factor != size and _is_about(abs(ratio), unit.factor / size):
                return name
    for power in _POWERS:
        if _is_about(abs(ratio), power):
            word = _SCALES.get(power, "")
            return unit.name.removeprefix(word) if word and unit.name.startswith(word) else ""
        if _is_about(abs(ratio), 1 / power):
            word = _SCALES.get(power, "")
            return word + unit.name if word and unit.name[:1] not in "万亿" and not unit.is_share else ""
    return None


def _is_about(ratio: Fraction, times: Fraction) -> bool:
    return times / _ABOUT <= ratio <= times * _ABOUT
