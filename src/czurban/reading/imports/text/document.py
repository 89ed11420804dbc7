"""Read a document as paragraphs and tables: plain text, Markdown, or a Word file.

Programs copy a table into text in three ways: a row a line, its cells separated by tabs or by several blanks; a cell a
line, each after a tab; and a cell a line without any mark, which only the header and the numbers of the rows reveal.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import NamedTuple

from czurban.model.finding import Place
from czurban.model.text import visible
from czurban.reading.sources.docx import WordParagraph, read_docx
from czurban.reading.sources.sheet import Row, Sheet
from czurban.reading.submission.header_cell import understand


class TextParagraph(NamedTuple):
    """A paragraph; `level` is that of a heading by its style or its # marks, 0 for other text."""

    text: str
    place: Place
    level: int = 0


@dataclass(frozen=True)
class LinesSheet(Sheet):
    """A table in a text file; the numbers of its rows are those of lines."""

    file: str
    rows: Sequence[Row] = ()

    def place(self, row: Row, column: int | None = None) -> Place:  # noqa: ARG002 - a cell has no place of its own
        """Return the line of a row."""
        return Place(self.file, row.number)


Block = TextParagraph | Sheet
_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
_EMPHASIS = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*|__(?=\S)(.+?)(?<=\S)__")
_BULLET = re.compile(r"^[*+•·●]\s+|^-\s+(?!-)")
_MARKED = re.compile(r":?-{2,}:?")


def blocks_of_text(text: str, file: str) -> list[Block]:
    """Return the paragraphs and tables of a plain or Markdown text."""
    lines = [visible(line.rstrip() or line.rstrip(" \u3000")) for line in text.splitlines()]  # a tab is an empty cell
    blocks: list[Block] = []
    at = 0
    while at < len(lines):
        rows, after = _table_at(lines, at)
        if rows:
            blocks.append(LinesSheet(file, rows))
        elif paragraph := _paragraph(lines[at], Place(file, at + 1, 1)):
            blocks.append(paragraph)
        at = after
    return blocks


def blocks_of_docx(data: bytes, file: str) -> list[Block]:
    """Return the paragraphs and tables of a Word file; a table that was pasted as text is one too.

    Raises:
        ScanError: it is no Word file, or is damaged.
    """
    blocks: list[Block] = []
    lines: list[tuple[str, WordParagraph]] = []
    for block in read_docx(file, data):
        if isinstance(block, WordParagraph):
            lines += [(line, block) for line in block.text.split("\n")]
            continue
        blocks += _of_lines(lines, file)
        lines = []
        blocks.append(block)
    return [*blocks, *_of_lines(lines, file)]


def _of_lines(lines: Sequence[tuple[str, WordParagraph]], file: str) -> Iterator[Block]:
    """Yield the blocks of a Word file's paragraphs, with their numbers as places and the levels of their styles."""
    text = "\n".join(re.sub(r"[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", " ", line) for line, _ in lines)
    for block in blocks_of_text(text, file):
        if isinstance(block, TextParagraph):
            source = lines[(block.place.line or 1) - 1][1]
            yield TextParagraph(block.text, Place(file, source.number), source.level or block.level)
        else:
            numbers = [lines[row.number - 1][1].number for row in block.rows]
            yield LinesSheet(file, [row._replace(number=n) for row, n in zip(block.rows, numbers, strict=True)])


def _table_at(lines: Sequence[str], at: int) -> tuple[Sequence[Row], int]:
    """Return the table that begins at a line and the line after it; no rows where none begins."""
    if lines[at].lstrip().startswith("|") and lines[at].count("|") > 1:
        stop = next((n for n in range(at, len(lines)) if not lines[n].lstrip().startswith("|")), len(lines))
        rows = [Row(n + 1, _cells(lines[n])) for n in range(at, stop)]
        return [row for row in rows if not all(map(_MARKED.fullmatch, row.cells))], stop
    copied = _read_copied_table(lines, at)
    return (copied.rows, copied.stop) if copied else ((), at + 1)


def _cells(line: str) -> Sequence[str]:
    inner = line.strip().removeprefix("|").removesuffix("|")
    return [_plain(cell.replace("\\|", "|").replace("<br>", "").strip()) for cell in re.split(r"(?<!\\)\|", inner)]


def _plain(text: str) -> str:
    return _EMPHASIS.sub(lambda match: match[1] or match[2], text)


def _paragraph(line: str, place: Place) -> TextParagraph | None:
    """Return a line as a paragraph without its Markdown marks; None for a blank line or a rule."""
    text = line.strip().strip("\u3000").strip()
    if not re.search(r"\w", text):
        return None
    if heading := _HEADING.match(text):
        return TextParagraph(_plain(heading[2]), place, len(heading[1]))
    return TextParagraph(_plain(_BULLET.sub("", text.removeprefix("> "))), place)


_LEAST_ROWS, _LEAST_COLUMNS, _KNOWN_HEADERS = 2, 3, 2
_GAP = re.compile(r"\t+|[ \u3000]{2,}")
_NUMBERED = re.compile(r"^(\d{1,3})(?:[.．、]\s*[^\d\s]|$)")
_LONGEST_CELL, _LONGEST_BROKEN, _WITHIN = 60, 16, 8
_MOST_HEADER_LINES = 14


class CopiedTable(NamedTuple):
    """The rows of a copied table, and the index of the line after it."""

    rows: Sequence[Row]
    stop: int


def _read_copied_table(lines: Sequence[str], at: int) -> CopiedTable | None:
    """Return the table that begins at a line; None where none does."""
    line = lines[at]
    if line.startswith("\t") and "\t" not in line.strip("\t"):
        return _checked(_tabbed_cells(lines, at))
    if _GAP.search(line.strip()):
        return _checked(_rows_a_line(lines, at))
    return _checked(_bare_cells(lines, at)) if understand(line.strip()) else None


