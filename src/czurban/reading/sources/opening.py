"""Open files, recognise what they are, and decode text: regular files only, in the encodings that offices use.

Checks are made on the open file and not on its name, so that a file that is replaced meanwhile makes no difference.
"""

import codecs
import errno
import io
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path, PurePath
from typing import BinaryIO, NamedTuple

from czurban.errors import RefusedFileError, reason
from czurban.files.inputs import note_inputs
from czurban.model.faults import finding
from czurban.model.finding import Finding, Findings, Message, Place, say
from czurban.reading.sources.limits import MEBIBYTE

TARGETS, TASKS, DEPARTMENTS = "targets.yaml", "tasks.yaml", "departments.yaml"
PLAN_FILES = (TARGETS, TASKS, DEPARTMENTS)
REGIONS = ("regions.yaml", "regions.csv")
"""The hierarchy of regions; a plan may have one of these files."""
BREAKDOWNS = tuple(f"breakdown.{ending}" for ending in ("csv", "tsv", "xlsx", "xlsm", "xls", "ods"))
"""The breakdown of the targets over regions and departments; a plan may have one of these files."""
ALL_FILES = (*PLAN_FILES, *REGIONS, *BREAKDOWNS)

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
    if len(data) % 2 or b"\0" not in data[:_SAMPLE]:
        return None
    pairs = {data[i : i + 2] for i in range(0, min(len(data), _SAMPLE) - 1, 2)}
    return "utf-16-le" if b"\n\0" in pairs else "utf-16-be" if b"\0\n" in pairs else None


class FileKind(StrEnum):
    """The kinds of file that a submission can be, and those that people send instead."""

    TEXT = "CSV"
    XLSX = "XLSX"
    XLS = "XLS"
    ODS = "ODS"
    DOCX = "Word"
    PDF = "PDF"
    HTML = "HTML"
    XML = "XML"
    GZIP = "gzip"
    ZSTD = "zstd"
    PARQUET = "Parquet"


_ODS = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
_SNIFFED = 4096
MAGIC = 8
"""The bytes that are enough to recognise packed files and Parquet."""
_ZSTD, _ZSTD_SKIPPED = b"\x28\xb5\x2f\xfd", b"\x2a\x4d\x18"
_HTML = (b"<!doctype html", b"<html", b"<table", b"<head", b"<body", b"mime-version:", b"<!--")
_KINDS_BY_SUFFIX: dict[str, frozenset[FileKind]] = {
    ".csv": frozenset({FileKind.TEXT}),
    ".tsv": frozenset({FileKind.TEXT}),
    ".txt": frozenset({FileKind.TEXT}),
    ".xlsx": frozenset({FileKind.XLSX}),
    ".xlsm": frozenset({FileKind.XLSX}),
    ".xls": frozenset({FileKind.XLS}),
    ".et": frozenset({FileKind.XLS, FileKind.XLSX}),  # WPS writes either, by version
    ".ods": frozenset({FileKind.ODS}),
    ".gz": frozenset({FileKind.GZIP}),
    ".zst": frozenset({FileKind.ZSTD}),
    ".parquet": frozenset({FileKind.PARQUET}),
}


def kind_of(data: bytes) -> FileKind:
    """Return the kind of a file by its first bytes; text where no other kind is recognised."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return FileKind.ODS if data[30 : 30 + len(_ODS)] == _ODS else _kind_of_zip(data)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return FileKind.XLS
    if data.startswith(b"%PDF-"):
        return FileKind.PDF
    if kind := by_magic(data):
        return kind
    head = data[:_SNIFFED]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head[2:].replace(b"\0", b"")  # UTF-16 of ASCII
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    is_xml = head.startswith(b"<?xml")
    if head.startswith(_HTML) or (is_xml and b"<html" in head):
        return FileKind.HTML
    return FileKind.XML if is_xml else FileKind.TEXT


def by_magic(data: bytes) -> FileKind | None:
    """Recognise packed files and Parquet by their first bytes; return None for all others."""
    if data.startswith(b"\x1f\x8b"):
        return FileKind.GZIP
    if data.startswith(_ZSTD) or data[1:4] == _ZSTD_SKIPPED:
        return FileKind.ZSTD
    if data.startswith(b"PAR1") and data[4:5] == b"\x15":  # a structure's first field, which no text has there
        return FileKind.PARQUET
    return None


def _kind_of_zip(data: bytes) -> FileKind:
    """Return the kind of an office file by its parts, whatever its first entry is."""
    import zipfile  # noqa: PLC0415 - for office files alone

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            names = set(book.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return FileKind.XLSX
    if "xl/workbook.xml" in names:
        return FileKind.XLSX
    if "content.xml" in names:
        return FileKind.ODS
    return FileKind.DOCX if "word/document.xml" in names else FileKind.XLSX


def misnamed(file: str, kind: FileKind) -> Finding | None:
    """Return a finding where the suffix of the name is that of another kind; None where it fits or is not known."""
    end = PurePath(file).suffix.lower()
    if kind in _KINDS_BY_SUFFIX.get(end, frozenset({kind})):
        return None
    message = say("The name ends in {end}, but the content is {kind}; it is read as that.", end=end, kind=str(kind))
    return finding("S115", Place(file), message, say("Give the file its right name, so that others can open it too."))


def refusal_of(kind: FileKind) -> tuple[Message, Message] | None:
    """Return the message and hint for a kind that is not read; None for kinds that are read."""
    save = say("Open it in the spreadsheet program and save it as a workbook (XLSX) or CSV.")
    name = say("Name the file instead of sending its content to standard input.")
    match kind:
        case FileKind.DOCX | FileKind.PDF:
            hint = say("Copy its table into a workbook (XLSX) or CSV.")
            return say("This is a {kind} file, whatever its name says, and is not read.", kind=str(kind)), hint
        case FileKind.HTML:
            return say("This is a web page (HTML), whatever its name says, and is not read."), save
        case FileKind.XML:
            return say("This is an XML file, whatever its name says, and is not read."), save
        case FileKind.PARQUET:
            return say("This is the content of a Parquet file, which is only read from a file."), name
        case FileKind.GZIP | FileKind.ZSTD:
            return say("This is packed ({kind}), and only files are unpacked.", kind=str(kind)), name
        case _:
            return None
