"""Read files packed by gzip or zstd, and check those that engines read themselves."""

import gzip
import os
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

from czurban.errors import UnreadableError, cannot_read
from czurban.model.finding import say
from czurban.reading.sources.opening import MAGIC, FileKind, kind_of, open_regular


@contextmanager
def open_unpacked(path: Path) -> Iterator[BinaryIO]:
    """Open a file for reading, and unpack it while it is read.

    Raises:
        UnreadableError: it is packed and broken, or may not be read.
    """
    broken: tuple[type[Exception], ...] = (zlib.error, EOFError, gzip.BadGzipFile)
    try:
        with open_regular(path) as packed:
            kind = kind_of(packed.read(MAGIC))
            packed.seek(0)
            if kind is FileKind.ZSTD:
                broken = (*broken, _zstd().ZstdError)
            with _unpacked(packed, kind) as stream:
                yield cast("BinaryIO", stream)
    except broken as error:
        message = say("{path} is a broken packed file: it cannot be unpacked to its end.", path=str(path))
        raise UnreadableError(message, say("Ask for the file again.")) from error
    except OSError as error:
        raise cannot_read(path, error) from error


def kind_by_head(path: Path) -> FileKind:
    """Return the kind of a file by its first bytes.

    Raises:
        UnreadableError: it may not be read.
    """
    try:
        with open_regular(path) as stream:
            return kind_of(stream.read(MAGIC))
    except OSError as error:
        raise cannot_read(path, error) from error


def is_plain(path: Path) -> bool:
    """Return whether a file is not packed, by its content and by its name: engines unpack by the name."""
    return path.suffix.lower() not in (".gz", ".zst") and kind_by_head(path) not in (FileKind.GZIP, FileKind.ZSTD)


def check_parquet(path: Path) -> None:
    """Check that a Parquet file has the ending of one.

    Raises:
        UnreadableError: it has not, or may not be read.
    """
    try:
        with open_regular(path) as stream:
            stream.seek(-4, os.SEEK_END)
            ending = stream.read()
    except OSError as error:
        raise cannot_read(path, error) from error
    if ending != b"PAR1":
        message = say("{path} is a broken Parquet file: its end is missing.", path=str(path))
        raise UnreadableError(message, say("Ask for the file again."))


def first_bytes(path: str, most: int) -> bytes:
    """Return the beginning of a file, unpacked.

    Raises:
        UnreadableError: it cannot be read.
    """
    with open_unpacked(Path(path)) as stream:
        return stream.read(most)


def _unpacked(packed: BinaryIO, kind: FileKind) -> IO[bytes] | gzip.GzipFile:
    match kind:
        case FileKind.GZIP:
            return gzip.GzipFile(fileobj=packed, mode="rb")
        case FileKind.ZSTD:
            return cast("IO[bytes]", _zstd().open(packed))
        case _:
            return packed


def _zstd() -> Any:  # noqa: ANN401 - one module under two names
    """Return the library for zstd, which is part of Python from 3.14 on."""
    if sys.version_info >= (3, 14):
        from compression import zstd  # noqa: PLC0415 - few files are packed so
    else:
        from backports import zstd  # noqa: PLC0415 - as above
    return zstd
