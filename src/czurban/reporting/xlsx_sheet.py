"""One sheet of a workbook, from its title down: sentences across it, tables with their charts, and how it prints."""

from collections.abc import Iterable
from typing import Any

from rich.cells import cell_len

from czurban.reporting.document import Block, Code, Heading, Item, Items, Paragraph, Table
from czurban.reporting.xlsx_chart import draw
from czurban.reporting.xlsx_looks import Looks
from czurban.reporting.xlsx_sheets import Sheet
from czurban.reporting.xlsx_table import Flat, flat, put, widths, write

_A4, _PROSE = 9, 96
_LINE = 16  # points that a line of prose is high
_TOP = 5  # a head further down is not frozen: it would take half the screen with it
_MANY = 8
_ONE_PAGE = 70


class Writer:
    """Writes a sheet from its first row to its last."""

    def __init__(self, book: Any, looks: Looks, sheet: Sheet) -> None:  # noqa: ANN401 - the library ships no types
        self._book, self._looks, self._line = book, looks, 0
        self._sheet = book.add_worksheet(sheet.name)
        self._tables = [flat(block) for block in sheet.blocks if isinstance(block, Table)]
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
            case Table():
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
