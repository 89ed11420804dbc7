"""Read from XLSX files what python-calamine leaves out: number formats, errors, formulas, hidden and merged cells.

A percentage cell stores 0.41 and shows 41%, another stores 4200 and shows 4200人; the formats are in the file's styles.
Reading the parts with expat takes less than a millisecond for a small sheet; a second spreadsheet library would double
the start-up time.
"""

import zipfile
from dataclasses import dataclass, field
from typing import NamedTuple

from czurban.reading.sources.cell_formats import LONGEST, changes_number, is_percent
from czurban.reading.sources.office_xml import ScanError, check_size, parse_part
from czurban.reading.sources.sheet import Layout, Merge, cell_at

_PERCENT_IDS = {9, 10}  # the built-in formats 0% and 0.00%, ECMA-376 part 1, 18.8.30
_MONEY = dict.fromkeys(("5", "6", "7", "8", "42", "44"), '"¥"0')  # built-in as well, in the local currency
_SHOWN = 20
_TRUE = frozenset({"1", "true"})


def scan_xlsx(book: zipfile.ZipFile) -> dict[str, Layout]:
    """Return the layout of every sheet, by its name.

    Raises:
        ScanError: a part is missing, or is not plain XML.
    """
    parts = set(book.namelist())
    styles = _styles(book) if "xl/styles.xml" in parts else Styles(set(), {}, set())
    if "xl/sharedStrings.xml" in parts:
        check_size(book, "xl/sharedStrings.xml")
    contents = _contents(book)
    return {
        name: _scan_sheet(book, part, styles, recalculated=contents.recalculated) if part in parts else Layout()
        for name, part in contents.parts.items()
    }


class Styles(NamedTuple):
    """The indices of cell styles that show percentages, that change the number, and that strike it through."""

    percents: set[str]
    formats: dict[str, str]
    struck: set[str]


class Contents(NamedTuple):
    """The parts of the sheets, by the sheets' names, and whether programs shall compute all results on opening.

    Libraries that write formulas without results ask for this, and some store 0 as every result.
    """

    parts: dict[str, str]
    recalculated: bool


def _bounded(code: str) -> str:
    """Return a number format of an allowed length."""
    if len(code) > LONGEST:
        raise ScanError(code[:_SHOWN])
    return code


def _styles(book: zipfile.ZipFile) -> Styles:
    custom = dict(_MONEY)
    styles = Styles(set(), {}, set())
    inside: list[str] = [""]
    count = [0]
    fonts: list[bool] = []  # whether each strikes through

    def start(name: str, attributes: dict[str, str]) -> None:
        if name in ("fonts", "cellXfs", "cellStyleXfs", "dxfs"):
            inside[0] = name
        elif name == "font" and inside[0] == "fonts":
            fonts.append(False)
        elif name == "strike" and inside[0] == "fonts" and fonts:
            fonts[-1] = attributes.get("val", "1") in _TRUE
        elif name == "numFmt":
            custom[attributes.get("numFmtId", "")] = _bounded(attributes.get("formatCode", ""))
        elif name == "xf" and inside[0] == "cellXfs":
            number = attributes.get("numFmtId", "0")
            code = custom.get(number, "")
            if is_percent(code) or (number.isdigit() and int(number) in _PERCENT_IDS):
                styles.percents.add(str(count[0]))
            elif changes_number(code):
                styles.formats[str(count[0])] = code
            font = attributes.get("fontId", "")
            if font.isdecimal() and int(font) < len(fonts) and fonts[int(font)]:
                styles.struck.add(str(count[0]))
            count[0] += 1

    parse_part(book, "xl/styles.xml", start)
    return styles


