"""Return the results for files of which nothing can be read, each with the finding that says why."""

from czurban.errors import CzurbanError
from czurban.model.faults import finding
from czurban.model.finding import Finding, Findings, Message, Place, say
from czurban.model.observation import Submission

Read = tuple[Submission, Findings]
"""A submission and the findings about its file."""


def refused(file: str, why: Finding) -> Read:
    """Return a file of which nothing is used, with the reason."""
    return Submission(file, ""), (why,)


def no_table(file: str, message: Message, hint: Message | None) -> Read:
    """Return the result for a file without a table."""
    return refused(file, finding("S101", Place(file), message, hint))


def unreadable(file: str, error: CzurbanError) -> Read:
    """Return a file that could not be read, with the finding that says why."""
    return refused(file, finding("S120", Place(file), error.message, error.hint))


def empty(file: str) -> Read:
    """Return the result for an empty file."""
    return no_table(file, say("The file is empty."), say("Send the sheet with its figures."))


def own_report(file: str) -> Read:
    """Return the result for a report that czurban wrote."""
    hint = say("Name the files of figures that it was made from, such as the departments' forms.")
    return no_table(file, say("This is a report or letter that czurban wrote, not a table of figures."), hint)


def no_text(file: str) -> Read:
    """Return the result for bytes that are neither text nor a workbook."""
    hint = say("Send CSV in UTF-8, GBK or UTF-16, or an XLSX, XLS or ODS workbook.")
    return no_table(file, say("This is neither a table in text nor a workbook."), hint)