def _checked(table: CopiedTable | None) -> CopiedTable | None:
    """Return a table with a header, enough rows and as many cells in the header as in the rows."""
    if table is None or len(table.rows) <= _LEAST_ROWS:
        return None
    width = max(len(row.cells) for row in table.rows)
    first, *rest = table.rows
    header = first._replace(cells=[*[first.cells[0]] * (width - len(first.cells)), *first.cells])
    # One cell of the header may stand over several columns; a row leaves out what it shares with the row above.
    rows = [row._replace(cells=[*[""] * (width - len(row.cells)), *row.cells]) for row in rest]
    known = sum(understand(cell) is not None for cell in header.cells if cell)
    return table._replace(rows=[header, *rows]) if width >= _LEAST_COLUMNS and known >= _KNOWN_HEADERS else None


def _rows_a_line(lines: Sequence[str], at: int) -> CopiedTable:
    rows: list[Row] = []
    for stop in range(at, len(lines)):
        line = lines[stop].strip()
        if not line:
            continue
        cells = [cell.strip() for cell in re.split(r"\t" if "\t" in line else _GAP, lines[stop])]
        if len([cell for cell in cells if cell]) < _LEAST_COLUMNS - (len(rows) > 0):
            return CopiedTable(rows, stop)
        rows.append(Row(stop + 1, cells if "\t" in line else [cell for cell in cells if cell]))
    return CopiedTable(rows, len(lines))


def _tabbed_cells(lines: Sequence[str], at: int) -> CopiedTable:
    """Read a cell a line, each after a tab. A blank line between two cells ends a row, others are inside a cell."""
    rows: list[tuple[int, list[str]]] = [(at + 1, [])]
    blank, stop = False, at
    for stop in range(at, len(lines)):
        line = lines[stop]
        if line.startswith("\t"):
            if blank and rows[-1][1]:
                rows.append((stop + 1, []))
            rows[-1][1].append(line.strip())
        elif line.strip():
            if not _continues(lines, stop):
                break
            rows[-1][1][-1] += line.strip()
        blank = not line
    else:
        stop = len(lines)
    return CopiedTable([Row(number, cells) for number, cells in rows if any(cells)], stop)


def _continues(lines: Sequence[str], at: int) -> bool:
    """Return whether a line without a tab is the rest of a cell: short, with further cells soon after it."""
    short = len(lines[at].strip()) <= _LONGEST_BROKEN and not re.search(r"[。；]", lines[at])
    return short and any(line.startswith("\t") for line in lines[at + 1 : at + 1 + _WITHIN])


def _bare_cells(lines: Sequence[str], at: int) -> CopiedTable | None:
    """Read a cell a line without marks: rows begin with their numbers, and have as many cells as the header."""
    cells = [(n, lines[n].strip()) for n in _short_lines(lines, at)]
    anchors = list(_starts(cells))
    if len(anchors) < _LEAST_ROWS or anchors[0] > _MOST_HEADER_LINES:
        return None
    sizes = [after - before for before, after in pairwise(anchors)]
    width = max(sizes, key=lambda size: (sizes.count(size), size))
    header = _joined_header([text for _, text in cells[: anchors[0]]], width)
    rows = [Row(at + 1, header)]
    starts = list(_rows_from(cells, anchors[0], width))
    for start, stop in starts:
        texts = [text for _, text in cells[start:stop]]
        named = texts[: 1 + (_NUMBERED.fullmatch(texts[0]) is not None)]
        whole = texts if len(texts) == width else [*named, *[""] * (width - len(named))]  # which cells are missing?
        rows.append(Row(cells[start][0] + 1, whole))
    return CopiedTable(rows, cells[starts[-1][1] - 1][0] + 1)


def _rows_from(cells: Sequence[tuple[int, str]], start: int, width: int) -> Iterator[tuple[int, int]]:
    """Yield where each row begins and ends: at the next number after as many cells as the header has, or sooner."""
    number = 1
    while start < len(cells) and _number_of(cells[start][1]) == number:
        number += 1
        even = start + width
        if even < len(cells) and _number_of(cells[even][1]) != number:
            even = next((n for n in range(start + 1, len(cells)) if _number_of(cells[n][1]) == number), even)
        yield start, min(even, len(cells))
        start = even


def _short_lines(lines: Sequence[str], at: int) -> Iterator[int]:
    """Yield the indices of lines that may be cells, up to the first that is a sentence."""
    for n in range(at, len(lines)):
        text = lines[n].strip()
        if len(text) > _LONGEST_CELL or text.endswith(("。", "：")) or re.match(r"[一二三四五六七八九十]+、", text):
            return
        if text:
            yield n


def _starts(cells: Sequence[tuple[int, str]]) -> Iterator[int]:
    """Yield where the rows numbered 1, 2, 3 … begin."""
    wanted = 1
    for at, (_, text) in enumerate(cells):
        if _number_of(text) == wanted:
            yield at
            wanted += 1


def _number_of(text: str) -> int | None:
    """Return the number that a row begins with."""
    match = _NUMBERED.match(text)
    return int(match[1]) if match else None


def _joined_header(texts: Sequence[str], width: int) -> list[str]:
    """Join the pieces of broken header cells so that as many as possible are understood."""
    if len(texts) <= width:
        return [*[""] * (width - len(texts)), *texts]
    ways = (
        ["".join(texts[start:stop]) for start, stop in pairwise((0, *cuts, len(texts)))]
        for cuts in combinations(range(1, len(texts)), width - 1)
    )
    return max(ways, key=lambda way: sum(bool(header and not header.bare) for header in map(understand, way)))
