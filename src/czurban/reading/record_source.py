"""Which files hold a table of records: one, those a pattern names, or all in a folder, Parquet or CSV."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from czurban.errors import UnreadableError, reason
from czurban.model.message import Message, say
from czurban.reading.find_files import PACKED, PARQUET, TEXTS, LeftOut, find_files
from czurban.reading.kinds import Kind, kind_of
from czurban.reading.large.csv_head import encoding_by_head
from czurban.reading.packed import check_parquet, first_bytes
from czurban.reading.regular_file import open_regular

_DELIMITERS = ",\t;|"
_SAMPLE = 1 << 16


class RecordFiles(NamedTuple):
    """The files of one table, in order, and how to read them.

    `columns` are those of a CSV, in order; `header` is how many lines name them. `newline` ends its lines, and
    `wrapped` says that cells are known to hold line ends; `rows` is how many rows an engine has to find; `left_out` is
    what else lies in the folders.
    """

    paths: tuple[str, ...]
    form: str
    columns: tuple[str, ...] = ()
    delimiter: str = ","
    encoding: str = "utf-8"
    header: int = 1
    newline: str = "\n"
    wrapped: bool = False
    rows: int | None = None
    left_out: tuple[LeftOut, ...] = ()


def find_records(places: Sequence[str]) -> RecordFiles:
    """Find the files of a table.

    Raises:
        UnreadableError: there is none, or they are not of one form with the same columns.
    """
    if "-" in places:
        message = say("Records are not read from standard input.")
        raise UnreadableError(message, say("Write them to a file, and name it with --records."))
    search = find_files(places, types=(*PARQUET, *TEXTS, *PACKED), deep=False, derived=False)
    paths = [path for path in search.files if not Path(path).name.startswith("_")]
    if not paths:
        raise UnreadableError(
            say("There are no records at {path}.", path=" ".join(places)),
            say("Name a Parquet or CSV file, a folder of them, or a pattern such as 'records/*.csv'."),
        )
    forms = {_form(path) for path in paths}
    if len(forms) > 1:
        message = say("The records are in Parquet and in CSV, and it takes one of the two.")
        raise UnreadableError(message, say("Name the files of one kind: 'records/*.parquet'."))
    if forms == {"parquet"}:
        return RecordFiles(tuple(paths), "parquet", left_out=search.left_out)
    heads = {path: _head(path) for path in paths}
    first = heads[paths[0]]
    for path, head in heads.items():
        if head[1:] != first[1:]:
            message = say("{path} does not have the columns that {first} has.", path=path, first=paths[0])
            raise UnreadableError(message, say("Files of one table have the same columns in the same order."))
    return RecordFiles(tuple(paths), "csv", first[2], first[1], first[0], first[3], left_out=search.left_out)


def _form(path: str) -> str:
    try:
        with open_regular(Path(path)) as stream:
            begins = stream.read(4)
    except OSError as error:
        raise UnreadableError(say("{path} cannot be read: {reason}.", path=path, reason=reason(error))) from error
    if begins != b"PAR1":
        return "csv"
    check_parquet(Path(path))
    return "parquet"


def _head(path: str) -> tuple[str, str, tuple[str, ...], int]:
    """Encoding, delimiter and columns of a CSV, by its first record, and how many lines that takes."""
    data = first_bytes(path, _SAMPLE)
    encoding = encoding_by_head(data, whole=len(data) < _SAMPLE)
    if encoding is None or kind_of(data) is not Kind.TEXT:
        raise UnreadableError(_no_records(path, kind_of(data)), say("Save the table as CSV in UTF-8, or as Parquet."))
    lines = io.StringIO(data.decode(encoding, "replace").removeprefix("\ufeff"), newline="").readlines()
    if not lines or not lines[0].strip():
        raise _headless(path)
    delimiter = max(_DELIMITERS, key=lines[0].count)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    try:
        cells = [" ".join(cell.split()) for cell in next(reader)]
    except csv.Error as error:
        raise _headless(path) from error
    if not any(cells):
        raise _headless(path)
    columns = tuple(cell or f"#{number}" for number, cell in enumerate(cells, 1))  # which no metric asks for
    names = [name.casefold() for name in columns]
    twice = next((columns[n] for n, name in enumerate(names) if name in names[:n]), None)
    if twice is not None:
        message = say("{path} has two columns called “{name}”.", path=path, name=twice)
        raise UnreadableError(message, say("Give one of the two another name."))
    return encoding, delimiter, columns, reader.line_num


def _no_records(path: str, kind: Kind) -> Message:
    match kind:
        case Kind.XLSX | Kind.XLS | Kind.ODS:
            return say("{path} is a workbook ({kind}), and records are no workbook.", path=path, kind=str(kind))
        case Kind.HTML | Kind.XML:
            return say("{path} is a web page or XML, and records are CSV or Parquet.", path=path)
    return say("{path} is no text in UTF-8, GB18030 or UTF-16, and no Parquet.", path=path)


def _headless(path: str) -> UnreadableError:
    message = say("{path} has no first line that names its columns.", path=path)
    return UnreadableError(message, say("Save it as CSV in UTF-8 with the columns' names in its first line."))
