"""`czurban check`: figures against the plan's targets."""

from typing import Annotated

import typer

from czurban.checking.finding_filter import filter_findings
from czurban.cli.assessing import assess_all
from czurban.cli.destination import destination
from czurban.cli.exits import FailOn, FailOption, exit_code, read_fail_on
from czurban.cli.large_asked import RunOptions
from czurban.cli.large_check import each_region_checked, provable, read_through_an_engine, write_failing
from czurban.cli.large_options import (
    MEMORY,
    EachRegionOption,
    EngineOption,
    FailuresOption,
    MemoryOption,
    is_ordinary,
)
from czurban.cli.options import (
    ByOption,
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
    RegionOption,
    VerboseOption,
    limits_of,
)
from czurban.cli.scope import chosen_verdicts, scope_of
from czurban.cli.screen import print_error, show
from czurban.cli.sent import find_sent
from czurban.cli.session import choose_period, open_plan, print_rows, read_all
from czurban.cli.sieving import IgnoreOption, StrictOption, finding_filter, most_of_a_kind, print_left_out
from czurban.cli.speech import speaker
from czurban.errors import UsageError
from czurban.model.assessment import Assessment
from czurban.model.finding import in_order, mark, say
from czurban.reading.sources.opening import LIMITS
from czurban.reporting.documents.check import check_report
from czurban.reporting.findings_text import findings_text
from czurban.reporting.formats.registry import CHECK_FORMATS

CategoryOption = Annotated[str | None, typer.Option("--category", metavar="NAME", help=mark("Only this category's."))]
OnlyOption = Annotated[
    list[str] | None,
    typer.Option(
        "--only",
        metavar="VERDICT",
        help=mark("List only: met, missed, unreported, unreadable, not-due. May be given again."),
    ),
]


def check(
    actuals: FilesArgument = None,
    plan: PlanOption = None,
    period: PeriodOption = None,
    dept: DeptOption = None,
    category: CategoryOption = None,
    region: RegionOption = None,
    by: ByOption = None,
    only: OnlyOption = None,
    fail_on: FailOption = FailOn.MISSED.value,
    form: CheckFormatOption = None,
    output: OutputOption = None,
    ignore: IgnoreOption = None,
    strict: StrictOption = None,
    max_findings: MaxOption = None,
    max_rows: MaxRowsOption = None,
    max_columns: MaxColumnsOption = LIMITS.columns,
    max_cell: MaxCellOption = LIMITS.cell,
    max_size: MaxSizeOption = None,
    each_region: EachRegionOption = False,
    engine: EngineOption = "auto",
    memory: MemoryOption = MEMORY,
    failures: FailuresOption = None,
    verbose: VerboseOption = False,
    lang: LangOption = None,  # noqa: ARG001 - speech.listen has taken it from the arguments already
) -> None:
    """Hold reported figures against the targets."""
    one_by_one = region is not None or by is not None  # which take rows of other regions too
    sent = find_sent(actuals, elsewhere=not one_by_one)
    where = destination(form, output, CHECK_FORMATS)
    fails = read_fail_on(fail_on)
    verdicts = chosen_verdicts(only or [])
    sieve, most = finding_filter((), ignore, strict), most_of_a_kind(max_findings)
    if not actuals:
        raise UsageError(
            say("No file of figures is given."), say("Write `czurban check FILE`, or - for standard input.")
        )
    if failures is not None:
        from czurban.cli.failures_path import check_failures  # noqa: PLC0415 - only where it is asked for

        check_failures(failures, engine, where.path, each_region=each_region)
    loaded = open_plan(plan)
    judged = choose_period(period, loaded)
    scope = scope_of(loaded, dept, category)
    limits = limits_of(max_rows, max_columns, max_cell, max_size)
    ordinary = one_by_one or (engine == "auto" and all(map(is_ordinary, sent.files)))
    if each_region:
        wanted = RunOptions(loaded, judged, limits, engine, memory, most, failures, alone=not one_by_one)
        raise typer.Exit(each_region_checked(sent, wanted, sieve, fails, where))
    submissions, read_findings, more = (
        (*read_all(sent.files, loaded, limits), {})
        if ordinary
        else read_through_an_engine(sent.files, RunOptions(loaded, judged, limits, engine, memory, most))
    )
    regional = None
    if one_by_one:
        from czurban.cli import regional_lines  # noqa: PLC0415 - few checks are of regions

        regional = regional_lines.judge_regions(loaded, submissions, judged, region, by)
    assessed = regional.whole if regional else assess_all(loaded, submissions, judged)
    write_failing(assessed.results, failures)
    sifted = filter_findings(in_order(provable([*sent.findings, *read_findings, *assessed.findings], more)), sieve)
    assessment = Assessment(assessed.plan, judged, assessed.results, sifted.kept, assessed.submissions, assessed.stages)
    document = check_report(assessment, speaker(), scope=scope, only=verdicts)
    if regional and regional.below:
        document = regional_lines.compose(regional, assessment, speaker(), scope=scope, only=verdicts)
    show(document, where)
    print_error(findings_text(assessment.findings, speaker(), most, more))
    print_left_out(sifted)
    if verbose:
        print_rows(submissions)
    results = [one for one in (regional.results if regional else assessment.results) if scope(one)]
    raise typer.Exit(exit_code(results, fails, failed=sifted.failed, submissions=submissions))
