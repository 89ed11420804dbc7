"""`czurban report`: the whole report, a department's page, a task's, a category's; or a page for each department."""

from typing import Annotated

import typer

from czurban.app.destination import folder_destination
from czurban.cli.console import conclude, finish, progress, translator
from czurban.cli.figures import FigureRun, takes_figures
from czurban.cli.options import ForceOption, VerboseOption, complete_categories, complete_departments, complete_tasks
from czurban.errors import UsageError
from czurban.model.finding import mark, say
from czurban.reporting.formats.registry import REPORT_FORMATS

WhoseOption = Annotated[
    str | None,
    typer.Option("--dept", metavar="NAME", help=mark("One department's page."), autocompletion=complete_departments),
]
TaskOption = Annotated[
    str | None, typer.Option("--task", metavar="N", help=mark("One task's page."), autocompletion=complete_tasks)
]
OfOption = Annotated[
    str | None,
    typer.Option(
        "--category", metavar="NAME", help=mark("Only this category's indicators."), autocompletion=complete_categories
    ),
]
AllOption = Annotated[
    bool, typer.Option("--all-depts", help=mark("A page for each department and an index, in the folder of --output."))
]


@takes_figures()
def report(
    run: FigureRun,
    dept: WhoseOption = None,
    task: TaskOption = None,
    category: OfOption = None,
    all_depts: AllOption = False,
    force: ForceOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Report on all of the plan, or on one department, task or category."""
    from czurban.app.assessing import find_figures  # noqa: PLC0415 - help and completion need none of it
    from czurban.app.pages.folder import write_pages  # noqa: PLC0415 - as above
    from czurban.app.plans import open_plan  # noqa: PLC0415 - as above
    from czurban.app.report import ReportOptions  # noqa: PLC0415 - as above
    from czurban.app.report import report as compose_report  # noqa: PLC0415 - as above

    fails = run.fails
    if sum((dept is not None, task is not None, category is not None, all_depts)) > 1:
        message = say("--dept, --task, --category and --all-depts are each a report of its own.")
        raise UsageError(message, say("Choose one of them."))
    files = find_figures(run.actuals)
    where = folder_destination(run.form, run.output, REPORT_FORMATS) if all_depts else run.where()
    if force and not all_depts:
        raise UsageError(say("--force goes with --all-depts."), say("A file named with --output is replaced anyway."))
    options = run.options(ReportOptions, dept=dept, task=task, category=category)
    outcome = compose_report(open_plan(run.plan), files, options)
    if all_depts:
        pages = write_pages(outcome.value, where, translator(), force=force, progress=progress)
        conclude(outcome, [pages], fails, most=run.most, verbose=verbose)
    finish(outcome, where, fails, most=run.most, verbose=verbose)
