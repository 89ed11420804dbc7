"""Find the files that names, patterns and folders on a command line stand for, and report those left out."""

import os
import re
import stat
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from czurban.errors import UnreadableError, reason
from czurban.model.faults import finding
from czurban.model.finding import Finding, Place, say
from czurban.reading.sources.file_names import STDIN, TABLES, is_elsewhere
from czurban.reading.sources.skipped_files import SkippedFile, SkipReason, skip_reason

_DIGITS = re.compile("([0-9]+)")
_MAGIC = re.compile(r"[*?\[]")


class FoundFiles(NamedTuple):
    """The files to read, in order, each once; those left out; and findings for folders that cannot be listed."""

    files: tuple[str, ...] = ()
    left_out: tuple[SkippedFile, ...] = ()
    findings: tuple[Finding, ...] = ()


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
    search = _FileSearch(types, deep, derived, exclude)
    for name in map(str, names):
        if name == STDIN or (elsewhere and is_elsewhere(name)):
            search.files.setdefault(name, name)
        else:
            search.add(name)
    return FoundFiles(tuple(search.files.values()), tuple(dict.fromkeys(search.left_out)), tuple(search.findings))


@dataclass(slots=True)
class _FileSearch:
    """One search; files are kept by identity, so that a file under two names is read once."""

    types: Sequence[str]
    deep: bool
    derived: bool
    exclude: Sequence[str]
    files: dict[object, str] = field(default_factory=dict)
    left_out: list[SkippedFile] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    taken: int = 0

    def add(self, name: str) -> None:
        """Add the files that a name stands for; a folder or a pattern must have some."""
        mode = _mode(name)
        is_pattern = mode is None and bool(_MAGIC.search(name))
        if mode is None and not is_pattern:
            raise UnreadableError(say("There is no file {path}.", path=name), say("Check the name."))
        if mode is not None and not stat.S_ISDIR(mode):
            self._take(name)
            return
        taken, reported, left = self.taken, len(self.findings), len(self.left_out)
        if is_pattern:
            from czurban.reading.sources.name_patterns import matches  # noqa: PLC0415 - most shells expand patterns

            suffix = Path(name).suffix
            types = (suffix.lower(),) if suffix and not _MAGIC.search(suffix) else self.types
            self._add_entries(map(Path, sorted(matches(name), key=natural)), types)
        else:
            self._add_folder(Path(name))
        if self.taken == taken:
            raise self._nothing_in(name, self.findings[reported:], self.left_out[left:])

    def _nothing_in(self, name: str, findings: Sequence[Finding], left_out: Sequence[SkippedFile]) -> UnreadableError:
        if findings:
            return UnreadableError(findings[-1].message, findings[-1].hint)
        names, ends = ", ".join(Path(file.path).name for file in left_out[:3]), ", ".join(self.types)
        hint = say("Tables end in {ends}.", ends=ends)
        if names:
            hint = say("Tables end in {ends}. Left out: {names}.", ends=ends, names=names)
        return UnreadableError(say("There is no table in {path}.", path=name), hint)

    def _add_folder(self, folder: Path) -> None:
        try:
            entries = sorted(folder.iterdir(), key=lambda path: natural(path.name))
        except OSError as error:
            message = say("{path} cannot be read: {reason}.", path=str(folder), reason=reason(error))
            hint = say("Ask for the right to read it, or name the files one by one.")
            self.findings.append(finding("S120", Place(str(folder)), message, hint))
            return
        self._add_entries(entries, self.types)

    def _add_entries(self, entries: Iterable[Path], types: Sequence[str]) -> None:
        for path in entries:
            mode = _mode(str(path))
            if any(path.match(pattern) for pattern in self.exclude):
                self.left_out.append(SkippedFile(str(path), SkipReason.EXCLUDED))
            elif mode and stat.S_ISDIR(mode) and not path.name.startswith("."):
                if path.is_symlink():
                    self.left_out.append(SkippedFile(str(path), SkipReason.LINK))
                elif self.deep:
                    self._add_folder(path)
            elif why := skip_reason(path, mode, types, derived=self.derived):
                self.left_out.append(SkippedFile(str(path), why))
            else:
                self._take(str(path))

    def _take(self, name: str) -> None:
        self.files.setdefault(_identity(name), name)
        self.taken += 1


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
