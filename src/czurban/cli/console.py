"""Print reports, findings and notices: the report to stdout or a file, everything else to stderr.

Also chooses the language of the run, and shows a progress bar on a terminal.
"""

import contextlib
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NoReturn, TextIO

import typer

from czurban.app.destination import Destination, save
from czurban.app.settings import settings
from czurban.cli.exits import COULD_NOT_RUN, FAILED, FINE, FailOn
from czurban.errors import CzurbanError, OutputError, PlanError, UsageError, reason
from czurban.model.finding import Finding, Message, has_errors, say
from czurban.model.text import clean, clean_line
from czurban.reporting.document import Document, Page
from czurban.reporting.findings_text import MOST_OF_A_KIND, error_text, findings_text, rows_text
from czurban.reporting.formats.registry import BINARY, render
from czurban.words.translator import Translator, choose_language

if TYPE_CHECKING:
    from rich.progress import Progress

    from czurban.app.options import Outcome

_chosen: list[str | None] = [None]


def listen(arguments: Sequence[str]) -> None:
    """Find --lang among the arguments, so that even --help and a usage error translate it."""
    _chosen[0] = None
    for index, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == "--lang" and index + 1 < len(arguments):
            _chosen[0] = arguments[index + 1]
        elif argument.startswith("--lang="):
            _chosen[0] = argument.removeprefix("--lang=")


def translator() -> Translator:
    """Return the translator of messages for this run.

    Raises:
        UsageError: the language is not supported.
    """
    return _translator(choose_language(_chosen[0] or _language_of_settings(), os.environ))


def _language_of_settings() -> str | None:
    """Return the settings' language, unless CZURBAN_LANG is set. The command itself reports wrong settings."""
    if os.environ.get("CZURBAN_LANG"):
        return None
    try:
        return settings().lang
    except UsageError:
        return None


@lru_cache
def _translator(language: str) -> Translator:
    return Translator(language)


def page_of(stream: TextIO | None) -> Page:
    """Return the page that a stream is: a terminal with its width, or a pipe where each row stays on one line."""
    if stream is None or not stream.isatty():
        return Page()
    coloured = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Page(max(40, shutil.get_terminal_size().columns), coloured)


def show(document: Document, where: Destination) -> None:
    """Print a document, or write it to a file, whole or not at all, and report that on stderr.

    Raises:
        OutputError: the file cannot be written, or is one that the run reads.
    """
    print_notices(deliver(document, where))


def deliver(document: Document, where: Destination) -> list[Message]:
    """Print a document, or write it to a file; return the sentence that a file was written.

    Raises:
        OutputError: the file cannot be written, or is one that the run reads.
    """
    if where.path is not None:
        return [save(document, where)]
    put(render(document, where.form, page_of(sys.stdout)), text=where.form not in BINARY)
    return []


def finish(
    outcome: "Outcome[object]", where: Destination, fail_on: FailOn, *, most: int | None = None, verbose: bool = False
) -> NoReturn:
    """Show the report of a use case, print its findings and notices, and exit by its verdicts.

    `most` is how many findings of one kind are listed (0: all); `verbose` prints what became of each file's rows.
    """
    conclude(outcome, deliver(outcome.compose(translator()), where), fail_on, most=most, verbose=verbose)


def conclude(
    outcome: "Outcome[object]",
    written: Sequence[Message],
    fail_on: FailOn,
    *,
    most: int | None = None,
    verbose: bool = False,
) -> NoReturn:
    """Do what `finish` does after the report; `written` says which files were written."""
    print_findings(outcome.findings, MOST_OF_A_KIND if most is None else most, outcome.more)
    filtered = outcome.filtered
    if filtered.left_out:
        print_notices([say("Left out by --select, --ignore or the settings: {count}.", count=filtered.left_out)])
    if filtered.commented:
        print_notices([say("Hidden by comments in the plan: {count}.", count=filtered.commented)])
    if filtered.failed and not has_errors(filtered.kept):
        print_notices([say("Warnings count here (--strict).")])
    if verbose:
        print_error(rows_text(outcome.submissions, translator()))
    print_notices([*outcome.notices, *written])
    raise typer.Exit(exit_code(outcome, fail_on))


