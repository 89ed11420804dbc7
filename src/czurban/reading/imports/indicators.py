"""Complete a drafted indicator as far as its words decide, and list what a person has to decide."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from czurban.model.finding import Message, did_you_mean, say
from czurban.model.observation import Reading
from czurban.model.rule import Grades
from czurban.model.target import BASELINE, Conditions, Reference, ReferenceKind
from czurban.model.text import exact, one_line
from czurban.model.unit import SCALES, Unit, Units
from czurban.reading.imports.draft import Decision, DraftIndicator
from czurban.reading.imports.kinds import kind_of
from czurban.reading.phrases.phrase import interval_for, read_phrase
from czurban.reading.phrases.tokens import PhraseContext, Refusal, factor_between, take_unit
from czurban.reading.plan.targets import NO_TARGET
from czurban.reading.submission.cell import plain_unit, read_cell

_VERB = re.compile(
    r"(.{2,}?)(达到|控制在|不低于|不高于|不超过|不少于|保持在|稳定在|(?:提高|提升|上升|增加|增长|扩大|下降|降低|减少)(?:到|至))"
)
_BRACKET = re.compile(r"\s*[(（\[【](?P<inside>[^()（）\[\]【】]*)[)）\]】]\s*$")
_CHANGED_BY = re.compile(
    r"\bby (?:at least )?\d[\d.]*\s?%|% (?:fewer|less|more|lower|higher|below|above|reduction|increase)"
)
"""Words of a change in per cent, whose figure is in another unit."""


def completed(indicator: DraftIndicator, units: Units) -> DraftIndicator:
    """Return an indicator with its unit, kind and baseline as far as words decide, and with its open decisions."""
    indicator = _with_unit(bare_name(indicator, units), units)
    indicator = replace(indicator, kind=indicator.kind or kind_of(indicator.name, _unit(indicator, units)))
    indicator = _with_baseline(indicator, units)
    decisions = [*indicator.decisions, *_decisions(indicator, units)]
    asked = {each.key: each for each in reversed(decisions) if each.key != "steps"}
    kept = [each for each in decisions if each.key == "steps" or asked[each.key] is each]
    return replace(indicator, decisions=kept)


def _unit(indicator: DraftIndicator, units: Units) -> Unit | None:
    return units.find(indicator.unit or "")


def bare_name(indicator: DraftIndicator, units: Units) -> DraftIndicator:
    """Return an indicator whose name has neither a unit in a bracket nor a verb behind it: 失业率控制在."""
    indicator = _without_unit_in_name(indicator, units)
    match = _VERB.fullmatch(indicator.name)
    if not match or not indicator.target or not re.match(r"\s*\d", indicator.target):
        return indicator
    return replace(indicator, name=match[1], target=match[2] + indicator.target)


def _without_unit_in_name(indicator: DraftIndicator, units: Units) -> DraftIndicator:
    """Take a unit out of the bracket that ends a name: 城镇新增就业（万人）."""
    match = _BRACKET.search(indicator.name)
    inside = plain_unit(match["inside"]) if match else ""
    if not match or units.find(inside) is None or not indicator.name[: match.start()].strip():
        return indicator
    if indicator.unit and _unit(indicator, units) != units.find(inside):
        message = say("The name has the unit “{inside}”, and the unit is “{unit}”.", inside=inside, unit=indicator.unit)
        decision = Decision("unit", message, say("Keep the one that the figures are in."))
        return replace(indicator, decisions=[*indicator.decisions, decision])
    return replace(indicator, name=indicator.name[: match.start()].strip(), unit=indicator.unit or inside)


def _with_unit(indicator: DraftIndicator, units: Units) -> DraftIndicator:
    """Take the unit of an indicator without one from its target, else from its baseline."""
    if indicator.unit:
        return replace(indicator, unit=plain_unit(one_line(indicator.unit)))
    for text in filter(None, (indicator.target, indicator.baseline)):
        printed = "%" if "percentage point" in text else take_unit(text)[1]
        is_change = printed == "%" and _CHANGED_BY.search(text)
        if printed and not is_change and printed not in SCALES and "点" not in printed and units.find(printed):
            return replace(indicator, unit=printed)
    return indicator


def _with_baseline(indicator: DraftIndicator, units: Units) -> DraftIndicator:
    """Write a baseline as a number in the indicator's unit; one that is only a dash is none."""
    if indicator.baseline is None:
        return indicator
    cell, unit = read_cell(indicator.baseline), _unit(indicator, units)
    if cell.reported is Reading.NOTHING:
        return replace(indicator, baseline=None)
    printed = cell.scale + cell.unit
    if cell.amount is None or not printed:
        return indicator
    factor = factor_between(printed, unit, units)
    if isinstance(factor, Message):
        return indicator
    number = exact(Fraction(cell.amount) * factor)
    about = "约" if cell.approximate else ""
    return indicator if "/" in number else replace(indicator, baseline=about + number)


