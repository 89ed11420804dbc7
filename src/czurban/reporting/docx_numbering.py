"""The numbers of headings 一、（一）1.（1） and of lists, as Word's own, so that they follow when somebody edits."""

from typing import Any

from docx.document import Document as Bulletin
from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml
from docx.oxml.text.paragraph import CT_P

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
    """What numbers a document's headings and lists."""

    def __init__(self, bulletin: Bulletin, *, chinese: bool) -> None:
        self._root = bulletin.part.numbering_part.element
        levels = [_level(n, *one, f"Heading{n + 1}") for n, one in enumerate(_CHINESE if chinese else _LATIN)]
        self._describe(_HEADINGS, "".join(levels))
        self._describe(_LISTS, "".join(_level(n, *one, indent=_STEP * (n + 1)) for n, one in enumerate(_ITEMS)))
        self._next = 1000
        number = self._count(_HEADINGS)
        for level in range(len(_CHINESE)):
            style = bulletin.styles[f"Heading {level + 1}"].element
            _count_in(style, number, level)

    def list(self) -> int:
        """The number of a new list, which begins at 1."""
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


def counted(paragraph: CT_P, number: int, level: int) -> None:
    """Make a paragraph an entry of a list."""
    _count_in(paragraph, number, min(level, len(_ITEMS) - 1))


def _count_in(element: Any, number: int, level: int) -> None:  # noqa: ANN401 - a paragraph, or the style of some
    """Said in the place that the format gives it among the other properties, which Word insists on."""
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
