"""Find the lines of a large text by number, and read its first rows."""

import sys
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from pathlib import Path

from czurban.model.finding import Findings, say
from czurban.reading.large.encodings import HEAD
from czurban.reading.large.long_table import NotLongError
from czurban.reading.large.text_scan import next_piece
from czurban.reading.sources.csv_sheet import FULL_WIDTH, CsvSheet, read_csv
from czurban.reading.sources.limits import Limits
from czurban.reading.submission.columns import score
from czurban.reading.submission.files import may_be_of_a_form

_LONGEST_LINE, _LINES_OF_A_RECORD = 1 << 20, 50


class LineIndex:
    """The lines of a text in UTF-8 by their number; the file is read as far as the lines that are asked for, once."""

    def __init__(self, path: Path) -> None:
        """Set up the index of a file."""
        self.path = path
        self._starts = [(1, 0)]  # the number and the offset of one line in each piece that was read
        self._read, self._ended = 0, True
        self._piece = -1
        self._lines: list[bytes] = []

    @property
    def count(self) -> int:
        """How many lines there are."""
        self._read_as_far_as(sys.maxsize)
        return self._starts[-1][0] - self._ended

    def bytes_from(self, number: int, ends: int) -> int:
        """Return how many bytes there are from a line on; the last line counts as ended, with so many."""
        self._read_as_far_as(number)
        first, offset = self._starts[bisect_left(self._starts, (number + 1,)) - 1]
        with self.path.open("rb") as stream:
            stream.seek(offset)
            before = sum(len(stream.readline()) for _ in range(number - first))
            size = stream.seek(0, 2)
            stream.seek(max(size - 1, 0))
            unended = stream.read(1) not in (b"", b"\n")
        return size - offset - before + unended * ends

    def lines(self, number: int) -> Sequence[str]:
        """Return a line; if it has a quotation mark, also those after it, as many as a record is likely to have."""
        self._read_as_far_as(number)
        piece = bisect_left(self._starts, (number + 1,)) - 1
        first, offset = self._starts[piece]
        if piece != self._piece:  # rows are mostly asked for in their order
            end = self._starts[piece + 1][1] if piece + 1 < len(self._starts) else None
            self._piece, self._lines = piece, self._read_lines(offset, end)
        start = number - first
        record = self._lines[start : start + _LINES_OF_A_RECORD]
        whole = record[:1] if b'"' not in b"".join(record[:1]) else record
        return [line.decode("utf-8", "replace") for line in whole]

    def sample(self, many: int) -> Iterator[str]:
        """Yield lines behind the head of a long text at even distances, at most so many."""
        size = self.path.stat().st_size - HEAD
        with self.path.open("rb") as stream:
            for number in range(many) if size > 0 else ():
                stream.seek(HEAD + size * number // many)
                stream.readline(_LONGEST_LINE)
                yield stream.readline(_LONGEST_LINE).decode("utf-8", "replace").rstrip("\r\n")

    def _read_as_far_as(self, number: int) -> None:
        """Note where lines begin, up to the first after this one."""
        if self._starts[-1][0] > number:
            return
        with self.path.open("rb") as stream:
            stream.seek(self._read)
            while self._starts[-1][0] <= number and (piece := next_piece(stream)):
                more = piece.count(b"\n")
                if b"\r" in piece:
                    more += piece.count(b"\r") - piece.count(b"\r\n")
                if more:
                    begin = self._read + max(piece.rfind(b"\n"), piece.rfind(b"\r")) + 1
                    self._starts.append((self._starts[-1][0] + more, begin))
                self._read += len(piece)
                self._ended = piece.endswith((b"\n", b"\r"))

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
