"""Read a printed target, in Chinese or English, as a rule, or say what is missing.

Numbers with their units are first replaced by `#`, and years by `@`, so that the forms of a phrase are forms of words:
不低于# is a floor and #以内 a ceiling. The grammar is in docs/reference/targets.md.
"""

import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from czurban.model.finding import Message, say
from czurban.model.rule import (
    Approximate,
    ChangeOfLevel,
    Cumulative,
    Grades,
    Phrase,
    Rule,
    Statement,
    YearlyMean,
    rule_label,
)
from czurban.model.target import BASELINE, Condition, Conditions, Interval, ReferenceKind, interval_of
from czurban.model.text import exact, half_width
from czurban.reading.phrases import forms, refusals
from czurban.reading.phrases.tokens import (
    DIGITS,
    IN_WORDS,
    MOST,
    UNIT,
    WRITE_A_RULE,
    PhraseContext,
    PhraseError,
    PhrasePart,
    Refusal,
    Scale,
    figures_of,
    is_limited,
    no_target,
    normalised,
    number_of,
    part_of,
    without_a_side,
)

_SIDES = ("floor", "ceiling", "both")
_TENTHS = 20
_LEAST_GRADES, _ENDS = 2, 2
_BOUND = re.compile(r"([≥≤])([0-9]+(?:\.[0-9]+)?)")
_GRADE = re.compile(
    r"([A-Za-z]|优秀?|良好?|中等?|差|基本合格|不?合格|不?达标|[一二三四五]级|[a-z]{3,20}(?= ?[:≥≤><=]))"
    r":? ?(?=[\d≥≤><=不超低高至]|at |below |above )(.+)"
)
_CORRECT = say("Correct one of the bounds, for a range such as 6~6.5.")
_AROUND = r"#(?:(<=?|≤)(?:[A-Za-z]|指标值?|数?值)(<=?|≤)|(>=?|≥)(?:[A-Za-z]|指标值?|数?值)(>=?|≥))#"
_BOTH = r",?(?:并且|同时|且)|,? (?:and|but) (?=at |no |not |above |below |over |under |up to |[≥≤><])"
_ENGLISH_AIM = re.compile(rf"(?:we )?{forms.ENGLISH_AIM} |(?:the |our )?aim is to ")
_WHOLE = Decimal(100)
_ZERO = Decimal(0)


def read_phrase(text: str, context: PhraseContext) -> Phrase | Refusal:
    """Read a target as printed: its rule, and a further aim behind it (不低于85%，力争达到90%).

    以上, 不低于, 以下, 以内 and 控制在 include their figure, as in Chinese drafting; 超过, 高于 and 低于 do not.
    """
    if len(text) > MOST:
        return refusals.too_long(text)
    if bound := _BOUND.fullmatch(text):  # as most targets are
        return Phrase(Conditions((interval_of(bound[1], number_of(bound[2])),)))
    plain = normalised(text)
    read = _read(plain, text, context)
    if (isinstance(read, Phrase) and not isinstance(read.rule, Statement)) or not IN_WORDS.search(plain):
        return read
    from czurban.reading.phrases.numerals import in_digits  # noqa: PLC0415 - most targets have digits

    counted = in_digits(plain)
    again = _read(counted, text, context)
    if isinstance(again, Phrase):
        return read if isinstance(again.rule, Statement) else again
    units = {unit for _, unit in part_of(counted, text, context).quantities} - {"", "%", "倍"}
    known = context.scale and not any(isinstance(context.scale(unit), Message) for unit in units)
    return again if again.hint != WRITE_A_RULE and (known or isinstance(read, Refusal)) else read


def _read(plain: str, text: str, context: PhraseContext) -> Phrase | Refusal:
    """Read a normalised phrase."""
    english = _ENGLISH_AIM.match(plain)
    plain = plain[english.end() :] if english else plain
    main, _, aim = re.sub(r"[,、;]并?(?=力争|争取|努力)", "\0", plain, count=1).partition("\0")
    try:
        rule = _grades(plain, context) or _rule(main, text, context)
        aimed = bool(english) or main.startswith(("力争", "争取", "努力"))
        return Phrase(rule, aimed, _aim(aim, rule, text, context) if aim else None)
    except PhraseError as error:
        return error.refusal


def read_target(
    text: str, side: str | None = None, tolerance: str | None = None, scale: Scale | None = None
) -> Interval | Message:
    """Read a target as `interval_for` does; return the sentence that says what is missing where there is none.

    `scale` converts the unit behind the numbers; without it a text with a unit is not a target.
    """
    read = interval_for(text, PhraseContext(scale=scale), side, tolerance)
    return read.message if isinstance(read, Refusal) else read


