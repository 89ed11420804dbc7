"""Write a document as a workbook for Excel: a sheet for each part, with numbers, filters and charts."""

import io
import re
from collections.abc import Iterable
from typing import Any, NamedTuple

import xlsxwriter
from rich.cells import cell_len

from czurban.files.outputs import REPORT_CATEGORY
from czurban.files.writing import MADE
from czurban.model.text import one_line
from czurban.reporting.document import Block, Code, Document, DocumentTable, Heading, Item, Items, LineChart, Paragraph
from czurban.reporting.formats.line_charts import HEIGHT, line_chart, write_chart_figures
from czurban.reporting.formats.xlsx_table import Looks, draw, flat, put, put_link, widths, write

_MOST = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")


class WorkbookPage(NamedTuple):
    """A sheet: its name and its blocks."""

    name: str
    blocks: tuple[Block, ...]


def sheets(document: Document) -> list[WorkbookPage]:
    """Split a document at headings of level 2 and those that name a sheet; what precedes them goes to the first."""
    gathered: dict[str, list[Block]] = {}
    waiting: list[Block] = []
    on = waiting
    for block in document.blocks:
        if isinstance(block, Heading) and (block.sheet or block.level == 2):  # noqa: PLR2004
            on = gathered.setdefault(block.sheet or block.text, [])
        on.append(block)
    if not gathered:
        gathered[document.title] = []
    first = next(iter(gathered.values()))
    first[:0] = waiting
    return [WorkbookPage(name, tuple(blocks)) for name, blocks in zip(names(gathered), gathered.values(), strict=True)]


def names(wanted: Iterable[str]) -> list[str]:
    """Return names that a spreadsheet program accepts: short, without its signs, and unique in any case."""
    taken: dict[str, str] = {}
    for number, text in enumerate(wanted, 1):
        safe = _cut(_FORBIDDEN.sub(" ", one_line(text)).strip("' "), _MOST) or str(number)
        name, again = f"{safe}_" if safe.casefold() == "history" else safe, 1
        while name.casefold() in taken:
            again += 1
            name = f"{_cut(safe, _MOST - len(str(again)) - 3)} ({again})"
        taken[name.casefold()] = name
    return list(taken.values())


def _cut(text: str, most: int) -> str:
    """Cut a text as spreadsheet programs count: a character beyond the first 65 536 counts twice."""
    return text.encode("utf-16-le")[: 2 * most].decode("utf-16-le", "ignore").strip("' ")


_A4, _PROSE = 9, 96
_LINE = 16  # points that a line of prose is high
_TOP = 5  # a head further down is not frozen, since it would cover half the screen
_MANY = 8
_CHART_DATA = ("Chart figures", "图表数据")
_ONE_PAGE = 70


class ChartFigures(NamedTuple):
    """The name of the last sheet, and the charts whose figures it has, each with the row at which they begin."""

    name: str
    charts: dict[int, LineChart]

    def add(self, chart: LineChart) -> int:
        """Add a chart below the others, and return its first row."""
        top = sum(len(each.periods) + 2 for each in self.charts.values())
        self.charts[top] = chart
        return top


