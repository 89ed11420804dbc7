"""What python-calamine does not tell of an ODS file: percentages, what is hidden, what is merged, how large it is."""

import zipfile
from dataclasses import dataclass, field

from czurban.reading.layout import Layout
from czurban.reading.sheet import Merge
from czurban.reading.xml_part import ScanError, parse

_CELLS = frozenset({"table-cell", "covered-table-cell"})
_HIDDEN = frozenset({"collapse", "filter"})
_MOST = 1 << 24


class NestedTableError(ScanError):
    """A drawing in a sheet holds a table of its own, where python-calamine takes the sheet to end."""


def scan(book: zipfile.ZipFile) -> dict[str, Layout]:
    """Return the layout of every sheet, by its name.

    Raises:
        ScanError: content.xml is missing, or is not plain XML.
        NestedTableError: a sheet has a table inside.
    """
    found = _Scan()
    parse(book, "content.xml", found.start, found.end)
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

    def start(self, name: str, qualified: dict[str, str]) -> None:
        """Take notice of one element."""
        attributes = {key.rpartition(":")[2]: value for key, value in qualified.items()}
        if name == "table":
            self._table(attributes.get("name", ""))
        elif name == "table-row":
            self._row(attributes)
        elif name in _CELLS:
            self._cell(attributes)
        elif name == "table-column":
            self._column(attributes)

    def end(self, name: str) -> None:
        """Leave an element: the rows after a repeated one come so many further down."""
        if name == "table":
            self.inside = False
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
        if kind is None:
            return
        self.layout.see(self.row + self.repeated - 1, self.column - 1)
        if kind == "percentage" and self.repeated * count <= _MOST:
            self.layout.percents |= {(self.row + r, first + c) for r in range(self.repeated) for c in range(count)}


def _count(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(name, "1")
    return max(1, int(text)) if text.isdecimal() else 1
