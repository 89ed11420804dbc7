"""Compose a document for a terminal: in columns what fits the width, and the rest below or named."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from string import ascii_lowercase

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from czurban.model.finding import mark, say
from czurban.model.text import clean, clean_line
from czurban.reporting.document import (
    Block,
    Code,
    Document,
    DocumentTable,
    Gauge,
    Heading,
    Item,
    Items,
    LineChart,
    Paragraph,
    RowGroup,
    TableCell,
)
from czurban.reporting.formats.columns import columns_that_stay, separator_of, shown_below
from czurban.reporting.formats.screen import STYLES, ScreenText, bar, printed, screen, side_by_side
from czurban.reporting.formats.text import GAP, cell_line, common_width, is_set_off, item_sign
from czurban.words.translator import Translator


def as_terminal(document: Document, width: int, colour: bool) -> bytes:  # noqa: FBT001 - called by its name
    """Write a document as text in UTF-8 for a terminal of this width."""
    console = screen(width, colour=colour)
    translate = Translator(document.language)
    blocks = document.blocks if document.screen is None else document.screen()
    blocks = tuple(block for block in blocks if not isinstance(block, LineChart))
    for index, block in enumerate(blocks):
        if index and _is_set_off(block, blocks[index - 1]):
            console.print()
        for part in _block(block, width, separator_of(document), translate):
            console.print(part)
    return printed(console).encode()


def _is_set_off(block: Block, before: Block) -> bool:
    """Return whether an empty line stands between two blocks: not between a rule with a title and its table."""
    if isinstance(block, Paragraph) and isinstance(before, Paragraph):
        return block.bar is not None and before.bar is None
    ruled = isinstance(before, Heading) and before.level > 1 and isinstance(block, DocumentTable)
    return is_set_off(block, before) and not ruled


def _block(block: Block, width: int, separator: str, translate: Translator) -> Iterable[RenderableType]:
    match block:
        case Heading():
            title = ScreenText(clean(block.text), "bold")
            is_plain = block.level == 1 or cell_len(title.plain) + _EDGE > width
            return [title if is_plain else Rule(title, align="left", style="dim")]
        case Paragraph():
            text = ScreenText(_text_of(block, width), STYLES[block.tone])
            fifth = max(12, min(24, width // 5))
            return [side_by_side(Text.assemble(bar(block.bar, fifth), "  "), text)] if block.bar else [text]
        case Items():
            return _items(block.items, 0, numbered=block.numbered)
        case Code():
            return [Padding(ScreenText("\n".join(clean(line) for line in block.text.splitlines())), (0, 0, 0, 4))]
        case DocumentTable():
            return _ScreenTable(block, width, separator, translate).parts()
        case LineChart():
            return ()


_EDGE = 6
"""What a rule needs next to its title."""


def _text_of(paragraph: Paragraph, width: int) -> str:
    """Return the text of a paragraph, or what it has for screens where that fits no line."""
    text = clean(paragraph.text)
    return clean(paragraph.brief) if paragraph.brief and cell_len(text) > width else text


def _items(items: Iterable[Item], depth: int, *, numbered: bool = False) -> Iterator[RenderableType]:
    for number, item in enumerate(items, 1):
        yield side_by_side(Text(item_sign(number, depth, numbered=numbered)), ScreenText(clean(item.text)))
        yield from _items(item.below, depth + 1)


_READABLE, _SHARE, _NARROWEST = (24, 32), Fraction(2, 5), 8
"""The main column's width at which columns begin to fold is a share of the screen within bounds; it is 8 at least."""
_WIDE = 20
"""The width up to which a column that is not the main one is as wide as its longest text."""
_NOTE = mark("Ref.")


