"""The formats a document can be spelled in, by name; each is loaded when it is asked for."""

from importlib import import_module

from czurban.reporting.document import Document, Page

_HOMES = {"text": "as_text", "json": "as_json", "csv": "as_csv", "markdown": "as_markdown"}
FORMATS = tuple(_HOMES)


def render(document: Document, form: str, page: Page | None = None) -> bytes:
    """Spell a document in a format. Never prints and never opens a file.

    Args:
        document: what is to be said.
        form: one of FORMATS.
        page: for text, the width and colours it is for.

    Raises:
        KeyError: there is no such format.
    """
    name = _HOMES[form]
    spell = getattr(import_module(f"czurban.reporting.{name}"), name)
    spelled: bytes = spell(document, page or Page()) if form == "text" else spell(document)
    return spelled
