"""A document's rows as CSV that spreadsheet programs open as text and never as formulas."""

import csv
import io
from collections.abc import Mapping, Sequence

from czurban.model.safe_text import spreadsheet_cell
from czurban.reporting.document import Document, Json


def as_csv(document: Document) -> bytes:
    """Spell a document's rows as CSV in UTF-8 with a byte order mark, by which Excel knows the encoding."""
    stream = io.StringIO(newline="")
    rows = document.rows()
    names = list(dict.fromkeys(name for row in rows for name in row))
    writer = csv.writer(stream)
    writer.writerow(map(cell, names))
    writer.writerows([cell(row.get(name)) for name in names] for row in rows)
    return stream.getvalue().encode("utf-8-sig")


def cell(value: Json) -> str:
    """Spell one value as a cell that is safe in a spreadsheet."""
    return spreadsheet_cell(_text(value))


def _text(value: Json) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    if isinstance(value, Sequence):
        return "; ".join(map(_text, value))
    return " ".join(f"{k}={v}" for k, v in value.items()) if isinstance(value, Mapping) else str(value)
