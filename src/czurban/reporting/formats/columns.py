"""Fold the columns of a table that do not fit a page, and write their cells below the others."""

from collections.abc import Callable, Iterable, Sequence

from czurban.model.text import clean_line
from czurban.reporting.document import Column, Document, DocumentTable, TableCell
from czurban.reporting.formats.text import cell_line


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
    cells = ((table.columns[i], row[i]) for i in folded if not row[i].is_blank)
    texts = ((column, cell_line(cell) if gauges else clean_line(cell.text)) for column, cell in cells)
    return separator.join(f"{column.title} {text}" if column.number else text for column, text in texts)
