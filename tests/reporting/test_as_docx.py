# ruff: noqa: SLF001 - what the library does not tell of a file stands in its XML
import io
import zipfile
from itertools import pairwise

import docx
import pytest
from docx.document import Document as Bulletin
from docx.oxml.ns import qn
from docx.shared import Mm

from czurban.reporting.document import (
    Column,
    Document,
    DocumentTable,
    Heading,
    Item,
    Items,
    Paragraph,
    RowGroup,
    TableCell,
)
from czurban.reporting.formats.docx import ROOM
from czurban.reporting.formats.docx_table import LARGE, PADDING, SMALL, fit
from czurban.reporting.formats.registry import render


@pytest.fixture(scope="module")
def packed(sample: Document) -> bytes:
    return render(sample, "docx")


@pytest.fixture(scope="module")
def bulletin(packed: bytes) -> Bulletin:
    return docx.Document(io.BytesIO(packed))


def texts(bulletin: Bulletin) -> list[tuple[str, str]]:
    return [(part.style.name if part.style else "", part.text) for part in bulletin.paragraphs if part.text]


def test_every_block_has_the_style_of_its_rank(bulletin: Bulletin) -> None:
    assert texts(bulletin) == [
        ("Title", "钦州市2019年新型城镇化建设工作方案"),
        ("Subtitle", "以 2019 数值对照 2019 目标。"),
        ("Heading 1", "总体情况"),
        ("Body Text", "25项指标中19项达标。"),
        ("Heading 1", "主要指标"),
        ("Heading 2", "其中"),
        ("List", "市教育局：2"),
        ("List", "学校"),
        ("List", "幼儿园"),
        ("List", "公办"),
        ("List", "市民政局：1"),
        ("Heading 4", "更深"),
        ("Code", "a: 1"),
        ("Code", "b: [2]"),
        ("Heading 1", "怪异文字"),
    ]


def test_tables_repeat_their_head_and_no_row_breaks(bulletin: Bulletin) -> None:
    for table in bulletin.tables:
        rows = table._tbl.tr_lst
        assert [row.find(f".//{qn('w:tblHeader')}") is not None for row in rows] == [True] + [False] * (len(rows) - 1)
        assert all(row.find(f".//{qn('w:cantSplit')}") is not None for row in rows)


def test_a_table_keeps_every_row_and_each_column_that_fits(bulletin: Bulletin) -> None:
    rows = [[cell.text for cell in row.cells] for row in bulletin.tables[2].rows]
    assert len(rows) == 1 + 2 + 89
    assert rows[0] == ["编号", "指标", "牵头单位", "实际", "结论", "说明"]
    assert rows[1] == ["城镇化水平"] * 6
    assert rows[3] == ["2", "户籍人口城镇化率（%）", "市教育局", "≥20", "✗ 未达标", "说明" * 9]


def test_figures_stand_right_and_what_is_missed_has_a_word_a_face_and_a_ground(bulletin: Bulletin) -> None:
    cells = bulletin.tables[2].rows[3].cells
    styles = [cell.paragraphs[0].style for cell in cells]
    names = [(style.name or "").split()[-1] for style in styles if style]
    assert names == ["Number", "Text", "Text", "Number", "Text", "Text"]
    assert bulletin.styles["Table Number"].paragraph_format.alignment == 2  # type: ignore[attr-defined]
    run = cells[4].paragraphs[0].runs[0]
    assert (run.text, run.style.name) == ("✗ 未达标", "Bad")
    assert bulletin.styles["Bad"].element.find(f".//{qn('w:rFonts')}").get(qn("w:eastAsia")) == "黑体"
    assert cells[3]._tc.find(f".//{qn('w:shd')}") is not None
    assert bulletin.tables[2].rows[2].cells[3]._tc.find(f".//{qn('w:shd')}") is None


def test_a_sentence_that_leads_a_list_stays_with_it() -> None:
    blocks = Paragraph("判读如下："), Items((Item("a"),)), Paragraph("As follows:"), Paragraph("None.")
    written = docx.Document(io.BytesIO(render(Document(blocks), "docx")))
    kept = {paragraph.text: paragraph.paragraph_format.keep_with_next for paragraph in written.paragraphs}
    assert (kept["判读如下："], kept["As follows:"], kept["None."]) == (True, True, None)


def test_tables_never_touch(bulletin: Bulletin) -> None:
    tags = [part.tag for part in bulletin.element.body]
    assert (qn("w:tbl"), qn("w:tbl")) not in pairwise(tags)


def test_text_stays_text(bulletin: Bulletin, nasty: list[str]) -> None:
    assert [row.cells[0].text for row in bulletin.tables[3].rows][1:] == nasty


def test_the_page_is_a_government_one(bulletin: Bulletin) -> None:
    section = bulletin.sections[0]
    sizes = (section.page_width, section.page_height, section.top_margin, section.left_margin)
    assert [round((size or 0) / Mm(1)) for size in sizes] == [210, 297, 37, 28]
    assert "PAGE" in section.footer._element.xml
    assert "PAGE" in section.even_page_footer._element.xml


