"""Report values that fit another indicator better than their own (S270): exchanged, repeated, or on the wrong row."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from czurban.checking.submission_rules.comparisons import JudgedFigures, JudgedValue
from czurban.checking.submission_rules.surprises import (
    MANY_DIGITS,
    USED,
    distance,
    is_all_or_none,
    plausible_range,
)
from czurban.model.faults import finding
from czurban.model.finding import Finding, say
from czurban.model.indicator import Indicator
from czurban.model.numbers import NumberRange

_ROUGHLY = 1e-6
_MISFIT, _CLOSE = Fraction(1, 10), Fraction(5, 100)


def fits_its_indicator(figures: JudgedFigures) -> Iterator[Finding]:
    """A value fits its own indicator better than another."""
    allowed = {value.indicator.id for value in figures.values_for("S270")}
    pairs = [*_exchanged(figures.values), *_repeated(figures.values), *_fits_another(figures)]
    yield from (fault for value, fault in pairs if value.indicator.id in allowed)


class _Fit(NamedTuple):
    """A value with its distance from its figures, and floats near these numbers, in base units, to rule out pairs."""

    value: JudgedValue
    apart: Fraction
    rough: float
    amount: float
    factor: float
    figures: tuple[float, ...]


def _fit_of(value: JudgedValue) -> _Fit:
    apart, factor = _apart(value), value.indicator.unit.factor
    figures = tuple(float(figure * factor) for figure in value.indicator.target.known_figures)
    return _Fit(value, apart, float(apart), float(value.amount), float(value.unit.factor), figures)


def _may_fit(fit: _Fit, other: _Fit) -> bool:
    """Return whether a value may be near enough to the figures of another's indicator; floats err far less."""
    number = fit.amount * (fit.factor if fit.value.observation.unit_in_cell else other.factor)
    far = (abs(number - figure) / (max(abs(number), abs(figure)) or 1) for figure in other.figures)
    return min(far, default=1) <= (fit.rough + other.rough) / 4 + _ROUGHLY


def _exchanged(values: Sequence[JudgedValue]) -> Iterator[tuple[JudgedValue, Finding]]:
    """Find two values that each fit the figures of the other's indicator, and not those of their own.

    They are reported if the sum of their distances falls below a quarter of what it is now (S270).
    """
    fits = [_fit_of(value) for value in values if value.is_comparable]
    for n, fit in enumerate(fits):
        value, apart = fit.value, fit.apart
        if 2 * apart <= _MISFIT:
            continue  # the other's distance is no larger, so both together are too little; most values end here
        for m, placed in enumerate(fits):
            if not _may_fit(fit, placed):
                continue
            other, others = placed.value, placed.apart
            if (apart, m) <= (others, n) or apart + others <= _MISFIT or not _swappable(value, other):
                continue
            swap = distance(_moved(value, other), other.indicator) + distance(_moved(other, value), value.indicator)
            if swap < (apart + others) / 4:
                message = say(
                    "{raw} fits “{name}” and {other} at {place} fits “{own}”: they may have changed places.",
                    raw=value.observation.raw,
                    name=other.indicator.name,
                    other=other.observation.raw,
                    place=other.observation.place,
                    own=value.indicator.name,
                )
                yield value, finding("S270", value.observation.place, message, USED)


def _swappable(value: JudgedValue, other: JudgedValue) -> bool:
    """Return whether two numbers may be swapped: they differ, and a unit in a value's cell fits the other indicator."""
    fixed_unit = value.observation.unit_in_cell or other.observation.unit_in_cell
    same_dimension = value.indicator.unit.dimension == other.indicator.unit.dimension
    return value.amount != other.amount and (same_dimension or not fixed_unit)


def _moved(value: JudgedValue, other: JudgedValue) -> Fraction:
    """Return a value's number as one of another indicator; a unit in its own cell goes with it."""
    unit = value.unit if value.observation.unit_in_cell else other.unit
    return unit.convert(value.amount, other.indicator.unit)


def _repeated(values: Sequence[JudgedValue]) -> Iterator[tuple[JudgedValue, Finding]]:
    """Find values that the row above has as well, where they fit that row better."""
    for above, value in pairwise(sorted(values, key=lambda value: value.observation.place.row)):
        same = above.amount == value.amount and above.unit == value.unit and not is_all_or_none(value)
        same_sheet = above.observation.place.row[:2] == value.observation.place.row[:2]
        many = len(value.amount.as_tuple().digits) >= MANY_DIGITS
        if same and same_sheet and value.is_comparable and many and _apart(above) < _apart(value):
            message = say(
                "{raw} is also at {place}, for “{name}”, where it fits better.",
                raw=value.observation.raw,
                place=above.observation.place,
                name=above.indicator.name,
            )
            yield value, finding("S270", value.observation.place, message, USED)


def _fits_another(figures: JudgedFigures) -> Iterator[tuple[JudgedValue, Finding]]:
    """Find implausible values that are within 5 % of an indicator of a similar name which was not reported."""
    if figures.plan.within:
        return
    unreported = [
        result.indicator
        for result in figures.results
        if result.observation is None and result.indicator.target.known_figures
    ]
    for value in figures.values:
        usual = plausible_range(value.indicator)
        if usual is None or not value.is_comparable or usual.meets(NumberRange.point(value.actual)):
            continue
        alike = [
            (distance(value.unit.convert(value.amount, other.unit), other), other)
            for other in unreported
            if other.unit.dimension == value.unit.dimension and _similar_names(value.indicator, other)
        ]
        apart, nearest = min(alike, key=lambda pair: pair[0], default=(_MISFIT, value.indicator))
        if apart <= _CLOSE:
            message = say(
                "{raw} fits “{name}”, for which nothing is reported, and not “{own}”.",
                raw=value.observation.raw,
                name=nearest.name,
                own=value.indicator.name,
            )
            yield value, finding("S270", value.observation.place, message, say("Check which indicator it is of."))


def _similar_names(indicator: Indicator, other: Indicator) -> bool:
    """Return whether a name of either is part of a name of the other: 城镇常住人口 and 新增城镇常住人口."""
    return any(a in b or b in a for a in indicator.names for b in other.names)


def _apart(value: JudgedValue) -> Fraction:
    return distance(value.actual, value.indicator)
