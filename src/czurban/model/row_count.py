"""What became of the rows of a file: every row that was read is used, refused or ignored, and none is forgotten."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RowCount:
    """Rows read, and of these: used (a value came of it), refused (an error says why not), ignored (nothing in it).

    `read` is counted where rows come from and the others where they go, so that `adds_up` proves something.
    """

    read: int = 0
    used: int = 0
    refused: int = 0
    ignored: int = 0

    @property
    def adds_up(self) -> bool:
        """Whether every row read went somewhere."""
        return self.read == self.used + self.refused + self.ignored

    def __add__(self, other: "RowCount") -> "RowCount":
        """The rows of two sheets together."""
        return RowCount(
            self.read + other.read,
            self.used + other.used,
            self.refused + other.refused,
            self.ignored + other.ignored,
        )


NO_ROWS = RowCount()
