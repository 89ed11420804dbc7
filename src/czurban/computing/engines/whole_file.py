"""A file that an engine writes: whole or not at all, whatever stops the run in the middle."""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from czurban.errors import OutputError, reason
from czurban.model.message import Message, say


@contextlib.contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Yield the name to write to; when all is written the file takes the place of the old one, which stays until then.

    Raises:
        OutputError: the folder is not there, or may not be written to.
    """
    target = path.resolve() if path.is_symlink() else path
    if target.exists() and not target.is_file():
        raise _unwritten(path, say("it is no file"))
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=target.suffix)
        os.close(handle)
    except OSError as error:
        raise _unwritten(path, reason(error)) from error
    unfinished = Path(name)
    try:
        yield unfinished
        with unfinished.open("rb") as stream:
            os.fsync(stream.fileno())
        unfinished.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
        unfinished.replace(target)
    except OSError as error:
        raise _unwritten(path, reason(error)) from error
    finally:
        unfinished.unlink(missing_ok=True)


def _unwritten(path: Path, why: Message | str) -> OutputError:
    message = say("{path} cannot be written: {reason}.", path=str(path), reason=why)
    return OutputError(message, say("Name a file in a folder that exists and that you may write to."))


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
