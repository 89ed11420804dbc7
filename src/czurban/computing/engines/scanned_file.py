"""One large file in an engine: its rows are scanned and counted, and the odd ones judged, each once."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from czurban.computing.engines import row_sql, statements, together_sql
from czurban.computing.engines.engine import BITS, FEW_AT_ONCE, ROW_NUMBER, Engine, KnownShapes, Row, every
from czurban.computing.engines.quoting import quoted
from czurban.computing.engines.table_file import (
    ONCE,
    PATTERNS,
    RESOLVED,
    SHAPE_COLUMNS,
    Reports,
    TableFile,
    resolved,
    shape_row,
)
from czurban.model.faults import IGNORED_NO_RESULT, NO_RESULT
from czurban.model.row_outcome import Count, RowFate, RowOutcome, RowShape

_FEW_UNKNOWN, _FEW_PARTS, _LEAST_ROWS, _MOST_SHAPES = 2000, 50, 20, 10_000
"""A file is scanned again if more rows than so many, and than one in fifty, have shapes that are not known.

Then the shapes of at least so many rows become known, and at most so many shapes.
"""


class ScannedFile:
    """Scans one file, and keeps what it knows of its rows in the engine.

    `scanned` and `resolved` are the names of what is kept: the rows counted by region and kind, and the outcomes of odd
    ones. `codes` has the findings of its rows, `rows` how many are used, refused and ignored, `total` how many rows and
    bits there are, and `reports` which indicators it reports. `refuses` says that rows are refused whose indicators
    formulas take.
    """

    def __init__(self, engine: Engine, number: int, part: TableFile, indicators: int) -> None:
        """Prepare the scan.

        Args:
            engine: the engine.
            number: the number of the file among all.
            part: the file.
            indicators: how many the plan has.
        """
        self.engine, self.number, self.part = engine, number, part
        self.scanned, self.resolved = f"scanned_{number}", f"resolved_{number}"
        self.codes: Counter[str] = Counter()
        self.rows: Counter[Count] = Counter()
        self.total = (0, 0)
        self.reports = Reports()
        self.refuses = False
        self._words = indicators > BITS
        self._has_odd = True

    def scan(self) -> None:
        """Scan the file, and again if many rows have shapes that its first rows do not have; judge its odd rows."""
        counted = self._counted()
        while self._learns(counted):
            counted = self._counted()
        self.total = sum(many for _, many, _ in counted), sum(size for *_, size in counted)
        self._has_odd = self._count(counted) > 0
        if self._has_odd:
            self._resolve()
        else:
            self.engine.table(self.resolved, RESOLVED, self._of_shapes())
        if self.reports.no_results:
            many = self.reports.ignored(self.engine.rows(statements.seen(self.scanned)))
            self.codes.update({NO_RESULT: -many, IGNORED_NO_RESULT: many})
            self.rows.update({Count.REFUSED: -many, Count.IGNORED: many})

    def _learns(self, counted: Sequence[tuple[str, int, int]]) -> bool:
        """Get to know more shapes if many rows have unknown ones; return whether more are known now.

        Where most of these rows are of shapes with few rows, their free texts may be different in each row.
        """
        unknown = sum(many for kind, many, _ in counted if kind == "\x06")
        if unknown <= _FEW_UNKNOWN or unknown * _FEW_PARTS <= sum(many for _, many, _ in counted):
            return False
        before = self.part
        keys = self.engine.rows(statements.more_shapes(self.scanned, _LEAST_ROWS, _MOST_SHAPES))
        if 2 * sum(int(str(many)) for _, many in keys) < unknown:
            self.part = self.part.with_free_texts(self.engine, self.number, self.part.fields.free)
        self.part = self.part.with_shapes([tuple(row_sql.cells_of(str(key)[1:])) for key, _ in keys])
        return len(self.part.known) > len(before.known) or self.part.fields != before.fields

    def judged(self, rows: str, extra: str = "") -> str:
        """Return SQL for rows with what is known of their shapes (see `row_sql.judged_rows`)."""
        return row_sql.judged_rows(rows, self.part.fields, self._known, extra)

    def figures(self, rows: str, extra: str = "", *more: str) -> str:
        """Return SQL for those of the rows that report a figure (see `together_sql.figures`)."""
        judged, only_sure = self.judged(rows, extra), not self._has_odd and not more
        refused = self.refuses and "cells" in more
        return together_sql.figures(judged, self.number, "names", *more, only_sure=only_sure, refused=refused)

    def numbered_figures(self, texts: str) -> str:
        """Return the same for regions that are written as in a table of texts, with the rows' number and cells."""
        view, row_no = self.numbered(texts)
        extra = f", {row_no} AS row_no, {self.part.cells} AS cells"
        return self.figures(self.rows_of(texts, view), extra, "row_no", "cells")

    def rows_of(self, texts: str, view: str = "") -> str:
        """Return all rows, or a selection of those of regions that are written as in a table of texts."""
        every = quoted(view or self.part.view)
        return f"(SELECT * FROM {every} WHERE {statements.has_texts(self.part.fields, texts)})" if texts else every

    def numbered(self, texts: str = "") -> tuple[str, str]:
        """Return a view of all rows, or of those of regions written in some ways, and its column with their number."""
        part = self.part
        view = self.engine.numbered(part.view, part.fields.region, texts if part.fields.region else "")
        return (view, ROW_NUMBER) if view else (part.view, "0")

    @property
    def order(self) -> str:
        """SQL that orders rows by their number, where the engine does not keep their order."""
        return "" if self.engine.ordered else " ORDER BY row_no"

    def finding_codes(self) -> Iterator[tuple[int, list[str], list[str], list[str]]]:
        """Yield the rows that have findings by themselves, in order.

        Each has its number (0 if it has none), its cells, and the codes of reading and of judging it.
        """
        view, row_no = self.numbered()
        rows = self.judged(quoted(view), f", {row_no} AS row_no, {self.part.cells} AS cells")
        shapes = [n for n, shape in enumerate(self.part.known) if shape.codes]
        passed = {f"\x02{n}": self.part.known[n].finding_codes for n in shapes}
        statement = statements.finding_codes(rows, self.number, shapes) + self.order
        for number, cells, finding_codes in every(self.engine, statement, FEW_AT_ONCE):
            read, _, judged = passed.get(str(finding_codes), str(finding_codes)).partition(";")
            of_reading, of_judging = (list(filter(None, codes.split(","))) for codes in (read, judged))
            yield int(str(number)), row_sql.cells_of(str(cells)), of_reading, of_judging

    @property
    def _known(self) -> KnownShapes:
        known = self.part.known
        by = row_sql.deciding([shape.texts for shape in known], len(self.part.fields.shape))
        passes, refuses = any(shape.bounds is None for shape in known), any(shape.refused for shape in known)
        return KnownShapes(f"shapes_{self.number}", by, passes, self._words, refuses)

    def _counted(self) -> list[tuple[str, int, int]]:
        """Scan the file; return how many rows and bits there are by what is known of them (see `statements.totals`)."""
        part = self.part
        columns = SHAPE_COLUMNS | {f"k{n}": "VARCHAR" for n in range(len(part.fields.shape))}
        self.engine.table(f"shapes_{self.number}", columns, map(shape_row, range(len(part.known)), part.known))
        self.engine.keep(self.scanned, statements.scan(part.view, part.fields, self._known, part.row_bits))
        totals = self.engine.rows(statements.totals(self.scanned))
        return [(str(kind), int(str(many)), int(str(size))) for kind, many, size in totals]

    def _count(self, counted: Iterable[tuple[str, int, int]]) -> int:
        """Count the rows that are plain and those that were passed by their shape alone; return how many are odd."""
        odd = 0
        for kind, many, _ in counted:
            if not kind:
                self.rows[Count.USED] += many
            elif kind[0] == "\x02":
                shape = self.part.known[int(kind[1:])]
                self._count_alike(shape._replace(codes=self.part.judge.once(shape.texts, shape.codes)), many)
            else:
                odd += many
        return odd

    def _resolve(self) -> None:
        """Judge the odd rows: by what is around their number where many have the same, or else each in Python."""
        names = ("written", "patterns", "alike", "unlike")
        written, patterns, alike, unlike = (f"{name}_{self.number}" for name in names)
        self.engine.keep(written, statements.written(self.scanned))
        around = [str(text) for (text,) in self.engine.rows(statements.patterns(written))]
        judged = {text: outcome for text in around if (outcome := self.part.pattern(text))}
        rows = ((text, *resolved(outcome), *(outcome.bounds or ("",) * 4)) for text, outcome in judged.items())
        self.engine.table(patterns, PATTERNS, rows)
        self.engine.keep(alike, statements.alike(written, patterns))
        for text, many in self.engine.rows(f"SELECT around, SUM(n) FROM {alike} GROUP BY around"):
            self._count_alike(judged[str(text)], int(str(many)))
        in_python = self._in_python(statements.unlike(written, alike))
        self.engine.table(unlike, RESOLVED, chain(self._of_shapes(), in_python))
        both = (f"SELECT {', '.join(RESOLVED)} FROM {name}" for name in (alike, unlike))
        self.engine.keep(self.resolved, " UNION ALL ".join(both))

    def _of_shapes(self) -> Iterator[Row]:
        """Yield the outcomes of rows that are refused by their shape, with their key."""
        for number, shape in enumerate(self.part.known):
            if shape.refused:
                yield f"\x02{number}", *resolved(RowOutcome(shape.indicator, RowFate.REFUSED))

    def _in_python(self, keys: str) -> Iterator[Row]:
        """Judge each of these odd rows; yield those that report an indicator, or name a region."""
        for odd, many in every(self.engine, keys):
            outcome = self.part.outcome(str(odd))
            self._count_alike(outcome, int(str(many)))
            if outcome.fate is not RowFate.NONE or outcome.finding_codes:
                yield (odd, *resolved(outcome))

    def _count_alike(self, each: RowOutcome | RowShape, many: int) -> None:
        self.rows[each.counts_as] += many
        self.refuses |= each.refused if isinstance(each, RowShape) else each.fate is RowFate.REFUSED
        self.reports.count(each, many)
        for code in each.codes:
            self.codes[code] += 1 if code in ONCE else many
