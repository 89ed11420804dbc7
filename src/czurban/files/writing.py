"""The one way to write a file: whole or not at all, and never over what the run reads.

Packed files that are the same to the byte whenever they are packed.
"""

import contextlib
import datetime as dt
import errno
import io
import os
import re
import shutil
import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path

from czurban.errors import OutputError, reason
from czurban.files.inputs import refuse_input
from czurban.model.finding import Message, say

_TEMPORARY = re.compile(r"\..*\.czurban-[0-9a-f]{8}\.tmp")
_LONGEST = 40
_NEW = 0o666
_RIGHTS = 0o777


def is_temporary(name: str) -> bool:
    """Whether a file's name is that of an unfinished one, which a run that was killed leaves behind."""
    return _TEMPORARY.fullmatch(name) is not None


def write_file(path: Path, data: bytes, *, replaces_input: bool = False, new: bool = False) -> None:
    """Write a file whole or not at all, with the rights it has; into a device, a pipe or what a link points to.

    Args:
        path: where to.
        data: what is to be in it.
        replaces_input: the file is one that the run reads and corrects.
        new: whether a file that is there meanwhile is kept, and the write refused.

    Raises:
        OutputError: it cannot be written, or the run reads it.
    """
    with replaced(path, replaces_input=replaces_input, new=new) as unfinished:
        unfinished.write_bytes(data)


def remove_file(path: Path) -> None:
    """Remove a file of czurban's own.

    Raises:
        OutputError: it cannot be removed, or the run reads it.
    """
    refuse_input(path)
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise unwritten(path, reason(error)) from error


@contextlib.contextmanager
def replaced(path: Path, *, replaces_input: bool = False, new: bool = False) -> Iterator[Path]:
    """Yield a hidden file to write to; when all is written it takes the place of the old one, which stays until then.

    Raises:
        OutputError: the file cannot be written, or the run reads it.
    """
    if not replaces_input:
        refuse_input(path)
    try:
        if new and os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
        mode = _mode(path)
        place = _in_place if mode is None or stat.S_ISREG(mode) else _through
        with place(path, mode, new) as unfinished:
            yield unfinished
    except OSError as error:
        raise unwritten(path, reason(error)) from error


def unwritten(path: Path, why: Message | str) -> OutputError:
    """Why a file cannot be written."""
    message = say("{path} cannot be written: {reason}.", path=str(path), reason=why)
    return OutputError(message, say("Name a file in a folder that exists and that you may write to."))


def _mode(path: Path) -> int | None:
    """What a path leads to; None where nothing is there."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, "", str(path))
    if not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, "", str(path))  # renaming would replace a file that is for reading only
    return mode


@contextlib.contextmanager
def _in_place(path: Path, mode: int | None, new: bool) -> Iterator[Path]:  # noqa: FBT001 - as `_through`
    target = Path(os.path.realpath(path))  # a link stays a link
    unfinished = target.with_name(f".{target.name[:_LONGEST]}.czurban-{os.urandom(4).hex()}.tmp")
    rights = _NEW if mode is None else mode & _RIGHTS
    os.close(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, rights))
    try:
        yield unfinished
        with unfinished.open("rb") as stream:
            os.fsync(stream.fileno())  # a disk that is full may say so only now
        if mode is not None:
            unfinished.chmod(rights)
        if not (new and _linked(unfinished, target)):
            unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)


def _linked(unfinished: Path, target: Path) -> bool:
    """Give a finished file its name, which fails where another run took it; False where a disk knows no hard links."""
    try:
        target.hardlink_to(unfinished)
    except FileExistsError:
        raise
    except OSError:
        return False
    return True


@contextlib.contextmanager
def _through(path: Path, _: int | None, __: bool) -> Iterator[Path]:  # noqa: FBT001 - as `_in_place`
    """Write what is finished into a device or a pipe."""
    import tempfile  # noqa: PLC0415 - loads what hashes and draws random numbers, which few runs need

    with tempfile.TemporaryDirectory(prefix="czurban-", ignore_cleanup_errors=True) as folder:
        unfinished = Path(folder) / "output"
        yield unfinished
        with unfinished.open("rb") as stream, path.open("wb") as target:
            shutil.copyfileobj(stream, target)


MADE = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)
"""The date every packed report carries; when it was really made, it says itself."""


def repacked(packed: bytes) -> bytes:
    """Pack the same files anew with one date for all."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, MADE.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return stream.getvalue()
