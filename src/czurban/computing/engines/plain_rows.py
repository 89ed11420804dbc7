"""The sieve: plain rows are judged and counted by an engine, and what is left is asked of rows in Python, once each."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain, islice
from typing import NamedTuple

from czurban.computing.engines import statements
from czurban.computing.engines.engine import BITS, ROW_NUMBER, Against, Engine, Fields, Judge, Row, deciding, place
from czurban.files.outputs import FAILURES
from czurban.model.observation import Count, Resolved, RowFate, RowOutcome, RowShape, Texts

_AT_ONCE = 4096
_CODE = re.compile(statements.CODE.replace(r"\z", r"\Z"))
_COUNTED = frozenset({RowFate.MET, RowFate.MISSED, RowFate.UNREADABLE})
ONCE = frozenset({"S117"})
"""Findings that a sheet is told once, however many rows have them."""
_SHAPE_COLUMNS = {"shape": "VARCHAR", "bit": "BIGINT", "word": "BIGINT", "skipped": "BOOLEAN"}
_BOUNDS = ("low", "high", "sure_low", "sure_high")
_SETTLED = {"odd": "VARCHAR", "word": "BIGINT", "counted": "BIGINT"} | dict.fromkeys(
    ("seen", "met", "bad", "silent"), "BIGINT"
)
_NAMES = {"raw": "VARCHAR", "region": "VARCHAR", "family": "VARCHAR", "own": "BOOLEAN"}


class TableFile(NamedTuple):
    """One file: the view that has its rows, all its columns, those that are judged by, who judges, known shapes.

    `unit` and `period` are SQL for what a row says of them, by its shape's texts s0, s1 …; `skip` is how many
    lines stand before the first row.
    """

    view: str
    columns: tuple[str, ...]
    fields: Fields
    judge: Judge
    shapes: tuple[RowShape, ...]
    unit: str = "''"
    period: str = "''"
    skip: int = 0


class Counts(NamedTuple):
    """How often each verdict stands among the regions of a family: met, missed, unreadable by the indicator's place."""

    family: str
    regions: int
    by_indicator: tuple[tuple[int, int, int], ...]


class Rows(NamedTuple):
    """What became of the rows, as `RowCount` tells it."""

    used: int = 0
    refused: int = 0
    ignored: int = 0

    def with_(self, many: Mapping[Count, int]) -> "Rows":
        """So many more rows of each kind."""
        used, refused, ignored = (many.get(one, 0) for one in Count)
        return Rows(self.used + used, self.refused + refused, self.ignored + ignored)


