"""What the rows of a large table say beside their values, what a single row comes to, and which region it is of.

A *shape* is what a row says beside its value and its region: the texts of its name, number, unit, period, status and
sender. A national table has millions of rows and some hundred shapes.
"""

from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

Texts = tuple[str, ...]


class Count(StrEnum):
    """What a row is counted as (see `RowCount`)."""

    USED = "used"
    REFUSED = "refused"
    IGNORED = "ignored"


class Shape(NamedTuple):
    """One shape, and what becomes of a plain number in it.

    `indicator` is its place in the plan, and `bounds` (low, high, sure_low, sure_high) judge it in the row's unit.
    Where there are none the rows are passed over, `codes` being their findings, or each is left to Python (`odd`).
    `counts_as` is what its rows count as.
    """

    texts: Texts
    indicator: int = -1
    bounds: tuple[Decimal, Decimal, Decimal, Decimal] | None = None
    codes: tuple[str, ...] = ()
    odd: bool = False
    counts_as: Count = Count.IGNORED


class Fate(StrEnum):
    """What one row comes to, by itself."""

    MET = "met"
    MISSED = "missed"
    UNREADABLE = "unreadable"
    SILENT = "silent"  # reports nothing, but has a status, and may withdraw another row's figure
    NOTHING = "nothing"  # reports nothing for the judged period; its region appears all the same
    NONE = "none"  # not used, or no row of figures at all


class Outcome(NamedTuple):
    """What one row comes to: its indicator's place in the plan (-1: none), its fate, and the codes of its findings.

    `counts_as` is what the row counts as.
    """

    indicator: int
    fate: Fate
    codes: tuple[str, ...] = ()
    counts_as: Count = Count.IGNORED


class Resolved(NamedTuple):
    """A region by what people wrote for it: its key, the family it is counted in, whether it has targets of its own."""

    region: str
    family: str
    own: bool = False
