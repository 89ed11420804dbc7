"""Recognise the encoding of a large text, and convert it for an engine: unpacked, and in UTF-8."""

import codecs
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from czurban.errors import UnreadableError
from czurban.model.finding import Place, say
from czurban.reading.large.long_table import BeyondLimitsError
from czurban.reading.sources.limits import LIMITS, Limits, larger_unpacked
from czurban.reading.sources.opening import decode
from czurban.reading.sources.packed import is_plain, open_unpacked

HEAD = 1 << 18
"""Bytes of the beginning from which a table is understood: some thousand rows, which have most shapes."""
_CHUNK, _RARE = 1 << 20, 1000


def encoding_by_head(data: bytes, *, whole: bool) -> str | None:
    """Return the encoding of a text by its beginning, which may end within a character; None where it is not text.

    A text in UTF-8 with a few broken bytes is read as UTF-8; later only the rows with these bytes are refused.
    """
    for cut in (0,) if whole else range(4):
        if decoded := decode(data[: len(data) - cut]):
            return decoded.encoding.lower()
    broken = data.decode("utf-8", "replace").count("\ufffd")
    return "utf-8" if b"\0" not in data and broken * _RARE < len(data) else None


def encoding_of(path: Path) -> str | None:
    """Return the encoding of a text by its beginning, as Python names it; None where it is not text.

    Raises:
        UnreadableError: it is packed and broken, or may not be read.
    """
    with open_unpacked(path) as stream:
        data = stream.read(HEAD)
        whole = not stream.read(1)
    return encoding_by_head(data, whole=whole)


def is_all(path: Path, encoding: str) -> bool:
    """Return whether a whole file is text in an encoding.

    Raises:
        UnreadableError: it is packed and broken, or may not be read.
    """
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with open_unpacked(path) as stream:
            while piece := stream.read(_CHUNK):
                decoder.decode(piece)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def make_plain(path: Path, encoding: str, into: Path, limits: Limits = LIMITS) -> None:
    """Write a file's text unpacked and in UTF-8; text in UTF-8 is copied with its broken characters.

    Raises:
        BeyondLimitsError: it holds more than the limits allow; the copy is emptied.
        UnreadableError: it is packed and broken, or not in its encoding throughout.
    """
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    most, done = None if is_plain(path) else limits.unpacked(path.stat().st_size), 0
    try:
        with open_unpacked(path) as stream, into.open("wb") as out:
            while piece := stream.read(_CHUNK):
                done += len(piece)
                if most is not None and done > most:
                    out.truncate(0)
                    raise BeyondLimitsError(str(path), larger_unpacked(Place(str(path)), most))
                out.write(piece if encoding == "utf-8" else decoder.decode(piece).encode())
            out.write(decoder.decode(b"", final=True).encode())
    except UnicodeDecodeError as error:
        message = say("{path} is not {encoding} throughout.", path=str(path), encoding=encoding.upper())
        raise UnreadableError(message, say("Save it as CSV in UTF-8.")) from error


@contextmanager
def in_utf8(paths: Sequence[str], encoding: str, limits: Limits = LIMITS) -> Iterator[tuple[str, ...]]:
    """Yield the files themselves where they are plain text in UTF-8, else temporary copies that are.

    Raises:
        UnreadableError: a file is not in the encoding, is larger than the limits allow, or cannot be read.
    """
    if encoding == "utf-8" and all(is_plain(Path(path)) for path in paths):
        yield tuple(paths)
        return
    with tempfile.TemporaryDirectory(prefix="czurban-") as folder:
        copies = [Path(folder) / f"{number}.csv" for number, _ in enumerate(paths)]
        for path, copy in zip(paths, copies, strict=True):
            try:
                make_plain(Path(path), encoding, copy, limits)
            except BeyondLimitsError as error:
                message = say("{path}: {why}", path=path, why=error.why)
                raise UnreadableError(message, error.findings[0].hint) from error
        yield tuple(map(str, copies))
