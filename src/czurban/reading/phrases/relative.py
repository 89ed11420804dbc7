"""Read bounds relative to another figure: the baseline, another year, a larger region, another indicator."""

import re
from decimal import Decimal
from fractions import Fraction

from czurban.model.finding import say
from czurban.model.target import BASELINE, Condition, Reference, ReferenceKind, RelativeBound
from czurban.model.target.interval import interval_of
from czurban.reading.phrases.forms import (
    CHANGE,
    DOUBLED,
    ENGLISH_FIGURE,
    ENGLISH_SIGNS,
    NOT_LESS,
    NOT_MORE,
    OTHER_FIGURE,
    PLACES,
    REFERENCE,
    SAME,
    SIGNS,
    SYNONYMS,
    THAN,
    THE_BASELINE,
    TIMES,
)
from czurban.reading.phrases.tokens import NUMERALS, PhraseError, PhrasePart, no_target

_OPPOSITE = {"≥": "≤", "≤": "≥"}


def relative(part: PhrasePart) -> Condition | None:  # noqa: PLR0911 - one for each form
    """Read a bound relative to the baseline or to another year: 持平, 提高0.5个百分点, 翻一番, 只增不减."""
    words = part.words
    if re.fullmatch(SAME, words):
        return RelativeBound("=", part.reference(words))
    for sign, form in (("≥", NOT_LESS), ("≤", NOT_MORE)):
        if re.fullmatch(form, words):
            return RelativeBound(sign, BASELINE)
    for sign, form in SIGNS.items():
        if re.fullmatch(rf"(?:{form}){REFERENCE}|(?:{ENGLISH_SIGNS[sign]}) {THE_BASELINE}", words):
            return RelativeBound(sign, part.reference(words))
    if match := DOUBLED.fullmatch(words):
        return RelativeBound("≥", part.reference(match[1]), Fraction(2 ** NUMERALS.get(match[2], 1)))
    if (match := TIMES.fullmatch(words)) and part.unit() == "倍":
        return RelativeBound("≥", part.reference(match[1]), Fraction(part.quantities[0][0]))
    if match := THAN.fullmatch(words):
        plus = Fraction(part.amount())
        return RelativeBound("≥" if match[1] else "≤", part.reference(match[3]), plus=plus if match[1] else -plus)
    match = CHANGE.fullmatch(words)
    return _changed(match, part) if match else None


def _changed(match: re.Match[str], part: PhrasePart) -> Condition:
    """Read a rise or fall by an amount, in points, in per cent or in times; 以内 limits its size."""
    word, up, _, _, at_most = match.groups()
    (amount, unit), reference = part.quantities[0], part.reference(word)
    sign, size = ("≥", Fraction(amount)) if up else ("≤", -Fraction(amount))
    sign = _OPPOSITE[sign] if at_most else sign
    if unit in ("%", "‰") and (part.context.unit is None or part.context.is_share):
        return _rate(sign, part, compared=bool(word))
    if unit in ("%", "‰", "倍"):
        return RelativeBound(sign, reference, 1 + size / {"%": 100, "‰": 1000, "倍": 1}[unit])
    if unit.endswith("百分点"):
        return RelativeBound(sign, reference, plus=size)
    if not word:
        message = say("“{text}” may be the amount itself or a change from the baseline.", text=part.text)
        hint = say("Write ≥{amount} for the amount, or 较基期增加 (or 减少) for a change.", amount=amount)
        raise PhraseError(message, hint)
    plus = Fraction(part.amount())
    return RelativeBound(sign, reference, plus=plus if up else -plus)


def _rate(sign: str, part: PhrasePart, *, compared: bool) -> Condition:
    """Read 增长6%以上 and 下降3.4%以上 for an indicator in per cent: a rate of growth, or the size of a decrease."""
    context, rises = part.context, not re.search("降|减|压|缩|落", part.words)
    known = context.growth or context.is_decrease or re.search("增|涨|升|growth|increase", context.name)
    if context.name and not known:
        message = say(
            "“{text}” may be a rate of growth or a change of “{name}” itself.", text=part.text, name=context.name
        )
        hint = say("Write 个百分点 for a change of the rate, or declare kind: growth for a rate of growth.")
        raise PhraseError(message, hint)
    amount = part.amount()
    if context.is_decrease and rises:
        raise no_target(part.text)
    if context.is_decrease or not (rises or compared or context.growth):
        return interval_of(_OPPOSITE[sign], amount)
    return interval_of(sign, amount if rises else -amount)


def compared(part: PhrasePart) -> Condition | None:
    """Read a bound at the figure of a larger region or of another indicator: 高于全国平均水平, 快于经济增长."""
    for sign, form in ENGLISH_SIGNS.items():
        if match := re.fullmatch(rf"(?:{form}) {ENGLISH_FIGURE}", part.words):
            return RelativeBound(sign, _english_reference(match, part))
    for sign, form in SIGNS.items():
        match = re.fullmatch(rf"(?:{form}){OTHER_FIGURE}", part.words)
        if match is None or part.words[0] in SIGNS:
            continue
        name, plus = match[1], Decimal(0)
        kind = ReferenceKind.PLACE if name in PLACES else ReferenceKind.INDICATOR
        if part.quantities:
            plus = part.quantities[0][0] if part.unit().endswith("百分点") else part.amount()
        return RelativeBound(
            sign, Reference(kind, SYNONYMS.get(name, name)), plus=Fraction(plus if sign in "≥>" else -plus)
        )
    return None


def _english_reference(match: re.Match[str], part: PhrasePart) -> Reference:
    """Return the figure that “above the OECD average” names, spelled as in the phrase."""
    name, is_average = match.groups()
    at = part.text.lower().find(name)
    kind = ReferenceKind.PLACE if is_average or name in PLACES else ReferenceKind.INDICATOR
    return Reference(kind, part.text[at : at + len(name)] if at >= 0 else name)
