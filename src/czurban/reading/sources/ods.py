"""What python-calamine leaves out of an ODS file: percentages, errors, formulas without a result, hidden, merged."""

import re
import zipfile
from dataclasses import dataclass, field
from typing import NamedTuple

from czurban.reading.sources.cell_formats import ScanError, parse
from czurban.reading.sources.sheet import Layout, Merge

_CELLS = frozenset({"table-cell", "covered-table-cell"})
_TEXTS = frozenset({"p", "span", "s", "a"})
_HIDDEN = frozenset({"collapse", "filter"})
_MOST = 1 << 24
_MOST_DIGITS = 10
_ERROR = re.compile(r"#\S+[!?]|#N/A|(?:Err|错误|錯誤)\s*[::]\s*\d{3}", re.IGNORECASE)
"""How LibreOffice and others show an error. Older ones store 0 as the value of such a cell."""


class _Cell(NamedTuple):
    """A cell that is open, and so often repeated, with its type and formula, and the pieces of its text."""

    first: int
    times: int
    kind: str | None
    formula: str | None
    pieces: list[str]


class NestedTableError(ScanError):
    """A drawing in a sheet holds a table of its own, where python-calamine takes the sheet to end."""


def scan(book: zipfile.ZipFile) -> dict[str, Layout]:
    """Return the layout of every sheet, by its name.

    Raises:
        ScanError: content.xml is missing, or is not plain XML.
        NestedTableError: a sheet has a table inside.
    """
    found = _Scan()
    parse(book, "content.xml", found.start, found.end, found.text)
    return found.layouts


@dataclass(slots=True)
class _Scan:
    """The sheets while content.xml is read; `row` and `column` are those of the next to come."""

    layouts: dict[str, Layout] = field(default_factory=dict)
    layout: Layout = field(default_factory=Layout)
    inside: bool = False
    row: int = 0
    repeated: int = 1
    column: int = 0
    defined: int = 0
    cell: _Cell | None = None
    remark: bool = False
    style: str = ""
    struck: set[str] = field(default_factory=set)
    """The names of cell styles that strike through."""

    def start(self, name: str, qualified: dict[str, str]) -> bool:
        """Take notice of one element. Returns whether its text is wanted."""
        attributes = {key.rpartition(":")[2]: value for key, value in qualified.items()}
        if self.cell and not self.remark and name in _TEXTS:
            self.cell.pieces.append("")
            return self.cell.kind == "error" or self.cell.formula is not None
        if name == "annotation":
            self.remark = True
        elif name == "style":
            self.style = attributes.get("name", "") if attributes.get("family") == "table-cell" else ""
        elif name == "text-properties":
            self._strikes(attributes)
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
        """Take a piece of the text that was wanted."""
        if self.cell:
            self.cell.pieces.append(data)

    def end(self, name: str) -> None:
        """Leave an element: the rows after a repeated one come so many further down."""
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
        self.cell = _Cell(first, count, kind, attributes.get("formula"), [])
        if kind is None:
            return
        self.layout.see(self.row + self.repeated - 1, self.column - 1)
        if kind == "percentage":
            self.layout.percents |= self._places(first, count)
        if attributes.get("style-name") in self.struck:
            self.layout.struck |= self._places(first, count)

    def _places(self, first: int, count: int) -> set[tuple[int, int]]:
        """The places of a cell and its repetitions; none for a number that no table of figures has."""
        if self.repeated * count > _MOST:
            return set()
        return {(self.row + r, first + c) for r in range(self.repeated) for c in range(count)}

    def _close(self) -> None:
        """Leave a cell: an error keeps its text, and so does a formula without a result.

        A formula whose result is an empty text has a paragraph, but neither text nor type.
        """
        cell, self.cell = self.cell, None
        if cell is None:
            return
        shown = "".join(cell.pieces).strip()
        if cell.kind == "error" or (cell.formula is not None and _ERROR.fullmatch(shown)):
            self.layout.texts |= dict.fromkeys(self._places(cell.first, cell.times), shown or "#N/A")
        elif cell.formula is not None and cell.kind is None and not cell.pieces:
            self.layout.see(self.row + self.repeated - 1, self.column - 1)
            formula = cell.formula.removeprefix("of:").lstrip("=")
            self.layout.texts |= dict.fromkeys(self._places(cell.first, cell.times), f"={formula}")

    def _strikes(self, attributes: dict[str, str]) -> None:
        if self.style and attributes.get("text-line-through-style", "none") != "none":
            self.struck.add(self.style)


def _count(attributes: dict[str, str], name: str) -> int:
    """How often something stands there; what only the library would take for a number is damage.

    Raises:
        ScanError: it is no number of at most ten digits.
    """
    text = attributes.get(name, "1")
    if not (text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS):
        raise ScanError(text[:_MOST_DIGITS])
    return max(1, int(text))
