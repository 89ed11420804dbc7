"""Read the paragraphs and tables of a Word file in their order, with the numbers that Word shows before paragraphs."""

import io
import zipfile
from dataclasses import dataclass, field
from typing import NamedTuple

from czurban.reading.sources.office_xml import ScanError, parse_part
from czurban.reading.sources.sheet import CellSheet, Merge, Row

_PART = "word/document.xml"
_LARGEST = 1 << 27
"""The most bytes of the unpacked text; the parts of real files have a few MiB."""
_CHINESE_FORMATS = frozenset({"chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographTraditional"})
_DIGITS = "零一二三四五六七八九"
_BLANKS = {"tab": "\t", "br": "\n", "cr": "\n"}
_SKIPPED = frozenset({"Fallback", "instrText", "delText"})
_MOST_COLUMNS = 200


class WordParagraph(NamedTuple):
    """A paragraph: its number in the file, its text with Word's own number before it, and its outline level from 1."""

    number: int
    text: str
    level: int = 0


WordBlock = WordParagraph | CellSheet


def read_docx(file: str, data: bytes) -> list[WordBlock]:
    """Return the paragraphs and tables of a Word file; tables inside tables are text of their cell.

    Raises:
        ScanError: it is no Word file, is damaged, or is too large when unpacked.
    """
    try:
        book = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError) as error:
        raise ScanError(file) from error
    with book:
        names = {info.filename: info.file_size for info in book.infolist()}
        if names.get(_PART, 0) > _LARGEST or names.get("word/numbering.xml", 0) > _LARGEST:
            raise ScanError(_PART)
        styles = _Styles()
        if "word/styles.xml" in names:
            parse_part(book, "word/styles.xml", styles.start)
        numbering = _Numbering()
        if "word/numbering.xml" in names:
            parse_part(book, "word/numbering.xml", numbering.start)
        scan = _DocumentScan(file, styles, numbering)
        parse_part(book, _PART, scan.start, scan.end, scan.add_text)
    return scan.blocks


class _NumberLevel(NamedTuple):
    """How Word numbers a level of a list: the kind of digits, the text such as （%1）, and the first number."""

    kind: str = "decimal"
    text: str = ""
    start: int = 1


def _value(attributes: dict[str, str], name: str = "val") -> str:
    return next((text for key, text in attributes.items() if key.rpartition(":")[2] == name), "")


@dataclass(slots=True)
class _Styles:
    """The outline level and the list of each style."""

    levels: dict[str, int] = field(default_factory=dict)
    lists: dict[str, tuple[str, int]] = field(default_factory=dict)
    style: str = ""

    def start(self, name: str, attributes: dict[str, str]) -> bool:
        """Read the start of an element."""
        value = _value(attributes)
        if name == "style":
            self.style = _value(attributes, "styleId")
        elif name == "outlineLvl" and value.isdecimal():
            self.levels[self.style] = int(value) + 1
        elif name == "numId":
            self.lists[self.style] = (value, self.lists.get(self.style, ("", 0))[1])
        elif name == "ilvl" and value.isdecimal():
            self.lists[self.style] = (self.lists.get(self.style, ("", 0))[0], int(value))
        return False


@dataclass(slots=True)
class _Numbering:
    """The lists of a file, and how far each has been counted."""

    levels: dict[tuple[str, int], _NumberLevel] = field(default_factory=dict)
    abstract_of: dict[str, str] = field(default_factory=dict)
    counts: dict[tuple[str, int], int] = field(default_factory=dict)
    abstract: str = ""
    number: str = ""
    level: int = 0

    def start(self, name: str, attributes: dict[str, str]) -> bool:
        """Read the start of an element."""
        value, at = _value(attributes), (self.abstract, self.level)
        if name == "abstractNum":
            self.abstract, self.number = _value(attributes, "abstractNumId"), ""
        elif name == "num":
            self.number = _value(attributes, "numId")
        elif name == "abstractNumId":
            self.abstract_of[self.number] = value
        elif self.number:
            return False
        elif name == "lvl":
            self.level = int(_value(attributes, "ilvl") or 0)
            self.levels[self.abstract, self.level] = _NumberLevel()
        elif rule := self.levels.get(at):
            kind = value if name == "numFmt" else rule.kind
            text = value if name == "lvlText" else rule.text
            self.levels[at] = _NumberLevel(
                kind, text, int(value) if name == "start" and value.isdecimal() else rule.start
            )
        return False

    def label(self, number: str, level: int) -> str:
        """Count a paragraph of a list, and return the number that Word shows before it."""
        abstract = self.abstract_of.get(number, "")
        rule = self.levels.get((abstract, level))
        if rule is None or rule.kind in ("bullet", "none"):
            return ""
        self.counts[abstract, level] = self.counts.get((abstract, level), rule.start - 1) + 1
        for deeper in [at for at in self.counts if at[0] == abstract and at[1] > level]:
            del self.counts[deeper]
        text = rule.text
        for n in range(level + 1):
            inner = self.levels.get((abstract, n), _NumberLevel())
            text = text.replace(f"%{n + 1}", _shown(self.counts.get((abstract, n), inner.start), inner.kind))
        return text


