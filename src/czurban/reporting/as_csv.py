"""A document's rows as CSV that spreadsheet programs open as text and never as formulas."""

import csv
import io
from collections.abc import Mapping, Sequence

from czurban.reporting.document import Document, Json

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(document: Document) -> bytes:
    """Spell a document's rows as CSV in UTF-8 with a byte order mark, by which Excel knows the encoding."""
    stream = io.StringIO(newline="")
    rows = document.rows()
    names = list(dict.fromkeys(name for row in rows for name in row))
    writer = csv.DictWriter(stream, names, restval="")
    writer.writeheader()
    writer.writerows({name: cell(value) for name, value in row.items()} for row in rows)
    return stream.getvalue().encode("utf-8-sig")


def cell(value: Json) -> str:
    """One value as a cell. A text that a spreadsheet would run as a formula gets an apostrophe in front."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "; ".join(cell(one) for one in value)
    text = " ".join(f"{k}={v}" for k, v in value.items()) if isinstance(value, Mapping) else str(value)
    return f"'{text}" if text.startswith(_FORMULA) and not _is_number(text) else text


def _is_number(text: str) -> bool:
    return text[:1] in "+-" and text[1:].replace(".", "", 1).isdigit()
