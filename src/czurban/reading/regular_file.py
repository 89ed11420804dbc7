"""The one way a file that a user or a plan names is opened: regular files only, bounded, and inside the plan's folder.

Everything is asked of the open file and not of its name, so that a file that is replaced meanwhile changes nothing.
"""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from czurban.errors import RefusedFileError, reason
from czurban.files.inputs import note_inputs
from czurban.model.message import Message, say
from czurban.reading.plan_names import LARGEST

if TYPE_CHECKING:
    from czurban.model.finding import Finding

_MEBIBYTE = 1024 * 1024
_FLAGS = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY"))
"""Opening a pipe that nobody writes to would wait for ever without O_NONBLOCK."""


@contextmanager
def open_regular(path: Path, inside: Path | None = None) -> Iterator[BinaryIO]:
    """Open a regular file for reading.

    Args:
        path: the file; links are followed.
        inside: the folder that the file must lie in once its links are followed; None where it may lie anywhere.

    Raises:
        RefusedFileError: it is no regular file, or lies outside that folder.
        OSError: it is not there, or the system does not let it be read.
    """
    try:
        descriptor = os.open(path, _FLAGS)
    except ValueError as error:  # a name with a NUL in it
        raise RefusedFileError(say("no file has such a name")) from error
    with open(descriptor, "rb") as stream:  # noqa: PTH123 - of a descriptor
        status = os.fstat(descriptor)
        if stat.S_ISDIR(status.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        if not stat.S_ISREG(status.st_mode):
            raise RefusedFileError(_kind(status.st_mode))
        if inside is not None and not _lies_in(inside, path, status):
            raise RefusedFileError(say("it is a link to a file outside {folder}", folder=str(inside)))
        note_inputs(path)
        yield stream


def read_regular(path: Path, inside: Path | None = None, most: int = LARGEST) -> bytes:
    """Read the whole of a regular file that has at most so many bytes.

    Raises:
        RefusedFileError: it is no regular file, lies outside the folder, or is larger.
        OSError: it is not there, or the system does not let it be read.
    """
    with open_regular(path, inside) as stream:
        data = stream.read(most + 1) if os.fstat(stream.fileno()).st_size <= most else None
    if data is None or len(data) > most:
        raise RefusedFileError(say("it is larger than {most} MiB", most=most // _MEBIBYTE))
    return data


def _lies_in(folder: Path, path: Path, status: os.stat_result) -> bool:
    """Whether the open file is the one that lies in the folder under the name that its links lead to."""
    real = Path(os.path.realpath(path))
    return real.is_relative_to(os.path.realpath(folder)) and os.path.samestat(os.lstat(real), status)


def _kind(mode: int) -> Message:
    if stat.S_ISFIFO(mode):
        return say("it is a pipe, and only regular files are read")
    return say("it is a device, and only regular files are read")


def unread(code: str, path: Path, error: OSError, most: int = LARGEST) -> "Finding":
    """Report that a plan's file cannot be read, and what such a file has to be."""
    from czurban.model.faults import finding  # noqa: PLC0415 - every start looks for settings by this module
    from czurban.model.place import Place  # noqa: PLC0415 - as above

    message = say("The file cannot be read: {reason}.", reason=reason(error))
    if isinstance(error, FileNotFoundError):
        return finding(code, Place(str(path)), message, say("A plan needs targets.yaml and departments.yaml."))
    hint = say(
        "A plan's files are regular files in the plan's own folder, of at most {most} MiB.", most=most // _MEBIBYTE
    )
    return finding(code, Place(str(path)), message, hint)
