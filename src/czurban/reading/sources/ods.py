"""Read from ODS files what python-calamine leaves out: percentages, errors, formulas, hidden and merged cells."""

import re
import zipfile
from dataclasses import dataclass, field
from typing import NamedTuple

from czurban.reading.sources.office_xml import ScanError, parse_part
from czurban.reading.sources.sheet import Layout, Merge

_CELLS = frozenset({"table-cell", "covered-table-cell"})
_TEXTS = frozenset({"p", "span", "s", "a"})
_HIDDEN = frozenset({"collapse", "filter"})
_MOST = 1 << 24
_ERROR = re.compile(r"#\S+[!?]|#N/A|(?:Err|错误|錯誤)\s*[::]\s*\d{3}", re.IGNORECASE)
"""The errors that LibreOffice and others show. Older programs store 0 as the value of such a cell."""


class _OpenCell(NamedTuple):
    """The cell that is being read: first column, repetitions, type, formula, and the pieces of its text."""

    first: int
    times: int
    kind: str | None
    formula: str | None
    pieces: list[str]


class NestedTableError(ScanError):
    """A drawing in a sheet contains a table, at which python-calamine would end the sheet."""


def scan_ods(book: zipfile.ZipFile) -> dict[str, Layout]:
    """Return the layout of every sheet, by its name.

    Raises:
        ScanError: content.xml is missing, or is not plain XML.
        NestedTableError: a sheet has a table inside.
    """
    scan = _OdsScan()
    parse_part(book, "content.xml", scan.start, scan.end, scan.text)
    return scan.layouts


@dataclass(slots=True)
class _OdsScan:
    """The sheets while content.xml is read; `row` and `column` are those of the next cell."""

    layouts: dict[str, Layout] = field(default_factory=dict)
    layout: Layout = field(default_factory=Layout)
    inside: bool = False
    row: int = 0
    repeated: int = 1
    column: int = 0
    defined: int = 0
    cell: _OpenCell | None = None
    remark: bool = False
    style: str = ""
    struck: set[str] = field(default_factory=set)
    """The names of cell styles that strike through."""

    def start(self, name: str, qualified: dict[str, str]) -> bool:
        """Read the start of an element, and return whether its text is wanted."""
        attributes = {key.rpartition(":")[2]: value for key, value in qualified.items()}
        if self.cell and not self.remark and name in _TEXTS:
            self.cell.pieces.append("")
            return self.cell.kind == "error" or self.cell.formula is not None
        if name == "annotation":
            self.remark = True
        elif name == "style":
            self.style = attributes.get("name", "") if attributes.get("family") == "table-cell" else ""
        elif name == "text-properties":
            if self.style and attributes.get("text-line-through-style", "none") != "none":
                self.struck.add(self.style)
        elif name == "table":
            self._table(attributes.get("name", ""))
        elif name == "table-row":
            self._row(attributes)
        elif name in _CELLS:
            self._cell(attributes)
        elif name == "table-column":
            self._column(attributes)
        return False

    def text(self, data: str) -> None:
        """Add a piece of the wanted text."""
        if self.cell:
            self.cell.pieces.append(data)

    def end(self, name: str) -> None:
        """Read the end of an element; a repeated row counts as many times as it is repeated."""
        if name == "table":
            self.inside = False
        elif name == "annotation":
            self.remark = False
        elif name in _CELLS:
            self._close()
        elif name == "table-row":
            self.row += self.repeated

    def _table(self, name: str) -> None:
        if self.inside:
            raise NestedTableError(name)
        self.inside = True
        self.layout = self.layouts[name] = Layout()
        self.row = self.defined = 0

    def _row(self, attributes: dict[str, str]) -> None:
        self.repeated, self.column = _count(attributes, "number-rows-repeated"), 0
        if attributes.get("visibility") in _HIDDEN:
            self.layout.hidden_rows.append(range(self.row, self.row + self.repeated))

    def _column(self, attributes: dict[str, str]) -> None:
        first, self.defined = self.defined, self.defined + _count(attributes, "number-columns-repeated")
        if attributes.get("visibility") in _HIDDEN:
            self.layout.hidden_columns.append(range(first, self.defined))

    def _cell(self, attributes: dict[str, str]) -> None:
        first, count = self.column, _count(attributes, "number-columns-repeated")
        self.column += count
        wide, high = _count(attributes, "number-columns-spanned"), _count(attributes, "number-rows-spanned")
        if wide > 1 or high > 1:
            self.layout.merges.append(Merge(self.row, first, self.row + high - 1, first + wide - 1))
        kind = attributes.get("value-type")
        self.cell = _OpenCell(first, count, kind, attributes.get("formula"), [])
        if kind is None:
            return
        self.layout.include(self.row + self.repeated - 1, self.column - 1)
        if kind == "percentage":
            self.layout.percents |= self._places(first, count)
        if attributes.get("style-name") in self.struck:
            self.layout.struck |= self._places(first, count)

    def _places(self, first: int, count: int) -> set[tuple[int, int]]:
        """Return the positions of a cell and its repetitions; none where there are more than any table has."""
        if self.repeated * count > _MOST:
            return set()
        return {(self.row + r, first + c) for r in range(self.repeated) for c in range(count)}

    def _close(self) -> None:
        """Finish a cell, and keep the text of an error or of a formula without a result, which has no paragraph."""
        cell, self.cell = self.cell, None
        if cell is None:
            return
        shown = "".join(cell.pieces).strip()
        if cell.kind == "error" or (cell.formula is not None and _ERROR.fullmatch(shown)):
            self.layout.texts |= dict.fromkeys(self._places(cell.first, cell.times), shown or "#N/A")
        elif cell.formula is not None and cell.kind is None and not cell.pieces:
            self.layout.include(self.row + self.repeated - 1, self.column - 1)
            formula = cell.formula.removeprefix("of:").lstrip("=")
            self.layout.texts |= dict.fromkeys(self._places(cell.first, cell.times), f"={formula}")


def _count(attributes: dict[str, str], name: str) -> int:
    """Return a count of repetitions."""
    text = attributes.get(name, "1")
    if not re.fullmatch("[0-9]{1,10}", text):
        raise ScanError(text[:10])
    return max(1, int(text))
