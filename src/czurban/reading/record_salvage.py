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
from czurban.reading.large.lines import look_over, loses_its_end
from czurban.reading.large.salvage import Salvage
from czurban.reading.limits import LIMITS
from czurban.reading.record_source import RecordFiles


class Mended(NamedTuple):
    """Files whose rows all have the table's cells, what is told of the rows left out, and how many these are."""

    files: RecordFiles
    findings: Sequence[Finding]
    refused: int


def is_doubtful(files: RecordFiles) -> bool:
    """Whether an engine may split a row otherwise than Python does, or lose the last one, without a word."""
    plain = map(Path, files.paths if files.form == "csv" else ())
    return any(look_over(path).doubtful or loses_its_end(path) for path in plain)


@contextmanager
def mended(files: RecordFiles, names: Sequence[str], most: int) -> Iterator[Mended]:
    """Yield copies with the rows that can be split; they are taken away again.

    Args:
        files: text in UTF-8.
        names: what the files are called in findings.
        most: how many findings of a code are kept; 0 keeps all.
    """
    findings: list[Finding] = []
    refused = 0
    with tempfile.TemporaryDirectory(prefix="czurban-") as folder:
        copies = []
        for number, (path, name) in enumerate(zip(files.paths, names, strict=True)):
            copy = Path(folder) / f"{number}.csv"
            done = _Rows(name, len(files.columns), files.delimiter, LIMITS, most).run(Path(path), 1, copy)
            findings += done.findings
            refused += done.refused
            copies.append(str(copy))
        yield Mended(files._replace(paths=tuple(copies), header=False), findings, refused)


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
