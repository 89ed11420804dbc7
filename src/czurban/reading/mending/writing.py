"""A text as a YAML scalar that reads back as that text, in the manner of the one it replaces."""

import json
import re

# A word of letters and digits with the signs of figures, and the punctuation of Chinese names; no sign that YAML uses
# anywhere, so that it may stand plain in a block and between brackets alike.
_LETTER = r"[\w、。《》〈〉「」（）·—“”]"
_PLAIN = re.compile(rf"[≥≤=+-]?{_LETTER}(?:{_LETTER}|[.%/~+≥≤=-])*")


def scalar(text: str, style: str | None = None) -> str:
    """Spell a text plain where that is safe, else in quotation marks: those of `style` if it had some."""
    if style == "'" and "'" not in text:
        return f"'{text}'"
    if style != '"' and _PLAIN.fullmatch(text):
        return text
    return json.dumps(text, ensure_ascii=False)


def written(source: str, value: str, style: str | None) -> bool:
    """Whether a scalar stands in the source just as it reads, in one line and without escapes."""
    quote = style if style in ("'", '"') else ""
    return source == f"{quote}{value}{quote}"
