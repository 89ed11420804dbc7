import io
import zipfile

import docx
import pytest
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from czurban.reading.sources.docx import WordParagraph, read_docx
from czurban.reading.sources.office_xml import ScanError
from czurban.reading.sources.sheet import CellSheet, Merge


def saved(document: Document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_paragraphs_and_tables_come_in_their_order_with_the_levels_of_headings() -> None:
    document = docx.Document()
    document.add_heading("某市工作方案", 1)
    document.add_paragraph("一、工作目标")
    table = document.add_table(2, 2)
    table.cell(0, 0).text, table.cell(1, 1).text = "指标", "41"
    document.add_paragraph("二、任务")
    blocks = read_docx("plan.docx", saved(document))
    assert blocks[0] == WordParagraph(1, "某市工作方案", 1)
    assert [type(block) for block in blocks] == [WordParagraph, WordParagraph, CellSheet, WordParagraph]
    table_block = blocks[2]
    assert isinstance(table_block, CellSheet)
    assert [list(row.cells) for row in table_block.rows] == [["指标", ""], ["", "41"]]
    assert str(table_block.place(table_block.rows[1], 1)) == "plan.docx:表1!B2"


def test_merged_cells_keep_their_text_at_their_first_cell() -> None:
    document = docx.Document()
    table = document.add_table(3, 3)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "类"
    table.cell(2, 1).merge(table.cell(2, 2)).text = "跨\n列"
    sheet = read_docx("plan.docx", saved(document))[0]
    assert isinstance(sheet, CellSheet)
    assert [list(row.cells) for row in sheet.rows] == [["类", "", ""], ["", "", ""], ["", "跨\n列", ""]]
    assert sheet.merges == (Merge(0, 0, 1, 0), Merge(2, 1, 2, 2))


def test_the_numbers_that_word_shows_are_part_of_the_text() -> None:
    document = docx.Document()
    for text in ("深化改革", "推进建设"):
        document.add_paragraph(text, style="List Number")
    document.add_paragraph("要点", style="List Bullet")
    numbering = document.part.numbering_part.element
    for level in numbering.iter(qn("w:lvl")):
        level.find(qn("w:numFmt")).set(qn("w:val"), "chineseCounting")
        level.find(qn("w:lvlText")).set(qn("w:val"), "（%1）")
        level.set("changed", "yes")
    blocks = read_docx("plan.docx", saved(document))
    texts = [block.text for block in blocks if isinstance(block, WordParagraph)]
    assert texts[:2] == ["（一）深化改革", "（二）推进建设"]


def test_deleted_text_and_the_older_copy_of_a_text_box_are_left_out() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("达到41%")
    body = paragraph._p  # noqa: SLF001 - python-docx cannot write these elements
    for outer, inner, text in (("del", "delText", "42"), ("Fallback", "t", "43")):
        element = body.makeelement(f"{{{MC}}}Fallback") if outer == "Fallback" else OxmlElement("w:del")
        run, piece = OxmlElement("w:r"), OxmlElement(f"w:{inner}")
        piece.text = text
        run.append(piece)
        element.append(run)
        body.append(element)
    assert read_docx("plan.docx", saved(document)) == [WordParagraph(1, "达到41%")]


MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"not a file"])
def test_what_is_no_word_file_is_refused(data: bytes) -> None:
    with pytest.raises(ScanError):
        read_docx("plan.docx", data)


def test_a_file_with_a_document_type_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as book:
        book.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY b "c">]><document>&b;</document>')
    with pytest.raises(ScanError):
        read_docx("plan.docx", stream.getvalue())
