"""Columns that give way on a narrow page: which go, and how they are told under the main one."""

from collections.abc import Callable, Iterable, Sequence

from czurban.model.safe_text import clean_line
from czurban.reporting.document import Cell, Column, Table


def columns_that_stay(columns: Sequence[Column], fit: Callable[[Sequence[int]], bool]) -> list[int]:
    """Fold columns, in the order they ask for, until those that are left fit; their numbers in the table."""
    kept = list(range(len(columns)))
    for fold in sorted(one.fold for one in columns if one.fold):
        if fit(kept):
            break
        kept = [i for i in kept if columns[i].fold != fold]
    return kept


def told_below(table: Table, row: Sequence[Cell], folded: Iterable[int]) -> str:
    """What was folded, in one line; a dash is not worth one."""
    return "; ".join(
        _labelled(table.columns[n], clean_line(row[n].text)) for n in folded if row[n].text not in ("", "—")
    )


def _labelled(column: Column, text: str) -> str:
    """A figure needs its column's title to be understood, a name or a note does not."""
    return f"{column.title} {text}" if column.number else text
