"""The bytes of a text file that may be packed (.gz, .zst), and such a file as UTF-8, which is all that engines read."""

import codecs
import gzip
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from czurban.errors import UnreadableError, reason
from czurban.model.message import say

_CHUNK = 1 << 20
_LINES = 100


def first_bytes(path: str, most: int) -> bytes:
    """The beginning of a file, unpacked.

    Raises:
        UnreadableError: it cannot be read.
    """
    if path.lower().endswith(".zst"):
        return _first_lines(path)
    try:
        with _opened(path) as stream:
            return stream.read(most)
    except (OSError, EOFError) as error:
        raise _unread(path, error) from error


@contextmanager
def in_utf8(paths: Sequence[str], encoding: str) -> Iterator[tuple[str, ...]]:
    """Yield the files themselves where they are plain text in UTF-8, else copies that are; these are taken away again.

    What only an engine can unpack (.zst) is left as it is.

    Raises:
        UnreadableError: one of them is not in the encoding, or cannot be read.
    """
    if encoding == "utf-8" and not any(path.lower().endswith(".gz") for path in paths):
        yield tuple(paths)
        return
    with tempfile.TemporaryDirectory(prefix="czurban-") as folder:
        copies = [Path(folder) / f"{number}.csv" for number, _ in enumerate(paths)]
        for path, copy in zip(paths, copies, strict=True):
            _copy(path, copy, encoding)
        yield tuple(map(str, copies))


def _copy(path: str, copy: Path, encoding: str) -> None:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with _opened(path) as stream, copy.open("w", encoding="utf-8", newline="") as target:
            while chunk := stream.read(_CHUNK):
                target.write(decoder.decode(chunk))
            target.write(decoder.decode(b"", final=True))
    except UnicodeDecodeError as error:
        message = say("{path} is not in {encoding} to its end.", path=path, encoding=encoding.upper())
        raise UnreadableError(message, say("Save it as CSV in UTF-8.")) from error
    except (OSError, EOFError) as error:
        raise _unread(path, error) from error


def _opened(path: str) -> IO[bytes] | gzip.GzipFile:
    if path.lower().endswith(".gz"):
        return gzip.open(path)
    return Path(path).open("rb")


def _first_lines(path: str) -> bytes:
    """The first lines of a file that Python cannot unpack by itself."""
    import duckdb  # noqa: PLC0415 - for such a file alone

    whole = "delim = '\x01', quote = '', escape = '', columns = {'line': 'VARCHAR'}"
    scan = f"read_csv(?, auto_detect = false, header = false, {whole})"
    try:
        with duckdb.connect() as connection:
            lines = connection.execute(f"SELECT line FROM {scan} LIMIT {_LINES}", [path]).fetchall()  # noqa: S608 - constants
    except duckdb.Error as error:
        raise UnreadableError(
            say("{path} cannot be unpacked.", path=path), say("Save it as CSV or Parquet.")
        ) from error
    return "".join(f"{line or ''}\n" for (line,) in lines).encode()


def _unread(path: str, error: OSError | EOFError) -> UnreadableError:
    why = reason(error) if isinstance(error, OSError) else say("it is cut off")
    return UnreadableError(say("{path} cannot be read: {reason}.", path=path, reason=why))
