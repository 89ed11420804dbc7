"""Keep the names in plans for the completion of shells, until a file of the plan's folder changes."""

import contextlib
import json
import os
import time
import zlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from czurban.errors import OutputError
from czurban.files.writing import write_file
from czurban.version import __version__

Names = Mapping[str, Sequence[Sequence[str]]]
"""By kind, the entries that can be named: each with its name first and its other names behind."""
_UNSURE = 2_000_000_000
"""Nanoseconds within which a second change of a file may leave its time as it is, on a coarse disk."""


def known_names(folder: Path, read: Callable[[], Names]) -> Names:
    """Return the names in a plan's folder: those kept if no file in it has changed since, else as read now.

    They are kept below XDG_CACHE_HOME or ~/.cache. Where nothing can be written there, they are read each time.
    """
    files, full = _files(folder), os.path.abspath(folder)  # noqa: PTH100 - as a text, for the record
    state, place = [__version__, full, *files], _place(full)
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):  # nothing is kept yet, or it is damaged
        kept = json.loads(place.read_bytes())
        if kept["state"] == state:
            names: Names = kept["names"]
            return names
    names = read()
    if _files(folder) == files and all(time.time_ns() - time_changed > _UNSURE for _, time_changed, *_ in files):
        with contextlib.suppress(OSError, OutputError):  # completion only takes longer
            place.parent.mkdir(parents=True, exist_ok=True)
            write_file(place, json.dumps({"state": state, "names": names}).encode())
    return names


def _files(folder: Path) -> list[list[int]]:
    """Return for each file of a folder what changes with it: its name, time, size and inode."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        stats = ((entry.name, entry.stat()) for entry in sorted(entries, key=lambda entry: entry.name))
        return [[zlib.crc32(os.fsencode(name)), stat.st_mtime_ns, stat.st_size, stat.st_ino] for name, stat in stats]
    return []


def _place(folder: str) -> Path:
    cache = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")  # noqa: PTH111 - no error without a home
    return Path(cache, "czurban", f"names-{zlib.crc32(os.fsencode(folder)):08x}.json")
