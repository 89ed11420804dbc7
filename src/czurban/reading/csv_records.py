"""CSV lines to records, each with its first line; one that cannot be split says why and costs only itself."""

import csv
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

_MOST_OF_ALL = 2**31 - 1


class Why(StrEnum):
    """Why a record cannot be split into cells."""

    QUOTE = "quote"  # a quotation mark is opened and not closed
    CUT = "cut"  # the same, where the file ends
    LONG = "long"  # a cell is longer than the limit


class Broken(NamedTuple):
    """A record that cannot be split; `met` is the length of its longest cell where that is why."""

    why: Why
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
    return Broken(Why.CUT if ends_here and "end of data" in str(error) else Why.QUOTE), at + 1


def _whole(lines: Sequence[str], delimiter: str, at: int) -> tuple[Broken, int] | None:
    """Read a record whose cells are too long, so as to pass over the whole of it; None if its quotes do not close.

    Going on inside a long quoted remark would take its lines for rows, and figures in it for values.
    """
    if '"' not in lines[at]:
        return Broken(Why.LONG, max(map(len, lines[at].rstrip("\r\n").split(delimiter)))), at + 1
    limit = csv.field_size_limit(_MOST_OF_ALL)
    try:
        reader = csv.reader(_from(lines, at), delimiter=delimiter, strict=True)
        met = max(map(len, next(reader)))
        return Broken(Why.LONG, met), at + reader.line_num
    except csv.Error:
        return None
    finally:
        csv.field_size_limit(limit)
