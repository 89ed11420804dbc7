"""Where the value of an indicator is expected, from its baseline and its target; what lies outside surprises.

What submissions print of the plan itself, held against the plan: a template that was tampered with shows here.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from czurban.model.faults import finding
from czurban.model.finding import Finding, say
from czurban.model.indicator import Indicator, IndicatorKind
from czurban.model.number_range import NumberRange
from czurban.model.observation import Observation, Reading, Submission
from czurban.model.plan import Plan
from czurban.model.target import Interval, StatedKind, StatedValue
from czurban.model.text import key
from czurban.model.unit import Unit

_WIDE = Fraction(1, 4)
_LEVEL = Fraction(15, 100)  # stocks and rates move less from year to year than sums over a year
_POINTS = 2  # per cent; shares of a few per cent move more in proportion
_GROWTH = 10  # per cent; growth rates may change their sign
_LEFT_OVER = 3  # times; a share near 100 % is as good as what it lacks: 99 and 97 are far apart
_ROOM = 1
_WHOLE = 100
_HIGH = 80
_NOTABLE = Fraction(3, 100)
_NEAR, _NEAR_ALONE = Fraction(1, 200), Fraction(1, 10)
_COUNTED = frozenset({"works", "dwelling", "household", "vehicle", "person"})
_SPREAD = 3


def expected(indicator: Indicator) -> NumberRange | None:
    """Return the range of values that surprise nobody; None where the plan gives nothing to go by.

    It reaches from the baseline to the target and as far beyond both as such figures change from year to year: 25 % for
    amounts summed up over a year, 15 % for stocks and rates (but 2 points for shares), 10 points for growth rates.
    A share above 80 % may lack 3 times as much as before. Small counts have the room of chance. Without a baseline
    the range is wider: a half to three times the target.
    """
    figures = references(indicator)
    if not figures:
        return None
    low, high = min(figures), max(figures)
    if indicator.kind is IndicatorKind.GROWTH:
        points = _GROWTH / indicator.unit.factor if indicator.unit.is_share else max(abs(low), abs(high))
        return NumberRange(low - points, high + points)
    if indicator.target.baseline_value is None:
        return indicator.target.interval.plausible().within(_near_the_whole(indicator, low))
    return NumberRange(low - _room(indicator, low), high + _room(indicator, high)).within(
        _near_the_whole(indicator, low)
    )


def swapped(amount: Decimal, unit: Unit, indicator: Indicator) -> Decimal | None:
    """Return the number with two neighbouring digits changed about, where that one is expected and this one is not.

    Asked only of a value on the worse side of every figure that the plan gives, 3 % off or more: what goes well often
    goes further. The expected range is a narrow one here, from the baseline to the target and half as far beyond, at
    least 0.5 %.
    """
    narrow, value = _narrow(indicator), unit.convert(amount, indicator.unit)
    worse = all(indicator.target.interval.worse(value, figure) for figure in references(indicator))
    if narrow is None or not worse or narrow.meets(NumberRange.point(value)) or distance(value, indicator) < _NOTABLE:
        return None
    variants = ((one, NumberRange.point(unit.convert(one, indicator.unit))) for one in _changed_about(amount))
    return next((one for one, point in variants if narrow.meets(point)), None)


def references(indicator: Indicator) -> list[Fraction]:
    """The figures that the plan gives: the baseline and the bounds of the target."""
    return indicator.target.known_figures


def distance(value: Fraction, indicator: Indicator) -> Fraction:
    """How far a value is from the nearest figure of the plan, as a share of the larger; 1 where there is none."""
    return min((_apart(value, one) for one in references(indicator)), default=Fraction(1))


def is_counted(indicator: Indicator) -> bool:
    """Whether the indicator counts things that have no parts: works, dwellings, people, in any power of ten."""
    return indicator.is_amount and indicator.unit.dimension in _COUNTED


def _apart(one: Fraction, other: Fraction) -> Fraction:
    larger = max(abs(one), abs(other))
    return abs(one - other) / larger if larger else Fraction(0)


def _room(indicator: Indicator, figure: Fraction) -> Fraction:
    share = _WIDE if indicator.kind in (IndicatorKind.FLOW, IndicatorKind.WORKS) else _LEVEL
    room = abs(figure) * share
    if indicator.unit.is_share:
        return max(room, _POINTS / indicator.unit.factor)
    if is_counted(indicator) and (count := abs(figure) * indicator.unit.factor) < _WHOLE:
        return max(room, (_SPREAD * _root(count) + 1) / indicator.unit.factor)
    return room


def _root(count: Fraction) -> Fraction:
    """The square root of a count below 100, rounded up to a whole number: chance moves a count by about as much."""
    return Fraction(next(n for n in range(_WHOLE) if n * n >= count))


def _near_the_whole(indicator: Indicator, low: Fraction) -> NumberRange:
    whole = _WHOLE / indicator.unit.factor
    if not indicator.unit.is_share or low * indicator.unit.factor < _HIGH or low > whole:
        return NumberRange(None, None)
    return NumberRange(whole - _LEFT_OVER * (whole - low) - _ROOM / indicator.unit.factor, None)


def _narrow(indicator: Indicator) -> NumberRange | None:
    figures = references(indicator)
    if indicator.kind is IndicatorKind.GROWTH or not figures:
        return None
    low, high = min(figures), max(figures)
    near = _NEAR_ALONE if indicator.target.baseline_value is None else _NEAR
    room = max((high - low) / 2, abs(low) * near)
    return NumberRange(low - room, high + room)


def _changed_about(amount: Decimal) -> Iterator[Decimal]:
    sign, digits, exponent = amount.as_tuple()
    for at, (one, other) in enumerate(pairwise(digits)):
        if one != other and isinstance(exponent, int):
            yield Decimal((sign, (*digits[:at], other, one, *digits[at + 2 :]), exponent))


_Ends = tuple[Fraction | None, Fraction | None, bool, bool]


def stated_values(submissions: Iterable[Submission], plan: Plan) -> Iterator[StatedValue]:
    """Every target and baseline printed, the baseline year's own column of a wide table among them."""
    for submission in submissions:
        yield from (one for one in submission.claims if plan.is_own_region(one.region))
        for one in submission.observations:
            if plan.baseline_period in one.periods and one.period == plan.baseline_period:
                yield from _as_baseline(one, plan)


