"""Track the files that a run reads, so that nothing is written over one of them."""

import contextlib
import os
import re
import stat
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from czurban.errors import OutputError
from czurban.model.finding import say

_STDIN = 0
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
Key = tuple[int, int] | tuple[int, int, str]


class Inputs:
    """The files that were read, each by its inode, and by its folder and name."""

    def __init__(self) -> None:
        self._keys: set[Key] = set()
        self._noted: dict[str, Key] = {}

    def note(self, paths: Iterable[str | Path]) -> None:
        """Add files; - is the file of standard input. Names that are not files, such as an address, are ignored."""
        for path in paths:
            inode = _inode(path)
            if inode and self._noted.get(str(path)) != inode:
                self._noted[str(path)] = inode
                self._keys.update(_keys(path))

    def holds(self, path: Path) -> bool:
        """Return whether a path leads to one of the files, under any name."""
        return not self._keys.isdisjoint(_keys(path))


_runs: list[Inputs] = []
"""The current run; empty where a program uses czurban as a library and writes its files itself."""


@contextlib.contextmanager
def tracked_inputs() -> Iterator[Inputs]:
    """Track the files that are read until the block ends."""
    inputs = Inputs()
    _runs.append(inputs)
    try:
        yield inputs
    finally:
        _runs.remove(inputs)


def note_inputs(*paths: str | Path) -> None:
    """Add files to the inputs of this run."""
    if _runs:
        _runs[-1].note(paths)


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
    if _runs and _runs[-1].holds(path):
        message = say("{path} is one of the files that this run reads.", path=str(path))
        raise OutputError(message, say("Name another file to write to."))


def is_same_place(path: Path, other: Path) -> bool:
    """Return whether two paths lead to one file, or would if it were written; the case of letters is ignored."""
    with contextlib.suppress(OSError):
        return path.samefile(other)
    here, there = (Path(os.path.realpath(name)) for name in (path, other))
    with contextlib.suppress(OSError):
        return here.parent.samefile(there.parent) and _folded(here.name) == _folded(there.name)
    return here == there


def is_remote(path: str) -> bool:
    """Return whether a path names a storage (s3a://, hdfs://, file://) and not a file of this machine."""
    return bool(_SCHEME.match(path))


def _folded(name: str) -> str:
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
