"""Define why files in a folder are left out of a search."""

import stat
from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from czurban.files.inputs import is_derived, is_output
from czurban.files.writing import is_temporary
from czurban.model.finding import mark
from czurban.reading.sources.file_names import METRICS, RULES
from czurban.reading.sources.opening import ALL_FILES, TARGETS

_OF_PLANS = frozenset((*ALL_FILES, METRICS, RULES))


class SkipReason(StrEnum):
    """Why something in a folder is left out."""

    HIDDEN = mark("hidden")
    LOCK = mark("left by a program that has a file open")
    UNFINISHED = mark("an unfinished file")
    OUTPUT = mark("written by czurban")
    EXCLUDED = mark("excluded by the settings")
    PLAN = mark("a file of a plan")
    UNKNOWN = mark("not a type of table")
    SPECIAL = mark("not a regular file")
    LINK = mark("a link to nothing, or to a folder")


class SkippedFile(NamedTuple):
    """A file or folder that is not read, and why."""

    path: str
    why: SkipReason


def skip_reason(path: Path, mode: int | None, types: Sequence[str], *, derived: bool) -> SkipReason | None:
    """Return why something in a folder is not read; None where it is a table to read."""
    name = path.name
    reasons: tuple[tuple[SkipReason, Callable[[], bool]], ...] = (
        (SkipReason.UNFINISHED, lambda: is_temporary(name)),
        (SkipReason.LOCK, lambda: name.startswith(("~$", ".~lock."))),
        (SkipReason.HIDDEN, lambda: name.startswith(".")),
        (SkipReason.LINK, lambda: mode is None),
        (SkipReason.SPECIAL, lambda: bool(mode) and not stat.S_ISREG(mode or 0)),
        (SkipReason.UNKNOWN, lambda: not name.lower().endswith(tuple(types))),
        (SkipReason.PLAN, lambda: name in _OF_PLANS and (path.parent / TARGETS).is_file()),
        (SkipReason.OUTPUT, lambda: is_output(path) or (not derived and is_derived(path))),
    )
    return next((why for why, holds in reasons if holds()), None)
