"""Write a document as PDF/A on A4, laid out by Typst with the fonts of the system."""

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import typst
from rich.cells import cell_len

from czurban.errors import OutputError
from czurban.files.writing import MADE
from czurban.model.finding import say
from czurban.model.text import clean, one_line
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
    Strip,
    TableCell,
    Tone,
    common_in_titles,
    paragraphs_of,
)
from czurban.reporting.formats.columns import columns_that_stay, separator_of, shown_below
from czurban.reporting.formats.line_charts import svg

_LAYOUT = Path(__file__).with_name("report.typ")
_CHINESE_FONTS = "CJK|Han S|Song|Hei|Kai|宋|黑|楷|Fandol|YaHei|Ming|WenQuanYi|PingFang"
"""A pattern of the names of typefaces with Chinese characters."""
_ROOM = 98
"""The halves of a Chinese character that a row of a table has, in its type size."""
_SOLID = 14
"""The widest text of a column, in halves of a character, that is never broken."""
_NAME, _GAP, _SHARES = 24, 2, 3


def as_pdf(document: Document) -> bytes:
    """Write a document as a PDF file.

    Raises:
        OutputError: no installed font has Chinese characters.
    """
    fonts = typst.Fonts()
    if not any(re.search(_CHINESE_FONTS, family) for family in fonts.families()):
        message = say("No font with Chinese characters is installed, which a PDF needs.")
        raise OutputError(message, say("Install one, such as Noto Serif CJK SC or 仿宋, or write the report as docx."))
    content = {
        "title": one_line(document.title),
        "language": document.language,
        "blocks": [
            _block(block, before, separator_of(document))
            for before, block in zip((None, *document.blocks), document.blocks, strict=False)
        ],
    }
    inputs = {"document": json.dumps(content, ensure_ascii=False)}
    written: bytes = typst.compile(
        _LAYOUT.read_bytes(), font_paths=fonts, sys_inputs=inputs, pdf_standards="a-2b", timestamp=MADE
    )
    return written


def _block(block: Block, before: Block | None, separator: str) -> dict[str, Json]:
    shown: dict[str, Json]
    match block:
        case Heading(level=1):
            shown = {"kind": "title", "text": one_line(block.text), "again": before is not None}
        case Heading():
            shown = {"kind": "heading", "text": one_line(block.text), "level": block.level}
        case Paragraph():
            titled = isinstance(before, Heading) and before.level == 1 and block.tone is Tone.QUIET
            kind = "subtitle" if titled else "paragraph"
            shown = {"kind": kind, "text": one_line(block.text), "tone": block.tone, "role": block.role}
        case Items():
            shown = {"kind": "items", "items": [_item(item) for item in block.items], "size": 10 if block.dense else 12}
        case Code():
            shown = {"kind": "code", "text": clean(block.text)}
        case LineChart():
            shown = {"kind": "chart", "text": one_line(block.title), "svg": svg(block)}
        case DocumentTable(prose=True):
            shown = {"kind": "prose", "rows": list(_prose(block))}
        case DocumentTable():
            shown = _table(common_in_titles(block), separator)
    return shown


def _item(item: Item) -> dict[str, Json]:
    return {"text": one_line(item.text), "below": [_item(each) for each in item.below]}


def _prose(table: DocumentTable) -> Iterator[dict[str, Json]]:
    for group in table.groups:
        if group.title:
            yield {"group": one_line(group.title)}
        for row in paragraphs_of(table, group):
            yield {"group": None, **{name: one_line(text) for name, text in row._asdict().items()}}


def _table(table: DocumentTable, separator: str) -> dict[str, Json]:
    """Describe a table with the columns that fit the page, the others folded under the main one."""
    texts = [[column.title, *(one_line(row[i].text) for row in table.rows)] for i, column in enumerate(table.columns)]
    natural = [max(map(cell_len, some)) for some in texts]
    solid = [column.number or width <= _SOLID for column, width in zip(table.columns, natural, strict=True)]

    def fit(kept: Sequence[int]) -> bool:
        return sum((natural[i] if solid[i] else min(natural[i], _NAME)) + _GAP for i in kept) <= _ROOM

    kept = columns_that_stay(table.columns, fit)
    folded = [i for i in range(len(table.columns)) if i not in kept]
    main = table.main_of(kept)
    columns: list[Json] = [
        {
            "title": table.columns[i].title,
            "number": table.columns[i].number,
            "solid": solid[i] and i != main,
            "share": _SHARES if i == main else _SHARES - 1,
        }
        for i in kept
    ]
    rows: list[Json] = []
    for group in table.groups:
        if group.title:
            rows.append({"group": one_line(group.title), "cells": [], "bad": False})
        for row in group.rows:
            below = shown_below(table, row, folded, separator) if folded else ""
            cells: list[Json] = [_cell(row[i], below if i == main else "") for i in kept]
            rows.append({"group": None, "cells": cells, "bad": any(cell.tone is Tone.BAD for cell in row)})
    return {"kind": "table", "columns": columns, "rows": rows}


_LONG = re.compile(r"[!-~]{24,}")
_PIECE = 8


def _breakable(text: str) -> str:
    """Allow breaks in words that are longer than a column, such as digests and paths."""
    return _LONG.sub(lambda match: re.sub(f"(.{{{_PIECE}}})", "\\1\N{ZERO WIDTH SPACE}", match[0]), one_line(text))


def _cell(cell: TableCell, below: str) -> dict[str, Json]:
    parts = cell.chart.parts if isinstance(cell.chart, Strip) else ()
    return {
        "text": _breakable(cell.text),
        "tone": cell.tone,
        "below": _breakable(below),
        "strip": [{"count": count, "tone": tone} for _, count, tone in parts if count],
    }