def _as_baseline(one: Observation, plan: Plan) -> Iterator[StatedValue]:
    if one.reported is Reading.VALUE and plan.is_own_region(one.region):
        yield StatedValue(StatedKind.BASELINE, one.indicator, one.raw, one.place, one.amount, None, one.unit)


def stated_findings(claims: Iterable[StatedValue], plan: Plan) -> Iterator[Finding]:
    """Tell each that is not the plan's own. Verdicts are by the plan's, whatever a submission says."""
    for claim in claims:
        indicator = plan.indicator(claim.indicator)
        if indicator is None:
            continue
        if claim.what is StatedKind.TARGET and not _same_target(claim, indicator):
            yield _other_target(claim, indicator)
        if claim.what is StatedKind.BASELINE and not _same_baseline(claim, indicator):
            yield _other_baseline(claim, indicator)


def _same_target(claim: StatedValue, indicator: Indicator) -> bool:
    """Whether it is the same rule exactly, a bare number that is the plan's bound, or what the plan itself prints."""
    if key(claim.raw) in {key(cited.printed) for cited in indicator.cited}:
        return True
    factor = _factor(claim, indicator)
    own = indicator.target.interval
    if factor is None:
        return False
    if claim.interval is not None:
        return _ends(claim.interval, factor) == _ends(own, Fraction(1))
    return claim.amount is not None and own.bound is not None and Fraction(claim.amount) * factor == Fraction(own.bound)


def _same_baseline(claim: StatedValue, indicator: Indicator) -> bool:
    """Whether it is the same number; a plan that prints no baseline has none to differ from."""
    baseline, value = indicator.target.baseline, indicator.target.baseline_value
    if baseline is None or value is None or key(claim.raw) == key(baseline.printed):
        return True
    factor = _factor(claim, indicator)
    return factor is not None and claim.amount is not None and Fraction(claim.amount) * factor == value


def _factor(claim: StatedValue, indicator: Indicator) -> Fraction | None:
    """How many of the plan's units one of the claim's is; None where they measure different things."""
    unit = claim.unit or indicator.unit
    return unit.factor / indicator.unit.factor if unit.dimension == indicator.unit.dimension else None


def _ends(interval: Interval, factor: Fraction) -> _Ends:
    low = None if interval.low is None else Fraction(interval.low) * factor
    high = None if interval.high is None else Fraction(interval.high) * factor
    return low, high, interval.low_open, interval.high_open


def _other_target(claim: StatedValue, indicator: Indicator) -> Finding:
    message = say(
        "The target of “{indicator}” stands here as {raw}, and the plan's is {own}; judged is by the plan's.",
        indicator=indicator.name,
        raw=claim.raw[:40],
        own=str(indicator.target.interval),
    )
    return finding("S226", claim.place, message, say("Ask who changed it; a submission cannot change the plan."))


def _other_baseline(claim: StatedValue, indicator: Indicator) -> Finding:
    own = indicator.target.baseline
    message = say(
        "The baseline of “{indicator}” stands here as {raw}, and the plan's is {own}; the plan's is used.",
        indicator=indicator.name,
        raw=claim.raw[:40],
        own=own.printed if own else "",
    )
    return finding("S227", claim.place, message, say("Ask which is right; a submission cannot change the plan."))
