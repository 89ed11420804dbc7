"""What an engine asks of rows in Python, and how shapes and indicators are spelled for it."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from czurban.model.shape import Outcome, Resolved, Shape, Texts

BITS = 62
"""How many indicators share one whole number, a bit each, which every engine has as a BIGINT."""


class Judge(Protocol):
    """Rows in Python, as the sieve asks them: what they say is the verdict, whatever an engine counts."""

    def shapes(self, texts: Sequence[Texts]) -> list[Shape]:
        """Settle shapes, in order."""
        ...

    def outcome(self, texts: Texts, value: str) -> Outcome:
        """Settle one row by its shape and the text of its value."""
        ...

    def resolve(self, region: str) -> Resolved:
        """Settle which region a text means."""
        ...

    def known_codes(self) -> Iterable[str]:
        """The regions' codes that are more than a code: those of the plan's hierarchy."""
        ...


class Fields(NamedTuple):
    """The columns of a view that rows are judged by; `region` is empty where the table has none."""

    value: str
    region: str
    shape: tuple[str, ...]
    exact: bool = False


class Against(NamedTuple):
    """The table of known shapes that rows are held against, and by which of its columns a row finds its own.

    What no row of a table has costs nothing: `passes` says that some shapes are passed over, `words` that the
    indicators need more than one word.
    """

    table: str
    by: tuple[int, ...]
    passes: bool = True
    words: bool = True


def deciding(shapes: Sequence[Texts], columns: int) -> tuple[int, ...]:
    """The fewest columns that tell all shapes apart, one if any does: an engine then joins by these alone."""
    for one in range(columns):
        if len({texts[one] for texts in shapes}) == len(shapes):
            return (one,)
    return tuple(range(columns))


def place(indicator: int) -> tuple[int, int]:
    """The word and the bit in it that stand for an indicator."""
    return indicator // BITS, 1 << indicator % BITS
