"""`czurban check`: figures against the plan's targets."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from czurban.checking.assess import assess
from czurban.checking.sift import sift
from czurban.cli.exits import COULD_NOT_RUN, FailOn, exit_code
from czurban.cli.large_options import (
    MEMORY,
    EachRegionOption,
    EngineOption,
    FailuresOption,
    MemoryOption,
    is_ordinary,
)
from czurban.cli.options import (
    MAX_SIZE,
    CheckFormatOption,
    DeptOption,
    FilesArgument,
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
from czurban.cli.scope import chosen_verdicts, scope_of
from czurban.cli.screen import show, spare_inputs, tell
from czurban.cli.session import choose_format, choose_period, open_plan, read_all, tell_rows
from czurban.cli.sieving import IgnoreOption, StrictOption, most_of_a_kind, sieve_of, tell_sifted
from czurban.cli.speech import speaker
from czurban.errors import UsageError
from czurban.model.assessment import Assessment
from czurban.model.finding import in_order
from czurban.model.message import mark, say
from czurban.reading.limits import LIMITS
from czurban.reporting.check_report import check_report
from czurban.reporting.findings_text import findings_text

CategoryOption = Annotated[str | None, typer.Option("--category", metavar="NAME", help=mark("Only this category's."))]
OnlyOption = Annotated[
    list[str] | None,
    typer.Option(
        "--only",
        metavar="VERDICT",
        help=mark("List only: met, missed, unreported, unreadable, not-due. May be given again."),
    ),
]
FailOption = Annotated[
    str, typer.Option("--fail-on", metavar="never|error|missed|unreported", help=mark("What makes the exit code 1."))
]


def check(
    actuals: FilesArgument = None,
    plan: PlanOption = None,
    period: PeriodOption = None,
    dept: DeptOption = None,
    category: CategoryOption = None,
    only: OnlyOption = None,
    fail_on: FailOption = FailOn.MISSED.value,
    form: CheckFormatOption = None,
    output: OutputOption = None,
    ignore: IgnoreOption = None,
    strict: StrictOption = None,
    max_findings: MaxOption = None,
    max_rows: MaxRowsOption = LIMITS.rows,
    max_columns: MaxColumnsOption = LIMITS.columns,
    max_cell: MaxCellOption = LIMITS.cell,
    max_size: MaxSizeOption = MAX_SIZE,
    each_region: EachRegionOption = False,
    engine: EngineOption = "auto",
    memory: MemoryOption = MEMORY,
    failures: FailuresOption = None,
    verbose: VerboseOption = False,
    lang: LangOption = None,  # noqa: ARG001 - speech.listen has taken it from the arguments already
) -> None:
    """Hold reported figures against the targets."""
    target = _path(output)
    spelled = choose_format(form, target)
    fails = _fail_on(fail_on)
    verdicts = chosen_verdicts(only or [])
    sieve, most = sieve_of((), ignore, strict), most_of_a_kind(max_findings)
    if not actuals:
        raise UsageError(
            say("No file of figures is given."), say("Write `czurban check FILE`, or - for standard input.")
        )
    spare_inputs(output, actuals)
    loaded = open_plan(plan)
    judged = choose_period(period, loaded)
    limits = limits_of(max_rows, max_columns, max_cell, max_size)
    more: Mapping[str, int] = {}
    if each_region or engine != "auto" or not all(map(is_ordinary, actuals)):
        from czurban.cli.large_run import Run, check_engine  # noqa: PLC0415 - few runs are large

        run = Run(loaded, judged, limits, check_engine(engine), memory, most, failures)
        if each_region:
            from czurban.cli.large import check_each_region  # noqa: PLC0415 - as above

            raise typer.Exit(check_each_region(actuals, run, sieve, fails, (spelled, target)))
        from czurban.cli.large_city import read_large  # noqa: PLC0415 - as above

        submissions, read_findings, more = read_large(actuals, run)
    else:
        submissions, read_findings = read_all(actuals, loaded, limits)
    scope = scope_of(loaded, dept, category)
    assessed = assess(loaded, submissions, period=judged)
    told = [*read_findings, *assessed.findings]
    if more:  # a total whose parts were not all read proves nothing
        told = [one for one in told if one.code != "S224"]
    if failures:
        from czurban.cli.failures import write_results  # noqa: PLC0415 - only where it is asked for

        write_results(assessed.results, failures)
    sifted = sift(in_order(told), sieve)
    assessment = Assessment(loaded, judged, assessed.results, sifted.kept, assessed.submissions, assessed.stages)
    show(check_report(assessment, speaker(), scope=scope, only=verdicts), spelled, target)
    tell(findings_text(assessment.findings, speaker(), most, more))
    tell_sifted(sifted)
    if verbose:
        tell_rows(submissions)
    if all(not one.observations and not one.stages for one in submissions):
        raise typer.Exit(COULD_NOT_RUN)
    raise typer.Exit(exit_code((r for r in assessment.results if scope(r)), fails, failed=sifted.failed))


def _path(output: Path | None) -> Path | None:
    return None if output is None or str(output) == "-" else output


def _fail_on(text: str) -> FailOn:
    try:
        return FailOn(text)
    except ValueError as error:
        names = ", ".join(FailOn)
        raise UsageError(
            say("--fail-on has no “{text}”.", text=text), say("Choose from: {names}.", names=names)
        ) from error
