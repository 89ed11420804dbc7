"""Compare names, make text from files safe to display, and write exact numbers.

All writers of text use these rules; `computing.engines.failures` has the same ones in SQL.
"""

import re
from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache
from typing import Final

# The full-width forms of ASCII (！ to ～), the ideographic space and the no-break spaces, as typed by an input method.
_BLANKS = (0x3000, 0xA0, 0x2007, 0x202F, 0x2009, 0x2002, 0x2003)
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | dict.fromkeys(_BLANKS, 0x20)
_INVISIBLE = dict.fromkeys(
    (0xAD, 0x061C, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF)
)
"""Characters without width, and marks of direction: text copied from a web page or a chat often has some."""
INVISIBLE = "".join(map(chr, _INVISIBLE))
_PLAIN = {**_HALF_WIDTH, **_INVISIBLE}
_NO_SPACE = _PLAIN | dict.fromkeys((0x20, 0x09, 0x0A, 0x0D, *_BLANKS))


def half_width(text: str) -> str:
    """Return the text in half-width ASCII with plain spaces, and without invisible characters.

    Unicode's NFKC is deliberately not used: it would turn the footnote mark in 95① into the number 951.
    """
    return text if text.isascii() else text.translate(_PLAIN)


def half_width_in_place(text: str) -> str:
    """Return the text in half-width ASCII with plain spaces, each character at the position it had."""
    return text if text.isascii() else text.translate(_HALF_WIDTH)


def visible(text: str) -> str:
    """Return the text without invisible characters."""
    if text.isascii() or not any(char in text for char in INVISIBLE):
        return text  # looking for each takes a fifteenth of the time of translating a long text
    return text.translate(_INVISIBLE)


@lru_cache(maxsize=1 << 14)
def key(text: str) -> str:
    """Return a name without spaces, in half width and lower case, to compare it with others."""
    return text.translate(_NO_SPACE).casefold()


TASK_NUMBER = r"(?:(?:[A-Za-z]{1,8}|[甲乙丙丁])[-. ]?)?\d{1,4}(?:[-.]\d{1,3})*|\(?[一二三四五六七八九十百]{1,5}\)?"


def task_no(text: str) -> int | str | None:
    """Return the number of a task as the plan keeps it; None for a text that is no such number."""
    bare = half_width(text).strip()
    if bare.isdecimal():
        return int(bare)
    return bare if re.fullmatch(TASK_NUMBER, bare) else None


_NEAR = 0.6
"""The share of characters, of those of both, that close spellings have in common at least."""


def nearest(text: str, names: Iterable[str], limit: int = 3) -> tuple[str, ...]:
    """Return the names most similar to the text, best first: those that contain it, then close spellings."""
    from difflib import get_close_matches  # noqa: PLC0415 - only where a name is not known

    wanted = key(text)
    pool = {key(name): name for name in names}
    if not wanted:
        return ()
    containing = sorted((k for k in pool if wanted in k or k in wanted), key=lambda k: (abs(len(k) - len(wanted)), k))
    has = {*wanted}.__contains__
    near = [k for k in pool if 2 * sum(map(has, k)) >= _NEAR * (len(k) + len(wanted))]  # most are not
    close = get_close_matches(wanted, near, n=limit, cutoff=_NEAR)
    return tuple(pool[k] for k in dict.fromkeys([*containing, *close]))[:limit]


def differs_by_a_slip(text: str, other: str, least: int = 4) -> bool:
    """Return whether two texts differ in one character only: one typed wrongly, lost or added, or two swapped.

    Texts of fewer than `least` characters are too short to be taken for each other.
    """
    if text == other or abs(len(text) - len(other)) > 1 or len(text) < least:
        return False
    start = next((n for n, pair in enumerate(zip(text, other, strict=False)) if pair[0] != pair[1]), -1)
    if start < 0:
        return True  # one has a character more at its end
    rest, other_rest = text[start:], other[start:]
    swapped = rest[:2] == other_rest[1::-1] and rest[2:] == other_rest[2:]
    return swapped or other_rest[1:] in (rest, rest[1:]) or rest[1:] == other_rest


