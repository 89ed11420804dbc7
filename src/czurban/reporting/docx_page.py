"""The page of a bulletin after GB/T 9704: A4, its margins, the number at its foot, and the fonts that may stand in."""

import re
from html import escape

from docx.document import Document as Bulletin
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.section import Section, _Footer
from docx.shared import Mm, Pt

from czurban.reporting.docx_style import ELSE
from czurban.reporting.steady_zip import MADE

ROOM = 8844
"""What the margins leave for text, in twentieths of a point: 156 mm."""
_THUMBNAIL = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail"


def set_up(bulletin: Bulletin, title: str) -> None:
    """Set a new document's page, foot, properties and fonts."""
    section = bulletin.sections[0]
    _margins(section)
    bulletin.settings.odd_and_even_pages_header_footer = True
    _number(section.footer, WD_ALIGN_PARAGRAPH.RIGHT)
    _number(section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)
    _properties(bulletin, title)
    _stand_ins(bulletin)


def _margins(section: Section) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(15), Mm(22)


def _number(footer: _Footer, side: WD_ALIGN_PARAGRAPH) -> None:
    """「— 1 —」, one character in from the outer edge."""
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
    """Fixed ones, so that the same report is the same file; and no picture of the library's empty template."""
    core = bulletin.core_properties
    core.title, core.author, core.comments, core.last_modified_by = title[:255], "czurban", "", "czurban"
    core.created = core.modified = MADE.replace(tzinfo=None)
    relations = bulletin.part.package.rels if bulletin.part.package else {}
    for name in [name for name, one in relations.items() if one.reltype == _THUMBNAIL]:
        del relations[name]


def _stand_ins(bulletin: Bulletin) -> None:
    """Name other typefaces for each, which Word takes where one is not installed."""
    part = next(one.target_part for one in bulletin.part.rels.values() if one.reltype.endswith("/fontTable"))
    fonts = "".join(
        f'<w:font w:name="{escape(name)}"><w:altName w:val="{escape(others)}"/><w:charset w:val="86"/>'
        '<w:family w:val="modern"/><w:pitch w:val="variable"/></w:font>'
        for name, others in ELSE.items()
    )
    table = re.sub(rb"</w:fonts>\s*$", fonts.encode() + b"</w:fonts>", part.blob)
    parse_xml(table)  # it is written as bytes; that it is XML shall show here
    part._blob = table  # noqa: SLF001 - the library has no font table
