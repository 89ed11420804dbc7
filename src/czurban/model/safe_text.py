"""Text from files made safe to show: it moves no cursor, turns no order of reading, hides nothing, is no formula.

Every writer of text uses these rules; `computing.engines.statements` writes the same ones in SQL.
"""

import re
from typing import Final

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


def stated(cell: str) -> str:
    """Return what a cell says: without blanks around it, nor the apostrophe that `spreadsheet_cell` puts in front."""
    text = cell.strip()
    return text[1:].strip() if text.startswith(_MARK) and re.match(FORMULA, text) else text


def json_escaped(text: str) -> str:
    r"""Write unsafe characters in JSON as \uXXXX, which a reader of JSON turns back into them."""
    return _UNSAFE.sub(_escape, text)


def _escape(found: re.Match[str]) -> str:
    pair = found[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{pair[at : at + 2].hex()}" for at in range(0, len(pair), 2))