NUL: Final = "\0"
RUNS: Final = (
    *((0x01, 0x09), (0x0B, 0x1F), (0x7F, 0x9F)),  # control characters, but for the line feed
    (0xAD, 0xAD),  # the soft hyphen
    *((0x034F, 0x034F), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x3164, 0x3164), (0xFFA0, 0xFFA0)),  # displayed as nothing
    *((0x061C, 0x061C), (0x180E, 0x180E), (0x200B, 0x200F)),  # without width; marks of direction
    (0x2028, 0x202E),  # ends of lines and paragraphs; embeddings and overrides of direction
    (0x2060, 0x206F),  # the word joiner, isolates of direction
    *((0xFEFF, 0xFEFF), (0xFFF9, 0xFFFB), (0xFFFE, 0xFFFF)),  # the byte order mark, annotations, no characters
    *((0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A)),  # controls of shorthand and of music
    (0xE0000, 0xE00FF),  # tags
)
"""The first and last of each run of unsafe characters, which are displayed as signs.
NUL and surrogates are unsafe as well, but not in this list, since texts in SQL cannot contain them."""
RUNS_PATTERN: Final = "".join(f"{chr(first)}-{chr(last)}" for first, last in RUNS)
_UNSAFE: Final = re.compile(f"[{NUL}\ud800-\udfff{RUNS_PATTERN}]")
UNKNOWN: Final = "\ufffd"

_SKIPPED: Final = " \n\xa0\u1680\u2000-\u200a\u202f\u205f\u3000\u2400-\u2421\ufffd"
"""What may precede a formula once unsafe characters are replaced: blanks, and the signs for these characters."""
FORMULA: Final = f"'*(?:[{_SKIPPED}]*[=+@＝＋－＠-]|[␉␍])"
"""The beginning of a text that a spreadsheet may run as a formula, with any apostrophes before it.
It is compiled when first used, since most runs write no CSV."""
NUMBER: Final = (
    "[ ]*[+＋－-](?:[0-9０-９][0-9０-９,，]*(?:[.．][0-9０-９]*)?|[.．][0-9０-９]+)(?:[eE][+-]?[0-9]+)?[%％‰]?[ ]*"
)
"""A signed number, which begins like a formula but is none."""
_MARK: Final = "'"


def sign_for(char: str) -> str:
    """Return the visible sign for an unsafe character: ␛ for ESC and so on, � for those without a sign."""
    if char < " ":
        return chr(ord("␀") + ord(char))
    return "␡" if char == "\x7f" else UNKNOWN


def clean(text: str) -> str:
    """Replace unsafe characters by visible signs; line ends become line feeds."""
    return _UNSAFE.sub(lambda match: sign_for(match[0]), text.replace("\r\n", "\n"))


def clean_line(text: str) -> str:
    """Replace unsafe characters by visible signs and line ends by spaces; other blanks stay as they are."""
    return clean(text).replace("\n", " ")


def one_line(text: str) -> str:
    """Replace unsafe characters by visible signs, and any run of blanks by a single space."""
    return clean(" ".join(text.split()))


def spreadsheet_cell(text: str) -> str:
    """Return a text as a cell of CSV: safe to display, with an apostrophe before what could be a formula."""
    safe = clean(text)
    return _MARK + safe if re.match(FORMULA, safe) and not re.fullmatch(NUMBER, safe) else safe


def cell_text(cell: str) -> str:
    """Return a cell's text without blanks around it and without the apostrophe that `spreadsheet_cell` adds."""
    text = cell.strip()
    return text[1:].strip() if text.startswith(_MARK) and re.match(FORMULA, text) else text


def json_escaped(text: str) -> str:
    r"""Write unsafe characters in JSON as \uXXXX, which a reader of JSON decodes."""
    return _UNSAFE.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    pair = match[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{pair[at : at + 2].hex()}" for at in range(0, len(pair), 2))


def exact(value: Fraction) -> str:
    """Write a number exactly: as a decimal if it ends, otherwise as numerator/denominator."""
    places, denominator = 0, value.denominator
    for factor in (10, 5, 2):
        while denominator % factor == 0:
            places, denominator = places + 1, denominator // factor
    return fixed(value, places) if denominator == 1 else f"{value.numerator}/{value.denominator}"


def fixed(value: Fraction, places: int) -> str:
    """Write a number with so many decimals, rounded half away from zero, without trailing zeros."""
    scaled = abs(value) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    digits = str(whole).rjust(places + 1, "0")
    text = f"{digits[:-places]}.{digits[-places:]}".rstrip("0").rstrip(".") if places else digits
    return f"-{text}" if value < 0 and text != "0" else text
