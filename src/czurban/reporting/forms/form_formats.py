"""Write a form as a workbook, or as CSV with its mark in the first line and its tables below each other."""

import csv
import io

from czurban.errors import MissingExtraError, install_line
from czurban.model.collection.form_mark import HEAD, mark_texts
from czurban.model.finding import say
from czurban.model.text import spreadsheet_cell
from czurban.reporting.forms.form import Form

FORM_FORMATS = ("xlsx", "csv")


def render_form(form: Form, kind: str) -> bytes:
    """Write a form in one of FORM_FORMATS.

    Raises:
        MissingExtraError: the package that writes workbooks is not installed.
    """
    if kind == "csv":
        return form_csv(form)
    try:
        from czurban.reporting.forms.form_xlsx import form_xlsx  # noqa: PLC0415 - its package may not be installed
    except ModuleNotFoundError as error:
        if error.name != "xlsxwriter":
            raise
        message = say("A form as {form} needs {module}, which is not installed.", form=kind, module=error.name)
        hint = say("Write the form with --format csv, or install it: {line}", line=install_line("reports"))
        raise MissingExtraError(message, hint) from error
    return form_xlsx(form)


def form_csv(form: Form) -> bytes:
    """Write a form as CSV in UTF-8 with a byte order mark, by which Excel knows the encoding."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(map(spreadsheet_cell, [f"{HEAD}（{form.mark_note}）", *mark_texts(form.mark)]))
    for table in form.tables:
        writer.writerow([spreadsheet_cell(column.title) for column in table.columns])
        for row in table.rows:
            writer.writerow([spreadsheet_cell(text) if isinstance(text, str) else "" for text in row])
        writer.writerow([])
    return stream.getvalue().encode("utf-8-sig")
