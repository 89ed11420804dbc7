"""`czurban why`: the whole tree of one indicator, from its verdict down to file and cell."""

from typing import Annotated

import typer

from czurban.checking.derived import Tracer
from czurban.checking.plan_rules.registry import check_plan
from czurban.cli.assessing import derivations, printed_columns
from czurban.cli.complete import complete_indicators
from czurban.cli.destination import destination
from czurban.cli.exits import FailOn, FailOption, read_fail_on
from czurban.cli.judged import judged
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
    limits_of,
)
from czurban.cli.screen import show
from czurban.cli.sent import find_sent
from czurban.cli.session import find_indicator, open_plan
from czurban.cli.speech import speaker
from czurban.model.finding import mark
from czurban.reading.sources.opening import LIMITS
from czurban.reporting.documents.why import why_report
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
    max_columns: MaxColumnsOption = LIMITS.columns,
    max_cell: MaxCellOption = LIMITS.cell,
    max_size: MaxSizeOption = None,
    lang: LangOption = None,  # noqa: ARG001 - speech.listen has taken it from the arguments already
) -> None:
    """Show what an indicator's verdict rests on, down to file and cell."""
    fails = read_fail_on(fail_on)
    sent = find_sent(actuals)
    where = destination(form, output, REPORT_FORMATS)
    loaded = open_plan(plan)
    one = find_indicator(loaded, indicator)
    limits = limits_of(max_rows, max_columns, max_cell, max_size)
    found = judged(loaded, sent, period, max_findings, limits)
    assessment = found.assessment
    columns = tuple(printed_columns(loaded, speaker()).values())
    trace = Tracer(assessment, derivations(assessment), columns, check_plan(loaded)).trace(one)
    show(why_report(trace, assessment, speaker(), judged=bool(sent.files)), where)
    raise typer.Exit(found.exit_code((each for each in assessment.results if each.indicator.id == one.id), fails))
