import io
import re
import zipfile
from fractions import Fraction
from xml.etree import ElementTree as ET

import pytest
from python_calamine import CalamineWorkbook

from czurban.errors import OutputError
from czurban.reporting.document import (
    Code,
    Column,
    Document,
    DocumentTable,
    Heading,
    Item,
    Items,
    Paragraph,
    RowGroup,
    TableCell,
    Tone,
)
from czurban.reporting.formats.registry import render
from czurban.reporting.formats.xlsx import names
from czurban.reporting.formats.xlsx_table import number

Row = list[object]


@pytest.fixture(scope="module")
def packed(sample: Document) -> bytes:
    return render(sample, "xlsx")


@pytest.fixture(scope="module")
def parts(packed: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(packed)) as opened:
        return {name: opened.read(name).decode() for name in opened.namelist()}


def read(packed: bytes) -> dict[str, list[Row]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(packed))
    return {name: [list(row) for row in book.get_sheet_by_name(name).to_python()] for name in book.sheet_names}


def test_each_part_is_a_sheet_and_the_title_stands_atop_the_first(packed: bytes) -> None:
    book = read(packed)
    assert list(book) == ["总体情况", "主要指标", "怪异文字"]
    assert [row[0] for row in book["总体情况"][:4]] == [
        "钦州市2019年新型城镇化建设工作方案",
        "以 2019 数值对照 2019 目标。",
        "总体情况",
        "25项指标中19项达标。",
    ]


def test_a_table_is_flat_with_its_groups_as_a_column_and_its_figures_as_numbers(packed: bytes) -> None:
    rows = read(packed)["主要指标"]
    assert rows[1] == ["类别", "编号", "指标", "牵头单位", "实际", "结论", "说明"]
    assert rows[2][:6] == ["城镇化水平", "1", "常住人口城镇化率（%）", "市教育局", 41.2, "✓ 达标"]
    assert rows[3][:6] == ["城镇化水平", "2", "户籍人口城镇化率（%）", "市教育局", 20, "✗ 未达标"]
    assert rows[4][4] == 190
    assert len([row for row in rows if row[0] == "基础设施"]) == 87


def test_what_is_no_table_stands_on_the_sheet_of_its_heading(packed: bytes) -> None:
    below = [row[0] for row in read(packed)["主要指标"] if row[0] and not row[1]]
    assert below == [
        "主要指标",
        "其中",
        "市教育局：2",
        "学校",
        "幼儿园",
        "公办",
        "市民政局：1",
        "更深",
        "a: 1",
        "b: [2]",
    ]


def test_text_stays_text(packed: bytes, parts: dict[str, str], nasty: list[str]) -> None:
    assert [row[0] for row in read(packed)["怪异文字"][2:]] == nasty
    assert not [name for name, text in parts.items() if "/worksheets/" in name and re.search("<f[ >]|<hyperlink", text)]


def test_heads_are_frozen_filtered_and_printed_again(parts: dict[str, str]) -> None:
    sheet = parts["xl/worksheets/sheet2.xml"]
    assert '<pane ySplit="2" topLeftCell="A3"' in sheet
    assert '<autoFilter ref="A2:G91"/>' in sheet
    assert 'orientation="landscape"' in sheet
    assert 'fitToHeight="0"' in sheet
    assert "'主要指标'!$2:$2" in parts["xl/workbook.xml"] or "主要指标!$2:$2" in parts["xl/workbook.xml"]


def test_a_sheet_with_a_page_of_words_before_its_table_is_not_frozen() -> None:
    table = DocumentTable((Column("a", main=True),), (RowGroup("", ((TableCell("x"),),)),))
    blocks = (Heading("x", 2), *(Paragraph(f"{n}") for n in range(6)), table)
    with zipfile.ZipFile(io.BytesIO(render(Document(blocks), "xlsx"))) as opened:
        assert "<pane" not in opened.read("xl/worksheets/sheet1.xml").decode()


def test_words_carry_their_tone_as_a_condition(parts: dict[str, str]) -> None:
    sheet = parts["xl/worksheets/sheet2.xml"]
    rules_by_cells = re.findall(r'<conditionalFormatting sqref="([^"]+)">(.*?)</conditionalFormatting>', sheet)
    assert {
        (cells, formula) for cells, rules in rules_by_cells for formula in re.findall("<formula>(.*?)</formula>", rules)
    } == {
        ("F3:F91", '"✓ 达标"'),
        ("F3:F91", '"✗ 未达标"'),
        ("A3:G91", '$F3="✗ 未达标"'),
    }


def test_a_word_with_quotation_marks_stays_one_text_in_a_condition() -> None:
    rows = ((TableCell("x"), TableCell('a")+1', Tone.BAD)),)
    table = DocumentTable((Column("n", main=True), Column("w")), (RowGroup("", rows),))
    with zipfile.ZipFile(io.BytesIO(render(Document((table,)), "xlsx"))) as opened:
        root = ET.fromstring(opened.read("xl/worksheets/sheet1.xml"))  # noqa: S314 - our own file
    formulas = [part.text for part in root.iter() if part.tag.endswith("}formula")]
    assert sorted(str(part) for part in formulas) == ['"a"")+1"', '$B2="a"")+1"']


