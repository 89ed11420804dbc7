"""A document for a terminal or a plain text file: tables that stay aligned with Chinese text at any width."""

import io
from collections.abc import Iterable, Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from czurban.reporting.document import (
    Block,
    Cell,
    Code,
    Document,
    Heading,
    Item,
    Items,
    Page,
    Paragraph,
    Table,
    Tone,
)
from czurban.reporting.fold import columns_that_stay, told_below
from czurban.reporting.plain import clean
from czurban.reporting.wrap import wrap

_STYLES = {Tone.PLAIN: "", Tone.GOOD: "green", Tone.BAD: "bold red", Tone.DOUBT: "yellow", Tone.QUIET: "dim"}
_NATURAL = 100_000
_GAP = 2
_NARROWEST_MAIN = 22

Line = tuple[str, str]
"""One line of a cell: its text and style."""


def as_text(document: Document, page: Page) -> bytes:
    """Spell a document as text in UTF-8, with colours if the page has them."""
    stream = io.StringIO()
    console = Console(
        file=stream,
        width=page.width or _NATURAL,
        force_terminal=page.colour,
        color_system="standard" if page.colour else None,
        no_color=not page.colour,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    for index, block in enumerate(document.blocks):
        if index and (not isinstance(block, Paragraph) or isinstance(document.blocks[index - 1], (Table, Items))):
            console.print()
        _print(console, block, page)
    lines = (line.rstrip() for line in stream.getvalue().splitlines())
    return ("\n".join(lines) + "\n").encode()


def _print(console: Console, block: Block, page: Page) -> None:
    match block:
        case Heading():
            _print_lines(console, wrap(clean(block.text), console.width), "bold")
        case Paragraph():
            _print_lines(console, wrap(clean(block.text), console.width), _STYLES[block.tone])
        case Items():
            _print_items(console, block.items, 0)
        case Code():
            _print_lines(console, [f"    {clean(line)}" for line in block.text.splitlines()])
        case Table():
            _print_table(console, block, page.width)


def _print_lines(console: Console, lines: Iterable[str], style: str = "") -> None:
    console.print(Text("\n".join(lines), style), soft_wrap=True)


def _print_items(console: Console, items: Iterable[Item], depth: int) -> None:
    for item in items:
        before = "  " * depth + ("- " if depth else "* ")
        first, *others = wrap(clean(item.text), console.width - len(before))
        _print_lines(console, [before + first, *(" " * len(before) + line for line in others)])
        _print_items(console, item.below, depth + 1)


def _print_table(console: Console, table: Table, width: int | None) -> None:
    kept = _columns_that_fit(table, width)
    folded = [i for i in range(len(table.columns)) if i not in kept]
    widths = _widths(table, kept, width)
    _print_head(console, table, kept, widths)
    for index, group in enumerate(table.groups):
        if group.title:
            if index:
                console.print()
            console.print(Text(clean(group.title), "bold cyan"))
        rows = (_row(table, _lines(table, row, kept, folded, widths), kept, widths) for row in group.rows)
        console.print(Text("\n").join(rows), soft_wrap=True)


def _print_head(console: Console, table: Table, kept: Sequence[int], widths: dict[int, int]) -> None:
    cells = {i: [(table.columns[i].title, "bold")] for i in kept}
    console.print(_row(table, cells, kept, widths), soft_wrap=True)
    console.print(Text("─" * (sum(widths[i] + _GAP for i in kept) - _GAP), "dim"), soft_wrap=True)


def _natural(table: Table, index: int) -> int:
    cells = [row[index].text for group in table.groups for row in group.rows]
    return max(cell_len(text) for text in (table.columns[index].title, *cells))


def _columns_that_fit(table: Table, width: int | None) -> list[int]:
    """Fold columns until the main column keeps a readable width."""
    natural = [_natural(table, i) for i in range(len(table.columns))]

    def fit(kept: Sequence[int]) -> bool:
        needed = sum(min(natural[i], _NARROWEST_MAIN) if table.columns[i].main else natural[i] for i in kept)
        return width is None or needed + _GAP * len(kept) <= width

    return columns_that_stay(table.columns, fit)


def _widths(table: Table, kept: Sequence[int], width: int | None) -> dict[int, int]:
    widths = {i: _natural(table, i) for i in kept}
    main = next((i for i in kept if table.columns[i].main), kept[0])
    if width is not None:
        rest = sum(widths[i] for i in kept if i != main) + _GAP * len(kept)
        widths[main] = max(8, min(widths[main], width - rest))
    return widths


def _lines(
    table: Table, row: Sequence[Cell], kept: Sequence[int], folded: Sequence[int], widths: dict[int, int]
) -> dict[int, list[Line]]:
    """The lines of each kept cell; the main one wraps, and carries what was folded under it in a quiet tone."""
    lines: dict[int, list[Line]] = {}
    for i in kept:
        text, style = clean(row[i].text), _STYLES[row[i].tone]
        if not table.columns[i].main:
            lines[i] = [(text, style)]
            continue
        below = told_below(table, row, folded)
        lines[i] = [(part, style) for part in wrap(text, widths[i])]
        lines[i] += [(part, "dim") for part in wrap(below, widths[i]) if below]
    return lines


def _row(table: Table, cells: dict[int, list[Line]], kept: Sequence[int], widths: dict[int, int]) -> Text:
    """Set the cells' lines side by side. Every width is known, so a table engine would only measure it all again."""
    row = Text()
    for n in range(max(len(cells[i]) for i in kept)):
        if n:
            row.append("\n")
        for i in kept:
            text, style = cells[i][n] if n < len(cells[i]) else ("", "")
            space = " " * (widths[i] - cell_len(text))
            row.append(space if table.columns[i].number else "")
            row.append(text, style)
            row.append("" if table.columns[i].number else space)
            row.append(" " * _GAP)
    return row
