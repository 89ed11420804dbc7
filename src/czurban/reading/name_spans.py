"""Names that span rows, by merged cells or by blanks below them: 城镇新增就业 over 市区, 县域 and 合计."""

from typing import NamedTuple

from czurban.model.observation import Reading
from czurban.reading.cell import read_cell
from czurban.reading.columns import Field
from czurban.reading.sheet import Row
from czurban.reading.table import Table

_APART = (Field.QUALIFIER, Field.REGION, Field.PERIOD, Field.PART, Field.SENDER, Field.STATUS)
"""Columns that can say which of several rows of one name is which."""


class Spans(NamedTuple):
    """The number and name of rows that have none of their own, and the rows of which nothing says which is the whole.

    Both go by the row's number; of the latter, the first row of a name is the one to be told of.
    """

    names: dict[int, tuple[str, str]]
    parts: dict[int, bool]


def name_spans(table: Table) -> Spans:
    """Find the rows of a table that go on with the name above them."""
    columns = table.head.columns
    apart = [columns.at[one] for one in _APART if one in columns.at] + [
        at for at in columns.remarks if _divides(table, at)
    ]
    found = Spans({}, {})
    group: list[Row] = []
    for row in table.rows:
        if _text(row, columns.at.get(Field.INDICATOR)) or _text(row, columns.at.get(Field.NUMBER)):
            group = [row]
        elif group and any(read_cell(_text(row, at)).reported is Reading.VALUE for at in columns.values):
            group.append(row)
            first = group[0]
            found.names[row.number] = (
                _text(first, columns.at.get(Field.NUMBER)),
                _text(first, columns.at.get(Field.INDICATOR)),
            )
            if not any(_text(row, at) for at in apart):
                found.parts.update({one.number: one is first for one in group})
        else:
            group = []
    return found


def _divides(table: Table, at: int) -> bool:
    return table.head.columns.remarks[at].field is Field.QUALIFIER


def _text(row: Row, at: int | None) -> str:
    return row.cells[at].strip() if at is not None and at < len(row.cells) else ""
