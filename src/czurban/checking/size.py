"""Values of a size that no year brings about: most often read in another unit than they were written in."""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from czurban.model.indicator import Indicator, Kind
from czurban.model.unit import Unit

_NEAR = 8  # times; what is nearer than this to the baseline or to a bound is of its size
_FAR = 30  # times; sums over a year, works and shares may grow that much
_ABOUT = 2
_SCALES = {Fraction(10**4): "万", Fraction(10**8): "亿"}
_POWERS = (Fraction(100), *_SCALES)
_AREAS = {"平方米": Fraction(1), "亩": Fraction(2000, 3), "公顷": Fraction(10**4), "平方千米": Fraction(10**6)}
_LEAST_SHARE = 10


class Odd(NamedTuple):
    """How many times off a value is, rounded, and the unit it may really be in; `fraction` if 0.41 may be 41 %."""

    times: int
    unit: str = ""
    fraction: bool = False


def odd_size(actual: Fraction, indicator: Indicator) -> Odd | None:
    """Tell a value whose size neither the baseline nor the target explains; None for one that they do.

    A value near either is never odd. One that is off by what lies between two units people mix up is odd, named or not:
    10², 10⁴, 10⁸, or 亩 for 公顷 and the like, within a factor of 2. A stock is odd at 8 times, anything else at 30
    times above; a sum or a count far *below* its target is simply missed, unless its unit is one that is mixed up.
    """
    references = _references(indicator)
    if actual == 0 or not references:
        return None
    nearest = min(_distance(actual, one) for one in references)
    if nearest < _NEAR:
        return None
    if indicator.unit.is_share and 0 < actual <= 1 and min(references) >= _LEAST_SHARE:
        return Odd(100, fraction=True)
    high = actual > max(references)
    unit = next((name for one in references if (name := _other(actual / one, indicator.unit)) is not None), None)
    confusable = indicator.unit.is_share or indicator.unit.name[:1] in "万亿" or indicator.unit.dimension == "area"
    if unit is not None and (high or confusable):
        return Odd(round(nearest), unit, fraction=indicator.unit.is_share and not high)
    if high and nearest >= _FAR:
        return Odd(round(nearest), indicator.unit.name[1:] if indicator.unit.name[:1] in "万亿" else "")
    return Odd(round(nearest)) if indicator.kind is Kind.STOCK else None


def turning_points(indicator: Indicator) -> Sequence[Fraction]:
    """The sizes at which the answer of `odd_size` may change, all above zero; between two of them it does not."""
    unit, references = indicator.unit, _references(indicator)
    times = {Fraction(_NEAR), Fraction(_FAR)} | {one * _ABOUT for one in _POWERS} | {one / _ABOUT for one in _POWERS}
    if unit.dimension == "area":
        ratios = (unit.factor / size for size in _AREAS.values())
        times |= {end for one in ratios for end in (one * _ABOUT, one / _ABOUT)}
    found = {ends for one in references for many in times for ends in (one * many, one / many)}
    return sorted(found | ({Fraction(1)} if unit.is_share else set()))


def _references(indicator: Indicator) -> Sequence[Fraction]:
    """The sizes that are known: the baseline's and the bounds'."""
    target = indicator.target
    figures = (target.baseline.value if target.baseline else None, target.interval.low, target.interval.high)
    return [abs(Fraction(one)) for one in figures if one]


def _distance(actual: Fraction, reference: Fraction) -> Fraction:
    """How many times one is the other, whichever is larger."""
    ratio = abs(actual) / reference
    return max(ratio, 1 / ratio)


def _other(ratio: Fraction, unit: Unit) -> str | None:
    """The unit that so large or small a value may be in; empty where it has no one name, None where there is none."""
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
