"""What a scan of a text's bytes tells, at the speed of the disk: lines, quotation marks, and where a line begins."""

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

_CHUNK = 1 << 20
_TAIL = 1 << 21
_LONG = 32 << 20
_MOST_OF_A_RECORD = 50
_FEW = 2000


class Bytes(NamedTuple):
    """What stands in a file: quotation marks, ones with blanks beside them (which programs read differently), NULs."""

    quoted: bool = False
    doubtful: bool = False
    nul: bool = False


def look_over(path: Path) -> Bytes:
    """Look for what makes a text hard to split; a mark at the end of one piece is met again with the next."""
    quoted = doubtful = nul = False
    before = b""
    with path.open("rb") as stream:
        while piece := stream.read(_CHUNK):
            nul = nul or b"\0" in piece
            if b'"' in piece or before == b'"':
                quoted = True
                whole = before + piece
                doubtful = doubtful or _beside_a_blank(whole)
            before = piece[-1:]
    return Bytes(quoted, doubtful, nul)


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


def loses_its_end(path: Path) -> bool:
    """Whether the last record is so long that an engine which reads in parallel may drop it without a word."""
    size = path.stat().st_size
    if size <= _LONG:
        return False
    with path.open("rb") as stream:
        stream.seek(size - _TAIL)
        return b"\n" not in stream.read().rstrip(b"\r\n")


class LineIndex:
    """The lines of a text in UTF-8, found by their number without reading what stands before them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._at = -1
        self._held: list[bytes] = []

    @property
    def count(self) -> int:
        """How many lines there are."""
        return self._pieces[2]

    @cached_property
    def _pieces(self) -> tuple[list[int], list[int], int]:
        """Where lines begin, one of each piece of the file: its number, its offset; and how many lines there are."""
        firsts, offsets, count, last = [1], [0], 0, b"\n"
        with self.path.open("rb") as stream:
            while piece := stream.read(_CHUNK):
                if found := piece.count(b"\n"):
                    count += found
                    firsts.append(count + 1)
                    offsets.append(stream.tell() - len(piece) + piece.rindex(b"\n") + 1)
                last = piece[-1:]
        return firsts, offsets, count + (last != b"\n")

    def lines(self, number: int) -> Sequence[str]:
        """The lines from one on, as many as a record is likely to have."""
        firsts, offsets, _ = self._pieces
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
            return found + [line for _ in range(_MOST_OF_A_RECORD) if (line := stream.readline(_CHUNK))]
