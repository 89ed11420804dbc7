"""Correct the files of a plan where only one correction is possible."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from czurban.app.plans import CHECKOUT, PACKAGED, plan_folder
from czurban.errors import OutputError, UnreadableError, UsageError
from czurban.files.writing import write_file
from czurban.model.finding import Message, say
from czurban.reading.autofix.fix import FixedFile, PlanFix, fix_plan
from czurban.reading.sources.opening import PLAN_FILES, read_regular

__all__ = ["FixedFile", "PlanFix", "find_corrections", "write_corrections"]


def find_corrections(places: Sequence[Path] | None) -> list[PlanFix]:
    """Find the corrections of plan folders and of files of a plan; without any, of the plan that commands use.

    Raises:
        UnreadableError: a file is not there.
        UsageError: a file is none of a plan, or the plan is the one that comes with the program.
    """
    return [fix_plan(folder, names) for folder, names in _folders(places or [_own_plan()]).items()]


def write_corrections(files: Iterable[FixedFile]) -> list[Message]:
    """Write corrected files in place.

    Returns:
        A sentence for each file written.

    Raises:
        OutputError: a file has changed since it was read, or cannot be written.
    """
    notices = []
    for file in files:
        path = file.path.resolve()  # a link stays a link
        if read_regular(path) != file.data:
            message = say("{path} has changed in the meantime.", path=str(file.path))
            raise OutputError(message, say("Call `czurban fix` again."))
        write_file(path, file.corrected, replaces_input=True)
        notices.append(say("Written: {path}", path=str(file.path)))
    return notices


def _own_plan() -> Path:
    folder = plan_folder(None)
    if folder in (PACKAGED, CHECKOUT):
        hint = say("Write `czurban fix FOLDER`.")
        raise UsageError(say("The plan that comes with the program is not corrected in its place."), hint)
    return folder


def _folders(places: Iterable[Path]) -> dict[Path, set[str]]:
    """Return the files to correct by folder; an empty set is every file."""
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
