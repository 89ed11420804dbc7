"""`czurban validate`: the faults of a plan's files, and of submissions."""

from pathlib import Path
from typing import Annotated

import typer

from czurban.app.destination import destination
from czurban.app.options import MOST_CHARACTERS, MOST_COLUMNS, limits_of
from czurban.app.settings import finding_filter, most_of_a_kind, plan_folder
from czurban.cli.console import finish, progress
from czurban.cli.exits import FailOn
from czurban.cli.options import (
    CheckFormatOption,
    IgnoreOption,
    LangOption,
    MaxCellOption,
    MaxColumnsOption,
    MaxOption,
    MaxRowsOption,
    MaxSizeOption,
    OutputOption,
    PeriodOption,
    PlanOption,
    SelectOption,
    StrictOption,
    VerboseOption,
)
from czurban.model.finding import mark
from czurban.reporting.formats.registry import CHECK_FORMATS

ThingsArgument = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="FOLDER|FILE...",
        help=mark("Plan folders, files of a plan, and submissions: files, folders or patterns."),
    ),
]


def validate(
    things: ThingsArgument = None,
    plan: PlanOption = None,
    period: PeriodOption = None,
    form: CheckFormatOption = None,
    output: OutputOption = None,
    select: SelectOption = None,
    ignore: IgnoreOption = None,
    strict: StrictOption = None,
    max_findings: MaxOption = None,
    max_rows: MaxRowsOption = None,
    max_columns: MaxColumnsOption = MOST_COLUMNS,
    max_cell: MaxCellOption = MOST_CHARACTERS,
    max_size: MaxSizeOption = None,
    verbose: VerboseOption = False,
    lang: LangOption = None,  # noqa: ARG001 - taken from the arguments before
) -> None:
    """Read a plan's files, or submissions, and report every fault with its place."""
    from czurban.app.validate import ValidateOptions, find_validated  # noqa: PLC0415 - help and completion read no plan
    from czurban.app.validate import validate as validate_files  # noqa: PLC0415 - as above

    most = most_of_a_kind(max_findings)
    options = ValidateOptions(
        period=period,
        limits=limits_of(max_rows, max_columns, max_cell, max_size),
        filter=finding_filter(select, ignore, strict=strict),
        most=most,
        progress=progress,
        plan=plan,
    )
    files = find_validated(things or [plan_folder(plan)])
    where = destination(form, output, CHECK_FORMATS)
    finish(validate_files(files, options), where, FailOn.ERROR, most=most, verbose=verbose)
