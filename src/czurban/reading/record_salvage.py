"""A CSV of records with broken rows, or one that programs split in two ways: split as Python does, the rest told."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from czurban.model.faults import finding
from czurban.model.finding import Finding
from czurban.model.place import Place
from czurban.reading import row_words
from czurban.reading.large.lines import keeps_its_end, look_over
from czurban.reading.large.salvage import Salvage
from czurban.reading.limits import LIMITS
from czurban.reading.record_source import RecordFiles


class Mended(NamedTuple):
    """Files whose rows all have the table's cells, what is told of the rows left out, and how many these are."""

    files: RecordFiles
    findings: Sequence[Finding]
    refused: int


def looked_over(files: RecordFiles) -> RecordFiles | None:
    """Text in UTF-8 with its line ends and number of rows; None where an engine may not split it as Python does."""
    plain = [Path(path) for path in files.paths]
    looks = [look_over(path) for path in plain]
    ends = {look.newline for look in looks}
    if len(ends) > 1 or not all(look.splits_alike for look in looks) or not all(map(keeps_its_end, plain)):
        return None
    return files._replace(newline=ends.pop(), rows=sum(look.lines - files.header for look in looks))


@contextmanager
def mended(files: RecordFiles, names: Sequence[str], most: int) -> Iterator[Mended]:
    """Yield copies with the rows that can be split; they are taken away again.

    Args:
        files: text in UTF-8.
        names: what the files are called in findings.
        most: how many findings of a code are kept; 0 keeps all.
    """
    findings: list[Finding] = []
    refused = written = 0
    wrapped = False
    with tempfile.TemporaryDirectory(prefix="czurban-") as folder:
        copies = []
        for number, (path, name) in enumerate(zip(files.paths, names, strict=True)):
            copy = Path(folder) / f"{number}.csv"
            done = _Rows(name, len(files.columns), files.delimiter, LIMITS, most).run(Path(path), files.header, copy)
            findings += done.findings
            refused += done.refused
            written += done.written
            wrapped = wrapped or done.wrapped
            copies.append(str(copy))
        yield Mended(
            files._replace(paths=tuple(copies), header=0, newline="\n", wrapped=wrapped, rows=written),
            findings,
            refused,
        )


class _Rows(Salvage):
    """A row of records has just the header's cells: one that has not may have any of them in another's place."""

    numbered = False

    def _row(self, number: int, cells: list[str], *, whole: bool) -> None:
        if len(cells) == self.width:
            super()._row(number, cells, whole=whole)
            return
        message, hint = row_words.ragged(len(cells), self.width)
        self._tell(finding("S105", Place(self.file, number), message, hint))
        self.refused += 1
