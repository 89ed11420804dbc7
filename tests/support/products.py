"""Products read back: the text and the tables of a report, whatever its format."""

import re
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

from docx import Document
from python_calamine import CalamineWorkbook

PRODUCTS = {
    "report": ("md", "html", "docx", "xlsx", "pdf"),
    "ledger": ("md", "html", "docx", "xlsx"),
    "escalate": ("md", "html", "docx", "xlsx"),
}
"""The products of a round, with the endings of the formats that each is written in."""


class Table(NamedTuple):
    """A table: its headings, and its rows by heading."""

    headings: tuple[str, ...]
    rows: tuple[dict[str, str], ...]


class Product(NamedTuple):
    """The text of a report without spaces, and its tables."""

    text: str
    tables: tuple[Table, ...]

    def rows(self, *headings: str) -> Iterator[dict[str, str]]:
        """Yield the rows of every table that has these headings."""
        for table in self.tables:
            if set(headings) <= set(table.headings):
                yield from table.rows


def read_product(path: Path) -> Product:
    readers = {".md": _markdown, ".html": _html, ".docx": _docx, ".xlsx": _xlsx, ".txt": _terminal}
    text, tables = readers[path.suffix](path)
    return Product(re.sub(r"\s", "", text), tuple(filter(None, map(_table, tables))))


Rows = Sequence[Sequence[str]]


def _table(rows: Rows) -> Table | None:
    """Make a table; the titles of groups, which have a single text, are left out."""
    if not rows:
        return None
    head = tuple(cell.strip() for cell in rows[0])
    body = (row for row in rows[1:] if len(set(filter(None, row))) > 1)
    return Table(head, tuple(dict(zip(head, (cell.strip() for cell in row), strict=False)) for row in body))


def _markdown(path: Path) -> tuple[str, list[Rows]]:
    text = path.read_text(encoding="utf-8")
    tables: list[list[list[str]]] = [[]]
    for line in text.splitlines():
        if line.startswith("|"):
            cells = [re.sub(r"\\(.)", r"\1", cell).strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
            if not all(re.fullmatch(":?-+:?", cell) for cell in cells):
                tables[-1].append(cells)
        elif tables[-1]:
            tables.append([])
    return re.sub(r"\\(.)", r"\1", text), list(tables)


def _docx(path: Path) -> tuple[str, list[Rows]]:
    document = Document(str(path))
    rows = [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]
    return "\n".join(paragraph.text for paragraph in document.paragraphs), list(rows)


def _xlsx(path: Path) -> tuple[str, list[Rows]]:
    book = CalamineWorkbook.from_path(path)
    sheets = [
        [[_shown(cell) for cell in row] for row in book.get_sheet_by_name(name).to_python()]
        for name in book.sheet_names
    ]
    tables: list[Rows] = []
    for rows in sheets:
        start = 0
        for at, row in enumerate([*rows, []]):
            if sum(map(bool, row)) <= 1:
                tables.append(rows[start:at])
                start = at + 1
    return "\n".join(" ".join(row) for rows in sheets for row in rows), tables


def _shown(cell: object) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _terminal(path: Path) -> tuple[str, list[Rows]]:
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    tables: list[Rows] = []
    for at, line in enumerate(lines):
        if re.fullmatch("─+", line):
            below = iter(lines[at + 1 :])
            rows = [re.split(r" {2,}", lines[at - 1].strip())]
            for row in below:
                if not row.strip():
                    break
                rows.append(re.split(r" {2,}", row.strip()))
            tables.append(rows)
    return text, tables


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self.text: list[str] = []
        self.links: list[str] = []
        self.ids: set[str] = set()
        self._in: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        if known.get("id"):
            self.ids.add(str(known["id"]))
        if tag == "a" and known.get("href"):
            self.links.append(str(known["href"]))
        if tag == "table":
            self.tables.append([])
        elif tag == "tr" and self.tables:
            self.tables[-1].append([])
        elif tag in ("td", "th") and self.tables and self.tables[-1]:
            self.tables[-1][-1].append("")
        if tag in ("script", "style", "td", "th", "svg"):
            self._in.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._in and self._in[-1] == tag:
            self._in.pop()

    def handle_data(self, data: str) -> None:
        if "script" in self._in or "style" in self._in or "svg" in self._in:
            return
        self.text.append(data)
        if self._in and self._in[-1] in ("td", "th"):
            self.tables[-1][-1][-1] += data


def read_page(path: Path) -> _Page:
    page = _Page()
    page.feed(path.read_text(encoding="utf-8"))
    return page


def _html(path: Path) -> tuple[str, list[Rows]]:
    page = read_page(path)
    return "".join(page.text), list(page.tables)
