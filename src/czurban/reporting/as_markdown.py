"""A document as Markdown: pipe tables, and text from files escaped so that it stays text."""

import re
from collections.abc import Iterable

from czurban.model.safe_text import clean, one_line
from czurban.reporting.document import Block, Code, Document, Heading, Item, Items, Paragraph, Table

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~$!&])")
_LEADING = re.compile(r"^([-+]|\d+[.)])(?=\s|$)")
_ADDRESS = re.compile(r"\b(https?|ftp|mailto|xmpp|www)(?=[:.])", re.IGNORECASE)


def as_markdown(document: Document) -> bytes:
    """Spell a document as Markdown in UTF-8."""
    return ("\n\n".join(_block(block) for block in document.blocks) + "\n").encode()


def escape(text: str) -> str:
    """Escape what Markdown would obey, addresses that would become links too; line ends become spaces."""
    return _ADDRESS.sub(r"\1\\", _LEADING.sub(r"\\\1", _SPECIAL.sub(r"\\\1", one_line(text))))


def _block(block: Block) -> str:
    match block:
        case Heading():
            return f"{'#' * block.level} {escape(block.text)}"
        case Paragraph():
            return escape(block.text)
        case Items():
            return "\n".join(_items(block.items, 0))
        case Table():
            return "\n\n".join(_tables(block))
        case Code():
            return _fenced(block.text)


def _fenced(text: str) -> str:
    """A fence longer than any inside it."""
    longest = max((len(found) for found in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{clean(text.rstrip())}\n{fence}"


def _items(items: Iterable[Item], depth: int) -> Iterable[str]:
    for item in items:
        yield f"{'  ' * depth}- {escape(item.text)}"
        yield from _items(item.below, depth + 1)


def _tables(table: Table) -> Iterable[str]:
    head = "| " + " | ".join(escape(column.title) for column in table.columns) + " |"
    rule = "|" + "|".join(" ---: " if column.number else " --- " for column in table.columns) + "|"
    for group in table.groups:
        if group.title:
            yield f"**{escape(group.title)}**"
        rows = ("| " + " | ".join(escape(cell.text) for cell in row) + " |" for row in group.rows)
        yield "\n".join([head, rule, *rows])
