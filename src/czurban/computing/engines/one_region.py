"""The rows of one region in a large table; plain rows of other regions are counted, and the first of them fetched."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from czurban.computing.engines import statements
from czurban.computing.engines.engine import ROW_NUMBER, Engine, KnownShapes, deciding
from czurban.computing.engines.table_file import SHAPE_COLUMNS, TableFile, shape_row
from czurban.model.observation import RowShape, Texts

_AT_ONCE = 4096
NumberedRow = tuple[int, list[str]]
"""A row's number and its cells."""


class Others(NamedTuple):
    """Plain rows of other regions: how many there are by code of finding, and the first of each code."""

    counts: Mapping[str, int]
    first: Sequence[NumberedRow]


class OneRegion:
    """Splits a table into rows that Python has to read, and plain rows of other regions."""

    def __init__(
        self, engine: Engine, part: TableFile, plain: Mapping[Texts, str], is_ours: Callable[[str], bool]
    ) -> None:
        """Prepare the statements.

        Args:
            engine: the engine that reads the table.
            part: the table.
            plain: shapes whose plain rows of another region have exactly one finding, and its code.
            is_ours: whether a region as written is the one.
        """
        self.engine = engine
        self.part = part
        self._codes = list(plain.values())
        columns = SHAPE_COLUMNS | {f"k{n}": "VARCHAR" for n in range(len(part.fields.shape))}
        rows = (shape_row(n, RowShape(texts)) for n, texts in enumerate(plain))
        engine.table("plain_shapes", columns, rows)
        known = KnownShapes("plain_shapes", deciding(list(plain), len(part.fields.shape)))
        view = engine.numbered(part.view)
        extra = f", {ROW_NUMBER if view else '0'} AS row_no, {part.cells} AS cells"
        self._counted = statements.judged_rows(statements.quoted(part.view), part.fields, known)
        self._numbered = statements.judged_rows(statements.quoted(view or part.view), part.fields, known, extra)
        region = statements.quoted(part.fields.region) if part.fields.region else "''"
        raws = engine.batches(f"SELECT DISTINCT {region} FROM {statements.quoted(part.view)}", _AT_ONCE)
        ours = [(raw,) for rows in raws for (raw,) in rows if is_ours(str(raw))]
        engine.table("own_regions", {"raw": "VARCHAR"}, ours)

    def total(self) -> int:
        """Return how many rows there are."""
        return int(str(self.engine.rows(f"SELECT COUNT(*) FROM ({self._counted})")[0][0]))

    def here(self) -> Iterator[NumberedRow]:
        """Yield the rows that Python has to read, in order."""
        for batch in self.engine.batches(statements.here(self._numbered), _AT_ONCE):
            for row_no, cells in batch:
                yield int(str(row_no)), statements.cells_of(str(cells))

    def others(self, most: int) -> Others:
        """Return the plain rows of other regions, at most so many of each code (0: all)."""
        counts: dict[str, int] = {}
        for shape, many in self.engine.rows(statements.elsewhere(self._counted)):
            code = self._codes[int(str(shape))]
            counts[code] = counts.get(code, 0) + int(str(many))
        first: list[NumberedRow] = []
        for code in counts:
            shapes = [number for number, shape_code in enumerate(self._codes) if shape_code == code]
            rows = self.engine.rows(statements.elsewhere_rows(self._numbered, shapes, most))
            first += [(int(str(row_no)), statements.cells_of(str(cells))) for row_no, cells in rows]
        return Others(counts, first)
