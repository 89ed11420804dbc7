"""What python-calamine does not tell of an XLSX file: which cells show a percentage, and how large a sheet is.

A percentage cell stores 0.41 and shows 41%; the format stands in the file's styles. Reading the two parts with expat
costs a small sheet under a millisecond, where a second spreadsheet library would double the start.
"""

import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat

_PERCENT_IDS = {9, 10}  # the built-in formats 0% and 0.00%, ECMA-376 part 1, 18.8.30
_NOT_CODE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
MOST_CELLS = 20_000_000


class ScanError(Exception):
    """The file is not the XLSX it says it is; the text says in what way, for the reader's finding."""


@dataclass(slots=True)
class SheetScan:
    """The addresses of percentage cells, and the last row and column, counted from 1."""

    percents: set[str] = field(default_factory=set)
    rows: int = 0
    columns: int = 0


def is_percent(code: str) -> bool:
    """Whether a number format shows per cent: a % outside quoted text and escapes."""
    return "%" in _NOT_CODE.sub("", code)


def scan(book: zipfile.ZipFile) -> dict[str, SheetScan]:
    """Return a scan of every sheet, by its name.

    Raises:
        ScanError: a part is missing, or is not plain XML.
    """
    styles = _percent_styles(book)
    return {name: _scan_sheet(book, part, styles) for name, part in _sheets(book).items()}


def _parse(book: zipfile.ZipFile, part: str, on_start: Callable[[str, dict[str, str]], None]) -> None:
    parser = expat.ParserCreate()

    def refuse(*_: object) -> None:
        msg = "DOCTYPE"
        raise ScanError(msg)

    def start(name: str, attributes: dict[str, str]) -> None:
        on_start(name.rpartition(":")[2], attributes)

    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = refuse
    try:
        with book.open(part) as stream:
            parser.ParseFile(stream)
    except (LookupError, ValueError, expat.ExpatError, zipfile.BadZipFile, EOFError, NotImplementedError) as error:
        raise ScanError(part) from error


def _percent_styles(book: zipfile.ZipFile) -> set[str]:
    """The indices of cell styles whose format is a percentage."""
    custom: dict[str, str] = {}
    found: set[str] = set()
    inside: list[str] = [""]
    count = [0]

    def start(name: str, attributes: dict[str, str]) -> None:
        if name in ("cellXfs", "cellStyleXfs", "dxfs"):
            inside[0] = name
        elif name == "numFmt":
            custom[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "xf" and inside[0] == "cellXfs":
            number = attributes.get("numFmtId", "0")
            if is_percent(custom.get(number, "")) or (number.isdigit() and int(number) in _PERCENT_IDS):
                found.add(str(count[0]))
            count[0] += 1

    if "xl/styles.xml" in book.namelist():
        _parse(book, "xl/styles.xml", start)
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

    _parse(book, "xl/workbook.xml", sheet)
    _parse(book, "xl/_rels/workbook.xml.rels", relation)
    parts = {name: targets.get(r, "") for name, r in ids.items()}
    return {name: part.lstrip("/") if part.startswith("/") else f"xl/{part}" for name, part in parts.items()}


def _scan_sheet(book: zipfile.ZipFile, part: str, styles: set[str]) -> SheetScan:
    result = SheetScan()

    def start(name: str, attributes: dict[str, str]) -> None:
        if name != "c" or not (address := _CELL.fullmatch(attributes.get("r", ""))):
            return
        result.rows = max(result.rows, int(address[2]))
        result.columns = max(result.columns, column_number(address[1]))
        if attributes.get("s") in styles:
            result.percents.add(address[0])

    if part in book.namelist():
        _parse(book, part, start)
    return result


def column_number(letters: str) -> int:
    """A to 1, Z to 26, AA to 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """1 to A, 26 to Z, 27 to AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
