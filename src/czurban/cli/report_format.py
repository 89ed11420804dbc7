"""The formats of `czurban report`, chosen by name or by the name of the file that is written."""

from pathlib import Path
from typing import Annotated

import typer

from czurban.cli.session import check_format
from czurban.errors import UsageError
from czurban.model.message import mark, say
from czurban.reporting.formats import BINARY, REPORT_FORMATS

_BY_SUFFIX = {".md": "markdown", ".html": "html", ".htm": "html", ".docx": "docx", ".xlsx": "xlsx", ".json": "json"}
_BY_SUFFIX |= {".csv": "csv", ".txt": "text"}


def complete_report_formats(incomplete: str) -> list[str]:
    """The formats that begin like this."""
    return [name for name in REPORT_FORMATS if name.startswith(incomplete)]


ReportFormatOption = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        metavar="FORMAT",
        help=mark("text, markdown, html, docx, xlsx, json or csv (else by the name of the file written, else text)."),
        autocompletion=complete_report_formats,
    ),
]


def choose_report_format(form: str | None, output: Path | None, *, folder: bool = False) -> str:
    """The format asked for, else the one the file's name ends in, else text.

    Raises:
        UsageError: there is no such format, or it needs a file (or a folder) to be written to.
    """
    suffix = output.suffix.lower() if output is not None and not folder else ""
    chosen = check_format(form, REPORT_FORMATS) if form is not None else _BY_SUFFIX.get(suffix, "text")
    if folder and output is None:
        raise UsageError(say("--all-depts writes a folder, and none is named."), say("Name it with --output FOLDER."))
    if chosen in BINARY and output is None:
        message = say("A report as {form} is no text to be printed.", form=chosen)
        raise UsageError(message, say("Name a file with --output, such as report.{form}.", form=chosen))
    return chosen
