"""Report judged values that surprise, which are most often slips: implausible ones, and those that fit another row."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from czurban.checking.plausible import distance, is_counted, odd_size, plausible_range, swapped
from czurban.checking.submission_rules.comparisons import JudgedFigures, JudgedValue
from czurban.model.assessment import Result
from czurban.model.faults import finding
from czurban.model.finding import Finding, say
from czurban.model.indicator import Indicator, IndicatorKind
from czurban.model.target.interval import NumberRange
from czurban.model.text import exact, fixed, half_width

_LEADING_ZERO = re.compile(r"(?<![\d.,])0\d")
_FALLS = r"(?i:下降|降低|减少|降幅|\b(?:decrease|decline|reduction|fall)\b)"  # compiled when first used
_FEWEST_VALUES = 3
_MANY_DIGITS = 3
_DIGITS_OF_A_RATE = 4
_WHOLE_SHARE = 100
_ROUGHLY = 1e-6
_MISFIT, _CLOSE = Fraction(1, 10), Fraction(5, 100)
_USED = say("It is used as written; check the figure and its unit.")


def likely_change(figures: JudgedFigures) -> Iterator[Finding]:
    """A value differs from the baseline by no more than the plan declares likely."""
    for result in figures.results:
        indicator, observation, baseline = result.indicator, result.observation, result.indicator.target.baseline_value
        if indicator.jump is None or not baseline or result.actual is None or observation is None:
            continue
        change = abs(result.actual - baseline) / abs(baseline)
        if change > indicator.jump:
            printed = indicator.target.baseline.value if indicator.target.baseline else ""
            values = {"raw": observation.raw, "base": f"{printed}{indicator.unit.name}"}
            values |= {"change": fixed(100 * change, 1), "jump": fixed(100 * indicator.jump, 1)}
            message = say(
                "{raw} is {change}% off the baseline {base}; more than {jump}% is declared unlikely.", **values
            )
            yield finding("S221", observation.place, message, _USED)


def not_copied(figures: JudgedFigures) -> Iterator[Finding]:
    """The column of values is not the column of targets."""
    by_file: dict[str, list[Result]] = defaultdict(list)
    for result in figures.results:
        if result.observation and result.actual is not None and result.indicator.target.interval.bound is not None:
            by_file[result.observation.place.file].append(result)
    for results in by_file.values():
        first = results[0].observation
        equal = all(result.actual == result.indicator.target.interval.exact_bound for result in results)
        if len(results) >= _FEWEST_VALUES and first and equal:
            message = say("All {count} values equal their targets exactly.", count=len(results))
            hint = say("Check that the column of targets was not copied into the column of values.")
            yield finding("S222", first.place, message, hint)


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
        yield finding("S268", value.observation.place, message, _USED)


def _change(actual: Fraction, figure: Fraction) -> str:
    if not figure:
        return "—"
    change = 100 * (actual - figure) / abs(figure)
    return f"{'+' if change > 0 else ''}{fixed(change, 1)}%"


def not_the_baseline(figures: JudgedFigures) -> Iterator[Finding]:
    """A value differs from the baseline."""
    baselines = figures.plan.baseline_period
    is_new = baselines is None or figures.period.end > baselines.end
    for value in figures.values_for("S269") if is_new else ():
        indicator, target = value.indicator, value.indicator.target
        if not value.is_comparable or not target.baseline_rounded or _is_all_or_none(value):
            continue
        if value.actual != target.baseline_value or indicator.kind is IndicatorKind.GROWTH:
            continue
        if target.interval.is_only(value.actual):
            continue
        digits = len(str(target.baseline.value).replace(".", "").lstrip("-0")) if target.baseline else 0
        many = digits >= (_MANY_DIGITS if indicator.is_amount else _DIGITS_OF_A_RATE)
        if many or value.actual not in target.interval:
            message = say("{raw} equals the baseline to the last digit.", raw=value.observation.raw)
            hint = say("Check that the earlier figure was not copied.")
            yield finding("S269", value.observation.place, message, hint)


def _is_all_or_none(value: JudgedValue) -> bool:
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
            values = {"raw": raw, "name": indicator.name}
            message = say("{raw} has a minus sign, and the name “{name}” already means a fall.", **values)
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
            values = {"raw": value.observation.raw, "unit": unit.name, "own": plan.name}
            message = say("{raw} is in {unit}, where the plan has {own}.", **values)
            yield finding("S274", value.observation.place, message, say("Write it in {own}.", own=plan.name))


def fits_its_indicator(figures: JudgedFigures) -> Iterator[Finding]:
    """A value fits its own indicator better than another."""
    allowed = {value.indicator.id for value in figures.values_for("S270")}
    pairs = [*_exchanged(figures.values), *_repeated(figures.values), *_fits_another(figures)]
    yield from (fault for value, fault in pairs if value.indicator.id in allowed)


class _Fit(NamedTuple):
    """A value with floats near its number, its factor and its distance from its figures, in base units.

    Floats err far less than `_ROUGHLY`: they rule out most values and pairs of values.
    """

    value: JudgedValue
    amount: float
    factor: float
    rough: float
    figures: tuple[float, ...]


def _fit_of(value: JudgedValue) -> _Fit:
    figures, number = _rough_figures(value.indicator), float(value.actual) * float(value.indicator.unit.factor)
    return _Fit(value, float(value.amount), float(value.unit.factor), _rough_distance(number, figures), figures)


@lru_cache(maxsize=1 << 14)
def _rough_figures(indicator: Indicator) -> tuple[float, ...]:
    return tuple(float(figure * indicator.unit.factor) for figure in indicator.target.known_figures)


def _rough_distance(number: float, figures: Sequence[float]) -> float:
    return min([abs(number - figure) / (max(abs(number), abs(figure)) or 1) for figure in figures], default=1)


def _may_fit(fit: _Fit, other: _Fit) -> bool:
    """Return whether a value may be near enough to the figures of another's indicator."""
    number = fit.amount * (fit.factor if fit.value.observation.unit_in_cell else other.factor)
    return _rough_distance(number, other.figures) <= (fit.rough + other.rough) / 4 + _ROUGHLY


