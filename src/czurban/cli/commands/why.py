"""`czurban why`: the whole tree of one indicator, from its verdict down to file and cell."""

from typing import Annotated

import typer

from czurban.app.assessing import find_figures
from czurban.app.destination import destination
from czurban.app.options import MOST_CHARACTERS, MOST_COLUMNS, limits_of
from czurban.app.plans import open_plan
from czurban.app.report import WhyOptions
from czurban.app.report import why as explain
from czurban.app.settings import finding_filter, most_of_a_kind
from czurban.cli.console import finish, progress
from czurban.cli.exits import FailOn, FailOption, read_fail_on
from czurban.cli.options import (
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
    complete_indicators,
)
from czurban.model.finding import mark
from czurban.reporting.formats.registry import REPORT_FORMATS

IndicatorArgument = Annotated[
    str,
    typer.Argument(
        metavar="INDICATOR",
        help=mark("The indicator: its number, its id or any of its names."),
        autocompletion=complete_indicators,
    ),
]


def why(
    indicator: IndicatorArgument,
    actuals: FilesArgument = None,
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
    """Show what an indicator's verdict rests on, down to file and cell."""
    fails = read_fail_on(fail_on)
    files = find_figures(actuals)
    where = destination(form, output, REPORT_FORMATS)
    most = most_of_a_kind(max_findings)
    options = WhyOptions(
        period=period,
        limits=limits_of(max_rows, max_columns, max_cell, max_size),
        filter=finding_filter(()),
        most=most,
        progress=progress,
        indicator=indicator,
    )
    finish(explain(open_plan(plan), files, options), where, fails, most=most)
