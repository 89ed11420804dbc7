"""`czurban validate`: the faults of a plan's files, and of submissions."""

from pathlib import Path
from typing import Annotated

from czurban.app.destination import destination
from czurban.app.options import MOST_CHARACTERS, MOST_COLUMNS, limits_of
from czurban.app.settings import finding_filter, most_of_a_kind, plan_folder
from czurban.cli.console import finish, progress
from czurban.cli.exits import FailOn
from czurban.cli.options import (
    CheckFormatOption,
    IgnoreOption,
    MaxCellOption,
    MaxColumnsOption,
    MaxOption,
    MaxRowsOption,
    MaxSizeOption,
    OutputOption,
    PeriodOption,
    PlanOption,
    StrictOption,
    VerboseOption,
    argument,
    option,
)
from czurban.model.finding import mark
from czurban.reporting.formats.registry import CHECK_FORMATS

ThingsArgument = Annotated[
    list[Path] | None,
    argument("FOLDER|FILE...", mark("Plan folders, files of a plan, and submissions: files, folders or patterns.")),
]
SelectOption = Annotated[
    list[str] | None,
    option("--select CODES", mark("Report only findings of these codes, such as P2,S218. May be given again.")),
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
) -> None:
    """Read a plan's files, or submissions, and report every fault with its place."""
    from czurban.app import validate as use_case  # noqa: PLC0415 - help and completion read no plan

    most = most_of_a_kind(max_findings)
    options = use_case.ValidateOptions(
        period=period,
        limits=limits_of(max_rows, max_columns, max_cell, max_size),
        filter=finding_filter(select, ignore, strict=strict),
        most=most,
        progress=progress,
        plan=plan,
    )
    files = use_case.find_validated(things or [plan_folder(plan)])
    where = destination(form, output, CHECK_FORMATS)
    finish(use_case.validate(files, options), where, FailOn.ERROR, most=most, verbose=verbose)