def _decisions(indicator: DraftIndicator, units: Units) -> Iterator[Decision]:
    """Yield what is open in an indicator, at most once for each key but for the years of steps."""
    unit = _unit(indicator, units)
    if indicator.unit and unit is None:
        message = say("The unit “{unit}” is not known.", unit=indicator.unit)
        hint = did_you_mean(units.like(indicator.unit)) or say("Declare it under units: in targets.yaml.")
        yield Decision("unit", message, hint)
    yield from (Decision(name, *asked) for name, asked in _MISSING.items() if not getattr(indicator, name))
    for name, text in (("target", indicator.target), *(("steps", step) for step in indicator.steps.values())):
        if refusal := _refusal(text, indicator, unit, units):
            yield Decision(name, refusal.message, refusal.hint)
    if refusal := _no_baseline(indicator.baseline, unit, units):
        yield Decision("baseline", refusal.message, refusal.hint)


_MISSING: Mapping[str, tuple[Message, Message]] = {
    "unit": (say("No unit is printed."), say("Write the unit of the figures.")),
    "kind": (
        say("The words do not say what kind of figure this is."),
        say(
            "Write stock for a level, flow for a sum over the year, rate, mean for an average over the year, growth, "
            "or works for a count of works."
        ),
    ),
    "lead": (say("No lead department is printed."), say("Write the department that answers for it.")),
    "target": (say("No target is printed."), say("Write the target as printed, such as ≥41, or 无 if it has none.")),
    "deadline": (say("No year is printed that the target is for."), say("Write the year in which it is due.")),
}


def _no_baseline(text: str | None, unit: Unit | None, units: Units) -> Refusal | None:
    """Return why a printed baseline is no number in the indicator's unit."""
    if text is None:
        return None
    cell = read_cell(text)
    hint = say("Write only the number, or — for none.")
    if cell.amount is None:
        message = say("The baseline “{text}” cannot be read as a number in the indicator's unit.", text=text)
        return Refusal(message, hint)
    if unit and (printed := cell.scale + cell.unit):
        factor = factor_between(printed, unit, units)
        return Refusal(factor if isinstance(factor, Message) else say("The baseline is no finite decimal."), hint)
    return None


def _refusal(text: str | None, indicator: DraftIndicator, unit: Unit | None, units: Units) -> Refusal | None:
    """Return why a printed target is not one that can be judged by; None where it is, or where there is none."""
    if text is None or text in NO_TARGET:
        return None
    cell = read_cell(indicator.baseline) if indicator.baseline else None
    base = Fraction(cell.amount) if cell and cell.amount is not None and not cell.approximate else None
    context = PhraseContext(
        unit, indicator.name, indicator.kind == "growth", lambda printed: factor_between(printed, unit, units)
    )
    phrase = read_phrase(text, context)
    rule = None if isinstance(phrase, Refusal) else phrase.rule
    if isinstance(rule, Grades):
        return None
    year = Reference(ReferenceKind.YEAR, indicator.baseline_year or "")
    if base is not None and isinstance(rule, Conditions) and rule.interval({year: base, BASELINE: base}):
        return None
    read = interval_for(text, context, baseline=base)
    return read if isinstance(read, Refusal) else None