def test_strips_become_charts_of_the_cells(parts: dict[str, str]) -> None:
    charts = [text for name, text in sorted(parts.items()) if "/charts/chart" in name]
    assert len(charts) == 2
    refs = re.findall("<c:f>(.*?)</c:f>", charts[0])
    series = [["总体情况!$B$5", "总体情况!$A$6:$A$7", "总体情况!$B$6:$B$7"]]
    series += [["总体情况!$C$5", "总体情况!$A$6:$A$7", "总体情况!$C$6:$C$7"]]
    assert refs == [part for part in series for part in part]
    assert '<c:grouping val="stacked"/>' in charts[0]


@pytest.mark.parametrize(
    ("text", "value", "held", "form"),
    [
        ("41.2", "41.2", 41.2, "0.0"),
        ("≥41", "41", 41, '"≥"0;"≥"-0'),
        ("约190", "190", 190, '"约"0;"约"-0'),
        ("+0.83", "0.83", 0.83, "+0.00;-0.00;0.00"),
        ("-0.6", "-0.6", -0.6, "0.0"),
        ("0", "0", 0, "0"),
        ("100.6%", "1.006", 1.006, "0.0%"),
        ("99.3%", "831466/837466", 0.993, "0.0%"),  # no decimal: as shown
        ("99.9%", "0.99999", 0.999, "0.0%"),  # rounded so as not to cross a verdict: as shown
        ("41%", "41", 41, '0"%"'),
        ("190 公顷", "190", 190, '0" 公顷"'),
        ("0.3333", "1/3", 0.3333, "0.0000"),
        ("1234567890.12345", "1234567890.12345", 1234567890.12345, "0.00000"),
        ("40.9999", "40.99990000000000001", 40.9999, "0.0000"),
    ],
)
def test_a_figure_is_a_number_that_shows_what_the_text_shows(text: str, value: str, held: float, form: str) -> None:
    cell_number = number(TableCell(text, value=Fraction(value)))
    assert cell_number is not None
    assert (cell_number.value, cell_number.form) == (held, form)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("41.2", None),  # nobody says that this is a number
        ("—", "41.2"),
        ("20–30", "25"),
        ("4.39万", "43900"),  # the text shows another number
        ("40.99999999999999999", "40.99999999999999999"),  # more than a spreadsheet holds
        ("1e5", "100000"),
        ('"5', "5"),
        ("1,000", "1000"),
        ("５", "5"),
    ],
)
def test_what_a_number_would_not_show_stays_text(text: str, value: str | None) -> None:
    assert number(TableCell(text, value=Fraction(value) if value else None)) is None


@pytest.mark.parametrize(
    ("wanted", "taken"),
    [
        (["a/b:c*[x]?"], ["a b c  x"]),
        (["'x'"], ["x"]),
        (["指" * 40], ["指" * 31]),
        (["指" * 40, "指" * 31], ["指" * 31, "指" * 27 + " (2)"]),
        (["A", "a", "A:"], ["A", "a (2)", "A (3)"]),
        (["History"], ["History_"]),
        (["", "??"], ["1", "2"]),
        (["😀" * 20], ["😀" * 15]),
    ],
)
def test_sheets_have_names_that_programs_take(wanted: list[str], taken: list[str]) -> None:
    assert names(wanted) == taken
    book = render(Document(tuple(Heading(name, 2) for name in wanted)), "xlsx")
    assert [name.strip() for name in CalamineWorkbook.from_filelike(io.BytesIO(book)).sheet_names] == taken


def test_headings_of_one_sheet_share_it_and_a_document_without_headings_has_one() -> None:
    blocks = (Heading("甲（3）", 2, "说明"), Paragraph("a"), Heading("乙", 2), Heading("丙", 2, "说明"), Paragraph("b"))
    book = read(render(Document(blocks), "xlsx"))
    assert {name: [row[0] for row in rows] for name, rows in book.items()} == {
        "说明": ["甲（3）", "a", "丙", "b"],
        "乙": ["乙"],
    }
    bare = Document((Items((Item("x"),)), Code("y"), DocumentTable((Column("z"),), ())))
    assert read(render(bare, "xlsx")) == {"1": [["x"], ["y"], ["z"]]}


def test_what_a_cell_cannot_hold_is_cut_with_a_mark() -> None:
    table = DocumentTable((Column("a", main=True),), (RowGroup("", ((TableCell("字" * 40_000),),)),))
    shown = str(read(render(Document((table,)), "xlsx"))["1"][1][0])
    assert (len(shown), shown[-2:]) == (32_767, "字…")


def test_the_same_document_is_the_same_file(sample: Document, packed: bytes) -> None:
    assert render(sample, "xlsx") == packed


def test_a_table_that_no_sheet_holds_is_no_workbook(sample: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("czurban.reporting.formats.xlsx_table.LAST", 50)
    with pytest.raises(OutputError):
        render(sample, "xlsx")
