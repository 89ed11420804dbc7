"""Track the files that a run reads, so that none is written over, and recognise what czurban wrote and no run reads."""

import contextlib
import os
import re
import stat
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from czurban.errors import OutputError
from czurban.files import outputs
from czurban.model.finding import say

_STDIN = 0
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
Key = tuple[int, int] | tuple[int, int, str]
"""What identifies a file, under any of its names: its inode, and its folder and name."""
_TEXT_END = 1 << 6
_RULE, _CELLS = re.compile("─{8,}"), re.compile("[\t,;|]")
"""The line under the header of a table in text, and the separators of cells, which that header does not have."""


_runs: list[set[Key | tuple[str, Key]]] = []
"""The inputs of the current run, also by the names noted; nothing where a program uses czurban as a library."""


@contextlib.contextmanager
def tracked_inputs() -> Iterator[None]:
    """Track the files that are read until the block ends."""
    _runs.append(set())
    try:
        yield
    finally:
        _runs.pop()


def note_inputs(*paths: str | Path) -> None:
    """Add files to the inputs of this run; - is standard input, and what is no file, such as an address, is ignored."""
    for path in paths if _runs else ():
        inode = _inode(path)
        if inode and (str(path), inode) not in _runs[-1]:
            _runs[-1].update(((str(path), inode), *_keys(path)))


def distinct_files(names: Sequence[str]) -> tuple[str, ...] | None:
    """Return names of files, the first of several for one file; None where one is of a folder, of nothing, or -."""
    files: dict[object, str] = {}
    for name in names:
        try:
            status = os.stat(name)  # noqa: PTH116 - takes a text too
        except (OSError, ValueError):
            return None
        if name == "-" or stat.S_ISDIR(status.st_mode):
            return None
        files.setdefault((status.st_dev, status.st_ino) if status.st_ino else os.path.realpath(name), name)
    return tuple(files.values())


def refuse_input(path: Path) -> None:
    """Refuse to write over a file that this run reads.

    Raises:
        OutputError: the path leads to one of them.
    """
    if _runs and not _runs[-1].isdisjoint(_keys(path)):
        message = say("{path} is one of the files that this run reads.", path=str(path))
        raise OutputError(message, say("Name another file to write to."))


def is_same_place(path: Path, other: Path) -> bool:
    """Return whether two paths lead to one file, or would if it were written; the case of letters is ignored."""
    with contextlib.suppress(OSError):
        return path.samefile(other)
    here, there = (Path(os.path.realpath(name)) for name in (path, other))
    with contextlib.suppress(OSError):
        return here.parent.samefile(there.parent) and folded(here.name) == folded(there.name)
    return here == there


def is_remote(path: str) -> bool:
    """Return whether a path names a storage (s3a://, hdfs://, file://) and not a file of this machine."""
    return bool(_SCHEME.match(path))


def folded(name: str) -> str:
    """Return a name as file systems that ignore the case of letters compare it."""
    import unicodedata  # noqa: PLC0415 - not needed at the start

    return unicodedata.normalize("NFC", name).casefold()


def _inode(path: str | Path) -> Key | None:
    """Return the device and the inode of a file; None for a device or a pipe, which has no content to lose."""
    with contextlib.suppress(OSError, ValueError):  # the file does not exist, or the text is not a path
        status = os.fstat(_STDIN) if path == "-" else os.stat(path)  # noqa: PTH116 - takes a text too
        return (status.st_dev, status.st_ino) if stat.S_ISREG(status.st_mode) else None
    return None


def _keys(path: str | Path) -> Iterator[Key]:
    """Yield the identities of a file."""
    inode = _inode(path)
    if inode is None:
        return
    yield inode
    if path == "-":
        return
    with contextlib.suppress(OSError):  # it was removed meanwhile
        real = Path(os.path.realpath(path))
        folder = real.parent.stat()
        yield folder.st_dev, folder.st_ino, real.name


def is_output(source: Path | bytes) -> bool:
    """Return whether a file, or its whole content, is a report or a table of failures that czurban wrote.

    The content decides, so that a copy under another name is recognised as well. Forms and the figures that `compute`
    writes as CSV are not outputs in this sense, since they are there to be read. A file that cannot be opened is not
    either; its reader reports why. A device or a pipe is none, and reading it might never end.
    """
    if isinstance(source, Path) and not source.is_file():
        return False
    try:
        start, end = (source[: outputs.TEXT_HEAD], source[-_TEXT_END:]) if isinstance(source, bytes) else _ends(source)
    except OSError:
        return False
    if start.startswith(b"PAR1"):
        return isinstance(source, Path) and outputs.has_parquet_mark(source)
    if start.startswith(b"PK"):
        return f">{outputs.REPORT_CATEGORY}<".encode() in outputs.office_properties(source)
    if start.startswith(b"%PDF-"):
        return outputs.PDF_AUTHOR in (source if isinstance(source, bytes) else source.read_bytes())
    return start.startswith(outputs.JSON) or bool(outputs.LAST_LINE.search(end)) or _is_text_output(start)


def _ends(path: Path) -> tuple[bytes, bytes]:
    with path.open("rb") as stream:
        start = stream.read(outputs.TEXT_HEAD)
        stream.seek(-min(_TEXT_END, stream.seek(0, os.SEEK_END)), os.SEEK_END)
        return start, stream.read()


def is_derived(path: Path) -> bool:
    """Return whether a file is a table of figures that `compute` wrote; `compute` may replace it."""
    try:
        with path.open("rb") as stream:
            start = stream.readline(outputs.TEXT_HEAD)
    except OSError:
        return False
    return start.decode("utf-8-sig", "replace").startswith(outputs.DERIVED_HEADERS)


def _is_text_output(start: bytes) -> bool:
    if outputs.GENERATOR in start:
        return True
    text = start.decode("utf-8-sig", "replace")
    if text.startswith((*outputs.HEADERS, *outputs.LETTERS)):
        return True
    lines = text.splitlines() if "─" * 8 in text else ()
    return any(_RULE.fullmatch(line) and not _CELLS.search(above) for above, line in pairwise(lines))
