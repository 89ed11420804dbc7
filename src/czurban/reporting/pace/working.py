"""Write the arithmetic of a pace, step by step, each figure rounded once from its exact value."""

from collections.abc import Iterator
from fractions import Fraction

from czurban.model.finding import Message, say
from czurban.model.indicator import LEVELS, SUMS, Indicator, IndicatorKind
from czurban.model.over_time.pace import Clock, LeadUnit, Pace, TimeUnit
from czurban.model.over_time.rates import lead_words, needed_in, rate_in, short
from czurban.model.text import exact, fixed
from czurban.model.years import OverYears
from czurban.reporting.pace.texts import REASONS, projected_text, remarks, signed_status
from czurban.words.translator import Translator

_PERCENT = 100
_PLACES = 3


def pace_line(pace: Pace, indicator: Indicator, translate: Translator) -> str:
    """Write the status, and how far the target is ahead or behind."""
    status = signed_status(pace, translate)
    if pace.not_assessed:
        why = translate(REASONS[pace.not_assessed])
        return translate(say("Pace: {status}: {why}"), status=status, why=why)
    if not pace.lead:
        return translate(say("Pace: {status}"), status=status)
    words = translate(lead_words(pace, indicator))
    if pace.too_high:
        return translate(say("Pace: {status} (by {lead})"), status=status, lead=words)
    by = say("Pace: {status} (ahead by {lead})") if pace.lead > 0 else say("Pace: {status} (behind by {lead})")
    return translate(by, status=status, lead=words)


def working(pace: Pace, indicator: Indicator, translate: Translator) -> list[str]:
    """Write the steps: the time, what is due, what is reached, the lead, what is needed, the value at the end."""
    if pace.clock is None or not pace.is_assessed:
        return []
    lines = [translate(step) for step in _steps(pace, pace.clock, indicator)]
    note = remarks(pace, indicator, translate)
    return [*lines, note] if note else lines


def _steps(pace: Pace, time: Clock, indicator: Indicator) -> Iterator[Message]:
    yield _elapsed(time)
    if pace.kind in SUMS:
        yield from _of_sum(pace, indicator)
    elif pace.kind in LEVELS:
        yield from _of_level(pace, time, indicator)
    elif pace.value is not None:
        yield say("What is reported is compared with the target itself: {target}.", target=_target(indicator))
    if pace.lead is not None and pace.completion is not None and pace.due_share is not None:
        yield from _lead(pace.lead, pace.completion, pace.due_share)
    elif pace.lead is not None:
        unit = say("points") if pace.lead_unit is LeadUnit.POINTS else indicator.unit.name
        yield say("Distance to the target: {lead} {unit}", lead=short(pace.lead), unit=unit)
    yield from _needed(pace, indicator)
    if value := projected_text(pace, indicator):
        yield say("At this rate at the end: {value}{unit}", value=value, unit=indicator.unit.name)


def _lead(lead: Fraction, reached: Fraction, due: Fraction) -> Iterator[Message]:
    """Write the difference in the order that gives the lead: what is due comes first where less is better."""
    values = {"reached": _share(reached), "due": _share(due), "lead": fixed(lead, _PLACES)}
    if lead == (reached - due) * _PERCENT:
        yield say("Reached − due: {reached} − {due} = {lead} points", **values)
    elif lead == (due - reached) * _PERCENT:
        yield say("Due − reached: {due} − {reached} = {lead} points", **values)
    elif not lead:
        yield say("It is between the least and the most that is due.")


def _elapsed(time: Clock) -> Message:
    values = {"passed": _number(time.passed), "total": _number(time.total), "share": _share(time.share)}
    if time.unit is TimeUnit.DAY:
        return say("Time: {passed} of {total} days = {share}", **values)
    return say("Time: {passed} of {total} months = {share}", **values)


def _of_sum(pace: Pace, indicator: Indicator) -> Iterator[Message]:
    if pace.due is None or pace.due_share is None or pace.value is None:
        return
    if pace.over in _COMPOUND and not pace.has_path:
        yield Message(_COMPOUND[pace.over][0].text, _values(pace, indicator))
        return
    whole, unit, due = pace.bound or Fraction(0), indicator.unit.name, short(pace.due)
    values = {"whole": _number(whole), "share": _share(pace.due_share), "due": due, "unit": unit}
    if pace.due_high is not None:
        values = {"low": due, "high": short(pace.due_high), "unit": unit, "target": _target(indicator)}
        yield say("Due by now: from {low} to {high}{unit}, of {target}", **values)
    elif pace.has_path:
        yield say("Due by its own path: {whole} × {share} = {due}{unit}", **values)
    else:
        yield say("Due by now: {whole} × {share} = {due}{unit}", **values)
    if pace.completion is not None:
        reached = {"value": _number(pace.value), "whole": _number(whole), "share": _share(pace.completion)}
        yield say("Reached: {value} ÷ {whole} = {share}", **reached)


