"""Write the numbers of a phrase in digits: 五千, 三分之二 and 一半, two thirds, fifty and one in ten.

A fraction becomes a share in %, which may have no last decimal: three quarters are 75%, and two thirds 200⁄3%.
"""

import re
from fractions import Fraction

from czurban.model.text import exact

_DIGIT = "[一二两三四五六七八九]"
_VALUES = {char: at for at, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_RUN = "[零〇一二两三四五六七八九十百千]+(?:点[零〇一二三四五六七八九]+)?"
_WHOLE = re.compile(
    rf"(?:({_DIGIT})千(?:[零〇](?=.)|$|(?={_DIGIT}百)))?(?:({_DIGIT})百(?:[零〇](?=.)|$|(?={_DIGIT}?十)))?"
    rf"(?:({_DIGIT})?(十))?({_DIGIT})?"
)
_SCALED = re.compile(rf"(?<![\d第翻前])(?:({_RUN})(万?亿))?(?:[零〇]?({_RUN})万)?(?:[零〇]?({_RUN}))?(?![般产级五等])")
_PARTS = re.compile(rf"({_RUN}|百万|[十百千]?万)分之({_RUN}|百|\d+(?:\.\d+)?)")
_TENTHS = re.compile(r"([一二两三四五六七八九])成(半|[一二三四五六七八九])?")
_SMALL = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen"),
    *("fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_ROUND = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_TENS = {word: 10 * at for at, word in enumerate(_ROUND, 2)}
_CARDINALS = {**{word: at for at, word in enumerate(_SMALL, 1)}, **_TENS}
_WORDS = re.compile(rf"\b(?:({'|'.join(_TENS)})(?:[- ]({'|'.join(_SMALL[:9])}))?|({'|'.join(_SMALL)}))( hundred)?\b")
_ORDINALS = {"half": 2, "halve": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_FRACTION = re.compile(rf"\b(an?|\d+)[- ]({'|'.join(_ORDINALS)})s?\b(?! (?:party|year|of the (?:year|month)))")


def in_digits(text: str) -> str:
    """Return a normalised phrase with digits for every number in words that leaves no doubt."""
    plain = re.sub(r"(?<!超)过半数?", "超过50%", text)
    plain = re.sub(r"一半|半数", "50%", plain)
    plain = _PARTS.sub(_share_of, plain)
    plain = _TENTHS.sub(
        lambda match: f"{10 * _VALUES[match[1]] + (5 if match[2] == '半' else _VALUES.get(match[2], 0))}%", plain
    )
    plain = _SCALED.sub(_scaled, plain)
    return _english(plain) if plain.isascii() or "⁄" in plain else plain


def numeral(text: str) -> Fraction | None:
    """Return the value of a Chinese numeral below 10 000; None where it is not well formed, as 一千二 or 五六十."""
    whole, _, decimals = text.partition("点")
    match = _WHOLE.fullmatch(whole)
    if match and whole:
        thousands, hundreds, tens, ten, ones = match.groups()
        value = 1000 * _VALUES.get(thousands, 0) + 100 * _VALUES.get(hundreds, 0) + _VALUES.get(ones, 0)
        value += 10 * _VALUES.get(tens, 1) if ten else 0
    elif whole in ("零", "〇"):
        value = 0
    else:
        return None
    return Fraction(value) + (
        Fraction(int("".join(str(_VALUES[char]) for char in decimals)), 10 ** len(decimals)) if decimals else 0
    )


def _scaled(match: re.Match[str]) -> str:
    """Return 一亿二千万 as 1.2亿 and 二十五万 as 25万: the largest 万 or 亿 stays, since it may be part of the unit."""
    high, scale, middle, low = match.groups()
    values = [numeral(part) if part else Fraction(0) for part in (high, middle, low)]
    if not match[0] or None in values:
        return match[0]
    hundred_millions, ten_thousands, ones = (value or Fraction(0) for value in values)
    if high:
        factor = 10**12 if scale == "万亿" else 10**8
        return exact(hundred_millions + (ten_thousands * 10**4 + ones) / factor) + scale
    return exact(ten_thousands + ones / 10**4) + "万" if middle else exact(ones)


def _share_of(match: re.Match[str]) -> str:
    whole, part = match.groups()
    scale = 10**4 if whole.endswith("万") else 1
    bare = whole.removesuffix("万") if scale > 1 else whole
    below = {"": 1, "十": 10, "百": 100, "千": 1000}.get(bare) or numeral(bare)
    above = Fraction(part) if part[0].isdigit() and part.isascii() else 100 if part == "百" else numeral(part)
    return _in_percent(Fraction(above), below * scale) if below and above is not None else match[0]


def _in_percent(above: Fraction, below: Fraction | int) -> str:
    return exact(100 * above / below).replace("/", "⁄") + "%"


def _english(text: str) -> str:
    """Return an English phrase with digits: fifty, two thirds, a quarter, half, one in ten, a majority."""
    plain = _WORDS.sub(_cardinal, text)
    plain = re.sub(r"\ba (?=hundred|thousand|million|billion)", "1 ", plain)
    plain = re.sub(
        r"\b(\d+) hundred(?:(?: and)? (\d\d?))?\b", lambda match: str(100 * int(match[1]) + int(match[2] or 0)), plain
    )
    plain = re.sub(
        r"\b(\d+) (?:in|out of)(?: every)? (\d+)\b",
        lambda match: _in_percent(Fraction(match[1]), int(match[2])) if int(match[2]) else match[0],
        plain,
    )
    plain = _FRACTION.sub(
        lambda match: _in_percent(Fraction(match[1] if match[1].isdigit() else 1), _ORDINALS[match[2]]), plain
    )
    plain = re.sub(r"\bcut in half\b|\breduced? by half\b", "halve", plain)
    plain = re.sub(r"^an? majority\b", "more than 50%", plain)
    return re.sub(r"\bhalf\b(?![- ](?:hour|year))", "50%", plain)


def _cardinal(match: re.Match[str]) -> str:
    tens, ones, small, hundred = match.groups()
    value = _CARDINALS[small] if small else _CARDINALS[tens] + _CARDINALS.get(ones, 0)
    return f"{value}{hundred or ''}"
