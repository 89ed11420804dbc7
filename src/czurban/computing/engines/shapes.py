"""What an engine has to know of a large table's rows: each shape once, settled by rows in Python.

A *shape* is what a row says beside its value and its region: the texts of its name, number, unit, period, status and
sender. A national table has millions of rows and some hundred shapes.
"""

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple, Protocol

Texts = tuple[str, ...]
BITS = 62
"""How many indicators share one whole number, a bit each, which every engine has as a BIGINT."""


class Shape(NamedTuple):
    """One shape, and what becomes of a plain number in it.

    `indicator` is its place in the plan, and `bounds` (low, high, sure_low, sure_high) judge it in the row's unit. Where
    there are none the rows are passed over, `codes` being their findings, or left to Python (`odd`).
    """

    texts: Texts
    indicator: int = -1
    bounds: tuple[Decimal, Decimal, Decimal, Decimal] | None = None
    codes: tuple[str, ...] = ()
    odd: bool = False


class Fate(StrEnum):
    """What one row comes to, by itself."""

    MET = "met"
    MISSED = "missed"
    UNREADABLE = "unreadable"
    SILENT = "silent"  # reports nothing, but has a status, and may withdraw another row's figure
    NOTHING = "nothing"  # reports nothing for the judged period; its region appears all the same
    NONE = "none"  # not used, or no row of figures at all


class Outcome(NamedTuple):
    """What one row comes to: its indicator's place in the plan (-1: none), its fate, and the codes of its findings."""

    indicator: int
    fate: Fate
    codes: tuple[str, ...] = ()


class Resolved(NamedTuple):
    """A region by what people wrote for it: its key, the group it is counted in, whether it has targets of its own."""

    region: str
    group: str
    own: bool = False


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


class Fields(NamedTuple):
    """The columns of a view that rows are judged by; `region` is empty where the table has none."""

    value: str
    region: str
    shape: tuple[str, ...]
    exact: bool = False


def deciding(shapes: Sequence[Shape], columns: int) -> tuple[int, ...]:
    """The fewest columns that tell all shapes apart, one if any does: an engine then joins by these alone."""
    for one in range(columns):
        if len({shape.texts[one] for shape in shapes}) == len(shapes):
            return (one,)
    return tuple(range(columns))


def place(indicator: int) -> tuple[int, int]:
    """The word and the bit in it that stand for an indicator."""
    return indicator // BITS, 1 << indicator % BITS
