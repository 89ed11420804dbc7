"""The one way a file that a user or a plan names is opened: regular files only, bounded, and inside the plan's folder.

Everything is asked of the open file and not of its name, so that a file that is replaced meanwhile changes nothing.

What the files of a plan are called.

How much of a file is read before it is refused: declared once, and raised by options of the same names.

Bytes to text: the encodings that Chinese offices send, told apart by trying them and never by statistics.
"""

import codecs
import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple

from czurban.errors import RefusedFileError, reason
from czurban.files.inputs import note_inputs
from czurban.model.faults import finding
from czurban.model.finding import Finding, Message, Place, say

TARGETS, TASKS, DEPARTMENTS = "targets.yaml", "tasks.yaml", "departments.yaml"
PLAN_FILES = (TARGETS, TASKS, DEPARTMENTS)
REGIONS = ("regions.yaml", "regions.csv")
"""One of them may be there: the hierarchy of regions."""
BREAKDOWNS = tuple(f"breakdown.{ending}" for ending in ("csv", "tsv", "xlsx", "xlsm", "xls", "ods"))
"""One of them may be there: the table of what the regions and departments are to reach."""
ALL_FILES = (*PLAN_FILES, *REGIONS, *BREAKDOWNS)

LARGEST = 16 * 1024 * 1024
"""Bytes; a file of a plan is far below it."""


_MEBIBYTE = 1024 * 1024
_FLAGS = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY"))
"""Opening a pipe that nobody writes to would wait for ever without O_NONBLOCK."""


