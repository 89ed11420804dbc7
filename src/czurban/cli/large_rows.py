"""Files that an engine does not take, read by rows in Python instead as far as these may: packed ones unpacked."""

from pathlib import Path

from czurban.cli.large_asked import RunOptions
from czurban.cli.large_run import not_long
from czurban.cli.session import read_one
from czurban.model.observation import Submission
from czurban.reading.large.long_table import BeyondLimitsError, NotLongError
from czurban.reading.sources.find_files import is_elsewhere
from czurban.reading.sources.packed import FileKind, kind_by_head
from czurban.reading.submission.files import Read

_UNKNOWN_SIZE = (FileKind.PARQUET, FileKind.GZIP, FileKind.ZSTD)


class RowsInstead:
    """Reads such files, each once however often it is asked for."""

    def __init__(self, run: RunOptions) -> None:
        self.plan, self.limits = run.plan, run.limits
        self._known: dict[str, Read] = {}

    def read(self, name: str, why: NotLongError) -> Read:
        """What rows in Python make of a file; where they may not read it, what is known to be wrong with it.

        Raises:
            UnreadableError: it is beyond them, and nothing of that kind is known.
        """
        if name not in self._known:
            beyond = isinstance(why, BeyondLimitsError) and name == why.file
            found = None if beyond else self._read(name)
            if found is None and name == why.file and why.findings:
                found = Submission(name, ""), why.findings
            if found is None:
                raise not_long(why) from why
            self._known[name] = found
        return self._known[name]

    def _read(self, name: str) -> Read | None:
        if is_elsewhere(name) or self._is_too_large(name):
            return None
        return read_one(name, self.plan, self.limits)

    def _is_too_large(self, name: str) -> bool:
        """Whether a plain text or workbook is beyond rows in Python; of others what they hold is not known yet."""
        if name == "-" or kind_by_head(Path(name)) in _UNKNOWN_SIZE:
            return False
        return Path(name).stat().st_size > self.limits.size
