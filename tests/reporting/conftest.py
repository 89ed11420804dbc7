"""A document with everything that a format may have to write."""

from fractions import Fraction

import pytest

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
    Strip,
    TableCell,
    Tone,
)

_NASTY = ("=cmd()", "+1", "-1+1", "@x", "<script>alert(1)</script>", "a&b", "{=1}", "http://example.org", "a\x07b\nc")


def _row(number: int, name: str, actual: TableCell, word: str) -> tuple[TableCell, ...]:
    return (
        TableCell(str(number)),
        TableCell(name),
        TableCell("市教育局"),
        actual,
        TableCell(word, actual.tone),
        TableCell("说明" * 9),
    )


_RESULTS = DocumentTable(
    (
        Column("编号", number=True),
        Column("指标", main=True),
        Column("牵头单位", fold=2),
        Column("实际", number=True),
        Column("结论"),
        Column("说明", fold=1),
    ),
    (
        RowGroup(
            "城镇化水平",
            (
                _row(1, "常住人口城镇化率（%）", TableCell("41.2", Tone.GOOD, Fraction("41.2")), "✓ 达标"),
                _row(2, "户籍人口城镇化率（%）", TableCell("≥20", Tone.BAD, Fraction(20)), "✗ 未达标"),
            ),
        ),
        RowGroup(
            "基础设施",
            tuple(_row(n, f"指标{n}", TableCell("约190", Tone.GOOD, Fraction(190)), "✓ 达标") for n in range(3, 90)),
        ),
    ),
    "类别",
)
_COUNTS = DocumentTable(
    (Column("单位", main=True), Column("达标", number=True), Column("未达标", number=True)),
    (
        RowGroup(
            "",
            tuple(
                (
                    TableCell(name, chart=Strip((("达标", met, Tone.GOOD), ("未达标", missed, Tone.BAD)))),
                    TableCell(str(met), value=Fraction(met)),
                    TableCell(str(missed), value=Fraction(missed)),
                )
                for name, met, missed in (("市教育局", 3, 1), ("市公安局", 1, 2))
            ),
        ),
    ),
)
_SAMPLE = Document(
    (
        Heading("钦州市2019年新型城镇化建设工作方案"),
        Paragraph("以 2019 数值对照 2019 目标。", Tone.QUIET),
        Heading("总体情况", 2),
        Paragraph("25项指标中19项达标。"),
        _COUNTS,
        _COUNTS,
        Heading("主要指标", 2),
        _RESULTS,
        Heading("其中", 3),
        Items((Item("市教育局：2", (Item("学校"), Item("幼儿园", (Item("公办"),)))), Item("市民政局：1"))),
        Heading("更深", 6),
        Code("a: 1\n  b: [2]"),
        Heading("怪异文字", 2),
        DocumentTable((Column("原文", main=True),), (RowGroup("", tuple((TableCell(text),) for text in _NASTY)),)),
    )
)


@pytest.fixture(scope="session")
def sample() -> Document:
    return _SAMPLE


@pytest.fixture(scope="session")
def nasty() -> list[str]:
    """Texts that a program might execute, as they are shown: in one line, with a sign for the bell."""
    return [text.replace("\x07", "␇").replace("\n", " ") for text in _NASTY]
