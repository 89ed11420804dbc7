"""What a scan of a text's bytes tells, at the speed of the disk: line ends, quotation marks, where a line begins.

The first large text is looked over while an engine starts, since reading leaves Python free.

The first rows of a large CSV: its encoding, delimiter and header, by the ordinary reader's own understanding.
"""

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from threading import Thread
from typing import BinaryIO, NamedTuple

from czurban.model.finding import Findings, say
from czurban.reading.large.long_table import NotLongError
from czurban.reading.sources.csv_sheet import CsvSheet, read_csv
from czurban.reading.sources.opening import Limits, decode
from czurban.reading.sources.packed import FileKind, is_plain, kind_by_head
from czurban.reading.submission.columns import score
from czurban.reading.submission.files import may_be_of_a_form

_CHUNK = 1 << 20
_TAIL = 1 << 21
_LONG = 32 << 20
_MOST_OF_A_RECORD = 50
_FEW = 2000


class Bytes(NamedTuple):
    """What stands in a file: quotation marks, ones with blanks beside them (which programs read differently), NULs.

    `newline` is what ends every line, a line feed with or without a carriage return before it; empty where lines end
    in several ways, or in a carriage return alone. `lines` is how many lines there are.
    """

    quoted: bool = False
    doubtful: bool = False
    nul: bool = False
    newline: str = "\n"
    lines: int = 0

    @property
    def splits_alike(self) -> bool:
        """Whether an engine splits the text as Python does."""
        return not self.doubtful and bool(self.newline)


def look_over(path: Path) -> Bytes:
    """Look for what makes a text hard to split; a mark at the end of one piece is met again with the next."""
    quoted = doubtful = nul = False
    ends = _Ends()
    before = b""
    with path.open("rb") as stream:
        while piece := _piece_of(stream):
            nul = nul or b"\0" in piece
            ends += _ends(piece)
            if b'"' in piece or before == b'"':
                quoted = True
                whole = before + piece
                doubtful = doubtful or _beside_a_blank(whole)
            before = piece[-1:]
    return Bytes(quoted, doubtful, nul, ends.newline, ends.lines + (before not in (b"", b"\n", b"\r")))


class _Ends(NamedTuple):
    """How many line feeds, carriage returns, and both together there are."""

    feeds: int = 0
    returns: int = 0
    both: int = 0

    @property
    def lines(self) -> int:
        return self.feeds + self.returns - self.both

    @property
    def newline(self) -> str:
        if not self.returns:
            return "\n"
        return "\r\n" if self.feeds == self.returns == self.both else ""

    def __add__(self, other: tuple[int, ...]) -> "_Ends":  # type: ignore[override]
        return _Ends(*map(sum, zip(self, other, strict=True)))


def _ends(piece: bytes) -> _Ends:
    if b"\r" not in piece:
        return _Ends(piece.count(b"\n"))
    return _Ends(piece.count(b"\n"), piece.count(b"\r"), piece.count(b"\r\n"))


def _piece_of(stream: BinaryIO) -> bytes:
    """The next piece of a file, which parts no carriage return from the line feed behind it."""
    piece = stream.read(_CHUNK)
    while piece.endswith(b"\r") and (more := stream.read(1)):
        piece += more
    return piece


def _beside_a_blank(text: bytes) -> bool:
    """Whether a quotation mark has a blank beside it. Looking at a few marks one by one costs least."""
    at = -1
    for _ in range(_FEW):
        at = text.find(b'"', at + 1)
        if at < 0:
            return False
        if b" " in (text[at - 1 : at], text[at + 1 : at + 2]):
            return True
    return b' "' in text or b'" ' in text


def keeps_its_end(path: Path) -> bool:
    """Whether the last record is short: one that is very long may be lost by an engine that reads in parallel."""
    size = path.stat().st_size
    if size <= _LONG:
        return True
    with path.open("rb") as stream:
        stream.seek(size - _TAIL)
        return b"\n" in stream.read().rstrip(b"\r\n")


class LineIndex:
    """The lines of a text in UTF-8, found by their number without reading what stands before them."""

    def __init__(self, path: Path, count: int) -> None:
        """Set it up; `count` is how many lines the file has."""
        self.path, self.count = path, count
        self._at = -1
        self._held: list[bytes] = []

    @cached_property
    def _pieces(self) -> tuple[list[int], list[int]]:
        """Where lines begin, one of each piece of the file: its number, its offset."""
        firsts, offsets, count = [1], [0], 0
        with self.path.open("rb") as stream:
            while piece := _piece_of(stream):
                if found := _ends(piece).lines:
                    count += found
                    firsts.append(count + 1)
                    offsets.append(stream.tell() - len(piece) + max(piece.rfind(b"\n"), piece.rfind(b"\r")) + 1)
        return firsts, offsets

    def lines(self, number: int) -> Sequence[str]:
        """The lines from one on, as many as a record is likely to have."""
        firsts, offsets = self._pieces
        at = bisect_right(firsts, number) - 1
        if at != self._at:
            self._at, self._held = at, self._piece(offsets[at], offsets[at + 1] if at + 1 < len(offsets) else None)
        start = number - firsts[at]
        found = self._held[start : start + _MOST_OF_A_RECORD]
        return [line.decode("utf-8", "replace") for line in found]

    def _piece(self, start: int, end: int | None) -> list[bytes]:
        """The lines of one piece, and some behind it; rows are most often asked for in their order."""
        with self.path.open("rb") as stream:
            stream.seek(start)
            found = [] if end is None else stream.read(end - start).splitlines(keepends=True)
            more = (stream.readline(_CHUNK) for _ in range(_MOST_OF_A_RECORD))
            return found + [line for lines in more for line in lines.splitlines(keepends=True)]


_LARGE = 16 << 20


class Prefetch:
    """Looks over one file in a thread of its own, from the beginning; whatever else is asked, when it is asked."""

    def __init__(self, path: str = "") -> None:
        """Begin with a file, if it is a text, not packed, and so large that it takes a while."""
        self._path = Path(path)
        self._found: Bytes | None = None
        self._thread = Thread(target=self._look, daemon=True)
        if path and self._path.is_file() and self._path.stat().st_size > _LARGE and _is_text(self._path):
            self._thread.start()

    def of(self, path: Path) -> Bytes:
        """What `look_over` tells of a file."""
        if path == self._path and self._thread.is_alive():
            self._thread.join()
        return (self._found if path == self._path else None) or look_over(path)

    def _look(self) -> None:
        try:
            self._found = look_over(self._path)
        except OSError:  # it is met again, and told, where the file is asked for
            return


def _is_text(path: Path) -> bool:
    return is_plain(path) and kind_by_head(path) is not FileKind.PARQUET


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
