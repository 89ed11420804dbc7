"""The files that names, patterns and folders on a command line stand for, and what is left out of folders, and why.

Which YAML files are metrics, told without reading them as such.
"""

import os
import re
import stat
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from czurban.errors import UnreadableError, reason
from czurban.files.outputs import is_derived, is_output
from czurban.files.writing import is_temporary
from czurban.model.faults import finding
from czurban.model.finding import Finding, Place, mark, say
from czurban.reading.sources.opening import ALL_FILES, TARGETS, read_regular

METRICS = "metrics.yaml"
"""What the file is called where it lies beside a plan's."""
_KEY = b"metrics:"


def is_metrics(path: Path) -> bool:
    """Whether a YAML file is one of metrics and not one of a plan: it says `metrics:` where a plan's do not."""
    try:
        data = read_regular(path)
    except OSError:
        return False
    return any(line.startswith(_KEY) for line in data.removeprefix(b"\xef\xbb\xbf").splitlines())


STDIN = "-"
TEXTS = (".csv", ".tsv", ".txt")
PARQUET = (".parquet", ".pq")
PACKED = tuple(f"{text}{packed}" for text in TEXTS for packed in (".gz", ".zst"))
WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".et", ".ods")
TABLES = (*TEXTS, *WORKBOOKS, *PARQUET, *PACKED)
"""How the names of tables end."""
_OF_PLANS = frozenset((*ALL_FILES, METRICS))
_DIGITS = re.compile("([0-9]+)")
_MAGIC = re.compile(r"[*?\[]")
_ANY_DEPTH = re.compile(rf"(?<![^{re.escape(os.sep)}/])\*\*(?:[{re.escape(os.sep)}/]+|\Z)")
"""The part of a pattern that stands for folders at any depth."""


class SkipReason(StrEnum):
    """Why something in a folder is left out."""

    HIDDEN = mark("hidden")
    LOCK = mark("left by a program that has a file open")
    UNFINISHED = mark("an unfinished file")
    OUTPUT = mark("written by czurban")
    PLAN = mark("a file of a plan")
    UNKNOWN = mark("not a type of table")
    SPECIAL = mark("not a regular file")
    LINK = mark("a link to nothing, or to a folder")


class SkippedFile(NamedTuple):
    """Something in a folder that is not read, and why."""

    path: str
    why: SkipReason


class FoundFiles(NamedTuple):
    """The files to read, in order, each once; what was left out; and findings of folders that cannot be listed."""

    files: tuple[str, ...] = ()
    left_out: tuple[SkippedFile, ...] = ()
    findings: tuple[Finding, ...] = ()


def is_elsewhere(name: str) -> bool:
    """Whether a name is not one of this machine's files: a cluster's storage (s3a://…), or its table (table:NAME)."""
    return "://" in name or name.startswith("table:")


def find_files(
    names: Sequence[str | Path],
    *,
    types: Sequence[str] = TABLES,
    deep: bool = True,
    elsewhere: bool = False,
    derived: bool = True,
) -> FoundFiles:
    """Find the files that names stand for: a file by its name, whatever it is called, a folder, or a pattern.

    A name that is there is never taken for a pattern. Of folders and patterns only tables are taken, in natural order
    (2.csv before 10.csv); a pattern that spells the end of its names out, such as `*.dat`, takes those.

    Args:
        names: as the user wrote them; `-` is standard input.
        types: how the names of tables end.
        deep: whether the folders in a folder are looked into.
        elsewhere: whether names of a cluster's files and tables are taken as they are.
        derived: whether what `compute` has derived is taken: it is figures, and no records.

    Raises:
        UnreadableError: a file is not there, or a folder or pattern has no table.
    """
    search = _Search(types, deep=deep, derived=derived)
    for name in map(str, names):
        if name == STDIN or (elsewhere and is_elsewhere(name)):
            search.found.setdefault(name, name)
        else:
            search.add(name)
    return FoundFiles(tuple(search.found.values()), tuple(dict.fromkeys(search.left_out)), tuple(search.findings))