def exit_code(outcome: "Outcome[object]", fail_on: FailOn) -> int:
    """Return the exit code of a use case: 2 where no file held anything, else 0 or 1 by its findings and verdicts.

    A target that cannot be read stands with an error finding, so it fails where errors do.
    """
    from czurban.model.assessment import Verdict  # noqa: PLC0415 - help and completion judge nothing

    if outcome.nothing_read:
        return COULD_NOT_RUN
    failed = outcome.filtered.failed
    missed = failed or Verdict.MISSED in outcome.reached
    bad = {
        FailOn.NEVER: False,
        FailOn.ERROR: failed,
        FailOn.MISSED: missed,
        FailOn.UNREPORTED: missed or Verdict.UNREPORTED in outcome.reached,
        FailOn.BEHIND: missed or outcome.lagging,
    }
    return FAILED if bad[fail_on] else FINE


def print_findings(
    findings: Sequence[Finding], most: int = MOST_OF_A_KIND, more: Mapping[str, int] | None = None
) -> None:
    """Print findings to stderr, at most `most` of a kind: on a terminal by file, else with the place in each line."""
    if not findings and not more:
        return
    if not findings or (page := page_of(sys.stderr)).width is None:
        print_error(findings_text(findings, translator(), most, more))
        return
    from czurban.reporting.formats.screen import findings_screen  # noqa: PLC0415 - for a terminal alone

    _print(findings_screen(findings, translator(), page, most, more))


def print_failure(error: CzurbanError) -> None:
    """Print why a command could not run, in English where the language itself is the reason."""
    if isinstance(error, PlanError):
        print_findings(error.findings)
    try:
        translate = translator()
    except UsageError:
        translate = Translator("en")
    print_error(error_text(error.message, error.hint, translate))


def print_notices(notices: Iterable[Message]) -> None:
    """Print sentences to stderr, each on its line."""
    for notice in notices:
        print_error(clean_line(translator()(notice)) + "\n")


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
    _print(clean(text))


def _print(text: str) -> None:
    with contextlib.suppress(OSError):  # stderr may be closed
        if sys.stderr is not None:
            sys.stderr.write(text)
            sys.stderr.flush()


def quiet() -> None:
    """Send the rest of stdout nowhere, so that Python does not complain about the closed pipe at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def prepare() -> None:
    """Let a terminal that cannot show ✓ or ≥ show a question mark instead of stopping the program."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


PATIENCE = 1.0
"""Seconds of silence before the bar appears: most work is done by then, and need not load what draws it."""


@contextlib.contextmanager
def progress(total: int, what: Message) -> Iterator[Callable[[], None]]:
    """Yield what is to be called after each of so many steps.

    The bar stands on stderr, only if that is a terminal, and leaves no trace when the work is over.
    """
    is_terminal = sys.stderr is not None and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
    if total < 2 or not is_terminal:  # noqa: PLR2004 - one step has no middle to show
        yield lambda: None
        return
    bar = Bar(total, translator()(what))
    try:
        yield bar.step
    finally:
        bar.stop()


class Bar:
    """The bar; it appears from a thread of its own, so that it does even while the first step takes its time."""

    def __init__(self, total: int, what: str) -> None:
        import threading  # noqa: PLC0415 - loaded for many steps on a terminal alone

        self.total, self.what, self.done = total, what, 0
        self.over = False
        self.shown: Progress | None = None
        self._lock = threading.Lock()
        self.timer = threading.Timer(PATIENCE, self._appear)
        self.timer.daemon = True
        self.timer.start()

    def _appear(self) -> None:
        from rich.console import Console  # noqa: PLC0415 - what the wait is there to spare
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn  # noqa: PLC0415

        with self._lock:
            if self.over:
                return
            columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
            self.shown = Progress(*columns, console=Console(file=sys.stderr), transient=True)
            self.shown.add_task(self.what, total=self.total, completed=self.done)
            self.shown.start()

    def step(self) -> None:
        """Another step is done."""
        with self._lock:
            self.done += 1
            if self.shown:
                self.shown.update(self.shown.task_ids[0], completed=self.done)

    def stop(self) -> None:
        """Take the bar away."""
        self.timer.cancel()
        with self._lock:
            self.over = True
            if self.shown:
                self.shown.stop()
