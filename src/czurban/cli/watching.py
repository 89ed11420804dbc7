"""Run a command again whenever a file that it reads changes, until Ctrl-C."""

import contextlib
import glob
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NoReturn

import typer

from czurban.cli.console import print_failure, print_notices, put
from czurban.errors import CzurbanError, UsageError
from czurban.model.finding import say

PAUSE = 0.5
"""Seconds between two looks at the files, and for which they must stay as they are before they are read."""
_CLEAR = b"\x1b[H\x1b[2J\x1b[3J"

State = dict[str, tuple[int, int]]
"""Files, each with the time of its last change in nanoseconds and its size."""


def watch_files(run: Callable[[], None], places: Sequence[str | Path], output: Path | None) -> NoReturn:
    """Run a command now and after each change, on a terminal that is cleared before; Ctrl-C ends it.

    Args:
        run: the command; it ends with an error, or as commands do.
        places: the files, folders and patterns whose files are watched.
        output: the file that it writes, which is not watched.

    Raises:
        UsageError: standard input is to be watched.
    """
    if "-" in map(str, places):
        raise UsageError(say("--watch cannot watch standard input."), say("Name a file or a folder."))
    while True:
        before = state_of(places, output)
        if sys.stdout is not None and sys.stdout.isatty():
            put(_CLEAR)
        with contextlib.suppress(typer.Exit):
            try:
                run()
            except CzurbanError as error:  # a file that is being written may be broken for a moment
                print_failure(error)
        print_notices([say("Watching {count} files; Ctrl-C ends.", count=len(before))])
        _wait(before, places, output)


def _wait(before: State, places: Sequence[str | Path], output: Path | None) -> None:
    """Wait until the files differ from before, and have stayed the same for a moment."""
    now = before
    while True:
        time.sleep(PAUSE)
        last, now = now, state_of(places, output)
        if now != before and now == last:
            return


def state_of(places: Iterable[str | Path], output: Path | None) -> State:
    """Return when each file of these places was last changed, and its size; a new or removed file changes it too."""
    state: State = {}
    for place in places:
        for path in _files(place):
            with contextlib.suppress(OSError):  # it is gone again
                if output is None or os.path.realpath(path) != os.path.realpath(output):
                    status = path.stat()
                    state[str(path)] = (status.st_mtime_ns, status.st_size)
    return state


def _files(place: str | Path) -> Iterator[Path]:
    """Yield the files that a file, a folder or a pattern stands for now."""
    names = [place] if Path(place).exists() else glob.glob(str(place), recursive=True)  # noqa: PTH207 - takes a full path
    for path in map(Path, names):
        yield from (each for each in path.rglob("*") if each.is_file()) if path.is_dir() else [path]
