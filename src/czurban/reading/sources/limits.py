"""Limit the size of what is read, and report what exceeds it."""

from typing import NamedTuple

from czurban.model.faults import finding
from czurban.model.finding import Finding, Place, say

MEBIBYTE = 1024 * 1024
LONGEST_LINE = 16 * MEBIBYTE
"""Bytes, or characters: a longer line is no row of a table, and splitting it would take many times its size."""
_MOST_COMPRESSION = 100
"""Tables of figures compress about tenfold; a file that compresses more than a hundredfold was made to fill a disk."""
BYTES_A_CELL = 26
"""The memory for an empty cell of a workbook: a sheet with one cell in a far corner takes as much as a full one."""


class Limits(NamedTuple):
    """The largest submission that is read. Rows, columns and characters of a cell are those of Excel.

    `size` is in bytes: of a text file as it is, of a workbook unpacked and laid out. Engines keep little of a table in
    memory, so they have limits of rows and size only where the user sets them; None is without limit.
    """

    rows: int = 1_048_576
    columns: int = 16_384
    cell: int = 32_767
    size: int = 512 * MEBIBYTE
    engine_rows: int | None = None
    engine_size: int | None = None

    def unpacked(self, packed: int) -> int:
        """Return the most bytes that a packed file of this size may unpack to for an engine."""
        return self.engine_size or max(self.size, _MOST_COMPRESSION * packed)


LIMITS = Limits()


def too_many_rows(place: Place, met: int, limits: Limits) -> Finding:
    """Return the finding for too many rows; no row is read, since a later one could contradict an earlier one."""
    message = say("There are {met} rows, and the limit is {limit}; the table is not read.", met=met, limit=limits.rows)
    return finding("S113", place, message, say("Raise the limit with --max-rows {met} if that is meant.", met=met))


def too_many_columns(place: Place, met: int, limits: Limits) -> Finding:
    """Return the finding for too many columns; the table is not read."""
    message = say(
        "There are {met} columns, and the limit is {limit}; the table is not read.", met=met, limit=limits.columns
    )
    return finding("S113", place, message, say("Raise the limit with --max-columns {met} if that is meant.", met=met))


def too_long_a_cell(place: Place, met: int, limits: Limits) -> Finding:
    """Return the finding for a cell with too many characters; its row is not used."""
    message = say(
        "A cell of this row has {met} characters, and the limit is {limit}; the row is not used.",
        met=met,
        limit=limits.cell,
    )
    hint = say("Write the number alone and remarks elsewhere, or raise the limit with --max-cell {met}.", met=met)
    return finding("S113", place, message, hint)


def too_large(place: Place, met: int, limits: Limits) -> Finding:
    """Return the finding for too many bytes; nothing is read."""
    size = -(-met // MEBIBYTE)
    message = say(
        "The file holds {met} MiB when unpacked, and the limit is {limit} MiB; it is not read.",
        met=size,
        limit=limits.size // MEBIBYTE,
    )
    hint = say("Copy the table alone into a new file, or raise the limit with --max-size {met}.", met=size)
    return finding("S113", place, message, hint)


def larger_unpacked(place: Place, most: int) -> Finding:
    """Return the finding for a packed file with too many bytes; unpacking stops at the limit."""
    message = say("The file holds more than {limit} MiB, unpacked; it is not read.", limit=most // MEBIBYTE)
    return finding("S113", place, message, say("Raise the limit with --max-size if the file is trusted."))


def too_long_a_line(place: Place) -> Finding:
    """Return the finding for a line that is too long for a table; the table is not read."""
    message = say("A line is longer than {limit} MiB; the table is not read.", limit=LONGEST_LINE // MEBIBYTE)
    return finding("S113", place, message, say("Save the table again, each row on a line of its own."))
