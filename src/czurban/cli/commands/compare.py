"""`czurban compare`: what changed between two collections of figures, or two versions of a plan, and why."""

from pathlib import Path
from typing import Annotated

import typer

from czurban.app.destination import destination
from czurban.app.options import MOST_CHARACTERS, MOST_COLUMNS, limits_of
from czurban.app.over_time.compare import CompareOptions
from czurban.app.over_time.compare import compare as find_changes
from czurban.app.settings import finding_filter, most_of_a_kind
from czurban.cli.console import finish, progress
from czurban.cli.exits import FailOn, FailOption, read_fail_on
from czurban.cli.options import (
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

BeforeArgument = Annotated[
    str, typer.Argument(metavar="BEFORE", help=mark("The earlier collection (a file or folder), or plan (a folder)."))
]
AfterArgument = Annotated[
    str, typer.Argument(metavar="AFTER", help=mark("The later collection (a file or folder), or plan (a folder)."))
]
PlanBeforeOption = Annotated[
    Path | None,
    typer.Option("--plan-before", metavar="FOLDER", help=mark("The plan that judges BEFORE (else that of AFTER).")),
]
FiguresOption = Annotated[
    list[str] | None,
    typer.Option("--figures", metavar="FILES", help=mark("Figures that both plans judge. May be given again.")),
]


def compare(
    before: BeforeArgument,
    after: AfterArgument,
    plan: PlanOption = None,
    plan_before: PlanBeforeOption = None,
    figures: FiguresOption = None,
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
    """List what changed between two collections of figures, or two versions of a plan."""
    fails = read_fail_on(fail_on)
    where = destination(form, output, REPORT_FORMATS)
    most = most_of_a_kind(max_findings)
    options = CompareOptions(
        period=period,
        limits=limits_of(max_rows, max_columns, max_cell, max_size),
        filter=finding_filter(()),
        most=most,
        progress=progress,
        plan=plan,
        plan_before=plan_before,
        figures=tuple(figures or ()),
    )
    finish(find_changes(before, after, options), where, fails, most=most)
