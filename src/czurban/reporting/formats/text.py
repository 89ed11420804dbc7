"""A document for a terminal or a plain text file: tables that stay aligned with Chinese text at any width.

Columns that give way on a narrow page: which go, and how they are told under the main one.

Lines of a given width, broken where Chinese and Latin text may be broken.
"""

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
    Heading,
    Item,
    Items,
    Page,
    Paragraph,
    TableCell,
    Tone,
)


def columns_that_stay(columns: Sequence[Column], fit: Callable[[Sequence[int]], bool]) -> list[int]:
    """Fold columns, in the order they ask for, until those that are left fit; their numbers in the table."""
    kept = list(range(len(columns)))
    for fold in sorted(one.fold for one in columns if one.fold):
        if fit(kept):
            break
        kept = [i for i in kept if columns[i].fold != fold]
    return kept


def shown_below(table: DocumentTable, row: Sequence[TableCell], folded: Iterable[int]) -> str:
    """What was folded, in one line; a dash is not worth one."""
    return "; ".join(
        _labelled(table.columns[n], clean_line(row[n].text)) for n in folded if row[n].text not in ("", "—")
    )


def _labelled(column: Column, text: str) -> str:
    """A figure needs its column's title to be understood, a name or a note does not."""
    return f"{column.title} {text}" if column.number else text


_PIECE = re.compile(
    r"\s+"
    r"|[（(][^（()）]{1,12}[)）][、，；。;,]?"  # a unit in brackets stays whole
    r"|[（(「“《〈]?(?:[!-'*-~]+|[^\s（(])[）)」”》〉、，；。：！？…]*"  # closing marks never begin a line
    r"|."
)


def wrap(text: str, width: int) -> list[str]:
    """Break text into lines of at most `width` cells, a Chinese character being two.

    Words of Latin letters, units in brackets, and marks with what they close stay together while they fit a line.
    """
    lines, line, used = [], "", 0
    for piece in (part for found in _PIECE.findall(text) for part in _pieces(found, width)):
        wide = cell_len(piece)
        if used + wide > width and line:
            lines.append(line.rstrip())
            line, used = "", 0
        if line or not piece.isspace():
            line, used = line + piece, used + wide
    return [*lines, line.rstrip()] if line or not lines else lines


def _pieces(piece: str, width: int) -> list[str]:
    """The piece itself, or its characters where no line is wide enough for it."""
    return [piece] if cell_len(piece) <= width else list(piece)


_STYLES = {Tone.PLAIN: "", Tone.GOOD: "green", Tone.BAD: "bold red", Tone.DOUBT: "yellow", Tone.QUIET: "dim"}
_NATURAL = 100_000
_GAP = 2
_NARROWEST_MAIN = 22

Piece = tuple[str, str]
"""Some text and its style."""
Line = list[Piece]
"""A line of the page, from left to right."""


def as_text(document: Document, page: Page) -> bytes:
    """Spell a document as text in UTF-8, with colours if the page has them."""
    lines: list[Line] = []
    for index, block in enumerate(document.blocks):
        if index and (
            not isinstance(block, Paragraph) or isinstance(document.blocks[index - 1], (DocumentTable, Items))
        ):
            lines.append([])
        lines += _block(block, page.width)
    spelled = _coloured(lines) if page.colour else ("".join(text for text, _ in line) for line in lines)
    return "".join(f"{line.rstrip()}\n" for line in spelled).encode()


def _coloured(lines: Iterable[Line]) -> Iterator[str]:
    """Colour the lines for a terminal. A pipe needs none, and is spared loading what knows how."""
    from rich.console import Console  # noqa: PLC0415 - for a terminal alone
    from rich.text import Text  # noqa: PLC0415

    console = Console(width=_NATURAL, force_terminal=True, color_system="standard", highlight=False, no_color=False)
    for line in lines:
        with console.capture() as caught:
            console.print(Text.assemble(*line), soft_wrap=True, end="")
        yield caught.get()


