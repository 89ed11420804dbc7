"""The nearest pyproject.toml with a [tool.czurban] in it, from the working folder upward."""

from collections.abc import Iterator
from pathlib import Path

from czurban.errors import UsageError, reason
from czurban.model.finding import Message, say
from czurban.reading.sources.opening import read_regular

NAME = "pyproject.toml"
_SIGN = b"tool.czurban"


def find_table() -> tuple[Path, dict[str, object]] | None:
    """The file and its table. Only a file that holds the table's name is parsed at all.

    Raises:
        UsageError: a file that holds it cannot be read.
    """
    for folder in _upward():
        path = folder / NAME
        try:
            data = read_regular(path) if path.is_file() else b""
            if _SIGN in data:  # a file that a link leads to elsewhere is not this project's
                data = read_regular(path, folder)
        except OSError as error:
            raise _unreadable(path, reason(error)) from error
        table = _table(path, data) if _SIGN in data else None
        if table is not None:
            return path, table
    return None


def _upward() -> Iterator[Path]:
    try:
        here = Path.cwd()
    except OSError:  # the working folder is gone
        return
    yield from (here, *here.parents)


def _table(path: Path, data: bytes) -> dict[str, object] | None:
    import tomllib  # noqa: PLC0415 - only where there are settings

    try:
        tool = tomllib.loads(data.decode("utf-8-sig")).get("tool")
    except RecursionError as error:
        raise _unreadable(path, say("its brackets are nested too deep")) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _unreadable(path, str(error)) from error
    except ValueError as error:  # Python's own limit of digits
        raise _unreadable(path, say("a number in it has thousands of digits")) from error
    table = tool.get("czurban") if isinstance(tool, dict) else None
    if table is not None and not isinstance(table, dict):
        raise _unreadable(path, NAME)
    return table


def _unreadable(path: Path, why: Message | str) -> UsageError:
    message = say("{path} cannot be read: {reason}.", path=str(path), reason=why)
    return UsageError(message, say("Its settings for czurban stand under [tool.czurban]."))
