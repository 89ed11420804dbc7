"""`czurban template`: the forms that departments fill in."""

from typing import Annotated

import typer

from czurban.cli.complete import complete_departments
from czurban.cli.destination import destination, folder_destination, is_file_name
from czurban.cli.options import ForceOption, LangOption, PlanOption
from czurban.cli.report_folder import file_names, make_folder, refuse_generated
from czurban.cli.screen import print_written, put
from czurban.cli.session import find_department, open_plan
from czurban.cli.speech import speaker
from czurban.errors import UsageError
from czurban.files.writing import write_file
from czurban.model.finding import mark, say
from czurban.model.plan import Plan
from czurban.model.task import Department
from czurban.reporting.formats.registry import BINARY, ENDINGS
from czurban.reporting.forms.form import form_of, has_form
from czurban.reporting.forms.form_formats import FORM_FORMATS, render_form

WhoseOption = Annotated[
    str | None,
    typer.Option("--dept", metavar="NAME", help=mark("This department's form."), autocompletion=complete_departments),
]
AllOption = Annotated[bool, typer.Option("--all-depts", help=mark("A form for each department that is asked."))]
FolderOption = Annotated[
    str | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FOLDER|FILE",
        help=mark(
            "Folder to write to, or with --dept a file, or - for standard output; a file is replaced with --force"
            " alone."
        ),
    ),
]
KindOption = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        metavar="xlsx|csv",
        help=mark("Format of the forms (else by the ending of the file written, else xlsx)."),
    ),
]


def template(
    dept: WhoseOption = None,
    all_depts: AllOption = False,
    output: FolderOption = None,
    kind: KindOption = None,
    force: ForceOption = False,
    plan: PlanOption = None,
    lang: LangOption = None,  # noqa: ARG001 - speech.listen has taken it from the arguments already
) -> None:
    """Write forms for departments to fill in."""
    if (dept is None) is not all_depts:
        raise UsageError(say("Whose form is it to be?"), say("Write --dept NAME, or --all-depts."))
    if output is None:
        raise UsageError(say("No folder is named to write the forms to."), say("Name it with --output FOLDER."))
    single = dept is not None and is_file_name(output)
    where = (
        destination(kind, output, FORM_FORMATS, replaces_figures=True)  # which --force decides below
        if single
        else folder_destination(kind, output, FORM_FORMATS)
    )
    loaded = open_plan(plan)
    offices = _offices(loaded, dept)
    if where.path is None:
        put(_spelled(loaded, offices[0], where.form), text=where.form not in BINARY)
        return
    names = file_names(loaded.departments)
    folder = where.path.parent if single else where.path
    paths = {where.path.name if single else f"{names[one]}{ENDINGS[where.form][0]}": one for one in offices}
    refuse_generated(folder, paths, force=force, replaces_pages=False)
    spelled = {folder / name: _spelled(loaded, office, where.form) for name, office in paths.items()}
    make_folder(folder)
    for path, data in spelled.items():
        write_file(path, data, new=not force)
        print_written(path, where.form)


def _spelled(plan: Plan, office: Department, form: str) -> bytes:
    return render_form(form_of(plan, office, speaker()), form)


def _offices(plan: Plan, dept: str | None) -> list[Department]:
    if dept is None:
        return [one for one in plan.departments if has_form(plan, one)]
    office = find_department(plan, dept)
    if not has_form(plan, office):
        message = say("The plan asks {name} for no figure and no milestone.", name=office.name)
        raise UsageError(message, say("`czurban show {name}` shows its tasks.", name=office.name))
    return [office]