def _block(block: Block, width: int | None) -> Iterable[Line]:
    match block:
        case Heading():
            return _styled(wrap(clean(block.text), width or _NATURAL), "bold")
        case Paragraph():
            return _styled(wrap(clean(block.text), width or _NATURAL), _STYLES[block.tone])
        case Items():
            return _items(block.items, width or _NATURAL, 0)
        case Code():
            return _styled((f"    {clean(line)}" for line in block.text.splitlines()), "")
        case DocumentTable():
            return _table(block, width)


def _styled(lines: Iterable[str], style: str) -> list[Line]:
    return [[(line, style)] for line in lines]


def _items(items: Iterable[Item], width: int, depth: int) -> Iterator[Line]:
    for item in items:
        before = "  " * depth + ("- " if depth else "* ")
        first, *others = wrap(clean(item.text), width - len(before))
        yield [(before + first, "")]
        yield from ([(" " * len(before) + line, "")] for line in others)
        yield from _items(item.below, width, depth + 1)


def _table(table: DocumentTable, width: int | None) -> Iterator[Line]:
    kept = _columns_that_fit(table, width)
    folded = [i for i in range(len(table.columns)) if i not in kept]
    widths = _widths(table, kept, folded, width)
    yield from _row(table, {i: [(clean_line(table.columns[i].title), "bold")] for i in kept}, kept, widths)
    yield [("─" * (sum(widths[i] + _GAP for i in kept) - _GAP), "dim")]
    for index, group in enumerate(table.groups):
        if group.title:
            yield from ([[]] if index else [])
            yield [(clean_line(group.title), "bold cyan")]
        for row in group.rows:
            yield from _row(table, _lines(table, row, kept, folded, widths), kept, widths)


def _natural(table: DocumentTable, index: int) -> int:
    cells = [row[index].text for group in table.groups for row in group.rows]
    return max(cell_len(clean_line(text)) for text in (table.columns[index].title, *cells))


def _columns_that_fit(table: DocumentTable, width: int | None) -> list[int]:
    """Fold columns until the main column keeps a readable width."""
    natural = [_natural(table, i) for i in range(len(table.columns))]

    def fit(kept: Sequence[int]) -> bool:
        needed = sum(min(natural[i], _NARROWEST_MAIN) if table.columns[i].main else natural[i] for i in kept)
        return width is None or needed + _GAP * len(kept) <= width

    return columns_that_stay(table.columns, fit)


def _widths(table: DocumentTable, kept: Sequence[int], folded: Sequence[int], width: int | None) -> dict[int, int]:
    """The columns' widths; the main one has room for what is folded under it, as far as there is any."""
    widths = {i: _natural(table, i) for i in kept}
    main = next((i for i in kept if table.columns[i].main), kept[0])
    if width is not None:
        rest = sum(widths[i] for i in kept if i != main) + _GAP * len(kept)
        rows = (row for group in table.groups for row in group.rows) if folded else ()
        wanted = max((widths[main], *(cell_len(shown_below(table, row, folded)) for row in rows)))
        widths[main] = max(8, min(wanted, width - rest))
    return widths


def _lines(
    table: DocumentTable, row: Sequence[TableCell], kept: Sequence[int], folded: Sequence[int], widths: dict[int, int]
) -> dict[int, list[Piece]]:
    """The lines of each kept cell; the main one wraps, and carries what was folded under it in a quiet tone."""
    lines: dict[int, list[Piece]] = {}
    for i in kept:
        text, style = clean_line(row[i].text), _STYLES[row[i].tone]
        if not table.columns[i].main:
            lines[i] = [(text, style)]
            continue
        below = shown_below(table, row, folded)
        lines[i] = [(part, style) for part in wrap(text, widths[i])]
        lines[i] += [(part, "dim") for part in wrap(below, widths[i]) if below]
    return lines


def _row(
    table: DocumentTable, cells: dict[int, list[Piece]], kept: Sequence[int], widths: dict[int, int]
) -> Iterator[Line]:
    """Set the cells' lines side by side. Every width is known, so a table engine would only measure it all again."""
    for n in range(max(len(cells[i]) for i in kept)):
        line: Line = []
        for i in kept:
            text, style = cells[i][n] if n < len(cells[i]) else ("", "")
            space = (" " * (widths[i] - cell_len(text)), "")
            line += [space, (text, style)] if table.columns[i].number else [(text, style), space]
            line.append((" " * _GAP, ""))
        yield line
