"""The real report, with findings, through the formats of offices: nothing that it says is missing in either."""

import io
from collections import Counter
from collections.abc import Callable, Iterator

import docx
import pytest
from python_calamine import CalamineWorkbook

from czurban.model.assessment import Assessment
from czurban.model.text import one_line
from czurban.reporting.document import Document, DocumentTable, Heading, Item, Items, Paragraph, TableCell
from czurban.reporting.documents.records import Origin
from czurban.reporting.documents.whole import whole_report
from czurban.reporting.formats.registry import render
from czurban.reporting.formats.xlsx_table import number
from czurban.words.translator import Translator

Judge = Callable[..., Assessment]


@pytest.fixture(scope="module", params=["zh", "en"])
def report(request: pytest.FixtureRequest, judge: Judge) -> Document:
    rows = ("常住人口城镇化率,40.5,%,", "城镇常住人口,139,万人,", "户籍人口城镇化率,=cmd(),%,", "没有的,1,,")
    origin = Origin("2019-12-31 12:00", (("a.csv", "0" * 64),))
    return whole_report(judge(*rows), origin, Translator(request.param), scope=bool)


def texts_of(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if isinstance(block, Heading | Paragraph):
            yield block.text
        elif isinstance(block, Items):
            yield from items(block.items)
        elif isinstance(block, DocumentTable):
            yield from (column.title for column in block.columns if column.number or not column.fold)
            yield from (group.title for group in block.groups if group.title)


def items(some: tuple[Item, ...]) -> Iterator[str]:
    for item in some:
        yield item.text
        yield from items(item.below)


def cells(document: Document) -> list[TableCell]:
    tables = [block for block in document.blocks if isinstance(block, DocumentTable)]
    return [cell for table in tables for group in table.groups for row in group.rows for cell in row if cell.text]


def test_word_has_every_word(report: Document) -> None:
    bulletin = docx.Document(io.BytesIO(render(report, "docx")))
    shown = [part.text for part in bulletin.paragraphs]
    shown += [cell.text for table in bulletin.tables for row in table.rows for cell in row.cells]
    whole = "\n".join(shown)
    assert [
        text for text in (*texts_of(report), *(part.text for part in cells(report))) if one_line(text) not in whole
    ] == []


def test_excel_has_every_word_and_every_number_as_often(report: Document) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(render(report, "xlsx")))
    values = [value for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for value in row]
    texts = {value for value in values if isinstance(value, str)}
    assert [text for text in texts_of(report) if one_line(text) not in texts] == []
    figures = [(cell, number(cell)) for cell in cells(report)]
    assert [cell.text for cell, figure in figures if not figure and one_line(cell.text) not in texts] == []
    assert Counter(figure.value for _, figure in figures if figure) == Counter(
        value for value in values if isinstance(value, float)
    )


def test_every_value_of_the_report_is_a_number_in_excel(report: Document) -> None:
    assert [cell.text for cell in cells(report) if cell.value is not None and number(cell) is None] == []
