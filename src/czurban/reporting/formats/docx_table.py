"""Write the tables of a DOCX bulletin, and its styles after GB/T 9704. Widths are in twentieths of a point."""

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from html import escape
from math import ceil
from typing import NamedTuple
from urllib.parse import quote

from docx.document import Document as Bulletin
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Pt, RGBColor
from docx.styles.style import CharacterStyle, ParagraphStyle
from rich.cells import cell_len

from czurban.model.text import one_line
from czurban.reporting.document import DocumentTable, TableCell, Tone, common_in_titles
from czurban.reporting.formats.columns import columns_that_stay, shown_below

FANG, HEI, KAI, SONG = "仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体"
LATIN = "Times New Roman"
ELSE = {
    FANG: "仿宋,FangSong,STFangsong,FandolFang R,Noto Serif CJK SC",
    HEI: "SimHei,STHeiti,Noto Sans CJK SC,Source Han Sans SC",
    KAI: "楷体,KaiTi,STKaiti,FandolKai,Noto Serif CJK SC",
    SONG: "小标宋,华文中宋,STZhongsong,宋体,SimSun,Noto Serif CJK SC",
}
"""Typefaces to use where one is not installed, the most similar first."""
_LEFT, _CENTRE, _RIGHT = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
_BOTH = WD_ALIGN_PARAGRAPH.JUSTIFY


class _Kind(NamedTuple):
    """A paragraph style: points of type and of a line, characters of indent, points before and after."""

    face: str
    size: float
    line: float
    align: WD_ALIGN_PARAGRAPH = _BOTH
    indent: int = 0
    before: float = 0
    after: float = 0
    keep: bool = False


_KINDS = {
    "Title": _Kind(SONG, 22, 34, _CENTRE, before=14, after=8, keep=True),
    "Subtitle": _Kind(KAI, 14, 22, _CENTRE, after=14),
    "Heading 1": _Kind(HEI, 16, 28, indent=2, before=2, keep=True),
    "Heading 2": _Kind(KAI, 16, 28, indent=2, keep=True),
    "Heading 3": _Kind(FANG, 16, 28, indent=2, keep=True),
    "Heading 4": _Kind(FANG, 16, 28, indent=2, keep=True),
    "Body Text": _Kind(FANG, 16, 28, indent=2),
    "Addressee": _Kind(FANG, 16, 28, _LEFT),
    "Signature": _Kind(FANG, 16, 28, _RIGHT),
    "List": _Kind(FANG, 14, 25),
    "Small List": _Kind(FANG, 9, 11.5),
    "Note": _Kind(KAI, 10.5, 16, indent=3, after=4),
    "Code": _Kind(FANG, 10.5, 15, _LEFT),
    "Table Head": _Kind(HEI, 10.5, 15, _CENTRE, keep=True),
    "Table Group": _Kind(KAI, 10.5, 15, _LEFT, keep=True),
    "Table Text": _Kind(FANG, 10.5, 15, _LEFT),
    "Table Number": _Kind(FANG, 10.5, 15, _RIGHT),
    "Table Note": _Kind(KAI, 9, 12.5, _LEFT),
    "Small Head": _Kind(HEI, 9, 11.5, _CENTRE, keep=True),
    "Small Group": _Kind(KAI, 9, 11, _LEFT, keep=True),
    "Small Text": _Kind(FANG, 9, 11, _LEFT),
    "Small Number": _Kind(FANG, 9, 11, _RIGHT),
    "Small Note": _Kind(KAI, 8, 9, _LEFT),
    "Table End": _Kind(FANG, 5, 6, _LEFT),
    "Footer": _Kind("宋体", 14, 18),
}
TONES = {Tone.GOOD: "Good", Tone.BAD: "Bad", Tone.DOUBT: "Doubt", Tone.QUIET: "Quiet"}
"""The character styles of tones; the bad one has another typeface too, for printers without colours."""
_LOOKS = {
    "Good": (FANG, 0x1B5E3A),
    "Bad": (HEI, 0xB3261E),
    "Doubt": (HEI, 0x8A5A00),
    "Quiet": (FANG, 0x5F6368),
    "Strong": (HEI, 0x000000),
}


def dress(bulletin: Bulletin) -> None:
    """Give a new document its styles, and Chinese as the language of its Chinese text."""
    for language in bulletin.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    for name, kind in _KINDS.items():
        _paragraphs(_style(bulletin, name, WD_STYLE_TYPE.PARAGRAPH), kind)
    for name, (face, colour) in _LOOKS.items():
        style = _style(bulletin, name, WD_STYLE_TYPE.CHARACTER)
        _face(style, face)
        style.font.color.rgb = RGBColor.from_string(f"{colour:06X}")
        style.font.bold = name in {"Bad", "Strong"}


