"""`czurban pace`: how each target stands against the time that has passed."""

from czurban.app.assessing import find_figures
from czurban.app.destination import destination
from czurban.app.ledger import LedgerOptions
from czurban.app.options import MOST_CHARACTERS, MOST_COLUMNS, limits_of
from czurban.app.pace import pace as take_pace
from czurban.app.plans import open_plan
from czurban.app.settings import finding_filter, most_of_a_kind
from czurban.cli.commands.ledger import OfOption
from czurban.cli.console import finish, progress
from czurban.cli.exits import FailOn, FailOption, read_fail_on
from czurban.cli.options import (
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
    ReportFormatOption,
)
from czurban.reporting.formats.registry import REPORT_FORMATS


def pace(
    actuals: FilesArgument = None,
    dept: DeptOption = None,
    category: OfOption = None,
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
    lang: LangOption = None,  # noqa: ARG001 - taken from the arguments before
) -> None:
    """Show how each target stands against the time that has passed, worst first."""
    fails = read_fail_on(fail_on)
    files = find_figures(actuals)
    where = destination(form, output, REPORT_FORMATS)
    most = most_of_a_kind(max_findings)
    options = LedgerOptions(
        period=period,
        limits=limits_of(max_rows, max_columns, max_cell, max_size),
        filter=finding_filter(()),
        most=most,
        progress=progress,
        dept=dept,
        category=category,
    )
    finish(take_pace(open_plan(plan), files, options), where, fails, most=most)
