"""`czurban fix`: corrections of a plan's files that cannot be wrong, shown as a difference and written on request."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from czurban.cli.exits import COULD_NOT_RUN, FAILED, FINE
from czurban.cli.options import LangOption
from czurban.cli.plan_place import CHECKOUT, PACKAGED, plan_folder
from czurban.cli.screen import print_error, put
from czurban.cli.settings import settings
from czurban.cli.speech import speaker
from czurban.errors import OutputError, UnreadableError, UsageError
from czurban.files.writing import write_file
from czurban.model.finding import has_errors, mark, say
from czurban.model.text import clean_line
from czurban.reading.autofix.fix import FixedFile, PlanFix, fix_plan
from czurban.reading.sources.opening import PLAN_FILES, read_regular
from czurban.reporting.findings_text import corrections_text, difference, findings_text

PlacesArgument = Annotated[
    list[Path] | None, typer.Argument(metavar="FOLDER|FILE...", help=mark("Plan folders, and files of a plan."))
]
WriteOption = Annotated[
    bool,
    typer.Option("--write", "-w", help=mark("Write the corrections after showing them; else they are only shown.")),
]


def fix(
    places: PlacesArgument = None,
    write: WriteOption = False,
    lang: LangOption = None,  # noqa: ARG001 - speech.listen has taken it from the arguments already
) -> None:
    """Correct what cannot be wrong in a plan's files: the difference is shown first, and nothing is ever asked."""
    settings()  # a wrong one is told, though only its language matters here
    mendings = [fix_plan(folder, names) for folder, names in _folders(places or [_own_plan()]).items()]
    for mending in mendings:
        _tell(mending)
    changed = [one for mending in mendings for one in mending.files if one.changed and not mending.refusal]
    if write:
        _write(changed)
    elif changed:
        print_error(speaker()(say("Nothing is written yet; --write writes it.")) + "\n")
    if not any(mending.files for mending in mendings):
        raise typer.Exit(COULD_NOT_RUN)
    wrong = any(mending.refusal or has_errors(mending.findings) for mending in mendings)
    raise typer.Exit(FAILED if wrong or (changed and not write) else FINE)


def _own_plan() -> Path:
    folder = plan_folder(None)
    if folder in (PACKAGED, CHECKOUT):
        hint = say("Write `czurban fix FOLDER`.")
        raise UsageError(say("The plan that comes with the program is not corrected in its place."), hint)
    return folder


def _folders(places: Iterable[Path]) -> dict[Path, set[str]]:
    """Which files of which folders are meant; none named are all of them."""
    found: dict[Path, set[str]] = {}
    for place in places:
        if place.is_dir():
            found[place] = set()
        elif not place.exists():
            raise UnreadableError(say("There is no file {path}.", path=str(place)), say("Check the name."))
        elif place.name not in PLAN_FILES:
            hint = say("Its files are called: {names}.", names=", ".join(PLAN_FILES))
            raise UsageError(say("{path} is not a file of a plan.", path=str(place)), hint)
        elif found.setdefault(place.parent, {place.name}):
            found[place.parent].add(place.name)
    return found


def _tell(mending: PlanFix) -> None:
    """Show the difference on stdout, and what it is about on stderr."""
    for one in mending.files:
        if one.changed:
            put(difference(str(one.path), one.old, one.new).encode())
    for one in mending.files:
        print_error(corrections_text((*one.corrections, *one.left), speaker()))
    print_error(findings_text(mending.findings, speaker()))
    if mending.refusal:
        sentence = say("Nothing of this is written, for it would not be sure: {why}", why=mending.refusal)
        print_error(speaker()(sentence) + "\n")


def _write(files: Iterable[FixedFile]) -> None:
    for one in files:
        path = one.path.resolve()  # a link stays a link
        if read_regular(path) != one.data:
            message = say("{path} has changed in the meantime.", path=str(one.path))
            raise OutputError(message, say("Call `czurban fix` again."))
        write_file(path, one.corrected, replaces_input=True)
        print_error(clean_line(speaker()(say("Written: {path}", path=str(one.path)))) + "\n")
