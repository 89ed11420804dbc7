"""The formats that a document can be written in, by name; the module of each is loaded when it is used."""

from enum import Enum
from importlib import import_module
from typing import NamedTuple

from czurban.errors import MissingExtraError, install_line
from czurban.model.finding import say
from czurban.reporting.document import Document, Page


class Use(Enum):
    """The documents that a format is for."""

    ANY = "any document"
    CHECK = "documents with checks; the function gets the checks"
    REPORT = "reports that are sent out; needs an extra"


class OutputFormat(NamedTuple):
    """A format: its module, in which the function `as_` and its name writes it, and the endings of its files.

    The first ending is the usual one. `binary` formats are no text. `extra` names the optional dependencies of a format
    for reports.
    """

    module: str
    endings: tuple[str, ...]
    use: Use = Use.ANY
    binary: bool = False
    extra: str = "reports"


FORMATS_BY_NAME = {
    "text": OutputFormat("text", (".txt", ".text")),
    "json": OutputFormat("plain", (".json",)),
    "csv": OutputFormat("plain", (".csv",)),
    "markdown": OutputFormat("plain", (".md", ".markdown")),
    "html": OutputFormat("html", (".html", ".htm"), Use.REPORT),
    "docx": OutputFormat("docx", (".docx",), Use.REPORT, binary=True),
    "xlsx": OutputFormat("xlsx", (".xlsx",), Use.REPORT, binary=True),
    "pdf": OutputFormat("pdf", (".pdf",), Use.REPORT, binary=True, extra="pdf"),
    "sarif": OutputFormat("sarif", (".sarif", ".json"), Use.CHECK),
    "junit": OutputFormat("ci", (".xml",), Use.CHECK),
    "github": OutputFormat("ci", (".txt",), Use.CHECK),
}


def _names(*uses: Use) -> tuple[str, ...]:
    return tuple(name for name, form in FORMATS_BY_NAME.items() if form.use in uses)


FORMATS = _names(Use.ANY)
REPORT_FORMATS = _names(Use.ANY, Use.REPORT)
CHECK_FORMATS = _names(Use.ANY, Use.CHECK)
BINARY = frozenset(name for name, form in FORMATS_BY_NAME.items() if form.binary)
ENDINGS = {name: form.endings for name, form in FORMATS_BY_NAME.items()}


def render(document: Document, form: str, page: Page | None = None) -> bytes:
    """Write a document in one of REPORT_FORMATS, or of CHECK_FORMATS if it has checks; never print or open a file.

    Raises:
        KeyError: there is no such format for this document.
        MissingExtraError: a package that the format needs is not installed.
    """
    known = FORMATS_BY_NAME[form]
    if known.use is Use.CHECK:
        if document.checks is None:
            raise KeyError(form)
        return _write(known.module, form, document.checks())
    if form == "text" and page is not None and page.width is not None:
        return _write("terminal", "terminal", document, page.width, page.colour)
    try:
        return _write(known.module, form, document)
    except ModuleNotFoundError as error:
        if known.use is not Use.REPORT or (error.name or "").startswith("czurban"):
            raise
        message = say("A report as {form} needs {module}, which is not installed.", form=form, module=error.name)
        raise MissingExtraError(message, say("Install it: {line}", line=install_line(known.extra))) from error


def _write(module: str, form: str, *content: object) -> bytes:
    loaded = import_module(f"czurban.reporting.formats.{module}")
    written: bytes = getattr(loaded, f"as_{form}")(*content)
    return written
