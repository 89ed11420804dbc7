"""Recognise what kind of file something is by its content, and read files packed by gzip or zstd."""

import gzip
import io
import os
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path, PurePath
from typing import IO, Any, BinaryIO, cast

from czurban.errors import UnreadableError, reason
from czurban.model.faults import finding
from czurban.model.finding import Finding, Message, Place, say
from czurban.reading.sources.opening import open_regular


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


@contextmanager
def open_unpacked(path: Path) -> Iterator[BinaryIO]:
    """Open a file for reading, and unpack it while it is read.

    Raises:
        UnreadableError: it is packed and broken, or may not be read.
    """
    broken: tuple[type[Exception], ...] = (zlib.error, EOFError, gzip.BadGzipFile)
    try:
        with open_regular(path) as packed:
            kind = kind_of(packed.read(MAGIC))
            packed.seek(0)
            if kind is FileKind.ZSTD:
                broken = (*broken, _zstd().ZstdError)
            with _unpacked(packed, kind) as stream:
                yield cast("BinaryIO", stream)
    except broken as error:
        message = say("{path} is a broken packed file: it cannot be unpacked to its end.", path=str(path))
        raise UnreadableError(message, say("Ask for the file again.")) from error
    except OSError as error:
        raise _read_error(path, error) from error


def kind_by_head(path: Path) -> FileKind:
    """Return the kind of a file by its first bytes.

    Raises:
        UnreadableError: it may not be read.
    """
    try:
        with open_regular(path) as stream:
            return kind_of(stream.read(MAGIC))
    except OSError as error:
        raise _read_error(path, error) from error


def is_plain(path: Path) -> bool:
    """Return whether a file is not packed, by its content and by its name: engines unpack by the name."""
    return path.suffix.lower() not in (".gz", ".zst") and kind_by_head(path) not in (FileKind.GZIP, FileKind.ZSTD)


def check_parquet(path: Path) -> None:
    """Check that a Parquet file has the ending of one.

    Raises:
        UnreadableError: it has not, or may not be read.
    """
    try:
        with open_regular(path) as stream:
            stream.seek(-4, os.SEEK_END)
            ending = stream.read()
    except OSError as error:
        raise _read_error(path, error) from error
    if ending != b"PAR1":
        message = say("{path} is a broken Parquet file: its end is missing.", path=str(path))
        raise UnreadableError(message, say("Ask for the file again."))


def first_bytes(path: str, most: int) -> bytes:
    """Return the beginning of a file, unpacked.

    Raises:
        UnreadableError: it cannot be read.
    """
    with open_unpacked(Path(path)) as stream:
        return stream.read(most)


def _unpacked(packed: BinaryIO, kind: FileKind) -> IO[bytes] | gzip.GzipFile:
    match kind:
        case FileKind.GZIP:
            return gzip.GzipFile(fileobj=packed, mode="rb")
        case FileKind.ZSTD:
            return cast("IO[bytes]", _zstd().open(packed))
        case _:
            return packed


def _zstd() -> Any:  # noqa: ANN401 - one module under two names
    """Return the library for zstd, which is part of Python from 3.14 on."""
    if sys.version_info >= (3, 14):
        from compression import zstd  # noqa: PLC0415 - few files are packed so
    else:
        from backports import zstd  # noqa: PLC0415 - as above
    return zstd


def _read_error(path: Path, error: OSError) -> UnreadableError:
    return UnreadableError(say("{path} cannot be read: {reason}.", path=str(path), reason=reason(error)))
