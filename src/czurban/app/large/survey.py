"""Every region of large tables against the plan: sieved by an engine, settled by rows in Python."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from types import MappingProxyType
from typing import NamedTuple

from czurban.app.large.row_judge import RowJudge
from czurban.checking.each_region import EachRegion, RegionResults
from czurban.checking.judging import is_due
from czurban.checking.survey import SurveyTally, failing_rows
from czurban.computing.engines.engine import Engine, Fields, TableSource
from czurban.computing.engines.plain_rows import ONCE, PlainRows, TableFile
from czurban.errors import BrokenTableError
from czurban.model.assessment import Survey, Verdict
from czurban.model.finding import Finding, say
from czurban.model.observation import NO_ROWS, Observation, RowCount, Texts
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.reading.large.lines import LineIndex
from czurban.reading.large.long_table import LongTable, RowReading
from czurban.reading.sources.sheet import Row
from czurban.reading.submission.header_words import ColumnField


class LargeFile(NamedTuple):
    """A large file: how an engine reads it, what its first rows say, and what is to be said of its header.

    `rows` are those that the engine does not get. `broken` are findings of rows that cannot be split, and of the
    file's name; `codes` counts all of these, of which not every one may be kept.
    `line_index` finds lines, and `many` is how many rows an engine has to read; None for files that have no lines.
    """

    source: TableSource
    table: LongTable
    findings: tuple[Finding, ...] = ()
    rows: RowCount = NO_ROWS
    line_index: LineIndex | None = None
    broken: tuple[Finding, ...] = ()
    codes: Mapping[str, int] = MappingProxyType({})
    many: int | None = None

    @property
    def may_be_mended(self) -> bool:
        """Whether it is a text of this machine as it came."""
        return self.line_index is not None and not self.source.line

    def line(self, row_no: int) -> int:
        """The line of a row by its number."""
        return row_no if self.source.line else row_no + self.source.skip


class LinesError(Exception):
    """The rows of a file and its lines are not as many; its number among the files is the argument."""


class LargeSurvey:
    """Holds every region of large files against a plan.

    Whoever uses it must keep the engine open until all that is wanted has been asked for.
    """

    def __init__(self, engine: Engine, files: Sequence[LargeFile], plan: Plan, period: Period) -> None:
        """Set up what is to be scanned.

        Args:
            engine: who scans.
            files: what to scan.
            plan: the plan; a region that its breakdown knows is held against its own row.
            period: whose figures are judged.
        """
        self.files, self.plan, self.period = files, plan, period
        self.each = EachRegion(plan, period)
        parts = [part_of(engine, number, one, self.each) for number, one in enumerate(files)]
        self.sieve = PlainRows(engine, parts, len(plan.indicators))

    def survey(self, most: int) -> Survey:
        """Scan, judge and count; at most so many findings of a code are listed (0: all), and all are counted."""
        self.sieve.run()
        told = [one for file in self.files for one in (*file.findings, *file.table.period_findings())]
        codes = Counter(one.code for one in told) + self.sieve.codes
        for file in self.files:
            codes.update(file.codes)
        self._check_lines()
        tally = SurveyTally(self.each.elsewhere, self.plan, self.period)
        for counts in self.sieve.counts():
            tally.add_counts(counts.family, counts.regions, counts.by_indicator)
        again, seen = Listed(most), set[str]()
        for region in self._again():
            seen |= region.texts
            if region.appears(self.each):
                tally.add_results(region.found.resolved.family, region.found.results)
            again.add(_news(region, self.each, codes))
        listed = Listed(most)
        listed.add([*told, *(one for file in self.files for one in file.broken)])
        for number in range(len(self.files)) if self.sieve.codes.total() else ():
            self._list(number, listed, seen)
        rows = self.sieve.rows
        counted = RowCount(rows.used + rows.refused + rows.ignored, rows.used, rows.refused, rows.ignored)
        return Survey(
            self.plan,
            self.period,
            tally.families(),
            {code: many for code, many in codes.items() if many},
            (*listed.findings, *again.findings),
            tuple(file.table.file for file in self.files),
            sum((file.rows for file in self.files), counted),
        )

    def verdicts(self) -> Iterator[tuple[str, str, Verdict]]:
        """Every verdict that a row was the reason of: the region's key, the indicator's id, the verdict."""
        for region, number, fate in self.sieve.pairs():
            yield region, self.plan.indicators[number].id, Verdict(fate.value)
        for again in self._again():
            for one in again.found.results:
                if one.observation:
                    yield again.found.resolved.region, one.indicator.id, one.verdict

    def write_failures(self, path: str) -> None:
        """Write the rows that miss their target or cannot be read."""
        plan, elsewhere = self.plan, self.each.elsewhere
        at = {one.id: number for number, one in enumerate(plan.indicators)}
        due = [one for one in elsewhere.indicators if is_due(one.target, self.period, plan.period)]
        judged = ((at[one.id], one.id, str(one.target.interval)) for one in due)
        others = (row for again in self._again() for row in failing_rows(again.found.results))
        self.sieve.write_failures(path, judged, others)

    def _check_lines(self) -> None:
        """Make sure that the engine has read a row from every line, so that its number gives the line.

        Raises:
            LinesError: blank lines, or line ends in cells, stand between.
            BrokenTableError: it has lost rows of a file that was mended.
        """
        for number, file in enumerate(self.files):
            if file.many in (None, self.sieve.totals[number]):
                continue
            if file.may_be_mended:
                raise LinesError(number)
            raise rows_lost(file)

    def _again(self) -> Iterator["_Region"]:
        """Judge, by rows in Python, the regions that have an indicator twice, or targets of their own."""
        for _, rows in groupby(self.sieve.again(), key=itemgetter(0)):
            observations, texts = [], set()
            for _, number, row_no, cells in rows:
                texts.add(_region_of(self.files[number], cells))
                if one := _read(self.files[number], row_no, cells).observation:
                    observations.append(one)
            if observations:
                yield _Region(self.each.judge(observations[0].region, observations), observations, texts)

    def _list(self, number: int, listed: "Listed", seen: set[str]) -> None:
        """List what is wrong with single rows, until of each code there are enough.

        Rows of a region as `seen` spells it were judged again. It may have others, spelled otherwise, that were not,
        because not one of their figures counts.
        """
        for row_no, cells in self.sieve.undecided(number):
            if listed.is_full(self.sieve.codes):
                return
            read = _read(self.files[number], row_no, cells)
            listed.add(read.findings)
            if (one := read.observation) and _region_of(self.files[number], cells) not in seen:
                listed.add(self.each.judge(one.region, [one]).findings)


def rows_lost(file: LargeFile) -> BrokenTableError:
    """Why nothing is judged of a file of which an engine has read other rows than it has."""
    return BrokenTableError(
        say("The engine has not read every row of {path}, so nothing of it is judged.", path=file.table.file),
        say("Judge it with --engine python, or save it as CSV in UTF-8 with one line for each row."),
    )


def part_of(engine: Engine, number: int, file: LargeFile, each: EachRegion) -> TableFile:
    """Let the engine see a file, and settle the shapes that its first rows have."""
    source, table = file.source, file.table
    columns = engine.view(f"file_{number}", source)
    before = (source.line != "") + (source.cells != "")
    at = {one: columns[place + before] for one, place in table.columns.items()}
    judge = RowJudge(table, each, with_cells=bool(source.cells))
    shape = (*(at[one] for one in table.shape), *((source.cells,) if source.cells else ()))
    value = at[ColumnField.VALUE]
    fields = Fields(value, at.get(ColumnField.REGION, ""), shape, exact=value in source.exact)
    own = (*(one for one in columns if one not in (source.line, source.cells)), *filter(None, (source.cells,)))
    shapes = tuple(judge.shapes(head_shapes(file)))
    unit = f"s{table.shape.index(ColumnField.UNIT)}" if ColumnField.UNIT in table.shape else "''"
    period = f"'{each.period}'"  # whatever a row calls it: no other is judged
    return TableFile(f"file_{number}", own, fields, judge, shapes, unit, period, 0 if source.line else source.skip)


def head_shapes(file: LargeFile) -> Sequence[Texts]:
    """The shapes of a file's first rows; with the number of cells behind, where an engine has it."""
    table = file.table
    whole = (row.cells for row in table.table.rows if len(row.cells) == table.width)
    end = (str(table.width),) if file.source.cells else ()
    return list(dict.fromkeys((*(cells[table.columns[one]] for one in table.shape), *end) for cells in whole))


