"""The bytes of a file, unpacked where it is packed by gzip or zstd: told by how it begins, and not by its name."""

import gzip
import os
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

from czurban.errors import UnreadableError, reason
from czurban.model.message import say
from czurban.reading.kinds import MAGIC, Kind, kind_of
from czurban.reading.regular_file import open_regular


@contextmanager
def reading(path: Path) -> Iterator[BinaryIO]:
    """Open a file and unpack it on the way.

    Raises:
        UnreadableError: it is packed and broken, or the system does not let it be read.
    """
    broken: tuple[type[Exception], ...] = (zlib.error, EOFError, gzip.BadGzipFile)
    try:
        with open_regular(path) as packed:
            kind = kind_of(packed.read(MAGIC))
            packed.seek(0)
            if kind is Kind.ZSTD:
                broken = (*broken, _zstd().ZstdError)
            with _unpacked(packed, kind) as stream:
                yield cast("BinaryIO", stream)
    except broken as error:
        message = say("{path} is packed and broken: it cannot be unpacked to its end.", path=str(path))
        raise UnreadableError(message, say("Ask for the file again.")) from error
    except OSError as error:
        raise _unread(path, error) from error


def kind_by_head(path: Path) -> Kind:
    """What a file is by its first bytes.

    Raises:
        UnreadableError: the system does not let it be read.
    """
    try:
        with open_regular(path) as stream:
            return kind_of(stream.read(MAGIC))
    except OSError as error:
        raise _unread(path, error) from error


def is_plain(path: Path) -> bool:
    """Whether a file is not packed, and not called so either: an engine unpacks by the name."""
    return path.suffix.lower() not in (".gz", ".zst") and kind_by_head(path) not in (Kind.GZIP, Kind.ZSTD)


def check_parquet(path: Path) -> None:
    """Make sure that a Parquet file ends as one does.

    Raises:
        UnreadableError: it does not, or the system does not let it be read.
    """
    try:
        with open_regular(path) as stream:
            stream.seek(-4, os.SEEK_END)
            ends = stream.read()
    except OSError as error:
        raise _unread(path, error) from error
    if ends != b"PAR1":
        message = say("{path} is Parquet and broken: it is cut off.", path=str(path))
        raise UnreadableError(message, say("Ask for the file again."))


def first_bytes(path: str, most: int) -> bytes:
    """The beginning of a file, unpacked.

    Raises:
        UnreadableError: it cannot be read.
    """
    with reading(Path(path)) as stream:
        return stream.read(most)


def _unpacked(packed: BinaryIO, kind: Kind) -> IO[bytes] | gzip.GzipFile:
    match kind:
        case Kind.GZIP:
            return gzip.GzipFile(fileobj=packed, mode="rb")
        case Kind.ZSTD:
            return cast("IO[bytes]", _zstd().open(packed))
        case _:
            return packed


def _zstd() -> Any:  # noqa: ANN401 - one module under two names
    """The library, which is Python's own from 3.14 on."""
    if sys.version_info >= (3, 14):
        from compression import zstd  # noqa: PLC0415 - few files are packed so
    else:
        from backports import zstd  # noqa: PLC0415 - as above
    return zstd


def _unread(path: Path, error: OSError) -> UnreadableError:
    return UnreadableError(say("{path} cannot be read: {reason}.", path=str(path), reason=reason(error)))
