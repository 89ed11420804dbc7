"""Files that an engine does not take, read by rows in Python instead as far as these may: packed ones unpacked."""

from pathlib import Path

from czurban.cli.large_asked import Asked
from czurban.cli.large_paths import is_elsewhere
from czurban.cli.large_run import not_long
from czurban.cli.session import read_all
from czurban.model.observation import Submission
from czurban.reading.kinds import Kind, misnamed
from czurban.reading.large.long_table import BeyondLimitsError, NotLongError
from czurban.reading.packed import kind_by_head, reading
from czurban.reading.submission import Read, read_stream, read_submission


class RowsInstead:
    """Reads such files, each once however often it is asked for."""

    def __init__(self, run: Asked) -> None:
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
        if name == "-":
            (submission,), findings = read_all([name], self.plan, self.limits)
            return submission, findings
        if is_elsewhere(name) or (kind := kind_by_head(Path(name))) is Kind.PARQUET:
            return None
        if kind in (Kind.GZIP, Kind.ZSTD):
            return self._unpacked(name, kind)
        return read_submission(Path(name), self.plan, self.limits) if self._may(Path(name).stat().st_size) else None

    def _unpacked(self, name: str, kind: Kind) -> Read | None:
        with reading(Path(name)) as stream:
            submission, findings = read_stream(name, stream, self.plan, self.limits)
        lie = misnamed(name, kind)
        return submission, (*((lie,) if lie else ()), *(one for one in findings if one.code != "S115"))

    def _may(self, size: int) -> bool:
        return size <= self.limits.size
