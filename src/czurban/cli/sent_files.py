"""The files that departments have sent: those named, and what lies in the folders named, with its time."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from czurban.errors import UnreadableError
from czurban.model.message import say

_TABLES = {".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls"}


def sent_files(places: Sequence[Path]) -> list[str]:
    """Find the files. What a spreadsheet program leaves beside an open file (~$…) is none, nor what is hidden.

    Raises:
        UnreadableError: a place is not there, or a folder holds no table.
    """
    found: list[str] = []
    for place in places:
        if not place.exists():
            raise UnreadableError(say("There is no file {path}.", path=str(place)), say("Check the name."))
        if not place.is_dir():
            found.append(str(place))
            continue
        tables = [one for one in sorted(place.iterdir()) if _is_table(one)]
        if not tables:
            message = say("The folder {path} holds no table.", path=str(place))
            raise UnreadableError(message, say("Put the forms that came back into it (XLSX, XLS or CSV)."))
        found += map(str, tables)
    return found


def other_files(places: Sequence[Path]) -> list[str]:
    """What else lies in the folders, such as a scan: it is not read, and that is to be said."""
    inside = (one for place in places if place.is_dir() for one in sorted(place.iterdir()))
    return [str(one) for one in inside if _is_sent(one) and not _is_table(one)]


def _is_table(path: Path) -> bool:
    return _is_sent(path) and path.suffix.lower() in _TABLES


def _is_sent(path: Path) -> bool:
    return path.is_file() and not path.name.startswith(("~$", "."))


def time_of(file: str) -> str:
    """When a file was last changed, as it shall be printed."""
    return f"{dt.datetime.fromtimestamp(Path(file).stat().st_mtime).astimezone():%Y-%m-%d %H:%M}"
