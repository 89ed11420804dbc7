"""Judged values that surprise: most often a slip of the hand, and never a reason to judge otherwise."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from string import ascii_uppercase
from typing import NamedTuple

from czurban.checking.judging import odd_size
from czurban.checking.submission_rules.plausible import distance, expected, is_counted, references, swapped
from czurban.model.assessment import Result
from czurban.model.faults import finding
from czurban.model.finding import Finding, Message, Place, say
from czurban.model.indicator import Indicator, IndicatorKind
from czurban.model.number_range import NumberRange
from czurban.model.observation import Observation
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.model.text import exact, fixed, half_width
from czurban.model.unit import Unit

_LEADING_ZERO = re.compile(r"(?<![\d.,])0\d")
_FALLS = r"(?i:下降|降低|减少|降幅|\b(?:decrease|decline|reduction|fall)\b)"  # compiled when first used
_MANY_DIGITS = 3
_DIGITS_OF_A_RATE = 4
_WHOLE_SHARE = 100
_MISFIT, _CLOSE = Fraction(1, 10), Fraction(5, 100)
_USED = say("It is used as written; check the figure and its unit.")


class JudgedValue(NamedTuple):
    """A value that was judged, in its own unit and in the indicator's.

    `fresh` says that it is for another period than the baseline, `whole` that it is for a whole year.
    """

    indicator: Indicator
    at: Observation
    amount: Decimal
    unit: Unit
    actual: Fraction
    fresh: bool
    whole: bool

    @property
    def expectable(self) -> bool:
        """Whether the plan's figures say what size it should be of: not for the part of a sum over the year."""
        return self.whole or self.indicator.kind is not IndicatorKind.FLOW


def surprises(plan: Plan, results: Sequence[Result], period: Period) -> Iterator[Finding]:
    """Report what surprises about judged values; an indicator may switch each check off (`ignore:`)."""
    judged = [found for one in results if (found := _judged(plan, one, period))]
    told = [(one, fault) for one in judged for fault in _each(one)]
    told += [*_exchanged(judged), *_twice(judged), *_fits_another(plan, judged, results)]
    yield from (fault for one, fault in told if fault.code not in one.indicator.ignored)


def _judged(plan: Plan, result: Result, period: Period) -> JudgedValue | None:
    one, at = result.indicator, result.observation
    if at is None or at.amount is None or result.actual is None:
        return None
    if plan.within and one.is_amount and one.id not in plan.own_targets:
        return None  # another region's amount has nothing to be compared with
    fresh = plan.baseline_period is None or period.end > plan.baseline_period.end
    return JudgedValue(one, at, at.amount, at.unit or one.unit, result.actual, fresh, period.is_year)


def _each(one: JudgedValue) -> Iterator[Finding]:
    yield from _far_off(one)
    yield from _same_as_before(one)
    yield from _not_whole(one)
    yield from _leading_zero(one)
    yield from _sign(one)
    yield from _per_thousand(one)


def _far_off(one: JudgedValue) -> Iterator[Finding]:
    if not one.expectable or one.indicator.jump is not None or odd_size(one.actual, one.indicator):
        return
    usual = expected(one.indicator)
    if usual is None:
        return
    if not usual.meets(NumberRange.point(one.actual)):
        yield finding("S268", one.at.place, _off(one), _USED)
    elif other := swapped(one.amount, one.unit, one.indicator):
        message = say(
            "{raw} would fit baseline and target as {other}: two of its digits may have changed places.",
            raw=one.at.raw,
            other=f"{other:f}",
        )
        yield finding("S268", one.at.place, message, _USED)


def _off(one: JudgedValue) -> Message:
    unit = one.indicator.unit.name
    figures = [f"{exact(figure)}{unit} ({_share(one.actual, figure)})" for figure in references(one.indicator)]
    return say(
        "{raw} is far off the figures that the plan gives for it: {figures}.",
        raw=one.at.raw,
        figures=" / ".join(dict.fromkeys(figures)),
    )


def _share(actual: Fraction, figure: Fraction) -> str:
    if not figure:
        return "—"
    change = 100 * (actual - figure) / abs(figure)
    return f"{'+' if change > 0 else ''}{fixed(change, 1)}%"


def _same_as_before(one: JudgedValue) -> Iterator[Finding]:
    base = one.indicator.target.baseline
    if not one.fresh or not one.expectable or base is None or base.value is None or base.approximate:
        return
    kept = Fraction(base.value) in one.indicator.target.interval
    digits = len(str(base.value).replace(".", "").lstrip("-0"))
    enough = digits >= (_MANY_DIGITS if one.indicator.is_amount else _DIGITS_OF_A_RATE)
    if one.actual != Fraction(base.value) or _is_all(one) or one.indicator.kind is IndicatorKind.GROWTH:
        return
    if enough or not kept:
        message = say("{raw} equals the baseline to the last digit.", raw=one.at.raw)
        yield finding("S269", one.at.place, message, say("Check that the earlier figure was not copied."))


def _is_all(one: JudgedValue) -> bool:
    """Whether a share is 100 % or nothing, where many stay."""
    return one.indicator.unit.is_share and one.actual * one.indicator.unit.factor in (0, _WHOLE_SHARE)


def _not_whole(one: JudgedValue) -> Iterator[Finding]:
    if is_counted(one.indicator) and (one.actual * one.indicator.unit.factor).denominator != 1:
        message = say("{raw} is no whole number, and what is counted here has no parts.", raw=one.at.raw)
        yield finding("S271", one.at.place, message, say("Check the decimal point and the unit."))


