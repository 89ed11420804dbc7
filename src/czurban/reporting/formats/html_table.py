"""Prepare the tables of an HTML page: sorted by exact numbers, filtered by names, with charts next to the text."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from czurban.reporting.document import Block, Bullet, DocumentTable, Gauge, Strip, TableCell, Tone
from czurban.reporting.formats.bar_charts import BulletPlan, GaugePlan, StripPlan, plan_bullet, plan_gauge, plan_strip


class PageCell(NamedTuple):
    """A cell with its rank in its column (None without a number) and its chart, which is also described in words."""

    cell: TableCell
    rank: int | None
    bullet: BulletPlan | None
    strip: StripPlan | None
    description: str
    gauge: GaugePlan | None = None


class PageRow(NamedTuple):
    """A row: `about` is its subject, `id` the target of links on the first row about it, `tone` that of its verdict."""

    cells: tuple[PageCell, ...]
    id: str
    about: str
    tone: Tone


class PageTable(NamedTuple):
    """A table with its rows in groups, the columns it can be filtered by, and the labels of its charts."""

    table: DocumentTable
    groups: tuple[tuple[str, tuple[PageRow, ...]], ...]
    facets: frozenset[int]
    bullets: bool
    parts: tuple[tuple[str, Tone], ...]


def page_table(table: DocumentTable, above: set[str], comma: str) -> PageTable:
    """Make a table of the document ready for a page, with lists separated by a comma of the reader's language.

    `above` are the subjects that have a row already, to which those of the table are added: links lead to the first row
    about a subject.
    """
    ranks = [_ranks(column) for column in zip(*table.rows, strict=True)]
    groups = tuple(
        (group.title, tuple(_row(row, table, ranks, above, comma) for row in group.rows)) for group in table.groups
    )
    cells = [cell for row in table.rows for cell in row]
    parts = {
        (word, tone): None for cell in cells if isinstance(cell.chart, Strip) for word, _, tone in cell.chart.parts
    }
    return PageTable(
        table,
        groups,
        frozenset(at for row in table.rows for at, cell in enumerate(row) if cell.facets),
        any(isinstance(cell.chart, Bullet) for cell in cells),
        tuple(parts),
    )


def facets_of(blocks: Iterable[Block]) -> dict[str, list[str]]:
    """Return what a page can be filtered by: the titles of groups and columns, each with its names in their order."""
    facets: dict[str, dict[str, None]] = {}
    for table in (block for block in blocks if isinstance(block, DocumentTable)):
        if table.by:
            facets.setdefault(table.by, {}).update({group.title: None for group in table.groups if group.title})
        for row in table.rows:
            for column, cell in zip(table.columns, row, strict=True):
                if cell.facets:
                    facets.setdefault(column.title, {}).update(dict.fromkeys(cell.facets))
    return {title: list(names) for title, names in facets.items() if len(names) > 1}


def _ranks(column: Sequence[TableCell]) -> dict[Fraction, int]:
    """Rank the numbers of a column exactly: the page sorts by these ranks, so that no number is rounded."""
    return {
        value: place for place, value in enumerate(sorted({cell.value for cell in column if cell.value is not None}))
    }


def _row(
    row: tuple[TableCell, ...], table: DocumentTable, ranks: Sequence[dict[Fraction, int]], above: set[str], comma: str
) -> PageRow:
    about = next((cell.anchor for cell in row if cell.anchor), "")
    main = next((at for at, column in enumerate(table.columns) if column.main), -1)
    figures = comma.join(
        f"{column.title} {cell.text}"
        for column, cell in list(zip(table.columns, row, strict=True))[main + 1 :]
        if column.number and cell.value is not None
    )
    first = about if about not in above else ""
    above.add(about)
    return PageRow(
        tuple(_cell(cell, order, figures, comma) for cell, order in zip(row, ranks, strict=True)),
        first,
        about,
        next((cell.tone for cell in row if cell.tone is not Tone.PLAIN), Tone.PLAIN),
    )


def _cell(cell: TableCell, order: dict[Fraction, int], figures: str, comma: str) -> PageCell:
    rank = None if cell.value is None else order[cell.value]
    match cell.chart:
        case Bullet():
            return PageCell(cell, rank, plan_bullet(cell.chart), None, figures)
        case Strip():
            description = comma.join(f"{word} {count}" for word, count, _ in cell.chart.parts)
            return PageCell(cell, rank, None, plan_strip(cell.chart) if cell.chart.parts else None, description)
        case Gauge():
            return PageCell(cell, rank, None, None, cell.text, plan_gauge(cell.chart))
        case None:
            return PageCell(cell, rank, None, None, "")
