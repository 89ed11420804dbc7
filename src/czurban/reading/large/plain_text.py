"""A large text made plain for an engine: unpacked, and in UTF-8."""

import codecs
import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from czurban.errors import UnreadableError, reason
from czurban.model.message import say
from czurban.reading.large.csv_head import HEAD, encoding_by_head

_CHUNK = 1 << 20


def encoding_of(path: Path) -> str | None:
    """The encoding of a text by its beginning, as Python names it; None where that is no text.

    Raises:
        UnreadableError: it is packed and broken, or the system does not let it be read.
    """
    with _reading(path), open_bytes(path) as stream:
        data = stream.read(HEAD)
        whole = not stream.read(1)
    return encoding_by_head(data, whole=whole)


def open_bytes(path: Path) -> BinaryIO:
    """Open a file, unpacking it where its name ends in .gz."""
    if path.suffix.lower() == ".gz":
        return gzip.open(path, "rb")  # type: ignore[return-value] # it reads as any stream of bytes does
    return path.open("rb")


def is_all(path: Path, encoding: str) -> bool:
    """Whether a whole file is text of an encoding.

    Raises:
        UnreadableError: it is packed and broken, or the system does not let it be read.
    """
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with _reading(path), open_bytes(path) as stream:
            while piece := stream.read(_CHUNK):
                decoder.decode(piece)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def make_plain(path: Path, encoding: str, into: Path) -> None:
    """Write a file's text unpacked and in UTF-8.

    Raises:
        UnreadableError: it is packed and broken, or not in its encoding throughout.
    """
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        with _reading(path), open_bytes(path) as stream, into.open("wb") as out:
            while piece := stream.read(_CHUNK):
                out.write(piece if encoding == "utf-8" else decoder.decode(piece).encode())
            out.write(decoder.decode(b"", final=True).encode())
    except UnicodeDecodeError as error:
        message = say("{path} is not {encoding} throughout.", path=str(path), encoding=encoding.upper())
        raise UnreadableError(message, say("Save it as CSV in UTF-8.")) from error


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    """Say in a sentence what is wrong with a file that is read."""
    try:
        yield
    except (zlib.error, EOFError, gzip.BadGzipFile) as error:
        message = say("{path} is packed and broken: it cannot be unpacked to its end.", path=str(path))
        raise UnreadableError(message, say("Ask for the file again.")) from error
    except OSError as error:
        raise UnreadableError(say("{path} cannot be read: {reason}.", path=str(path), reason=reason(error))) from error
