"""`czurban status`: who has sent what, and what is still missing."""

from pathlib import Path
from typing import Annotated

from czurban.app.settings import moment, open_plan
from czurban.cli.console import conclude, deliver, translator
from czurban.cli.options import FigureRun, ForceOption, argument, option, takes_figures
from czurban.errors import UsageError
from czurban.model.finding import mark, say

SheetsArgument = Annotated[
    list[Path] | None, argument("SHEETS...", mark("Forms that came back: folders, files or patterns."))
]
SinceOption = Annotated[
    Path | None, option("--since FOLDER", mark("An earlier copy of the folder: list what has changed."))
]
AllOption = Annotated[bool, option("--all", mark("List what is missing and refused of each unit."))]
RemindersOption = Annotated[
    str | None, option("--reminders FOLDER", mark("Write a letter to each department that owes something."))
]
ByOption = Annotated[str, option("--by TEXT", mark("Until when the letters ask for it, such as 1月15日."))]


@takes_figures(files=False)
def status(
    run: FigureRun,
    sheets: SheetsArgument = None,
    since: SinceOption = None,
    every: AllOption = False,
    reminders: RemindersOption = None,
    by: ByOption = "",
    force: ForceOption = False,
) -> None:
    """Show who has reported what, and what is still missing."""
    from czurban.app.assessing import find_figures  # noqa: PLC0415 - help and completion read no figures
    from czurban.app.collection import Letters, StatusOptions, letter_head, letters_folder  # noqa: PLC0415 - as above
    from czurban.app.collection import status as collection_status  # noqa: PLC0415 - as above

    fails = run.fails
    if by and reminders is None:
        raise UsageError(say("--by goes with --reminders."), say("It is the date that the letters ask for."))
    if not sheets:
        message = say("No folder of forms is named.")
        raise UsageError(message, say("Write `czurban status FOLDER`, with the forms that came back in it."))
    files = find_figures(sheets)
    earlier = find_figures([since]) if since else None
    where = run.where()
    folder = letters_folder(reminders, [*sheets, *([since] if since else [])], force=force)
    loaded = open_plan(run.plan)
    outcome = collection_status(loaded, files, run.options(StatusOptions, since=earlier, every=every))
    letters = Letters(folder, outcome.value, force=force) if folder else None
    written = deliver(outcome.compose(translator()), where)
    if letters:
        written += letters.write(translator(), letter_head(loaded, translator(), by, moment().date()))
    conclude(outcome, written, fails, most=run.most)
