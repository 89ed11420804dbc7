"""Scan a large text for line ends and quotation marks, in a thread while an engine starts."""

from pathlib import Path
from threading import Thread
from typing import BinaryIO, NamedTuple

from czurban.reading.sources.opening import FileKind
from czurban.reading.sources.packed import is_plain, kind_by_head

_CHUNK, _TAIL, _LONG = 1 << 16, 1 << 21, 32 << 20
_FEW_QUOTES = 2000


class TextScan(NamedTuple):
    """Properties of a text: whether it has quotation marks, ones next to a blank, and NULs; and its line ends.

    Programs read a quotation mark next to a blank in different ways. `newline` is the end of every line, a line feed
    with or without a carriage return before it; empty where lines end in several ways, or in carriage returns alone.
    """

    quoted: bool = False
    ambiguous: bool = False
    nul: bool = False
    newline: str = "\n"

    @property
    def splits_alike(self) -> bool:
        """Return whether an engine splits the text as Python does."""
        return not self.ambiguous and bool(self.newline)


def scan_text(path: Path) -> TextScan:
    """Scan a text for properties that make it hard to split."""
    quoted = ambiguous = nul = False
    ends = set[str]()
    before = b""
    with path.open("rb") as stream:
        while piece := next_piece(stream):
            nul = nul or b"\0" in piece
            if b"\r" in piece:
                both = piece.count(b"\r\n")
                ends.add("\r\n" if piece.count(b"\r") == piece.count(b"\n") == both else "")
            elif b"\n" in piece:  # to count them would take longer than all else here
                ends.add("\n")
            if b'"' in piece or before == b'"':
                quoted = True
                ambiguous = ambiguous or _has_quote_next_to_blank(before + piece)
            before = piece[-1:]
    return TextScan(quoted, ambiguous, nul, ends.pop() if len(ends) == 1 else "" if ends else "\n")


def next_piece(stream: BinaryIO) -> bytes:
    """Read the next piece of a file, without separating a carriage return from the line feed after it."""
    piece = stream.read(_CHUNK)
    while piece.endswith(b"\r") and (more := stream.read(1)):
        piece += more
    return piece


def _has_quote_next_to_blank(text: bytes) -> bool:
    """Return whether a quotation mark has a blank next to it; checking the first few one by one is fastest."""
    at = -1
    for _ in range(_FEW_QUOTES):
        at = text.find(b'"', at + 1)
        if at < 0:
            return False
        if b" " in (text[at - 1 : at], text[at + 1 : at + 2]):
            return True
    return b' "' in text or b'" ' in text


def has_short_last_record(path: Path) -> bool:
    """Return whether the last record is short: an engine that reads in parallel may lose a very long one."""
    size = path.stat().st_size
    if size <= _LONG:
        return True
    with path.open("rb") as stream:
        stream.seek(size - _TAIL)
        return b"\n" in stream.read().rstrip(b"\r\n")


_LARGE = 16 << 20


class Prefetch:
    """Scans the first large text in a thread while an engine starts; other files are scanned when they are needed."""

    def __init__(self, path: str = "") -> None:
        """Start to scan a file if it is a large text that is not packed."""
        self._path = Path(path)
        self._scan: TextScan | None = None
        self._thread = Thread(target=self._run, daemon=True)
        if path and self._path.is_file() and self._path.stat().st_size > _LARGE and _is_text(self._path):
            self._thread.start()

    def of(self, path: Path) -> TextScan:
        """Return the scan of a file."""
        if path == self._path and self._thread.is_alive():
            self._thread.join()
        return (self._scan if path == self._path else None) or scan_text(path)

    def _run(self) -> None:
        try:
            self._scan = scan_text(self._path)
        except OSError:  # it occurs again where the file is needed, and is reported there
            return


def _is_text(path: Path) -> bool:
    return is_plain(path) and kind_by_head(path) is not FileKind.PARQUET
