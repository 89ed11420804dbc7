"""What a number format of a spreadsheet adds to a number: 4200 in the format 0"人" is shown as 4200人.

The XML parts of a zipped workbook, read with expat, which resolves nothing and loads in no time.
"""

import re
import zipfile
import zlib
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import NamedTuple
from xml.parsers import expat

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


Start = Callable[[str, dict[str, str]], object]
"""Returns something true where the text inside the element is wanted."""
End = Callable[[str], None]
Text = Callable[[str], None]


class ScanError(Exception):
    """The file is not the workbook it says it is; the text says in what way, for the reader's finding."""


def parse(
    book: zipfile.ZipFile, part: str, on_start: Start, on_end: End | None = None, on_text: Text | None = None
) -> None:
    """Read a part, calling back with the local name (without its prefix) of every element and its attributes.

    `on_text` gets the text between an element whose `on_start` wanted it and the next element, in one or more pieces.

    Raises:
        ScanError: the part is missing, damaged, or is not plain XML.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        msg = "DOCTYPE"
        raise ScanError(msg)

    def start(name: str, attributes: dict[str, str]) -> None:
        wanted = on_start(name.rpartition(":")[2], attributes)
        if on_text is not None:
            parser.CharacterDataHandler = on_text if wanted else None

    def end(name: str) -> None:
        if on_end is not None:
            on_end(name.rpartition(":")[2])

    parser.StartElementHandler = start
    if on_end is not None:
        parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = refuse
    try:
        with book.open(part) as stream:
            parser.ParseFile(stream)
    except (
        LookupError,
        ValueError,
        expat.ExpatError,
        zipfile.BadZipFile,
        EOFError,
        NotImplementedError,
        zlib.error,
    ) as error:
        raise ScanError(part) from error


def drain(book: zipfile.ZipFile, part: str) -> None:
    """Unpack a part and drop it: a part larger than it declares ends here, before any library trusts it.

    Raises:
        ScanError: the part is damaged, or larger than it declares.
    """
    try:
        with book.open(part) as stream:
            while stream.read(1 << 20):
                pass
    except (zipfile.BadZipFile, EOFError, NotImplementedError, zlib.error) as error:
        raise ScanError(part) from error
