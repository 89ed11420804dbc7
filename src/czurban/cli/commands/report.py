"""`czurban report` and `czurban site`: a report on all or on one part, a page for each department, or a whole site."""

from typing import Annotated

from czurban.app.destination import folder_destination
from czurban.app.settings import open_plan
from czurban.cli.console import conclude, finish, progress, translator
from czurban.cli.options import (
    FigureRun,
    ForceOption,
    VerboseOption,
    complete_categories,
    complete_departments,
    complete_tasks,
    option,
    takes_figures,
)
from czurban.errors import UsageError
from czurban.model.finding import mark, say
from czurban.reporting.formats.registry import REPORT_FORMATS

WhoseOption = Annotated[str | None, option("--dept NAME", mark("One department's page."), complete_departments)]
TaskOption = Annotated[str | None, option("--task N", mark("One task's page."), complete_tasks)]
OfOption = Annotated[
    str | None, option("--category NAME", mark("Only this category's indicators."), complete_categories)
]
AllOption = Annotated[
    bool, option("--all-depts", mark("A page for each department and an index, in the folder of --output."))
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
    from czurban.app import report as use_case  # noqa: PLC0415 - help and completion need none of it
    from czurban.app.assessing import find_figures  # noqa: PLC0415 - as above
    from czurban.app.pages.folder import write_pages  # noqa: PLC0415 - as above

    fails = run.fails
    if sum((dept is not None, task is not None, category is not None, all_depts)) > 1:
        message = say("--dept, --task, --category and --all-depts are each a report of its own.")
        raise UsageError(message, say("Choose one of them."))
    files = find_figures(run.actuals)
    where = folder_destination(run.form, run.output, REPORT_FORMATS) if all_depts else run.where()
    if force and not all_depts:
        raise UsageError(say("--force goes with --all-depts."), say("A file named with --output is replaced anyway."))
    options = run.options(use_case.ReportOptions, dept=dept, task=task, category=category)
    outcome = use_case.report(open_plan(run.plan), files, options)
    if all_depts:
        pages = write_pages(outcome.value, where, translator(), force=force, progress=progress)
        conclude(outcome, [pages], fails, most=run.most, verbose=verbose)
    finish(outcome, where, fails, most=run.most, verbose=verbose)


@takes_figures(form=None)
def site(run: FigureRun, force: ForceOption = False, verbose: VerboseOption = False) -> None:
    """Write a site with a page for each indicator and department, in Chinese and English."""
    from czurban.app.assessing import find_figures  # noqa: PLC0415 - as above
    from czurban.app.pages.site import SiteOptions, write_site  # noqa: PLC0415 - loads what writes pages

    folder = folder_destination("html", run.output, ("html",)).path
    assert folder is not None  # noqa: S101 - a folder is always named
    options = run.options(SiteOptions, folder=folder, language=translator().language, force=force)
    outcome = write_site(open_plan(run.plan), find_figures(run.actuals), options)
    conclude(outcome, (), run.fails, most=run.most, verbose=verbose)
