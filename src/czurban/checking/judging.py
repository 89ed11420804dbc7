"""A value against a target: the verdict, and the figures and notes that stand beside it.

Values of a size that no year brings about: most often read in another unit than they were written in.

Values into the plan's unit, exactly, and doubts about values that look like another unit.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from czurban.model.assessment import Figures, NoProgress, Note, Result, Verdict
from czurban.model.derived import Derived
from czurban.model.faults import finding
from czurban.model.finding import Finding, Message, say
from czurban.model.indicator import ADDS_UP, Impossible, Indicator, IndicatorKind
from czurban.model.observation import Observation, Reading
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.model.target import Basis, Target
from czurban.model.text import exact
from czurban.model.unit import Unit

_WHOLE_SHARE = 100


def is_due(target: Target, judged: Period, plan: Period) -> bool:
    """Whether a period can be held against a target.

    Inside the plan's time a period that ends before the deadline cannot. A period before the plan's begins is held
    against the target on purpose: how far there was to go.
    """
    return judged.start < plan.start or judged.end >= target.deadline.end


def verdict(target: Target, actual: Fraction) -> Verdict:
    """Met or missed: inside the interval or not, by exact comparison."""
    return Verdict.MET if actual in target.interval else Verdict.MISSED


def figures(indicator: Indicator, actual: Fraction) -> Figures:
    """Compute what is shown beside a value; all exact."""
    target = indicator.target
    base = target.baseline_value
    progress = progress_of(target, actual)
    return Figures(
        gap=target.interval.gap(actual),
        change=None if base is None else actual - base,
        completion=target.interval.completion(actual) if indicator.kind in ADDS_UP else None,
        progress=progress if isinstance(progress, Fraction) else None,
        no_progress=progress if isinstance(progress, NoProgress) else None,
    )


def progress_of(target: Target, actual: Fraction) -> Fraction | NoProgress:
    """(actual − baseline) ÷ (target − baseline), where the baseline is on the wrong side of the target."""
    base = target.baseline_value
    if base is None:
        return NoProgress.NO_BASELINE
    if base in target.interval or base == (edge := target.interval.edge(base)):
        return NoProgress.MET_AT_BASELINE
    return (actual - base) / (edge - base)


def notes(indicator: Indicator, actual: Fraction | None, *, approximate: bool = False) -> tuple[Note, ...]:
    """What is worth saying beside the verdict; never changes it."""
    found: list[Note] = []
    target, interval = indicator.target, indicator.target.interval
    base = target.baseline_value
    bound = None if interval.bound is None else Fraction(interval.bound)
    if base is not None and actual is not None and actual in interval and interval.worse(actual, base):
        found.append(Note.WORSE_THAN_BASELINE)
    if base is not None and bound is not None and interval.worse(bound, base):
        found.append(Note.TARGET_BELOW_BASELINE)
    elif base is not None and base in interval:
        found.append(Note.MET_AT_BASELINE)
    if actual is not None and actual == bound and not _at_the_end(indicator, bound):
        found.append(Note.COPIED)
    if approximate:
        found.append(Note.APPROXIMATE)
    if target.baseline and target.baseline.approximate:
        found.append(Note.APPROXIMATE_BASELINE)
    if target.basis is Basis.INTERPRETED:
        found.append(Note.INTERPRETED)
    return tuple(found)


def judge_value(  # noqa: PLR0913 - all that a result may come from
    indicator: Indicator,
    plan: Plan,
    period: Period,
    *,
    observation: Observation | None = None,
    actual: Fraction | None = None,
    derived: Derived | None = None,
) -> Result:
    """Judge an indicator by the value that is known of it, if any.

    Without a target, or by a part of a sum alone, a figure cannot be judged and counts as unreadable.

    Args:
        indicator: the indicator, with the target that counts.
        plan: the plan that it is part of.
        period: the period that is judged.
        observation: the observation that the value is from.
        actual: the value in the indicator's unit; None where none can be used.
        derived: what a formula gives where nothing was reported.
    """
    nothing = observation is None and derived is None
    without_target = indicator.id in plan.without_target
    if nothing or actual is None or without_target:
        outcome = Verdict.UNREPORTED if nothing else Verdict.UNREADABLE
    else:
        outcome = verdict(indicator.target, actual)
    approximate = any(source.approximate for source in (observation, derived) if source and actual is not None)
    beside = (Note.NO_TARGET,) if without_target else notes(indicator, actual, approximate=approximate)
    if derived:
        beside = (*beside, Note.PARTIAL) if derived.partial else (Note.DERIVED, *beside)
    return Result(
        indicator=indicator,
        verdict=outcome if without_target or is_due(indicator.target, period, plan.period) else Verdict.NOT_DUE,
        observation=observation,
        actual=actual,
        figures=None if actual is None or without_target else figures(indicator, actual),
        notes=(*beside, *_plan_notes(indicator, plan)),
        derived=derived,
    )


def _plan_notes(indicator: Indicator, plan: Plan) -> tuple[Note, ...]:
    """Return the note that a region without a target of its own is judged by the plan's."""
    theirs = plan.within and indicator.id not in plan.own_targets and indicator.id not in plan.without_target
    return (Note.PLAN_TARGET,) if theirs else ()


