"""Write a document as a DOCX bulletin in the layout of Chinese official documents (GB/T 9704)."""

import io
import re
from collections.abc import Iterable
from html import escape
from typing import Any

import docx
from docx.document import Document as Bulletin
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from docx.section import _Footer
from docx.shared import Mm, Pt

from czurban.files.outputs import REPORT_CATEGORY
from czurban.files.writing import MADE, repacked
from czurban.model.text import one_line
from czurban.reporting.document import (
    Block,
    Code,
    Document,
    DocumentTable,
    Heading,
    Item,
    Items,
    LineChart,
    Paragraph,
    Role,
    Tone,
    paragraphs_of,
)
from czurban.reporting.formats.columns import separator_of
from czurban.reporting.formats.docx_table import ELSE, TONES, dress, linked, table_xml
from czurban.reporting.formats.line_charts import HEIGHT, WIDTH, chart_xml

_HEADINGS, _LISTS = 90, 91
_CHINESE = (
    ("chineseCountingThousand", "%1、"),
    ("chineseCountingThousand", "（%2）"),
    ("decimal", "%3."),
    ("decimal", "（%4）"),
)
_LATIN = (("decimal", "%1. "), ("decimal", "%1.%2 "), ("decimal", "%1.%2.%3 "), ("decimal", "%1.%2.%3.%4 "))
_ITEMS = (("decimal", "%1. "), ("decimal", "（%2）"), ("decimalEnclosedCircle", "%3 "))
_STEP = 560  # two characters of a list, in twentieths of a point


class Numbering:
    """The numbering of a document's headings (一、（一）1.（1）) and lists, by Word, so that it follows edits."""

    def __init__(self, bulletin: Bulletin, *, chinese: bool) -> None:
        self._root = bulletin.part.numbering_part.element
        levels = [_level(n, *level, f"Heading{n + 1}") for n, level in enumerate(_CHINESE if chinese else _LATIN)]
        self._describe(_HEADINGS, "".join(levels))
        self._describe(_LISTS, "".join(_level(n, *level, indent=_STEP * (n + 1)) for n, level in enumerate(_ITEMS)))
        self._next = 1000
        number = self._count(_HEADINGS)
        for level in range(len(_CHINESE)):
            _count_in(bulletin.styles[f"Heading {level + 1}"].element, number, level)

    def list(self) -> int:
        """Begin a new list at 1 and return its number."""
        return self._count(_LISTS)

    def _describe(self, number: int, levels: str) -> None:
        kind = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>'
        self._root.insert(0, parse_xml(f"{kind}{levels}</w:abstractNum>"))

    def _count(self, kind: int) -> int:
        self._next += 1
        starts = "".join(
            f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="1"/></w:lvlOverride>' for level in range(3)
        )
        number = f'<w:num {nsdecls("w")} w:numId="{self._next}"><w:abstractNumId w:val="{kind}"/>{starts}</w:num>'
        self._root.append(parse_xml(number))
        return self._next


def _count_in(element: Any, number: int, level: int) -> None:  # noqa: ANN401 - a paragraph, or the style of some
    """Make a paragraph an entry of a list: set the number at its place among the other properties, as Word insists."""
    properties = element.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = level
    properties.get_or_add_numId().val = number


def _level(level: int, form: str, text: str, style: str = "", indent: int = 0) -> str:
    linked = f'<w:pStyle w:val="{style}"/>' if style else ""
    place = f'<w:pPr><w:ind w:left="0" w:firstLine="{indent}"/></w:pPr>' if indent else ""
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{linked}<w:suff w:val="nothing"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>{place}</w:lvl>'
    )


ROOM = 8844
"""The width of the text between the margins, in twentieths of a point: 156 mm."""
_THUMBNAIL = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail"


def set_up(bulletin: Bulletin, title: str) -> None:
    """Set a new document's page, footer, properties and fonts."""
    section = bulletin.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(15), Mm(22)
    bulletin.settings.odd_and_even_pages_header_footer = True
    _number(section.footer, WD_ALIGN_PARAGRAPH.RIGHT)
    _number(section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)
    _properties(bulletin, title)
    _substitutes(bulletin)


