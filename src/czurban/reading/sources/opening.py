"""Open and decode files: regular files only, within limits, in the encodings that Chinese offices use.

Checks are made on the open file and not on its name, so that a file that is replaced meanwhile makes no difference.
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
from czurban.model.finding import Finding, Findings, Place, say

TARGETS, TASKS, DEPARTMENTS = "targets.yaml", "tasks.yaml", "departments.yaml"
PLAN_FILES = (TARGETS, TASKS, DEPARTMENTS)
REGIONS = ("regions.yaml", "regions.csv")
"""The hierarchy of regions; a plan may have one of these files."""
BREAKDOWNS = tuple(f"breakdown.{ending}" for ending in ("csv", "tsv", "xlsx", "xlsm", "xls", "ods"))
"""The breakdown of the targets over regions and departments; a plan may have one of these files."""
ALL_FILES = (*PLAN_FILES, *REGIONS, *BREAKDOWNS)

MEBIBYTE = 1024 * 1024
LARGEST = 16 * MEBIBYTE
"""The most bytes of a plan's file; real ones are far smaller."""
_FLAGS = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY"))
"""Without O_NONBLOCK, opening a pipe that has no writer would wait for ever."""


@contextmanager
def open_regular(path: Path, inside: Path | None = None) -> Iterator[BinaryIO]:
    """Open a regular file for reading.

    Args:
        path: the file; links are followed.
        inside: the folder that must contain the file once its links are followed; None for any folder.

    Raises:
        RefusedFileError: it is not a regular file, or lies outside that folder.
        OSError: it does not exist, or may not be read.
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
            if stat.S_ISFIFO(status.st_mode):
                raise RefusedFileError(say("it is a pipe, and only regular files are read"))
            raise RefusedFileError(say("it is a device, and only regular files are read"))
        if inside is not None and not _lies_in(inside, path, status):
            raise RefusedFileError(say("it is a link to a file outside {folder}", folder=str(inside)))
        note_inputs(path)
        yield stream


def read_regular(path: Path, inside: Path | None = None, most: int = LARGEST) -> bytes:
    """Read a regular file of at most `most` bytes.

    Raises:
        RefusedFileError: it is not a regular file, lies outside the folder, or is larger.
        OSError: it does not exist, or may not be read.
    """
    with open_regular(path, inside) as stream:
        data = stream.read(most + 1) if os.fstat(stream.fileno()).st_size <= most else None
    if data is None or len(data) > most:
        raise RefusedFileError(say("it is larger than {most} MiB", most=most // MEBIBYTE))
    return data


def _lies_in(folder: Path, path: Path, status: os.stat_result) -> bool:
    """Return whether a path leads to a file in the folder, and that is the open file."""
    real = Path(os.path.realpath(path))
    return real.is_relative_to(os.path.realpath(folder)) and os.path.samestat(os.lstat(real), status)


def read_plan_text(path: Path, code: str = "P101") -> tuple[str | None, Findings]:
    """Read the text of a plan's file; return None and a finding where it cannot be read or is not text."""
    try:
        decoded = decode(read_regular(path, path.parent))
    except OSError as error:
        return None, (unreadable_file(code, path, error),)
    return (decoded.text, ()) if decoded else (None, (not_text(path, code),))


def not_text(path: Path, code: str = "P101") -> Finding:
    """Return the finding for a plan's file that is not text."""
    return finding(code, Place(str(path)), say("The file is not text."), say("Save it as text in UTF-8."))


def unreadable_file(code: str, path: Path, error: OSError, most: int = LARGEST) -> Finding:
    """Return the finding for a plan's file that cannot be read."""
    message = say("The file cannot be read: {reason}.", reason=reason(error))
    if isinstance(error, FileNotFoundError):
        return finding(code, Place(str(path)), message, say("A plan needs targets.yaml and departments.yaml."))
    hint = say(
        "A plan's files are regular files in the plan's own folder, of at most {most} MiB.", most=most // MEBIBYTE
    )
    return finding(code, Place(str(path)), message, hint)


LONGEST_LINE = 16 * MEBIBYTE
"""Bytes, or characters: a longer line is no row of a table, and splitting it would take many times its size."""
_MOST_COMPRESSION = 100
"""Tables of figures compress about tenfold; a file that compresses more than a hundredfold was made to fill a disk."""
BYTES_A_CELL = 26
"""The memory for an empty cell of a workbook: a sheet with one cell in a far corner takes as much as a full one."""