@pytest.mark.parametrize(
    ("style", "face", "points"),
    [
        ("Title", "方正小标宋简体", 22),
        ("Heading 1", "黑体", 16),
        ("Heading 2", "楷体_GB2312", 16),
        ("Body Text", "仿宋_GB2312", 16),
    ],
)
def test_typefaces_are_named_and_have_others_to_stand_in(
    packed: bytes, bulletin: Bulletin, style: str, face: str, points: int
) -> None:
    element = bulletin.styles[style].element
    fonts = element.find(f".//{qn('w:rFonts')}")
    assert (fonts.get(qn("w:eastAsia")), int(element.find(f".//{qn('w:sz')}").get(qn("w:val")))) == (face, points * 2)
    table = zipfile.ZipFile(io.BytesIO(packed)).read("word/fontTable.xml").decode()
    assert f'<w:font w:name="{face}"><w:altName' in table


@pytest.mark.parametrize(
    ("heading", "form"), [("总体情况", "chineseCountingThousand"), ("Overview", "decimal"), (None, "decimal")]
)
def test_headings_are_numbered_by_word_in_the_language_they_have(heading: str | None, form: str) -> None:
    blocks = (Heading(heading, 2),) if heading else (Paragraph("x"),)
    with zipfile.ZipFile(io.BytesIO(render(Document(blocks), "docx"))) as parts:
        numbering = parts.read("word/numbering.xml").decode()
        styles = parts.read("word/styles.xml").decode()
    assert f'<w:numFmt w:val="{form}"/><w:pStyle w:val="Heading1"/>' in numbering
    assert styles.count('<w:numId w:val="1001"/>') == 4


def test_items_are_numbered_by_their_level(bulletin: Bulletin) -> None:
    levels = [
        int(part._p.pPr.numPr.ilvl.val)
        for part in bulletin.paragraphs
        if part._p.pPr is not None and part._p.pPr.numPr is not None
    ]
    assert levels == [0, 1, 1, 2, 0]


def test_the_same_document_is_the_same_file(sample: Document, packed: bytes) -> None:
    assert render(sample, "docx") == packed
    assert {entry.date_time[0] for entry in zipfile.ZipFile(io.BytesIO(packed)).infolist()} == {1980}
    assert "docProps/thumbnail.jpeg" not in zipfile.ZipFile(io.BytesIO(packed)).namelist()


def _table(*widths: int, fold: int = 0) -> DocumentTable:
    columns = tuple(Column("x" * width, main=not n, fold=n if n >= fold > 0 else 0) for n, width in enumerate(widths))
    return DocumentTable(columns, (RowGroup("", (tuple(TableCell("-") for _ in widths),)),))


@pytest.mark.parametrize(
    ("table", "size", "kept"),
    [
        (_table(10, 10), LARGE, [0, 1]),
        (_table(200, 200), SMALL, [0, 1]),  # text wraps
        (_table(*[30] * 8), SMALL, list(range(8))),  # nothing folds: all give
        (_table(*[30] * 6, fold=4), SMALL, [0, 1, 2, 3]),
        (_table(*[30] * 6, fold=5), SMALL, [0, 1, 2, 3, 4]),
    ],
)
def test_widths_fill_the_page(table: DocumentTable, size: float, kept: list[int]) -> None:
    fitted = fit(table, ROOM)
    assert (fitted.size, list(fitted.widths)) == (size, kept)
    assert sum(fitted.widths.values()) == ROOM


@pytest.mark.parametrize("rows", [3, 30])
def test_a_number_has_room_in_a_typeface_that_stands_in(rows: int) -> None:
    numbers = ("74.7466", "≥83.7466", "83.7466", "-0.41", "100.0%")
    columns = (
        Column("指标", main=True),
        *(Column("数", number=True) for _ in numbers),
        Column("基期", number=True, fold=1),
    )
    row = tuple(map(TableCell, ("城镇失业人员、农民工、新成长劳动力基本职业技能培训覆盖率（%）", *numbers, "—")))
    fitted = fit(DocumentTable(columns, (RowGroup("", (row,) * rows),)), ROOM)
    assert len(columns) - 1 not in fitted.widths  # a column that says nothing is left out
    wide = {"≥": 0.84, "%": 0.95, ".": 0.32, "-": 0.34}  # of DejaVu Serif, in the type size; a digit is 0.64
    for number, text in enumerate(numbers, 1):
        needed = sum(wide.get(sign, 0.64) for sign in text) * fitted.size * 20
        assert fitted.widths[number] - 2 * PADDING >= needed


def test_a_table_of_too_many_columns_is_wider_than_the_page_rather_than_unreadable() -> None:
    fitted = fit(_table(*[9] * 60), ROOM)
    assert min(fitted.widths.values()) > 2 * PADDING
    assert sum(fitted.widths.values()) > ROOM


def test_properties_stand_in_the_order_that_word_insists_on(bulletin: Bulletin) -> None:
    tags = [part.tag.partition("}")[2] for part in bulletin.styles["Heading 1"].element.pPr]
    assert tags == ["keepNext", "widowControl", "numPr", "spacing", "ind", "jc", "outlineLvl"]
    item = next(part for part in bulletin.paragraphs if part.text == "学校")
    assert [part.tag.partition("}")[2] for part in item._p.pPr] == ["pStyle", "numPr"]
