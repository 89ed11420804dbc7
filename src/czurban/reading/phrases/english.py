"""Read the English forms of a change: reduce by #, # higher than in @, twice the @ level, halve."""

import re
from fractions import Fraction
from typing import NamedTuple

from czurban.model.finding import Message
from czurban.reading.phrases.tokens import DIGITS, PhraseContext

_UP = "increase|rise|raise|grow|improve|expand|boost|up"
_DOWN = "reduce|cut|decrease|lower|fall|drop|decline|shrink|down"
_LEVEL = "(?: (?:levels?|values?|figures?|baseline))?"
_YEAR = rf"(?:the )?(@|baseline|base year){_LEVEL}"
_COMPARED = "compared (?:with|to)|relative to|against|versus|on|from|over|below|above|than(?: in)?"
_REFERENCE = rf"(?: (?:{_COMPARED}) {_YEAR})?"
_INFLECTED = "(?:e?d|e?s|ing)?"
_AMOUNT = rf"(?:an? )?# (?:({_UP}|growth|higher|more|above)|({_DOWN}|reduction|less|fewer|below))(?: in [a-z ]+?)?"
_CHANGES = (
    rf"(?:({_UP})|({_DOWN})){_INFLECTED}(?: by)?(?: at least)? #{_REFERENCE}",
    rf"(?:at least )?{_AMOUNT}{_REFERENCE}",
    rf"(?:an? )?(?:({_UP}|growth)|({_DOWN}|reduction)) of(?: at least)? #{_REFERENCE}",
    rf"(?:at least )?# (?:(above)|(below)) {_YEAR}",
)
_MULTIPLES = {"double": 2, "doubling": 2, "twice": 2, "triple": 3, "treble": 3, "quadruple": 4}
_TIMES = re.compile(
    rf"(at least |more than )?(?:({'|'.join(_MULTIPLES)})[sd]?|#)"
    rf"(?:(?: as (?:many|much|high|large) as(?: in)?)? {_YEAR}|{_REFERENCE})"
)
_HALVED = re.compile(rf"(?:at least )?halv(?:e[sd]?|ing)(?: {_YEAR}|{_REFERENCE})")
_NOUNS = re.compile(
    rf"({DIGITS}(?: (?:thousand|million|billion|trillion))?)((?: (?!(?:per|of|to|and|or|in|by|than)\b)[a-z-]+)+)"
)


class PhraseChange(NamedTuple):
    """A rise or fall by the figure of a phrase, and the word for what it is relative to; empty where none is named."""

    up: bool
    reference: str
    is_change: bool
    """Whether the words leave no doubt that the figure is a difference: by, higher, reduction."""


class Multiple(NamedTuple):
    """A multiple of another figure, the side of the bound, and the word for the other figure."""

    sign: str
    times: Fraction
    reference: str


def read_change(words: str) -> PhraseChange | None:
    """Return the change that the words of a phrase ask for."""
    for form in _CHANGES:
        if match := re.fullmatch(form, words):
            up, _, reference = match.groups()
            return PhraseChange(bool(up), reference or "", not re.match(r"[a-z]+ #", words))
    return None


def read_multiple(words: str, times: Fraction | None) -> Multiple | None:
    """Return the multiple of another figure that the words ask for; `times` is the number before times."""
    if match := _HALVED.fullmatch(words):
        return Multiple("≤", Fraction(1, 2), match[1] or match[2] or "")
    match = _TIMES.fullmatch(words)
    if match is None or (times is None and match[2] is None):
        return None
    least, word, first, second = match.groups()
    if word is None and not (first or second):
        return None
    return Multiple(
        ">" if least == "more than " else "≥",
        Fraction(_MULTIPLES.get(word, 0)) or times or Fraction(1),
        first or second or "",
    )


def without_describing_words(plain: str, context: PhraseContext) -> str:
    """Return a phrase whose figures stand next to their unit: 6,500 new affordable homes are 6,500 homes."""
    scale = context.scale
    if scale is None:
        return plain
    if context.unit is None:  # the last word may be its unit, which is not known
        last = _NOUNS.sub(lambda match: f"{match[1]} {match[2].split()[-1]}", plain)
        return plain if "percent" in plain else last

    def shorter(match: re.Match[str]) -> str:
        words = match[2].split()
        known = [n for n in range(len(words)) if not isinstance(scale(" ".join(words[n:])), Message)]
        first = not isinstance(scale(words[0]), Message)
        return match[0] if first or not known else f"{match[1]} {' '.join(words[known[0] :])}"

    return _NOUNS.sub(shorter, plain)