_COMPOUND = {
    OverYears.GROWTH: (
        say("Due by now: (1 + {bound}{unit})^({passed} ÷ {total}) − 1 = {due}{unit}; reached: {value}{unit}"),
        say("Needed: ((1 + {bound}{unit}) ÷ (1 + {value}{unit}))^(1 ÷ {left}) − 1 = {needed}"),
    ),
    OverYears.DECLINE: (
        say("Due by now: 1 − (1 − {bound}{unit})^({passed} ÷ {total}) = {due}{unit}; reached: {value}{unit}"),
        say("Needed: 1 − ((1 − {bound}{unit}) ÷ (1 − {value}{unit}))^(1 ÷ {left}) = {needed}"),
    ),
}
"""The arithmetic of rates that follow on each other: what is due by now, and what is needed in each year left."""


def _values(pace: Pace, indicator: Indicator) -> dict[str, object]:
    return {
        "bound": _number(pace.bound or Fraction(0)),
        "value": _number(pace.value or Fraction(0)),
        "due": fixed(pace.due or Fraction(0), _PLACES),
        "passed": _number(pace.span.passed),
        "total": _number(pace.span.total),
        "left": _number(pace.span.left),
        "unit": indicator.unit.name,
    }


def _of_level(pace: Pace, time: Clock, indicator: Indicator) -> Iterator[Message]:
    base, value = indicator.target.baseline_value, pace.value
    if base is None or value is None or pace.due is None:
        return
    if pace.completion is None or pace.due_share is None:
        yield _without_way(base, value, pace, indicator)
        return
    bound = indicator.target.interval.edge(base)
    values = {"base": _number(base), "bound": _number(bound), "unit": indicator.unit.name, "due": short(pace.due)}
    if pace.has_path:
        yield say("Due by its own path: {due}{unit}", **values)
    else:
        yield say("Due by now: {base} + ({bound} − {base}) × {share} = {due}{unit}", share=_share(time.share), **values)
    share = _share(pace.completion)
    yield say("Reached: ({value} − {base}) ÷ ({bound} − {base}) = {share}", value=_number(value), share=share, **values)


def _without_way(base: Fraction, value: Fraction, pace: Pace, indicator: Indicator) -> Message:
    """Write why no part of the way is counted."""
    target = indicator.target.interval
    values = {"base": _number(base), "value": _number(value), "target": _target(indicator)}
    if pace.overshot:
        return say("From the baseline {base} the level has gone through {target} to {value}.", **values)
    if base not in target:
        return say(
            "The baseline {base} is on the bound of {target}, which is not reached before it is passed.", **values
        )
    if value in target:
        return say("The baseline {base} meets the target already; the level has to stay there.", **values)
    return say("The baseline {base} met the target {target}, and the level has left it.", **values)


def _needed(pace: Pace, indicator: Indicator) -> Iterator[Message]:
    if pace.needed is None:
        return
    values = _values(pace, indicator)
    if pace.kind is IndicatorKind.MEAN:
        yield say(
            "The time left has to average ({bound} × {total} − {value} × {passed}) ÷ {left} = {needed}{unit}",
            needed=short(pace.needed),
            **values,
        )
        return
    values["needed"] = needed_in(pace, short(pace.needed))
    if pace.over in _COMPOUND:
        yield Message(_COMPOUND[pace.over][1].text, values)
    else:
        yield say("Needed: {remaining} ÷ {left} = {needed}", remaining=short(pace.remaining or Fraction(0)), **values)
    if pace.rate is not None:
        yield say("So far: {rate}", rate=rate_in(pace.span.unit, short(pace.rate)))


def _target(indicator: Indicator) -> str:
    return indicator.target.interval.in_unit(indicator.unit.name)


def _number(value: Fraction) -> str:
    """Write a number exactly if its decimals end, otherwise rounded."""
    text = exact(value)
    return fixed(value, _PLACES) if "/" in text else text


def _share(share: Fraction) -> str:
    return f"{fixed(share * _PERCENT, _PLACES)}%"
