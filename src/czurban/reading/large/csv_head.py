"""The first rows of a large CSV: its encoding, delimiter and header, by the ordinary reader's own understanding."""

from pathlib import Path
from typing import NamedTuple

from czurban.model.message import say
from czurban.reading.columns import score
from czurban.reading.csv_sheet import CsvSheet, read_csv
from czurban.reading.encoding import decode
from czurban.reading.large.long_table import NotLongError
from czurban.reading.limits import Limits

HEAD = 1 << 18
"""Bytes of the beginning that are understood: some thousand rows, enough to meet most shapes, soon read."""


class CsvHead(NamedTuple):
    """The first rows, and the encoding as Python names it."""

    sheet: CsvSheet
    encoding: str
    quoted: bool


def csv_head(path: Path, limits: Limits, encoding: str = "") -> CsvHead:
    """Read the first rows of a file that may be any length.

    Raises:
        NotLongError: they are no text, or no rows.
    """
    with path.open("rb") as stream:
        data = stream.read(HEAD)
        whole = not stream.read(1)
    text = decode_head(data, encoding, whole=whole)
    if text is None:
        raise NotLongError(say("its beginning is no text"))
    words, found = text
    lines = words if whole else words[: max(words.rfind("\n"), words.rfind("\r")) + 1]
    sheet, _ = read_csv(str(path), lines, score, limits)
    if not sheet.rows:
        raise NotLongError(say("it has no rows"))
    return CsvHead(sheet, found, '"' in lines)


def decode_head(data: bytes, encoding: str, *, whole: bool) -> tuple[str, str] | None:
    """Decode a beginning, which may end within a character; the encoding is found as for a whole file, or given."""
    cuts = (0,) if whole else range(4)
    for cut in cuts:
        part = data[: len(data) - cut]
        if encoding:
            try:
                return part.decode(encoding).removeprefix("\ufeff"), encoding
            except UnicodeDecodeError:
                continue
        if found := decode(
            part if len(part) % 2 == 0 or not data.startswith((b"\xff\xfe", b"\xfe\xff")) else part[:-1]
        ):
            return found.text, found.encoding.lower()
    return None
