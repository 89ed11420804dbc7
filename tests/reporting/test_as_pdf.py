"""A report as PDF: the same bytes twice, its words unbroken, and what is said where something is missing."""

import shutil
import subprocess
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from czurban.errors import MissingExtraError, OutputError
from czurban.reporting.document import (
    Block,
    Column,
    Document,
    DocumentTable,
    Heading,
    Item,
    Items,
    LineChart,
    Paragraph,
    Role,
    RowGroup,
    Strip,
    TableCell,
    Tone,
    common_in_titles,
)
from czurban.reporting.formats.registry import render

typst = pytest.importorskip("typst")
COLUMNS = (
    Column("编号", number=True),
    Column("指标", main=True),
    Column("牵头单位", fold=1),
    Column("实际", number=True),
    Column("结论"),
)
DIGEST = "0123456789abcdef" * 4


def row(number: int, actual: str, lead: str = "市公安局", tone: Tone = Tone.GOOD) -> tuple[TableCell, ...]:
    chart = Strip((("达标", 3, Tone.GOOD), ("未达标", 1, Tone.BAD)))
    name = TableCell(f"农业转移人口和其他常住人口落户城镇数量{number}（万人）", chart=chart)
    return (TableCell(str(number)), name, TableCell(lead), TableCell(actual, tone), TableCell("✗ 未达标", tone))


BLOCKS: tuple[Block, ...] = (
    Heading("关于《方案》2019年完成情况的通报"),
    Paragraph("据18份填报表。", Tone.QUIET),
    Heading("总体情况", 2),
    Paragraph("#let x = 1 与 $a$、*b*、\\ 都是文字。"),
    Items((Item("第一项", (Item("下一级"),)), Item("第二项"))),
    DocumentTable(COLUMNS, (RowGroup("城镇化水平", tuple(row(n, f"≥83.746{n}") for n in range(9))),)),
    DocumentTable(
        (Column("文件", main=True), Column("SHA-256")), (RowGroup("", ((TableCell("a"), TableCell(DIGEST)),)),)
    ),
    LineChart(
        "走势", ("1月", "2月"), (Fraction(1), Fraction(2)), (None, None), (Fraction(3),), ("实际", "应到", "目标")
    ),
    Paragraph("市公安局：", role=Role.ADDRESSEE),
    Paragraph("2020年1月8日", role=Role.SIGNATURE),
    Heading("附件：清单"),
)


@pytest.fixture
def text(tmp_path: Path) -> Callable[[tuple[Block, ...]], str]:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")

    def extracted(blocks: tuple[Block, ...]) -> str:
        path = tmp_path / "report.pdf"
        path.write_bytes(render(Document(blocks, language="zh"), "pdf"))
        command = ["pdftotext", "-layout", str(path), "-"]
        return subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout

    return extracted


def test_the_same_report_is_the_same_file() -> None:
    first, second = (render(Document(BLOCKS, language="zh"), "pdf") for _ in range(2))
    assert first == second
    assert first.startswith(b"%PDF-1.7")
    assert b"pdfaid:part>2<" in first or b'pdfaid:part="2"' in first


def test_its_texts_are_shown_as_they_are_and_numbers_in_one_piece(text: Callable[[tuple[Block, ...]], str]) -> None:
    shown = text(BLOCKS)
    for part in ("一、总体情况", "#let x = 1 与 $a$、*b*、\\ 都是文字。", "≥83.7468", "— 1 —", "2020 年 1 月 8 日"):
        assert part.replace(" ", "") in shown.replace(" ", "")
    assert "附件" in shown.split("\f")[1]


def test_a_column_that_each_group_shares_is_in_the_title_of_the_group() -> None:
    table = DocumentTable(
        COLUMNS, (RowGroup("任务1", (row(1, "1"), row(2, "2"))), RowGroup("任务2", (row(3, "3", "市教育局"),)))
    )
    moved = common_in_titles(table)
    assert [group.title for group in moved.groups] == ["任务1 市公安局", "任务2 市教育局"]
    assert [column.title for column in moved.columns] == ["编号", "指标", "实际", "结论"]
    mixed = DocumentTable(COLUMNS, (RowGroup("任务1", (row(1, "1"), row(2, "2", "市教育局"))),))
    assert common_in_titles(mixed) is mixed


def test_a_number_that_a_group_shares_stays_under_its_title() -> None:
    columns = (Column("指标", main=True), Column("差距", number=True, fold=2), Column("牵头单位", fold=1))
    rows = tuple((TableCell(name), TableCell("-0.6"), TableCell("市公安局")) for name in ("一", "二"))
    moved = common_in_titles(DocumentTable(columns, (RowGroup("城镇化水平", rows),)))
    assert [group.title for group in moved.groups] == ["城镇化水平 市公安局"]
    assert [column.title for column in moved.columns] == ["指标", "差距"]


def test_without_a_chinese_font_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    class Latin:
        def families(self) -> list[str]:
            return ["Liberation Serif", "Libertinus Serif"]

    monkeypatch.setattr(typst, "Fonts", Latin)
    with pytest.raises(OutputError, match="No font with Chinese characters"):
        render(Document(BLOCKS, language="zh"), "pdf")


def test_without_the_extra_it_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> object:
        raise ModuleNotFoundError(name="typst")

    monkeypatch.setattr("czurban.reporting.formats.registry.import_module", missing)
    with pytest.raises(MissingExtraError) as caught:
        render(Document(BLOCKS), "pdf")
    assert "A report as pdf needs typst" in str(caught.value.message)
    assert "pip install" in str(caught.value.hint)


@pytest.mark.parametrize("before", range(1, 8))
def test_no_page_ends_with_the_title_of_a_group(text: Callable[[tuple[Block, ...]], str], before: int) -> None:
    head = RowGroup("开头", tuple(row(n, "1") for n in range(before)))
    groups = (head, *(RowGroup(f"任务{n}", (row(n, "2"), row(n, "3"))) for n in range(60)))
    pages = text((DocumentTable(COLUMNS, groups),)).split("\f")[:-1]
    assert len(pages) > 1
    for page in pages:
        lines = [line.strip() for line in page.splitlines() if line.strip() and not line.strip().startswith("—")]
        assert not lines[-1].startswith("任务"), lines[-1]
        assert page.count("结论") == 1
