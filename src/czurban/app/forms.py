"""Write the forms that departments fill in."""

from collections.abc import Sequence
from pathlib import Path

from czurban.app.destination import Destination, written
from czurban.app.folder import file_names, make_folder, refuse_generated
from czurban.app.plans import find_department
from czurban.errors import UsageError
from czurban.files.writing import write_file
from czurban.model.finding import Message, say
from czurban.model.plan import Plan
from czurban.model.task import Department
from czurban.reporting.formats.registry import ENDINGS
from czurban.reporting.forms.form import form_of, has_form
from czurban.reporting.forms.form_formats import render_form
from czurban.words.translator import Translator


def form(plan: Plan, department: Department, kind: str, translate: Translator) -> bytes:
    """Return a department's form in a format: `xlsx` or `csv`."""
    return render_form(form_of(plan, department, translate), kind)


def asked_departments(plan: Plan, name: str | None) -> list[Department]:
    """Return the department of this name; without a name, every department that the plan asks for something.

    Raises:
        UnknownThingError: the plan has no such department.
        UsageError: the plan asks it for nothing.
    """
    if name is None:
        return [department for department in plan.departments if has_form(plan, department)]
    department = find_department(plan, name)
    if not has_form(plan, department):
        message = say("The plan asks {name} for no figure and no milestone.", name=department.name)
        raise UsageError(message, say("`czurban show {name}` shows its tasks.", name=department.name))
    return [department]


def write_forms(  # noqa: PLR0913 - what is written, where, how
    plan: Plan,
    departments: Sequence[Department],
    where: Destination,
    translate: Translator,
    *,
    single: bool,
    force: bool,
) -> list[Message]:
    """Write each department's form to its own file, none if one may not be written.

    Args:
        plan: the plan.
        departments: whose forms are written.
        where: the folder; or the file, where `single`.
        translate: the language of the forms.
        single: whether one file is written, which `where` names.
        force: whether files of the same names are replaced.

    Returns:
        A sentence for each file written.

    Raises:
        OutputError: a file exists already, or cannot be written.
    """
    path = where.path or Path()
    names = file_names(plan.departments)
    ending = ENDINGS[where.form][0]
    folder = path.parent if single else path
    files = {path.name if single else f"{names[one]}{ending}": one for one in departments}
    refuse_generated(folder, files, force=force, replaces_pages=False)
    forms = {folder / name: form(plan, department, where.form, translate) for name, department in files.items()}
    make_folder(folder)
    notices = []
    for file, data in forms.items():
        write_file(file, data, new=not force)
        notices.append(written(file, where.form))
    return notices
