"""`czurban fix`: corrections of a plan's files that cannot be wrong, shown as a difference and written on request."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from czurban.app.settings import settings
from czurban.app.validate import find_corrections, write_corrections
from czurban.cli.console import print_error, print_findings, print_notices, put, translator
from czurban.cli.exits import COULD_NOT_RUN, FAILED, FINE
from czurban.cli.options import argument, option
from czurban.model.finding import has_errors, mark, say
from czurban.reporting.findings_text import corrections_text, difference

if TYPE_CHECKING:
    from czurban.app.validate import PlanFix

PlacesArgument = Annotated[list[Path] | None, argument("FOLDER|FILE...", mark("Plan folders, and files of a plan."))]
WriteOption = Annotated[
    bool, option("--write -w", mark("Write the corrections after showing them; else they are only shown."))
]


def fix(places: PlacesArgument = None, write: WriteOption = False) -> None:
    """Correct what cannot be wrong in a plan's files: the difference is shown first, and nothing is ever asked."""
    settings()  # wrong settings are reported, though only their language concerns this command
    plans = find_corrections(places)
    for corrected in plans:
        _show(corrected)
    changed = [file for corrected in plans for file in corrected.files if file.changed and not corrected.refusal]
    if write:
        print_notices(write_corrections(changed))
    elif changed:
        print_notices([say("Nothing is written yet; --write writes it.")])
    if not any(corrected.files for corrected in plans):
        raise typer.Exit(COULD_NOT_RUN)
    if not changed and not any(corrected.refusal for corrected in plans):
        print_notices([say("There is nothing to correct.")])
    wrong = any(corrected.refusal or has_errors(corrected.findings) for corrected in plans)
    raise typer.Exit(FAILED if wrong or (changed and not write) else FINE)


def _show(corrected: "PlanFix") -> None:
    """Print the differences to stdout, and what they are about to stderr."""
    for file in corrected.files:
        if file.changed:
            put(difference(str(file.path), file.old, file.new).encode())
    for file in corrected.files:
        print_error(corrections_text((*file.corrections, *file.left), translator()))
    print_findings(corrected.findings)
    if corrected.refusal:
        print_notices([say("Nothing of this is written, because it may be wrong: {why}", why=corrected.refusal)])
