"""`czurban trend`: how an indicator developed over several periods, and where it leads by several methods."""

from typing import Annotated

import typer

from czurban.app.assessing import find_figures
from czurban.app.destination import destination
from czurban.app.options import MOST_CHARACTERS, MOST_COLUMNS, limits_of
from czurban.app.over_time.trend import TrendOptions, chosen_methods
from czurban.app.over_time.trend import trend as describe
from czurban.app.plans import open_plan
from czurban.app.settings import finding_filter, most_of_a_kind
from czurban.cli.commands.why import IndicatorArgument
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
)
from czurban.model.finding import mark
from czurban.reporting.formats.registry import REPORT_FORMATS

MethodsOption = Annotated[
    str | None,
    typer.Option(
        "--methods",
        metavar="linear,hp,statcan,dns",
        help=mark("The methods that give their opinion, with commas (else all four)."),
    ),
]


def trend(
    indicator: IndicatorArgument,
    actuals: FilesArgument = None,
    methods: MethodsOption = None,
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
    """Show how an indicator developed, what its path asks for, and where it leads."""
    fails = read_fail_on(fail_on)
    files = find_figures(actuals)
    where = destination(form, output, REPORT_FORMATS)
    most = most_of_a_kind(max_findings)
    options = TrendOptions(
        period=period,
        limits=limits_of(max_rows, max_columns, max_cell, max_size),
        filter=finding_filter(()),
        most=most,
        progress=progress,
        indicator=indicator,
        methods=chosen_methods(methods),
    )
    finish(describe(open_plan(plan), files, options), where, fails, most=most)
