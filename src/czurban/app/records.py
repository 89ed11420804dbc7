"""Compute indicators from tables of records, by a file of metrics."""

import contextlib
from collections.abc import Sequence
from contextlib import nullcontext
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from czurban.app.assessing import choose_period
from czurban.app.compute import ComputeOptions
from czurban.app.destination import refuse_path
from czurban.app.finding_filter import FilteredFindings
from czurban.app.large.engines import CLUSTER_NAMES, Engines, check_engine, is_chosen, make_engine
from czurban.app.options import Outcome, skipped_notices
from czurban.computing.engines.engine import Engine, TableSource
from czurban.computing.records.column_values import MISSING, UNREADABLE
from czurban.computing.records.compute import Computed, RecordTable, Request, compute
from czurban.errors import BrokenTableError, PlanError, UsageError
from czurban.files.inputs import note_inputs
from czurban.model.finding import Finding, Findings, has_errors, in_order, say
from czurban.model.formulas.metric import Metrics
from czurban.model.observation import Reading
from czurban.model.plan import Plan
from czurban.reading.large.csv_repair import repaired, with_line_ends
from czurban.reading.large.encodings import in_utf8
from czurban.reading.large.record_source import RecordFiles, find_records
from czurban.reading.metrics.file import read_metrics
from czurban.reading.submission.cell import read_cell
from czurban.reporting.documents.record_figures import Made, record_figures

_OF_PLAN = "plan"
_LONGEST = 4  # digits of how many characters of a code count


class RecordOptions(NamedTuple):
    """How metrics are computed: the common options, and for which regions (`region`, or `region:N` for codes cut to N).

    `engine` counts and sums, and takes `memory` MiB (None: half of the machine's, at least 256). `output` is
    the file of the report, if any.
    """

    common: ComputeOptions
    by: str | None = None
    engine: str = "duckdb"
    memory: int | None = None
    output: Path | None = None


def compute_records(plan: Plan, metrics_file: Path, records: Sequence[str], options: RecordOptions) -> Outcome[Made]:
    """Compute the figures of a file of metrics from tables of records: files (Parquet or CSV), folders or patterns.

    Raises:
        UsageError: the options contradict each other, or there is no such metric or engine.
        UnreadableError: the metrics or the records cannot be read.
        EngineError: the engine cannot answer.
    """
    by_region, beginning = _by(options.by)
    _check_engine(options.engine)
    period = None if options.common.period is None else choose_period(options.common.period, plan)
    metrics, findings = open_metrics(metrics_file, plan)
    metrics = _only(metrics, options.common.only, plan)
    files = find_records(records)
    note_inputs(*files.paths)
    if options.output is not None:
        refuse_path(options.output)
    request = Request(by_region, beginning, period, plan.regions)
    paths = (
        in_utf8(files.paths, files.encoding, options.common.limits) if files.form == "csv" else nullcontext(files.paths)
    )
    with paths as plain, contextlib.closing(make_engine(options.engine, options.memory)) as engine:
        run = RecordRun(engine, metrics, request, " ".join(records), files.paths, options.common.most)
        done, broken = compute_files(run, files._replace(paths=plain))
    every = (*findings, *in_order([*broken, *done.findings]))
    made = Made(done.figures, files.paths, done.records, every, period)
    failed = has_errors(every)
    return Outcome(
        value=made,
        compose=lambda translate: record_figures(plan, metrics, made, translate, options.common.digits),
        filtered=FilteredFindings(every, 0, 0, failed=failed),
        notices=skipped_notices(files.left_out),
        nothing_read=not done.figures and not failed,
    )


def open_metrics(path: Path, plan: Plan) -> tuple[Metrics, Findings]:
    """Read a file of metrics.

    Raises:
        PlanError: no metric in it can be used; the error carries the findings.
    """
    metrics, findings = read_metrics(path, plan)
    if metrics is None or not metrics.metrics:
        message = say("No metric in {path} can be used as it stands.", path=str(path))
        hint = say("Correct the errors above; `czurban validate {path}` lists them again.", path=str(path))
        raise PlanError(message, hint, findings)
    return metrics, findings


