"""Read the bounds of a phrase that are relative to the baseline, another year or another figure."""

import re
from fractions import Fraction

from czurban.model.finding import say
from czurban.model.target import BASELINE, Condition, Reference, ReferenceKind, RelativeBound
from czurban.model.target.interval import interval_of
from czurban.reading.phrases import forms
from czurban.reading.phrases.tokens import PhraseError, PhrasePart, no_target

_OPPOSITE = {"≥": "≤", "≤": "≥"}


def relative(part: PhrasePart) -> Condition | None:  # noqa: PLR0911 - one for each form
    """Read a bound relative to the baseline, another year or another figure: 持平, 翻一番, 高于全国平均水平."""
    words = part.words
    if re.fullmatch(forms.SAME, words):
        return RelativeBound("=", part.reference(words))
    for sign, form in (("≥", forms.NOT_LESS), ("≤", forms.NOT_MORE)):
        if re.fullmatch(form, words):
            return RelativeBound(sign, BASELINE)
    sign, rest = _comparison(words)
    if sign and re.fullmatch(rf"{forms.REFERENCE}| {forms.THE_BASELINE}", rest):
        return RelativeBound(sign, part.reference(words))
    if sign and re.fullmatch(rf"{forms.REFERENCE}#(?:以上)?", rest):
        return RelativeBound(sign, part.reference(words), plus=_difference(sign, part))
    if match := re.fullmatch(forms.DOUBLED, words):
        return RelativeBound("≥", part.reference(match[1]), Fraction(2 ** {"两": 2, "二": 2, "三": 3}.get(match[2], 1)))
    if words.isascii() and re.search("[a-z]", words) and (english := _in_english(part)):
        return english
    if (match := re.fullmatch(forms.TIMES, words)) and part.unit() == "倍":
        return RelativeBound("≥", part.reference(match[1]), Fraction(part.quantities[0][0]))
    if match := re.fullmatch(forms.CHANGE, words):
        return _changed(part, match[1], up=bool(match[2]), at_most=bool(match[5]))
    return _compared(part, sign, rest)


def _in_english(part: PhrasePart) -> Condition | None:
    """Read an English change: reduce by 20%, 5 percentage points higher, twice the 2018 level, halve."""
    from czurban.reading.phrases.english import read_change, read_multiple  # noqa: PLC0415 - most plans are Chinese

    times = Fraction(part.quantities[0][0]) if len(part.quantities) == 1 and part.unit() in ("times", "") else None
    if multiple := read_multiple(part.words, times):
        return RelativeBound(multiple.sign, part.reference(multiple.reference), multiple.times)
    change = read_change(part.words) if len(part.quantities) == 1 else None
    if change is None:
        return None
    return _changed(part, change.reference, up=change.up, at_most=False, is_change=change.is_change)


def _changed(part: PhrasePart, word: str | None, *, up: bool, at_most: bool, is_change: bool = False) -> Condition:
    """Read a rise or fall by an amount, in points, in per cent or in times; 以内 limits its size.

    `word` is what it is relative to; without one, `is_change` leaves no doubt that an amount is a difference.
    """
    (amount, unit), reference = part.quantities[0], part.reference(word)
    unit = "%" if unit in ("per cent", "percent") else unit
    sign, size = ("≥", Fraction(amount)) if up else ("≤", -Fraction(amount))
    sign = _OPPOSITE[sign] if at_most else sign
    english = word and part.words.isascii()  # “cut by 30 % compared with 2018” leaves no doubt, whatever the unit is
    if unit in ("%", "‰") and ((part.context.unit is None and not english) or part.context.is_share):
        return _rate(sign, part, rises=up, compared=bool(word))
    if unit in ("%", "‰", "倍"):
        return RelativeBound(sign, reference, 1 + size / {"%": 100, "‰": 1000, "倍": 1}[unit])
    if part.in_points():
        return RelativeBound(sign, reference, plus=size)
    if not (word or is_change):
        message = say("“{text}” may be the amount itself or a change from the baseline.", text=part.text)
        hint = say("Write ≥{amount} for the amount, or 较基期增加 (or 减少) for a change.", amount=amount)
        raise PhraseError(message, hint)
    plus = Fraction(part.amount())
    return RelativeBound(sign, reference, plus=plus if up else -plus)


def _rate(sign: str, part: PhrasePart, *, rises: bool, compared: bool) -> Condition:
    """Read 增长6%以上 and 下降3.4%以上 for an indicator in per cent: a rate of growth, or the size of a decrease."""
    context = part.context
    known = context.growth or context.is_decrease or re.search("增|涨|升|growth|increase", context.name)
    if context.name and not known:
        message = say(
            "“{text}” may be a rate of growth or a change of “{name}” itself.", text=part.text, name=context.name
        )
        hint = say(
            "Write percentage points (个百分点) for a change of the rate, or declare kind: growth for a rate of growth."
        )
        raise PhraseError(message, hint)
    amount = part.amount()
    if context.is_decrease and rises:
        raise no_target(part.text)
    if context.is_decrease or not (rises or compared or context.growth):
        return interval_of(_OPPOSITE[sign], amount)
    return interval_of(sign, amount if rises else -amount)


def _compared(part: PhrasePart, sign: str, rest: str) -> Condition | None:
    """Read a bound at the figure of a larger region or of another indicator: 高于全国平均水平, 快于经济增长."""
    if sign and (match := re.fullmatch(forms.ENGLISH_FIGURE, rest)):
        return RelativeBound(sign, _english_reference(match, part))
    match = re.fullmatch(forms.OTHER_FIGURE, rest) if sign and part.words[0] not in forms.SIGNS else None
    if match is None:
        return None
    name = match[1]
    kind = ReferenceKind.PLACE if name in forms.PLACES else ReferenceKind.INDICATOR
    plus = _difference(sign, part) if part.quantities else Fraction(0)
    return RelativeBound(sign, Reference(kind, forms.SYNONYMS.get(name, name)), plus=plus)


def _comparison(words: str) -> tuple[str, str]:
    """Return the sign of the words that a comparison begins with, and the words behind them; no sign for any other."""
    for sign, form in (forms.ENGLISH_SIGNS if re.match("[a-z]", words) else forms.SIGNS).items():
        if match := re.match(form, words):
            return sign, words[match.end() :]
    return "", words


def _difference(sign: str, part: PhrasePart) -> Fraction:
    """Return how far a bound is from the other figure: 0.5 of 高于全国0.5个百分点."""
    plus = Fraction(part.quantities[0][0] if part.in_points() else part.amount())
    return plus if sign in "≥>" else -plus


def _english_reference(match: re.Match[str], part: PhrasePart) -> Reference:
    """Return the figure that “above the OECD average” names, as the phrase writes it."""
    name, is_average = match.groups()
    at = part.text.lower().find(name)
    kind = ReferenceKind.PLACE if is_average or name in forms.PLACES else ReferenceKind.INDICATOR
    return Reference(kind, part.text[at : at + len(name)] if at >= 0 else name)
