"""`czurban validate`: the faults of a plan's files, and of submissions."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from czurban.checking.finding_filter import filter_findings
from czurban.checking.plan_rules.registry import check_plan
from czurban.cli.assessing import assess_all
from czurban.cli.destination import destination
from czurban.cli.exits import COULD_NOT_RUN, FailOn, exit_code
from czurban.cli.options import (
    CheckFormatOption,
    LangOption,
    MaxCellOption,
    MaxColumnsOption,
    MaxOption,
    MaxRowsOption,
    MaxSizeOption,
    OutputOption,
    PeriodOption,
    PlanOption,
    VerboseOption,
    limits_of,
)
from czurban.cli.plan_place import plan_folder
from czurban.cli.screen import print_error, show
from czurban.cli.sent import find_sent
from czurban.cli.session import choose_period, open_plan, print_rows, read_all
from czurban.cli.sieving import IgnoreOption, SelectOption, StrictOption, finding_filter, most_of_a_kind, print_left_out
from czurban.cli.speech import speaker
from czurban.errors import UnreadableError
from czurban.files.inputs import note_inputs
from czurban.model.finding import Finding, Ignore, distinct, in_order, mark, say
from czurban.model.observation import Submission
from czurban.reading.plan.files import plan_files, read_draft
from czurban.reading.plan.ignores import read_ignores
from czurban.reading.sources.find_files import METRICS, FoundFiles, find_files, is_metrics
from czurban.reading.sources.opening import LIMITS, PLAN_FILES, TARGETS, Limits
from czurban.reporting.documents.findings import findings_report
from czurban.reporting.findings_text import findings_text
from czurban.reporting.formats.registry import CHECK_FORMATS

ThingsArgument = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="FOLDER|FILE...",
        help=mark("Plan folders, files of a plan, and submissions: files, folders or patterns."),
    ),
]


def validate(
    things: ThingsArgument = None,
    plan: PlanOption = None,
    period: PeriodOption = None,
    form: CheckFormatOption = None,
    output: OutputOption = None,
    select: SelectOption = None,
    ignore: IgnoreOption = None,
    strict: StrictOption = None,
    max_findings: MaxOption = None,
    max_rows: MaxRowsOption = None,
    max_columns: MaxColumnsOption = LIMITS.columns,
    max_cell: MaxCellOption = LIMITS.cell,
    max_size: MaxSizeOption = None,
    verbose: VerboseOption = False,
    lang: LangOption = None,  # noqa: ARG001 - speech.listen has taken it from the arguments already
) -> None:
    """Read a plan's files, or submissions, and tell every fault with its place."""
    sieve, most = finding_filter(select, ignore, strict), most_of_a_kind(max_findings)
    limits = limits_of(max_rows, max_columns, max_cell, max_size)
    folders, metrics, sent = _sorted(things or [plan_folder(plan)])
    files = [str(path) for folder in folders for path in plan_files(folder)]
    files += [*map(str, metrics), *sent.files]
    note_inputs(*files)
    where = destination(form, output, CHECK_FORMATS)
    ignores: list[Ignore] = []
    submissions, of_figures = _of_submissions(sent, plan, period, limits)
    told = [*distinct(_of_plans(folders, ignores)), *_of_metrics(metrics, plan), *of_figures]
    sifted = filter_findings(in_order(told), sieve, ignores)
    show(findings_report(files, sifted.kept, speaker()), where)
    print_error(findings_text(sifted.kept, speaker(), most))
    print_left_out(sifted)
    if verbose:
        print_rows(submissions)
    if sifted.failed and not files:
        raise typer.Exit(COULD_NOT_RUN)
    alone = () if folders or metrics else submissions
    raise typer.Exit(exit_code((), FailOn.ERROR, failed=sifted.failed, submissions=alone))


def _of_plans(folders: Iterable[Path], ignores: list[Ignore]) -> Iterator[Finding]:
    """What is told of plans. Comments are gathered of those read whole; of others nobody knows what they hide."""
    for folder in folders:
        draft = read_draft(folder)
        yield from draft.findings
        hidden, told = read_ignores(folder)
        ignores += hidden if draft.whole else ()
        yield from told
        if draft.plan:
            yield from check_plan(draft.plan, whole=draft.whole)


def _of_metrics(metrics: Mapping[Path, Path | None], plan: Path | None) -> Iterator[Finding]:
    """What is told of files of metrics, each held against the plan beside it, else the one that is asked for."""
    if metrics:
        from czurban.cli.metrics_faults import metrics_faults  # noqa: PLC0415 - loads the parser of expressions

        for path, folder in metrics.items():
            yield from metrics_faults(path, folder or plan_folder(plan))


def _of_submissions(
    sent: FoundFiles, plan: Path | None, period: str | None, limits: Limits
) -> tuple[Sequence[Submission], Sequence[Finding]]:
    """What reading tells, and what judging tells of all of them together."""
    if not sent.files:
        return (), sent.findings
    loaded = open_plan(plan)
    submissions, findings = read_all(sent.files, loaded, limits)
    judged = assess_all(loaded, submissions, choose_period(period, loaded))
    return submissions, (*sent.findings, *findings, *judged.findings)


def _sorted(things: Sequence[Path]) -> tuple[list[Path], dict[Path, Path | None], FoundFiles]:
    """Plan folders, files of metrics with the plan they lie beside, and submissions, each once.

    A YAML file of a plan stands for the plan in its folder; metrics that lie beside a plan are read with it.
    """
    folders: dict[Path, None] = {}
    metrics: dict[Path, Path | None] = {}
    sent: list[Path] = []
    for thing in things:
        if thing.is_dir() and _holds_plan(thing):
            folders[thing] = None
        elif thing.is_dir():
            sent.append(thing)
        elif thing in plan_files(thing.parent):
            folders[thing.parent] = None
        elif thing.suffix.lower() not in (".yaml", ".yml"):
            sent.append(thing)
        elif not thing.exists():
            raise UnreadableError(say("There is no file {path}.", path=str(thing)), say("Check the name."))
        elif thing.name not in PLAN_FILES and is_metrics(thing):
            metrics[thing] = thing.parent if (thing.parent / TARGETS).is_file() else None
        else:
            folders[thing.parent] = None
    beside = {folder / METRICS: folder for folder in folders if (folder / METRICS).is_file()}
    return list(folders), {**metrics, **beside}, find_sent(sent)


def _holds_plan(folder: Path) -> bool:
    """Whether a folder is meant as a plan: it has a plan's files, or no table that could be a submission."""
    if any((folder / name).exists() for name in PLAN_FILES):
        return True
    try:
        return not find_files([folder]).files
    except UnreadableError:
        return True