def interval_for(  # noqa: PLR0911 - one for each reason why there is none
    text: str,
    context: PhraseContext,
    side: str | None = None,
    tolerance: str | None = None,
    baseline: Fraction | None = None,
) -> Interval | Refusal:
    """Return the values that meet a printed target; why it has no interval where it has none.

    Args:
        text: the rule as printed.
        context: the indicator that it is for.
        side: for 左右 alone, which side is better: floor, ceiling, or both where neither is.
        tolerance: for 左右 alone, the allowed difference, in the indicator's unit.
        baseline: the figure that 持平, 提高0.5个百分点 and 翻一番 are relative to.
    """
    if len(tolerance or "") > MOST:
        return refusals.too_long(text)
    if (side or tolerance) and not refusals.APPROXIMATELY.search(text):
        message = say("“{text}” needs no side and no tolerance; they are for 左右 alone.", text=text)
        return Refusal(message, say("Delete side: and tolerance:."))
    phrase = read_phrase(text, context)
    if isinstance(phrase, Refusal):
        return phrase
    if isinstance(phrase.rule, Approximate):
        return _about(text, phrase.rule.value, side, tolerance)
    if not isinstance(phrase.rule, Conditions):
        return refusals.no_bound(text, phrase.rule)
    interval = phrase.rule.interval({} if baseline is None else {BASELINE: baseline})
    if interval is None:
        if baseline is not None and (endless := refusals.without_last_decimal(phrase.rule, text, BASELINE, baseline)):
            return endless
        rule = rule_label(phrase.rule)
        message = say("“{text}” is relative to a figure that is not in the plan: {rule}.", text=text, rule=rule)
        if {reference.kind for reference in phrase.rule.references} == {ReferenceKind.BASELINE}:
            return Refusal(message, say("Give the baseline as a number, such as baseline: 77.3."))
        year = next((each.name for each in phrase.rule.references if each.kind is ReferenceKind.YEAR), "")
        figures = f"{{{year}: 61.5}}" if year else figures_of(context.period)
        hint = say("Add the line reference: {figures}, with that figure.", figures=figures)
        return Refusal(message, hint)
    if interval.is_empty:
        return Refusal(say("The bounds of “{text}” leave no value.", text=text), _CORRECT)
    return interval


def _about(text: str, middle: Decimal, side: str | None, tolerance: str | None) -> Interval | Refusal:
    """Return the interval of 30左右 with its declared side and tolerance: ≥28, ≤32 or 28~32."""
    near = re.fullmatch(rf"[+-]?{DIGITS}", half_width(tolerance or ""))
    if not near or side not in _SIDES:
        hint = say(
            "Add two lines: side: both (or floor or ceiling, if one side is better) and tolerance: {near} (how far off "
            "is still near).",
            near=exact(abs(Fraction(middle)) / _TENTHS or Fraction(1)),
        )
        return refusals.approximate(text, hint).refusal
    off = number_of(near[0])
    return Interval(None if side == "ceiling" else middle - off, None if side == "floor" else middle + off)


def _grades(plain: str, context: PhraseContext) -> Grades | None:
    """Read A:≥80;B:≥70;C:<70; None where the phrase has no grades."""
    parts = [_GRADE.fullmatch(part) for part in re.split(r" ?[;/] ?|(?<=[\d%以上下内]),(?!\d)", plain)]
    named = [part.groups() for part in parts if part]
    if len(named) < len(parts) or len(named) < _LEAST_GRADES:
        return None
    return Grades({name: _conditions(rule, plain, context).all[0] for name, rule in named})


def _aim(plain: str, rule: Rule, text: str, context: PhraseContext) -> Rule:
    """Read the aim behind a rule; a bare number is on the same side as the rule (85%以上，力争90%)."""
    bare = re.sub(r"^(?:力争|争取|努力)", "", plain)
    bound = rule.all[0] if isinstance(rule, Conditions) and len(rule.all) == 1 else None
    if re.match(r"\d", bare) and isinstance(bound, Interval) and (bound.low is None) != (bound.high is None):
        bare = re.sub("以上$|以下$|以内$", "", bare)
        return _rule(("≤" if bound.low is None else "≥") + bare, text, context)
    return _rule(plain, text, context)


def _rule(plain: str, text: str, context: PhraseContext) -> Rule:
    """Read a phrase without its aim: bounds joined by 且, or a single rule of another kind."""
    first, *others = re.split(_BOTH, plain)
    if not others:
        return _single(first, text, context)
    return Conditions(tuple(bound for part in (first, *others) for bound in _conditions(part, text, context).all))


def _conditions(plain: str, text: str, context: PhraseContext) -> Conditions:
    rule = _single(plain, text, context)
    if not isinstance(rule, Conditions):
        raise no_target(text)
    return rule