def _region_of(file: LargeFile, cells: Sequence[str]) -> str:
    """What a row has in its column of regions, as it stands there."""
    at = file.table.columns.get(ColumnField.REGION)
    return "" if at is None else cells[at]


class _Region(NamedTuple):
    """A region that was judged again, and how it is spelled."""

    found: RegionResults
    observations: Sequence[Observation]
    texts: set[str]

    def appears(self, each: EachRegion) -> bool:
        """Whether it counts as a region of the data."""
        return bool(self.found.results) and any(map(each.appears, self.observations))


def _read(file: LargeFile, row_no: int, cells: Sequence[str]) -> RowReading:
    return file.table.read(row_of(file, row_no, cells))


def row_of(file: LargeFile, row_no: int, cells: Sequence[str]) -> Row:
    """The row of a file that an engine has by its number and cells, on its line and as wide as it was."""
    if file.source.cells:
        *cells, many = cells
        cells = [*cells[: int(many)], *["…"] * (int(many) - len(cells))]
    return Row(file.line(row_no), cells)


def _news(region: _Region, each: EachRegion, codes: Counter[str]) -> Sequence[Finding]:
    """Correct the count of findings by a region that was judged again: by itself each of its rows was counted."""
    for one in region.observations:
        codes.subtract(each.outcome(one).codes)
    codes.update(one.code for one in region.found.findings)
    return region.found.findings


class Listed:
    """The findings that are listed: the first so many of each code."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.findings: list[Finding] = []
        self._seen: Counter[str] = Counter()
        self._once: set[tuple[str, str]] = set()

    def add(self, findings: Iterable[Finding]) -> None:
        """Add those that there is room for."""
        for one in findings:
            if one.code in ONCE:
                told = (one.code, str(one.message))
                if told in self._once:
                    continue
                self._once.add(told)
            self._seen[one.code] += 1
            if not self.most or self._seen[one.code] <= self.most:
                self.findings.append(one)

    def is_full(self, wanted: Counter[str]) -> bool:
        """Whether nothing that is still to come would be listed."""
        return all(self._seen[code] >= (min(many, self.most) if self.most else many) for code, many in wanted.items())