class _Search:
    """One search: files by what they are known by, so that a file under two names is read once."""

    def __init__(self, types: Sequence[str], *, deep: bool, derived: bool) -> None:
        self.types, self.deep, self.derived = tuple(types), deep, derived
        self.found: dict[object, str] = {}
        self.left_out: list[SkippedFile] = []
        self.findings: list[Finding] = []
        self.taken = 0

    def add(self, name: str) -> None:
        """Add what a name stands for."""
        mode = _mode(name)
        if mode is None and _MAGIC.search(name):
            self._add_matches(name)
        elif mode is None:
            raise UnreadableError(say("There is no file {path}.", path=name), say("Check the name."))
        elif mode and stat.S_ISDIR(mode):
            self._some(name, lambda: self._add_folder(Path(name)))
        else:
            self._take(name)

    def _add_matches(self, pattern: str) -> None:
        matches = sorted(_matches(pattern), key=natural)
        spelled = Path(pattern).suffix
        types = (spelled.lower(),) if spelled and not _MAGIC.search(spelled) else self.types
        self._some(pattern, lambda: self._add_entries(map(Path, matches), types))

    def _some(self, name: str, add: Callable[[], None]) -> None:
        """Add files, and make sure that there is something to read or to report.

        Raises:
            UnreadableError: there is nothing.
        """
        taken, reported, left = self.taken, len(self.findings), len(self.left_out)
        add()
        if self.taken > taken:
            return
        if len(self.findings) > reported:
            raise UnreadableError(self.findings[-1].message, self.findings[-1].hint)
        out = ", ".join(Path(one.path).name for one in self.left_out[left:][:3])
        hint = say("Tables end in {ends}.", ends=", ".join(self.types))
        if out:
            hint = say("Tables end in {ends}. Left out: {names}.", ends=", ".join(self.types), names=out)
        raise UnreadableError(say("There is no table in {path}.", path=name), hint)

    def _add_folder(self, folder: Path) -> None:
        try:
            entries = sorted(folder.iterdir(), key=lambda one: natural(one.name))
        except OSError as error:
            message = say("{path} cannot be read: {reason}.", path=str(folder), reason=reason(error))
            hint = say("Ask for the right to read it, or name the files one by one.")
            self.findings.append(finding("S120", Place(str(folder)), message, hint))
            return
        self._add_entries(entries, self.types)

    def _add_entries(self, entries: Sequence[Path] | Iterator[Path], types: Sequence[str]) -> None:
        for path in entries:
            mode = _mode(str(path))
            if mode and stat.S_ISDIR(mode) and not path.name.startswith("."):
                if path.is_symlink():
                    self.left_out.append(SkippedFile(str(path), SkipReason.LINK))
                elif self.deep:
                    self._add_folder(path)
            elif why := _why_not(path, mode, types, derived=self.derived):
                self.left_out.append(SkippedFile(str(path), why))
            else:
                self._take(str(path))

    def _take(self, name: str) -> None:
        self.found.setdefault(_identity(name), name)
        self.taken += 1


def _matches(pattern: str) -> Iterator[str]:
    """Yield what a pattern stands for. Its `**` enters no hidden folder and no link: links can lead round for ever."""
    import glob  # noqa: PLC0415 - most shells expand patterns themselves

    parts = _ANY_DEPTH.split(pattern, maxsplit=1)
    if len(parts) == 1:
        yield from glob.glob(pattern)  # noqa: PTH207 - it takes patterns with a root
        return
    head, rest = parts[0], parts[1] or "*"
    tops = glob.glob(head) if head else [""]  # noqa: PTH207 - as above
    for top in tops:
        for folder, below, _ in os.walk(top or os.curdir):
            below[:] = [name for name in below if not name.startswith(".")]
            inside = os.path.join(glob.escape(folder if top else folder[2:]), "")  # noqa: PTH118 - "" ends it with a slash
            yield from _matches(inside + rest if top or folder != os.curdir else rest)


def _why_not(path: Path, mode: int | None, types: Sequence[str], *, derived: bool) -> SkipReason | None:
    """Return why something in a folder is no figures; None where it is to be read."""
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


def natural(name: str) -> tuple[list[str | int], str]:
    """Return what names are sorted by: numbers in them by their value, letters without regard to case at first."""
    return [int(part) if n % 2 else part.casefold() for n, part in enumerate(_DIGITS.split(name))], name


def _mode(name: str) -> int | None:
    """Return what a name is; None where nothing is there, and 0 where the system does not say."""
    try:
        return os.stat(name).st_mode  # noqa: PTH116 - one call for a text
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return None
    except OSError:
        return 0


def _identity(name: str) -> object:
    try:
        status = os.stat(name)  # noqa: PTH116 - as above
    except OSError:
        return os.path.realpath(name)
    return (status.st_dev, status.st_ino) if status.st_ino else os.path.realpath(name)
