"""Apply number formats of spreadsheets, such as 4200人 for 4200 in the format 0"人"."""

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
"""Characters that spreadsheet programs allow in a format; a longer one would take minutes to parse."""
_SCALED = re.compile(r"[0#?.],+\s*$|,\.")
_NOT_CODE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_DECORATION = " ()+-:/@\u00a0"
_DATES = frozenset("ymdhs")
_NUMBERS = 3  # sections: of positive numbers, negative ones and zero; a fourth is for texts
_CURRENCY = frozenset("¥￥")
_SIGN, _OPEN, _CLOSE = "元", "〔", "〕"


class FormatSection(NamedTuple):
    """One section of a format: the texts before and after the number, and whether it shows a different number."""

    before: str = ""
    after: str = ""
    has_number: bool = False
    odd: bool = False


_PLAIN = FormatSection(has_number=True)


def is_percent(code: str) -> bool:
    """Return whether a number format shows per cent: a % outside quoted text and escapes."""
    return "%" in _NOT_CODE.sub("", code)


def changes_number(code: str) -> bool:
    """Return whether a format shows more than the number of the cell, or a different number."""
    return any(section != _PLAIN for section in parse_format(code))


def format_number(number: Decimal, code: str) -> str:
    """Write a number as its format shows it; add the format in brackets where that is a different number.

    A format may have sections for positive numbers, negative ones and zero. 0.0,, shows millions, and 0.0000 with a
    point that is mere text shows 12345 as 1.2345: people and programs would read different numbers, so such a cell is
    not read at all. A zero that is not shown reports nothing.
    """
    sections = parse_format(code)
    at = (number <= 0) + (number == 0)
    section = sections[at] if at < len(sections) else sections[0]
    if section.odd or (number and not section.has_number):
        return f"{number:f}{_OPEN}{code}{_CLOSE}"
    if not section.has_number:
        return section.before
    if section.before in _CURRENCY:
        return f"{number:f}{section.after.removesuffix(_SIGN)}{_SIGN}"
    return f"{section.before}{number:f}{section.after}"


def odd_format(text: str) -> tuple[str, str] | None:
    """Split a text of `format_number` with a format in brackets into number and format; return None for others."""
    number, opened, rest = text.partition(_OPEN)
    return (number, rest.removesuffix(_CLOSE)) if opened and text.endswith(_CLOSE) else None


@cache
def parse_format(code: str) -> tuple[FormatSection, ...]:
    """Split a format into its sections; a format for dates or text leaves numbers as they are."""
    sections = [FormatSection()]
    conditional = False
    for token in _TOKEN.finditer(code):
        kind, text, last = token.lastgroup, token[token.lastgroup or 0], sections[-1]
        if kind == "end":
            sections.append(FormatSection())
        elif kind == "number":
            sections[-1] = last._replace(has_number=True, odd=last.odd or bool(last.after or _SCALED.search(text)))
        elif kind == "bracket":
            conditional = conditional or text[:1] in "<>="
        elif kind == "other" and text.lower() in _DATES:
            return (_PLAIN,)
        elif kind is not None and not (kind == "other" and text == "%"):
            text = text.strip(_DECORATION)
            after = last.has_number
            sections[-1] = last._replace(after=last.after + text) if after else last._replace(before=last.before + text)
    sections = sections[:_NUMBERS]
    if len(sections) == 1 and not sections[0].has_number:
        return (_PLAIN,)
    return tuple(section._replace(odd=section.odd or (conditional and section != _PLAIN)) for section in sections)