def _number(footer: _Footer, side: WD_ALIGN_PARAGRAPH) -> None:
    """Write the page number “— 1 —”, one character from the outer edge."""
    paragraph = footer.paragraphs[0]
    paragraph.style = "Footer"
    paragraph.alignment = side
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(14)
    paragraph.add_run("— ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    shown = paragraph.add_run("1")
    field.append(shown._r)  # noqa: SLF001 - the library has no fields
    paragraph._p.append(field)  # noqa: SLF001
    paragraph.add_run(" —")


def _properties(bulletin: Bulletin, title: str) -> None:
    """Set fixed properties, so that the same report is the same file, and remove the template's thumbnail."""
    core = bulletin.core_properties
    core.title, core.author, core.comments, core.last_modified_by = title[:255], "czurban", "", "czurban"
    core.category, core.created = REPORT_CATEGORY, MADE.replace(tzinfo=None)
    core.modified = MADE.replace(tzinfo=None)
    relations = bulletin.part.package.rels if bulletin.part.package else {}
    for name in [name for name, relation in relations.items() if relation.reltype == _THUMBNAIL]:
        del relations[name]


def _substitutes(bulletin: Bulletin) -> None:
    """Name the substitutes of each typeface, which Word uses where it is not installed."""
    part = next(rel.target_part for rel in bulletin.part.rels.values() if rel.reltype.endswith("/fontTable"))
    fonts = "".join(
        f'<w:font w:name="{escape(name)}"><w:altName w:val="{escape(others)}"/><w:charset w:val="86"/>'
        '<w:family w:val="modern"/><w:pitch w:val="variable"/></w:font>'
        for name, others in ELSE.items()
    )
    table = re.sub(rb"</w:fonts>\s*$", fonts.encode() + b"</w:fonts>", part.blob)
    parse_xml(table)  # an error in the XML must show here, since it is stored as bytes
    part._blob = table  # noqa: SLF001 - the library has no font table


_DEEPEST = 4


def as_docx(document: Document) -> bytes:
    """Write a document as a DOCX file."""
    bulletin = docx.Document()
    headings = [block for block in document.blocks if isinstance(block, Heading)]
    set_up(bulletin, one_line(document.title))
    dress(bulletin)
    chinese = any("\u4e00" <= char <= "\u9fff" for head in headings if head.level > 1 for char in head.text)
    numbering = Numbering(bulletin, chinese=chinese or document.language == "zh")
    for before, block in zip((None, *document.blocks), document.blocks, strict=False):
        _add(bulletin, block, before, numbering, separator_of(document))
    stream = io.BytesIO()
    bulletin.save(stream)
    return repacked(stream.getvalue())


_TWO_LINES = 58
_ROLES = {Role.BODY: "Body Text", Role.ADDRESSEE: "Addressee", Role.SIGNATURE: "Signature"}


def _add(bulletin: Bulletin, block: Block, before: Block | None, numbering: Numbering, separator: str) -> None:
    match block:
        case Heading():
            style = f"Heading {min(block.level - 1, _DEEPEST)}" if block.level > 1 else "Title"
            heading = bulletin.add_paragraph(one_line(block.text), style)
            heading.paragraph_format.page_break_before = block.level == 1 and before is not None  # an annex
        case Paragraph():
            titled = isinstance(before, Heading) and before.level == 1 and block.tone is Tone.QUIET
            style = "Subtitle" if titled else "Note" if block.tone is Tone.QUIET else _ROLES[block.role]
            added = bulletin.add_paragraph(style=style)
            added.paragraph_format.keep_with_next = block.text.endswith(("：", ":")) or None  # it leads what follows
            if block.link:
                runs = parse_xml(f"<w:p {nsdecls('w')}>{linked(block.text, block.link)}</w:p>")
                added._p.extend(list(runs))  # noqa: SLF001 - the library makes no links
            else:
                added.add_run(one_line(block.text), TONES.get(block.tone))
            if block.role is Role.SIGNATURE and not (isinstance(before, Paragraph) and before.role is Role.SIGNATURE):
                added.paragraph_format.space_before = Pt(_TWO_LINES)
        case Items():
            _list(bulletin, block, numbering.list())
        case Code():
            for line in block.text.splitlines():
                bulletin.add_paragraph(one_line(line), "Code")
        case DocumentTable():
            _table(bulletin, block, before, separator)
        case LineChart():
            _chart(bulletin, block)


def _table(bulletin: Bulletin, block: DocumentTable, before: Block | None, separator: str) -> None:
    if block.prose:
        _prose(bulletin, block)
        return
    if isinstance(before, Paragraph | Items):
        bulletin.add_paragraph(style="Table End")
    bulletin.element.body.insert_element_before(table_xml(block, ROOM, separator), "w:sectPr")
    bulletin.add_paragraph(style="Table End")  # else Word would join two tables


def _prose(bulletin: Bulletin, table: DocumentTable) -> None:
    """Write each row of a table as a paragraph with a note below it."""
    for group in table.groups:
        if group.title:
            bulletin.add_paragraph(one_line(group.title), "Heading 1")
        for row in paragraphs_of(table, group):
            paragraph = bulletin.add_paragraph(f"{row.number}. ", "Body Text")
            paragraph.add_run(one_line(row.strong), "Strong")
            paragraph.add_run(one_line(row.text))
            if row.note:
                bulletin.add_paragraph(style="Note").add_run(one_line(row.note), "Quiet")


_CHART = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/chart"
_PIXEL = 9525  # of English Metric Units


def _chart(bulletin: Bulletin, block: LineChart) -> None:
    """Add a chart that Word draws itself, in a paragraph of its own."""
    package = bulletin.part.package
    assert package is not None  # noqa: S101 - for the types; a document is in one
    name = package.next_partname("/word/charts/chart%d.xml")
    relation = bulletin.part.relate_to(Part(name, _CHART, chart_xml(block), package), _RELATION)
    number = str(name).removeprefix("/word/charts/chart").removesuffix(".xml")
    drawing = (
        f'<w:drawing {nsdecls("w", "wp", "a", "r")} xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart">'
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{WIDTH * _PIXEL}" cy="{HEIGHT * _PIXEL}"/>'
        f'<wp:docPr id="{1000 + int(number)}" name="Chart {number}" descr="{escape(one_line(block.title))}"/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
        f'<c:chart r:id="{relation}"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
    )
    paragraph = bulletin.add_paragraph()
    paragraph.paragraph_format.line_spacing, paragraph.paragraph_format.first_line_indent = 1.0, 0
    paragraph.add_run()._r.append(parse_xml(drawing))  # noqa: SLF001 - the library has no charts


def _list(bulletin: Bulletin, block: Items, number: int) -> None:
    style = "Small List" if block.dense else "List"

    def add(items: Iterable[Item], depth: int) -> None:
        for item in items:
            paragraph = bulletin.add_paragraph(one_line(item.text), style)
            _count_in(paragraph._p, number, min(depth, len(_ITEMS) - 1))  # noqa: SLF001
            add(item.below, depth + 1)

    add(block.items, 0)
