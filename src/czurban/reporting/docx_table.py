"""A table of a bulletin: its head comes again on each page, no row breaks, figures stand right."""

from collections.abc import Iterator, Sequence
from html import escape

from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement

from czurban.model.safe_text import one_line
from czurban.reporting.document import Cell, Table, Tone
from czurban.reporting.docx_style import TONES
from czurban.reporting.docx_widths import PADDING, SMALL, Fit, fit
from czurban.reporting.fold import told_below

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


def spelled(table: Table, room: int) -> BaseOxmlElement:
    """The table as Word's XML, written whole: cell by cell, the library takes minutes for some hundred rows."""
    fitted = fit(table, room)
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in fitted.widths.values())
    padding = "".join(
        f'<w:{side} w:w="{width}" w:type="dxa"/>'
        for side, width in (("top", 30), ("left", PADDING), ("bottom", 30), ("right", PADDING))
    )
    xml: BaseOxmlElement = parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{room}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{_LINES}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>{padding}</w:tblCellMar>'
        f"</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{''.join(_rows(table, fitted))}</w:tbl>"
    )
    return xml


def _rows(table: Table, fitted: Fit) -> Iterator[str]:
    kind = "Small" if fitted.size == SMALL else "Table"
    given = fitted.widths
    titles = [_cell(width, _paragraph(f"{kind}Head", table.columns[i].title), _HEAD) for i, width in given.items()]
    yield _row("".join(titles), head=True)
    for group in table.groups:
        if group.title:
            title = _paragraph(f"{kind}Group", group.title)
            yield _row(_cell(sum(given.values()), title, _GROUP, span=len(given)))
        for row in group.rows:
            yield _row("".join(_cells(table, row, given, kind)))


def _cells(table: Table, row: Sequence[Cell], given: dict[int, int], kind: str) -> Iterator[str]:
    folded = [i for i in range(len(table.columns)) if i not in given]
    main = next((i for i in given if table.columns[i].main), next(iter(given)))
    ground = _MISSED if any(cell.tone is Tone.BAD for cell in row) else ""
    for i, width in given.items():
        text = _paragraph(f"{kind}{'Number' if table.columns[i].number else 'Text'}", row[i].text, row[i].tone)
        below = told_below(table, row, folded) if i == main else ""
        yield _cell(width, text + (_paragraph(f"{kind}Note", below, Tone.QUIET) if below else ""), ground)


def _row(cells: str, *, head: bool = False) -> str:
    again = "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{again}</w:trPr>{cells}</w:tr>"


def _cell(width: int, paragraphs: str, ground: str, span: int = 1) -> str:
    spans = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{ground}"/>' if ground else ""
    size = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    return f'<w:tc><w:tcPr>{size}{spans}{shade}<w:vAlign w:val="center"/></w:tcPr>{paragraphs}</w:tc>'


def _paragraph(style: str, text: str, tone: Tone = Tone.PLAIN) -> str:
    look = f'<w:rPr><w:rStyle w:val="{TONES[tone]}"/></w:rPr>' if tone in TONES else ""
    run = f'<w:r>{look}<w:t xml:space="preserve">{escape(one_line(text))}</w:t></w:r>'
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run}</w:p>'