def _at_the_end(indicator: Indicator, bound: Fraction) -> bool:
    """Whether the target is 100 %, which a share can equal but not pass."""
    return indicator.unit.is_share and bound * indicator.unit.factor == _WHOLE_SHARE


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
    return Odd(round(nearest)) if indicator.kind is IndicatorKind.STOCK else None


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
    return [abs(figure) for figure in indicator.target.known_figures if figure]


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


_CONVERT_WHOLE_SHARE = 100


class Converted(NamedTuple):
    """An observation and its value in the indicator's unit; None where it cannot be known."""

    observation: Observation
    actual: Fraction | None


def convert(one: Observation, indicator: Indicator) -> tuple[Converted, Finding | None]:
    """Convert one observation. Nothing is corrected: what cannot be right, or has no sure unit, becomes unreadable."""
    if one.reported is not Reading.VALUE or one.amount is None:
        return Converted(one, None), None
    unit = one.unit or indicator.unit
    if unit.dimension != indicator.unit.dimension:
        return Converted(one, None), _incompatible(one, indicator)
    actual = unit.convert(one.amount, indicator.unit)
    if doubt := _doubt(one, indicator, actual):
        return Converted(one, actual if doubt.code == "S218" else None), doubt
    return Converted(one, actual), None


def doubtful(actual: Fraction, indicator: Indicator) -> bool:
    """Whether a value in the indicator's unit is doubted, whatever becomes of it then."""
    return indicator.impossible(actual) is not None or odd_size(actual, indicator) is not None


def doubt_points(indicator: Indicator) -> Sequence[Fraction]:
    """The values above zero at which the answer of `doubtful` may change; zero and their negatives are others."""
    points = set(turning_points(indicator))
    return sorted(points | ({_CONVERT_WHOLE_SHARE / indicator.unit.factor} if indicator.unit.is_share else set()))


def _doubt(one: Observation, indicator: Indicator, actual: Fraction) -> Finding | None:
    if why := indicator.impossible(actual):
        return _no_share(one) if why is Impossible.SHARE else _negative(one)
    odd = odd_size(actual, indicator)
    if odd is None:
        return None
    code = "S218" if one.unit_in_cell else "S206"
    return finding(code, one.place, _looks_like(one, indicator, odd), _size_hint(one, indicator, odd, code))


def _incompatible(one: Observation, indicator: Indicator) -> Finding:
    unit = one.unit.name if one.unit else ""
    message = say("“{unit}” does not measure what {plan} measures.", unit=unit, plan=indicator.unit.name)
    return finding("S204", one.place, message, say("Write the value in {plan}.", plan=indicator.unit.name))


def _no_share(one: Observation) -> Finding:
    message = say("{raw} is outside 0 to 100 %, which no share can be.", raw=one.raw)
    return finding("S207", one.place, message, say("Check the figure and its unit."))


def _negative(one: Observation) -> Finding:
    message = say("{raw} is below zero, which no such quantity can be.", raw=one.raw)
    return finding("S229", one.place, message, say("Check the sign; write — for not reported."))


def _looks_like(one: Observation, indicator: Indicator, odd: Odd) -> Message:
    unit = (one.unit or indicator.unit).name
    values = {"raw": one.raw, "unit": unit, "times": f"{odd.times:,}", "other": odd.unit}
    if odd.fraction:
        text = say("{raw} in {unit} is about {times} times off baseline and target: it looks like a fraction.").text
    elif odd.unit:
        text = say("{raw} in {unit} is about {times} times off baseline and target: it looks like {other}.").text
    else:
        text = say("{raw} in {unit} is about {times} times off baseline and target.").text
    return Message(text, values)


def _size_hint(one: Observation, indicator: Indicator, odd: Odd, code: str) -> Message:
    if code == "S218":
        return say("It is used as written; correct the unit if it is not meant.")
    values = {"raw": one.raw, "unit": (one.unit or indicator.unit).name, "plan": indicator.unit.name}
    if odd.fraction and one.amount is not None:
        percent = exact(Fraction(one.amount) * _CONVERT_WHOLE_SHARE)
        text = say("If it is a fraction write {percent}%; if it is meant as it stands, write {raw}{unit}.").text
        return Message(text, {**values, "percent": percent})
    if odd.unit:
        text = say(
            "Write the unit in the value's cell: {raw}{other} if it is that, {raw}{unit} if it is meant as it stands."
        ).text
        return Message(text, {**values, "other": odd.unit})
    return Message(
        say("Check the figure; write it as {raw}{unit}, with the unit in the cell, if it is meant as it stands.").text,
        values,
    )
