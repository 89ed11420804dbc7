"""How two spellings of one name are recognised as the same.

Text from files made safe to show: it moves no cursor, turns no order of reading, hides nothing, is no formula.

Every writer of text uses these rules; `computing.engines.statements` writes the same ones in SQL.

Exact numbers as digits.
"""

import re
from collections.abc import Iterable
from fractions import Fraction
from typing import Final

# The full-width forms of ASCII (！ to ～), the ideographic space and the no-break spaces, as typed by an input method.
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | dict.fromkeys(
    (0x3000, 0xA0, 0x2007, 0x202F, 0x2009, 0x2002, 0x2003), 0x20
)
_UNSEEN = dict.fromkeys(
    (0xAD, 0x061C, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF)
)
"""Characters without width, and marks of direction: they come along when text is copied from a web page or a chat."""
_PLAIN = {**_HALF_WIDTH, **_UNSEEN}
_NO_SPACE = _PLAIN | dict.fromkeys((0x20, 0x09, 0x0A, 0x0D))


def half_width(text: str) -> str:
    """Return the text with full-width ASCII and the kinds of space made plain, and without invisible characters.

    Unicode's NFKC is not used on purpose: it would turn the footnote mark in 95① into the number 951.
    """
    return text if text.isascii() else text.translate(_PLAIN)


def half_width_in_place(text: str) -> str:
    """Return the text with full-width ASCII and the kinds of space made plain, each character where it was."""
    return text if text.isascii() else text.translate(_HALF_WIDTH)


def visible(text: str) -> str:
    """Return the text without invisible characters."""
    return text if text.isascii() else text.translate(_UNSEEN)


def key(text: str) -> str:
    """Return what stays of a name when spaces, width and letter case are disregarded."""
    return text.translate(_NO_SPACE).casefold()


def nearest(text: str, names: Iterable[str], limit: int = 3) -> tuple[str, ...]:
    """Return the names most like the text, best first: those that contain it, then those spelled nearly so."""
    from difflib import get_close_matches  # noqa: PLC0415 - only where a name is not known

    wanted = key(text)
    pool = {key(name): name for name in names}
    if not wanted:
        return ()
    inside = sorted((k for k in pool if wanted in k or k in wanted), key=lambda k: (abs(len(k) - len(wanted)), k))
    close = get_close_matches(wanted, pool, n=limit, cutoff=0.6)
    return tuple(pool[k] for k in dict.fromkeys([*inside, *close]))[:limit]


NUL: Final = "\0"
RUNS: Final = (
    *((0x01, 0x09), (0x0B, 0x1F), (0x7F, 0x9F)),  # control characters, but for the line feed
    (0xAD, 0xAD),  # the soft hyphen
    *((0x034F, 0x034F), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x3164, 0x3164), (0xFFA0, 0xFFA0)),  # drawn as nothing
    *((0x061C, 0x061C), (0x180E, 0x180E), (0x200B, 0x200F)),  # without width; marks of direction
    (0x2028, 0x202E),  # ends of lines and paragraphs; embeddings and overrides of direction
    (0x2060, 0x206F),  # the word joiner, isolates of direction
    *((0xFEFF, 0xFEFF), (0xFFF9, 0xFFFB), (0xFFFE, 0xFFFF)),  # the byte order mark, annotations, no characters
    *((0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A)),  # controls of shorthand and of music
    (0xE0000, 0xE00FF),  # tags
)
"""The first and last of each run of characters that are shown and not obeyed. NUL and halves of characters are too;
they stand apart, since SQL has no texts that hold them."""
RUNS_PATTERN: Final = "".join(f"{chr(first)}-{chr(last)}" for first, last in RUNS)
_UNSAFE: Final = re.compile(f"[{NUL}\ud800-\udfff{RUNS_PATTERN}]")
UNKNOWN: Final = "\ufffd"
_PICTURES: Final = 0x2400
_DELETE: Final = 0x7F

_SKIPPED: Final = " \n\xa0\u1680\u2000-\u200a\u202f\u205f\u3000\u2400-\u2421\ufffd"
"""What may stand before a formula, once the characters above are shown: blanks, and signs for what was hidden."""
FORMULA: Final = f"'*(?:[{_SKIPPED}]*[=+@＝＋－＠-]|[␉␍])"
"""How a text begins that a spreadsheet may run; apostrophes in front count too, so that one more can be taken away.
It is compiled when first used, which a check that writes no CSV never does."""
NUMBER: Final = (
    "[ ]*[+＋－-](?:[0-9０-９][0-9０-９,，]*(?:[.．][0-9０-９]*)?|[.．][0-9０-９]+)(?:[eE][+-]?[0-9]+)?[%％‰]?[ ]*"
)
"""A signed number, which begins like a formula and is none."""
_MARK: Final = "'"


def shown(char: str) -> str:
    """Return the visible sign for an unsafe character: ␛ for ESC and so on, � for those without a sign of their own."""
    code = ord(char)
    if code < ord(" "):
        return chr(_PICTURES + code)
    return "␡" if code == _DELETE else UNKNOWN


def clean(text: str) -> str:
    """Show unsafe characters instead of obeying them; line ends stay, as line feeds."""
    return _UNSAFE.sub(lambda found: shown(found[0]), text.replace("\r\n", "\n"))


def clean_line(text: str) -> str:
    """Show unsafe characters in a line of its own: a line feed would begin another; blanks stay as they are."""
    return clean(text).replace("\n", " ")


def one_line(text: str) -> str:
    """Show unsafe characters in a text of one line: spaces and line ends become single spaces."""
    return clean(" ".join(text.split()))


def spreadsheet_cell(text: str) -> str:
    """Return a text as a cell of CSV: safe to show, and with an apostrophe in front where it could be a formula."""
    safe = clean(text)
    return _MARK + safe if re.match(FORMULA, safe) and not re.fullmatch(NUMBER, safe) else safe


def cell_text(cell: str) -> str:
    """Return what a cell says: without blanks around it, nor the apostrophe that `spreadsheet_cell` puts in front."""
    text = cell.strip()
    return text[1:].strip() if text.startswith(_MARK) and re.match(FORMULA, text) else text


def json_escaped(text: str) -> str:
    r"""Write unsafe characters in JSON as \uXXXX, which a reader of JSON turns back into them."""
    return _UNSAFE.sub(_escape, text)


def _escape(found: re.Match[str]) -> str:
    pair = found[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{pair[at : at + 2].hex()}" for at in range(0, len(pair), 2))


def exact(value: Fraction) -> str:
    """Spell a number exactly: as a decimal where it ends, else as numerator/denominator."""
    places, denominator = 0, value.denominator
    for factor in (10, 5, 2):
        while denominator % factor == 0:
            places, denominator = places + 1, denominator // factor
    return fixed(value, places) if denominator == 1 else f"{value.numerator}/{value.denominator}"


def fixed(value: Fraction, places: int) -> str:
    """Spell a number with so many decimal places, half up (away from zero at a half), without trailing zeros."""
    scaled = abs(value) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    digits = str(whole).rjust(places + 1, "0")
    text = f"{digits[:-places]}.{digits[-places:]}".rstrip("0").rstrip(".") if places else digits
    return f"-{text}" if value < 0 and text != "0" else text
