"""Write a document as text for a terminal or a file, with tables that are aligned and fit the width."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from rich.cells import cell_len

from czurban.model.text import clean, clean_line
from czurban.reporting.document import (
    Block,
    Code,
    Column,
    Document,
    DocumentTable,
    Gauge,
    Heading,
    Item,
    Items,
    LineChart,
    Page,
    Paragraph,
    Role,
    TableCell,
    Tone,
)


def columns_that_stay(columns: Sequence[Column], fit: Callable[[Sequence[int]], bool]) -> list[int]:
    """Fold columns, in the order of their `fold`, until the rest fits; return the numbers of the rest."""
    kept = list(range(len(columns)))
    for fold in sorted({column.fold for column in columns if column.fold}):
        if fit(kept):
            break
        kept = [i for i in kept if columns[i].fold != fold]
    return kept


def separator_of(document: Document) -> str:
    """Return what stands between the folded cells of a row, in the document's language."""
    return "；" if document.language == "zh" else "; "


def shown_below(
    table: DocumentTable, row: Sequence[TableCell], folded: Iterable[int], separator: str, *, gauges: bool = False
) -> str:
    """Write the folded cells of a row in one line, figures with the title of their column, without empty ones."""
    write = cell_line if gauges else _plain_line
    texts = ((table.columns[i], write(row[i])) for i in folded if row[i].text not in ("", "—"))
    return separator.join(f"{column.title} {text}" if column.number else text for column, text in texts)


def cell_line(cell: TableCell) -> str:
    """Write a cell in one line, with its gauge before the text."""
    text = clean_line(cell.text)
    return f"{cell.chart.bar} {text:>{_SHARE}}" if isinstance(cell.chart, Gauge) else text


def _plain_line(cell: TableCell) -> str:
    return clean_line(cell.text)


_SHARE = 6
"""The width of a share behind its gauge: 100.0%."""
_PIECE = re.compile(
    r"\s+"
    r"|[（(][^（()）]{1,12}[)）][、，；。;,]?"  # a unit in brackets is not broken
    r"|[（(「“《〈]?(?:(?:[≥≤＞＜＝≈±−] ?)?[!-'*-~]+|[^\s（(])[）)」”》〉、，；。：！？…;,]*"
    # a sign stays with its number, and closing marks never begin a line
    r"|."
)


def wrap(text: str, width: int) -> list[str]:
    """Break text into lines of at most `width` cells, of which a Chinese character takes two.

    Words of Latin letters, units in brackets and closing marks with their text are broken only if they fit no line.
    """
    lines, line, used = [], "", 0
    for piece in (part for match in _PIECE.findall(text) for part in _pieces(match, width)):
        wide = cell_len(piece)
        if used + wide > width and line:
            lines.append(line.rstrip())
            line, used = "", 0
        if line or not piece.isspace():
            line, used = line + piece, used + wide
    return [*lines, line.rstrip()] if line or not lines else lines


def _pieces(piece: str, width: int) -> list[str]:
    """Return the piece, or its characters if no line is wide enough for it."""
    return [piece] if cell_len(piece) <= width else list(piece)


_STYLES = {Tone.PLAIN: "", Tone.GOOD: "green", Tone.BAD: "bold red", Tone.DOUBT: "yellow", Tone.QUIET: "dim"}
_NATURAL = 100_000
_GAP = 2
_READABLE, _NARROWEST = 22, 8
"""The widths of the main column at which columns begin to fold, and below which it never goes."""

Piece = tuple[str, str]
"""A text and its style."""
Line = list[Piece]
"""A line of the page, from left to right."""


def as_text(document: Document, page: Page) -> bytes:
    """Write a document as text in UTF-8, with colours if the page has them."""
    separator = separator_of(document)
    lines: list[Line] = []
    blocks = _as_letter([block for block in document.blocks if not isinstance(block, LineChart)], document.language)
    for index, block in enumerate(blocks):
        if index and (not isinstance(block, Paragraph) or isinstance(blocks[index - 1], (DocumentTable, Items))):
            lines.append([])
        lines += _block(block, page.width, separator)
    texts = _coloured(lines) if page.colour else ("".join(text for text, _ in line) for line in lines)
    return "".join(f"{text.rstrip()}\n" for text in texts).encode()


_SIGNED = 72
"""The width at whose end the lines of a signature end."""


def _as_letter(blocks: list[Block], language: str) -> list[Block]:
    """Indent the paragraphs of a letter and move its signature to the right; other documents stay as they are."""
    if not any(isinstance(block, Paragraph) and block.role is not Role.BODY for block in blocks):
        return blocks
    indent = "\N{IDEOGRAPHIC SPACE}" * 2 if language == "zh" else ""
    before = {Role.BODY: lambda _: indent, Role.ADDRESSEE: lambda _: "", Role.SIGNATURE: _left_of_signature}
    return [
        block._replace(text=before[block.role](block.text) + block.text) if isinstance(block, Paragraph) else block
        for block in blocks
    ]


def _left_of_signature(text: str) -> str:
    return " " * max(0, _SIGNED - cell_len(text))


def _coloured(lines: Iterable[Line]) -> Iterator[str]:
    """Colour the lines for a terminal; only this loads the library for it."""
    from rich.console import Console  # noqa: PLC0415 - for a terminal alone
    from rich.text import Text  # noqa: PLC0415

    console = Console(width=_NATURAL, force_terminal=True, color_system="standard", highlight=False, no_color=False)
    for line in lines:
        with console.capture() as caught:
            console.print(Text.assemble(*line), soft_wrap=True, end="")
        yield caught.get()


