"""Report the records of a CSV file that cannot be split into cells, and where the next one may begin."""

import csv
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from czurban.model.faults import finding
from czurban.model.finding import Finding, Place, say
from czurban.reading.sources.limits import Limits, too_long_a_cell

LONGEST_FIELD = 2**31 - 1


class CsvFault(StrEnum):
    """Why a record cannot be split into cells."""

    QUOTE = "quote"  # a quotation mark is opened and not closed
    CUT = "cut"  # the same, where the file ends
    LONG = "long"  # a cell is longer than the limit


class BrokenRecord(NamedTuple):
    """A record that cannot be split; `length` is that of its longest cell where it is too long."""

    fault: CsvFault
    length: int = 0


def broken_record(lines: Sequence[str], delimiter: str, at: int, error: csv.Error) -> tuple[BrokenRecord, int]:
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
    limit = csv.field_size_limit(LONGEST_FIELD)
    try:
        reader = csv.reader(map(lines.__getitem__, range(at, len(lines))), delimiter=delimiter, strict=True)
        length = max(map(len, next(reader)))
        return BrokenRecord(CsvFault.LONG, length), at + reader.line_num
    except csv.Error:
        return None
    finally:
        csv.field_size_limit(limit)


def record_fault(place: Place, broken: BrokenRecord, limits: Limits) -> Finding:
    """Return the finding for a record that cannot be split."""
    if broken.fault is CsvFault.LONG:
        return too_long_a_cell(place, broken.length, limits)
    return cut_off(place) if broken.fault is CsvFault.CUT else unclosed_quote(place)


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
