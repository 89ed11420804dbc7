"""A plan that was read before, from the user's cache folder, for as long as every byte it was read from is the same.

Reading a plan means loading the YAML library and pydantic, about two fifths of a run on a small file (`make bench`
measures it with and without). What is kept holds the files' own bytes and is used only if they equal those on the disk,
so that no clock, size or sum decides whether a plan is still the plan.
"""

import contextlib
import os
import pickle
import sys
import zlib
from pathlib import Path

from czurban.model.finding import Findings
from czurban.model.plan import Plan
from czurban.reading.plan_names import ALL_FILES, LARGEST
from czurban.version import __version__

_PACKAGE = Path(__file__).parents[1]
_ROOMS = (_PACKAGE / "model", _PACKAGE / "reading")
_MOST = 16
_OFF = "off"


def load_plan(folder: Path) -> tuple[Plan | None, Findings]:
    """Read a plan like `read_plan`, or take it from where it was kept. `CZURBAN_CACHE` names that place, or is `off`.

    Only a plan without findings is kept, and none whose breakdown lies in a file of another name than the usual ones,
    which is not looked at here. A place that cannot be read or written is no fault: the plan is read anew.

    Raises:
        UnreadableError: the folder is not there or holds no targets.yaml.
    """
    place, source = _place(), _source(folder)
    if place is None or source is None:
        return _read(folder)
    file = place / f"plan-{zlib.crc32(os.fsencode(folder)):08x}.bin"
    if (kept := _kept(file, source)) is not None:
        return kept, ()
    plan, findings = _read(folder)
    named = plan is None or plan.breakdown.file in ("", *ALL_FILES)
    if plan is not None and named and not findings and source == _source(folder):
        _keep(file, source, plan)
    return plan, findings


def _read(folder: Path) -> tuple[Plan | None, Findings]:
    from czurban.reading.plan_files import read_plan  # noqa: PLC0415 - what this module is there to spare

    return read_plan(folder)


def _place() -> Path | None:
    """The user's cache folder, found without platformdirs, which costs a start some 20 ms."""
    if named := os.environ.get("CZURBAN_CACHE"):
        return None if named == _OFF else Path(named)
    try:
        home = Path.home()
    except RuntimeError:
        return None
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData/Local") / "czurban/cache"
    if sys.platform == "darwin":
        return home / "Library/Caches/czurban"
    return Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache") / "czurban"


def _source(folder: Path) -> bytes | None:
    """Everything a plan is made from: the program, the folder's name (findings print it), and each file."""
    parts: list[object] = [__version__, sys.version, str(folder), _program()]
    for name in ALL_FILES:
        path = folder / name
        try:
            if path.exists() and path.stat().st_size > LARGEST:
                return None
            parts.append(path.read_bytes() if path.exists() else None)
        except OSError:
            return None
    return pickle.dumps(parts)


def _program() -> list[tuple[str, int, int]]:
    """The program's own files that make a plan: whoever changes one sees the change at once."""
    entries = (entry for room in _ROOMS for entry in os.scandir(room) if entry.name.endswith(".py"))
    return sorted((entry.name, entry.stat().st_mtime_ns, entry.stat().st_size) for entry in entries)


def _kept(file: Path, source: bytes) -> Plan | None:
    """The plan kept for this source; None where there is none, or what lies there is not ours or not whole."""
    try:
        if hasattr(os, "getuid") and file.stat().st_uid != os.getuid():
            return None
        data = file.read_bytes()
    except OSError:
        return None
    head = _head(source)
    body = data[len(head) + 4 :]
    if not data.startswith(head) or data[len(head) : len(head) + 4] != _sum(body):
        return None
    plan = pickle.loads(body)  # noqa: S301 - written by this program, for this user, and whole
    return plan if isinstance(plan, Plan) else None


def _keep(file: Path, source: bytes, plan: Plan) -> None:
    body = pickle.dumps(plan, protocol=5)
    with contextlib.suppress(OSError):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = file.with_suffix(f".{os.getpid()}")
        with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:  # noqa: PTH123 - of a descriptor
            stream.write(_head(source) + _sum(body) + body)
        fresh.replace(file)
        _tidy(file.parent)


def _tidy(place: Path) -> None:
    """Keep the plans used last and no more, so that the place does not grow."""
    plans = sorted(place.glob("plan-*"), key=lambda one: one.stat().st_mtime, reverse=True)
    for old in plans[_MOST:]:
        old.unlink(missing_ok=True)


def _head(source: bytes) -> bytes:
    return len(source).to_bytes(8, "big") + source


def _sum(body: bytes) -> bytes:
    return zlib.crc32(body).to_bytes(4, "big")
