"""Write a document as Markdown, its rows as CSV without formulas, and its record as JSON."""

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence

from czurban.files.outputs import MARKDOWN_MARK
from czurban.model.text import clean, json_escaped, one_line, spreadsheet_cell
from czurban.reporting.document import (
    Block,
    Code,
    Document,
    DocumentTable,
    Heading,
    Item,
    Items,
    Json,
    LineChart,
    Paragraph,
)

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~$!&])")
_LEADING = re.compile(r"^([-+]|\d+[.)])(?=\s|$)")
_ADDRESS = re.compile(r"\b(https?|ftp|mailto|xmpp|www)(?=[:.])", re.IGNORECASE)


def as_markdown(document: Document) -> bytes:
    """Write a document as Markdown in UTF-8, with the mark by which no run reads it as figures."""
    blocks = (_block(block) for block in document.blocks if not isinstance(block, LineChart))
    return ("\n\n".join(blocks) + "\n").encode() + MARKDOWN_MARK


def escape(text: str) -> str:
    """Escape the signs of Markdown, and addresses that would become links; line ends become spaces."""
    return _ADDRESS.sub(r"\1\\", _LEADING.sub(r"\\\1", _SPECIAL.sub(r"\\\1", one_line(text))))


def _block(block: Block) -> str:
    match block:
        case Heading():
            return f"{'#' * block.level} {escape(block.text)}"
        case Paragraph():
            return f"[{escape(block.text)}](<{block.link}>)" if block.link else escape(block.text)
        case Items():
            return "\n".join(_items(block.items, 0))
        case DocumentTable():
            return "\n\n".join(_tables(block))
        case Code():
            return _fenced(block.text)
        case LineChart():
            return ""


def _fenced(text: str) -> str:
    """Write a code block with a fence longer than any inside it."""
    longest = max((len(ticks) for ticks in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{clean(text.rstrip())}\n{fence}"


def _items(items: Iterable[Item], depth: int) -> Iterable[str]:
    for item in items:
        yield f"{'  ' * depth}- {escape(item.text)}"
        yield from _items(item.below, depth + 1)


def _tables(table: DocumentTable) -> Iterable[str]:
    head = "| " + " | ".join(escape(column.title) for column in table.columns) + " |"
    rule = "|" + "|".join(" ---: " if column.number else " --- " for column in table.columns) + "|"
    for group in table.groups:
        if group.title:
            yield f"**{escape(group.title)}**"
        rows = ("| " + " | ".join(escape(cell.text) for cell in row) + " |" for row in group.rows)
        yield "\n".join([head, rule, *rows])


def as_csv(document: Document) -> bytes:
    """Write a document's rows as CSV in UTF-8 with a byte order mark, by which Excel knows the encoding."""
    stream = io.StringIO(newline="")
    rows = document.rows()
    names = list(dict.fromkeys(name for row in rows for name in row))
    writer = csv.writer(stream)
    writer.writerow(map(cell, names))
    writer.writerows([cell(row.get(name)) for name in names] for row in rows)
    return stream.getvalue().encode("utf-8-sig")


def cell(value: Json) -> str:
    """Write a value as a cell that a spreadsheet program never takes for a formula."""
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


def as_json(document: Document) -> bytes:
    """Write a document's record as JSON in UTF-8."""
    return (json_escaped(json.dumps(document.record(), ensure_ascii=False, indent=2)) + "\n").encode()
