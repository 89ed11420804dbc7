"""A large CSV with broken rows: every row that can be split is written anew with its line; the others are told.

A CSV of records with broken rows, or one that programs split in two ways: split as Python does, the rest told.
"""

import csv
import re
import tempfile
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, TextIO

from czurban.model.faults import finding
from czurban.model.finding import Finding, Place, say
from czurban.reading.large.lines import keeps_its_end, look_over
from czurban.reading.large.record_source import RecordFiles
from czurban.reading.sources import csv_sheet
from czurban.reading.sources.opening import LIMITS, LONGEST_LINE, Limits, too_long_a_cell
from czurban.reading.submission import row_words

_LONGEST_LINE = 1 << 20
_MOST_LINES = 10_000
_NO_TEXT = re.compile("[\ud800-\udfff]")
LINE, CELLS = "line_no", "cell_count"
"""Columns that are written before the table's own: a row's first line, and how many cells it had."""


class RepairedCsv(NamedTuple):
    """What came of it: rows written and refused, lines that were blank, the findings, and all of them counted.

    `wrapped` says that cells of what was written hold line ends.
    """

    written: int
    refused: int
    blank: int
    findings: tuple[Finding, ...]
    codes: Counter[str]
    wrapped: bool = False


class CsvRepair:
    """Goes through a file line by line; `most` findings of a code are kept (0: all), and all are counted."""

    numbered = True
    """Whether a row is written with its line and its number of cells in front."""

    def __init__(self, file: str, width: int, delimiter: str, limits: Limits, most: int) -> None:
        self.file, self.width, self.delimiter, self.limits, self.most = file, width, delimiter, limits, most
        self.findings: list[Finding] = []
        self.codes: Counter[str] = Counter()
        self.written = self.refused = self.blank = 0
        self.wrapped = False
        self._line = 0
        self._waiting: deque[str | None] = deque()
        self._ended = True

    def run(self, path: Path, skip: int, into: Path) -> RepairedCsv:
        """Write the rows behind so many lines of a text in UTF-8 into another file."""
        with (
            path.open(encoding="utf-8", errors="surrogateescape", newline="") as stream,
            into.open("w", encoding="utf-8", newline="") as out,
        ):
            self._stream, self._out = (
                stream,
                csv.writer(out, delimiter=self.delimiter, lineterminator="\n", quoting=csv.QUOTE_ALL),
            )
            for _ in range(skip):
                self._next()
            while (text := self._next()) is not None:
                self._record(text, out)
        return RepairedCsv(self.written, self.refused, self.blank, tuple(self.findings), self.codes, self.wrapped)

    _stream: TextIO

    def _record(self, text: str, out: TextIO) -> None:
        number = self._line
        if '"' in text:
            self._quoted(text, number)
            return
        bare = text.rstrip("\r\n")
        many = bare.count(self.delimiter) + 1
        if many == self.width and len(bare) <= self.limits.cell:
            self.written += 1
            out.write(f"{number}{self.delimiter}{many}{self.delimiter}{bare}\n" if self.numbered else f"{bare}\n")
        elif not bare:
            self.blank += 1
        else:
            self._row(number, bare.split(self.delimiter), whole=text != bare)

    def _quoted(self, text: str, number: int) -> None:
        taken: list[str] = []
        reader = csv.reader(self._from(text, taken), delimiter=self.delimiter, strict=True)
        before = csv.field_size_limit(1 << 30)
        try:
            cells = next(reader)
        except csv.Error as error:
            self._line = number
            self._waiting.extendleft(reversed(taken[1:]))
            place, ends = Place(self.file, number), self._at_end() and not text.endswith(("\n", "\r"))
            self._tell(csv_sheet.cut(place) if ends and "end of data" in str(error) else csv_sheet.unclosed(place))
            self.refused += 1
        else:
            self._row(number, cells, whole=taken[-1].endswith(("\n", "\r")))
        finally:
            csv.field_size_limit(before)

    def _from(self, text: str, taken: list[str]) -> Iterator[str]:
        taken.append(text)
        yield text
        size = len(text)
        while len(taken) < _MOST_LINES and size <= LONGEST_LINE and (more := self._next()) is not None:
            taken.append(more)
            size += len(more)
            yield more

    def _row(self, number: int, cells: list[str], *, whole: bool) -> None:
        """Write a row that is not as wide as the header, or has quoted cells, with how many cells it has."""
        many, longest = len(cells), max(map(len, cells))
        if longest > self.limits.cell:
            self._tell(too_long_a_cell(Place(self.file, number), longest, self.limits))
            self.refused += 1
        elif not whole and 1 < many < self.width and self._at_end():
            self._tell(csv_sheet.cut(Place(self.file, number)))
            self.refused += 1
        else:
            if many > self.width and not any(cell.strip() for cell in cells[self.width :]):
                many = self.width
            before = [number, many] if self.numbered else []
            self.wrapped = self.wrapped or any("\n" in cell or "\r" in cell for cell in cells)
            self.written += 1
            self._out.writerow([*before, *cells[: self.width], *[""] * (self.width - many)])

    def _at_end(self) -> bool:
        if not self._waiting and (more := self._next()) is not None:
            self._waiting.appendleft(more)
            self._line -= 1
        return not self._waiting

    def _next(self) -> str | None:
        """The next line that is text; those that are none, or too long, are told and left out."""
        while True:
            if self._waiting:
                self._line += 1
                return self._waiting.popleft()
            text = self._stream.readline(_LONGEST_LINE)
            if not text:
                return None
            if len(text) == _LONGEST_LINE and not text.endswith(("\n", "\r")):
                self._too_long(len(text))
                continue
            self._line += 1
            if not text.isascii() and _NO_TEXT.search(text):
                self._no_text()
                continue
            return text.removeprefix("\ufeff") if self._line == 1 else text

    def _too_long(self, met: int) -> None:
        self._line += 1
        while (more := self._stream.readline(_LONGEST_LINE)) and not more.endswith(("\n", "\r")):
            met += len(more)
        self._tell(too_long_a_cell(Place(self.file, self._line), met + len(more), self.limits))
        self.refused += 1

    def _no_text(self) -> None:
        message = say("This row is not text in the encoding of the file (UTF-8), so it is not used.")
        hint = say("Save the file anew in one encoding.")
        self._tell(finding("S101", Place(self.file, self._line), message, hint))
        self.refused += 1

    def _tell(self, one: Finding) -> None:
        self.codes[one.code] += 1
        if not self.most or self.codes[one.code] <= self.most:
            self.findings.append(one)


class RepairedFiles(NamedTuple):
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
def repaired(files: RecordFiles, names: Sequence[str], most: int) -> Iterator[RepairedFiles]:
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
        yield RepairedFiles(
            files._replace(paths=tuple(copies), header=0, newline="\n", wrapped=wrapped, rows=written),
            findings,
            refused,
        )


class _Rows(CsvRepair):
    """A row of records has just the header's cells: one that has not may have any of them in another's place."""

    numbered = False

    def _row(self, number: int, cells: list[str], *, whole: bool) -> None:
        if len(cells) == self.width:
            super()._row(number, cells, whole=whole)
            return
        message, hint = row_words.ragged(len(cells), self.width)
        self._tell(finding("S105", Place(self.file, number), message, hint))
        self.refused += 1
