"""Read a document as paragraphs and tables: plain text, Markdown, or a Word file."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from czurban.model.finding import Place
from czurban.model.text import visible
from czurban.reading.sources.sheet import Row, Sheet


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


class _WordLine(NamedTuple):
    """A line of a paragraph of a Word file, with the paragraph's number and outline level."""

    text: str
    number: int
    level: int


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
    from czurban.reading.sources.docx import WordParagraph, read_docx  # noqa: PLC0415 - for Word files alone

    blocks: list[Block] = []
    lines: list[_WordLine] = []
    for block in read_docx(file, data):
        if isinstance(block, WordParagraph):
            lines += [_WordLine(line, block.number, block.level) for line in block.text.split("\n")]
            continue
        blocks += _of_lines(lines, file)
        lines = []
        blocks.append(block)
    return [*blocks, *_of_lines(lines, file)]


def _of_lines(lines: Sequence[_WordLine], file: str) -> Iterator[Block]:
    """Yield the blocks of a Word file's paragraphs, with their numbers as places and the levels of their styles."""
    text = "\n".join(re.sub(r"[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", " ", line.text) for line in lines)
    for block in blocks_of_text(text, file):
        if isinstance(block, TextParagraph):
            source = lines[(block.place.line or 1) - 1]
            yield TextParagraph(block.text, Place(file, source.number), source.level or block.level)
        else:
            numbers = [lines[row.number - 1].number for row in block.rows]
            yield LinesSheet(file, [row._replace(number=n) for row, n in zip(block.rows, numbers, strict=True)])


def _table_at(lines: Sequence[str], at: int) -> tuple[Sequence[Row], int]:
    """Return the table that begins at a line and the line after it; no rows where none begins."""
    if lines[at].lstrip().startswith("|") and lines[at].count("|") > 1:
        stop = next((n for n in range(at, len(lines)) if not lines[n].lstrip().startswith("|")), len(lines))
        rows = [Row(n + 1, _cells(lines[n])) for n in range(at, stop)]
        return [row for row in rows if not all(map(_MARKED.fullmatch, row.cells))], stop
    from czurban.reading.imports.text.copied_tables import read_copied_table  # noqa: PLC0415 - few texts have one

    return read_copied_table(lines, at) or ((), at + 1)


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
