"""`czurban check`: figures against the plan's targets."""

from typing import Annotated

import typer

from czurban.app.assessing import find_figures
from czurban.app.check import check as check_figures
from czurban.app.check import no_figures
from czurban.app.destination import destination
from czurban.app.options import MOST_CHARACTERS, MOST_COLUMNS, CheckOptions, limits_of
from czurban.app.plans import chosen_verdicts, open_plan
from czurban.app.settings import finding_filter, most_of_a_kind
from czurban.cli.console import finish, progress
from czurban.cli.exits import FailOn, FailOption, read_fail_on
from czurban.cli.options import (
    ByOption,
    CheckFormatOption,
    DeptOption,
    EachRegionOption,
    EngineOption,
    FailuresOption,
    FilesArgument,
    IgnoreOption,
    LangOption,
    MaxCellOption,
    MaxColumnsOption,
    MaxOption,
    MaxRowsOption,
    MaxSizeOption,
    MemoryOption,
    OutputOption,
    PeriodOption,
    PlanOption,
    RegionOption,
    StrictOption,
    VerboseOption,
)
from czurban.model.finding import mark
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
    max_columns: MaxColumnsOption = MOST_COLUMNS,
    max_cell: MaxCellOption = MOST_CHARACTERS,
    max_size: MaxSizeOption = None,
    each_region: EachRegionOption = False,
    engine: EngineOption = "auto",
    memory: MemoryOption = None,
    failures: FailuresOption = None,
    verbose: VerboseOption = False,
    lang: LangOption = None,  # noqa: ARG001 - taken from the arguments before
) -> None:
    """Check reported figures against the targets."""
    files = find_figures(actuals, elsewhere=region is None and by is None)
    where = destination(form, output, CHECK_FORMATS)
    fails = read_fail_on(fail_on)
    if not actuals:
        raise no_figures()
    most = most_of_a_kind(max_findings)
    options = CheckOptions(
        period=period,
        limits=limits_of(max_rows, max_columns, max_cell, max_size),
        filter=finding_filter((), ignore, strict=strict),
        most=most,
        progress=progress,
        dept=dept,
        category=category,
        only=chosen_verdicts(only or []),
        region=region,
        by=by,
        each_region=each_region,
        engine=engine,
        memory=memory,
        failures=failures,
        output=where.path,
    )
    finish(check_figures(open_plan(plan), files, options), where, fails, most=most, verbose=verbose)
