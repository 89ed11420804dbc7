"""Compose tables from columns that are defined once, and write the figures in their cells."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Generic, NamedTuple, TypeVar

from czurban.model.assessment import Verdict
from czurban.model.finding import Message, say
from czurban.model.indicator import Indicator
from czurban.model.target import Interval
from czurban.model.text import exact, fixed
from czurban.reporting.document import Column, DocumentTable, RowGroup, Strip, TableCell, Tone
from czurban.reporting.labels import TONES, VERDICTS
from czurban.words.translator import Translator

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")
Counted = tuple[str, Mapping[Outcome, int]]
"""A group, and how many of its members have each outcome."""

BLANK = "—"
"""The text of a cell that has nothing to show."""


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
    """Compose a table of groups of items, each under its title; `by` names them for formats with groups as a column."""
    heads = tuple(
        Column(translate(column.title), column.number, column.main, column.fold, column.spare, column.note)
        for column in columns
    )

    def row(item: Item) -> tuple[TableCell, ...]:
        cells = (column.cell(item, translate) for column in columns)
        return tuple(TableCell(cell) if isinstance(cell, str) else cell for cell in cells)

    rows = (RowGroup(title, tuple(map(row, items))) for title, items in groups)
    return DocumentTable(heads, tuple(rows), translate(by) if by else "")


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


class Outcomes(NamedTuple, Generic[Outcome]):
    """The outcomes that are counted, with their words and tones, and the order in which their columns fold."""

    labels: Mapping[Outcome, str]
    tones: Mapping[Outcome, Tone]
    folds: Mapping[Outcome, int] = {}

    def strip(self, counts: Mapping[Outcome, int], translate: Translator) -> Strip:
        """Make the bar of how many things have each outcome."""
        counted = ((outcome, label) for outcome, label in self.labels.items() if counts.get(outcome))
        return Strip(tuple((translate(label), counts[outcome], self.tones[outcome]) for outcome, label in counted))

    def table(
        self, title: Message, total: Message, groups: Iterable[Counted[Outcome]], translate: Translator
    ) -> DocumentTable:
        """Compose the table of how many members of each group have each outcome, and how many it has in all."""

        def count_of(outcome: Outcome) -> TableColumn[Counted[Outcome]]:
            return count_column(self.labels[outcome], lambda row: row[1].get(outcome, 0), self.folds.get(outcome, 0))

        columns: list[TableColumn[Counted[Outcome]]] = [
            TableColumn(title, lambda row, _: TableCell(row[0], chart=self.strip(row[1], translate)), main=True),
            count_column(total, lambda row: sum(row[1].values())),
            *map(count_of, self.labels),
        ]
        return plain_table(columns, groups, translate)


VERDICT_COUNTS = Outcomes(VERDICTS, TONES, {Verdict.NOT_DUE: 1, Verdict.UNREADABLE: 2, Verdict.UNREPORTED: 3})
"""Verdicts of targets; the columns of met and missed ones never fold."""


def number_of(indicator: Indicator, translate: Translator) -> str:
    """Return the indicator's number in the main table, else its task's, else a dash."""
    if indicator.no is not None:
        return str(indicator.no)
    return translate(say("T{task}", task=indicator.task)) if indicator.task is not None else "—"


_PLACES, _MOST, _PERCENT = 4, 12, 100


def figure(value: Fraction) -> str:
    """Write a number for people: exactly if that is short, else rounded; only zero is shown as 0."""
    text = exact(value)
    if "/" not in text and len(text.partition(".")[2]) <= _MOST // 2:
        return text
    places = next((p for p in range(_PLACES, 60) if fixed(value, p) != "0"), 60)
    return fixed(value, places)


def actual(value: Fraction, target: Interval) -> str:
    """Write a value so that the text is on the same side of the target as the value."""
    text = exact(value)
    if "/" not in text and len(text.partition(".")[2]) <= _MOST:
        return text
    inside = value in target
    places = (p for p in range(_PLACES, 60) if (Fraction(fixed(value, p)) in target) == inside)
    return fixed(value, next(places, 60))


def signed(value: Fraction) -> str:
    """Write a difference with its sign; zero has none."""
    return f"+{figure(value)}" if value > 0 else figure(value)


def percent(share: Fraction, *, met: bool) -> str:
    """Write a completion rate with one decimal: below 100.0 % if the target is missed, never below it if met."""
    rounded = Fraction(fixed(share * _PERCENT, 1))
    text = fixed(rounded, 1)
    return "99.9%" if rounded >= _PERCENT and not met else f"{text if '.' in text else text + '.0'}%"
