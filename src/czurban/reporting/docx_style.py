"""The styles of a bulletin after GB/T 9704: the typeface and size of each kind of text."""

from dataclasses import dataclass

from docx.document import Document as Bulletin
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.styles.style import CharacterStyle, ParagraphStyle

from czurban.reporting.document import Tone

FANG, HEI, KAI, SONG = "仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体"
LATIN = "Times New Roman"
ELSE = {
    FANG: "仿宋,FangSong,STFangsong,FandolFang R,Noto Serif CJK SC",
    HEI: "SimHei,STHeiti,Noto Sans CJK SC,Source Han Sans SC",
    KAI: "楷体,KaiTi,STKaiti,FandolKai,Noto Serif CJK SC",
    SONG: "小标宋,华文中宋,STZhongsong,宋体,SimSun,Noto Serif CJK SC",
}
"""What may stand in where a typeface is not installed, the nearest first."""
_LEFT, _CENTRE, _RIGHT = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
_BOTH = WD_ALIGN_PARAGRAPH.JUSTIFY


@dataclass(frozen=True, slots=True)
class _Kind:
    """A paragraph's look: points of type and of a line, characters of indent, points before and after."""

    face: str
    size: float
    line: float
    align: WD_ALIGN_PARAGRAPH = _BOTH
    indent: int = 0
    before: float = 0
    after: float = 0
    keep: bool = False


_KINDS = {
    "Title": _Kind(SONG, 22, 34, _CENTRE, before=18, after=10, keep=True),
    "Subtitle": _Kind(KAI, 14, 22, _CENTRE, after=14),
    "Heading 1": _Kind(HEI, 16, 29, indent=2, before=10, after=4, keep=True),
    "Heading 2": _Kind(KAI, 16, 29, indent=2, before=4, after=4, keep=True),
    "Heading 3": _Kind(FANG, 16, 29, indent=2, keep=True),
    "Heading 4": _Kind(FANG, 16, 29, indent=2, keep=True),
    "Body Text": _Kind(FANG, 16, 29, indent=2),
    "List": _Kind(FANG, 14, 25),
    "Code": _Kind(FANG, 10.5, 15, _LEFT),
    "Table Head": _Kind(HEI, 10.5, 15, _CENTRE, keep=True),
    "Table Group": _Kind(KAI, 10.5, 15, _LEFT, keep=True),
    "Table Text": _Kind(FANG, 10.5, 15, _LEFT),
    "Table Number": _Kind(FANG, 10.5, 15, _RIGHT),
    "Table Note": _Kind(KAI, 9, 12.5, _LEFT),
    "Small Head": _Kind(HEI, 9, 13, _CENTRE, keep=True),
    "Small Group": _Kind(KAI, 9, 13, _LEFT, keep=True),
    "Small Text": _Kind(FANG, 9, 13, _LEFT),
    "Small Number": _Kind(FANG, 9, 13, _RIGHT),
    "Small Note": _Kind(KAI, 8, 11, _LEFT),
    "Table End": _Kind(FANG, 6, 12, _LEFT),
    "Footer": _Kind("宋体", 14, 18),
}
TONES = {Tone.GOOD: "Good", Tone.BAD: "Bad", Tone.DOUBT: "Doubt", Tone.QUIET: "Quiet"}
"""The character styles of tones; what is missed also has another typeface, for printers without colours."""
_LOOKS = {"Good": (FANG, 0x1B5E3A), "Bad": (HEI, 0xB3261E), "Doubt": (HEI, 0x8A5A00), "Quiet": (FANG, 0x5F6368)}


def dress(bulletin: Bulletin) -> None:
    """Give a new document the styles, and Chinese as the language of its Chinese text."""
    for language in bulletin.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    for name, kind in _KINDS.items():
        _paragraphs(_style(bulletin, name, WD_STYLE_TYPE.PARAGRAPH), kind)
    for name, (face, colour) in _LOOKS.items():
        style = _style(bulletin, name, WD_STYLE_TYPE.CHARACTER)
        _face(style, face)
        style.font.color.rgb = RGBColor.from_string(f"{colour:06X}")
        style.font.bold = name == "Bad"


def _style(bulletin: Bulletin, name: str, kind: WD_STYLE_TYPE) -> ParagraphStyle | CharacterStyle:
    known = name in bulletin.styles
    style = bulletin.styles[name] if known else bulletin.styles.add_style(name, kind)
    assert isinstance(style, CharacterStyle)  # noqa: S101 - a paragraph's style is one too
    return style


def _paragraphs(style: ParagraphStyle | CharacterStyle, kind: _Kind) -> None:
    assert isinstance(style, ParagraphStyle)  # noqa: S101 - they were asked for by kind
    _bare(style)
    _face(style, kind.face)
    style.font.size = Pt(kind.size)
    style.font.bold = False
    style.font.color.rgb = RGBColor(0, 0, 0)
    form = style.paragraph_format
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(kind.line)
    form.alignment, form.first_line_indent = kind.align, Pt(kind.indent * kind.size)
    form.space_before, form.space_after = Pt(kind.before), Pt(kind.after)
    form.keep_with_next, form.widow_control = kind.keep, True


def _bare(style: ParagraphStyle) -> None:
    """Take off what the library's own template gave the style: themes, spacing of letters, lines under titles."""
    for tag in ("w:rPr", "w:pPr"):
        for old in style.element.findall(qn(tag)):
            outline = old.find(qn("w:outlineLvl"))
            old.clear()
            if outline is not None:
                old.append(outline)


def _face(style: CharacterStyle, face: str) -> None:
    properties = style.element.get_or_add_rPr()
    fonts = OxmlElement("w:rFonts")
    for script in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{script}"), LATIN)
    fonts.set(qn("w:eastAsia"), face)
    properties.insert(0, fonts)
