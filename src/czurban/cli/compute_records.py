"""`czurban compute --records`: indicators from a table of records, by a file of metrics."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import NamedTuple

import typer

from czurban.cli.destination import destination, refuse_path
from czurban.cli.exits import COULD_NOT_RUN, FailOn, exit_code
from czurban.cli.screen import print_error, show
from czurban.cli.sent import print_skipped
from czurban.cli.session import choose_period, open_plan
from czurban.cli.sieving import most_of_a_kind
from czurban.cli.speech import speaker
from czurban.computing.engines.engine import Engine
from czurban.errors import UnreadableError, UsageError
from czurban.files.inputs import note_inputs
from czurban.model.finding import Finding, has_errors, in_order, say
from czurban.model.metric import Metrics
from czurban.model.plan import Plan
from czurban.reading.large.record_source import find_records
from czurban.reading.sources.opening import LIMITS, Limits
from czurban.reporting.findings_text import findings_text
from czurban.reporting.formats.registry import REPORT_FORMATS

_OF_PLAN = "plan"
_LONGEST = 4  # digits of how many characters of a code count


class RecordOptions(NamedTuple):
    """What the options ask for, as the reader wrote it."""

    records: Sequence[str]
    metrics: Path | None
    by: str | None = None
    only: Sequence[str] = ()
    digits: int = 12
    memory: int = 200
    engine: str = "duckdb"
    limits: Limits = LIMITS


def compute_records(
    asked: RecordOptions,
    *,
    plan: Path | None,
    period: str | None,
    form: str | None,
    output: str | None,
    max_findings: int | None,
    fails: FailOn,
) -> None:
    """Compute, show or write the figures, and tell what was left out.

    Raises:
        UsageError: the options do not go together.
        UnreadableError: the metrics or the records cannot be read.
    """
    note_inputs(*asked.records, *([asked.metrics] if asked.metrics else ()))
    where = destination(form, output, REPORT_FORMATS)
    by_region, beginning = _by(asked.by)
    if asked.metrics is None or not asked.records:
        message = say("--records and --metrics are given together.")
        raise UsageError(message, say("Write `czurban compute --records persons.parquet --metrics metrics.yaml`."))
    _check_engine(asked.engine)
    loaded = open_plan(plan)
    wanted = None if period is None else choose_period(period, loaded)
    metrics, told = open_metrics(asked.metrics, loaded)
    metrics = _only(metrics, asked.only, loaded)
    files = find_records(asked.records)
    note_inputs(*files.paths)
    print_skipped(files.left_out)
    if where.path is not None:
        refuse_path(where.path)

    from czurban.cli.record_run import Run, compute_files  # noqa: PLC0415 - loads nothing for --help
    from czurban.computing.records.compute import Request  # noqa: PLC0415
    from czurban.reading.large.record_source import in_utf8  # noqa: PLC0415
    from czurban.reporting.documents.record_figures import Made, record_figures  # noqa: PLC0415

    request = Request(by_region, beginning, wanted, loaded.regions)
    most = most_of_a_kind(max_findings)
    paths = in_utf8(files.paths, files.encoding, asked.limits) if files.form == "csv" else nullcontext(files.paths)
    with paths as plain, _engine(asked.engine, asked.memory) as engine:
        run = Run(engine, metrics, request, " ".join(asked.records), files.paths, most)
        done, broken = compute_files(run, files._replace(paths=plain))
    findings = [*told, *in_order([*broken, *done.findings])]
    made = Made(done.figures, files.paths, done.records, findings, wanted)
    show(record_figures(loaded, metrics, made, speaker(), asked.digits), where)
    print_error(findings_text(findings, speaker(), most))
    failed = has_errors(findings)
    raise typer.Exit(exit_code((), fails, failed=failed) if done.figures or failed else COULD_NOT_RUN)


def open_metrics(path: Path, plan: Plan) -> tuple[Metrics, Sequence[Finding]]:
    """Read a file of metrics.

    Raises:
        UnreadableError: no metric in it can be used; its findings are told first.
    """
    from czurban.reading.metrics.file import read_metrics  # noqa: PLC0415 - loads the parser of expressions

    draft = read_metrics(path, plan)
    if draft.metrics is None or not draft.metrics.metrics:
        print_error(findings_text(draft.findings, speaker()))
        message = say("No metric in {path} can be used as it stands.", path=str(path))
        raise UnreadableError(
            message, say("Mend what is told above; `czurban validate {path}` tells it again.", path=str(path))
        )
    return draft.metrics, draft.findings


@contextmanager
def _engine(name: str, memory: int) -> Iterator[Engine]:
    from czurban.cli.large_engines import make_engine  # noqa: PLC0415 - loads the engine

    engine = make_engine(name, memory)
    try:
        yield engine
    finally:
        engine.close()


def _check_engine(name: str) -> None:
    """Refuse what is no engine, before anything is read.

    Raises:
        UsageError: there is no such engine, or it is rows in Python, which records are too many for.
    """
    from czurban.cli.large_run import check_engine, is_chosen  # noqa: PLC0415 - loads the engines' names

    if not is_chosen(check_engine(name)):
        message = say("Records are taken by an engine, and “{name}” is none.", name=name)
        raise UsageError(message, say("Choose from: {names}.", names="duckdb, spark, spark=MASTER, sc://HOST:PORT"))


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
    known = {name: {one.id} for one in metrics.metrics for name in (one.id, one.name)}
    known[_OF_PLAN] = {one.id for one in metrics.metrics if one.indicator}
    for name in names:
        if (one := plan.indicator(name)) and name not in known and one.id in known:
            known[name] = {one.id}
        if name not in known:
            ids = ", ".join((_OF_PLAN, *(one.id for one in metrics.metrics)))
            raise UsageError(say("There is no metric “{name}”.", name=name), say("Choose from: {names}.", names=ids))
    wanted = {id_ for name in names for id_ in known[name]}
    return metrics._replace(metrics=tuple(one for one in metrics.metrics if one.id in wanted))