class Limits(NamedTuple):
    """The largest submission that is read. Rows, columns and characters of a cell are those of Excel.

    `size` is in bytes: of a text file as it is, of a workbook unpacked and laid out. Engines keep little of a table in
    memory, so they have limits of rows and size only where the user sets them; None is without limit.
    """

    rows: int = 1_048_576
    columns: int = 16_384
    cell: int = 32_767
    size: int = 512 * MEBIBYTE
    engine_rows: int | None = None
    engine_size: int | None = None

    def unpacked(self, packed: int) -> int:
        """Return the most bytes that a packed file of this size may unpack to for an engine."""
        return self.engine_size or max(self.size, _MOST_COMPRESSION * packed)


LIMITS = Limits()


def too_many_rows(place: Place, met: int, limits: Limits) -> Finding:
    """Return the finding for too many rows; no row is read, since a later one could contradict an earlier one."""
    message = say("There are {met} rows, and the limit is {limit}; the table is not read.", met=met, limit=limits.rows)
    return finding("S113", place, message, say("Raise the limit with --max-rows {met} if that is meant.", met=met))


def too_many_columns(place: Place, met: int, limits: Limits) -> Finding:
    """Return the finding for too many columns; the table is not read."""
    message = say(
        "There are {met} columns, and the limit is {limit}; the table is not read.", met=met, limit=limits.columns
    )
    return finding("S113", place, message, say("Raise the limit with --max-columns {met} if that is meant.", met=met))


def too_long_a_cell(place: Place, met: int, limits: Limits) -> Finding:
    """Return the finding for a cell with too many characters; its row is not used."""
    message = say(
        "A cell of this row has {met} characters, and the limit is {limit}; the row is not used.",
        met=met,
        limit=limits.cell,
    )
    hint = say("Write the number alone and remarks elsewhere, or raise the limit with --max-cell {met}.", met=met)
    return finding("S113", place, message, hint)


def too_large(place: Place, met: int, limits: Limits) -> Finding:
    """Return the finding for too many bytes; nothing is read."""
    size = -(-met // MEBIBYTE)
    message = say(
        "The file holds {met} MiB when unpacked, and the limit is {limit} MiB; it is not read.",
        met=size,
        limit=limits.size // MEBIBYTE,
    )
    hint = say("Copy the table alone into a new file, or raise the limit with --max-size {met}.", met=size)
    return finding("S113", place, message, hint)


def larger_unpacked(place: Place, most: int) -> Finding:
    """Return the finding for a packed file with too many bytes; unpacking stops at the limit."""
    message = say("The file holds more than {limit} MiB, unpacked; it is not read.", limit=most // MEBIBYTE)
    return finding("S113", place, message, say("Raise the limit with --max-size if the file is trusted."))


def too_long_a_line(place: Place) -> Finding:
    """Return the finding for a line that is too long for a table; the table is not read."""
    message = say("A line is longer than {limit} MiB; the table is not read.", limit=LONGEST_LINE // MEBIBYTE)
    return finding("S113", place, message, say("Save the table again, each row on a line of its own."))


_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 4096
_LONGEST_CHARACTER = 4


class DecodedText(NamedTuple):
    """A text, the usual name of its encoding, and whether its last character is incomplete."""

    text: str
    encoding: str
    cut: bool = False


def decode(data: bytes) -> DecodedText | None:
    """Decode UTF-8 or UTF-16 (with or without a byte order mark) or GB18030, which contains GBK and GB2312.

    The encodings are tried in turn, without statistics. Returns None for bytes that are text in none of them, or that
    have NUL characters.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _try(data[len(bom) :], encoding) or _try_cut(data[len(bom) :], encoding)
    if wide := _utf16_without_mark(data):
        return _try(data, wide)
    return _try(data, "utf-8") or _try_cut(data, "utf-8") or _try(data, "gb18030") or _try_cut(data, "gb18030")


def _try(data: bytes, encoding: str) -> DecodedText | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else DecodedText(text, encoding.upper())


def _try_cut(data: bytes, encoding: str) -> DecodedText | None:
    """Decode all but an incomplete last character, as an interrupted transfer leaves it.

    Text that is otherwise ASCII could be in any encoding, and is left to the next one to try.
    """
    try:
        data.decode(encoding)
    except UnicodeDecodeError as error:
        begun = len(data) - error.start
        if begun >= _LONGEST_CHARACTER or error.end != len(data) or data[: error.start].isascii():
            return None
        whole = _try(data[: error.start], encoding)
        return whole._replace(cut=True) if whole else None
    return None


def _utf16_without_mark(data: bytes) -> str | None:
    """Recognise UTF-16 by its line ends: 0A 00 or 00 0A at an even offset, which no other text encoding has."""
    if len(data) % 2:
        return None
    pairs = {data[i : i + 2] for i in range(0, min(len(data), _SAMPLE) - 1, 2)}
    return "utf-16-le" if b"\n\0" in pairs else "utf-16-be" if b"\0\n" in pairs else None
