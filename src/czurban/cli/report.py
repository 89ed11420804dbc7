"""`czurban report`: the whole report, a department's page, a task's, a category's; or a page for each department."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from czurban.cli.complete import complete_departments
from czurban.cli.destination import destination, folder_destination
from czurban.cli.exits import FailOn, FailOption, read_fail_on
from czurban.cli.judged import judged
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
    limits_of,
)
from czurban.cli.origin import origin_of
from czurban.cli.report_folder import write_pages
from czurban.cli.scope import scope_of
from czurban.cli.screen import show
from czurban.cli.sent import find_sent
from czurban.cli.session import find_department, open_plan, print_rows
from czurban.cli.speech import speaker
from czurban.errors import UnknownThingError, UsageError
from czurban.model.assessment import Assessment, Result
from czurban.model.finding import mark, say
from czurban.model.plan import Plan
from czurban.model.task import Task
from czurban.reading.sources.opening import LIMITS
from czurban.reporting.document import Document
from czurban.reporting.documents.departments import department_report, task_report
from czurban.reporting.documents.whole import whole_report
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
    max_columns: MaxColumnsOption = LIMITS.columns,
    max_cell: MaxCellOption = LIMITS.cell,
    max_size: MaxSizeOption = None,
    verbose: VerboseOption = False,
    lang: LangOption = None,  # noqa: ARG001 - speech.listen has taken it from the arguments already
) -> None:
    """Report on all of the plan, or on one department, task or category."""
    fails = read_fail_on(fail_on)
    _one_of(dept is not None, task is not None, category is not None, all_depts)
    sent = find_sent(actuals)
    where = (folder_destination if all_depts else destination)(form, output, REPORT_FORMATS)
    if force and not all_depts:
        raise UsageError(say("--force goes with --all-depts."), say("A file named with --output is replaced anyway."))
    loaded = open_plan(plan)
    limits = limits_of(max_rows, max_columns, max_cell, max_size)
    found = judged(loaded, sent, period, max_findings, limits)
    assessment = found.assessment
    if all_depts:
        write_pages(assessment, where, force=force)
    else:
        show(_document(assessment, sent.files, dept, task, category), where)
    if verbose:
        print_rows(assessment.submissions)
    raise typer.Exit(found.exit_code(_results(assessment, dept, task, category), fails))


def _one_of(*chosen: bool) -> None:
    if sum(chosen) > 1:
        raise UsageError(
            say("--dept, --task, --category and --all-depts are each a report of its own."), say("Choose one of them.")
        )


def _document(
    assessment: Assessment, files: Sequence[str], dept: str | None, task: int | None, category: str | None
) -> Document:
    plan, speak = assessment.plan, speaker()
    if dept is not None:
        return department_report(assessment, find_department(plan, dept), speak)
    if task is not None:
        return task_report(assessment, _task(plan, task), speak)
    origin = origin_of(assessment.plan, [Path(name) for name in files if name != "-"])
    return whole_report(assessment, origin, speak, scope=scope_of(plan, None, category))


def _results(assessment: Assessment, dept: str | None, task: int | None, category: str | None) -> list[Result]:
    """Return the results that the report shows."""
    if task is not None:
        carried = _task(assessment.plan, task).quantities
        return [one for one in assessment.results if one.indicator.id in carried]
    return list(filter(scope_of(assessment.plan, dept, category), assessment.results))


def _task(plan: Plan, number: int) -> Task:
    if found := plan.task(number):
        return found
    message = say("The plan has no task {no}.", no=number)
    raise UnknownThingError(message, say("`czurban list tasks` shows every task."))