def _contents(book: zipfile.ZipFile) -> Contents:
    ids: dict[str, str] = {}
    targets: dict[str, str] = {}
    recalculated = [False]

    def sheet(name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            relation = next((v for k, v in attributes.items() if k.rpartition(":")[2] == "id"), "")
            ids[attributes.get("name", "")] = relation
        elif name == "calcPr":
            recalculated[0] = attributes.get("fullCalcOnLoad") in _TRUE

    def relation(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship":
            targets[attributes.get("Id", "")] = attributes.get("Target", "")

    parse_part(book, "xl/workbook.xml", sheet)
    parse_part(book, "xl/_rels/workbook.xml.rels", relation)
    parts = {name: targets.get(r, "") for name, r in ids.items()}
    named = {name: part.lstrip("/") if part.startswith("/") else f"xl/{part}" for name, part in parts.items()}
    return Contents(named, recalculated[0])


@dataclass(slots=True)
class _SheetScan:
    """One sheet while it is read. A cell or row without an address follows the one before."""

    styles: Styles
    recalculated: bool = False
    layout: Layout = field(default_factory=Layout)
    row: int = -1
    column: int = -1
    kind: str | None = None
    """The type of the cell that is being read; None between cells."""
    formula: list[str] | None = None
    value: list[str] = field(default_factory=list)
    _reading: list[str] = field(default_factory=list)

    def start(self, name: str, attributes: dict[str, str]) -> bool:
        """Read the start of an element, and return whether its text is wanted; only cells with content count."""
        if name == "v":
            self.layout.include(self.row, self.column)
            self._reading = self.value = []
            return self.kind == "e" or (self.kind is not None and self.formula is not None)
        if name == "f":
            if self.kind is not None:
                self._reading = self.formula = []
            return self.kind is not None
        self.close()
        if name == "c":
            self._cell(attributes)
        elif name == "is":
            self.layout.include(self.row, self.column)
        elif name == "row":
            self._row(attributes)
        elif name == "col":
            self._column(attributes)
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))
        return False

    def text(self, data: str) -> None:
        """Add a piece of the wanted text."""
        self._reading.append(data)

    def close(self) -> None:
        """Finish the open cell, if any, and keep the text of an error or of a formula without a stored result.

        An empty result of a formula is stored with the type str.
        """
        if self.kind is None:
            return
        value = "".join(self.value).strip()
        if self.kind == "e":
            self.layout.texts[self.row, self.column] = value or "#N/A"
        elif self.formula is not None and self.kind != "str" and (not value or (self.recalculated and value == "0")):
            self.layout.include(self.row, self.column)
            self.layout.texts[self.row, self.column] = f"={''.join(self.formula) or '…'}"
        self.kind = None

    def _cell(self, attributes: dict[str, str]) -> None:
        address = attributes.get("r", "")
        at = cell_at(address)
        if address and at is None:  # the library might read it as a distant cell, and lay out all cells up to there
            raise ScanError(address[:_SHOWN])
        self.row, self.column = at or (self.row, self.column + 1)
        self.kind, self.formula, self.value = attributes.get("t", "n"), None, []
        style = attributes.get("s")
        if style in self.styles.struck:
            self.layout.struck.add((self.row, self.column))
        if style in self.styles.percents:
            self.layout.percents.add((self.row, self.column))
        elif style in self.styles.formats:
            self.layout.formats[self.row, self.column] = self.styles.formats[style]

    def _row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r", "")
        if number and cell_at(f"A{number}") is None:
            raise ScanError(number[:_SHOWN])
        self.row, self.column = int(number) - 1 if number else self.row + 1, -1
        if attributes.get("hidden") in _TRUE or _is_zero(attributes.get("ht")):
            self.layout.hidden_rows.append(range(self.row, self.row + 1))

    def _column(self, attributes: dict[str, str]) -> None:
        first, last = attributes.get("min", ""), attributes.get("max", "")
        hidden = attributes.get("hidden") in _TRUE or _is_zero(attributes.get("width"))
        if hidden and cell_at(f"A{first}") and cell_at(f"A{last}"):
            self.layout.hidden_columns.append(range(int(first) - 1, int(last)))

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        if (begin := cell_at(first)) and (end := cell_at(last)):
            self.layout.merges.append(Merge(*begin, *end))


def _is_zero(measure: str | None) -> bool:
    return measure is not None and not measure.strip("0.")


def _scan_sheet(book: zipfile.ZipFile, part: str, styles: Styles, *, recalculated: bool) -> Layout:
    scan = _SheetScan(styles, recalculated)
    parse_part(book, part, scan.start, on_text=scan.text)
    scan.close()
    return scan.layout
