"""What a number format of a spreadsheet adds to a number: 4200 in the format 0"人" is shown as 4200人."""

import re
from decimal import Decimal
from functools import cache
from typing import NamedTuple

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[(?P<bracket>[^\]]*)\]|[_*].'
    r"|(?P<number>General|G/通用格式|E[+-]0+|[0#?.,/ ]*[0#?][0#?.,/ ]*)|(?P<end>;)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
LONGEST = 255
"""Characters that spreadsheet programs allow a format; a longer one would be taken apart for minutes."""
_SCALED = re.compile(r"[0#?.],+\s*$|,\.")
_DECORATION = " ()+-:/@\u00a0"
_DATES = frozenset("ymdhs")
_NUMBERS = 3  # sections: of positive numbers, negative ones and zero; a fourth is for texts
_CURRENCY = frozenset("¥￥")
_SIGN, _OPEN, _CLOSE = "元", "〔", "〕"


class Section(NamedTuple):
    """One section of a format: what stands before and behind the number, and whether it shows another number."""

    before: str = ""
    behind: str = ""
    has_number: bool = False
    odd: bool = False


_PLAIN = (Section(has_number=True),)


def changes(code: str) -> bool:
    """Whether a format shows more than the number, or another one than the cell holds."""
    return any(one != Section(has_number=True) for one in sections(code))


def shown(number: Decimal, code: str) -> str:
    """Spell a number as its format shows it; with the format in brackets where that is another number.

    A format may have sections for positive numbers, negative ones and zero. 0.0,, shows millions, and 0.0000 with a
    point that is mere text shows 12345 as 1.2345: such a figure is read by people otherwise than by programs, and is
    therefore not read at all. A zero that is not shown reports nothing.
    """
    parts = sections(code)
    at = (number <= 0) + (number == 0)
    one = parts[at] if at < len(parts) else parts[0]
    if one.odd or (number and not one.has_number):
        return f"{number:f}{_OPEN}{code}{_CLOSE}"
    if not one.has_number:
        return one.before
    if one.before in _CURRENCY:
        return f"{number:f}{one.behind.removesuffix(_SIGN)}{_SIGN}"
    return f"{one.before}{number:f}{one.behind}"


def odd_format(text: str) -> tuple[str, str] | None:
    """The number and the format of a text that `shown` spelled so because they do not agree; None for any other."""
    number, opened, rest = text.partition(_OPEN)
    return (number, rest.removesuffix(_CLOSE)) if opened and text.endswith(_CLOSE) else None


@cache
def sections(code: str) -> tuple[Section, ...]:
    """Take a format apart; one for dates or for text says nothing of numbers."""
    found = [Section()]
    conditional = False
    for token in _TOKEN.finditer(code):
        kind, text = token.lastgroup, token[token.lastgroup or 0]
        if kind == "end":
            found.append(Section())
        elif kind == "number":
            now = found[-1]
            found[-1] = now._replace(has_number=True, odd=now.odd or bool(now.behind or _SCALED.search(text)))
        elif kind == "bracket":
            conditional = conditional or text[:1] in "<>="
        elif kind == "other" and text.lower() in _DATES:
            return _PLAIN
        elif kind is not None and not (kind == "other" and text == "%"):
            found[-1] = _with(found[-1], text)
    found = found[:_NUMBERS]
    if len(found) == 1 and not found[0].has_number:
        return _PLAIN
    return tuple(one._replace(odd=one.odd or (conditional and one != Section(has_number=True))) for one in found)


def _with(section: Section, text: str) -> Section:
    """A section with a literal text behind what it has."""
    text = text.strip(_DECORATION)
    if section.has_number:
        return section._replace(behind=section.behind + text)
    return section._replace(before=section.before + text)