def _shown(number: int, kind: str) -> str:
    """Return a number as Word shows it."""
    if kind in _CHINESE_FORMATS and number < 100:  # noqa: PLR2004 - lists have fewer paragraphs
        tens, ones = divmod(number, 10)
        return (
            ("" if tens < 2 else _DIGITS[tens]) + ("十" if tens else "") + (_DIGITS[ones] if ones or not tens else "")  # noqa: PLR2004
        )
    return str(number)


@dataclass(slots=True)
class _OpenTable:
    """A table while it is read, with the width of the open cell, and how it goes on from the row above."""

    rows: list[list[str]] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    last: dict[int, int] = field(default_factory=dict)
    """The index of the last merge that begins in each column."""
    width: int = 1
    goes_on: str = ""


class _DocumentScan:
    """The blocks of a document while it is read."""

    def __init__(self, file: str, styles: _Styles, numbering: _Numbering) -> None:
        self.file = file
        self.styles = styles
        self.numbering = numbering
        self.blocks: list[WordBlock] = []
        self.tables: list[_OpenTable] = []
        self.pieces: list[str] = []
        self.cell: list[str] = []
        self.skipped = 0
        self.paragraphs = 0
        self.count = 0
        self._reset()

    def _reset(self) -> None:
        self.pieces = []
        self.style, self.list, self.level, self.outline = "", "", 0, 0

    def start(self, name: str, attributes: dict[str, str]) -> bool:
        """Read the start of an element, and return whether its text is wanted."""
        if self.skipped or name in _SKIPPED:
            self.skipped += 1
            return False
        value = _value(attributes)
        match name:
            case "p":
                self._reset()
            case "pStyle":
                self.style = value
            case "numId":
                self.list = value
            case "ilvl" if value.isdecimal():
                self.level = int(value)
            case "outlineLvl" if value.isdecimal():
                self.outline = int(value) + 1
            case "tab" | "br" | "cr" if not value:  # a tab with a value is a position of the ruler
                self.pieces.append(_BLANKS[name])
            case "tbl":
                self.tables.append(_OpenTable())
            case _ if len(self.tables) == 1:
                self._start_in_table(name, value, attributes)
        return name == "t"

    def _start_in_table(self, name: str, value: str, attributes: dict[str, str]) -> None:
        table = self.tables[0]
        match name:
            case "tr":
                table.rows.append([])
            case "tc":
                table.width, table.goes_on, self.cell = 1, "", []
            case "gridSpan" if value.isdecimal():
                table.width = max(1, min(int(value), _MOST_COLUMNS))
            case "vMerge":
                table.goes_on = _value(attributes) or "continue"

    def add_text(self, text: str) -> None:
        """Add a piece of text."""
        self.pieces.append(text)

    def end(self, name: str) -> None:
        """Read the end of an element."""
        if self.skipped:
            self.skipped -= 1
        elif name == "p":
            self._end_paragraph()
        elif name == "tbl":
            table = self.tables.pop()
            if not self.tables:
                self._end_table(table)
        elif name == "tc" and len(self.tables) == 1 and self.tables[0].rows:
            self._end_cell(self.tables[0])

    def _end_paragraph(self) -> None:
        text = "".join(self.pieces)
        in_style = self.styles.lists.get(self.style, ("", 0))
        number, level = (self.list, self.level) if self.list else in_style
        label = self.numbering.label(number, level) if number and number != "0" and text.strip() else ""
        text = label + text
        if self.tables:
            self.cell.append(text)
        else:
            self.paragraphs += 1
            if text.strip():
                outline = self.outline or self.styles.levels.get(self.style, 0)
                self.blocks.append(WordParagraph(self.paragraphs, text, outline))
        self._reset()

    def _end_cell(self, table: _OpenTable) -> None:
        row, column = len(table.rows) - 1, len(table.rows[-1])
        last = column + table.width - 1
        if table.goes_on == "continue" and column in table.last:
            at = table.last[column]
            table.merges[at] = table.merges[at]._replace(bottom=row)
        elif table.goes_on or table.width > 1:
            table.last[column] = len(table.merges)
            table.merges.append(Merge(row, column, row, last))
        text = "" if table.goes_on == "continue" else "\n".join(self.cell).strip()
        table.rows[-1] += [text, *[""] * (table.width - 1)]

    def _end_table(self, table: _OpenTable) -> None:
        merges = tuple(each for each in table.merges if each.bottom > each.top or each.right > each.left)
        self.count += 1
        rows = [Row(n, cells) for n, cells in enumerate(table.rows, 1)]
        self.blocks.append(CellSheet(self.file, f"表{self.count}", rows, merges))
