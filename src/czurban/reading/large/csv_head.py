"""The first rows of a large CSV: its encoding, delimiter and header, by the ordinary reader's own understanding."""

from pathlib import Path

from czurban.model.finding import Findings
from czurban.model.message import say
from czurban.reading.columns import score
from czurban.reading.csv_sheet import CsvSheet, read_csv
from czurban.reading.encoding import decode
from czurban.reading.large.long_table import NotLongError
from czurban.reading.limits import Limits
from czurban.reading.submission import may_be_of_a_form

HEAD = 1 << 18
"""Bytes of the beginning that are understood: some thousand rows, enough to meet most shapes, soon read."""
_RARE = 1000


def csv_head(path: Path, name: str, limits: Limits) -> tuple[CsvSheet, Findings]:
    """Read the first rows of a text in UTF-8 that may be any length, and what is broken among them.

    Args:
        path: the text.
        name: the name that places shall carry.
        limits: the most columns and characters of a cell.

    Raises:
        NotLongError: there are no rows.
    """
    with path.open("rb") as stream:
        data = stream.read(HEAD)
        whole = not stream.read(1)
    text = data.decode("utf-8", "replace").removeprefix("\ufeff")
    lines = text if whole else text[: max(text.rfind("\n"), text.rfind("\r")) + 1]
    sheet, broken = read_csv(name, lines, score, limits)
    if not sheet.rows:
        raise NotLongError(name, say("it has no rows"), findings=broken)
    if may_be_of_a_form(sheet.rows):
        raise NotLongError(name, say("it may be a form"))
    return sheet, broken


def encoding_by_head(data: bytes, *, whole: bool) -> str | None:
    """The encoding of a text by its beginning, which may end within a character; None where it is no text.

    A few broken bytes among UTF-8 cost their rows and not the file: what is text but for them is taken for UTF-8.
    """
    for cut in (0,) if whole else range(4):
        if found := decode(data[: len(data) - cut]):
            return found.encoding.lower()
    broken = data.decode("utf-8", "replace").count("\ufffd")
    return "utf-8" if b"\0" not in data and broken * _RARE < len(data) else None
