"""A run over large tables: what was asked for, and the engine and the folder that it works with.

Files that an engine does not take, read by rows in Python instead as far as these may: packed ones unpacked.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from czurban.app.assessing import read_file
from czurban.app.large.files import LargeFiles
from czurban.app.large.options import RunOptions
from czurban.computing.engines.engine import Engine
from czurban.errors import UnreadableError
from czurban.model.finding import say
from czurban.model.observation import Submission
from czurban.reading.large.long_table import BeyondLimitsError, NotLongError
from czurban.reading.large.text_scan import Prefetch
from czurban.reading.sources.file_names import is_elsewhere
from czurban.reading.sources.opening import FileKind
from czurban.reading.sources.packed import kind_by_head
from czurban.reading.submission.file_faults import Read


def not_long(error: NotLongError) -> UnreadableError:
    """Why an engine cannot take a table."""
    where = say(" (line {line})", line=error.line) if error.line else ""
    message = say(
        "{path} is not one long table that an engine can take: {why}{where}.",
        path=error.file,
        why=error.why,
        where=where,
    )
    hint = say("Send one row for each figure under one header. Other tables are read row by row up to --max-size.")
    return UnreadableError(message, hint)


@contextmanager
def workshop(run: RunOptions, first: str) -> Iterator[tuple[Engine, LargeFiles]]:
    """Yield an engine, and the opener of large files with a temporary folder; both are closed afterwards.

    Args:
        run: what was asked for.
        first: the file that is opened first.
    """
    ahead = Prefetch(first)
    from czurban.app.large.engines import make_engine  # noqa: PLC0415 - the library behind it takes its time

    engine = make_engine(run.engine, run.memory)
    try:
        with tempfile.TemporaryDirectory(prefix="czurban-", ignore_cleanup_errors=True) as folder:
            yield engine, LargeFiles(engine, run.plan, Path(folder), run.limits, run.most, ahead, run.period)
    finally:
        engine.close()


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
            reading = None if beyond else self._read(name)
            if reading is None and name == why.file and why.findings:
                reading = Submission(name, ""), why.findings
            if reading is None:
                raise not_long(why) from why
            self._known[name] = reading
        return self._known[name]

    def _read(self, name: str) -> Read | None:
        if is_elsewhere(name) or self._is_too_large(name):
            return None
        return read_file(name, self.plan, self.limits)

    def _is_too_large(self, name: str) -> bool:
        """Whether a plain text or workbook is beyond rows in Python; of others what they hold is not known yet."""
        if name == "-" or kind_by_head(Path(name)) in _UNKNOWN_SIZE:
            return False
        return Path(name).stat().st_size > self.limits.size
