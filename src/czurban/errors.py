"""Why the program cannot go on: a code, a sentence, what to do. Not a fault in a file, nor a fact about the city."""

from czurban.model.message import Message


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


class UnknownThingError(CzurbanError):
    """Nothing in the plan is called so."""

    code = "E300"


class MissingExtraError(CzurbanError):
    """Something the program can do without, but this cannot, is not installed."""

    code = "E500"


class OutputError(CzurbanError):
    """A report could not be written where it was asked to go."""

    code = "E400"
