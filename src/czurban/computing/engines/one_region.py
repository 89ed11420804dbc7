"""The rows of one region out of a large table; plain rows of the others are counted, and the first of them fetched."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from czurban.computing.engines import statements
from czurban.computing.engines.engine import ROW_NUMBER, Against, Engine, deciding
from czurban.computing.engines.plain_rows import TableFile
from czurban.model.observation import Texts

_AT_ONCE = 4096
_COLUMNS = {"shape": "VARCHAR", "bit": "BIGINT", "word": "BIGINT", "skipped": "BOOLEAN"} | dict.fromkeys(
    ("low", "high", "sure_low", "sure_high"), "DECIMAL(28,8)"
)
Numbered = tuple[int, list[str]]
"""A row's number and its cells."""


class Others(NamedTuple):
    """Plain rows of other regions: how many there are by code, and the first of each code."""

    counts: Mapping[str, int]
    first: Sequence[Numbered]


class OneRegion:
    """Splits a table in rows to be read in Python, and plain rows of other regions."""

    def __init__(
        self, engine: Engine, part: TableFile, plain: Mapping[Texts, str], is_ours: Callable[[str], bool]
    ) -> None:
        """Set it up.

        Args:
            engine: who scans.
            part: the table.
            plain: shapes whose plain rows, of another region, have one finding and no other: its code.
            is_ours: whether a region as written is the one.
        """
        self.engine = engine
        self.part = part
        self._codes = list(plain.values())
        columns = _COLUMNS | {f"k{n}": "VARCHAR" for n in range(len(part.fields.shape))}
        rows = ((str(n), 0, 0, "true", "", "", "", "", *texts) for n, texts in enumerate(plain))
        engine.table("plain_shapes", columns, rows)
        against = Against("plain_shapes", deciding(list(plain), len(part.fields.shape)))
        view = engine.numbered(part.view)
        exact = (part.fields.value,) if part.fields.exact else ()
        extra = f", {ROW_NUMBER if view else '0'} AS row_no, {statements.whole(part.columns, exact)} AS cells"
        self._counted = statements.judged(part.view, part.fields, against)
        self._numbered = statements.judged(view or part.view, part.fields, against, extra)
        region = statements.quoted(part.fields.region) if part.fields.region else "''"
        raws = engine.batches(f"SELECT DISTINCT {region} FROM {statements.quoted(part.view)}", _AT_ONCE)
        engine.table(
            "own_regions", {"raw": "VARCHAR"}, [(raw,) for rows in raws for (raw,) in rows if is_ours(str(raw))]
        )

    def total(self) -> int:
        """How many rows there are."""
        return int(str(self.engine.rows(f"SELECT COUNT(*) FROM ({self._counted})")[0][0]))

    def here(self) -> Iterator[Numbered]:
        """The rows to be read in Python, in order."""
        for batch in self.engine.batches(statements.here(self._numbered), _AT_ONCE):
            for row_no, cells in batch:
                yield int(str(row_no)), statements.cells_of(str(cells))

    def others(self, most: int) -> Others:
        """The plain rows of other regions, of each code the first so many (0: all)."""
        counts: dict[str, int] = {}
        for shape, many in self.engine.rows(statements.elsewhere(self._counted)):
            code = self._codes[int(str(shape))]
            counts[code] = counts.get(code, 0) + int(str(many))
        first: list[Numbered] = []
        for code in counts:
            shapes = [number for number, one in enumerate(self._codes) if one == code]
            found = self.engine.rows(statements.elsewhere_rows(self._numbered, shapes, most))
            first += [(int(str(row_no)), statements.cells_of(str(cells))) for row_no, cells in found]
        return Others(counts, first)
