"""Every region of a large table: an engine judges and counts plain rows, and Python judges the others, each once."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import NamedTuple

from czurban.computing.engines import row_sql, statements
from czurban.computing.engines.engine import BITS, FEW_AT_ONCE, Engine, FormulaPlaces, Row, every, place
from czurban.computing.engines.quoting import quoted
from czurban.computing.engines.rows_together import RowsTogether, Together
from czurban.computing.engines.scanned_file import ScannedFile
from czurban.computing.engines.table_file import TableFile
from czurban.files.outputs import FAILURES
from czurban.model.row_outcome import Count, RowFate

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
        self.files = [ScannedFile(engine, number, part, indicators) for number, part in enumerate(parts)]
        self.indicators = indicators
        self.codes: Counter[str] = Counter()
        self.of_rows: Counter[str] = Counter()
        self.other_periods = 0

    def run(self) -> None:
        """Scan every file once, resolve odd rows, and bring the regions together."""
        for file in self.files:
            file.scan()
        self._name_regions()
        scans = [statements.parts(file.scanned, file.resolved) for file in self.files]
        alone = self.files[0].scanned if len(scans) == 1 else ""
        if alone:
            self.engine.keep("shared", statements.shared(alone, "names"))
        self.engine.keep("pairs", statements.pairs(" UNION ALL ".join(scans), "names", alone))
        refused = "refused" if any(file.refuses for file in self.files) else ""
        if refused:
            scanned = [(file.scanned, file.resolved) for file in self.files]
            self.engine.keep(refused, statements.refused(scanned, "names"))
        self.together.run(len(self.files), sum(file.total[0] for file in self.files), refused)
        self.engine.keep("again_texts", statements.again_texts("again", "names"))
        self.of_rows = sum((file.codes for file in self.files), Counter[str]())
        self.codes = self.of_rows + self.together.codes
        for file, scan in zip(self.files, scans, strict=True):
            if file.part.fields.other_periods:
                counted = statements.not_judged(scan, "names", "again")
                self.other_periods += int(str(self.engine.rows(counted)[0][0]))

    @property
    def rows(self) -> Counter[Count]:
        """How many rows of all files are used, refused and ignored."""
        return sum((file.rows for file in self.files), Counter[Count]())

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
        statement = statements.ranked(self.together.pairs, "again", [(of[0], of[1]) for of in masks], most)
        for region, met, missed in self.engine.rows(statement):
            yield str(region), int(str(met)), int(str(missed))

    def pairs(self) -> Iterator[tuple[str, bool, int, RowFate]]:
        """Yield each region with each indicator it has a verdict for, without those that have to be judged again.

        The second value says whether the region is a part of the plan's region.
        """
        for region, part, word, *bits in every(self.engine, statements.verdicts(self.together.pairs, "again")):
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
        for file in self.files:
            view, row_no = file.numbered()
            line = f"{row_no} + {file.part.skip if view != file.part.view else 0}"
            cells = failing_cells(file.part.period)
            selects.append(file.figures(quoted(view), f", {line} AS row_no", *cells, "row_no"))
        rows = f"{failures(' UNION ALL '.join(selects), self.together.merged)} UNION ALL SELECT * FROM others"
        as_text = path.lower().rstrip("/").endswith(".csv")
        self.engine.write(all_failures(rows, FAILURES, as_text=as_text), path)

    def again(self) -> Iterator[RegionRow]:
        """Yield all rows of the regions that have to be judged again, region by region."""
        if self.engine.rows("SELECT COUNT(*) FROM again")[0][0]:
            yield from self._of_texts("again_texts", self.files)

    def rows_of_other_periods(self, number: int, most: int) -> Iterator[RegionRow]:
        """Yield all rows of the first so many regions (0: all) of a file with columns of other periods."""
        file = self.files[number]
        if not file.part.fields.other_periods:
            return
        view, row_no = file.numbered()
        judged = file.judged(quoted(view), f", {row_no} AS row_no")
        regions: dict[object, None] = {}
        statement = statements.not_judged_rows(judged, number, "names", "again") + file.order
        for region, _ in every(self.engine, statement, FEW_AT_ONCE):
            regions[region] = None
            if len(regions) == most:
                break
        self.engine.table("shown", {"region": "VARCHAR"}, ((region,) for region in regions))
        self.engine.keep("shown_texts", statements.again_texts("shown", "names"))
        yield from self._of_texts("shown_texts", [file])

    def _of_texts(self, texts: str, files: Iterable[ScannedFile]) -> Iterator[RegionRow]:
        selects = (
            statements.rows_of_texts(file.numbered(texts), file.number, file.part.fields, file.part.cells, texts)
            for file in files
        )
        for row in every(self.engine, f"{' UNION ALL '.join(selects)} ORDER BY region, part, row_no"):
            yield str(row[0]), int(str(row[1])), int(str(row[2])), row_sql.cells_of(str(row[3]))

    def _all_figures(self, texts: str = "") -> str:
        """Return SQL for all rows, or for those of regions that are written as in a table of texts."""
        return " UNION ALL ".join(file.figures(file.rows_of(texts)) for file in self.files)

    def _numbered_figures(self, texts: str) -> str:
        """Return SQL for the rows of regions that are written as in a table of texts, with their number and cells."""
        return " UNION ALL ".join(file.numbered_figures(texts) for file in self.files)

    def _name_regions(self) -> None:
        judge = self.files[0].part.judge
        known, own_name = judge.known_regions()
        self.engine.table("known", {"name": "VARCHAR"}, ((name,) for name in known))
        scans = " UNION ALL ".join(f"SELECT region AS raw FROM {file.scanned}" for file in self.files)
        strange = statements.strange(scans, "known", rf"{re.escape(own_name)}\z")
        names = ((str(raw), judge.resolve(str(raw))) for (raw,) in every(self.engine, strange))
        rows = (
            (raw, region.region, region.family, str(region.is_own).lower(), str(region.is_part).lower())
            for raw, region in names
        )
        self.engine.table("names", _NAMES, rows)
