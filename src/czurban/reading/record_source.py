"""Which files hold a table of records: one, those a pattern names, or all in a folder, Parquet or CSV."""

import csv
import glob
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from czurban.errors import UnreadableError, reason
from czurban.model.message import say
from czurban.reading.encoding import decode
from czurban.reading.packed import first_bytes

_PARQUET = (".parquet", ".pq")
_TEXT = (".csv", ".tsv", ".txt")
_CSV = tuple(f"{text}{packed}" for text in _TEXT for packed in ("", ".gz", ".zst"))
_DELIMITERS = ",\t;|"
_SAMPLE = 1 << 16


class RecordFiles(NamedTuple):
    """The files of one table, in order, and how to read them.

    `columns` are those of a CSV, in order; `header` says that its first line names them.
    """

    paths: tuple[str, ...]
    form: str
    columns: tuple[str, ...] = ()
    delimiter: str = ","
    encoding: str = "utf-8"
    header: bool = True


def find_records(places: Sequence[str]) -> RecordFiles:
    """Find the files of a table.

    Raises:
        UnreadableError: there is none, or they are not of one form with the same columns.
    """
    paths = sorted({path for place in places for path in _files(place)})
    forms = {_form(path) for path in paths}
    if len(forms) > 1:
        message = say("The records are in Parquet and in CSV, and it takes one of the two.")
        raise UnreadableError(message, say("Name the files of one kind: 'records/*.parquet'."))
    if forms == {"parquet"}:
        return RecordFiles(tuple(paths), "parquet")
    heads = {path: _head(path) for path in paths}
    first = heads[paths[0]]
    for path, head in heads.items():
        if head[1:] != first[1:]:
            message = say("{path} does not have the columns that {first} has.", path=path, first=paths[0])
            raise UnreadableError(message, say("Files of one table have the same columns in the same order."))
    return RecordFiles(tuple(paths), "csv", first[2], first[1], first[0])


def _files(place: str) -> list[str]:
    path = Path(place)
    if path.is_dir():
        found = [str(one) for one in sorted(path.iterdir()) if one.is_file() and _known(one.name)]
    elif path.is_file():
        return [place]
    else:
        found = [one for one in sorted(glob.glob(place, recursive=True)) if Path(one).is_file()]  # noqa: PTH207 - a pattern may be absolute
    if not found:
        message = say("There are no records at {path}.", path=place)
        raise UnreadableError(
            message, say("Name a Parquet or CSV file, a folder of them, or a pattern such as 'records/*.csv'.")
        )
    return found


def _known(name: str) -> bool:
    return not name.startswith((".", "_", "~$")) and name.lower().endswith((*_PARQUET, *_CSV))


def _form(path: str) -> str:
    try:
        with Path(path).open("rb") as stream:
            begins = stream.read(4)
    except OSError as error:
        raise UnreadableError(say("{path} cannot be read: {reason}.", path=path, reason=reason(error))) from error
    return "parquet" if begins == b"PAR1" else "csv"


def _head(path: str) -> tuple[str, str, tuple[str, ...]]:
    """Encoding, delimiter and columns of a CSV, by its first line."""
    decoded = decode(first_bytes(path, _SAMPLE))
    line = decoded.text.removeprefix("\ufeff").partition("\n")[0].strip("\r") if decoded else ""
    if decoded is None or not line.strip():
        raise _headless(path)
    delimiter = max(_DELIMITERS, key=line.count)
    try:
        columns = tuple(cell.strip() for cell in next(csv.reader([line], delimiter=delimiter, strict=True)))
    except csv.Error as error:
        raise _headless(path) from error
    names = [name.casefold() for name in columns]
    twice = next((columns[n] for n, name in enumerate(names) if name in names[:n]), None)
    if twice is not None:
        message = say("{path} has two columns called “{name}”.", path=path, name=twice)
        raise UnreadableError(message, say("Give one of the two another name."))
    return decoded.encoding.lower(), delimiter, columns


def _headless(path: str) -> UnreadableError:
    message = say("{path} has no first line that names its columns.", path=path)
    return UnreadableError(message, say("Save it as CSV in UTF-8 with the columns' names in its first line."))