class _ScreenTable:
    """A table with the columns that fit a screen.

    Of the others, notes are set below the table under letters, spare columns are left out and named, and what is left
    is set below the main column of each row.
    """

    def __init__(self, table: DocumentTable, width: int, separator: str, translate: Translator) -> None:
        self._translate = translate
        self._table, self._columns, self._rows = table, table.columns, table.rows
        self._width, self._separator = width, separator
        every = list(range(len(table.columns)))
        self._natural = [self._natural_width(i) for i in every]
        self._letters: dict[str, str] = {}
        self._letters = {} if self._fits(every) else self._notes()
        shown = [i for i in every if not (self._letters and self._columns[i].note)]
        self._kept = self._columns_that_fit(shown)
        self._left_out = [i for i in shown if i not in self._kept and self._columns[i].spare]
        self._folded = [i for i in shown if i not in self._kept and not self._columns[i].spare]
        self._main = self._table.main_of(self._kept)
        room = max(_NARROWEST, min(self._natural[self._main], self._width - self._others(self._kept)))
        self._widths = [room if i == self._main else self._natural[i] for i in self._kept]

    def parts(self) -> Iterator[RenderableType]:
        """Yield the head, the rows under the titles of their groups, and what stands below the table."""
        yield self._grid(head=True)
        for group in self._table.groups:
            if group.title:
                yield ScreenText(clean_line(group.title), "bold cyan")
            yield from self._rows_of(group)
        legend = self._separator.join(f"{letter} {clean_line(note)}" for note, letter in self._letters.items())
        yield from (ScreenText(line, "dim") for line in (*filter(None, [legend]), *self._names_left_out()))

    def _names_left_out(self) -> Iterator[str]:
        named = [i for i in self._left_out if not self._table.is_empty(i)]
        if named:
            titles = tuple(clean_line(self._columns[i].title) for i in named)
            yield self._translate(say("Left out at this width: {columns}", columns=titles))

    def _rows_of(self, group: RowGroup) -> Iterator[RenderableType]:
        """Yield the rows of a group; folded texts stand below their row and reach to the end of the screen."""
        grid = self._grid()
        indent = sum(width + GAP for i, width in zip(self._kept, self._widths, strict=True) if i < self._main)
        for row in group.rows:
            grid.add_row(*self._cells(row))
            if below := shown_below(self._table, row, self._folded, self._separator, gauges=True):
                yield grid
                yield Padding(ScreenText(below, "dim"), (0, 0, 0, indent + GAP))
                grid = self._grid()
        if grid.row_count:
            yield grid

    def _natural_width(self, index: int) -> int:
        """Return the width that a column wants, in which a text longer than nine tenths of the others has no say."""
        column = self._columns[index]
        title = clean_line(column.title)
        widths = sorted(map(cell_len, (title, *(cell_line(row[index]) for row in self._rows))))
        if column.main or any(row[index].chart for row in self._rows):
            return widths[-1]
        return min(widths[-1], max(_WIDE, common_width(widths), cell_len(title)))

    def _notes(self) -> dict[str, str]:
        """Give each note its letter; nothing where there are more notes than letters."""
        columns = [i for i, column in enumerate(self._columns) if column.note]
        notes = dict.fromkeys(note for row in self._rows for i in columns for note in row[i].notes)
        return dict(zip(notes, ascii_lowercase, strict=False)) if len(notes) <= len(ascii_lowercase) else {}

    def _marks(self, row: Sequence[TableCell]) -> str:
        return " ".join(sorted(self._letters[note] for cell in row for note in cell.notes))

    def _others(self, columns: Sequence[int]) -> int:
        """Return the width of all columns but the main one, with the gaps."""
        main = self._table.main_of(columns)
        marks = max((len(self._marks(row)) for row in self._rows), default=0) if self._letters else 0
        others = [self._natural[i] for i in columns if i != main] + (
            [max(marks, cell_len(self._translate(_NOTE)))] if self._letters else []
        )
        return sum(others) + GAP * len(others)

    def _fits(self, columns: Sequence[int], most: int | None = None) -> bool:
        low, high = _READABLE
        readable = max(low, min(high, int(self._width * _SHARE))) if most is None else most
        return self._others(columns) + min(self._natural[self._table.main_of(columns)], readable) <= self._width

    def _columns_that_fit(self, columns: Sequence[int]) -> list[int]:
        """Leave out spare columns, then fold others, and if that is not enough, fold the last ones too."""
        kept = list(columns)
        for spare in sorted({self._columns[i].spare for i in kept if self._columns[i].spare}):
            if not self._fits(kept):
                kept = [i for i in kept if self._columns[i].spare != spare]
        kept = [
            kept[i]
            for i in columns_that_stay(
                [self._columns[i] for i in kept], lambda part: self._fits([kept[i] for i in part])
            )
        ]
        while len(kept) > 1 and not self._fits(kept, _NARROWEST):
            main = self._table.main_of(kept)
            kept.remove(next(i for i in reversed(kept) if i != main))
        return kept

    def _grid(self, *, head: bool = False) -> Table:
        """Make a table with the widths that all parts of this one share; its head alone has the titles."""
        grid = Table(
            box=SIMPLE_HEAD,
            show_header=head,
            show_edge=False,
            pad_edge=False,
            padding=(0, GAP - 1, 0, 0),
            border_style="dim",
        )
        for i, width in zip(self._kept, self._widths, strict=True):
            column = self._columns[i]
            grid.add_column(
                ScreenText(clean_line(column.title), "bold"), width=width, justify="right" if column.number else "left"
            )
        if self._letters:
            grid.add_column(Text(self._translate(_NOTE), "bold"))
        return grid

    def _cells(self, row: Sequence[TableCell]) -> Iterator[RenderableType]:
        """Make the cells of a row, with the letters of its notes."""
        yield from (_cell_text(row[i]) for i in self._kept)
        if self._letters:
            yield Text(self._marks(row), "dim")


def _cell_text(cell: TableCell) -> Text:
    """Return the text of a cell in its tone, and its gauge in that of the gauge."""
    text = ScreenText(cell_line(cell), STYLES[cell.tone])
    if isinstance(cell.chart, Gauge):
        text.stylize(STYLES[cell.chart.tone], 0, len(cell.chart.bar))
    return text
