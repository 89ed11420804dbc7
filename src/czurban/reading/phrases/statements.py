"""Read the phrases that have no form of a rule: places in a ranking, and statements without a figure."""

import re
from fractions import Fraction

from czurban.model.finding import say
from czurban.model.rule import Statement
from czurban.model.target import Interval, interval_of
from czurban.model.text import exact
from czurban.reading.phrases.forms import COMPARES, KEPT
from czurban.reading.phrases.numerals import in_digits
from czurban.reading.phrases.refusals import APPROXIMATELY, approximate
from czurban.reading.phrases.tokens import (
    PhraseContext,
    PhraseError,
    PhrasePart,
    no_target,
    normalised,
    number_of,
    without_a_side,
)

_LEAST_CHARACTERS, _LEAST_WORDS = 2, 2
_BARE = (
    rf"(?:每[^\d#@]{{1,6}}|人均)?(?:{KEPT}|(?:maintain|keep|hold|stay|remain)(?:ed)? at )#"
    r"(?:[^\d#@a-z]{0,6}|(?: [a-z-]+){1,4})"
)
_BRACKETED = r"(.*[\d%‰上下内])\((.*\d.*)\)"
_SPACED = r"(?<![\d.,])\d{1,3}(?: \d{3})+(?!\d)"
_COMPARING_WORDS = (
    r"\b(?:than|least|most|more|less|fewer|below|above|over|under|double|triple|half|times|percent|per cent)\b"
)
_PLACE = (
    r"(?:[^\d#@]{0,10}?)前([\d一二三四五六七八九十]+)(?:名|位|强|列)?(?:以内|之内)?"
    r"|(?:(?:in|among) )?(?:the )?top ([a-z]+|\d+)(?: places?)?"
)


def place_in_ranking(plain: str, text: str, context: PhraseContext) -> Interval | None:
    """Return the bound of 前三名 and top 10 for an indicator in places; None where the phrase is no such place.

    Raises:
        PhraseError: the indicator has another unit.
    """
    match = re.fullmatch(_PLACE, plain)
    number = match and (match[1] or match[2])
    if not number:
        return None
    number = in_digits(number)
    if context.unit is not None and context.unit.dimension == "rank":
        return interval_of("≤", number_of(number))
    message = say("“{text}” is a place in a ranking.", text=text)
    raise PhraseError(
        message,
        say("Write target: ≤{number} and unit: {unit}.", number=number, unit="rank" if plain.isascii() else "位"),
    )


def statement(part: PhrasePart) -> Statement:
    """Return a phrase without figures as a statement.

    Raises:
        PhraseError: it has figures or compares something, and is no target.
    """
    words, text = part.words, part.text
    plain = normalised(text)
    if re.search(_SPACED, plain):
        message = say("“{text}” has blanks inside of a number.", text=text)
        together = re.sub(_SPACED, lambda match: match[0].replace(" ", ""), plain)
        raise PhraseError(message, say("Write target: {rest}.", rest=together))
    about = APPROXIMATELY.search(words)
    if re.fullmatch(_BARE, words) and not (COMPARES.search(words) or about):
        raise without_a_side(part)
    if match := re.fullmatch(_BRACKETED, plain):
        if base := re.fullmatch(r"(?:(?:19|20)\d\d年?|基期|基数|现状|上年)[为是:]?(.*\d.*)", match[2]):
            message = say("“{text}” has the figure of another time in brackets.", text=text)
            hint = say("Write target: {rest} and baseline: {figure}.", rest=match[1], figure=base[1])
            raise PhraseError(message, hint)
        message = say("“{text}” has another target in brackets.", text=text)
        hint = say("Write target: {rest}, and make an indicator of its own for the other.", rest=match[1])
        raise PhraseError(message, hint)
    if about or re.search("基本持平|同步", words):
        number = exact(Fraction(part.quantities[0][0])) if len(part.quantities) == 1 else "41"
        raise approximate(
            text, say("Write a bound such as ≥{number}, or {number}左右 with side: and tolerance:.", number=number)
        )
    if part.quantities or part.years or COMPARES.search(words) or not _is_wordy(words):
        raise no_target(text)
    return Statement(text.strip())


def _is_wordy(words: str) -> bool:
    """Return whether words may be a statement: two Chinese characters, or two English words that compare nothing."""
    if words.isascii():
        return len(re.findall(r"[a-z]{2,}", words)) >= _LEAST_WORDS and not re.search(_COMPARING_WORDS, words)
    return len(re.findall(r"[\u4e00-\u9fff]", words)) >= _LEAST_CHARACTERS
