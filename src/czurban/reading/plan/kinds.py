"""Read targets that are no mere interval: grades, stages of a statement, and bounds relative to another figure."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations

from czurban.model.finding import say
from czurban.model.indicator import IndicatorKind
from czurban.model.rule import Grades, Statement
from czurban.model.target import (
    BASELINE,
    UNDATED,
    Conditions,
    Grade,
    Interval,
    Ladder,
    RelativeBound,
    Target,
)
from czurban.model.text import key
from czurban.reading.phrases.phrase import interval_for, read_phrase
from czurban.reading.phrases.refusals import stages_hint
from czurban.reading.phrases.tokens import PhraseContext, Refusal
from czurban.reading.plan.other_figures import read_relative
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
    rule = phrase.rule
    if isinstance(rule, Conditions) and (others := [each for each in rule.references if each != BASELINE]):
        return read_relative(rule, others, shape, context, baseline)
    if shape.reference or shape.compared_with:
        message = say("“{text}” is relative to no other figure, so reference: has no meaning.", text=shape.target)
        return Refusal(message, say("Leave the key out, or write a target such as 高于全国平均."))
    read = interval_for(shape.target, context, shape.side, shape.tolerance, baseline)
    return read if isinstance(read, Refusal) else Target(read, UNDATED)


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