class PlainRows:
    """Runs the statements over all parts of a table and keeps what came of it in the engine."""

    def __init__(self, engine: Engine, parts: Sequence[TableFile], indicators: int) -> None:
        self.engine = engine
        self.parts = parts
        self.indicators = indicators
        self.codes: Counter[str] = Counter()
        self.rows = Rows()
        self.totals: list[int] = []

    def run(self) -> None:
        """Scan every part once, settle what is odd, and bring the regions together."""
        for number, part in enumerate(self.parts):
            self._sieve(number, part)
        kept = " UNION ALL ".join(
            statements.parts(f"sieved_{number}", f"settled_{number}") for number in range(len(self.parts))
        )
        self.engine.keep("parts", kept)
        self._name_regions()
        self.engine.keep("pairs", statements.pairs("parts", "names"))
        self.engine.keep("again", "SELECT DISTINCT region FROM pairs WHERE again")
        self.engine.keep("again_texts", statements.again_texts("parts", "names", "again"))

    @property
    def has_again(self) -> bool:
        """Whether there are regions that have to be looked at again."""
        return self.engine.rows("SELECT COUNT(*) FROM again")[0][0] != 0

    def counts(self) -> Iterator[Counts]:
        """The counts of each family of regions, those left out that have to be looked at again."""
        words = [self._word(word) for word in range(-(-self.indicators // BITS))]
        for family, regions in sorted(self.engine.rows(statements.regions("pairs", "again"))):
            found = [many for word, empty in words for many in word.get(str(family), empty)]
            yield Counts(str(family), int(str(regions)), tuple(_threes(found, self.indicators)))

    def pairs(self) -> Iterator[tuple[str, int, RowFate]]:
        """Every region with every indicator it has a verdict of, but those that have to be looked at again."""
        kept = "SELECT region, word, seen, met, bad FROM pairs WHERE region NOT IN (SELECT region FROM again)"
        for batch in self.engine.batches(f"{kept} ORDER BY region, word", _AT_ONCE):
            for region, word, *bits in batch:
                seen, met, bad = (int(str(one)) for one in bits)
                for bit in range(BITS):
                    if seen >> bit & 1:
                        fate = (
                            RowFate.UNREADABLE if bad >> bit & 1 else RowFate.MET if met >> bit & 1 else RowFate.MISSED
                        )
                        yield str(region), int(str(word)) * BITS + bit, fate

    def write_failures(self, path: str, due: Iterable[tuple[int, str, str]], others: Iterable[Row]) -> None:
        """Write the rows that miss their target or cannot be read, Parquet or CSV by the path's ending.

        Parquet keeps every text as it stands: its cells have types, and no program takes one for a formula.

        Args:
            path: where to; the file is whole or not there at all.
            due: the indicators that are judged: place in the plan, id, target.
            others: such rows of regions that were looked at again.
        """
        known = ((*place(number), name, bound) for number, name, bound in due)
        self.engine.table("indicators", {"word": "BIGINT", "bit": "BIGINT", "id": "VARCHAR", "bound": "VARCHAR"}, known)
        self.engine.table("others", FAILURES, others)
        found = [self._failures(number, part) for number, part in enumerate(self.parts)]
        rows = " UNION ALL ".join([*found, "SELECT * FROM others"])
        as_text = path.lower().rstrip("/").endswith(".csv")
        self.engine.write(statements.safe_csv(rows, FAILURES) if as_text else rows, path)

    def _failures(self, number: int, part: TableFile) -> str:
        view, row_no = self._numbered(part)
        extra = f", {row_no} + {part.skip if view != part.view else 0} AS row_no"
        rows = statements.judged(view, part.fields, self._against(number), extra)
        return statements.failures(rows, number, part.unit, part.period)

    def unsettled(self, number: int) -> Iterator[tuple[int, list[str]]]:
        """The rows of a part that are not plain, in order, each with its number (0 where none is known) and cells."""
        part = self.parts[number]
        view, row_no = self._numbered(part)
        extra = f", {row_no} AS row_no, {self._cells(part)} AS cells"
        rows = statements.judged(view, part.fields, self._against(number), extra)
        for number_, cells in self._all(statements.undecided(rows)):
            yield int(str(number_)), statements.cells_of(str(cells))

    def again(self) -> Iterator[tuple[str, int, int, list[str]]]:
        """All rows of the regions that have to be looked at again: region, part, number, cells; region by region."""
        if not self.has_again:
            return
        found = []
        for number, part in enumerate(self.parts):
            view, row_no = self._numbered(part)
            found.append(statements.again_rows(view, number, part.fields, self._cells(part), row_no))
        for row in self._all(f"{' UNION ALL '.join(found)} ORDER BY region, part, row_no"):
            yield str(row[0]), int(str(row[1])), int(str(row[2])), statements.cells_of(str(row[3]))

    def _numbered(self, part: TableFile) -> tuple[str, str]:
        view = self.engine.numbered(part.view)
        return (view, ROW_NUMBER) if view else (part.view, "0")

    def _cells(self, part: TableFile) -> str:
        return statements.whole(part.columns, (part.fields.value,) if part.fields.exact else ())

    def _against(self, number: int) -> Against:
        part = self.parts[number]
        known = [shape for shape in part.shapes if not shape.odd]
        by = deciding([shape.texts for shape in known], len(part.fields.shape))
        passes = any(shape.bounds is None for shape in known)
        return Against(f"shapes_{number}", by, passes, self.indicators > BITS)

    def _word(self, word: int) -> tuple[dict[str, Sequence[int]], Sequence[int]]:
        """The counts of one word by family, and those of a family that has none."""
        many = min(BITS, self.indicators - word * BITS)
        rows = self.engine.rows(statements.counted("pairs", "again", word, many))
        return {str(row[0]): [int(str(one)) for one in row[1:]] for row in rows}, [0] * many * 3

    def _sieve(self, number: int, part: TableFile) -> None:
        shapes = f"shapes_{number}"
        known = [shape for shape in part.shapes if not shape.odd]
        columns = _SHAPE_COLUMNS | dict.fromkeys(_BOUNDS, "DECIMAL(28,8)")
        columns |= {f"k{n}": "VARCHAR" for n in range(len(part.fields.shape))}
        self.engine.table(shapes, columns, map(_shape_row, range(len(known)), known))
        self.engine.keep(f"sieved_{number}", statements.plain_rows(part.view, part.fields, self._against(number)))
        self._take_note(number, known)
        self.engine.table(f"settled_{number}", _SETTLED, self._settled(number, part.judge, known))

    def _take_note(self, number: int, known: Sequence[RowShape]) -> None:
        """Count the rows that are plain and those that were passed over by their shape alone."""
        head = f"SELECT SUBSTRING(odd, 2, 20), SUM(n) FROM sieved_{number}"
        passed: Counter[Count] = Counter()
        for shape, many in self.engine.rows(f"{head} WHERE SUBSTRING(odd, 1, 1) = {statements.PASSED} GROUP BY odd"):
            one = known[int(str(shape))]
            passed[one.counts_as] += int(str(many))
            self._told(one.codes, int(str(many)))
        self.rows = self.rows.with_(passed)
        self.totals.append(int(str(self.engine.rows(f"SELECT SUM(n) FROM sieved_{number}")[0][0] or 0)))
        plain = self.engine.rows(f"SELECT SUM(n) FROM sieved_{number} WHERE odd = ''")[0][0]
        self.rows = self.rows._replace(used=self.rows.used + int(str(plain or 0)))

    def _settled(self, number: int, judge: Judge, known: Sequence[RowShape]) -> Iterator[Row]:
        """Ask Python of each distinct odd row; yield those that say something of an indicator, or name a region.

        There may be some hundred thousand of them, so that what can be done once for all is.
        """
        rows: Counter[Count] = Counter()
        asked = f"""SELECT odd, CAST(SUM(n) AS BIGINT) FROM sieved_{number}
            WHERE odd <> '' AND SUBSTRING(odd, 1, 1) <> {statements.PASSED} GROUP BY odd"""
        shapes = [shape.texts for shape in known]
        for batch in self.engine.batches(asked, _AT_ONCE):
            for odd, found in batch:
                many, outcome = int(str(found)), _outcome(judge, shapes, str(odd))
                rows[outcome.counts_as] += many
                if outcome.codes:
                    self._told(outcome.codes, many)
                if outcome.fate is not RowFate.NONE:
                    yield (odd, *_bits(outcome.indicator, outcome.fate))
        self.rows = self.rows.with_(rows)

    def _told(self, codes: Iterable[str], many: int) -> None:
        for code in codes:
            self.codes[code] += 1 if code in ONCE else many

    def _name_regions(self) -> None:
        asked = f"SELECT DISTINCT raw FROM parts WHERE NOT REGEXP_MATCHES(raw, '{statements.CODE}')"
        judge = self.parts[0].judge
        coded = (raw for raw in judge.known_codes() if re.match(_CODE, raw))
        raws = chain(coded, (str(raw) for (raw,) in self._all(asked)))
        self.engine.table("names", _NAMES, (_named(raw, judge.resolve(raw)) for raw in raws))

    def _all(self, statement: str) -> Iterator[Row]:
        for batch in self.engine.batches(statement, _AT_ONCE):
            yield from batch


def _shape_row(number: int, shape: RowShape) -> Row:
    word, bit = place(max(shape.indicator, 0))
    return (
        str(number),
        bit,
        word,
        "true" if shape.bounds is None else "false",
        *(shape.bounds or ("",) * 4),
        *shape.texts,
    )


def _outcome(judge: Judge, shapes: Sequence[Texts], odd: str) -> RowOutcome:
    found = statements.key_of(odd)
    if isinstance(found, tuple):
        return judge.outcome(shapes[found[0]], found[1])
    *texts, text = found
    return judge.outcome(tuple(texts), text)


@cache
def _bits(indicator: int, fate: RowFate) -> Row:
    """The columns of an odd row behind its key: word, whether it counts, seen, met, bad, silent."""
    word, bit = place(max(indicator, 0))
    counts = fate in _COUNTED
    held = {RowFate.MET: (bit, bit, 0, 0), RowFate.MISSED: (bit, 0, 0, 0), RowFate.UNREADABLE: (bit, 0, bit, 0)}
    return (word, int(counts), *held.get(fate, (0, 0, 0, bit if fate is RowFate.SILENT else 0)))


def _named(raw: str, found: Resolved) -> Row:
    return (raw, found.region, found.family, "true" if found.own else "false")


def _threes(found: Sequence[int], many: int) -> Iterator[tuple[int, int, int]]:
    numbers = iter(found)
    for _ in range(many):
        met, missed, bad = (*islice(numbers, 3), 0, 0, 0)[:3]
        yield met, missed, bad
