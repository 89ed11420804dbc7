"""One region out of a large table: its rows and all that are not plain, and the plain rows of other regions counted."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from czurban.computing.engines import row_sql
from czurban.computing.engines.engine import ROW_NUMBER, Engine, KnownShapes, every
from czurban.computing.engines.quoting import quoted
from czurban.computing.engines.table_file import SHAPE_COLUMNS, TableFile, shape_row
from czurban.model.row_outcome import RowShape, Texts

_MOST_SHAPES, _LEAST_ROWS = 10_000, 20
"""How many shapes of rows are judged at most, and for how many rows it is worth while."""
_OWN = "region IN (SELECT raw FROM own_regions)"
NumberedRow = tuple[int, list[str]]
"""A row's number and its cells."""


class Others(NamedTuple):
    """Plain rows of other regions: how many there are by code of finding, and the first of each code."""

    counts: Mapping[str, int]
    first: Sequence[NumberedRow]


class OneRegion:
    """Splits a table into rows that Python has to read, and plain rows of other regions.

    `total` is how many rows there are.
    """

    def __init__(
        self,
        engine: Engine,
        part: TableFile,
        plain: Callable[[Sequence[Texts]], Mapping[Texts, str]],
        is_ours: Callable[[str], bool],
    ) -> None:
        """Count the rows by shape and by region.

        Args:
            engine: the engine that reads the table.
            part: the table.
            plain: chooses the shapes whose plain rows of another region have exactly one finding; returns its code.
            is_ours: whether a region as written is the one.
        """
        self.engine, self.part = engine, part
        shapes = engine.rows(_shapes(part))
        self.total = int(str(shapes[0][-1])) if shapes else 0
        known = plain([tuple(map(str, texts)) for *texts, many, _ in shapes if int(str(many)) >= _LEAST_ROWS])
        self._codes = list(known.values())
        columns = SHAPE_COLUMNS | {f"k{n}": "VARCHAR" for n in range(len(part.fields.shape))}
        rows = (shape_row(n, RowShape(texts)) for n, texts in enumerate(known))
        engine.table("plain_shapes", columns, rows)
        self._known = KnownShapes("plain_shapes", row_sql.deciding(list(known), len(part.fields.shape)))
        region = quoted(part.fields.region) if part.fields.region else "''"
        regions = f"SELECT {region} AS raw, COUNT(*) FROM {quoted(part.view)} GROUP BY {region}"
        ours = [(raw, int(str(many))) for raw, many in every(engine, regions) if is_ours(str(raw))]
        self._of_ours = sum(many for _, many in ours)
        engine.table("own_regions", {"raw": "VARCHAR"}, ((raw,) for raw, _ in ours))

    def others(self, most: int) -> Others:
        """Return the plain rows of other regions, at most so many of each code (0: all)."""
        plain = row_sql.judged_rows(quoted(self.part.view), self.part.fields, self._known)
        counts: Counter[str] = Counter()
        for shape, many in self.engine.rows(_elsewhere("shape, COUNT(*)", plain) + " GROUP BY shape"):
            counts[self._codes[int(str(shape))]] += int(str(many))
        first: list[NumberedRow] = []
        limit = f" LIMIT {most}" if most else ""
        for code in counts:
            shapes = ", ".join(f"'{number}'" for number, of_shape in enumerate(self._codes) if of_shape == code)
            chosen = f"{_elsewhere('row_no, cells', self._numbered())} AND shape IN ({shapes})"
            first += self._rows(chosen, limit)
        return Others(counts, first)

    def here(self, many: int) -> Iterator[NumberedRow]:
        """Yield the rows that Python has to read, in order: so many, all that are no plain rows of other regions."""
        texts = "own_regions" if many == self._of_ours and self.part.fields.region else ""
        yield from self._rows(f"SELECT row_no, cells FROM ({self._numbered(texts)}) WHERE NOT passed OR {_OWN}")

    def _numbered(self, texts: str = "") -> str:
        """Return SQL for all rows with their number and cells, or at least for those of the regions in a table."""
        view = self.engine.numbered(self.part.view, self.part.fields.region, texts)
        extra = f", {ROW_NUMBER if view else '0'} AS row_no, {self.part.cells} AS cells"
        return row_sql.judged_rows(quoted(view or self.part.view), self.part.fields, self._known, extra)

    def _rows(self, statement: str, limit: str = "") -> Iterator[NumberedRow]:
        order = "" if self.engine.ordered else " ORDER BY row_no"
        for row_no, cells in every(self.engine, statement + order + limit):
            yield int(str(row_no)), row_sql.cells_of(str(cells))


def _shapes(part: TableFile) -> str:
    """Select the shapes of most rows, with how many rows each has and how many there are in all."""
    cells = ", ".join(f"{row_sql.shape_text(name, part.fields)} AS s{n}" for n, name in enumerate(part.fields.shape))
    names = ", ".join(f"s{n}" for n in range(len(part.fields.shape)))
    return f"""
        SELECT {names}, COUNT(*) AS n, SUM(COUNT(*)) OVER () AS total
        FROM (SELECT {cells} FROM {row_sql.with_free_texts(quoted(part.view), part.fields)})
        GROUP BY {names} ORDER BY n DESC, {names} LIMIT {_MOST_SHAPES}"""


def _elsewhere(columns: str, judged: str) -> str:
    return f"SELECT {columns} FROM ({judged}) WHERE passed AND NOT {_OWN}"
