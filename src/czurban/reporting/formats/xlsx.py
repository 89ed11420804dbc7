"""A document as a workbook for Excel: a sheet for each part, with real numbers, filters and charts.

A document cut into the sheets of a workbook, each under a name that spreadsheet programs take.

One sheet of a workbook, from its title down: sentences across it, tables with their charts, and how it prints.
"""

import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from rich.cells import cell_len

from czurban.files.outputs import REPORT_CATEGORY
from czurban.files.writing import MADE
from czurban.model.text import one_line
from czurban.reporting.document import Block, Code, Document, DocumentTable, Heading, Item, Items, Paragraph
from czurban.reporting.formats.xlsx_table import Flat, Looks, draw, flat, put, widths, write

_MOST = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")


@dataclass(frozen=True, slots=True)
class WorkbookPage:
    """A sheet: its name and what stands on it."""

    name: str
    blocks: tuple[Block, ...]


def sheets(document: Document) -> list[WorkbookPage]:
    """Cut at headings of level 2 and at those that name a sheet; what stands before them stands atop the first."""
    gathered: dict[str, list[Block]] = {}
    waiting: list[Block] = []
    on = waiting
    for block in document.blocks:
        if isinstance(block, Heading) and (block.sheet or block.level == 2):  # noqa: PLR2004
            on = gathered.setdefault(block.sheet or block.text, [])
        on.append(block)
    if not gathered:
        title = next((block.text for block in waiting if isinstance(block, Heading)), "")
        gathered[title] = []
    first = next(iter(gathered.values()))
    first[:0] = waiting
    return [WorkbookPage(name, tuple(blocks)) for name, blocks in zip(names(gathered), gathered.values(), strict=True)]


def names(wanted: Iterable[str]) -> list[str]:
    """The names as a spreadsheet program takes them: short, without its own signs, no two alike but for their case."""
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
    """Cut as spreadsheet programs count: in halves of characters beyond the first 65 536."""
    return text.encode("utf-16-le")[: 2 * most].decode("utf-16-le", "ignore").strip("' ")


_A4, _PROSE = 9, 96
_LINE = 16  # points that a line of prose is high
_TOP = 5  # a head further down is not frozen: it would take half the screen with it
_MANY = 8
_ONE_PAGE = 70


class Writer:
    """Writes a sheet from its first row to its last."""

    def __init__(self, book: Any, looks: Looks, sheet: WorkbookPage) -> None:  # noqa: ANN401 - the library ships no types
        self._book, self._looks, self._line = book, looks, 0
        self._sheet = book.add_worksheet(sheet.name)
        self._tables = [flat(block) for block in sheet.blocks if isinstance(block, DocumentTable)]
        self._heads: list[int] = []
        self._widths = self._columns()
        self._page()
        for block in sheet.blocks:
            self._block(block)
        self._hold()

    def _columns(self) -> list[int]:
        """The columns as wide as the widest table wants each; one wide column where there is only prose."""
        every = [widths(table) for table in self._tables] or [[_PROSE]]
        most = max(map(len, every))
        wide = [max(one[i] for one in every if i < len(one)) for i in range(most)]
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
                self._prose(block.text, self._looks.prose(block.tone))
            case Items():
                self._items(block.items, 1)
            case Code():
                for line in block.text.splitlines():
                    self._prose(line, self._looks.prose())
            case DocumentTable():
                self._table(self._tables[len(self._heads)])

    def _items(self, items: Iterable[Item], depth: int) -> None:
        for item in items:
            self._prose(item.text, self._looks.prose(indent=depth))
            self._items(item.below, depth + 1)

    def _prose(self, text: str, look: Any) -> None:  # noqa: ANN401
        """Across the columns, and as high as it needs: a program does not measure cells that are joined."""
        across = len(self._widths) - 1
        if across:
            self._sheet.merge_range(self._line, 0, self._line, across, "", look)
        put(self._sheet, self._line, 0, text, look)
        lines = -(-cell_len(text) // max(20, sum(self._widths) - 6)) or 1
        self._sheet.set_row(self._line, min(400, _LINE * lines + 4))
        self._line += 1

    def _table(self, table: Flat) -> None:
        write(self._sheet, self._looks, table, self._line)
        self._heads.append(self._line)
        head, self._line = self._line, self._line + len(table.rows) + 2
        covered = draw(self._book, self._sheet, table, head, self._line - 1)
        self._line += covered
        if covered and self._line < _ONE_PAGE:
            self._sheet.fit_to_pages(1, 1)  # a chart is not to be cut in two

    def _hold(self) -> None:
        """Freeze, filter and print again the head of the first table, the one that a sheet has one of."""
        if not self._heads:
            return
        head, table = self._heads[0], self._tables[0]
        if table.rows:
            self._sheet.autofilter(head, 0, head + len(table.rows), len(table.columns) - 1)
        if head < _TOP:
            main = next((i for i, one in enumerate(table.columns) if one.main), -1)
            self._sheet.freeze_panes(head + 1, main + 1 if len(table.columns) > _MANY else 0)
        if len(self._heads) == 1:
            self._sheet.repeat_rows(head)


_PLAIN = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
"""No text becomes a formula, a number or a link."""


def as_xlsx(document: Document) -> bytes:
    """Spell a document as an XLSX file."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, _PLAIN)
    title = next((block.text for block in document.blocks if isinstance(block, Heading)), "")
    told = {"title": one_line(title)[:255], "author": "czurban", "category": REPORT_CATEGORY, "created": MADE}
    book.set_properties(told)
    looks = Looks(book)
    for sheet in sheets(document):
        Writer(book, looks, sheet)
    book.close()
    return stream.getvalue()
