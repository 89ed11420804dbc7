"""The formats a document can be spelled in, by name; each is loaded when it is asked for."""

from importlib import import_module

from czurban.reporting.document import Document, Page

_HOMES = {"text": "as_text", "json": "as_json", "csv": "as_csv", "markdown": "as_markdown"}
_CHECK_HOMES = {"sarif": "as_sarif", "junit": "as_junit", "github": "as_github"}
FORMATS = tuple(_HOMES)
CHECK_FORMATS = (*FORMATS, *_CHECK_HOMES)
"""The formats of any document, and those of one that holds something against something."""


def render(document: Document, form: str, page: Page | None = None) -> bytes:
    """Spell a document in a format. Never prints and never opens a file.

    Args:
        document: what is to be said.
        form: one of FORMATS, or of CHECK_FORMATS where the document has checks.
        page: for text, the width and colours it is for.

    Raises:
        KeyError: there is no such format for this document.
    """
    if form in _CHECK_HOMES:
        if document.checks is None:
            raise KeyError(form)
        return _spell(_CHECK_HOMES[form], document.checks())
    if form == "text":
        return _spell(_HOMES[form], document, page or Page())
    return _spell(_HOMES[form], document)


def _spell(name: str, *things: object) -> bytes:
    spelled: bytes = getattr(import_module(f"czurban.reporting.{name}"), name)(*things)
    return spelled
