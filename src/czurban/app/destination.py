"""Decide where a report goes and in which format: one rule for --output and --format of all commands."""

import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from czurban.errors import OutputError, UsageError
from czurban.files.inputs import refuse_input, tracked_inputs
from czurban.model.finding import Message, say
from czurban.reading.sources.file_names import METRICS, RULES
from czurban.reading.sources.opening import ALL_FILES, TARGETS
from czurban.reporting.document import Document
from czurban.reporting.formats.registry import BINARY, CHECK_FORMATS, ENDINGS, FORMATS, REPORT_FORMATS, render

inputs_of_run = tracked_inputs
"""The context in which a run registers its inputs, so that no output replaces one."""
_FILE_LIKE = re.compile(r"\.[a-z]{2,8}")
_STDOUT, _ENDS_OF_FOLDERS = "-", ("/", os.sep)


class Destination(NamedTuple):
    """A format, and the file to write; without one, standard output."""

    form: str
    path: Path | None = None


def destination(
    form: str | None, output: str | None, offered: Sequence[str] = FORMATS, *, replaces_figures: bool = False
) -> Destination:
    """Decide where to and in which format: `-` is standard output, and a file's ending chooses the format.

    `form` and `output` are what --format and --output say; the first of the `offered` formats is the default. With
    `replaces_figures`, a file with reported figures may be replaced.

    Raises:
        UsageError: there is no such format, the file's ending is of none, or it is of another one than --format says.
        OutputError: the file is one of a plan, one that the run reads, or one of reported figures.
    """
    chosen = None if form is None else _known(form, offered)
    if output is None or output == _STDOUT:
        in_actions = "github" in offered and os.environ.get("GITHUB_ACTIONS") == "true"
        chosen = chosen or ("github" if in_actions else offered[0])
        if chosen in BINARY and sys.stdout is not None and sys.stdout.isatty():
            message = say("A report as {form} is no text to be printed.", form=chosen)
            raise UsageError(message, say("Name a file with --output, such as report.{form}.", form=chosen))
        return Destination(chosen)
    path = Path(output)
    if output.endswith(_ENDS_OF_FOLDERS) and not path.is_dir():
        message = say("{path} names a folder, and one file is written.", path=output)
        raise UsageError(message, say("Write the name of a file after it, or - for the screen."))
    chosen = _by_name(path, chosen, offered)
    refuse_path(path, replaces_figures=replaces_figures)
    return Destination(chosen, path)


def folder_destination(
    form: str | None, output: str | None, offered: Sequence[str], option: str = "--output"
) -> Destination:
    """Decide the same for a command that writes several files: the folder they go to, and their format.

    Raises:
        UsageError: no folder is named, its name is rather a file's, or there is no such format.
    """
    chosen = offered[0] if form is None else _known(form, offered)
    if not output or output == _STDOUT:
        message = say("Several files are written, which need a folder.")
        raise UsageError(message, say("Name it with {option} FOLDER.", option=option))
    path = Path(output)
    if is_file_name(output) or path.is_file():
        message = say("{path} is the name of a file, and several files are written.", path=output)
        raise UsageError(message, say("Name a folder with {option}, such as {name}.", option=option, name=path.stem))
    return Destination(chosen, path)


def is_file_name(output: str) -> bool:
    """Return whether --output is `-` or names a file: it ends as files do, and is no folder that is there."""
    path = Path(output)
    like_a_file = _FILE_LIKE.fullmatch(path.suffix.lower()) is not None and not output.endswith(_ENDS_OF_FOLDERS)
    return output == _STDOUT or (like_a_file and not path.is_dir())


def refuse_path(path: Path, option: str = "--output", *, replaces_figures: bool = False) -> None:
    """Refuse what is no file's name, and a file that is not to be written over, before anything is computed.

    Raises:
        UsageError: the path names no file.
        OutputError: it leads to a file of a plan, to one that was read already, or to reported figures.
    """
    if path == Path():
        message = say("{option} names no file.", option=option)
        raise UsageError(message, say("Write the name of a file after it, or - for the screen."))
    refuse_input_or_plan(path, option)
    if replaces_figures or not path.is_file():
        return
    from czurban.reading.submission.figure_files import holds_figures  # noqa: PLC0415 - only where a file is there already

    if holds_figures(path):
        message = say("{path} holds figures or a form, which czurban did not write.", path=str(path))
        raise OutputError(message, say("Name another file with {option}, or move this one away.", option=option))


def refuse_input_or_plan(path: Path, option: str = "--output") -> None:
    """Refuse, as an OutputError, a folder, a file that was read already, and one that would be a plan's."""
    if path.is_dir():
        message = say("{path} cannot be written: {reason}.", path=str(path), reason=say("it is a folder"))
        raise OutputError(message, say("Name a file in it with {option}.", option=option))
    refuse_input(path)
    real = Path(os.path.realpath(path))
    if real.name.casefold() in (*ALL_FILES, METRICS, RULES) and (real.parent / TARGETS).is_file():
        message = say("{path} has the name of a plan's file, in the plan's folder.", path=str(path))
        raise OutputError(message, say("Name another file with {option}.", option=option))


def _known(form: str, offered: Sequence[str]) -> str:
    if form in offered:
        return form
    message = say("There is no format “{form}”.", form=form)
    if form in CHECK_FORMATS:
        message = say("The format “{form}” is for `czurban check` and `czurban validate` alone.", form=form)
    if form in REPORT_FORMATS:
        message = say("This command does not write “{form}”.", form=form)
    raise UsageError(message, say("Choose from: {names}.", names=", ".join(offered)))


def _by_name(path: Path, chosen: str | None, offered: Sequence[str]) -> str:
    """The format that a file's ending and --format agree on. A name without an ending leaves it to --format."""
    ending = path.suffix.lower()
    if not ending:
        return chosen or offered[0]
    fitting = [form for form in offered if ending in ENDINGS[form]]
    if fitting and chosen in (None, *fitting):
        return chosen or fitting[0]
    message = say("{path} ends in no format that this command writes.", path=str(path))
    if chosen:
        message = say("--format is {form}, and {path} does not end so.", form=chosen, path=str(path))
    names = ", ".join(f"{form} ({' '.join(ENDINGS[form])})" for form in offered)
    raise UsageError(message, say("It writes: {names}.", names=names))


def save(document: Document, where: Destination) -> Message:
    """Write a document to the destination's file, whole or not at all; return the sentence that says so.

    Raises:
        OutputError: the file cannot be written, or is one that the run reads.
    """
    from czurban.files.writing import write_file  # noqa: PLC0415 - most reports are printed

    path = where.path or Path()
    write_file(path, render(document, where.form))
    return written(path, where.form)


def written(path: str | Path, what: Message | str) -> Message:
    """Return the sentence that something was written, and where."""
    return say("Written: {path} ({what})", path=str(path), what=what)
