"""Define the errors that end a run; each has a code, a message and a hint."""

import errno

from czurban.model.finding import Findings, Message, say


class CzurbanError(Exception):
    """Base class of the errors that end a run: the message says why, and the hint what to do."""

    code = "E000"

    def __init__(self, message: Message, hint: Message | None = None) -> None:
        super().__init__(str(message))
        self.message = message
        self.hint = hint


class UsageError(CzurbanError):
    """The options or arguments of a command are wrong."""

    code = "E100"


class UnreadableError(CzurbanError):
    """A file or folder does not exist, or nothing in it can be read."""

    code = "E200"


class PlanError(UnreadableError):
    """A plan cannot be used as it stands. `findings` say why."""

    def __init__(self, message: Message, hint: Message, findings: Findings) -> None:
        super().__init__(message, hint)
        self.findings = findings


class UnknownThingError(CzurbanError):
    """The plan has nothing of that name."""

    code = "E300"


class MissingExtraError(CzurbanError):
    """An optional package that this command needs is not installed."""

    code = "E500"


def install_line(extra: str) -> str:
    """Return the pip command that installs the requirements of an optional extra.

    It names the requirements themselves, because the package is on no index: `pip install "czurban[…]"` works only from
    its source.
    """
    from importlib.metadata import requires  # noqa: PLC0415 - only where something is missing

    lines = (line.partition(";") for line in requires("czurban") or ())
    wanted = (name.strip() for name, _, marker in lines if f"extra == '{extra}'" in marker.replace('"', "'"))
    return " ".join(["pip install", *(f'"{name}"' for name in wanted)])


class OutputError(CzurbanError):
    """A report could not be written to its file."""

    code = "E400"


class EngineError(CzurbanError):
    """An engine cannot start or answer: no Java, a full disk, too little memory, no such table."""

    code = "E600"


class BrokenTableError(EngineError):
    """The text of a table is broken: wrong number of cells, an open quotation mark, or bytes that are no text."""


class RefusedFileError(OSError):
    """A file is not read, for a reason given as a clause: no regular file, too large, or outside its folder."""

    def __init__(self, reason: Message) -> None:
        super().__init__(str(reason))
        self.reason = reason


_REASONS = {
    errno.ENOENT: say("it does not exist"),
    errno.EISDIR: say("it is a folder"),
    errno.ENOTDIR: say("a part of the path is not a folder"),
    errno.EACCES: say("permission is denied"),
    errno.EPERM: say("permission is denied"),
    errno.EROFS: say("the disk is read-only"),
    errno.ENOSPC: say("the disk is full"),
    errno.ENAMETOOLONG: say("the name is too long"),
    errno.EBUSY: say("it is in use"),
    errno.ELOOP: say("its links form a circle"),
    errno.EEXIST: say("there is something of this name already"),
    errno.ENOTEMPTY: say("the folder is not empty"),
    errno.EIO: say("the disk cannot be read or written"),
    errno.EINVAL: say("the system does not take this name or this kind of file"),
    errno.ENXIO: say("nothing is at its other end"),
    errno.EFBIG: say("it would be too large for the disk"),
    errno.EDQUOT: say("the space of this user is used up"),
    errno.ETXTBSY: say("it is in use"),
    errno.EMFILE: say("too many files are open"),
    errno.ENFILE: say("too many files are open"),
    errno.EXDEV: say("the two are on different disks"),
    errno.EPIPE: say("its reader has gone away"),
    errno.EOPNOTSUPP: say("the disk does not support this"),
    errno.ESTALE: say("the network disk does not have it any more"),
    errno.ETIMEDOUT: say("the network disk does not answer"),
    errno.ENOMEM: say("there is too little memory"),
    errno.ENODEV: say("there is no such device"),
    errno.ENOSYS: say("the system does not support this"),
    errno.EAGAIN: say("it is in use"),
    errno.EINTR: say("it was interrupted"),
    errno.EBADF: say("it was closed already"),
    errno.ENOLCK: say("it cannot be locked"),
    errno.ECONNREFUSED: say("nothing answers there"),
    errno.ECONNRESET: say("the connection was lost"),
    errno.EHOSTUNREACH: say("the network does not reach it"),
    errno.ENETUNREACH: say("the network does not reach it"),
}


def cannot_read(path: object, error: OSError, hint: Message | None = None) -> UnreadableError:
    """Return the error of a file that the system refuses to open or to read."""
    return UnreadableError(say("{path} cannot be read: {reason}.", path=str(path), reason=reason(error)), hint)


def reason(error: OSError) -> Message | str:
    """Return why the system refused, translatable where the reason is a common one."""
    if isinstance(error, RefusedFileError):
        return error.reason
    known = _REASONS.get(error.errno or 0)
    return known or say("the system reports error {number}", number=error.errno or type(error).__name__)
