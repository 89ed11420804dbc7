"""Find the files that names, patterns and folders on a command line stand for, and report those left out."""

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

METRICS, RULES = "metrics.yaml", "rules.yaml"
"""The usual names of a file of metrics and of one of rating rules in a plan's folder."""


def is_metrics(path: Path) -> bool:
    """Return whether a YAML file is a file of metrics: only those have the key `metrics:` at the top."""
    return _has_key(path, b"metrics:")


def is_rules(path: Path) -> bool:
    """Return whether a YAML file is a file of rating rules: only those have the key `rules:` at the top."""
    return _has_key(path, b"rules:")


def _has_key(path: Path, key: bytes) -> bool:
    try:
        data = read_regular(path)
    except OSError:
        return False
    return any(line.startswith(key) for line in data.removeprefix(b"\xef\xbb\xbf").splitlines())


STDIN = "-"
TEXTS = (".csv", ".tsv", ".txt")
PARQUET = (".parquet", ".pq")
PACKED = tuple(f"{text}{packed}" for text in TEXTS for packed in (".gz", ".zst"))
WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".et", ".ods")
TABLES = (*TEXTS, *WORKBOOKS, *PARQUET, *PACKED)
"""The endings of tables' names."""
_OF_PLANS = frozenset((*ALL_FILES, METRICS, RULES))
_DIGITS = re.compile("([0-9]+)")
_MAGIC = re.compile(r"[*?\[]")
_ANY_DEPTH = re.compile(rf"(?<![^{re.escape(os.sep)}/])\*\*(?:[{re.escape(os.sep)}/]+|\Z)")
"""The part of a pattern that matches folders at any depth."""


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


class FoundFiles(NamedTuple):
    """The files to read, in order, each once; those left out; and findings for folders that cannot be listed."""

    files: tuple[str, ...] = ()
    left_out: tuple[SkippedFile, ...] = ()
    findings: tuple[Finding, ...] = ()


def is_elsewhere(name: str) -> bool:
    """Return whether a name is that of a cluster's storage (s3a://…) or table (table:NAME), not of a local file."""
    return "://" in name or name.startswith("table:")


def find_files(  # noqa: PLR0913 - what a search may be limited to
    names: Sequence[str | Path],
    *,
    types: Sequence[str] = TABLES,
    deep: bool = True,
    elsewhere: bool = False,
    derived: bool = True,
    exclude: Sequence[str] = (),
) -> FoundFiles:
    """Find the files that names stand for. A name may be a file, a folder, or a pattern.

    A name that exists is never taken for a pattern. Folders and patterns yield only tables, in natural order (2.csv
    before 10.csv); a pattern with an ending of its own, such as `*.dat`, yields files with that ending.

    Args:
        names: the names as the user wrote them; `-` is standard input.
        types: the endings of tables' names.
        deep: whether subfolders are searched.
        elsewhere: whether names of a cluster's files and tables are accepted as they are.
        derived: whether tables that `compute` wrote are included: they are figures, not records.
        exclude: patterns of files and folders that are left out: of their names, or of their paths ends.

    Raises:
        UnreadableError: a file does not exist, or a folder or pattern has no table.
    """
    search = _FileSearch(types, deep=deep, derived=derived, exclude=exclude)
    for name in map(str, names):
        if name == STDIN or (elsewhere and is_elsewhere(name)):
            search.files.setdefault(name, name)
        else:
            search.add(name)
    return FoundFiles(tuple(search.files.values()), tuple(dict.fromkeys(search.left_out)), tuple(search.findings))


class _FileSearch:
    """One search; files are kept by identity, so that a file under two names is read once."""

    def __init__(self, types: Sequence[str], *, deep: bool, derived: bool, exclude: Sequence[str]) -> None:
        self.types, self.deep, self.derived = tuple(types), deep, derived
        self.files: dict[object, str] = {}
        self.left_out: list[SkippedFile] = []
        self.findings: list[Finding] = []
        self.exclude = exclude
        self.taken = 0

    def add(self, name: str) -> None:
        """Add the files that a name stands for."""
        mode = _mode(name)
        if mode is None and _MAGIC.search(name):
            self._add_matches(name)
        elif mode is None:
            raise UnreadableError(say("There is no file {path}.", path=name), say("Check the name."))
        elif mode and stat.S_ISDIR(mode):
            self._require(name, lambda: self._add_folder(Path(name)))
        else:
            self._take(name)

    def _add_matches(self, pattern: str) -> None:
        matches = sorted(_matches(pattern), key=natural)
        suffix = Path(pattern).suffix
        types = (suffix.lower(),) if suffix and not _MAGIC.search(suffix) else self.types
        self._require(pattern, lambda: self._add_entries(map(Path, matches), types))

    def _require(self, name: str, add: Callable[[], None]) -> None:
        """Add files, and check that there are some."""
        taken, reported, left = self.taken, len(self.findings), len(self.left_out)
        add()
        if self.taken > taken:
            return
        if len(self.findings) > reported:
            raise UnreadableError(self.findings[-1].message, self.findings[-1].hint)
        names, ends = ", ".join(Path(file.path).name for file in self.left_out[left:][:3]), ", ".join(self.types)
        hint = say("Tables end in {ends}.", ends=ends)
        if names:
            hint = say("Tables end in {ends}. Left out: {names}.", ends=ends, names=names)
        raise UnreadableError(say("There is no table in {path}.", path=name), hint)

    def _add_folder(self, folder: Path) -> None:
        try:
            entries = sorted(folder.iterdir(), key=lambda path: natural(path.name))
        except OSError as error:
            message = say("{path} cannot be read: {reason}.", path=str(folder), reason=reason(error))
            hint = say("Ask for the right to read it, or name the files one by one.")
            self.findings.append(finding("S120", Place(str(folder)), message, hint))
            return
        self._add_entries(entries, self.types)

    def _add_entries(self, entries: Sequence[Path] | Iterator[Path], types: Sequence[str]) -> None:
        for path in entries:
            mode = _mode(str(path))
            if any(path.match(pattern) for pattern in self.exclude):
                self.left_out.append(SkippedFile(str(path), SkipReason.EXCLUDED))
            elif mode and stat.S_ISDIR(mode) and not path.name.startswith("."):
                if path.is_symlink():
                    self.left_out.append(SkippedFile(str(path), SkipReason.LINK))
                elif self.deep:
                    self._add_folder(path)
            elif why := _skip_reason(path, mode, types, derived=self.derived):
                self.left_out.append(SkippedFile(str(path), why))
            else:
                self._take(str(path))

    def _take(self, name: str) -> None:
        self.files.setdefault(_identity(name), name)
        self.taken += 1


def _matches(pattern: str) -> Iterator[str]:
    """Yield the names that a pattern matches. `**` enters neither hidden folders nor links, which can form cycles."""
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


def _skip_reason(path: Path, mode: int | None, types: Sequence[str], *, derived: bool) -> SkipReason | None:
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


def natural(name: str) -> tuple[list[str | int], str]:
    """Return the sort key of a name: numbers in it by their value, then letters without regard to case."""
    return [int(part) if n % 2 else part.casefold() for n, part in enumerate(_DIGITS.split(name))], name


def _mode(name: str) -> int | None:
    """Return the file mode of a name; None where nothing exists, and 0 where the system refuses to answer."""
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
