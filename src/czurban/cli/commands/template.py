"""`czurban template`: the forms that departments fill in."""

from typing import Annotated

from czurban.app.destination import destination, folder_destination, is_file_name
from czurban.app.settings import open_plan
from czurban.cli.console import print_notices, put, translator
from czurban.cli.options import ForceOption, PlanOption, complete_departments, option
from czurban.errors import UsageError
from czurban.model.finding import mark, say
from czurban.reporting.formats.registry import BINARY
from czurban.reporting.forms.form_formats import FORM_FORMATS

WhoseOption = Annotated[str | None, option("--dept NAME", mark("The form of this unit."), complete_departments)]
AllOption = Annotated[bool, option("--all-depts", mark("A form for each one that is asked."))]
FolderOption = Annotated[
    str | None,
    option(
        "--output -o FOLDER|FILE",
        mark(
            "Folder to write to, or with --dept a file, or - for standard output; a file is replaced with --force"
            " alone."
        ),
    ),
]
KindOption = Annotated[
    str | None,
    option("--format -f xlsx|csv", mark("Format of the forms (else by the ending of the file written, else xlsx).")),
]
ForOption = Annotated[
    str | None, option("--period PERIOD", mark("The part of the year that the forms are for, such as 三季报."))
]
UntilOption = Annotated[str, option("--by TEXT", mark("Until when the forms are asked for, such as 2020-01-15."))]


def template(
    dept: WhoseOption = None,
    all_depts: AllOption = False,
    output: FolderOption = None,
    kind: KindOption = None,
    force: ForceOption = False,
    plan: PlanOption = None,
    period: ForOption = None,
    by: UntilOption = "",
) -> None:
    """Write forms for departments to fill in."""
    from czurban.app.collection import asked_departments, form, part_of_year, write_forms  # noqa: PLC0415 - not for help

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
    departments = asked_departments(loaded, dept, single=single or where.path is None)
    part = part_of_year(loaded, period)
    if where.path is None:
        put(form(loaded, departments[0], where.form, translator(), part, by), text=where.form not in BINARY)
    else:
        forms = write_forms(loaded, departments, where, translator(), single=single, force=force, part=part, by=by)
        print_notices(forms)
