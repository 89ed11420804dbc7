"""The plan's own region out of large tables: its rows are read as ever, plain rows of other regions only counted."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from czurban.app.assessing import assess_one_period, read_figures
from czurban.app.large.engines import Engines, is_chosen
from czurban.app.large.files import LargeFiles
from czurban.app.large.large_file import LargeFile, RowJudge, head_shapes, part_of, row_of, rows_lost
from czurban.app.large.options import RunOptions, is_large
from czurban.app.large.run import RowsInstead, workshop
from czurban.checking.each_region import EachRegion
from czurban.computing.engines import statements
from czurban.computing.engines.engine import ROW_NUMBER, Engine, KnownShapes
from czurban.computing.engines.quoting import quoted
from czurban.computing.engines.table_file import SHAPE_COLUMNS, TableFile, shape_row
from czurban.errors import BrokenTableError, UnreadableError
from czurban.model.finding import Finding, Message, Place, say
from czurban.model.observation import RowCount, Submission
from czurban.model.plan import Plan
from czurban.model.row_outcome import RowShape, Texts
from czurban.model.text import cell_text
from czurban.reading.large.encodings import encoding_of
from czurban.reading.large.long_table import NotLongError, ViewSheet
from czurban.reading.sources.limits import too_many_rows
from czurban.reading.sources.sheet import Row
from czurban.reading.submission.file_faults import unreadable
from czurban.reading.submission.header_words import ColumnField
from czurban.reading.submission.sheet_reader import gathered, read_sheet

READ_ALL_THE_SAME = 2000
"""So many plain rows of other regions are read in Python too: figures of one table may contradict each other."""


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
        known = KnownShapes("plain_shapes", statements.deciding(list(plain), len(part.fields.shape)))
        view = engine.numbered(part.view)
        extra = f", {ROW_NUMBER if view else '0'} AS row_no, {part.cells} AS cells"
        self._counted = statements.judged_rows(quoted(part.view), part.fields, known)
        self._numbered = statements.judged_rows(quoted(view or part.view), part.fields, known, extra)
        region = quoted(part.fields.region) if part.fields.region else "''"
        raws = engine.batches(f"SELECT DISTINCT {region} FROM {quoted(part.view)}", _AT_ONCE)  # noqa: S608 - quoted
        ours = [(raw,) for rows in raws for (raw,) in rows if is_ours(str(raw))]
        engine.table("own_regions", {"raw": "VARCHAR"}, ours)

    def total(self) -> int:
        """Return how many rows there are."""
        counted = f"SELECT COUNT(*) FROM ({self._counted})"  # noqa: S608 - of names that are quoted
        return int(str(self.engine.rows(counted)[0][0]))

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


class LargeReading(NamedTuple):
    """The submissions, their findings, how many more there are of some codes, and notices about rows only counted."""

    submissions: list[Submission]
    findings: tuple[Finding, ...]
    more: Counter[str]
    notices: tuple[Message, ...] = ()


def read_large(names: Sequence[str], run: RunOptions) -> LargeReading:
    """Read files, large ones through an engine.

    Raises:
        UnreadableError: a file is not there, or is no long table and beyond what rows in Python may take.
    """
    chosen = [name for name in names if name != "-" and (is_chosen(run.engine) or is_large(name))]
    if not chosen or run.engine == Engines.PYTHON:
        submissions, findings = read_figures(names, run.plan, run.limits)
        return LargeReading(submissions, findings, Counter())
    sent = LargeReading([], (), Counter())
    with workshop(run, chosen[0]) as (engine, opener):
        for name in names:
            sent = _joined(sent, _large(engine, opener, name, run) if name in chosen else _small(name, run))
    return sent


def _joined(first: LargeReading, second: LargeReading) -> LargeReading:
    return LargeReading(
        [*first.submissions, *second.submissions],
        (*first.findings, *second.findings),
        first.more + second.more,
        (*first.notices, *second.notices),
    )


def _small(name: str, run: RunOptions) -> LargeReading:
    submissions, findings = read_figures([name], run.plan, run.limits)
    return LargeReading(submissions, findings, Counter())


def _large(engine: Engine, opener: LargeFiles, name: str, run: RunOptions) -> LargeReading:
    try:
        file = opener.open(name)
        try:
            return _own_rows(engine, file, run, name)
        except BrokenTableError:
            if not file.may_be_repaired:
                raise
            return _own_rows(engine, opener.repair(Path(name)), run, name)
    except NotLongError as error:
        submission, findings = RowsInstead(run).read(name, error)
    except UnreadableError as error:
        submission, findings = unreadable(name, error)
    return LargeReading([submission], findings, Counter())


def _own_rows(engine: Engine, file: LargeFile, run: RunOptions, name: str) -> LargeReading:
    table, each = file.table, EachRegion(run.plan, run.period, assess_one_period)
    if table.other_periods:
        raise NotLongError(name, say("it has several columns of values, or two columns of the same kind"))
    part = part_of(engine, 0, file, each)
    judge = RowJudge(table, each, with_cells=bool(file.source.cells))
    plain = _plain(judge, head_shapes(file), run) if ColumnField.REGION in table.columns else {}
    region = OneRegion(engine, part, plain, lambda raw: _is_ours(run.plan, cell_text(raw)))
    total = region.total()
    if file.many not in (None, total):
        raise rows_lost(file)
    others = region.others(max(run.most, READ_ALL_THE_SAME) if run.most else 0)
    if total - sum(others.counts.values()) > run.limits.rows:
        return LargeReading([Submission(name, "")], (too_many_rows(Place(name), total, run.limits),), Counter())
    rows = sorted([*region.here(), *others.first], key=lambda row: row[0])
    return _read(file, [row_of(file, *row) for row in rows], others, run, name)


def _is_ours(plan: Plan, region: str) -> bool:
    """Return whether a figure may be judged: of the plan's own region, or of a department's own part."""
    return plan.is_own_region(region) or bool(plan.sharer(region))


def _plain(judge: RowJudge, shapes: Sequence[Texts], run: RunOptions) -> dict[Texts, str]:
    """The shapes in which a plain number is a figure without fault, and why it is not used in another region."""
    plain = {}
    for texts in shapes:
        read = judge.read(texts, "1")
        if read.observation and not read.findings:
            plain[texts] = "S208" if read.observation.period != run.period else "S217"
    return plain


def _read(file: LargeFile, rows: Sequence[Row], others: Others, run: RunOptions, name: str) -> LargeReading:
    """Read the rows as a sheet of the file, under its own header."""
    head, table = file.table.sheet, file.table.table
    above = head.rows[: table.head.last + 1]
    sheet = ViewSheet.like(file.table.places, [*above, *rows])
    sheet.refused = file.rows.refused
    reader = read_sheet(sheet, name, run.plan)
    submission, findings = gathered(name, _read_as(file, name), [reader], file.broken)
    left = sum(others.counts.values()) - len(others.first)
    blank = file.rows.ignored - (len(head.rows) - len(table.rows))
    count = submission.rows + RowCount(blank + left, left, ignored=blank)
    more = Counter({code: many - _fetched(others, code, run) for code, many in others.counts.items()})
    more.update(Counter(file.codes) - Counter(finding.code for finding in file.broken))
    notices = (_counted(left, name),) if left else ()
    return LargeReading([submission._replace(rows=count)], findings, +more, notices)


def _fetched(others: Others, code: str, run: RunOptions) -> int:
    many = others.counts[code]
    return min(many, max(run.most, READ_ALL_THE_SAME)) if run.most else many


def _read_as(file: LargeFile, name: str) -> str:
    if file.source.form != "csv":
        return "Parquet" if file.source.form == "parquet" else "table"
    return (encoding_of(Path(name)) or "utf-8").upper()


def _counted(left: int, name: str) -> Message:
    return say(
        "{path}: {count} plain rows of other regions were counted and not read one by one, so that totals are not"
        " checked against their parts.",
        path=name,
        count=f"{left:,}",
    )
