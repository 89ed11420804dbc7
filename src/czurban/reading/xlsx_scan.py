"""What python-calamine does not tell of an XLSX file: number formats, what is hidden, what is merged, how large it is.

A percentage cell stores 0.41 and shows 41%, another 4200 and shows 4200人; the format stands in the file's styles.
Reading the parts with expat costs a small sheet under a millisecond, where a second spreadsheet library would double
the start.
"""

import re
import zipfile
from dataclasses import dataclass, field
from typing import NamedTuple

from czurban.reading.addresses import cell_at
from czurban.reading.layout import Layout
from czurban.reading.number_format import changes
from czurban.reading.sheet import Merge
from czurban.reading.xml_part import drain, parse

_PERCENT_IDS = {9, 10}  # the built-in formats 0% and 0.00%, ECMA-376 part 1, 18.8.30
_MONEY = dict.fromkeys(("5", "6", "7", "8", "42", "44"), '"¥"0')  # built-in as well, in the currency of the place
_NOT_CODE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_TRUE = frozenset({"1", "true"})


def is_percent(code: str) -> bool:
    """Whether a number format shows per cent: a % outside quoted text and escapes."""
    return "%" in _NOT_CODE.sub("", code)


def scan(book: zipfile.ZipFile) -> dict[str, Layout]:
    """Return the layout of every sheet, by its name.

    Raises:
        ScanError: a part is missing, or is not plain XML.
    """
    parts = set(book.namelist())
    styles = _styles(book) if "xl/styles.xml" in parts else Styles(set(), {})
    if "xl/sharedStrings.xml" in parts:
        drain(book, "xl/sharedStrings.xml")
    return {
        name: _scan_sheet(book, part, styles) if part in parts else Layout() for name, part in _sheets(book).items()
    }


class Styles(NamedTuple):
    """The indices of cell styles whose format is a percentage, and of those that show more than their number."""

    percents: set[str]
    formats: dict[str, str]


def _styles(book: zipfile.ZipFile) -> Styles:
    custom = dict(_MONEY)
    found = Styles(set(), {})
    inside: list[str] = [""]
    count = [0]

    def start(name: str, attributes: dict[str, str]) -> None:
        if name in ("cellXfs", "cellStyleXfs", "dxfs"):
            inside[0] = name
        elif name == "numFmt":
            custom[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "xf" and inside[0] == "cellXfs":
            number = attributes.get("numFmtId", "0")
            code = custom.get(number, "")
            if is_percent(code) or (number.isdigit() and int(number) in _PERCENT_IDS):
                found.percents.add(str(count[0]))
            elif changes(code):
                found.formats[str(count[0])] = code
            count[0] += 1

    parse(book, "xl/styles.xml", start)
    return found


def _sheets(book: zipfile.ZipFile) -> dict[str, str]:
    """Sheet names to the parts of the package that hold them."""
    ids: dict[str, str] = {}
    targets: dict[str, str] = {}

    def sheet(name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            relation = next((v for k, v in attributes.items() if k.rpartition(":")[2] == "id"), "")
            ids[attributes.get("name", "")] = relation

    def relation(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship":
            targets[attributes.get("Id", "")] = attributes.get("Target", "")

    parse(book, "xl/workbook.xml", sheet)
    parse(book, "xl/_rels/workbook.xml.rels", relation)
    parts = {name: targets.get(r, "") for name, r in ids.items()}
    return {name: part.lstrip("/") if part.startswith("/") else f"xl/{part}" for name, part in parts.items()}


@dataclass(slots=True)
class _SheetScan:
    """One sheet while it is read. Cells and rows may leave out their address; they then follow the one before."""

    styles: Styles
    layout: Layout = field(default_factory=Layout)
    row: int = -1
    column: int = -1

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take notice of one element; a cell counts when something stands in it."""
        if name == "c":
            self._cell(attributes)
        elif name in ("v", "is"):
            self.layout.see(self.row, self.column)
        elif name == "row":
            self._row(attributes)
        elif name == "col":
            self._column(attributes)
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def _cell(self, attributes: dict[str, str]) -> None:
        at = cell_at(attributes.get("r", ""))
        self.row, self.column = at or (self.row, self.column + 1)
        style = attributes.get("s")
        if style in self.styles.percents:
            self.layout.percents.add((self.row, self.column))
        elif style in self.styles.formats:
            self.layout.formats[self.row, self.column] = self.styles.formats[style]

    def _row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r", "")
        self.row, self.column = int(number) - 1 if number.isdecimal() else self.row + 1, -1
        if attributes.get("hidden") in _TRUE or _is_zero(attributes.get("ht")):
            self.layout.hidden_rows.append(range(self.row, self.row + 1))

    def _column(self, attributes: dict[str, str]) -> None:
        first, last = attributes.get("min", ""), attributes.get("max", "")
        hidden = attributes.get("hidden") in _TRUE or _is_zero(attributes.get("width"))
        if hidden and first.isdecimal() and last.isdecimal():
            self.layout.hidden_columns.append(range(int(first) - 1, int(last)))

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        if (begin := cell_at(first)) and (end := cell_at(last)):
            self.layout.merges.append(Merge(*begin, *end))


def _is_zero(measure: str | None) -> bool:
    return measure is not None and not measure.strip("0.")


def _scan_sheet(book: zipfile.ZipFile, part: str, styles: Styles) -> Layout:
    found = _SheetScan(styles)
    parse(book, part, found.start)
    return found.layout
