"""Read targets relative to a figure of another year, a larger region or another indicator."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from czurban.model.faults import finding
from czurban.model.finding import say
from czurban.model.indicator import Indicator
from czurban.model.period import Period, parse_period
from czurban.model.target import (
    BASELINE,
    UNDATED,
    Conditions,
    Interval,
    OtherFigure,
    Reference,
    ReferenceKind,
    RelativeBound,
    Target,
)
from czurban.model.text import key
from czurban.reading.phrases.phrase import interval_for
from czurban.reading.phrases.refusals import without_last_decimal
from czurban.reading.phrases.tokens import PhraseContext, Refusal, figures_of
from czurban.reading.plan.names import Names
from czurban.reading.plan.target_shapes import IndicatorShape
from czurban.reading.yaml.tree import YamlFile


def read_relative(  # noqa: PLR0911 - one for each reason why there is none
    rule: Conditions,
    others: Sequence[Reference],
    shape: IndicatorShape,
    context: PhraseContext,
    baseline: Fraction | None,
) -> Target | Refusal:
    """Read a rule relative to another figure; its bounds relative to the baseline are fixed here."""
    text = shape.target
    if len(others) > 1:
        message = say("“{text}” is relative to two other figures.", text=text)
        return Refusal(message, say("Make two indicators of it, each with its own target."))
    fixed = _with_baseline(rule, baseline)
    if fixed is None:
        message = say("“{text}” is relative to the baseline, which is no exact number.", text=text)
        return Refusal(message, say("Give the baseline as a number, such as baseline: 77.3."))
    figures = _figures(shape.reference, context)
    if isinstance(figures, Refusal):
        return figures
    other = OtherFigure(others[0], shape.compared_with or "", figures)
    if other.reference.kind is not ReferenceKind.YEAR:
        if figures and context.period and not any(_is_judged(date, context.period) for date in figures):
            message = say("The plan is of {period}, and reference: has no figure for it.", period=context.period)
            return Refusal(message, say("Write reference: {figures}.", figures=figures_of(context.period)))
        return Target(Interval(words=text.strip()), UNDATED, relative=fixed, other=other)
    year = other.reference.name
    known = next((figure for period, figure in figures.items() if str(period) == year), None)
    if known is None and shape.baseline and shape.baseline.year and year in shape.baseline.year:
        known = baseline
    if known is None:
        message = say("“{text}” needs the figure of {year}.", text=text, year=year)
        return Refusal(
            message, say("Add the line reference: {figures}, with that figure.", figures=f"{{{year}: 61.5}}")
        )
    interval = fixed.interval({other.reference: known})
    if interval is None and (endless := without_last_decimal(fixed, text, other.reference, known)):
        return endless
    if interval is None or interval.is_empty:
        message = say("The bounds of “{text}” leave no value.", text=text)
        return Refusal(message, say("Write the bound as a number, such as ≥41."))
    return Target(interval, UNDATED)


def _is_judged(date: Period, period: Period) -> bool:
    """Return whether a figure of a date is one that a part of a period may be judged by."""
    return date.first == 1 and period.start <= date.end <= period.end


def _with_baseline(rule: Conditions, baseline: Fraction | None) -> Conditions | None:
    """Return a rule with its bounds relative to the baseline as numbers; None where these are not known."""
    bounds = []
    for bound in rule.all:
        of_baseline = isinstance(bound, RelativeBound) and bound.reference == BASELINE
        known = Conditions((bound,)).interval({} if baseline is None else {BASELINE: baseline})
        if of_baseline and known is None:
            return None
        bounds.append(known if of_baseline and known else bound)
    return Conditions(tuple(bounds))


def _figures(texts: Mapping[str, str], context: PhraseContext) -> Mapping[Period, Fraction] | Refusal:
    """Read the figures of `reference:` by their periods, in the indicator's unit."""
    figures = {}
    for date, text in texts.items():
        period, read = parse_period(date), interval_for(f"={text}", context)
        if period is None:
            return Refusal(
                say("“{date}” is no period.", date=date),
                say("Write reference: {figures}.", figures=figures_of(context.period)),
            )
        if isinstance(read, Refusal) or read.exact_bound is None:
            message = say("“{text}” is no figure in the indicator's unit.", text=text)
            return Refusal(
                message, say("Write the number alone: reference: {figures}.", figures=figures_of(context.period))
            )
        figures[period] = read.exact_bound
    return figures


def with_others(indicators: Sequence[Indicator | None], file: YamlFile, ids: Names) -> Sequence[Indicator | None]:
    """Return the indicators with the ids of those that their targets are compared with; report what fits none."""
    by_name = {key(name): each for each in indicators if each for name in (each.id, *each.names)}
    return [each and _with_other(each, by_name, file, ids) for each in indicators]


def _with_other(indicator: Indicator, by_name: Mapping[str, Indicator], file: YamlFile, ids: Names) -> Indicator:
    target, other = indicator.target, indicator.target.other
    if target.relative is None or other is None:
        return indicator
    name = other.id or (other.reference.name if other.reference.kind is ReferenceKind.INDICATOR else "")
    compared = by_name.get(key(name)) if name else None
    trouble = _trouble(indicator, compared, name, ids)
    if trouble is not None and (other.id or not other.figures):
        place = indicator.place_of("compared_with" if other.id else "target")
        file.findings.append(finding("P107", place, *trouble))
    return replace(indicator, target=target._replace(other=other._replace(id=compared.id if compared else "")))


def _trouble(indicator: Indicator, compared: Indicator | None, name: str, ids: Names) -> Refusal | None:
    """Return why an indicator cannot be the one that a target is compared with; None where it can, or none is named."""
    if not name:
        return None
    if compared is None:
        message = say(
            "“{name}” is compared with “{other}”, which the plan does not have.", name=indicator.name, other=name
        )
        hint = say(
            "Add the line reference: {figures} with its figure, or name the id of an indicator under compared_with.",
            figures=figures_of(indicator.target.deadline),
        )
        return None if ids.incomplete else Refusal(message, hint)
    values = {"name": indicator.name, "other": compared.name, "unit": indicator.unit.name, "theirs": compared.unit.name}
    if compared.id == indicator.id:
        message = say("“{name}” is compared with itself.", **values)
        return Refusal(message, say("Write compared_with: with the id of another indicator."))
    if compared.unit.ratio(indicator.unit) is None:
        message = say("“{name}” is in {unit}, and “{other}” in {theirs}: they cannot be compared.", **values)
        return Refusal(message, say("Write compared_with: with the id of an indicator in {unit}.", **values))
    return None
