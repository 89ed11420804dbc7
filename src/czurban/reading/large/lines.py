"""Find the lines of a large text by number, and read its first rows."""

from bisect import bisect_left
from collections.abc import Sequence
from pathlib import Path

from czurban.model.finding import Findings, say
from czurban.reading.large.encodings import HEAD
from czurban.reading.large.long_table import NotLongError
from czurban.reading.large.text_scan import TextScan
from czurban.reading.sources.csv_sheet import FULL_WIDTH, CsvSheet, read_csv
from czurban.reading.sources.limits import Limits
from czurban.reading.submission.columns import score
from czurban.reading.submission.files import may_be_of_a_form

_LONGEST_LINE, _LINES_OF_A_RECORD = 1 << 20, 50


class LineIndex:
    """The lines of a text in UTF-8 by their number, without reading the whole file each time."""

    def __init__(self, path: Path, scan: TextScan) -> None:
        """Set up the index of a file that was scanned."""
        self.path, self.count, self._starts = path, scan.lines, scan.starts
        self._piece = -1
        self._lines: list[bytes] = []

    def lines(self, number: int) -> Sequence[str]:
        """Return a line; if it has a quotation mark, also those after it, as many as a record is likely to have."""
        piece = bisect_left(self._starts, (number + 1,)) - 1
        first, offset = self._starts[piece]
        if piece != self._piece:  # rows are mostly asked for in their order
            end = self._starts[piece + 1][1] if piece + 1 < len(self._starts) else None
            self._piece, self._lines = piece, self._read_lines(offset, end)
        start = number - first
        record = self._lines[start : start + _LINES_OF_A_RECORD]
        whole = record[:1] if b'"' not in b"".join(record[:1]) else record
        return [line.decode("utf-8", "replace") for line in whole]

    def _read_lines(self, start: int, end: int | None) -> list[bytes]:
        """Read the lines of one piece, and some after it."""
        with self.path.open("rb") as stream:
            stream.seek(start)
            data = b"" if end is None else stream.read(end - start)
            more = b"".join(stream.readline(_LONGEST_LINE) for _ in range(_LINES_OF_A_RECORD))
            return (data + more).splitlines(keepends=True)


def csv_head(path: Path, name: str, limits: Limits) -> tuple[CsvSheet, Findings]:
    """Read the first rows of a text in UTF-8 of any length, and the findings for broken rows among them.

    Args:
        path: the text.
        name: the name of the file in places.
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
    if sheet.delimiter == FULL_WIDTH:
        raise NotLongError(name, say("its cells are separated by ，"))
    if may_be_of_a_form(sheet.rows):
        raise NotLongError(name, say("it may be a form"))
    return sheet, broken
