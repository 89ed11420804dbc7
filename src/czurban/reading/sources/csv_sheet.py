"""CSV text to a sheet: the delimiter found by the header it makes sense of, a broken row costing only itself.

What is said of CSV text whose rows cannot be split into cells.

CSV lines to records, each with its first line; one that cannot be split says why and costs only itself.
"""

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
from czurban.reading.sources.opening import (
    LIMITS,
    LONGEST_LINE,
    Limits,
    too_long_a_cell,
    too_long_a_line,
    too_many_columns,
    too_many_rows,
)
from czurban.reading.sources.sheet import Merge, Row


def unclosed(place: Place) -> Finding:
    """A quotation mark that is opened and not closed."""
    return finding(
        "S106",
        place,
        say("A quotation mark in this row is opened and not closed as CSV asks, so the row cannot be read."),
        say("Close it, or write a quotation mark inside a cell twice."),
    )


def cut(place: Place) -> Finding:
    """A file that ends in the middle of its last row."""
    return finding(
        "S114",
        place,
        say("The file ends in the middle of this row, so its value is not used: it may be cut in two."),
        say("Ask for the file again; a whole one ends its last row with a line break."),
    )


_MOST_OF_ALL = 2**31 - 1


class CsvFault(StrEnum):
    """Why a record cannot be split into cells."""

    QUOTE = "quote"  # a quotation mark is opened and not closed
    CUT = "cut"  # the same, where the file ends
    LONG = "long"  # a cell is longer than the limit


class Broken(NamedTuple):
    """A record that cannot be split; `met` is the length of its longest cell where that is why."""

    why: CsvFault
    met: int = 0


def records(lines: Sequence[str], delimiter: str, longest: int) -> Iterator[tuple[int, list[str] | Broken]]:
    """Yield each record with its first line, counted from 1; after a broken one, go on where the next may begin.

    The csv module itself stops at a cell that is too long: looking at every cell would cost a large file dearly.
    """
    before = csv.field_size_limit(min(longest, _MOST_OF_ALL))
    start = 0
    try:
        while start < len(lines):
            reader = csv.reader(_from(lines, start), delimiter=delimiter, strict=True)
            done = start
            try:
                for cells in reader:
                    yield done + 1, cells
                    done = start + reader.line_num
            except csv.Error as error:
                broken, start = _broken(lines, delimiter, done, error)
                yield done + 1, broken
            else:
                return
    finally:
        csv.field_size_limit(before)


def _from(lines: Sequence[str], start: int) -> Iterator[str]:
    """Return the lines from one on, without going through those before it."""
    return map(lines.__getitem__, range(start, len(lines)))


def _broken(lines: Sequence[str], delimiter: str, at: int, error: csv.Error) -> tuple[Broken, int]:
    """Why the record that begins at a line is broken, and the line at which to go on."""
    if "field limit" in str(error) and (whole := _whole(lines, delimiter, at)):
        return whole
    ends_here = at == len(lines) - 1 and not lines[at].endswith(("\n", "\r"))
    return Broken(CsvFault.CUT if ends_here and "end of data" in str(error) else CsvFault.QUOTE), at + 1


def _whole(lines: Sequence[str], delimiter: str, at: int) -> tuple[Broken, int] | None:
    """Read a record whose cells are too long, so as to pass over the whole of it; None if its quotes do not close.

    Going on inside a long quoted remark would take its lines for rows, and figures in it for values.
    """
    if '"' not in lines[at]:
        return Broken(CsvFault.LONG, max(map(len, lines[at].rstrip("\r\n").split(delimiter)))), at + 1
    limit = csv.field_size_limit(_MOST_OF_ALL)
    try:
        reader = csv.reader(_from(lines, at), delimiter=delimiter, strict=True)
        met = max(map(len, next(reader)))
        return Broken(CsvFault.LONG, met), at + reader.line_num
    except csv.Error:
        return None
    finally:
        csv.field_size_limit(limit)


DELIMITERS = (",", "\t", ";")
_HEADER_WITHIN = 30
_LONGEST_LINE = 1 << 20


