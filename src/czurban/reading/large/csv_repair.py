"""Repair large CSV files: copy every row that can be split into cells, and report the others."""

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
from czurban.reading.large.lines import LineIndex
from czurban.reading.large.record_source import RecordFiles
from czurban.reading.large.text_scan import has_short_last_record, scan_text
from czurban.reading.sources.broken_records import cut_off, unclosed_quote
from czurban.reading.sources.limits import LIMITS, LONGEST_LINE, Limits, too_long_a_cell
from czurban.reading.submission.rows import messages

_LONGEST_LINE = 1 << 20
_MOST_LINES = 10_000
_UNDECODED = re.compile("[\ud800-\udfff]")
LINE, CELLS = "line_no", "cell_count"
"""Columns that are written before those of the table: a row's first line, and its number of cells."""


class RepairedCsv(NamedTuple):
    """The numbers of written and refused rows and blank lines, the findings that were kept, and all findings by code.

    `wrapped` is true where written cells contain line ends.
    """

    written: int
    refused: int
    blank: int
    findings: tuple[Finding, ...]
    codes: Counter[str]
    wrapped: bool = False


class CsvRepair:
    """Copies the rows of a file line by line; `most` findings of a code are kept (0: all), and all are counted."""

    numbered = True
    """Whether rows are written with their line and number of cells in front."""

    def __init__(self, file: str, width: int, delimiter: str, limits: Limits, most: int) -> None:
        self.file, self.width, self.delimiter, self.limits, self.most = file, width, delimiter, limits, most
        self.findings: list[Finding] = []
        self.codes: Counter[str] = Counter()
        self.written = self.refused = self.blank = 0
        self.wrapped = False
        self._line = 0
        self._pending: deque[str] = deque()
        """Lines that were read ahead."""

    def run(self, path: Path, skip: int, into: Path) -> RepairedCsv:
        """Copy the rows after the first `skip` lines of a text in UTF-8 into another file."""
        with (
            path.open(encoding="utf-8", errors="surrogateescape", newline="") as stream,
            into.open("w", encoding="utf-8", newline="") as out,
        ):
            self._stream = stream
            self._out = csv.writer(out, delimiter=self.delimiter, lineterminator="\n", quoting=csv.QUOTE_ALL)
            for _ in range(skip):
                self._next_line()
            while (text := self._next_line()) is not None:
                self._record(text, out)
        return RepairedCsv(self.written, self.refused, self.blank, tuple(self.findings), self.codes, self.wrapped)

    _stream: TextIO

    def _record(self, text: str, out: TextIO) -> None:
        number = self._line
        if '"' in text:
            self._quoted(text, number)
            return
        bare = text.rstrip("\r\n")
        count = bare.count(self.delimiter) + 1
        if count == self.width and len(bare) <= self.limits.cell:
            self.written += 1
            out.write(f"{number}{self.delimiter}{count}{self.delimiter}{bare}\n" if self.numbered else f"{bare}\n")
        elif not bare:
            self.blank += 1
        else:
            self._row(number, bare.split(self.delimiter), whole=text != bare)

    def _quoted(self, text: str, number: int) -> None:
        lines: list[str] = []
        reader = csv.reader(self._lines_of_record(text, lines), delimiter=self.delimiter, strict=True)
        before = csv.field_size_limit(1 << 30)
        try:
            cells = next(reader)
        except csv.Error as error:
            self._line = number
            self._pending.extendleft(reversed(lines[1:]))
            is_cut = "end of data" in str(error) and self._at_end() and not text.endswith(("\n", "\r"))
            place = Place(self.file, number)
            self._refuse(cut_off(place) if is_cut else unclosed_quote(place))
        else:
            self._row(number, cells, whole=lines[-1].endswith(("\n", "\r")))
        finally:
            csv.field_size_limit(before)

    def _lines_of_record(self, text: str, lines: list[str]) -> Iterator[str]:
        """Yield a line and those after it, as many as a record may have, and add each to `lines`."""
        lines.append(text)
        yield text
        size = len(text)
        while len(lines) < _MOST_LINES and size <= LONGEST_LINE and (more := self._next_line()) is not None:
            lines.append(more)
            size += len(more)
            yield more

    def _row(self, number: int, cells: list[str], *, whole: bool) -> None:
        """Write a row that is not as wide as the header, or has quoted cells, with its number of cells."""
        count, longest = len(cells), max(map(len, cells))
        if longest > self.limits.cell:
            self._refuse(too_long_a_cell(Place(self.file, number), longest, self.limits))
        elif not whole and 1 < count < self.width and self._at_end():
            self._refuse(cut_off(Place(self.file, number)))
        else:
            if count > self.width and not any(cell.strip() for cell in cells[self.width :]):
                count = self.width
            before = [number, count] if self.numbered else []
            self.wrapped = self.wrapped or any("\n" in cell or "\r" in cell for cell in cells)
            self.written += 1
            self._out.writerow([*before, *cells[: self.width], *[""] * (self.width - count)])

    def _at_end(self) -> bool:
        if not self._pending and (more := self._next_line()) is not None:
            self._pending.appendleft(more)
            self._line -= 1
        return not self._pending

    def _next_line(self) -> str | None:
        """Return the next line that is text; report and leave out lines that are not text, or too long."""
        while True:
            if self._pending:
                self._line += 1
                return self._pending.popleft()
            text = self._stream.readline(_LONGEST_LINE)
            if not text:
                return None
            self._line += 1
            if len(text) == _LONGEST_LINE and not text.endswith(("\n", "\r")):
                length = len(text)
                while (more := self._stream.readline(_LONGEST_LINE)) and not more.endswith(("\n", "\r")):
                    length += len(more)
                self._refuse(too_long_a_cell(Place(self.file, self._line), length + len(more), self.limits))
            elif not text.isascii() and _UNDECODED.search(text):
                message = say("This row is not text in the encoding of the file (UTF-8), so it is not used.")
                hint = say("Save the whole file in one encoding.")
                self._refuse(finding("S101", Place(self.file, self._line), message, hint))
            else:
                return text.removeprefix("\ufeff") if self._line == 1 else text

    def _refuse(self, fault: Finding) -> None:
        """Count a refused row, and keep its finding unless there are enough of its code."""
        self.refused += 1
        self.codes[fault.code] += 1
        if not self.most or self.codes[fault.code] <= self.most:
            self.findings.append(fault)