def _single(plain: str, text: str, context: PhraseContext) -> Rule:
    """Read one rule."""
    if plain.startswith("〔") and (match := re.fullmatch(rf"〔([+-]?{DIGITS})(?:{UNIT})〕", plain)):
        value = number_of(match[1])
        if context.unit is None:
            message = say("“{text}” is a sum of years in per cent, or else a change from the baseline.", text=text)
            raise PhraseError(message, say("Name the indicator's unit."))
        return Cumulative(value) if context.is_share else ChangeOfLevel(value)
    if match := re.fullmatch(r"([\[(])\s*([^,]+?)\s*,\s*([^,]+?)\s*([\])])", plain):
        return Conditions((_bracketed(match, text, context),))
    if match := re.fullmatch(
        r"(?:平均每年|年均|每年)(.+)|(.+?),? (?:per year|a year|each year|every year|annually)", plain
    ):
        return YearlyMean(_conditions(match[1] or match[2], text, context._replace(growth=bool(match[1]))))
    return _of_words(plain, text, context)


def _of_words(plain: str, text: str, context: PhraseContext) -> Rule:
    """Read a rule by the form of its words."""
    if plain.isascii() and re.search("[a-z]", plain):
        from czurban.reading.phrases.english import without_describing_words  # noqa: PLC0415 - most plans are Chinese

        plain = without_describing_words(plain, context)
    part = part_of(plain, text, context)
    words = re.sub(rf"^{forms.OPENINGS}", "", part.words)
    part = part._replace(words=re.sub(r"(?<=[#上下内])的[^#@]+$|(?<=#) of [^#@]+$", "", words))
    about = len(part.quantities) == 1 and refusals.APPROXIMATELY.search(part.words)
    if about and re.fullmatch(rf"(?:{forms.DONE})?(?:{forms.ABOUT})", part.words):
        return Approximate(part.amount())
    if re.fullmatch(forms.REACHED, part.words) and is_limited(context.name):
        raise without_a_side(part)
    if condition := _bounded(part) or _ranged(part) or _relative(part) or _counted(part):
        return Conditions((condition,))
    if refusal := refusals.unlike_a_rule(plain, text):
        raise refusal
    from czurban.reading.phrases.statements import place_in_ranking, statement  # noqa: PLC0415 - most targets are rules

    place = place_in_ranking(plain, text, context)
    return statement(part) if place is None else Conditions((place,))


def _bracketed(match: re.Match[str], text: str, context: PhraseContext) -> Interval:
    """Read an interval in mathematical brackets: [3,6], (30,35]."""
    ends = [part_of(match[n], text, context) for n in (2, 3)]
    if any(end.words != "#" for end in ends):
        raise no_target(text)
    interval = Interval(ends[0].amount(), ends[1].amount(), match[1] == "(", match[4] == ")")
    if interval.is_empty:
        raise refusals.backwards(interval)
    return interval


def _bounded(part: PhrasePart) -> Condition | None:
    """Read a bound: ≥41, 不超过3.2, 1100万人以上, at least 40%."""
    if len(part.quantities) != 1:
        return None
    words = re.sub(rf"^{forms.RATE_NOUN}", "", part.words)
    listed = forms.ENGLISH_FORMS if re.search("[a-z]", words) else forms.FORMS
    sign = next((sign for sign, form in listed if re.fullmatch(form, words)), None)
    return interval_of(sign, part.amount(sign=sign)) if sign else None


def _ranged(part: PhrasePart) -> Condition | None:
    """Read a range, whose first number may leave out the unit; 5<x≤7 and 7≥x>5 are ranges too."""
    if len(part.quantities) == _ENDS and (match := re.fullmatch(_AROUND, part.words)):
        low, high = (0, 1) if match[1] else (1, 0)
        signs = (match[1] or match[3], match[2] or match[4])
        interval = Interval(part.amount(low, part.unit(high)), part.amount(high, part.unit(low)))
        return replace(interval, low_open=signs[low] in "<>", high_open=signs[high] in "<>")
    if len(part.quantities) != _ENDS or not re.fullmatch(forms.RANGES, part.words):
        return None
    interval = Interval(part.amount(0, part.unit(1)), part.amount(1))
    if interval.is_empty:
        raise refusals.backwards(interval)
    return interval


def _relative(part: PhrasePart) -> Condition | None:
    from czurban.reading.phrases.relative import relative  # noqa: PLC0415 - most targets are a bound or a range

    return relative(part)


def _counted(part: PhrasePart) -> Condition | None:
    """Read what has one possible value: 全覆盖 and 100% of a share, 零增长, 未发生, 0起."""
    if part.words == "零增长" or (part.words == "#增长" and part.amount() == 0):
        return interval_of("≤", _ZERO)
    if re.fullmatch(forms.NONE_AT_ALL, part.words):
        return interval_of("=", _ZERO)
    share = part.context.is_share
    if share and part.words in ("全覆盖", "#全覆盖", "全面覆盖", "全部覆盖"):
        return interval_of("=", _WHOLE)
    if not re.fullmatch(rf"{forms.KEPT}#", part.words) or part.context.unit is None:
        return None
    amount, unit = part.quantities[0]
    if (share and amount == _WHOLE and unit == "%") or (not share and amount == 0 and unit):
        return interval_of("=", Decimal(exact(Fraction(amount))))
    return None
