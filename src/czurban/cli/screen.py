"""Where output goes: the report to stdout or a file written whole, findings and errors to stderr."""

import contextlib
import os
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

from czurban.errors import OutputError, UsageError, reason
from czurban.files.writing import write_file
from czurban.model.message import say
from czurban.model.safe_text import clean
from czurban.reporting.document import Document, Page
from czurban.reporting.formats import render


def page() -> Page:
    """The page that stdout is: a terminal with its width, or a pipe where each row stays on one line."""
    if sys.stdout is None or not sys.stdout.isatty():
        return Page()
    coloured = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Page(max(40, shutil.get_terminal_size().columns), coloured)


def show(document: Document, form: str, output: Path | None) -> None:
    """Print a document, or write it to a file: whole or not at all.

    Raises:
        OutputError: the file cannot be written.
    """
    if output is not None:
        write_file(output, render(document, form))
        return
    put(render(document, form, page()))


def spare_inputs(output: Path | None, files: Iterable[str]) -> None:
    """Refuse to write a report over a file it is made from.

    Raises:
        UsageError: the output is one of the files.
    """
    if output is None or str(output) == "-":
        return
    if not str(output) or output == Path():
        raise UsageError(say("--output names no file."), say("Write the name of a file behind it."))
    if any(output.exists() and Path(name).exists() and output.samefile(name) for name in files if name != "-"):
        message = say("{path} is one of the files the report is made from.", path=str(output))
        raise UsageError(message, say("Name another file with --output."))


def put(data: bytes) -> None:
    """Print bytes of UTF-8 in whatever encoding stdout has. A reader that has gone away is no fault of ours."""
    if sys.stdout is None:
        raise OutputError(say("There is no standard output to write to."), say("Write to a file with --output."))
    try:
        sys.stdout.write(data.decode("utf-8-sig" if sys.stdout.isatty() or not _is_utf8() else "utf-8"))
        sys.stdout.flush()
    except BrokenPipeError:
        quiet()
    except OSError as error:
        quiet()
        raise OutputError(say("The output cannot be written: {reason}.", reason=reason(error))) from error


def _is_utf8() -> bool:
    return sys.stdout.encoding.lower().replace("-", "") == "utf8"


def tell(text: str) -> None:
    """Print to stderr; what is in it of files or names of files is shown and never obeyed."""
    with contextlib.suppress(OSError):  # who has closed stderr does not want to be told
        if sys.stderr is not None:
            sys.stderr.write(clean(text))
            sys.stderr.flush()


def quiet() -> None:
    """Send the rest of stdout nowhere, so that Python does not complain about the closed pipe at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def prepare() -> None:
    """Let a terminal that cannot show ✓ or ≥ show a question mark instead of stopping the program."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