def _exchanged(values: Sequence[JudgedValue]) -> Iterator[tuple[JudgedValue, Finding]]:
    """Find two values that each fit the figures of the other's indicator, and not those of their own.

    They are reported if the sum of their distances falls below a quarter of what it is now (S270).
    """
    fits = [_fit_of(value) for value in values if value.is_comparable]
    apart_of = cache(lambda at: _apart(fits[at].value))
    for n, fit in enumerate(fits):
        if 2 * fit.rough <= _MISFIT - _ROUGHLY:
            continue  # the other's distance is no larger, so both together are too little; most values end here
        value, apart = fit.value, apart_of(n)
        for m, placed in enumerate(fits):
            if placed.rough > fit.rough + _ROUGHLY or not _may_fit(fit, placed):
                continue
            other, others = placed.value, apart_of(m)
            if (apart, m) <= (others, n) or apart + others <= _MISFIT or not _swappable(value, other):
                continue
            swap = distance(_moved(value, other), other.indicator) + distance(_moved(other, value), value.indicator)
            if swap < (apart + others) / 4:
                message = say(
                    "{raw} fits “{name}” and {other} at {place} fits “{own}”: they may have changed places.",
                    **_named(value, other.indicator),
                    other=other.observation.raw,
                    place=other.observation.place,
                )
                yield value, finding("S270", value.observation.place, message, _USED)


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
        if above.amount != value.amount or above.unit != value.unit or _is_all_or_none(value):
            continue
        same_sheet = above.observation.place.row[:2] == value.observation.place.row[:2]
        many = len(value.amount.as_tuple().digits) >= _MANY_DIGITS
        if same_sheet and value.is_comparable and many and _apart(above) < _apart(value):
            slots = _named(value, above.indicator) | {"place": above.observation.place}
            message = say("{raw} is also at {place}, for “{name}”, where it fits better.", **slots)
            yield value, finding("S270", value.observation.place, message, _USED)


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
            values = _named(value, nearest)
            message = say("{raw} fits “{name}”, for which nothing is reported, and not “{own}”.", **values)
            yield value, finding("S270", value.observation.place, message, say("Check which indicator it is of."))


def _named(value: JudgedValue, other: Indicator) -> dict[str, object]:
    return {"raw": value.observation.raw, "name": other.name, "own": value.indicator.name}


def _similar_names(indicator: Indicator, other: Indicator) -> bool:
    """Return whether a name of either is part of a name of the other: 城镇常住人口 and 新增城镇常住人口."""
    return any(a in b or b in a for a in indicator.names for b in other.names)


def _apart(value: JudgedValue) -> Fraction:
    return distance(value.actual, value.indicator)
