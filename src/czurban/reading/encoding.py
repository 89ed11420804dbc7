"""Bytes to text: the encodings that Chinese offices send, told apart by trying them and never by statistics."""

import codecs
from typing import NamedTuple

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 4096
_LONGEST_CHARACTER = 4


class Text(NamedTuple):
    """Decoded text, the encoding it was in, as a person would name it, and whether its last character is cut in two."""

    text: str
    encoding: str
    cut: bool = False


def decode(data: bytes) -> Text | None:
    """Decode UTF-8 or UTF-16 (with or without a byte order mark) or GB18030, which contains GBK and GB2312.

    Returns None for bytes that are text in none of them. Text with NUL characters is not text.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _try(data[len(bom) :], encoding) or _try_cut(data[len(bom) :], encoding)
    if wide := _utf16_without_mark(data):
        return _try(data, wide)
    return _try(data, "utf-8") or _try_cut(data, "utf-8") or _try(data, "gb18030") or _try_cut(data, "gb18030")


def _try(data: bytes, encoding: str) -> Text | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else Text(text, encoding.upper())


def _try_cut(data: bytes, encoding: str) -> Text | None:
    """Decode all but a last character that is not whole, as a transfer that broke off leaves it.

    Text that is ASCII up to there says nothing of its encoding, and is left to the next one to try.
    """
    try:
        data.decode(encoding)
    except UnicodeDecodeError as error:
        begun = len(data) - error.start
        if begun >= _LONGEST_CHARACTER or error.end != len(data) or data[: error.start].isascii():
            return None
        whole = _try(data[: error.start], encoding)
        return Text(whole.text, whole.encoding, cut=True) if whole else None
    return None


def _utf16_without_mark(data: bytes) -> str | None:
    """Tell UTF-16 by its line ends: 0A 00 or 00 0A at an even offset, which no other text encoding has."""
    sample = data[:_SAMPLE]
    pairs = [sample[i : i + 2] for i in range(0, len(sample) - 1, 2)]
    if len(data) % 2 == 0 and b"\n\0" in pairs:
        return "utf-16-le"
    return "utf-16-be" if len(data) % 2 == 0 and b"\0\n" in pairs else None
