"""Say why a phrase is no target, and what to write instead."""

import re
from fractions import Fraction

from czurban.model.finding import Message, say
from czurban.model.rule import ChangeOfLevel, Cumulative, Grades, Rule, Statement, YearlyMean, rule_label
from czurban.model.target import Conditions, Interval, Reference, RelativeBound
from czurban.model.text import exact
from czurban.reading.phrases.forms import FALLS, RISES
from czurban.reading.phrases.tokens import (
    DIGITS,
    MOST,
    UNIT,
    WRITE_A_RULE,
    PhraseError,
    Refusal,
    rounded,
)

APPROXIMATELY = re.compile("左右|上下|约|about|around|approximately|roughly")
_DATED = (
    r"(?:到|至)?(?:19|20)\d\d年[末底]?,?(?![-—–―~〜至到])(?=.*(?:\d|翻|持平))"
    r"|by (?:the end of )?(?:19|20)\d\d,? (?=[a-z].*\d)"
)
_ENDS_WITH_A_YEAR = (
    r"(.+?),? (?:by|before|(?<!than )(?<!as )in|until)(?: the end of)? (?:19|20)\d\d(?:[/-]\d\d)?(?: at the latest)?"
)
_IN_TOTAL = re.compile(
    r"(.*\d.*?),? (?:in total|overall|altogether|over the (?:plan(?: period)?|period)|cumulatively)"
    r"|[一二三四五六七八九十两]年(?:累计|共|合计)(.*\d.*)"
)
_FROM_TO = (
    rf"([a-z]+) from ({DIGITS}\s*{UNIT})(?: in (?:19|20)\d\d)? to ({DIGITS}\s*{UNIT})"
    rf"|(?:由|从)(?:(?:19|20)\d\d年的?)?({DIGITS}{UNIT})((?:{RISES}|{FALLS})(?:到|至))({DIGITS}{UNIT}(?:以[上下内])?)"
)


def stages_hint(text: str) -> Message:
    """Return the lines that a statement needs to be a target: its kind, and stages of which it is the last."""
    before = "not started, under way" if text.isascii() else "未启动, 推进中"
    stage = f'"{text}"' if re.search(r"""[][{},:#"'&*!|>%@`]""", text) else text
    stages = f"[{before}, {stage}]"
    return say("Add two lines: kind: milestone, and its stages in order, such as stages: {stages}.", stages=stages)


def no_bound(text: str, rule: Rule) -> Refusal:
    """Return why a rule that is no bound has no interval, and the lines that say what is meant."""
    message = say("“{text}” is no rule for a value of the year: {rule}.", text=text, rule=rule_label(rule))
    if isinstance(rule, Statement):
        return Refusal(message, stages_hint(rule.text))
    if isinstance(rule, Grades):
        names = "、".join(rule.grades)
        hint = say("Add the line grade: {name}, or another of {names}.", name=next(iter(rule.grades)), names=names)
        return Refusal(message, hint)
    if isinstance(rule, YearlyMean):
        hint = say("Write target: {rule} and years: mean, or mean-growth for rates.", rule=rule_label(rule.of))
        return Refusal(message, hint)
    if isinstance(rule, Cumulative):
        hint = say("Write target: ≥{value} and years: cumulative-growth, or cumulative-decline.", value=rule.value)
        return Refusal(message, hint)
    assert isinstance(rule, ChangeOfLevel)  # noqa: S101 - the caller handles all others
    hint = say("Write target: ≥{value} (or ≤{value}) and years: change.", value=rule.value)
    return Refusal(message, hint)


def unlike_a_rule(plain: str, text: str) -> PhraseError | None:
    """Return the refusal of a phrase that says more than a rule: a year, a baseline, two targets; or no figure."""
    if match := _IN_TOTAL.fullmatch(plain):
        message = say("“{text}” is a sum of several years.", text=text)
        rest = next(part for part in match.groups() if part)
        return PhraseError(message, say("Write target: {rest} and years: sum.", rest=rest))
    return _dated(plain, text) or _of_two_kinds(plain, text)


def _dated(plain: str, text: str) -> PhraseError | None:
    """Return the refusal of a phrase with a year or with the figure that it begins with."""
    if match := re.match(_DATED, plain):
        message, rest = say("“{text}” begins with a year.", text=text), plain[match.end() :]
        return PhraseError(message, say("Write target: {rest}, and the year under deadline:.", rest=rest))
    if (match := re.fullmatch(_ENDS_WITH_A_YEAR, plain)) and not re.search("compared|relative|levels? in", match[1]):
        message, rest = say("“{text}” ends with a year.", text=text), match[1]
        return PhraseError(message, say("Write target: {rest}, and the year under deadline:.", rest=rest))
    if match := re.fullmatch(_FROM_TO, plain):
        message = say("“{text}” names the figure that it begins with.", text=text)
        verb, to = match[1] or match[5], match[3] or match[6]
        rest, first = (f"{verb}{to}", match[4]) if match[4] else (f"{verb} to {to}", match[2])
        return PhraseError(message, say("Write target: {rest}, and {first} under baseline:.", rest=rest, first=first))
    return None


def _of_two_kinds(plain: str, text: str) -> PhraseError | None:
    """Return the refusal of two targets in one place, and of a target without a figure."""
    if re.search(rf"(?:{DIGITS})\s*{UNIT}/\s*[<>≤≥=\d]", plain) and (parts := re.split("[/／]", text))[1:]:
        message = say("“{text}” has two targets in one place.", text=text)
        return PhraseError(
            message,
            say("Make two indicators of it, with target: {one} and target: {other}.", one=parts[0], other=parts[1]),
        )
    if re.fullmatch(
        r"(?:reach |achieve |become )?(?:net[- ]zero|(?:carbon|climate)[- ]neutral(?:ity)?)(?: [a-z]+)?", plain
    ):
        message = say("“{text}” has no figure, and says what is left after subtraction.", text=text)
        return PhraseError(message, say("Write ≤0 for an indicator of net emissions."))
    return None


def without_last_decimal(rule: Conditions, text: str, reference: Reference, figure: Fraction) -> Refusal | None:
    """Return the refusal of a bound relative to a figure that comes to no finite decimal; None for another one."""
    for bound in rule.all:
        if isinstance(bound, RelativeBound) and bound.reference == reference and bound.interval(figure) is None:
            near = rounded(bound.times * figure + bound.plus, bound.sign)
            message = say("“{text}” is no finite decimal with the figure {figure}.", text=text, figure=exact(figure))
            return Refusal(
                message,
                say(
                    "Write {sign}{number}, or with as many decimals as the figures have.", sign=bound.sign, number=near
                ),
            )
    return None


def too_long(text: str) -> Refusal:
    """Return the refusal of a phrase that is too long."""
    return Refusal(say("“{text}…” is longer than {most} characters.", text=text[:20], most=MOST), WRITE_A_RULE)


def approximate(text: str, hint: Message) -> PhraseError:
    """Return the refusal of a figure with 左右 that lacks its side and tolerance."""
    message = say("“{text}” is an approximation without the side that is better and the tolerance.", text=text)
    return PhraseError(message, hint)


def backwards(interval: Interval) -> PhraseError:
    """Return the refusal of a range whose ends are the wrong way round."""
    message = say("The range ends ({high}) before it begins ({low}).", low=interval.low, high=interval.high)
    return PhraseError(
        message, say("Write {low}~{high}, the smaller number first.", low=interval.high, high=interval.low)
    )