def _leading_zero(one: JudgedValue) -> Iterator[Finding]:
    if _LEADING_ZERO.search(half_width(one.at.raw)):
        message = say("{raw} begins with a zero; a digit or the decimal point may be missing.", raw=one.at.raw)
        yield finding("S272", one.at.place, message, say("Write the number without the zero."))


def _sign(one: JudgedValue) -> Iterator[Finding]:
    if one.actual >= 0 or any(figure < 0 for figure in references(one.indicator)):
        return
    if re.search(_FALLS, one.indicator.name):
        message = say(
            "{raw} has a minus sign, and “{name}” says itself that it falls.", raw=one.at.raw, name=one.indicator.name
        )
        yield finding(
            "S273", one.at.place, message, say("Write {value} if it fell by so much.", value=one.at.raw.lstrip("-−－ "))
        )
    elif one.indicator.kind is IndicatorKind.FLOW:
        message = say("{raw} is below zero, and so are neither baseline nor target.", raw=one.at.raw)
        yield finding("S273", one.at.place, message, say("Check the sign."))


def _per_thousand(one: JudgedValue) -> Iterator[Finding]:
    own = one.indicator.unit
    if own.is_share and one.unit.is_share and one.unit.factor != own.factor:
        message = say("{raw} is in {unit}, where the plan has {own}.", raw=one.at.raw, unit=one.unit.name, own=own.name)
        yield finding("S274", one.at.place, message, say("Write it in {own}.", own=own.name))


def _exchanged(judged: Sequence[JudgedValue]) -> Iterator[tuple[JudgedValue, Finding]]:
    """Two values that each fit the figures of the other's indicator, and not those of their own."""
    apart = [(one, _distance(one)) for one in judged if one.expectable]
    for n, (one, own) in enumerate(apart):
        if 2 * own <= _MISFIT:
            continue  # the other's distance is no larger, so that both together are too little; most values end here
        for m, (other, others) in enumerate(apart):
            if own < others or (own == others and n >= m) or own + others <= _MISFIT or not _alike(one, other):
                continue
            changed = distance(_as(one, other), other.indicator) + distance(_as(other, one), one.indicator)
            if changed < (own + others) / 4:
                yield one, _fits(one, other)


def _alike(one: JudgedValue, other: JudgedValue) -> bool:
    """Whether the two numbers can have changed places: they differ, and a unit that goes with one fits the other."""
    bound = one.at.unit_in_cell or other.at.unit_in_cell
    fit = one.indicator.unit.dimension == other.indicator.unit.dimension
    return one.amount != other.amount and (fit or not bound)


def _as(one: JudgedValue, other: JudgedValue) -> Fraction:
    """A value's number where the other stands; a unit in its own cell goes with it."""
    return (one.unit if one.at.unit_in_cell else other.unit).convert(one.amount, other.indicator.unit)


def _fits(one: JudgedValue, other: JudgedValue) -> Finding:
    message = say(
        "{raw} fits “{name}” and {other} at {place} fits “{own}”: they may have changed places.",
        raw=one.at.raw,
        name=other.indicator.name,
        other=other.at.raw,
        place=other.at.place,
        own=one.indicator.name,
    )
    return finding("S270", one.at.place, message, _USED)


def _twice(judged: Sequence[JudgedValue]) -> Iterator[tuple[JudgedValue, Finding]]:
    """A value that stands in the row above as well, and fits that row better."""
    rows = sorted(judged, key=lambda one: _row(one.at.place))
    for above, one in pairwise(rows):
        same = above.amount == one.amount and above.unit == one.unit and not _is_all(one)
        near = _row(above.at.place)[:2] == _row(one.at.place)[:2] and one.expectable
        many = len(one.amount.as_tuple().digits) >= _MANY_DIGITS
        if same and near and many and _distance(above) < _distance(one):
            message = say(
                "{raw} stands at {place} too, for “{name}”, where it fits better.",
                raw=one.at.raw,
                place=above.at.place,
                name=above.indicator.name,
            )
            yield one, finding("S270", one.at.place, message, _USED)


def _fits_another(
    plan: Plan, judged: Sequence[JudgedValue], results: Sequence[Result]
) -> Iterator[tuple[JudgedValue, Finding]]:
    """A value far off its own figures that is close to those of one with a like name, which nobody reported."""
    if plan.within:
        return
    silent = [one.indicator for one in results if one.observation is None and references(one.indicator)]
    for one in judged:
        usual = expected(one.indicator)
        if usual is None or not one.expectable or usual.meets(NumberRange.point(one.actual)):
            continue
        alike = (other for other in silent if other.unit.dimension == one.unit.dimension and _named_alike(one, other))
        near = min(alike, key=lambda other: distance(one.unit.convert(one.amount, other.unit), other), default=None)
        if near and distance(one.unit.convert(one.amount, near.unit), near) <= _CLOSE:
            message = say(
                "{raw} fits “{name}”, for which nothing is reported, and not “{own}”.",
                raw=one.at.raw,
                name=near.name,
                own=one.indicator.name,
            )
            yield one, finding("S270", one.at.place, message, say("Check which indicator it is of."))


def _named_alike(one: JudgedValue, other: Indicator) -> bool:
    """Whether a name of either is part of a name of the other: 城镇常住人口 and 新增城镇常住人口."""
    return any(a in b or b in a for a in one.indicator.names for b in other.names)


def _distance(one: JudgedValue) -> Fraction:
    return distance(one.actual, one.indicator)


def _row(place: Place) -> tuple[str, str, int]:
    number = place.line if place.line is not None else int(place.cell.lstrip(ascii_uppercase) if place.cell else 0)
    return place.file, place.sheet or "", number
