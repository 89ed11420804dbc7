"""Write a document as plain text, each row on one line."""

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
    Paragraph,
    Role,
    TableCell,
    paragraphs_of,
)

_SHARE = 6
"""The width of a share behind its gauge: 100.0%."""
GAP = 2
"""The cells between two columns."""
_USUAL = 40
"""The width up to which a column is always as wide as its longest text."""


def _usual_width(texts: Iterable[str]) -> int:
    """Return the width of a column, in which a text twice as long as nine tenths of the others has no say."""
    widths = sorted(map(cell_len, texts))
    common = max(_USUAL, common_width(widths))
    return widths[-1] if widths[-1] <= 2 * common else common


def as_text(document: Document) -> bytes:
    """Write a document as text in UTF-8, with each row on one line."""
    lines: list[str] = []
    blocks = _as_letter([block for block in document.blocks if not isinstance(block, LineChart)], document.language)
    for index, block in enumerate(blocks):
        if index and is_set_off(block, blocks[index - 1]):
            lines.append("")
        lines += _block(block)
    return "".join(f"{line.rstrip()}\n" for line in lines).encode()


_SIGNED = 72
"""The width at whose end the lines of a signature end."""


def _as_letter(blocks: list[Block], language: str) -> list[Block]:
    """Indent the paragraphs of a letter and move its signature to the right; other documents stay as they are."""
    if not any(isinstance(block, Paragraph) and block.role is not Role.BODY for block in blocks):
        return blocks
    indent = "\N{IDEOGRAPHIC SPACE}" * 2 if language == "zh" else ""
    before: dict[Role, Callable[[str], str]] = {
        Role.BODY: lambda _: indent,
        Role.ADDRESSEE: lambda _: "",
        Role.SIGNATURE: lambda text: " " * max(0, _SIGNED - cell_len(text)),
    }
    return [
        block._replace(text=before[block.role](block.text) + block.text) if isinstance(block, Paragraph) else block
        for block in blocks
    ]


def _block(block: Block) -> Iterable[str]:
    match block:
        case Heading() | Paragraph():
            return clean(block.text).split("\n")
        case Items():
            return _items(block.items, 0, numbered=block.numbered)
        case Code():
            return (f"    {clean(line)}" for line in block.text.splitlines())
        case DocumentTable(prose=True):
            return _prose(block)
        case DocumentTable():
            return _table(block)
        case LineChart():
            return ()


def _items(items: Iterable[Item], depth: int, *, numbered: bool = False) -> Iterator[str]:
    for number, item in enumerate(items, 1):
        yield item_sign(number, depth, numbered=numbered) + clean(item.text)
        yield from _items(item.below, depth + 1)


def _prose(table: DocumentTable) -> Iterator[str]:
    """Write each row as a paragraph under the title of its group, its note below it."""
    for index, group in enumerate(table.groups):
        if group.title:
            yield from ([""] if index else [])
            yield clean_line(group.title)
        for row in paragraphs_of(table, group):
            yield clean_line(f"{row.number}. {row.strong}{row.text}")
            if row.note:
                yield "   " + clean_line(row.note)


def _table(table: DocumentTable) -> Iterator[str]:
    """Write the head, a rule, and the rows under the titles of their groups, in aligned columns."""
    heads = [clean_line(column.title) for column in table.columns]
    groups = [(group.title, [list(map(cell_line, row)) for row in group.rows]) for group in table.groups]
    rows = [row for _, members in groups for row in members]
    widths = [_usual_width((head, *(row[i] for row in rows))) for i, head in enumerate(heads)]
    yield _row(heads, table.columns, widths)
    yield "─" * (sum(widths) + GAP * (len(widths) - 1))
    for index, (title, members) in enumerate(groups):
        if title:
            yield from ([""] if index else [])
            yield clean_line(title)
        yield from (_row(row, table.columns, widths) for row in members)


def _row(texts: Sequence[str], columns: Sequence[Column], widths: Sequence[int]) -> str:
    """Put texts next to each other; one that is too long moves those behind it in its own row alone."""
    cells = []
    for text, column, width in zip(texts, columns, widths, strict=True):
        space = " " * (width - cell_len(text))
        cells.append(space + text if column.number else text + space)
    return (" " * GAP).join(cells)


def cell_line(cell: TableCell) -> str:
    """Write a cell in one line, with its gauge before the text."""
    text = clean_line(cell.text)
    return f"{cell.chart.bar} {text:>{_SHARE}}" if isinstance(cell.chart, Gauge) else text


def common_width(widths: Sequence[int]) -> int:
    """Return the width that nine tenths of a column's texts do not pass; the widths are sorted."""
    return widths[(len(widths) - 1) * 9 // 10]


def is_set_off(block: Block, before: Block) -> bool:
    """Return whether an empty line stands between two blocks."""
    return not isinstance(block, Paragraph) or isinstance(before, (DocumentTable, Items))


def item_sign(number: int, depth: int, *, numbered: bool) -> str:
    """Return what stands before an entry of a list at a depth of lists."""
    return f"{number}. " if numbered else "  " * depth + ("- " if depth else "* ")
