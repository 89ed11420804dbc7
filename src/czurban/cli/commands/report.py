"""`czurban report`: the whole report, a department's page, a task's, a category's; or a page for each department."""

from typing import Annotated

import typer

from czurban.app.assessing import find_figures
from czurban.app.destination import destination, folder_destination
from czurban.app.folder import write_pages
from czurban.app.options import MOST_CHARACTERS, MOST_COLUMNS, limits_of
from czurban.app.plans import open_plan
from czurban.app.report import ReportOptions
from czurban.app.report import report as compose_report
from czurban.app.settings import finding_filter, most_of_a_kind
from czurban.cli.console import conclude, finish, progress, translator
from czurban.cli.exits import FailOn, FailOption, read_fail_on
from czurban.cli.options import (
    FilesArgument,
    ForceOption,
    LangOption,
    MaxCellOption,
    MaxColumnsOption,
    MaxOption,
    MaxRowsOption,
    MaxSizeOption,
    OutputOption,
    PeriodOption,
    PlanOption,
    ReportFormatOption,
    VerboseOption,
    complete_departments,
)
from czurban.errors import UsageError
from czurban.model.finding import mark, say
from czurban.reporting.formats.registry import REPORT_FORMATS

WhoseOption = Annotated[
    str | None,
    typer.Option("--dept", metavar="NAME", help=mark("One department's page."), autocompletion=complete_departments),
]
TaskOption = Annotated[int | None, typer.Option("--task", metavar="N", help=mark("One task's page."))]
OfOption = Annotated[
    str | None, typer.Option("--category", metavar="NAME", help=mark("Only this category's indicators."))
]
AllOption = Annotated[
    bool, typer.Option("--all-depts", help=mark("A page for each department and an index, in the folder of --output."))
]


def report(
    actuals: FilesArgument = None,
    dept: WhoseOption = None,
    task: TaskOption = None,
    category: OfOption = None,
    all_depts: AllOption = False,
    force: ForceOption = False,
    plan: PlanOption = None,
    period: PeriodOption = None,
    fail_on: FailOption = FailOn.ERROR.value,
    form: ReportFormatOption = None,
    output: OutputOption = None,
    max_findings: MaxOption = None,
    max_rows: MaxRowsOption = None,
    max_columns: MaxColumnsOption = MOST_COLUMNS,
    max_cell: MaxCellOption = MOST_CHARACTERS,
    max_size: MaxSizeOption = None,
    verbose: VerboseOption = False,
    lang: LangOption = None,  # noqa: ARG001 - taken from the arguments before
) -> None:
    """Report on all of the plan, or on one department, task or category."""
    fails = read_fail_on(fail_on)
    if sum((dept is not None, task is not None, category is not None, all_depts)) > 1:
        message = say("--dept, --task, --category and --all-depts are each a report of its own.")
        raise UsageError(message, say("Choose one of them."))
    files = find_figures(actuals)
    where = (folder_destination if all_depts else destination)(form, output, REPORT_FORMATS)
    if force and not all_depts:
        raise UsageError(say("--force goes with --all-depts."), say("A file named with --output is replaced anyway."))
    most = most_of_a_kind(max_findings)
    options = ReportOptions(
        period=period,
        limits=limits_of(max_rows, max_columns, max_cell, max_size),
        filter=finding_filter(()),
        most=most,
        progress=progress,
        dept=dept,
        task=task,
        category=category,
    )
    outcome = compose_report(open_plan(plan), files, options)
    if all_depts:
        pages = write_pages(outcome.value, where, translator(), force=force, progress=progress)
        conclude(outcome, [pages], fails, most=most, verbose=verbose)
    finish(outcome, where, fails, most=most, verbose=verbose)
