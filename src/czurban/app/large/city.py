"""The plan's own region out of large tables: its rows are read as ever, plain rows of other regions only counted."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from czurban.app.assessing import assess_one_period, read_figures
from czurban.app.large.engines import Engines, is_chosen
from czurban.app.large.files import LargeFiles
from czurban.app.large.large_file import LargeFile, RowJudge, head_texts, part_of, row_of, rows_lost
from czurban.app.large.options import RunOptions, is_large
from czurban.app.large.run import RowsInstead, workshop
from czurban.checking.each_region import EachRegion
from czurban.computing.engines.engine import Engine
from czurban.errors import BrokenTableError, UnreadableError
from czurban.model.finding import Finding, Message, Place, say
from czurban.model.observation import RowCount, Submission
from czurban.model.plan import Plan
from czurban.model.row_outcome import Texts
from czurban.model.text import cell_text
from czurban.reading.large.encodings import encoding_of
from czurban.reading.large.long_table import NotLongError
from czurban.reading.large.view_sheet import ViewSheet
from czurban.reading.sources.limits import too_many_rows
from czurban.reading.sources.sheet import Row
from czurban.reading.submission.file_faults import unreadable
from czurban.reading.submission.header_words import ColumnField
from czurban.reading.submission.sheet_reader import gathered, read_sheet

if TYPE_CHECKING:
    from czurban.computing.engines.one_region import Others

READ_ALL_THE_SAME = 2000
"""So many plain rows of other regions are read in Python too: figures of one table may contradict each other."""
_NO_INDICATOR = "S201"


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
    from czurban.computing.engines.one_region import OneRegion  # noqa: PLC0415 - for large tables alone

    table, each = file.table, EachRegion(run.plan, run.period, assess_one_period)
    if table.other_periods:
        raise NotLongError(name, say("it has several columns of values, or two columns of the same kind"))
    judge = RowJudge(table, each, with_cells=bool(file.source.cells))
    has_regions = ColumnField.REGION in table.columns
    region = OneRegion(
        engine,
        part_of(engine, 0, file, each, head_texts(file)),
        lambda shapes: _plain(judge, shapes, run) if has_regions else {},
        lambda raw: _is_ours(run.plan, cell_text(raw)),
    )
    total = region.total
    if file.many not in (None, total):
        raise rows_lost(file)
    others = region.others(max(run.most, READ_ALL_THE_SAME) if run.most else 0)
    here = total - sum(others.counts.values())
    if here > run.limits.rows:
        return LargeReading([Submission(name, "")], (too_many_rows(Place(name), total, run.limits),), Counter())
    rows = sorted([*region.here(here), *others.first], key=lambda row: row[0])
    return _read(file, [row_of(file, *row) for row in rows], others, run, name)


def _is_ours(plan: Plan, region: str) -> bool:
    """Return whether a figure may be judged: of the plan's own region, or of a department's own part."""
    return plan.is_own_region(region) or bool(plan.sharer(region))


def _plain(judge: RowJudge, shapes: Sequence[Texts], run: RunOptions) -> dict[Texts, str]:
    """The shapes whose plain rows have no other fault than the one for which another region's are not used: its code.

    Rows that name no indicator have that fault in any region.
    """
    plain = {}
    for texts in shapes:
        try:
            read = judge.read(texts, "1")
        except NotLongError:
            continue  # such rows are read in Python, with those around them
        if read.observation and not read.findings:
            plain[texts] = "S208" if read.observation.period != run.period else "S217"
        elif not read.observation and [fault.code for fault in read.findings] == [_NO_INDICATOR]:
            plain[texts] = _NO_INDICATOR
    return plain


def _read(file: LargeFile, rows: Sequence[Row], others: "Others", run: RunOptions, name: str) -> LargeReading:
    """Read the rows as a sheet of the file, under its own header."""
    head, table = file.table.sheet, file.table.table
    above = head.rows[: table.head.last + 1]
    sheet = ViewSheet.like(file.table.places, [*above, *rows])
    sheet.refused = file.rows.refused
    reader = read_sheet(sheet, name, run.plan)
    submission, findings = gathered(name, _read_as(file, name), [reader], file.broken)
    left = sum(others.counts.values()) - len(others.first)
    blank = file.rows.ignored - (len(head.rows) - len(table.rows))
    count = submission.rows + RowCount(blank + left, refused=left, ignored=blank)
    more = Counter({code: many - _fetched(others, code, run) for code, many in others.counts.items()})
    more.update(Counter(file.codes) - Counter(finding.code for finding in file.broken))
    notices = (_counted(left, name),) if left else ()
    return LargeReading([submission._replace(rows=count)], findings, +more, notices)


def _fetched(others: "Others", code: str, run: RunOptions) -> int:
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
