"""The formats a form is written in.

A form as CSV: its mark in the first line for everybody to see, then its tables under each other.
"""

import csv
import io

from czurban.errors import MissingExtraError, install_line
from czurban.model.collection import HEAD, mark_texts
from czurban.model.finding import say
from czurban.reporting.formats.plain import cell
from czurban.reporting.forms.form import Form

FORM_FORMATS = ("xlsx", "csv")


def render_form(form: Form, kind: str) -> bytes:
    """Spell a form as one of FORM_FORMATS.

    Raises:
        MissingExtraError: what workbooks are written with is not installed.
    """
    if kind == "csv":
        return form_csv(form)
    try:
        from czurban.reporting.forms.form_xlsx import form_xlsx  # noqa: PLC0415 - as above, and it may not be installed
    except ModuleNotFoundError as error:
        if error.name != "xlsxwriter":
            raise
        message = say("A form as {form} needs {module}, which is not installed.", form=kind, module=error.name)
        hint = say("Write the form with --format csv, or install it: {line}", line=install_line("reports"))
        raise MissingExtraError(message, hint) from error
    return form_xlsx(form)


def form_csv(form: Form) -> bytes:
    """Spell a form in UTF-8 with a byte order mark, by which Excel knows the encoding."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(map(cell, [f"{HEAD}（{form.mark_said}）", *mark_texts(form.mark)]))
    for table in form.tables:
        writer.writerow([cell(column.title) for column in table.columns])
        for row in table.rows:
            writer.writerow([cell(one) if isinstance(one, str) else "" for one in row])
        writer.writerow([])
    return stream.getvalue().encode("utf-8-sig")