def _block(block: Block, width: int | None, separator: str) -> Iterable[Line]:
    match block:
        case Heading():
            return _styled(wrap(clean(block.text), width or _NATURAL), "bold")
        case Paragraph():
            return _styled(_prose(block, width or _NATURAL), _STYLES[block.tone])
        case Items():
            return _items(block.items, width or _NATURAL, 0, numbered=block.numbered)
        case Code():
            return _styled((f"    {clean(line)}" for line in block.text.splitlines()), "")
        case DocumentTable():
            return _TextTable(block, width, separator).lines()
        case LineChart():
            return ()


def _styled(lines: Iterable[str], style: str) -> list[Line]:
    return [[(line, style)] for line in lines]


def _prose(block: Paragraph, width: int) -> list[str]:
    """Break a paragraph into lines; the blanks before one of a letter stay."""
    text = clean(block.text)
    bare = text.lstrip()
    before = text[: len(text) - len(bare)]
    first, *others = wrap(bare, width - cell_len(before))
    return [before + first, *others]


def _items(items: Iterable[Item], width: int, depth: int, *, numbered: bool = False) -> Iterator[Line]:
    for number, item in enumerate(items, 1):
        before = f"{number}. " if numbered else "  " * depth + ("- " if depth else "* ")
        first, *others = wrap(clean(item.text), width - len(before))
        yield [(before + first, "")]
        yield from ([(" " * len(before) + line, "")] for line in others)
        yield from _items(item.below, width, depth + 1)


class _TextTable:
    """A table with the columns that fit a page, and those that are folded under the main one."""

    def __init__(self, table: DocumentTable, width: int | None, separator: str) -> None:
        self._table, self._width, self._separator = table, width, separator
        self._natural = [self._natural_width(i) for i in range(len(table.columns))]
        self._kept = self._columns_that_fit()
        self._folded = [i for i in range(len(table.columns)) if i not in self._kept]
        self._main = self._main_of(self._kept)
        self._widths = self._column_widths()

    def lines(self) -> Iterator[Line]:
        """Write the head, a rule, and the rows under the titles of their groups."""
        yield from self._row({i: [(clean_line(self._table.columns[i].title), "bold")] for i in self._kept})
        yield [("─" * (sum(self._widths.values()) + _GAP * (len(self._kept) - 1)), "dim")]
        for index, group in enumerate(self._table.groups):
            if group.title:
                yield from ([[]] if index else [])
                yield from _styled(wrap(clean_line(group.title), self._width or _NATURAL), "bold cyan")
            for row in group.rows:
                yield from self._row(self._cells(row))

    def _rows(self) -> Iterator[Sequence[TableCell]]:
        return (row for group in self._table.groups for row in group.rows)

    def _natural_width(self, index: int) -> int:
        texts = (self._table.columns[index].title, *(cell_line(row[index]) for row in self._rows()))
        return max(cell_len(clean_line(text)) for text in texts)

    def _main_of(self, columns: Sequence[int]) -> int:
        return next((i for i in columns if self._table.columns[i].main), columns[0])

    def _others(self, columns: Sequence[int]) -> int:
        """Return the width of all columns but the main one, with the gaps."""
        main = self._main_of(columns)
        return sum(self._natural[i] for i in columns if i != main) + _GAP * len(columns)

    def _columns_that_fit(self) -> list[int]:
        """Fold columns until the main one has a readable width, and if that is not enough, the last ones too."""
        width = self._width
        if width is None:
            return list(range(len(self._table.columns)))

        def fit(columns: Sequence[int], most: int = _READABLE) -> bool:
            return self._others(columns) + min(self._natural[self._main_of(columns)], most) <= width

        kept = columns_that_stay(self._table.columns, fit)
        while len(kept) > 1 and not fit(kept, _NARROWEST):
            main = self._main_of(kept)
            kept.remove(next(i for i in reversed(kept) if i != main))
        return kept

    def _column_widths(self) -> dict[int, int]:
        """Return the widths; the main column has room for the folded texts, as far as the page has any."""
        widths = {i: self._natural[i] for i in self._kept}
        if self._width is not None:
            below = (cell_len(self._below(row)) for row in self._rows()) if self._folded else ()
            wanted = max((widths[self._main], *below))
            widths[self._main] = max(_NARROWEST, min(wanted, self._width - self._others(self._kept)))
        return widths

    def _below(self, row: Sequence[TableCell]) -> str:
        return shown_below(self._table, row, self._folded, self._separator, gauges=True)

    def _cells(self, row: Sequence[TableCell]) -> dict[int, list[Piece]]:
        """Return the lines of each cell; the main one is wrapped, and has the folded texts below."""
        cells = {i: [(cell_line(row[i]), _STYLES[row[i].tone])] for i in self._kept}
        ((text, style),), width = cells[self._main], self._widths[self._main]
        cells[self._main] = [(part, style) for part in wrap(text, width)]
        if below := self._below(row):
            cells[self._main] += [(part, "dim") for part in wrap(below, width)]
        return cells

    def _row(self, cells: dict[int, list[Piece]]) -> Iterator[Line]:
        """Put the lines of the cells next to each other."""
        for n in range(max(map(len, cells.values()))):
            line: Line = []
            for i in self._kept:
                text, style = cells[i][n] if n < len(cells[i]) else ("", "")
                space = (" " * (self._widths[i] - cell_len(text)), "")
                line += [space, (text, style)] if self._table.columns[i].number else [(text, style), space]
                line.append((" " * _GAP, ""))
            yield line
