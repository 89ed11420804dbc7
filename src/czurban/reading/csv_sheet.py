"""CSV text to a sheet: the delimiter found by the header it makes sense of, a broken row costing only itself."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from czurban.model.faults import finding
from czurban.model.finding import Finding, Findings
from czurban.model.message import say
from czurban.model.place import Place
from czurban.reading.sheet import Row

DELIMITERS = (",", "\t", ";")
_HEADER_WITHIN = 30
_MOST_BROKEN = 100


@dataclass(frozen=True, slots=True)
class CsvSheet:
    """A CSV file's rows, its physical lines, and the delimiter that its rows were split at."""

    file: str
    lines: Sequence[str]
    rows: Sequence[Row]
    delimiter: str
    name: str = ""
    ragged: bool = True

    def place(self, row: Row, column: int | None = None) -> Place:
        """The line and column, counted in characters from 1, where the cell begins."""
        if column is None or column >= len(row.cells):
            return Place(self.file, row.number)
        line = self.lines[row.number - 1]
        if '"' not in line:
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


def read_csv(file: str, text: str, score: Callable[[Sequence[str]], int]) -> tuple[CsvSheet, Findings]:
    """Split CSV text into rows.

    Args:
        file: its name, for places.
        text: the decoded text.
        score: how well a row would do as the header; the delimiter that yields the best one is taken.
    """
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    lines = io.StringIO(text, newline="").readlines()
    delimiter = max(DELIMITERS, key=lambda d: max((score(cells) for cells in _head(lines, d)), default=0))
    rows: list[Row] = []
    findings: list[Finding] = []
    for number, cells in _records(lines, delimiter):
        if cells is not None:
            rows.append(Row(number, cells))
        elif len(findings) < _MOST_BROKEN:
            findings.append(_broken(Place(file, number)))
        else:
            findings.append(_given_up(Place(file, number)))
            break
    return CsvSheet(file, lines, rows, delimiter), tuple(findings)


def _head(lines: Sequence[str], delimiter: str) -> Iterator[Sequence[str]]:
    records = islice(_records(lines, delimiter), _HEADER_WITHIN)
    return (cells for _, cells in records if cells)


def _records(lines: Sequence[str], delimiter: str) -> Iterator[tuple[int, list[str] | None]]:
    """Yield each record with its first line; None for one whose quotes do not close, then go on at the next line."""
    start = 0
    while start < len(lines):
        reader = csv.reader((lines[i] for i in range(start, len(lines))), delimiter=delimiter, strict=True)
        done = start
        try:
            for cells in reader:
                yield done + 1, cells
                done = start + reader.line_num
        except csv.Error:
            yield done + 1, None
            start = done + 1
        else:
            return


def _broken(place: Place) -> Finding:
    return finding(
        "S106",
        place,
        say("A quotation mark in this row is opened and not closed as CSV asks, so the row cannot be read."),
        say("Close it, or write a quotation mark inside a cell twice."),
    )


def _given_up(place: Place) -> Finding:
    return finding(
        "S106",
        place,
        say("More than {count} rows have unclosed quotation marks; from here on nothing is read.", count=_MOST_BROKEN),
        say("Save the file as CSV from the program that holds it."),
    )
