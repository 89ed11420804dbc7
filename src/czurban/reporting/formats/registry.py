"""The formats a document can be spelled in, by name; each is loaded when it is asked for."""

from importlib import import_module

from czurban.errors import MissingExtraError, install_line
from czurban.model.finding import say
from czurban.reporting.document import Document, Page

_HOMES = {"text": "text", "json": "plain", "csv": "plain", "markdown": "plain"}
_CHECK_HOMES = {"sarif": "ci", "junit": "ci", "github": "ci"}
_REPORT_HOMES = {"html": "html", "docx": "docx", "xlsx": "xlsx"}
_MODULES = _HOMES | _CHECK_HOMES | _REPORT_HOMES
"""The module that writes each format, by a function called `as_` and the format."""
FORMATS = tuple(_HOMES)
REPORT_FORMATS = (*FORMATS, *_REPORT_HOMES)
"""The formats of reports that are sent out; the last three take the extra `reports`."""
BINARY = frozenset({"docx", "xlsx"})
ENDINGS = {
    "text": (".txt", ".text"),
    "json": (".json",),
    "csv": (".csv",),
    "markdown": (".md", ".markdown"),
    "html": (".html", ".htm"),
    "docx": (".docx",),
    "xlsx": (".xlsx",),
    "sarif": (".sarif", ".json"),
    "junit": (".xml",),
    "github": (".txt",),
}
"""How the name of a file in each format ends; the first is the usual one."""
CHECK_FORMATS = (*FORMATS, *_CHECK_HOMES)
"""The formats of any document, and those of one that holds something against something."""


def render(document: Document, form: str, page: Page | None = None) -> bytes:
    """Spell a document in a format. Never prints and never opens a file.

    Args:
        document: what is to be said.
        form: one of REPORT_FORMATS, or of CHECK_FORMATS where the document has checks.
        page: for text, the width and colours it is for.

    Raises:
        KeyError: there is no such format for this document.
        MissingExtraError: what the format is written with is not installed.
    """
    if form in _CHECK_HOMES:
        if document.checks is None:
            raise KeyError(form)
        return _write(form, document.checks())
    if form == "text":
        return _write(form, document, page or Page())
    if form in _REPORT_HOMES:
        return _write_report(form, document)
    return _write(form, document)


def _write_report(form: str, document: Document) -> bytes:
    try:
        return _write(form, document)
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("czurban"):
            raise
        message = say("A report as {form} needs {module}, which is not installed.", form=form, module=error.name)
        raise MissingExtraError(message, say("Install it: {line}", line=install_line("reports"))) from error


def _write(form: str, *things: object) -> bytes:
    module = import_module(f"czurban.reporting.formats.{_MODULES[form]}")
    written: bytes = getattr(module, f"as_{form}")(*things)
    return written
