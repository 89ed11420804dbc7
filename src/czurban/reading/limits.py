"""How much of a file is read before it is refused: declared once, and raised by options of the same names."""

from typing import NamedTuple

from czurban.model.faults import finding
from czurban.model.finding import Finding
from czurban.model.message import say
from czurban.model.place import Place

MEBIBYTE = 1024 * 1024
LONGEST_LINE = 16 * MEBIBYTE
"""Bytes, or characters: a longer line is no row of a table, and splitting it would cost many times its size."""
_MOST_PACKED = 100
"""Tables of figures pack to about a tenth; what packs to less than a hundredth was made to fill a disk."""
BYTES_A_CELL = 26
"""What an empty cell of a workbook costs when its sheet is laid out: a far corner fills the memory like any other."""


class Limits(NamedTuple):
    """The most that a submission may hold. Rows, columns and characters of a cell are those of Excel.

    `size` is in bytes: of a text file as it is, of a workbook unpacked and laid out. An engine holds little of a table
    in memory, so it has limits of rows and size only where the user asks for them: None is without limit.
    """

    rows: int = 1_048_576
    columns: int = 16_384
    cell: int = 32_767
    size: int = 512 * MEBIBYTE
    engine_rows: int | None = None
    engine_size: int | None = None

    def unpacked(self, packed: int) -> int:
        """Return the most bytes that a packed file of so many is unpacked to for an engine."""
        return self.engine_size or max(self.size, _MOST_PACKED * packed)


LIMITS = Limits()


def too_many_rows(place: Place, met: int, limits: Limits) -> Finding:
    """More rows than the limit; the table is not read at all, since a row beyond it could contradict one before."""
    message = say("There are {met} rows, and the limit is {limit}; the table is not read.", met=met, limit=limits.rows)
    return finding("S113", place, message, say("Raise the limit with --max-rows {met} if that is meant.", met=met))


def too_many_columns(place: Place, met: int, limits: Limits) -> Finding:
    """More columns than the limit; the table is not read."""
    message = say(
        "There are {met} columns, and the limit is {limit}; the table is not read.", met=met, limit=limits.columns
    )
    return finding("S113", place, message, say("Raise the limit with --max-columns {met} if that is meant.", met=met))


def too_long_a_cell(place: Place, met: int, limits: Limits) -> Finding:
    """A cell with more characters than the limit; its row is not used."""
    message = say(
        "A cell of this row has {met} characters, and the limit is {limit}; the row is not used.",
        met=met,
        limit=limits.cell,
    )
    hint = say("Write the number alone and remarks elsewhere, or raise the limit with --max-cell {met}.", met=met)
    return finding("S113", place, message, hint)


def too_large(place: Place, met: int, limits: Limits) -> Finding:
    """More bytes than the limit; nothing is read."""
    message = say(
        "The file holds {met} MiB when unpacked, and the limit is {limit} MiB; it is not read.",
        met=-(-met // MEBIBYTE),
        limit=limits.size // MEBIBYTE,
    )
    hint = say(
        "Copy the table alone into a new file, or raise the limit with --max-size {met}.", met=-(-met // MEBIBYTE)
    )
    return finding("S113", place, message, hint)


def larger_unpacked(place: Place, most: int) -> Finding:
    """More bytes than the limit, met while unpacking, which stops there."""
    message = say("The file holds more than {limit} MiB, unpacked; it is not read.", limit=most // MEBIBYTE)
    return finding("S113", place, message, say("Raise the limit with --max-size if the file is trusted."))


def too_long_a_line(place: Place) -> Finding:
    """A line that no table has; the table is not read."""
    message = say("A line is longer than {limit} MiB; the table is not read.", limit=LONGEST_LINE // MEBIBYTE)
    return finding("S113", place, message, say("Save the table anew, each row on a line of its own."))
