"""A document as a bulletin for Word, in the manner of Chinese official documents (GB/T 9704)."""

import io
from collections.abc import Iterable

import docx
from docx.document import Document as Bulletin

from czurban.model.safe_text import one_line
from czurban.reporting.document import Block, Code, Document, Heading, Item, Items, Paragraph, Table, Tone
from czurban.reporting.docx_numbering import Numbering, counted
from czurban.reporting.docx_page import ROOM, set_up
from czurban.reporting.docx_style import TONES, dress
from czurban.reporting.docx_table import spelled
from czurban.reporting.steady_zip import repacked

_DEEPEST = 4


def as_docx(document: Document) -> bytes:
    """Spell a document as a DOCX file."""
    bulletin = docx.Document()
    headings = [block for block in document.blocks if isinstance(block, Heading)]
    set_up(bulletin, one_line(headings[0].text) if headings else "")
    dress(bulletin)
    chinese = any("\u4e00" <= char <= "\u9fff" for one in headings if one.level > 1 for char in one.text)
    numbering = Numbering(bulletin, chinese=chinese)
    for before, block in zip((None, *document.blocks), document.blocks, strict=False):
        _add(bulletin, block, before, numbering)
    stream = io.BytesIO()
    bulletin.save(stream)
    return repacked(stream.getvalue())


def _add(bulletin: Bulletin, block: Block, before: Block | None, numbering: Numbering) -> None:
    match block:
        case Heading():
            style = f"Heading {min(block.level - 1, _DEEPEST)}" if block.level > 1 else "Title"
            bulletin.add_paragraph(one_line(block.text), style)
        case Paragraph():
            titled = isinstance(before, Heading) and before.level == 1 and block.tone is Tone.QUIET
            style = "Subtitle" if titled else "Body Text"
            bulletin.add_paragraph(style=style).add_run(one_line(block.text), TONES.get(block.tone))
        case Items():
            _list(bulletin, block.items, numbering.list(), 0)
        case Code():
            for line in block.text.splitlines():
                bulletin.add_paragraph(one_line(line), "Code")
        case Table():
            if isinstance(before, Paragraph | Items):
                bulletin.add_paragraph(style="Table End")
            bulletin.element.body.insert_element_before(spelled(block, ROOM), "w:sectPr")
            bulletin.add_paragraph(style="Table End")  # Word runs two tables together that nothing parts


def _list(bulletin: Bulletin, items: Iterable[Item], number: int, depth: int) -> None:
    for item in items:
        counted(bulletin.add_paragraph(one_line(item.text), "List")._p, number, depth)  # noqa: SLF001
        _list(bulletin, item.below, number, depth + 1)