@contextmanager
def open_regular(path: Path, inside: Path | None = None) -> Iterator[BinaryIO]:
    """Open a regular file for reading.

    Args:
        path: the file; links are followed.
        inside: the folder that the file must lie in once its links are followed; None where it may lie anywhere.

    Raises:
        RefusedFileError: it is no regular file, or lies outside that folder.
        OSError: it is not there, or the system does not let it be read.
    """
    try:
        descriptor = os.open(path, _FLAGS)
    except ValueError as error:  # a name with a NUL in it
        raise RefusedFileError(say("no file has such a name")) from error
    with open(descriptor, "rb") as stream:  # noqa: PTH123 - of a descriptor
        status = os.fstat(descriptor)
        if stat.S_ISDIR(status.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        if not stat.S_ISREG(status.st_mode):
            raise RefusedFileError(_kind(status.st_mode))
        if inside is not None and not _lies_in(inside, path, status):
            raise RefusedFileError(say("it is a link to a file outside {folder}", folder=str(inside)))
        note_inputs(path)
        yield stream


def read_regular(path: Path, inside: Path | None = None, most: int = LARGEST) -> bytes:
    """Read the whole of a regular file that has at most so many bytes.

    Raises:
        RefusedFileError: it is no regular file, lies outside the folder, or is larger.
        OSError: it is not there, or the system does not let it be read.
    """
    with open_regular(path, inside) as stream:
        data = stream.read(most + 1) if os.fstat(stream.fileno()).st_size <= most else None
    if data is None or len(data) > most:
        raise RefusedFileError(say("it is larger than {most} MiB", most=most // _MEBIBYTE))
    return data


def _lies_in(folder: Path, path: Path, status: os.stat_result) -> bool:
    """Whether the open file is the one that lies in the folder under the name that its links lead to."""
    real = Path(os.path.realpath(path))
    return real.is_relative_to(os.path.realpath(folder)) and os.path.samestat(os.lstat(real), status)


def _kind(mode: int) -> Message:
    if stat.S_ISFIFO(mode):
        return say("it is a pipe, and only regular files are read")
    return say("it is a device, and only regular files are read")


def unread(code: str, path: Path, error: OSError, most: int = LARGEST) -> "Finding":
    """Report that a plan's file cannot be read, and what such a file has to be."""
    from czurban.model.faults import finding  # noqa: PLC0415 - every start looks for settings by this module
    from czurban.model.finding import Place  # noqa: PLC0415 - as above

    message = say("The file cannot be read: {reason}.", reason=reason(error))
    if isinstance(error, FileNotFoundError):
        return finding(code, Place(str(path)), message, say("A plan needs targets.yaml and departments.yaml."))
    hint = say(
        "A plan's files are regular files in the plan's own folder, of at most {most} MiB.", most=most // _MEBIBYTE
    )
    return finding(code, Place(str(path)), message, hint)


MEBIBYTE = 1024 * 1024
LONGEST_LINE = 16 * MEBIBYTE
"""Bytes, or characters: a longer line is no row of a table, and splitting it would cost many times its size."""
_MOST_PACKED = 100
"""Tables of figures pack to about a tenth; what packs to less than a hundredth was made to fill a disk."""
BYTES_A_CELL = 26
"""What an empty cell of a workbook costs when its sheet is laid out: a far corner fills the memory like any other."""


class Limits(NamedTuple):
    """The most that a submission may hold. Rows, columns and characters of a cell are those of Excel.

    `size` is in bytes: of a text file as it is, of a workbook unpacked and laid out. An engine holds little of a table
    in memory, so it has limits of rows and size only where the user asks for them: None is without limit.
    """

    rows: int = 1_048_576
    columns: int = 16_384
    cell: int = 32_767
    size: int = 512 * MEBIBYTE
    engine_rows: int | None = None
    engine_size: int | None = None

    def unpacked(self, packed: int) -> int:
        """Return the most bytes that a packed file of so many is unpacked to for an engine."""
        return self.engine_size or max(self.size, _MOST_PACKED * packed)


LIMITS = Limits()


def too_many_rows(place: Place, met: int, limits: Limits) -> Finding:
    """More rows than the limit; the table is not read at all, since a row beyond it could contradict one before."""
    message = say("There are {met} rows, and the limit is {limit}; the table is not read.", met=met, limit=limits.rows)
    return finding("S113", place, message, say("Raise the limit with --max-rows {met} if that is meant.", met=met))


def too_many_columns(place: Place, met: int, limits: Limits) -> Finding:
    """More columns than the limit; the table is not read."""
    message = say(
        "There are {met} columns, and the limit is {limit}; the table is not read.", met=met, limit=limits.columns
    )
    return finding("S113", place, message, say("Raise the limit with --max-columns {met} if that is meant.", met=met))


def too_long_a_cell(place: Place, met: int, limits: Limits) -> Finding:
    """A cell with more characters than the limit; its row is not used."""
    message = say(
        "A cell of this row has {met} characters, and the limit is {limit}; the row is not used.",
        met=met,
        limit=limits.cell,
    )
    hint = say("Write the number alone and remarks elsewhere, or raise the limit with --max-cell {met}.", met=met)
    return finding("S113", place, message, hint)


def too_large(place: Place, met: int, limits: Limits) -> Finding:
    """More bytes than the limit; nothing is read."""
    message = say(
        "The file holds {met} MiB when unpacked, and the limit is {limit} MiB; it is not read.",
        met=-(-met // MEBIBYTE),
        limit=limits.size // MEBIBYTE,
    )
    hint = say(
        "Copy the table alone into a new file, or raise the limit with --max-size {met}.", met=-(-met // MEBIBYTE)
    )
    return finding("S113", place, message, hint)


def larger_unpacked(place: Place, most: int) -> Finding:
    """More bytes than the limit, met while unpacking, which stops there."""
    message = say("The file holds more than {limit} MiB, unpacked; it is not read.", limit=most // MEBIBYTE)
    return finding("S113", place, message, say("Raise the limit with --max-size if the file is trusted."))


def too_long_a_line(place: Place) -> Finding:
    """A line that no table has; the table is not read."""
    message = say("A line is longer than {limit} MiB; the table is not read.", limit=LONGEST_LINE // MEBIBYTE)
    return finding("S113", place, message, say("Save the table anew, each row on a line of its own."))


_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 4096
_LONGEST_CHARACTER = 4


class Text(NamedTuple):
    """Decoded text, the encoding it was in, as a person would name it, and whether its last character is cut in two."""

    text: str
    encoding: str
    cut: bool = False


def decode(data: bytes) -> Text | None:
    """Decode UTF-8 or UTF-16 (with or without a byte order mark) or GB18030, which contains GBK and GB2312.

    Returns None for bytes that are text in none of them. Text with NUL characters is not text.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _try(data[len(bom) :], encoding) or _try_cut(data[len(bom) :], encoding)
    if wide := _utf16_without_mark(data):
        return _try(data, wide)
    return _try(data, "utf-8") or _try_cut(data, "utf-8") or _try(data, "gb18030") or _try_cut(data, "gb18030")


def _try(data: bytes, encoding: str) -> Text | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else Text(text, encoding.upper())


def _try_cut(data: bytes, encoding: str) -> Text | None:
    """Decode all but a last character that is not whole, as a transfer that broke off leaves it.

    Text that is ASCII up to there says nothing of its encoding, and is left to the next one to try.
    """
    try:
        data.decode(encoding)
    except UnicodeDecodeError as error:
        begun = len(data) - error.start
        if begun >= _LONGEST_CHARACTER or error.end != len(data) or data[: error.start].isascii():
            return None
        whole = _try(data[: error.start], encoding)
        return Text(whole.text, whole.encoding, cut=True) if whole else None
    return None


def _utf16_without_mark(data: bytes) -> str | None:
    """Tell UTF-16 by its line ends: 0A 00 or 00 0A at an even offset, which no other text encoding has."""
    sample = data[:_SAMPLE]
    pairs = [sample[i : i + 2] for i in range(0, len(sample) - 1, 2)]
    if len(data) % 2 == 0 and b"\n\0" in pairs:
        return "utf-16-le"
    return "utf-16-be" if len(data) % 2 == 0 and b"\0\n" in pairs else None