def _style(bulletin: Bulletin, name: str, kind: WD_STYLE_TYPE) -> ParagraphStyle | CharacterStyle:
    known = name in bulletin.styles
    style = bulletin.styles[name] if known else bulletin.styles.add_style(name, kind)
    assert isinstance(style, CharacterStyle)  # noqa: S101 - a paragraph's style is one too
    return style


def _paragraphs(style: ParagraphStyle | CharacterStyle, kind: _Kind) -> None:
    assert isinstance(style, ParagraphStyle)  # noqa: S101 - they were asked for by kind
    for tag in ("w:rPr", "w:pPr"):  # without themes, letter spacing and lines under titles of the library's template
        for old in style.element.findall(qn(tag)):
            outline = old.find(qn("w:outlineLvl"))
            old.clear()
            if outline is not None:
                old.append(outline)
    _face(style, kind.face)
    style.font.size = Pt(kind.size)
    style.font.bold = False
    style.font.color.rgb = RGBColor(0, 0, 0)
    form = style.paragraph_format
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(kind.line)
    form.alignment, form.first_line_indent = kind.align, Pt(kind.indent * kind.size)
    form.space_before, form.space_after = Pt(kind.before), Pt(kind.after)
    form.keep_with_next, form.widow_control = kind.keep, True


def _face(style: CharacterStyle, face: str) -> None:
    properties = style.element.get_or_add_rPr()
    fonts = OxmlElement("w:rFonts")
    for script in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{script}"), LATIN)
    fonts.set(qn("w:eastAsia"), face)
    properties.insert(0, fonts)


PADDING = 50
"""The space left and right in each cell."""
LARGE, SMALL = 10.5, 9.0
"""The type sizes of tables in points: 五号, or 小五 if a table is too wide or long."""
_SHORT = 6  # rows; of longer tables a page should hold many
_NAME = 22  # halves of a character; narrower, a name is hard to read
_NARROWEST = 6
_SOLID = 12
"""The widest text of a column, in halves of a character, that is not broken while another column can be narrower."""
_DIGIT = 1.25
"""How much wider than half a Chinese character a digit is in the typefaces that stand in for the usual ones."""
_SPARE = 1.2  # a sign of percentage, a tick or a Latin capital is wider than half a Chinese character


class Fit(NamedTuple):
    """The layout of a table: its type size, and the width of each column that is not folded, by number."""

    size: float
    widths: dict[int, int]

    @property
    def kind(self) -> str:
        """The beginning of the names of the styles."""
        return "Small" if self.size == SMALL else "Table"


def fit(table: DocumentTable, room: int) -> Fit:
    """Lay out a table: a short one in the large type if no text breaks, else in the small one.

    Columns may fold, and those that say nothing are left out.
    """
    natural = [_natural(table, i) for i in range(len(table.columns))]
    least = [
        width if column.number else min(width, _NAME) for column, width in zip(table.columns, natural, strict=True)
    ]
    size = LARGE if len(table.rows) <= _SHORT and _wide(natural, LARGE) <= room else SMALL
    empty = {i for i, column in enumerate(table.columns) if column.fold and table.is_empty(i)}
    kept = columns_that_stay(
        table.columns, lambda some: _wide((least[i] for i in some if i not in empty), size) <= room
    )
    kept = [i for i in kept if i not in empty]
    given = {i: _twips(least[i], size) for i in kept}
    solid = {i for i in kept if table.columns[i].number or natural[i] <= _SOLID}
    given = _squeezed(given, room, given.keys() - solid)
    given = _squeezed(given, room, given.keys())
    main = table.main_of(kept)
    for i in (main, *kept):
        given[i] += max(0, min(_twips(natural[i], size) - given[i], room - sum(given.values())))
    given[main] += max(0, room - sum(given.values()))
    return Fit(size, given)


def _natural(table: DocumentTable, index: int) -> int:
    column, widest = table.columns[index], max((cell_len(row[index].text) for row in table.rows), default=0)
    return max(cell_len(column.title), ceil(widest * _DIGIT - 1) if column.number else widest)


def _twips(halves: float, size: float) -> int:
    return round((halves + _SPARE) * size * 10) + 2 * PADDING


def _wide(columns: Iterable[int], size: float) -> int:
    return sum(_twips(width, size) for width in columns)


