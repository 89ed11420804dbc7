"""A large text made plain for an engine: unpacked, and in UTF-8."""

import codecs
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from czurban.errors import UnreadableError
from czurban.model.message import say
from czurban.model.place import Place
from czurban.reading.large.csv_head import HEAD, encoding_by_head
from czurban.reading.large.long_table import BeyondLimitsError
from czurban.reading.limits import LIMITS, Limits, larger_unpacked
from czurban.reading.packed import is_plain, reading

_CHUNK = 1 << 20


def encoding_of(path: Path) -> str | None:
    """The encoding of a text by its beginning, as Python names it; None where that is no text.

    Raises:
        UnreadableError: it is packed and broken, or the system does not let it be read.
    """
    with reading(path) as stream:
        data = stream.read(HEAD)
        whole = not stream.read(1)
    return encoding_by_head(data, whole=whole)


def is_all(path: Path, encoding: str) -> bool:
    """Whether a whole file is text of an encoding.

    Raises:
        UnreadableError: it is packed and broken, or the system does not let it be read.
    """
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with reading(path) as stream:
            while piece := stream.read(_CHUNK):
                decoder.decode(piece)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def make_plain(path: Path, encoding: str, into: Path, limits: Limits = LIMITS) -> None:
    """Write a file's text unpacked and in UTF-8; what is in UTF-8 already as it is, broken characters and all.

    Raises:
        BeyondLimitsError: it holds more than the limits allow; what was written is taken away.
        UnreadableError: it is packed and broken, or not in its encoding throughout.
    """
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    most, done = None if is_plain(path) else limits.unpacked(path.stat().st_size), 0
    try:
        with reading(path) as stream, into.open("wb") as out:
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
    """Yield the files themselves where they are plain text in UTF-8, else copies that are; these are taken away again.

    Raises:
        UnreadableError: one of them is not in the encoding, larger than the limits allow, or cannot be read.
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
