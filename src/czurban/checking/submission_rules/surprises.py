"""Report judged values that surprise, which are most often slips: outside the plausible range (S268) and others."""

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from czurban.checking.odd_size import odd_size
from czurban.checking.submission_rules.comparisons import JudgedFigures, JudgedValue
from czurban.model.faults import finding
from czurban.model.finding import Finding, say
from czurban.model.indicator import Indicator, IndicatorKind
from czurban.model.numbers import NumberRange
from czurban.model.text import exact, fixed, half_width
from czurban.model.unit import Unit

_LEADING_ZERO = re.compile(r"(?<![\d.,])0\d")
_FALLS = r"(?i:下降|降低|减少|降幅|\b(?:decrease|decline|reduction|fall)\b)"  # compiled when first used
MANY_DIGITS = 3
_DIGITS_OF_A_RATE = 4
_WHOLE_SHARE = 100
_WIDE = Fraction(1, 4)
_LEVEL = Fraction(15, 100)  # stocks and rates move less from year to year than sums over a year
_POINTS = 2  # per cent; small shares move more in proportion
_GROWTH = 10  # per cent; growth rates may change their sign
_LEFT_OVER = 3  # times; a share near 100 % is compared by what it lacks: 99 and 97 are far apart
_ROOM = 1
_HIGH = 80
_NOTABLE = Fraction(3, 100)
_NEAR, _NEAR_ALONE = Fraction(1, 200), Fraction(1, 10)
_COUNTED = frozenset({"works", "dwelling", "household", "vehicle", "person"})
_SPREAD = 3
USED = say("It is used as written; check the figure and its unit.")


def in_plausible_range(figures: JudgedFigures) -> Iterator[Finding]:
    """A value lies in the plausible range around baseline and target."""
    for value in figures.values_for("S268"):
        indicator, raw = value.indicator, value.observation.raw
        if not value.is_comparable or indicator.jump is not None or odd_size(value.actual, indicator):
            continue
        usual = plausible_range(indicator)
        if usual is None:
            continue
        if not usual.meets(NumberRange.point(value.actual)):
            known = indicator.target.known_figures
            shown = [f"{exact(figure)}{indicator.unit.name} ({_change(value.actual, figure)})" for figure in known]
            message = say(
                "{raw} is far off the figures that the plan gives for it: {figures}.",
                raw=raw,
                figures=" / ".join(dict.fromkeys(shown)),
            )
        elif other := swapped(value.amount, value.unit, indicator):
            message = say(
                "{raw} would fit baseline and target as {other}: two of its digits may have changed places.",
                raw=raw,
                other=f"{other:f}",
            )
        else:
            continue
        yield finding("S268", value.observation.place, message, USED)


def _change(actual: Fraction, figure: Fraction) -> str:
    if not figure:
        return "—"
    change = 100 * (actual - figure) / abs(figure)
    return f"{'+' if change > 0 else ''}{fixed(change, 1)}%"


def not_the_baseline(figures: JudgedFigures) -> Iterator[Finding]:
    """A value differs from the baseline."""
    for value in figures.values_for("S269"):
        indicator, target = value.indicator, value.indicator.target
        if not value.is_new or not value.is_comparable or not target.baseline_rounded or is_all_or_none(value):
            continue
        if value.actual != target.baseline_value or indicator.kind is IndicatorKind.GROWTH:
            continue
        if target.interval.is_only(value.actual):
            continue
        digits = len(str(target.baseline.value).replace(".", "").lstrip("-0")) if target.baseline else 0
        many = digits >= (MANY_DIGITS if indicator.is_amount else _DIGITS_OF_A_RATE)
        if many or value.actual not in target.interval:
            message = say("{raw} equals the baseline to the last digit.", raw=value.observation.raw)
            hint = say("Check that the earlier figure was not copied.")
            yield finding("S269", value.observation.place, message, hint)


def is_all_or_none(value: JudgedValue) -> bool:
    """Return whether a share is 100 % or 0, where many stay."""
    return value.indicator.unit.is_share and value.actual * value.indicator.unit.factor in (0, _WHOLE_SHARE)


def whole_number(figures: JudgedFigures) -> Iterator[Finding]:
    """A count is a whole number."""
    for value in figures.values_for("S271"):
        if is_counted(value.indicator) and (value.actual * value.indicator.unit.factor).denominator != 1:
            message = say("{raw} is no whole number, and what is counted here has no parts.", raw=value.observation.raw)
            yield finding("S271", value.observation.place, message, say("Check the decimal point and the unit."))


def no_leading_zero(figures: JudgedFigures) -> Iterator[Finding]:
    """A number has no leading zero."""
    for value in figures.values_for("S272"):
        raw = value.observation.raw
        if _LEADING_ZERO.search(half_width(raw)):
            message = say("{raw} begins with a zero; a digit or the decimal point may be missing.", raw=raw)
            yield finding("S272", value.observation.place, message, say("Write the number without the zero."))


def expected_sign(figures: JudgedFigures) -> Iterator[Finding]:
    """A value has the sign of the baseline and the target."""
    for value in figures.values_for("S273"):
        indicator, raw = value.indicator, value.observation.raw
        if value.actual >= 0 or any(figure < 0 for figure in indicator.target.known_figures):
            continue
        if re.search(_FALLS, indicator.name):
            message = say(
                "{raw} has a minus sign, and the name “{name}” already means a fall.", raw=raw, name=indicator.name
            )
            hint = say("Write {value} if it fell by so much.", value=raw.lstrip("-−－ "))
        elif indicator.kind is IndicatorKind.FLOW:
            message = say("{raw} is below zero, and neither baseline nor target is.", raw=raw)
            hint = say("Check the sign.")
        else:
            continue
        yield finding("S273", value.observation.place, message, hint)


def unit_of_the_plan(figures: JudgedFigures) -> Iterator[Finding]:
    """A share is in the plan's unit, per cent or per thousand."""
    for value in figures.values_for("S274"):
        unit, plan = value.unit, value.indicator.unit
        if plan.is_share and unit.is_share and unit.factor != plan.factor:
            message = say(
                "{raw} is in {unit}, where the plan has {own}.",
                raw=value.observation.raw,
                unit=unit.name,
                own=plan.name,
            )
            yield finding("S274", value.observation.place, message, say("Write it in {own}.", own=plan.name))


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
    near = _NEAR_ALONE if indicator.target.baseline_value is None else _NEAR
    room = max((high - low) / 2, abs(low) * near)
    return NumberRange(low - room, high + room)


def _swaps(amount: Decimal) -> Iterator[Decimal]:
    sign, digits, exponent = amount.as_tuple()
    for at, (left, right) in enumerate(pairwise(digits)):
        if left != right and isinstance(exponent, int):
            yield Decimal((sign, (*digits[:at], right, left, *digits[at + 2 :]), exponent))
