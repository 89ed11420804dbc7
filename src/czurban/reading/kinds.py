"""What a file is by its content, whatever its name says; a name that says otherwise is told."""

import io
from enum import StrEnum
from pathlib import PurePath

from czurban.model.faults import finding
from czurban.model.finding import Finding
from czurban.model.message import Message, say
from czurban.model.place import Place


class Kind(StrEnum):
    """The kinds of file that a submission can be, and web pages, which spreadsheet programs like to call .xls."""

    TEXT = "CSV"
    XLSX = "XLSX"
    XLS = "XLS"
    ODS = "ODS"
    HTML = "HTML"
    XML = "XML"
    GZIP = "gzip"
    ZSTD = "zstd"
    PARQUET = "Parquet"


_ODS = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
_SNIFFED = 4096
MAGIC = 8
"""So many bytes tell of packed files and of Parquet what they are."""
_ZSTD, _ZSTD_SKIPPED = b"\x28\xb5\x2f\xfd", b"\x2a\x4d\x18"
_HTML = (b"<!doctype html", b"<html", b"<table", b"<head", b"<body", b"mime-version:", b"<!--")
_MEANT: dict[str, frozenset[Kind]] = {
    ".csv": frozenset({Kind.TEXT}),
    ".tsv": frozenset({Kind.TEXT}),
    ".txt": frozenset({Kind.TEXT}),
    ".xlsx": frozenset({Kind.XLSX}),
    ".xlsm": frozenset({Kind.XLSX}),
    ".xls": frozenset({Kind.XLS}),
    ".et": frozenset({Kind.XLS, Kind.XLSX}),  # WPS writes either, by version
    ".ods": frozenset({Kind.ODS}),
    ".gz": frozenset({Kind.GZIP}),
    ".zst": frozenset({Kind.ZSTD}),
    ".parquet": frozenset({Kind.PARQUET}),
}


def kind_of(data: bytes) -> Kind:
    """Tell a file's kind by how it begins; text where nothing else is known."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return Kind.ODS if data[30 : 30 + len(_ODS)] == _ODS or _has_content(data) else Kind.XLSX
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return Kind.XLS
    if found := by_magic(data):
        return found
    head = _plain(data[:_SNIFFED])
    is_xml = head.startswith(b"<?xml")
    if head.startswith(_HTML) or (is_xml and b"<html" in head):
        return Kind.HTML
    return Kind.XML if is_xml else Kind.TEXT


def by_magic(data: bytes) -> Kind | None:
    """Tell packed files and Parquet by their first bytes; None for all others."""
    if data.startswith(b"\x1f\x8b"):
        return Kind.GZIP
    if data.startswith(_ZSTD) or data[1:4] == _ZSTD_SKIPPED:
        return Kind.ZSTD
    if data.startswith(b"PAR1") and data[4:5] == b"\x15":  # a structure's first field, which no text has there
        return Kind.PARQUET
    return None


def _plain(head: bytes) -> bytes:
    """The beginning of a text in small letters, without its mark, blanks, and the zeros that UTF-16 puts between."""
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    return (head[2:].replace(b"\0", b"") if wide else head).removeprefix(b"\xef\xbb\xbf").lstrip().lower()


def _has_content(data: bytes) -> bool:
    """Whether a zip whose first entry tells nothing holds an ODS file's parts."""
    import zipfile  # noqa: PLC0415 - for workbooks alone

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            names = set(book.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False
    return "content.xml" in names and "xl/workbook.xml" not in names


def misnamed(file: str, kind: Kind) -> Finding | None:
    """Say that the name ends otherwise than the content; None where it does not, or says nothing known."""
    end = PurePath(file).suffix.lower()
    if kind in _MEANT.get(end, frozenset({kind})):
        return None
    message = say("The name ends in {end}, but the content is {kind}; it is read as that.", end=end, kind=str(kind))
    return finding("S115", Place(file), message, say("Give the file its right name, so that others can open it too."))


def no_table(kind: Kind) -> tuple[Message, Message] | None:
    """Why a file of this kind is refused; None for kinds that are read."""
    hint = say("Open it in the spreadsheet program and save it as a workbook (XLSX) or CSV.")
    match kind:
        case Kind.HTML:
            return say("This is a web page (HTML), whatever its name says, and is not read."), hint
        case Kind.XML:
            return say("This is an XML file, whatever its name says, and is not read."), hint
        case Kind.PARQUET:
            return say("This is the content of a Parquet file, which only a file can hold."), _as_a_file()
        case Kind.GZIP | Kind.ZSTD:
            return say("This is packed ({kind}), and only files are unpacked.", kind=str(kind)), _as_a_file()
        case _:
            return None


def _as_a_file() -> Message:
    return say("Name the file instead of sending its content to standard input.")
