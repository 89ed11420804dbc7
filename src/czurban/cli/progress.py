"""A bar on the terminal for work of many steps that takes longer than a moment; nothing at all in a pipe."""

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from czurban.cli.speech import speaker
from czurban.model.finding import Message

if TYPE_CHECKING:
    from rich.progress import Progress

PATIENCE = 1.0
"""Seconds of silence before the bar appears: most work is done by then, and need not load what draws it."""


@contextlib.contextmanager
def progress(total: int, what: Message) -> Iterator[Callable[[], None]]:
    """Yield what is to be called after each of so many steps.

    The bar stands on stderr, only if that is a terminal, and leaves no trace when the work is over.
    """
    if total < 2 or not _on_terminal():  # noqa: PLR2004 - one step has no middle to show
        yield lambda: None
        return
    bar = Bar(total, speaker()(what))
    try:
        yield bar.step
    finally:
        bar.stop()


def _on_terminal() -> bool:
    return sys.stderr is not None and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"


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