@dataclass(frozen=True, slots=True)
class CsvSheet:
    """A CSV file's rows, its physical lines, and the delimiter that its rows were split at."""

    file: str
    lines: Sequence[str]
    rows: Sequence[Row]
    delimiter: str
    refused: int = 0
    cut: Row | None = None
    name: str = ""
    ragged: bool = True
    merges: Sequence[Merge] = ()
    hidden_rows: Sequence[int] = ()
    hidden_columns: Sequence[int] = ()

    def place(self, row: Row, column: int | None = None) -> Place:
        """The line and column, counted in characters from 1, where the cell begins."""
        if column is None or column >= len(row.cells):
            return Place(self.file, row.number)
        line = self.lines[row.number - 1]
        if '"' not in line and visible(line) == line:
            return Place(self.file, row.number, sum(map(len, row.cells[:column])) + column + 1)
        return Place(self.file, *self._scan(row.number, column))

    def _scan(self, number: int, column: int) -> tuple[int, int]:
        """Find the cell's start in a record with quoted cells, which may run over several lines."""
        quoted, start, seen = False, (number, 1), 0
        for line_number, line in enumerate(self.lines[number - 1 :], number):
            for at, char in enumerate(line, 1):
                if seen == column:
                    return start
                if char == '"':
                    quoted = not quoted
                elif char == self.delimiter and not quoted:
                    seen, start = seen + 1, (line_number, at + 1)
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
        score: how well a row would do as the header; the delimiter that yields the best one is taken.
        limits: the most lines, columns and characters of a cell.
        cut: whether the text is known to end too early.
    """
    met = text.count("\n") or text.count("\r")
    if met > limits.rows:
        return CsvSheet(file, (), (), ",", met), (too_many_rows(Place(file), met, limits),)
    lines = io.StringIO(text, newline="").readlines()
    if number := next((n for n, line in enumerate(lines, 1) if len(line) > LONGEST_LINE), 0):
        return CsvSheet(file, (), (), ",", len(lines)), (too_long_a_line(Place(file, number)),)
    delimiter = _delimiter(lines, score, limits)
    reading = _Reading(file, lines, limits, has_unseen=visible(text) != text)
    reading.read(delimiter)
    if cut:
        reading.drop_last()
    last = reading.rows[-1] if reading.rows and not cut and not text.endswith(("\n", "\r")) else None
    return CsvSheet(file, lines, reading.rows, delimiter, reading.refused, last), tuple(reading.findings)


def _delimiter(lines: Sequence[str], score: Callable[[Sequence[str]], int], limits: Limits) -> str:
    """Choose the delimiter whose best row would do best as the header.

    A row of one cell is one field at most. So where one delimiter alone stands in the lines and gives more, the others,
    which part nothing, are not tried: to understand whole lines as headers takes longer than all else.
    """
    first = [line for line in lines[:_HEADER_WITHIN] if len(line) <= _LONGEST_LINE]
    parting = [one for one in DELIMITERS if any(one in line for line in first)]
    if len(parting) == 1 and _best(first, parting[0], score, limits) > 1:
        return parting[0]
    return max(DELIMITERS, key=lambda one: _best(first, one, score, limits))


def _best(first: Sequence[str], delimiter: str, score: Callable[[Sequence[str]], int], limits: Limits) -> int:
    """How well the best of the first rows would do as the header."""
    head = islice(records(first, delimiter, limits.cell), _HEADER_WITHIN)
    return max((score(cells) for _, cells in head if not isinstance(cells, Broken) and cells), default=0)


class _Reading:
    """The records of one file while they are sorted into rows and findings."""

    def __init__(self, file: str, lines: Sequence[str], limits: Limits, *, has_unseen: bool) -> None:
        self.file = file
        self.lines = lines
        self.limits = limits
        self.rows: list[Row] = []
        self.findings: list[Finding] = []
        self.refused = 0
        self.has_unseen = has_unseen

    def read(self, delimiter: str) -> None:
        """Split all lines; then hold the widest row against the limit."""
        for number, cells in records(self.lines, delimiter, self.limits.cell):
            if not isinstance(cells, Broken):
                self.rows.append(Row(number, [visible(cell) for cell in cells] if self.has_unseen else cells))
                continue
            self.refused += 1
            self.findings.append(self._told(number, cells))
        widest = max(self.rows, key=lambda row: len(row.cells), default=Row(1, ()))
        if len(widest.cells) > self.limits.columns:
            self._refuse_all(too_many_columns(Place(self.file, widest.number), len(widest.cells), self.limits))

    def drop_last(self) -> None:
        """Leave out the last row of a file that is known to be cut off."""
        if self.rows:
            self.findings.append(cut(Place(self.file, self.rows.pop().number)))
            self.refused += 1

    def _told(self, number: int, broken: Broken) -> Finding:
        place = Place(self.file, number)
        if broken.why is CsvFault.LONG:
            return too_long_a_cell(place, broken.met, self.limits)
        return cut(place) if broken.why is CsvFault.CUT else unclosed(place)

    def _refuse_all(self, why: Finding) -> None:
        self.refused += len(self.rows)
        self.rows = []
        self.findings.append(why)
