"""`czurban template`: the forms that departments fill in."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from czurban.cli.complete import complete_departments
from czurban.cli.options import LangOption, PlanOption
from czurban.cli.report_folder import make_folder, safe_name
from czurban.cli.screen import tell
from czurban.cli.session import check_format, find_department, open_plan
from czurban.cli.speech import speaker
from czurban.errors import OutputError, UsageError
from czurban.files.writing import write_file
from czurban.model.department import Department
from czurban.model.message import mark, say
from czurban.model.plan import Plan
from czurban.model.safe_text import clean_line
from czurban.reporting.form import form_of, has_form
from czurban.reporting.form_formats import FORM_FORMATS, spell_form

WhoseOption = Annotated[
    str | None,
    typer.Option("--dept", metavar="NAME", help=mark("This department's form."), autocompletion=complete_departments),
]
AllOption = Annotated[bool, typer.Option("--all-depts", help=mark("A form for each department that is asked."))]
FolderOption = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FOLDER", help=mark("Folder to write to; a file in it is never replaced.")),
]
KindOption = Annotated[str, typer.Option("--format", "-f", metavar="xlsx|csv", help=mark("Format of the forms."))]


def template(
    dept: WhoseOption = None,
    all_depts: AllOption = False,
    output: FolderOption = None,
    kind: KindOption = "xlsx",
    plan: PlanOption = None,
    lang: LangOption = None,  # noqa: ARG001 - speech.listen has taken it from the arguments already
) -> None:
    """Write forms for departments to fill in."""
    check_format(kind, FORM_FORMATS)
    if (dept is None) is not all_depts:
        raise UsageError(say("Whose form is it to be?"), say("Write --dept NAME, or --all-depts."))
    if output is None:
        raise UsageError(say("No folder is named to write the forms to."), say("Name it with --output FOLDER."))
    loaded = open_plan(plan)
    offices = _offices(loaded, dept)
    paths = {office.name: output / f"{safe_name(office)}.{kind}" for office in offices}
    _spare(paths.values())
    spelled = {paths[office.name]: spell_form(form_of(loaded, office, speaker()), kind) for office in offices}
    make_folder(output)
    for path, data in spelled.items():
        write_file(path, data)
        tell(clean_line(speaker()(say("Written: {path}", path=str(path)))) + "\n")


def _offices(plan: Plan, dept: str | None) -> list[Department]:
    if dept is None:
        return [one for one in plan.departments if has_form(plan, one)]
    office = find_department(plan, dept)
    if not has_form(plan, office):
        message = say("The plan asks {name} for no figure and no milestone.", name=office.name)
        raise UsageError(message, say("`czurban show {name}` shows its tasks.", name=office.name))
    return [office]


def _spare(paths: Iterable[Path]) -> None:
    """Refuse to write over a form, which somebody may have filled in by now."""
    if there := next((path for path in paths if path.exists()), None):
        message = say("{path} exists already, and may have been filled in.", path=str(there))
        raise OutputError(message, say("Name another folder with --output, or move it away."))
