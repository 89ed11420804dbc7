"""What writers of pages share: which columns of a table fit, how wide they are, and the text of a cell."""

from collections.abc import Callable, Iterable, Sequence

from czurban.model.text import clean_line
from czurban.reporting.document import (
    Block,
    Column,
    Document,
    DocumentTable,
    Gauge,
    Items,
    Paragraph,
    TableCell,
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
GAP = 2
"""The cells between two columns."""


def common_width(widths: Sequence[int]) -> int:
    """Return the width that nine tenths of a column's texts do not pass; the widths are sorted."""
    return widths[(len(widths) - 1) * 9 // 10]


def is_set_off(block: Block, before: Block) -> bool:
    """Return whether an empty line stands between two blocks."""
    return not isinstance(block, Paragraph) or isinstance(before, (DocumentTable, Items))


def item_sign(number: int, depth: int, *, numbered: bool) -> str:
    """Return what stands before an entry of a list at a depth of lists."""
    return f"{number}. " if numbered else "  " * depth + ("- " if depth else "* ")
