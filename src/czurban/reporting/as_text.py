"""A document for a terminal or a plain text file: tables that stay aligned with Chinese text at any width."""

import io
from collections.abc import Iterable, Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text

from czurban.reporting.document import Block, Cell, Column, Document, Heading, Item, Items, Page, Paragraph, Table, Tone
from czurban.reporting.plain import clean

_STYLES = {Tone.PLAIN: "", Tone.GOOD: "green", Tone.BAD: "bold red", Tone.DOUBT: "yellow", Tone.QUIET: "dim"}
_NATURAL = 100_000
_GAP = 2
_NARROWEST_MAIN = 22


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
            console.print(Text(clean(block.text), "bold"))
        case Paragraph():
            console.print(Text(clean(block.text), _STYLES[block.tone]))
        case Items():
            _print_items(console, block.items, 0)
        case Table():
            _print_table(console, block, page.width)


def _print_items(console: Console, items: Iterable[Item], depth: int) -> None:
    for item in items:
        bullet = "- " if depth else "* "
        grid = RichTable.grid()
        grid.add_column(no_wrap=True)
        grid.add_column()
        grid.add_row(Text(bullet), Text(clean(item.text)))
        console.print(Padding(grid, (0, 0, 0, 2 * depth)))
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
        console.print(_grid(table, group.rows, kept, folded, widths))


def _print_head(console: Console, table: Table, kept: Sequence[int], widths: dict[int, int]) -> None:
    grid = _empty_grid(table, kept, widths)
    grid.add_row(*(Text(table.columns[i].title, "bold") for i in kept))
    console.print(grid)
    console.print(Text("─" * (sum(widths[i] + _GAP for i in kept) - _GAP), "dim"))


def _natural(table: Table, index: int) -> int:
    cells = [row[index].text for group in table.groups for row in group.rows]
    return max(cell_len(text) for text in (table.columns[index].title, *cells))


def _columns_that_fit(table: Table, width: int | None) -> list[int]:
    """Fold columns, in the order they ask for, until the main column keeps a readable width."""
    kept = list(range(len(table.columns)))
    if width is None:
        return kept
    natural = {i: _natural(table, i) for i in kept}
    for fold in sorted(i.fold for i in table.columns if i.fold):
        needed = sum(min(natural[i], _NARROWEST_MAIN) if table.columns[i].main else natural[i] for i in kept)
        if needed + _GAP * len(kept) <= width:
            break
        kept = [i for i in kept if table.columns[i].fold != fold]
    return kept


def _widths(table: Table, kept: Sequence[int], width: int | None) -> dict[int, int]:
    widths = {i: _natural(table, i) for i in kept}
    main = next((i for i in kept if table.columns[i].main), kept[0])
    if width is not None:
        rest = sum(widths[i] for i in kept if i != main) + _GAP * len(kept)
        widths[main] = max(8, min(widths[main], width - rest))
    return widths


def _empty_grid(table: Table, kept: Sequence[int], widths: dict[int, int]) -> RichTable:
    grid = RichTable.grid(padding=(0, _GAP, 0, 0))
    for i in kept:
        column = table.columns[i]
        grid.add_column(
            justify="right" if column.number else "left",
            width=widths[i],
            no_wrap=not column.main,
            overflow="fold" if column.main else "crop",
        )
    return grid


def _grid(
    table: Table, rows: Sequence[Sequence[Cell]], kept: Sequence[int], folded: Sequence[int], widths: dict[int, int]
) -> RichTable:
    grid = _empty_grid(table, kept, widths)
    for row in rows:
        grid.add_row(*(_text(row, i, table.columns, folded) for i in kept))
    return grid


def _text(row: Sequence[Cell], index: int, columns: Sequence[Column], folded: Sequence[int]) -> Text:
    """A cell; the main one carries what was folded under it, in one quiet line that wraps."""
    text = Text(clean(row[index].text), _STYLES[row[index].tone])
    below = [_labelled(columns[i], clean(row[i].text)) for i in folded if row[i].text not in ("", "—")]
    if columns[index].main and below:
        text.append("\n" + "; ".join(below), "dim")
    return text


def _labelled(column: Column, text: str) -> str:
    """A folded cell: a figure needs its column's title to be understood, a name or a note does not."""
    return f"{column.title} {text}" if column.number else text
