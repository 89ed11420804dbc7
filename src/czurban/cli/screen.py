"""Where output goes: the report to stdout or a file written whole, findings and errors to stderr."""

import os
import shutil
import sys
import tempfile
from pathlib import Path

from czurban.errors import OutputError
from czurban.model.message import say
from czurban.reporting.document import Document, Page
from czurban.reporting.formats import render


def page() -> Page:
    """The page that stdout is: a terminal with its width, or a pipe where each row stays on one line."""
    if not sys.stdout.isatty():
        return Page()
    coloured = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Page(max(40, shutil.get_terminal_size().columns), coloured)


def show(document: Document, form: str, output: Path | None) -> None:
    """Print a document, or write it to a file: whole or not at all.

    Raises:
        OutputError: the file cannot be written.
    """
    if output is not None:
        write(output, render(document, form))
        return
    put(render(document, form, page()))


def put(data: bytes) -> None:
    """Print bytes of UTF-8 in whatever encoding stdout has. A reader that has gone away is no fault of ours."""
    try:
        sys.stdout.write(data.decode("utf-8-sig" if sys.stdout.isatty() else "utf-8"))
        sys.stdout.flush()
    except BrokenPipeError:
        quiet()


def tell(text: str) -> None:
    """Print to stderr."""
    try:
        sys.stderr.write(text)
        sys.stderr.flush()
    except BrokenPipeError:
        quiet()


def quiet() -> None:
    """Send the rest of stdout nowhere, so that Python does not complain about the closed pipe at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def prepare() -> None:
    """Let a terminal that cannot show ✓ or ≥ show a question mark instead of stopping the program."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, with the rights it has.

    Raises:
        OutputError: it cannot be written.
    """
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
            temporary.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        message = say("{path} cannot be written: {reason}.", path=str(path), reason=reason)
        raise OutputError(message, say("Name a file in a folder that exists and that you may write to.")) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
