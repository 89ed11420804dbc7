"""Why the program cannot go on: a code, a sentence, what to do. Not a fault in a file, nor a fact about the city."""

import errno

from czurban.model.finding import Findings, Message, say


class CzurbanError(Exception):
    """The program cannot go on. The message says why and the hint says what to do."""

    code = "E000"

    def __init__(self, message: Message, hint: Message | None = None) -> None:
        super().__init__(str(message))
        self.message = message
        self.hint = hint


class UsageError(CzurbanError):
    """The command was asked for something it cannot make sense of."""

    code = "E100"


class UnreadableError(CzurbanError):
    """A file or folder is not there, or nothing in it can be read."""

    code = "E200"


class PlanError(UnreadableError):
    """A plan cannot be used as it stands. `findings` say why."""

    def __init__(self, message: Message, hint: Message, findings: Findings) -> None:
        super().__init__(message, hint)
        self.findings = findings


class UnknownThingError(CzurbanError):
    """Nothing in the plan is called so."""

    code = "E300"


class MissingExtraError(CzurbanError):
    """Something the program can do without, but this cannot, is not installed."""

    code = "E500"


def install_line(extra: str) -> str:
    """Return the pip command that installs what an optional extra of this package needs.

    The requirements themselves are named, from the installed package's metadata: the package is on no index, so
    `pip install "czurban[…]"` works only for someone who has its source.
    """
    from importlib.metadata import requires  # noqa: PLC0415 - only where something is missing

    lines = (line.partition(";") for line in requires("czurban") or ())
    wanted = (name.strip() for name, _, marker in lines if f"extra == '{extra}'" in marker.replace('"', "'"))
    return " ".join(["pip install", *(f'"{name}"' for name in wanted)])


class OutputError(CzurbanError):
    """A report could not be written where it was asked to go."""

    code = "E400"


class EngineError(CzurbanError):
    """An engine cannot be started, or cannot answer: no Java, a full disk, too little memory, a table not there."""

    code = "E600"


class BrokenTableError(EngineError):
    """A table's text is not whole: a row has too few or too many cells, a quotation mark is open, bytes are no text."""


class RefusedFileError(OSError):
    """A file that is not read, and why, as a clause: no regular file, too large, or outside its folder."""

    def __init__(self, why: Message) -> None:
        super().__init__(str(why))
        self.why = why


_REASONS = {
    errno.ENOENT: say("it is not there"),
    errno.EISDIR: say("it is a folder"),
    errno.ENOTDIR: say("a part of the path is no folder"),
    errno.EACCES: say("permission is denied"),
    errno.EPERM: say("permission is denied"),
    errno.EROFS: say("the disk is for reading only"),
    errno.ENOSPC: say("the disk is full"),
    errno.ENAMETOOLONG: say("the name is too long"),
    errno.EBUSY: say("somebody else is using it"),
    errno.ELOOP: say("its links go round in a circle"),
}


def reason(error: OSError) -> Message | str:
    """Why the system refused, in words that can be translated; the system's own where it says something rare."""
    if isinstance(error, RefusedFileError):
        return error.why
    return _REASONS.get(error.errno or 0) or error.strerror or type(error).__name__
