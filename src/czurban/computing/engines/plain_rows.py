"""Every region of a large table: an engine judges and counts plain rows, and Python judges the others, each once."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import NamedTuple

from czurban.computing.engines import row_sql, statements, together_sql
from czurban.computing.engines.engine import (
    BITS,
    ROW_NUMBER,
    Engine,
    FormulaPlaces,
    KnownShapes,
    Row,
    place,
)
from czurban.computing.engines.quoting import quoted
from czurban.computing.engines.rows_together import RowsTogether, Together
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
from czurban.files.outputs import FAILURES
from czurban.model.faults import IGNORED_NO_RESULT, NO_RESULT
from czurban.model.row_outcome import Count, RowFate, RowOutcome, RowShape

_AT_ONCE, _FEW_AT_ONCE = 4096, 64
"""How many rows of an answer are taken at once, and of one that is seldom taken to its end."""
_FEW_UNKNOWN, _FEW_PARTS, _LEAST_ROWS, _MOST_SHAPES = 2000, 50, 20, 10_000
"""A file is scanned again if more rows than so many, and than one in fifty, have shapes that are not known.

Then the shapes of at least so many rows become known, and at most so many shapes.
"""
_NAMES = {"raw": "VARCHAR", "region": "VARCHAR", "family": "VARCHAR", "own": "BOOLEAN", "part": "BOOLEAN"}


RegionRow = tuple[str, int, int, list[str]]
"""A row of a region: the region, the number of its file, its own number, and its cells."""


class Counts(NamedTuple):
    """How many regions of a family there are, and how many of them met, missed or cannot be read, by indicator.

    `are_parts` says that the regions are parts of the plan's region.
    """

    family: str
    are_parts: bool
    regions: int
    by_indicator: tuple[tuple[int, int, int], ...]


class PlainRows:
    """Runs the statements over all files of a table and keeps their answers in the engine."""

    def __init__(
        self,
        engine: Engine,
        parts: Sequence[TableFile],
        indicators: int,
        formulas: Sequence[FormulaPlaces] = (),
        together: Together | None = None,
    ) -> None:
        """Prepare the run.

        Args:
            engine: the engine.
            parts: the files.
            indicators: how many the plan has.
            formulas: which figures give others.
            together: judges rows together; needed for rows of one indicator and region, and for formulas.
        """
        self.engine = engine
        self.together = RowsTogether(engine, formulas, self._all_figures, self._numbered_figures, together)
        self.parts = [*parts]
        self.indicators = indicators
        self.codes: Counter[str] = Counter()
        self.of_rows: Counter[str] = Counter()
        self.rows: Counter[Count] = Counter()
        self.totals: list[tuple[int, int]] = []
        self.other_periods = 0
        self.reports = [Reports() for _ in parts]
        self._without_odd = set[int]()

    def run(self) -> None:
        """Scan every file once, resolve odd rows, and bring the regions together."""
        for number in range(len(self.parts)):
            self._scan(number)
        self._name_regions()
        scans = [statements.parts(f"scanned_{number}", f"resolved_{number}") for number in range(len(self.parts))]
        if len(scans) == 1:
            self.engine.keep("shared", statements.shared("scanned_0", "names"))
        alone = "scanned_0" if len(scans) == 1 else ""
        self.engine.keep("pairs", statements.pairs(" UNION ALL ".join(scans), "names", alone))
        self.together.run(len(self.parts))
        self.engine.keep("again_texts", statements.again_texts("again", "names"))
        for number, reports in enumerate(self.reports):
            many = reports.ignored(self.engine.rows(statements.seen(f"scanned_{number}"))) if reports.no_results else 0
            self.codes.update({NO_RESULT: -many, IGNORED_NO_RESULT: many})
            self.rows.update({Count.REFUSED: -many, Count.IGNORED: many})
        self.of_rows = Counter(self.codes)
        self.codes.update(self.together.codes)
        for number, part in enumerate(self.parts):
            if part.fields.other_periods:
                counted = together_sql.not_judged(scans[number], "names", "again")
                self.other_periods += int(str(self.engine.rows(counted)[0][0]))

    def counts(self) -> Iterator[Counts]:
        """Yield the counts of each family of regions, without those that have to be judged again."""
        pairs, many, words = self.together.pairs, min(BITS, self.indicators), -(-self.indicators // BITS)
        regions = self.engine.rows(statements.regions(pairs, "again", one_word=words == 1))
        step = statements.step_of(many, max((int(str(number)) for _, _, number in regions), default=1))
        counted = {row[:3]: row[3:] for row in self.engine.rows(statements.counted(pairs, "again", many, step))}
        for family, part, number in sorted(regions):
            of_words = (counted.get((family, part, word), (0,) * many * 3) for word in range(words))
            each = chain.from_iterable(statements.counts_of(sums, many, step) for sums in of_words)
            by_indicator = zip(*[islice(each, self.indicators * 3)] * 3, strict=True)
            yield Counts(str(family), bool(part), int(str(number)), tuple(by_indicator))

    def ranked(self, is_compared: Callable[[int, bool], bool], most: int) -> Iterator[tuple[str, int, int]]:
        """Yield the regions that miss and those that meet most targets, with how many they meet and miss.

        Args:
            is_compared: whether an indicator is compared with a target in parts of the plan's region, or in others.
            most: how many of either.
        """
        masks = [[0, 0] for _ in range(-(-self.indicators // BITS))]
        for number in range(self.indicators):
            word, bit = place(number)
            masks[word] = [
                mask | bit * is_compared(number, part) for mask, part in zip(masks[word], (True, False), strict=True)
            ]
        statement = together_sql.ranked(self.together.pairs, "again", [(of[0], of[1]) for of in masks], most)
        for region, met, missed in self.engine.rows(statement):
            yield str(region), int(str(met)), int(str(missed))

    def pairs(self) -> Iterator[tuple[str, bool, int, RowFate]]:
        """Yield each region with each indicator it has a verdict for, without those that have to be judged again.

        The second value says whether the region is a part of the plan's region.
        """
        for region, part, word, *bits in self._all(statements.verdicts(self.together.pairs, "again")):
            present, met, bad = (int(str(number)) for number in bits)
            for bit in range(BITS):
                if present >> bit & 1:
                    fate = RowFate.UNREADABLE if bad >> bit & 1 else RowFate.MET if met >> bit & 1 else RowFate.MISSED
                    yield str(region), bool(part), int(str(word)) * BITS + bit, fate

    def write_failures(self, path: str, due: Iterable[tuple[int, str, str]], others: Iterable[Row]) -> None:
        """Write the rows that miss their target or cannot be read, Parquet or CSV by the path's ending.

        Parquet keeps every text as it is: its cells have types, and no program takes one for a formula.

        Args:
            path: the file; it is whole or not there at all.
            due: the indicators that are judged: place in the plan, id, target.
            others: such rows of regions that were judged again, each with the number of its file.
        """
        from czurban.computing.engines.failures import (  # noqa: PLC0415 - for --failures alone
            all_failures,
            failing_cells,
            failures,
        )

        known = ((*place(number), name, bound) for number, name, bound in due)
        self.engine.table("indicators", {"word": "BIGINT", "bit": "BIGINT", "id": "VARCHAR", "bound": "VARCHAR"}, known)
        self.engine.table("others", FAILURES | {"part": "BIGINT"}, others)
        selects = []
        for number, part in enumerate(self.parts):
            view, row_no = self._numbered(part)
            line = f"{row_no} + {part.skip if view != part.view else 0}"
            cells = failing_cells(part.period)
            selects.append(self._figures(number, quoted(view), f", {line} AS row_no", *cells, "row_no"))
        rows = f"{failures(' UNION ALL '.join(selects), self.together.merged)} UNION ALL SELECT * FROM others"
        as_text = path.lower().rstrip("/").endswith(".csv")
        self.engine.write(all_failures(rows, FAILURES, as_text=as_text), path)

    def finding_codes(self, number: int) -> Iterator[tuple[int, list[str], list[str], list[str]]]:
        """Yield the rows of a file that have findings by themselves, in order.

        Each has its number (0 if it has none), its cells, and the codes of reading and of judging it.
        """
        part = self.parts[number]
        view, row_no = self._numbered(part)
        extra = f", {row_no} AS row_no, {part.cells} AS cells"
        rows = row_sql.judged_rows(quoted(view), part.fields, self._known(number), extra)
        shapes = [n for n, shape in enumerate(part.known) if shape.codes]
        passed = {f"\x02{n}": list(part.known[n].codes) for n in shapes}
        statement = statements.finding_codes(rows, number, shapes) + self._order
        for number_, cells, finding_codes in self._all(statement, _FEW_AT_ONCE):
            read, _, judged = str(finding_codes).partition(";")
            codes = passed[read] if read in passed else list(filter(None, read.split(",")))
            yield int(str(number_)), row_sql.cells_of(str(cells)), codes, list(filter(None, judged.split(",")))

    def again(self) -> Iterator[RegionRow]:
        """Yield all rows of the regions that have to be judged again, region by region."""
        if self.engine.rows("SELECT COUNT(*) FROM again")[0][0]:
            yield from self._of_texts("again_texts", range(len(self.parts)))

    def rows_of_other_periods(self, number: int, most: int) -> Iterator[RegionRow]:
        """Yield all rows of the first so many regions (0: all) of a file with columns of other periods."""
        part = self.parts[number]
        if not part.fields.other_periods:
            return
        view, row_no = self._numbered(part)
        extra = f", {row_no} AS row_no"
        judged = row_sql.judged_rows(quoted(view), part.fields, self._known(number), extra)
        regions: dict[object, None] = {}
        statement = together_sql.not_judged_rows(judged, number, "names", "again") + self._order
        for region, _ in self._all(statement, _FEW_AT_ONCE):
            regions[region] = None
            if len(regions) == most:
                break
        self.engine.table("shown", {"region": "VARCHAR"}, ((region,) for region in regions))
        self.engine.keep("shown_texts", statements.again_texts("shown", "names"))
        yield from self._of_texts("shown_texts", [number])

    def _of_texts(self, texts: str, numbers: Iterable[int]) -> Iterator[RegionRow]:
        selects = []
        for number in numbers:
            part = self.parts[number]
            of_view = self._numbered(part, texts)
            selects.append(statements.rows_of_texts(of_view, number, part.fields, part.cells, texts))
        for row in self._all(f"{' UNION ALL '.join(selects)} ORDER BY region, part, row_no"):
            yield str(row[0]), int(str(row[1])), int(str(row[2])), row_sql.cells_of(str(row[3]))

    def _figures(self, number: int, rows: str, extra: str = "", *more: str) -> str:
        judged = row_sql.judged_rows(rows, self.parts[number].fields, self._known(number), extra)
        return together_sql.figures(judged, number, "names", *more, only_sure=number in self._without_odd and not more)

    def _all_figures(self) -> str:
        return " UNION ALL ".join(self._figures(n, quoted(part.view)) for n, part in enumerate(self.parts))

    def _numbered_figures(self, texts: str) -> str:
        """Return SQL for the rows of regions that are written as in a table of texts, with their number and cells."""
        selects = []
        for number, part in enumerate(self.parts):
            view, row_no = self._numbered(part, texts)
            chosen = f"(SELECT * FROM {quoted(view)} WHERE {statements.has_texts(part.fields, texts)})"
            extra = f", {row_no} AS row_no, {part.cells} AS cells"
            selects.append(self._figures(number, chosen, extra, "row_no", "cells"))
        return " UNION ALL ".join(selects)

    def _numbered(self, part: TableFile, texts: str = "") -> tuple[str, str]:
        view = self.engine.numbered(part.view, part.fields.region, texts if part.fields.region else "")
        return (view, ROW_NUMBER) if view else (part.view, "0")

    def _known(self, number: int) -> KnownShapes:
        part = self.parts[number]
        by = row_sql.deciding([shape.texts for shape in part.known], len(part.fields.shape))
        passes = any(shape.bounds is None for shape in part.known)
        return KnownShapes(f"shapes_{number}", by, passes, self.indicators > BITS)

    def _scan(self, number: int) -> None:
        """Scan a file, and again if many rows have shapes that its first rows do not have; resolve its odd rows."""
        counted = self._counted(number)
        unknown = sum(many for kind, many, _ in counted if kind == "\x06")
        if unknown > _FEW_UNKNOWN and unknown * _FEW_PARTS > sum(many for _, many, _ in counted):
            keys = self.engine.rows(statements.more_shapes(f"scanned_{number}", _LEAST_ROWS, _MOST_SHAPES))
            part = self.parts[number].with_shapes([tuple(row_sql.cells_of(str(key)[1:])) for (key,) in keys])
            if len(part.known) > len(self.parts[number].known):
                self.parts[number] = part
                counted = self._counted(number)
        self.totals.append((sum(many for _, many, _ in counted), sum(size for *_, size in counted)))
        if self._count(counted, number):
            self._resolve(number)
        else:
            self._without_odd.add(number)
            self.engine.table(f"resolved_{number}", RESOLVED, ())

    def _counted(self, number: int) -> list[tuple[str, int, int]]:
        """Scan a file; return how many rows and bits there are by what is known of them (see `statements.totals`)."""
        part = self.parts[number]
        columns = SHAPE_COLUMNS | {f"k{n}": "VARCHAR" for n in range(len(part.fields.shape))}
        self.engine.table(f"shapes_{number}", columns, map(shape_row, range(len(part.known)), part.known))
        scan = statements.scan(part.view, part.fields, self._known(number), part.row_bits)
        self.engine.keep(f"scanned_{number}", scan)
        totals = self.engine.rows(statements.totals(f"scanned_{number}"))
        return [(str(kind), int(str(many)), int(str(size))) for kind, many, size in totals]

    def _count(self, counted: Iterable[tuple[str, int, int]], number: int) -> int:
        """Count the rows that are plain and those that were passed by their shape alone; return how many are odd."""
        odd = 0
        for kind, many, _ in counted:
            if not kind:
                self.rows[Count.USED] += many
            elif kind[0] == "\x02":
                self._count_alike(number, self.parts[number].known[int(kind[1:])], many)
            else:
                odd += many
        return odd

    def _resolve(self, number: int) -> None:
        """Judge the odd rows: by what is around their number where many have the same, or else each in Python."""
        part = self.parts[number]
        written, patterns, alike, unlike = (f"{name}_{number}" for name in ("written", "patterns", "alike", "unlike"))
        self.engine.keep(written, statements.written(f"scanned_{number}"))
        around = [str(text) for (text,) in self.engine.rows(statements.patterns(written))]
        judged = {text: outcome for text in around if (outcome := part.pattern(text))}
        rows = ((text, *resolved(outcome), *(outcome.bounds or ("",) * 4)) for text, outcome in judged.items())
        self.engine.table(patterns, PATTERNS, rows)
        self.engine.keep(alike, statements.alike(written, patterns))
        for text, many in self.engine.rows(f"SELECT around, SUM(n) FROM {alike} GROUP BY around"):
            self._count_alike(number, judged[str(text)], int(str(many)))
        self.engine.table(unlike, RESOLVED, self._in_python(statements.unlike(written, alike), number))
        both = (f"SELECT {', '.join(RESOLVED)} FROM {name}" for name in (alike, unlike))
        self.engine.keep(f"resolved_{number}", " UNION ALL ".join(both))

    def _in_python(self, keys: str, number: int) -> Iterator[Row]:
        """Judge each of these odd rows; yield those that report an indicator, or name a region."""
        for odd, many in self._all(keys):
            outcome = self.parts[number].outcome(str(odd))
            self._count_alike(number, outcome, int(str(many)))
            if outcome.fate is not RowFate.NONE or outcome.finding_codes:
                yield (odd, *resolved(outcome))

    def _count_alike(self, number: int, each: RowOutcome | RowShape, many: int) -> None:
        self.rows[each.counts_as] += many
        self.reports[number].count(each, many)
        for code in each.codes:
            self.codes[code] += 1 if code in ONCE else many

    def _name_regions(self) -> None:
        judge = self.parts[0].judge
        known, own_name = judge.known_regions()
        self.engine.table("known", {"name": "VARCHAR"}, ((name,) for name in known))
        scans = " UNION ALL ".join(f"SELECT region AS raw FROM scanned_{n}" for n in range(len(self.parts)))
        strange = statements.strange(scans, "known", rf"{re.escape(own_name)}\z")
        names = ((str(raw), judge.resolve(str(raw))) for (raw,) in self._all(strange))
        rows = (
            (raw, region.region, region.family, str(region.is_own).lower(), str(region.is_part).lower())
            for raw, region in names
        )
        self.engine.table("names", _NAMES, rows)

    @property
    def _order(self) -> str:
        return "" if self.engine.ordered else " ORDER BY row_no"

    def _all(self, statement: str, at_once: int = _AT_ONCE) -> Iterator[Row]:
        for batch in self.engine.batches(statement, at_once):
            yield from batch