def _squeezed(given: dict[int, int], room: int, which: AbstractSet[int]) -> dict[int, int]:
    """Narrow the widest of some columns until all fit or these are as narrow as they may be."""
    cap, least = max(given.values()), _twips(_NARROWEST, SMALL)
    while cap > least and sum(min(width, cap) if i in which else width for i, width in given.items()) > room:
        cap -= PADDING
    return {i: min(width, max(cap, least)) if i in which else width for i, width in given.items()}


_LINES = "".join(
    f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="{colour}"/>'
    for side, size, colour in (
        ("top", 12, "000000"),
        ("bottom", 12, "000000"),
        ("insideH", 4, "8C8C8C"),
        ("insideV", 4, "D0D0D0"),
    )
)
_HEAD, _GROUP, _MISSED = "E9ECEF", "F5F6F7", "FBEDEB"


def table_xml(table: DocumentTable, room: int, separator: str) -> BaseOxmlElement:
    """Write a table as Word's XML at once; cell by cell the library takes minutes for some hundred rows.

    `separator` stands between the folded cells of a row.
    """
    if _wide([_natural(table, i) for i in range(len(table.columns))], SMALL) > room:
        table = common_in_titles(table)
    fitted = fit(table, room)
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in fitted.widths.values())
    padding = "".join(
        f'<w:{side} w:w="{width}" w:type="dxa"/>'
        for side, width in (("top", 6), ("left", PADDING), ("bottom", 6), ("right", PADDING))
    )
    xml: BaseOxmlElement = parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{room}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{_LINES}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>{padding}</w:tblCellMar>'
        f"</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{''.join(_rows(table, fitted, separator))}</w:tbl>"
    )
    return xml


def _rows(table: DocumentTable, fitted: Fit, separator: str) -> Iterator[str]:
    kind, given = fitted.kind, fitted.widths
    titles = [_cell(width, _paragraph(f"{kind}Head", table.columns[i].title), _HEAD) for i, width in given.items()]
    yield _row("".join(titles), head=True)
    for group in table.groups:
        if group.title:
            title = _paragraph(f"{kind}Group", group.title)
            yield _row(_cell(sum(given.values()), title, _GROUP, span=len(given)))
        for row in group.rows:
            yield _row("".join(_cells(table, row, fitted, separator)))


def _cells(table: DocumentTable, row: Sequence[TableCell], fitted: Fit, separator: str) -> Iterator[str]:
    kind, given = fitted.kind, fitted.widths
    folded = [i for i in range(len(table.columns)) if i not in given]
    main = table.main_of(given)
    ground = _MISSED if any(cell.tone is Tone.BAD for cell in row) else ""
    for i, width in given.items():
        style = f"{kind}{'Number' if table.columns[i].number else 'Text'}"
        text = _paragraph(style, row[i].text, row[i].tone, row[i].link)
        below = shown_below(table, row, folded, separator) if i == main else ""
        yield _cell(width, text + (_paragraph(f"{kind}Note", below, Tone.QUIET) if below else ""), ground)


def _row(cells: str, *, head: bool = False) -> str:
    again = "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{again}</w:trPr>{cells}</w:tr>"


def _cell(width: int, paragraphs: str, ground: str, span: int = 1) -> str:
    spans = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{ground}"/>' if ground else ""
    size = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    return f'<w:tc><w:tcPr>{size}{spans}{shade}<w:vAlign w:val="center"/></w:tcPr>{paragraphs}</w:tc>'


def _paragraph(style: str, text: str, tone: Tone = Tone.PLAIN, link: str = "") -> str:
    look = f'<w:rPr><w:rStyle w:val="{TONES[tone]}"/></w:rPr>' if tone in TONES else ""
    run = f'<w:r>{look}<w:t xml:space="preserve">{escape(one_line(text))}</w:t></w:r>'
    run = linked(text, link) if link else run
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run}</w:p>'


def linked(text: str, file: str) -> str:
    """Write a text that leads to a file in the same folder, as a field, since a table is made without its package."""
    look = '<w:rPr><w:color w:val="0A5EA8"/><w:u w:val="single"/></w:rPr>'
    shown = f'<w:r>{look}<w:t xml:space="preserve">{escape(one_line(text))}</w:t></w:r>'
    begin, middle, end = (f'<w:r><w:fldChar w:fldCharType="{at}"/></w:r>' for at in ("begin", "separate", "end"))
    field = f'<w:r><w:instrText xml:space="preserve"> HYPERLINK "{quote(file)}" </w:instrText></w:r>'
    return f"{begin}{field}{middle}{shown}{end}"
