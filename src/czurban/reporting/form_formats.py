"""The formats a form is written in."""

from czurban.errors import MissingExtraError, install_line
from czurban.model.message import say
from czurban.reporting.form import Form

FORM_FORMATS = ("xlsx", "csv")


def spell_form(form: Form, kind: str) -> bytes:
    """Spell a form as one of FORM_FORMATS.

    Raises:
        MissingExtraError: what workbooks are written with is not installed.
    """
    if kind == "csv":
        from czurban.reporting.form_csv import form_csv  # noqa: PLC0415 - each format is loaded when asked for

        return form_csv(form)
    try:
        from czurban.reporting.form_xlsx import form_xlsx  # noqa: PLC0415 - as above, and it may not be installed
    except ModuleNotFoundError as error:
        if error.name != "xlsxwriter":
            raise
        message = say("A form as {form} needs {module}, which is not installed.", form=kind, module=error.name)
        hint = say("Write the form with --format csv, or install it: {line}", line=install_line("reports"))
        raise MissingExtraError(message, hint) from error
    return form_xlsx(form)