class RepairedFiles(NamedTuple):
    """Copies in which every row has the cells of the table, findings for the rows left out, and their number."""

    files: RecordFiles
    findings: Sequence[Finding]
    refused: int


def with_line_ends(files: RecordFiles) -> RecordFiles | None:
    """Return texts in UTF-8 with line ends and number of rows; None where an engine may split them unlike Python."""
    paths = [Path(path) for path in files.paths]
    scans = [scan_text(path) for path in paths]
    ends = {scan.newline for scan in scans}
    if len(ends) > 1 or not all(scan.splits_alike for scan in scans) or not all(map(has_short_last_record, paths)):
        return None
    return files._replace(newline=ends.pop(), rows=sum(LineIndex(path).count - files.header for path in paths))


@contextmanager
def repaired(files: RecordFiles, names: Sequence[str], most: int) -> Iterator[RepairedFiles]:
    """Yield temporary copies with the rows that can be split.

    Args:
        files: texts in UTF-8.
        names: the names of the files in findings.
        most: how many findings of a code are kept; 0 keeps all.
    """
    findings: list[Finding] = []
    refused = written = 0
    wrapped = False
    with tempfile.TemporaryDirectory(prefix="czurban-") as folder:
        copies = []
        for number, (path, name) in enumerate(zip(files.paths, names, strict=True)):
            copy = Path(folder) / f"{number}.csv"
            repair = _RecordRepair(name, len(files.columns), files.delimiter, LIMITS, most)
            result = repair.run(Path(path), files.header, copy)
            findings += result.findings
            refused += result.refused
            written += result.written
            wrapped = wrapped or result.wrapped
            copies.append(str(copy))
        yield RepairedFiles(
            files._replace(paths=tuple(copies), header=0, newline="\n", wrapped=wrapped, rows=written),
            findings,
            refused,
        )


class _RecordRepair(CsvRepair):
    """Copies records, and refuses those without exactly the header's cells, since their cells may be misplaced."""

    numbered = False

    def _row(self, number: int, cells: list[str], *, whole: bool) -> None:
        if len(cells) == self.width:
            super()._row(number, cells, whole=whole)
            return
        message, hint = messages.ragged(len(cells), self.width)
        self._refuse(finding("S105", Place(self.file, number), message, hint))
