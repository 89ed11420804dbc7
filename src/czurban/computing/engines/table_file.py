"""A large file in an engine: its view, its columns, the judge of its rows, and their known shapes."""

from typing import NamedTuple

from czurban.computing.engines import statements
from czurban.computing.engines.engine import Fields, Judge, Row, place
from czurban.model.observation import RowShape

ONCE = frozenset({"S117"})
"""Findings that a sheet gets once, however many rows have them."""
ENDS = dict.fromkeys(("low", "high", "sure_low", "sure_high"), "DECIMAL(28,8)")
SHAPE_COLUMNS = {
    "shape": "VARCHAR",
    "bit": "BIGINT",
    "word": "BIGINT",
    "skipped": "BOOLEAN",
    "unit": "VARCHAR",
    "measure": "BIGINT",
    "status": "BIGINT",
    "context": "BIGINT",
    **ENDS,
}


class TableFile(NamedTuple):
    """A file: the view of its rows, all its columns, those that are judged by, the judge, and the known shapes.

    `period` is SQL for that of a row, and `skip` is how many lines precede the first row.
    """

    view: str
    columns: tuple[str, ...]
    fields: Fields
    judge: Judge
    shapes: tuple[RowShape, ...]
    period: str = "''"
    skip: int = 0

    @property
    def known(self) -> list[RowShape]:
        """The shapes whose plain rows an engine judges, or passes."""
        return [shape for shape in self.shapes if not shape.odd]

    @property
    def cells(self) -> str:
        """SQL for all cells of a row."""
        return statements.whole(self.columns, (self.fields.value,) if self.fields.exact else ())


def shape_row(number: int, shape: RowShape) -> Row:
    """Return the row of a shape in the table of known shapes."""
    word, bit = place(max(shape.indicator, 0))
    skipped = "true" if shape.bounds is None else "false"
    ends = shape.bounds or ("",) * 4
    return (
        str(number),
        bit,
        word,
        skipped,
        shape.unit,
        shape.measure,
        shape.status,
        shape.context,
        *ends,
        *shape.texts,
    )
