"""The tables of a page: rows with the places that links go to, and the order their columns sort in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from czurban.reporting.document import Block, Bullet, Cell, Strip, Table, Tone
from czurban.reporting.page_charts import BulletPlan, StripPlan, plan_bullet, plan_strip


@dataclass(frozen=True, slots=True)
class PageCell:
    """A cell with its place in the order of its column (None: it has no number) and its picture, told in words too."""

    cell: Cell
    rank: int | None
    bullet: BulletPlan | None
    strip: StripPlan | None
    told: str


@dataclass(frozen=True, slots=True)
class PageRow:
    """A row: `id` is where links to what it is about lead, on the first row about it; `tone` is its verdict's."""

    cells: tuple[PageCell, ...]
    id: str
    about: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table with its rows in groups, the columns it can be filtered by, and the words of its pictures."""

    table: Table
    groups: tuple[tuple[str, tuple[PageRow, ...]], ...]
    facets: frozenset[int]
    bullets: bool
    parts: tuple[tuple[str, Tone], ...]


class Anchors:
    """Which things have had a row of their own: only the first row about a thing is where links lead."""

    def __init__(self) -> None:
        self._seen: set[str] = set()

    def first(self, name: str) -> str:
        """The name the first time it is given, afterwards nothing."""
        if name in self._seen:
            return ""
        self._seen.add(name)
        return name


def page_table(table: Table, anchors: Anchors, comma: str) -> PageTable:
    """Make a table of the document ready for a page.

    Args:
        table: the table.
        anchors: what had its row further up the page.
        comma: what stands between the things a list names, in the reader's language.
    """
    ranks = [_ranks(column) for column in zip(*_rows(table), strict=True)]
    groups = tuple(
        (one.title, tuple(_row(row, table, ranks, anchors, comma) for row in one.rows)) for one in table.groups
    )
    cells = [cell for row in _rows(table) for cell in row]
    parts = {(word, tone): None for one in cells if isinstance(one.chart, Strip) for word, _, tone in one.chart.parts}
    return PageTable(
        table,
        groups,
        frozenset(at for row in _rows(table) for at, cell in enumerate(row) if cell.facets),
        any(isinstance(one.chart, Bullet) for one in cells),
        tuple(parts),
    )


def facets_of(blocks: Iterable[Block]) -> dict[str, list[str]]:
    """What a page can be filtered by: groups and columns by their titles, each with its names as they first appear."""
    found: dict[str, dict[str, None]] = {}
    for table in (one for one in blocks if isinstance(one, Table)):
        if table.by:
            found.setdefault(table.by, {}).update({one.title: None for one in table.groups if one.title})
        for row in _rows(table):
            for column, cell in zip(table.columns, row, strict=True):
                if cell.facets:
                    found.setdefault(column.title, {}).update(dict.fromkeys(cell.facets))
    return {title: list(names) for title, names in found.items() if len(names) > 1}


def _rows(table: Table) -> list[tuple[Cell, ...]]:
    return [row for group in table.groups for row in group.rows]


def _ranks(column: Sequence[Cell]) -> dict[Fraction, int]:
    """The exact order of a column's numbers: the page sorts by places, so that none is rounded on the way."""
    return {value: place for place, value in enumerate(sorted({one.value for one in column if one.value is not None}))}


def _row(
    row: tuple[Cell, ...], table: Table, ranks: Sequence[dict[Fraction, int]], anchors: Anchors, comma: str
) -> PageRow:
    about = next((cell.anchor for cell in row if cell.anchor), "")
    main = next((at for at, column in enumerate(table.columns) if column.main), -1)
    figures = comma.join(
        f"{column.title} {cell.text}"
        for column, cell in list(zip(table.columns, row, strict=True))[main + 1 :]
        if column.number and cell.value is not None
    )
    return PageRow(
        tuple(_cell(cell, order, figures, comma) for cell, order in zip(row, ranks, strict=True)),
        anchors.first(about) if about else "",
        about,
        next((cell.tone for cell in row if cell.tone is not Tone.PLAIN), Tone.PLAIN),
    )


def _cell(cell: Cell, order: dict[Fraction, int], figures: str, comma: str) -> PageCell:
    rank = None if cell.value is None else order[cell.value]
    match cell.chart:
        case Bullet():
            return PageCell(cell, rank, plan_bullet(cell.chart), None, figures)
        case Strip():
            told = comma.join(f"{word} {count}" for word, count, _ in cell.chart.parts)
            return PageCell(cell, rank, None, plan_strip(cell.chart) if cell.chart.parts else None, told)
        case None:
            return PageCell(cell, rank, None, None, "")
