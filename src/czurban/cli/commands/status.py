"""`czurban status`: who has sent what, and what is still missing."""

from pathlib import Path
from typing import Annotated

import typer

from czurban.app.assessing import find_figures
from czurban.app.collection import Letters, StatusOptions, letters_folder
from czurban.app.collection import status as collection_status
from czurban.app.destination import destination
from czurban.app.options import MOST_CHARACTERS, MOST_COLUMNS, limits_of
from czurban.app.plans import open_plan
from czurban.app.settings import finding_filter, most_of_a_kind
from czurban.cli.console import conclude, deliver, progress, translator
from czurban.cli.exits import FailOn, FailOption, read_fail_on
from czurban.cli.options import (
    ForceOption,
    FormatOption,
    LangOption,
    MaxCellOption,
    MaxColumnsOption,
    MaxOption,
    MaxRowsOption,
    MaxSizeOption,
    OutputOption,
    PeriodOption,
    PlanOption,
)
from czurban.errors import UsageError
from czurban.model.finding import mark, say

SheetsArgument = Annotated[
    list[Path] | None,
    typer.Argument(metavar="SHEETS...", help=mark("Forms that came back: folders, files or patterns.")),
]
SinceOption = Annotated[
    Path | None,
    typer.Option("--since", metavar="FOLDER", help=mark("An earlier copy of the folder: list what has changed.")),
]
RemindersOption = Annotated[
    str | None,
    typer.Option(
        "--reminders",
        metavar="FOLDER",
        help=mark("Write a letter to each department that owes something."),
    ),
]
ByOption = Annotated[
    str, typer.Option("--by", metavar="TEXT", help=mark("Until when the letters ask for it, such as 1月15日."))
]


def status(
    sheets: SheetsArgument = None,
    since: SinceOption = None,
    reminders: RemindersOption = None,
    by: ByOption = "",
    force: ForceOption = False,
    plan: PlanOption = None,
    period: PeriodOption = None,
    fail_on: FailOption = FailOn.ERROR.value,
    form: FormatOption = None,
    output: OutputOption = None,
    max_findings: MaxOption = None,
    max_rows: MaxRowsOption = None,
    max_columns: MaxColumnsOption = MOST_COLUMNS,
    max_cell: MaxCellOption = MOST_CHARACTERS,
    max_size: MaxSizeOption = None,
    lang: LangOption = None,  # noqa: ARG001 - taken from the arguments before
) -> None:
    """Show who has reported what, and what is still missing."""
    fails = read_fail_on(fail_on)
    if not sheets:
        message = say("No folder of forms is named.")
        raise UsageError(message, say("Write `czurban status FOLDER`, with the forms that came back in it."))
    files = find_figures(sheets)
    earlier = find_figures([since]) if since else None
    where = destination(form, output)
    folder = letters_folder(reminders, [*sheets, *([since] if since else [])], force=force)
    most = most_of_a_kind(max_findings)
    options = StatusOptions(
        period=period,
        limits=limits_of(max_rows, max_columns, max_cell, max_size),
        filter=finding_filter(()),
        most=most,
        progress=progress,
        since=earlier,
    )
    outcome = collection_status(open_plan(plan), files, options)
    letters = Letters(folder, outcome.value, force=force) if folder else None
    written = deliver(outcome.compose(translator()), where)
    if letters:
        written += letters.write(translator(), by)
    conclude(outcome, written, fails, most=most)
