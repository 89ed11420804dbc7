"""A folder with one page for each department, and an index."""

from pathlib import Path

from czurban.cli.progress import progress
from czurban.cli.screen import show
from czurban.cli.speech import speaker
from czurban.errors import OutputError
from czurban.model.assessment import Assessment
from czurban.model.department import Department
from czurban.model.message import say
from czurban.reporting.department_index import department_index, has_page
from czurban.reporting.department_report import department_report
from czurban.reporting.formats import SUFFIXES


def write_all(assessment: Assessment, form: str, folder: Path | None) -> None:
    """Write the pages, each whole or not at all.

    Raises:
        OutputError: the folder cannot be made, or a file in it cannot be written.
    """
    if folder is None:
        return
    make_folder(folder)
    offices = [one for one in assessment.plan.departments if has_page(one, assessment)]
    with progress(len(offices), say("Writing")) as step:
        for office in offices:
            show(department_report(assessment, office, speaker()), form, folder / page_name(office, form))
            step()
    names = {office.name: page_name(office, form) for office in offices}
    show(department_index(assessment, names, speaker()), form, folder / f"index{SUFFIXES[form]}")


def make_folder(folder: Path) -> None:
    """Make a folder, where there is none yet.

    Raises:
        OutputError: it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        message = say("{path} cannot be made: {reason}.", path=str(folder), reason=reason)
        raise OutputError(message, say("Name a folder with --output.")) from error


def page_name(office: Department, form: str) -> str:
    """The page's file."""
    return f"{safe_name(office)}{SUFFIXES[form]}"


def safe_name(office: Department) -> str:
    """The department's name, without what a file's name cannot hold."""
    safe = "".join("_" if char in '<>:"/\\|?*' or ord(char) < 32 else char for char in office.name)  # noqa: PLR2004
    return safe.strip(". ") or "_"
