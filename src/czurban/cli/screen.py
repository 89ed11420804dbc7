"""Where output goes: the report to stdout or a file written whole, findings and errors to stderr."""

import contextlib
import os
import shutil
import sys
from pathlib import Path

from czurban.cli.destination import Destination
from czurban.cli.speech import speaker
from czurban.errors import OutputError, reason
from czurban.files.writing import write_file
from czurban.model.finding import Message, say
from czurban.model.text import clean, clean_line
from czurban.reporting.document import Document, Page
from czurban.reporting.formats.registry import BINARY, render


def page() -> Page:
    """The page that stdout is: a terminal with its width, or a pipe where each row stays on one line."""
    if sys.stdout is None or not sys.stdout.isatty():
        return Page()
    coloured = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Page(max(40, shutil.get_terminal_size().columns), coloured)


def show(document: Document, where: Destination) -> None:
    """Print a document, or write it to a file, whole or not at all, and report that on stderr.

    Raises:
        OutputError: the file cannot be written, or is one that the run reads.
    """
    if where.path is None:
        put(render(document, where.form, page()), text=where.form not in BINARY)
        return
    write_file(where.path, render(document, where.form))
    print_written(where.path, where.form)


def print_written(path: str | Path, what: Message | str) -> None:
    """Report on stderr what was written, and where."""
    print_error(clean_line(speaker()(say("Written: {path} ({what})", path=str(path), what=what))) + "\n")


def put(data: bytes, *, text: bool = True) -> None:
    """Print bytes of UTF-8 in whatever encoding stdout has; what is no text, as it is.

    A reader that has gone away is no fault of ours.
    """
    if sys.stdout is None:
        raise OutputError(say("There is no standard output to write to."), say("Write to a file with --output."))
    try:
        if text:
            sys.stdout.write(data.decode("utf-8-sig" if sys.stdout.isatty() or not _is_utf8() else "utf-8"))
        else:
            sys.stdout.buffer.write(data)
        sys.stdout.flush()
    except BrokenPipeError:
        quiet()
    except OSError as error:
        quiet()
        raise OutputError(say("The output cannot be written: {reason}.", reason=reason(error))) from error


def _is_utf8() -> bool:
    return (sys.stdout.encoding or "utf-8").lower().replace("-", "") == "utf8"


def print_error(text: str) -> None:
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
