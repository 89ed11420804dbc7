"""Tables whose columns are defined once, each with its title, its layout and the function that makes its cells."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Generic, TypeVar

from czurban.model.assessment import Verdict
from czurban.model.finding import Message
from czurban.reporting.document import Column, DocumentTable, RowGroup, Strip, TableCell
from czurban.reporting.labels import TONES, VERDICTS
from czurban.words.translator import Translator

Item = TypeVar("Item")

BLANK = "—"
"""The text of a cell that has nothing to show."""
VERDICT_FOLDS = {Verdict.NOT_DUE: 1, Verdict.UNREADABLE: 2, Verdict.UNREPORTED: 3}
"""The order in which the columns of verdict counts fold; met and missed stay."""


@dataclass(frozen=True)  # with slots, Python 3.11 cannot make an instance of TableColumn[Item]
class TableColumn(Generic[Item]):
    """Represents a column of a table with one row for each item.

    `title` is a message or a marked label. `cell` makes an item's cell, or its text alone. The other fields are those
    of `Column`.
    """

    title: Message | str
    cell: Callable[[Item, Translator], TableCell | str]
    number: bool = False
    main: bool = False
    fold: int = 0
    spare: int = 0
    note: bool = False


def count_column(
    title: Message | str, count: Callable[[Item], int], fold: int = 0, spare: int = 0
) -> TableColumn[Item]:
    """Make a column that counts something of each item."""
    return TableColumn(title, lambda item, _: count_cell(count(item)), number=True, fold=fold, spare=spare)


def count_cell(count: int) -> TableCell:
    """Make the cell of a count."""
    return TableCell(str(count), value=Fraction(count))


def grouped_table(
    columns: Sequence[TableColumn[Item]],
    groups: Iterable[tuple[str, Iterable[Item]]],
    translate: Translator,
    by: Message | None = None,
) -> DocumentTable:
    """Compose a table of groups of items, each group with its title.

    Args:
        columns: the columns, in their order.
        groups: the titles and the items of the groups.
        translate: the reader's language.
        by: what the groups are, for formats that show them as a column.
    """
    heads = tuple(
        Column(translate(column.title), column.number, column.main, column.fold, column.spare, column.note)
        for column in columns
    )
    rows = (RowGroup(title, tuple(_row(columns, item, translate) for item in items)) for title, items in groups)
    return DocumentTable(heads, tuple(rows), translate(by) if by else "")


def _row(columns: Sequence[TableColumn[Item]], item: Item, translate: Translator) -> tuple[TableCell, ...]:
    cells = (column.cell(item, translate) for column in columns)
    return tuple(TableCell(cell) if isinstance(cell, str) else cell for cell in cells)


def plain_table(columns: Sequence[TableColumn[Item]], items: Iterable[Item], translate: Translator) -> DocumentTable:
    """Compose a table without groups."""
    return grouped_table(columns, [("", items)], translate)


def grouped(items: Iterable[Item], titles: Callable[[Item], Iterable[str]]) -> dict[str, list[Item]]:
    """Group items by title, in the order in which the titles first appear; an item with several is in each group."""
    groups: dict[str, list[Item]] = {}
    for item in items:
        for title in titles(item):
            groups.setdefault(title, []).append(item)
    return groups


def verdict_strip(counts: Mapping[Verdict, int], translate: Translator) -> Strip:
    """Make the bar of how many targets have each verdict."""
    return Strip(
        tuple(
            (translate(VERDICTS[verdict]), counts[verdict], TONES[verdict])
            for verdict in Verdict
            if counts.get(verdict)
        )
    )
