"""Read CSV text as a sheet: choose the delimiter by its header, and report each row that cannot be split."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import NamedTuple

from czurban.model.faults import finding
from czurban.model.finding import Finding, Findings, Place, say
from czurban.model.text import visible
from czurban.reading.sources.limits import (
    LIMITS,
    LONGEST_LINE,
    Limits,
    too_long_a_cell,
    too_long_a_line,
    too_many_columns,
    too_many_rows,
)
from czurban.reading.sources.sheet import Row, Sheet


def unclosed_quote(place: Place) -> Finding:
    """Return the finding for a row with a quotation mark that is not closed."""
    return finding(
        "S106",
        place,
        say("A quotation mark in this row is not closed, so the row cannot be read."),
        say("Close it, or write a quotation mark inside a cell twice."),
    )


def cut_off(place: Place) -> Finding:
    """Return the finding for a file that ends in the middle of its last row."""
    return finding(
        "S114",
        place,
        say("The file ends in the middle of this row, so its value is not used: it may be cut in two."),
        say("Ask for the file again; a whole one ends its last row with a line break."),
    )


_LONGEST_FIELD = 2**31 - 1


class CsvFault(StrEnum):
    """Why a record cannot be split into cells."""

    QUOTE = "quote"  # a quotation mark is opened and not closed
    CUT = "cut"  # the same, where the file ends
    LONG = "long"  # a cell is longer than the limit


class BrokenRecord(NamedTuple):
    """A record that cannot be split; `length` is that of its longest cell where it is too long."""

    fault: CsvFault
    length: int = 0


def split_records(lines: Sequence[str], delimiter: str, longest: int) -> Iterator[tuple[int, list[str] | BrokenRecord]]:
    """Yield each record with its first line, counted from 1; after a broken one, continue where the next may begin.

    The csv module itself stops at a cell that is too long: checking every cell would be slow on large files.
    """
    before = csv.field_size_limit(min(longest, _LONGEST_FIELD))
    start = 0
    try:
        while start < len(lines):
            reader = csv.reader(_lines_from(lines, start), delimiter=delimiter, strict=True)
            done = start
            try:
                for cells in reader:
                    yield done + 1, cells
                    done = start + reader.line_num
            except csv.Error as error:
                broken, start = _broken_record(lines, delimiter, done, error)
                yield done + 1, broken
            else:
                return
    finally:
        csv.field_size_limit(before)


def _lines_from(lines: Sequence[str], start: int) -> Iterator[str]:
    """Return the lines from an index on, without iterating over those before it."""
    return map(lines.__getitem__, range(start, len(lines)))


def _broken_record(lines: Sequence[str], delimiter: str, at: int, error: csv.Error) -> tuple[BrokenRecord, int]:
    """Return why the record that begins at a line is broken, and the line at which to continue."""
    if "field limit" in str(error) and (too_long := _long_record(lines, delimiter, at)):
        return too_long
    ends_here = at == len(lines) - 1 and not lines[at].endswith(("\n", "\r"))
    return BrokenRecord(CsvFault.CUT if ends_here and "end of data" in str(error) else CsvFault.QUOTE), at + 1


def _long_record(lines: Sequence[str], delimiter: str, at: int) -> tuple[BrokenRecord, int] | None:
    """Read a record with too long cells, so as to skip the whole of it; return None if its quotes do not close.

    Continuing inside a long quoted remark would take its lines for rows, and figures in it for values.
    """
    if '"' not in lines[at]:
        length = max(map(len, lines[at].rstrip("\r\n").split(delimiter)))
        return BrokenRecord(CsvFault.LONG, length), at + 1
    limit = csv.field_size_limit(_LONGEST_FIELD)
    try:
        reader = csv.reader(_lines_from(lines, at), delimiter=delimiter, strict=True)
        length = max(map(len, next(reader)))
        return BrokenRecord(CsvFault.LONG, length), at + reader.line_num
    except csv.Error:
        return None
    finally:
        csv.field_size_limit(limit)


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
            return Place(self.file, row.number, sum(map(len, row.cells[:column])) + column + 1)
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
    if number := next((n for n, line in enumerate(lines, 1) if len(line) > LONGEST_LINE), 0):
        return CsvSheet(file, (), ",", refused=len(lines)), (too_long_a_line(Place(file, number)),)
    delimiter = _delimiter(lines, score, limits)
    rows: list[Row] = []
    findings: list[Finding] = []
    plain = visible(text) == text
    known: dict[str, str] = {}  # rows share names, units and years, and need not keep each a copy
    for number, cells in split_records(lines, delimiter, limits.cell):
        if isinstance(cells, BrokenRecord):
            findings.append(_record_fault(Place(file, number), cells, limits))
        else:
            texts = cells if plain else map(visible, cells)
            rows.append(Row(number, [known.setdefault(text, text) for text in texts]))
    refused = len(findings)
    widest = max(rows, key=lambda row: len(row.cells), default=Row(1, ()))
    if len(widest.cells) > limits.columns:
        findings.append(too_many_columns(Place(file, widest.number), len(widest.cells), limits))
        refused += len(rows)
        rows = []
    last = None
    if rows and cut:
        findings.append(cut_off(Place(file, rows.pop().number)))
        refused += 1
    elif rows and not text.endswith(("\n", "\r")):
        last = rows[-1]
    return CsvSheet(file, lines, delimiter, rows, refused, last, plain), tuple(findings)


def _record_fault(place: Place, broken: BrokenRecord, limits: Limits) -> Finding:
    if broken.fault is CsvFault.LONG:
        return too_long_a_cell(place, broken.length, limits)
    return cut_off(place) if broken.fault is CsvFault.CUT else unclosed_quote(place)


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
