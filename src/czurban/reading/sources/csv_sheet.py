"""Read CSV text as a sheet: choose the delimiter by its header, and report each row that cannot be split."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from czurban.model.finding import Finding, Findings, Place
from czurban.model.text import visible
from czurban.reading.sources.broken_records import LONGEST_FIELD, BrokenRecord, broken_record, cut_off, record_fault
from czurban.reading.sources.limits import (
    LIMITS,
    LONGEST_LINE,
    Limits,
    too_long_a_line,
    too_many_columns,
    too_many_rows,
)
from czurban.reading.sources.sheet import Row, Sheet


def split_records(lines: Sequence[str], delimiter: str, longest: int) -> Iterator[tuple[int, list[str] | BrokenRecord]]:
    """Yield each record with its first line, counted from 1; after a broken one, continue where the next may begin.

    The csv module itself stops at a cell that is too long: checking every cell would be slow on large files.
    """
    before = csv.field_size_limit(min(longest, LONGEST_FIELD))
    start = 0
    try:
        while start < len(lines):
            rest = map(lines.__getitem__, range(start, len(lines)))  # a slice would copy the lines
            reader = csv.reader(rest, delimiter=delimiter, strict=True)
            done = start
            try:
                for cells in reader:
                    yield done + 1, cells
                    done = start + reader.line_num
            except csv.Error as error:
                broken, start = broken_record(lines, delimiter, done, error)
                yield done + 1, broken
            else:
                return
    finally:
        csv.field_size_limit(before)


DELIMITERS = (",", "\t", ";")
FULL_WIDTH = "，"
"""A comma of Chinese text, which separates cells where no other delimiter yields a header."""
_USABLE = 100
"""The least score of a header with names and values."""
_HEADER_WITHIN = 30
_LONGEST_LINE = 1 << 20


@dataclass(frozen=True)
class CsvSheet(Sheet):
    """The rows of a CSV file, its physical lines, and its delimiter; `plain` says that no character is invisible."""

    file: str
    lines: Sequence[str]
    delimiter: str
    rows: Sequence[Row] = ()
    refused: int = 0
    cut: Row | None = None
    plain: bool = False
    ragged = True

    def place(self, row: Row, column: int | None = None) -> Place:
        """Return the line and column, counted in characters from 1, where the cell begins."""
        if column is None or column >= len(row.cells):
            return Place(self.file, row.number)
        line = self.lines[row.number - 1]
        if '"' not in line and (self.plain or visible(line) == line):
            return Place(self.file, row.number, len("".join(row.cells[:column])) + column + 1)
        return Place(self.file, *self._scan(row.number, column))

    def _scan(self, number: int, column: int) -> tuple[int, int]:
        """Return the cell's start in a record with quoted cells, which may run over several lines."""
        quoted, start, cells = False, (number, 1), 0
        for line_number, line in enumerate(self.lines[number - 1 :], number):
            for at, char in enumerate(line, 1):
                if cells == column:
                    return start
                if char == '"':
                    quoted = not quoted
                elif char == self.delimiter and not quoted:
                    cells, start = cells + 1, (line_number, at + 1)
            if not quoted:
                break
        return start


def read_csv(
    file: str, text: str, score: Callable[[Sequence[str]], int], limits: Limits = LIMITS, *, cut: bool = False
) -> tuple[CsvSheet, Findings]:
    """Split CSV text into rows.

    Args:
        file: its name, for places.
        text: the decoded text.
        score: rates a row as a header; the delimiter that yields the best header is chosen.
        limits: the most lines, columns and characters of a cell.
        cut: whether the text is known to end too early.
    """
    count = text.count("\n") or text.count("\r")
    if count > limits.rows:
        return CsvSheet(file, (), ",", refused=count), (too_many_rows(Place(file), count, limits),)
    lines = io.StringIO(text, newline="").readlines()
    lengths = [*map(len, lines)]
    if max(lengths, default=0) > LONGEST_LINE:
        number = next(n for n, length in enumerate(lengths, 1) if length > LONGEST_LINE)
        return CsvSheet(file, (), ",", refused=len(lines)), (too_long_a_line(Place(file, number)),)
    delimiter = _delimiter(lines, score, limits)
    rows: list[Row] = []
    findings: list[Finding] = []
    plain = visible(text) == text
    known: dict[str, str] = {}  # rows share names, units and years, and need not keep each a copy
    for number, cells in split_records(lines, delimiter, limits.cell):
        if isinstance(cells, BrokenRecord):
            findings.append(record_fault(Place(file, number), cells, limits))
        else:
            texts = cells if plain else [*map(visible, cells)]
            rows.append(Row(number, [*map(known.setdefault, texts, texts)]))
    refused = len(findings)
    widths = [len(cells) for _, cells in rows]
    if (widest := max(widths, default=0)) > limits.columns:
        place = Place(file, rows[widths.index(widest)].number)
        findings.append(too_many_columns(place, widest, limits))
        refused += len(rows)
        rows = []
    last = None
    if rows and cut:
        findings.append(cut_off(Place(file, rows.pop().number)))
        refused += 1
    elif rows and not text.endswith(("\n", "\r")):
        last = rows[-1]
    return CsvSheet(file, lines, delimiter, rows, refused, last, plain), tuple(findings)


def _delimiter(lines: Sequence[str], score: Callable[[Sequence[str]], int], limits: Limits) -> str:
    """Choose the delimiter whose best row has the highest score as a header.

    Scoring is slow, and a row of one cell has at most one field. So where the lines have a single delimiter that gives
    more, the others are not tried.
    """
    first = [line for line in lines[:_HEADER_WITHIN] if len(line) <= _LONGEST_LINE]

    def scores(delimiter: str) -> Iterator[int]:
        head = islice(split_records(first, delimiter, limits.cell), _HEADER_WITHIN)
        return (score(cells) for _, cells in head if not isinstance(cells, BrokenRecord) and cells)

    def best(delimiter: str) -> int:
        return max(scores(delimiter), default=0)

    used = [delimiter for delimiter in DELIMITERS if any(delimiter in line for line in first)]
    is_only = len(used) == 1 and any(points > 1 for points in scores(used[0]))
    delimiter = used[0] if is_only else max(DELIMITERS, key=best)
    full_width = any(FULL_WIDTH in line for line in first) and best(delimiter) < _USABLE <= best(FULL_WIDTH)
    return FULL_WIDTH if full_width else delimiter