def _check_engine(name: str) -> None:
    """Refuse what is no engine, before anything is read.

    Raises:
        UsageError: there is no such engine, or it is rows in Python, which records are too many for.
    """
    if not is_chosen(check_engine(name)):
        message = say("Records are taken by an engine, and “{name}” is none.", name=name)
        raise UsageError(message, say("Choose from: {names}.", names=", ".join([Engines.DUCKDB, *CLUSTER_NAMES])))


def _by(text: str | None) -> tuple[bool, int | None]:
    """Read --by.

    Raises:
        UsageError: it is neither region nor region:N.
    """
    if text is None:
        return False, None
    name, colon, length = text.partition(":")
    if name != "region" or (colon and not (length.isdecimal() and len(length) <= _LONGEST and int(length) > 0)):
        message = say("--by has no “{text}”.", text=text)
        raise UsageError(message, say("Write --by region, or --by region:4 for the first 4 characters of their codes."))
    return True, int(length) if colon else None


def _only(metrics: Metrics, names: Sequence[str], plan: Plan) -> Metrics:
    """The metrics asked for, by id, by name, or as the plan calls them; `plan` asks for all indicators of the plan.

    Raises:
        UsageError: there is no such metric.
    """
    if not names:
        return metrics
    known = {name: {metric.id} for metric in metrics.metrics for name in (metric.id, metric.name)}
    known[_OF_PLAN] = {metric.id for metric in metrics.metrics if metric.indicator}
    for name in names:
        if (indicator := plan.indicator(name)) and name not in known and indicator.id in known:
            known[name] = {indicator.id}
        if name not in known:
            ids = ", ".join((_OF_PLAN, *(metric.id for metric in metrics.metrics)))
            raise UsageError(say("There is no metric “{name}”.", name=name), say("Choose from: {names}.", names=ids))
    wanted = {id_ for name in names for id_ in known[name]}
    return metrics._replace(metrics=tuple(metric for metric in metrics.metrics if metric.id in wanted))


class RecordRun(NamedTuple):
    """A run over records: the engine, the metrics, the request, and the names of the files."""

    engine: Engine
    metrics: Metrics
    request: Request
    name: str
    files: Sequence[str]
    most: int


def compute_files(run: RecordRun, files: RecordFiles) -> tuple[Computed, Sequence[Finding]]:
    """Compute the figures; a broken row costs a finding, and the figures it might belong to.

    Raises:
        EngineError: the engine cannot answer.
    """
    if files.form != "csv":
        return _computed(run, files, 0), ()
    if plain := with_line_ends(files):
        with contextlib.suppress(BrokenTableError):
            return _computed(run, plain, 0), ()
    with repaired(files, run.files, run.most) as whole:
        return _computed(run, whole.files, whole.refused), whole.findings


def _computed(run: RecordRun, files: RecordFiles, broken: int) -> Computed:
    table = RecordTable(source_of(files), run.name, broken)
    done = compute(run.engine, table, run.metrics, run.request, read_number)
    if files.rows not in (None, done.records):
        message = say("The engine has not read every row of {path}, so nothing of it is computed.", path=run.name)
        raise BrokenTableError(message, say("Save it as Parquet, or as CSV in UTF-8 with one line for each row."))
    return done


def source_of(files: RecordFiles) -> TableSource:
    """Files in UTF-8 as an engine takes them."""
    place = (files.paths, files.form, files.columns, files.delimiter, files.header)
    return TableSource(*place, newline=files.newline, wrapped=files.wrapped)


def read_number(text: str) -> Decimal | str:
    """Read a number as people write it: the number, or whether there is none or it cannot be read.

    One with a unit, or 约 in front, is not read: a column has one unit, and its numbers are exact.
    """
    cell = read_cell(text)
    if cell.reported is Reading.NOTHING:
        return MISSING
    if cell.amount is None or cell.unit or cell.scale or cell.approximate:
        return UNREADABLE
    return cell.amount
