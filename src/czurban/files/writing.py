"""Write files atomically and never over an input of the run, and pack files reproducibly."""

import contextlib
import datetime as dt
import errno
import io
import os
import re
import shutil
import stat
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
    """Return whether a name is that of an unfinished file, which a killed run leaves behind."""
    return _TEMPORARY.fullmatch(name) is not None


def write_file(path: Path, data: bytes, *, replaces_input: bool = False, new: bool = False) -> None:
    """Write a file completely or not at all, and keep its permissions; also into a device, a pipe or a link's target.

    Args:
        path: the file.
        data: its new content.
        replaces_input: whether the file may be an input of the run, which corrects it.
        new: whether to refuse the write if the file exists by then.

    Raises:
        OutputError: it cannot be written, or is an input of the run.
    """
    with replaced(path, replaces_input=replaces_input, new=new) as unfinished:
        unfinished.write_bytes(data)


def remove_file(path: Path) -> None:
    """Remove a file that czurban wrote.

    Raises:
        OutputError: it cannot be removed, or is an input of the run.
    """
    refuse_input(path)
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise write_error(path, reason(error)) from error


@contextlib.contextmanager
def replaced(path: Path, *, replaces_input: bool = False, new: bool = False) -> Iterator[Path]:
    """Yield a hidden file to write to, which replaces the old file when the block ends without an error.

    Raises:
        OutputError: the file cannot be written, or is an input of the run.
    """
    if not replaces_input:
        refuse_input(path)
    try:
        if new and os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
        mode = _mode(path)
        is_file = mode is None or stat.S_ISREG(mode)
        with _next_to(path, mode, new=new) if is_file else _copied_into(path) as unfinished:
            yield unfinished
    except OSError as error:
        raise write_error(path, reason(error)) from error


def write_error(path: Path, why: Message | str) -> OutputError:
    """Return the error for a file that cannot be written."""
    message = say("{path} cannot be written: {reason}.", path=str(path), reason=why)
    return OutputError(message, say("Name a file in a folder that exists and that you may write to."))


def _mode(path: Path) -> int | None:
    """Return the mode of a file that may be written; None where it does not exist."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, "", str(path))
    if not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, "", str(path))  # renaming would replace a read-only file
    return mode


@contextlib.contextmanager
def _next_to(path: Path, mode: int | None, *, new: bool) -> Iterator[Path]:
    """Yield an unfinished file in the folder of the target, and rename it to the target at the end."""
    target = Path(os.path.realpath(path))  # a link stays a link
    unfinished = target.with_name(f".{target.name[:_LONGEST]}.czurban-{os.urandom(4).hex()}.tmp")
    rights = _NEW if mode is None else mode & _RIGHTS
    os.close(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, rights))
    try:
        yield unfinished
        with unfinished.open("rb") as stream:
            os.fsync(stream.fileno())  # a full disk may be reported only now
        if mode is not None:
            unfinished.chmod(rights)
        if not (new and _linked(unfinished, target)):
            unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)


def _linked(unfinished: Path, target: Path) -> bool:
    """Name a finished file, which fails where the name exists; return False where the disk has no hard links."""
    try:
        target.hardlink_to(unfinished)
    except FileExistsError:
        raise
    except OSError:
        return False
    return True


@contextlib.contextmanager
def _copied_into(path: Path) -> Iterator[Path]:
    """Yield an unfinished file elsewhere, and copy it into a device or a pipe at the end."""
    import tempfile  # noqa: PLC0415 - loads modules for hashes and random numbers, which few runs need

    with tempfile.TemporaryDirectory(prefix="czurban-", ignore_cleanup_errors=True) as folder:
        unfinished = Path(folder) / "output"
        yield unfinished
        with unfinished.open("rb") as stream, path.open("wb") as target:
            shutil.copyfileobj(stream, target)


MADE = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)
"""The date of packed reports and forms and of the files in them; the reports themselves say when they were made."""


def repacked(packed: bytes) -> bytes:
    """Pack the same files again with one date for all, so that equal reports have equal bytes."""
    import zipfile  # noqa: PLC0415 - for office files alone

    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, MADE.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return stream.getvalue()
