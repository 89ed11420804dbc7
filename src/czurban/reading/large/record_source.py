"""Find the files of a table of records, and read how they are written."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from czurban.errors import UnreadableError, cannot_read
from czurban.model.finding import Message, say
from czurban.reading.large.encodings import encoding_by_head
from czurban.reading.sources.file_names import PACKED, PARQUET, TEXTS
from czurban.reading.sources.find_files import find_files
from czurban.reading.sources.opening import FileKind, kind_of, open_regular
from czurban.reading.sources.packed import check_parquet, first_bytes
from czurban.reading.sources.skipped_files import SkippedFile

_DELIMITERS = ",\t;|"
_SAMPLE = 1 << 16


class RecordFiles(NamedTuple):
    """The files of one table, in order, and how to read them.

    `columns` are those of a CSV, and `header` is the number of lines with their names. `newline` is its line end, and
    `wrapped` is true where cells contain line ends. `rows` is the number of rows that an engine must find. `left_out`
    has the other files of the folders.
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
    left_out: tuple[SkippedFile, ...] = ()


def find_records(places: Sequence[str]) -> RecordFiles:
    """Find the files of a table.

    Raises:
        UnreadableError: there is none, or they are not of one format with the same columns.
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
        message = say("The records are in both Parquet and CSV; only one of the two is possible.")
        raise UnreadableError(message, say("Name the files of one kind: 'records/*.parquet'."))
    if forms == {"parquet"}:
        return RecordFiles(tuple(paths), "parquet", left_out=search.left_out)
    heads = [_read_head(path) for path in paths]
    for head in heads:
        if head._replace(paths=(), encoding="") != heads[0]._replace(paths=(), encoding=""):
            message = say("{path} does not have the columns that {first} has.", path=head.paths[0], first=paths[0])
            raise UnreadableError(message, say("Files of one table have the same columns in the same order."))
    return heads[0]._replace(paths=tuple(paths), left_out=search.left_out)


def _form(path: str) -> str:
    try:
        with open_regular(Path(path)) as stream:
            begins = stream.read(4)
    except OSError as error:
        raise cannot_read(path, error) from error
    if begins != b"PAR1":
        return "csv"
    check_parquet(Path(path))
    return "parquet"


def _read_head(path: str) -> RecordFiles:
    """Read the encoding, delimiter and columns of a CSV from its first record."""
    data = first_bytes(path, _SAMPLE)
    encoding = encoding_by_head(data, whole=len(data) < _SAMPLE)
    if encoding is None or kind_of(data) is not FileKind.TEXT:
        raise UnreadableError(_refusal(path, kind_of(data)), say("Save the table as CSV in UTF-8, or as Parquet."))
    lines = io.StringIO(data.decode(encoding, "replace").removeprefix("\ufeff"), newline="").readlines()
    delimiter = max(_DELIMITERS, key=lines[0].count) if lines else ","
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    try:
        cells = [" ".join(cell.split()) for cell in next(reader, [])]
    except csv.Error:
        cells = []
    if not any(cells):
        message = say("{path} has no first line that names its columns.", path=path)
        raise UnreadableError(message, say("Save it as CSV in UTF-8 with the columns' names in its first line."))
    columns = tuple(cell or f"#{number}" for number, cell in enumerate(cells, 1))  # which no metric asks for
    names = [name.casefold() for name in columns]
    repeated = next((columns[n] for n, name in enumerate(names) if name in names[:n]), None)
    if repeated is not None:
        message = say("{path} has two columns called “{name}”.", path=path, name=repeated)
        raise UnreadableError(message, say("Give one of the two another name."))
    return RecordFiles((path,), "csv", columns, delimiter, encoding, reader.line_num)


def _refusal(path: str, kind: FileKind) -> Message:
    match kind:
        case FileKind.XLSX | FileKind.XLS | FileKind.ODS:
            return say("{path} is a workbook ({kind}), but records must be CSV or Parquet.", path=path, kind=str(kind))
        case FileKind.HTML | FileKind.XML:
            return say("{path} is a web page or XML, but records must be CSV or Parquet.", path=path)
    return say("{path} is neither text in UTF-8, GB18030 or UTF-16, nor Parquet.", path=path)
