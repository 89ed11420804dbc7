"""Read targets that are no mere interval: grades, stages of a statement, and bounds relative to another figure."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import combinations

from czurban.model.finding import say
from czurban.model.indicator import IndicatorKind
from czurban.model.period import Period, parse_period
from czurban.model.rule import Grades, Statement
from czurban.model.target import (
    BASELINE,
    UNDATED,
    Conditions,
    Grade,
    Interval,
    Ladder,
    OtherFigure,
    Reference,
    ReferenceKind,
    RelativeBound,
    Target,
)
from czurban.model.text import key
from czurban.reading.phrases.phrase import interval_for, read_phrase
from czurban.reading.phrases.refusals import stages_hint, without_last_decimal
from czurban.reading.phrases.tokens import PhraseContext, Refusal
from czurban.reading.plan.target_shapes import IndicatorShape

_LEAST_STAGES = 2


def read_kind(  # noqa: PLR0911 - one for each kind
    shape: IndicatorShape, context: PhraseContext, baseline: Fraction | None
) -> Target | Refusal:
    """Read the target of an indicator whose words give no interval, or that has keys of such a kind."""
    if shape.stages:
        return _ladder(shape)
    phrase = read_phrase(shape.target, context)
    if isinstance(phrase, Refusal):
        return phrase
    if isinstance(phrase.rule, Grades):
        return _graded(phrase.rule, shape)
    if shape.grade:
        message = say("“{text}” has no grades, so grade: has no meaning.", text=shape.target)
        return Refusal(message, say("Leave the key out, or write the grades, such as A：≥80；B：≥70；C：<70."))
    if isinstance(phrase.rule, Statement):
        return Refusal(say("“{text}” is a statement without a number.", text=shape.target), stages_hint(shape.target))
    others = [ref for ref in _references(phrase.rule) if ref != BASELINE]
    if isinstance(phrase.rule, Conditions) and others:
        return _relative(phrase.rule, others, shape, context, baseline)
    if shape.reference or shape.compared_with:
        message = say("“{text}” is relative to no other figure, so reference: has no meaning.", text=shape.target)
        return Refusal(message, say("Leave the key out, or write a target such as 高于全国平均."))
    read = interval_for(shape.target, context, shape.side, shape.tolerance, baseline)
    return read if isinstance(read, Refusal) else Target(read, UNDATED)


def _references(rule: object) -> Sequence[Reference]:
    return rule.references if isinstance(rule, Conditions) else ()


def _ladder(shape: IndicatorShape) -> Target | Refusal:
    """Read a target that is one of the stages of a statement."""
    stages, name = tuple(shape.stages), shape.name
    ladder = Ladder(stages, shape.target)
    if len({key(stage) for stage in stages}) < max(len(stages), _LEAST_STAGES):
        message = say("The stages of “{name}” are not at least two different texts.", name=name)
        return Refusal(message, say("Write them in order, such as stages: [未启动, 起草, 出台]."))
    stage = ladder.find(shape.target)
    if stage is None:
        message = say("“{stage}” is none of the stages of “{name}”.", stage=shape.target, name=name)
        return Refusal(message, say("Choose from: {names}.", names="、".join(stages)))
    if stage == stages[0]:
        message = say("Every stage of “{name}” meets the target.", name=name)
        return Refusal(message, say("Choose from: {names}.", names="、".join(stages[1:])))
    if shape.kind is not IndicatorKind.MILESTONE:
        message = say("“{name}” has stages and is of the kind {kind}.", name=name, kind=shape.kind)
        return Refusal(message, say("Write kind: milestone."))
    return Target(Interval(words=stage), UNDATED, ladder=ladder._replace(stage=stage))


def _graded(rule: Grades, shape: IndicatorShape) -> Target | Refusal:
    """Read grades; the one that `grade` names meets the target, and so does every better one."""
    names = "、".join(rule.grades)
    if shape.grade is None:
        message = say("“{text}” does not say which grade meets the target.", text=shape.target)
        best, *_ = rule.grades
        return Refusal(message, say("Add the line grade: {name}, or another of {names}.", name=best, names=names))
    name = next((name for name in rule.grades if key(name) == key(shape.grade or "")), None)
    if name is None:
        message = say("“{grade}” is none of the grades of “{text}”.", grade=shape.grade, text=shape.target)
        return Refusal(message, say("Choose from: {names}.", names=names))
    if any(isinstance(band, RelativeBound) for band in rule.grades.values()):
        message = say("The grades of “{text}” are relative to another figure.", text=shape.target)
        return Refusal(message, say("Write their bounds as numbers, such as A：≥80；B：≥70；C：<70."))
    grades = tuple(Grade(name, band) for name, band in rule.grades.items() if isinstance(band, Interval))
    return _overlapping(grades) or _united(grades, name, shape.target)


def _overlapping(grades: Sequence[Grade]) -> Refusal | None:
    """Refuse two grades that share values, unless one has all values of the other or they share only an end."""
    for first, other in combinations(grades, 2):
        shared = first.interval.intersect(other.interval)
        nested = first.interval.covers(other.interval) or other.interval.covers(first.interval)
        if not (nested or shared.is_empty or shared.low == shared.high):
            names = {"grade": first.name, "other": other.name}
            message = say("The values {shared} have both the grade “{grade}” and “{other}”.", shared=shared, **names)
            return Refusal(message, say("Write bounds that meet, such as A：≥80；B：≥70；C：<70."))
    return None


def _united(grades: Sequence[Grade], name: str, text: str) -> Target | Refusal:
    """Return the values of a grade and the better ones together; refuse grades in the wrong order or with a gap."""
    whole: Interval | None = None
    for before, grade in zip((None, *grades), grades, strict=False):
        if before and before.interval.covers(grade.interval):
            values = {"grade": grade.name, "other": before.name}
            message = say("Every value of the grade “{grade}” has the grade “{other}” already.", **values)
            order = "；".join(f"{each.name}：{each.interval}" for each in reversed(grades))
            return Refusal(message, say("Write the best grade first, such as {grades}.", grades=order))
        joined = grade.interval if whole is None else whole.join(grade.interval)
        if joined is None:
            message = say("Some values between the grades of “{text}” have no grade.", text=text)
            return Refusal(message, say("Write bounds that meet, such as A：≥80；B：≥70；C：<70."))
        whole = joined
        if grade.name == name:
            break
    if whole is None or not whole.has_bound:
        message = say("Every value has the grade “{name}” or a better one.", name=name)
        better = "、".join(each.name for each in grades if each.name != name)
        return Refusal(message, say("Choose from: {names}.", names=better))
    return Target(whole, UNDATED, grades=tuple(grades))


def _relative(  # noqa: PLR0911 - one for each reason why there is none
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
            return Refusal(message, say("Write reference: {figures}.", figures=context.figures))
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
                say("“{date}” is no period.", date=date), say("Write reference: {figures}.", figures=context.figures)
            )
        if isinstance(read, Refusal) or read.exact_bound is None:
            message = say("“{text}” is no figure in the indicator's unit.", text=text)
            return Refusal(message, say("Write the number alone: reference: {figures}.", figures=context.figures))
        figures[period] = read.exact_bound
    return figures
