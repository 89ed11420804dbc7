"""The one language of this run, chosen before anything is said."""

import os
from collections.abc import Sequence
from functools import lru_cache

from czurban.cli.settings import settings
from czurban.errors import UsageError
from czurban.model.finding import say
from czurban.words.speaker import LANGUAGES, Speaker, choose_language

_asked: list[str | None] = [None]


def listen(arguments: Sequence[str]) -> None:
    """Find --lang among the arguments, so that even --help and a usage error speak it."""
    _asked[0] = None
    for index, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == "--lang" and index + 1 < len(arguments):
            _asked[0] = arguments[index + 1]
        elif argument.startswith("--lang="):
            _asked[0] = argument.removeprefix("--lang=")


def speaker() -> Speaker:
    """The speaker of this run.

    Raises:
        UsageError: the language asked for is not spoken.
    """
    try:
        return _speaker(choose_language(_asked[0] or _settled(), os.environ))
    except ValueError as error:
        message = say("The language “{name}” is not spoken.", name=str(error))
        raise UsageError(message, say("Choose from: {names}.", names=", ".join(LANGUAGES))) from error


def _settled() -> str | None:
    """The language of the settings, where CZURBAN_LANG names none. Broken settings are told by the command itself."""
    if os.environ.get("CZURBAN_LANG"):
        return None
    try:
        return settings().lang
    except UsageError:
        return None


@lru_cache
def _speaker(language: str) -> Speaker:
    return Speaker(language)