class Writer:
    """Writes a sheet from its first row to its last."""

    def __init__(self, book: Any, looks: Looks, sheet: WorkbookPage, figures: ChartFigures) -> None:  # noqa: ANN401 - the library ships no types
        self._book, self._looks, self._line, self._figures = book, looks, 0, figures
        self._sheet = book.add_worksheet(sheet.name)
        self._tables = [flat(block) for block in sheet.blocks if isinstance(block, DocumentTable)]
        self._heads: list[int] = []
        self._widths = self._columns()
        self._page()
        for block in sheet.blocks:
            self._block(block)
        self._freeze()

    def _columns(self) -> list[int]:
        """Set the widths of the columns by the widest table, or of a single one if there is only prose."""
        every = [widths(table) for table in self._tables] or [[_PROSE]]
        most = max(map(len, every))
        wide = [max(some[i] for some in every if i < len(some)) for i in range(most)]
        for i, width in enumerate(wide):
            self._sheet.set_column(i, i, width)
        return wide

    def _page(self) -> None:
        sheet = self._sheet
        sheet.hide_gridlines(2)
        sheet.set_paper(_A4)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.75, bottom=0.75)
        sheet.set_header("&R&A")
        sheet.set_footer("&C— &P —")

    def _block(self, block: Block) -> None:
        match block:
            case Heading():
                put(self._sheet, self._line, 0, block.text, self._looks.heading(block.level))
                self._sheet.set_row(self._line, {1: 30, 2: 26}.get(block.level, 20))
                self._line += 1
            case Paragraph():
                look = self._looks.prose(block.tone)
                self._prose(block.text, look)
                if block.link:
                    put_link(self._sheet, (self._line - 1, 0), block.text, block.link, look)
            case Items():
                self._items(block.items, 1)
            case Code():
                for line in block.text.splitlines():
                    self._prose(line, self._looks.prose())
            case DocumentTable():
                self._table(self._tables[len(self._heads)])
            case LineChart():
                drawn = line_chart(self._book, self._figures.name, self._figures.add(block), block)
                self._sheet.insert_chart(self._line, 0, drawn, {"object_position": 2, "x_offset": 4})
                self._line += -(-HEIGHT // 20) + 1

    def _items(self, items: Iterable[Item], depth: int) -> None:
        for item in items:
            self._prose(item.text, self._looks.prose(indent=depth))
            self._items(item.below, depth + 1)

    def _prose(self, text: str, look: Any) -> None:  # noqa: ANN401
        """Write a text across the columns, with its height, since programs do not measure merged cells."""
        across = len(self._widths) - 1
        if across:
            self._sheet.merge_range(self._line, 0, self._line, across, "", look)
        put(self._sheet, self._line, 0, text, look)
        lines = -(-cell_len(text) // max(20, sum(self._widths) - 6)) or 1
        self._sheet.set_row(self._line, min(400, _LINE * lines + 4))
        self._line += 1

    def _table(self, table: DocumentTable) -> None:
        write(self._sheet, self._looks, table, self._line)
        self._heads.append(self._line)
        head, self._line = self._line, self._line + len(table.rows) + 2
        covered = draw(self._book, self._sheet, table, head, self._line - 1)
        self._line += covered
        if covered and self._line < _ONE_PAGE:
            self._sheet.fit_to_pages(1, 1)  # keeps a chart on one page

    def _freeze(self) -> None:
        """Freeze and filter the head of the first table; repeat it on each printed page if it is the only one."""
        if not self._heads:
            return
        head, table = self._heads[0], self._tables[0]
        if table.rows:
            self._sheet.autofilter(head, 0, head + len(table.rows), len(table.columns) - 1)
        if head < _TOP:
            main = next((i for i, column in enumerate(table.columns) if column.main), -1)
            self._sheet.freeze_panes(head + 1, main + 1 if len(table.columns) > _MANY else 0)
        if len(self._heads) == 1:
            self._sheet.repeat_rows(head)


_PLAIN = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
"""No text becomes a formula, a number or a link."""


def as_xlsx(document: Document) -> bytes:
    """Write a document as an XLSX file."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, _PLAIN)
    title = one_line(document.title)[:255]
    book.set_properties({"title": title, "author": "czurban", "category": REPORT_CATEGORY, "created": MADE})
    looks = Looks(book)
    figures = ChartFigures(_CHART_DATA[document.language == "zh"], {})
    for sheet in sheets(document):
        Writer(book, looks, sheet, figures)
    if figures.charts:
        last = book.add_worksheet(figures.name)
        for top, chart in figures.charts.items():
            write_chart_figures(last, top, chart)
    book.close()
    return stream.getvalue()
