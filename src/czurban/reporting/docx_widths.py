"""How wide a table's columns are on a page of Word, in twentieths of a point; text wraps, figures do not."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from rich.cells import cell_len

from czurban.reporting.document import Table
from czurban.reporting.fold import columns_that_stay

PADDING = 70
"""Left and right of each cell."""
LARGE, SMALL = 10.5, 9.0
"""The sizes of type of tables in points: 五号, and 小五 where a table is too wide for it."""
_NAME = 22  # halves of a character; narrower, a name is hard to read
_NARROWEST = 6
_SPARE = 1.2  # a sign of percentage, a tick or a Latin capital is wider than half a Chinese character


@dataclass(frozen=True, slots=True)
class Fit:
    """How a table fits the page: its size of type, and the width of each column that stays, by number."""

    size: float
    widths: dict[int, int]


def fit(table: Table, room: int) -> Fit:
    """Take the large type if all columns fit in it, else the small one, in which columns fold; all fill the room."""
    natural = [_natural(table, i) for i in range(len(table.columns))]
    least = [
        width if column.number else min(width, _NAME) for column, width in zip(table.columns, natural, strict=True)
    ]
    size = LARGE if _wide(least, LARGE) <= room else SMALL
    kept = columns_that_stay(table.columns, lambda some: _wide([least[i] for i in some], size) <= room)
    given = _squeezed({i: _twips(least[i], size) for i in kept}, room)
    main = next((i for i in kept if table.columns[i].main), kept[0])
    for i in (main, *kept):
        given[i] += max(0, min(_twips(natural[i], size) - given[i], room - sum(given.values())))
    given[main] += max(0, room - sum(given.values()))
    return Fit(size, given)


def _natural(table: Table, index: int) -> int:
    texts = (row[index].text for group in table.groups for row in group.rows)
    return max(cell_len(text) for text in chain([table.columns[index].title], texts))


def _twips(halves: float, size: float) -> int:
    return round((halves + _SPARE) * size * 10) + 2 * PADDING


def _wide(columns: Iterable[int], size: float) -> int:
    return sum(_twips(one, size) for one in columns)


def _squeezed(given: dict[int, int], room: int) -> dict[int, int]:
    """Where nothing more can fold, the widest give until all fit, or none can give."""
    cap, least = max(given.values()), _twips(_NARROWEST, SMALL)
    while cap > least and sum(min(width, cap) for width in given.values()) > room:
        cap -= PADDING
    return {i: min(width, max(cap, least)) for i, width in given.items()}
