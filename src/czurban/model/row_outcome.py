"""Define the shapes of the rows of a large table, and their outcomes."""

from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from czurban.model.finding import Finding

Texts = tuple[str, ...]


Ends = tuple[Decimal, Decimal, Decimal, Decimal]


class LongNumbers(NamedTuple):
    """Which numbers in free texts are like one another: those that match `number`, for which `stand_in` stands.

    Texts of more than `most` characters, and those in which something matches `unless`, are left as they are. Both
    patterns are read alike by Python and by engines.
    """

    most: int
    unless: str
    number: str
    stand_in: str


class Count(StrEnum):
    """How a row is counted (see `RowCount`)."""

    USED = "used"
    REFUSED = "refused"
    IGNORED = "ignored"


class RowShape(NamedTuple):
    """The texts that rows of a large table share (name, number, unit, period, status, sender), and their outcome.

    A national table has millions of rows and some hundred shapes. `indicator` is the index in the plan, and `bounds`
    (low, high, sure_low, sure_high) judge a plain number in the row's unit. Without bounds the rows are either not
    used, with `codes` as their findings, or judged one by one in Python (`odd`). `finding_codes` has the former as
    `RowOutcome` does. `unit` is that of a plain number,
    `measure` its number (see `EachRegion.measure`), `status` the rank of the rows' status, -1 without one, `sender` the
    number of the department that they are from, 0 without one, and `context` what their figures of other periods ask
    for (see `EachRegion.context`). `refused` says that a formula takes the indicator of rows that are not used.
    """

    texts: Texts
    indicator: int = -1
    bounds: Ends | None = None
    codes: tuple[str, ...] = ()
    odd: bool = False
    counts_as: Count = Count.IGNORED
    unit: str = ""
    measure: int = 0
    status: int = -1
    sender: int = 0
    context: int = 0
    finding_codes: str = ""
    refused: bool = False


OTHER_PERIODS, ALWAYS = 1, 2
"""Bits of `context`: a row has figures of other periods that are not judged; its region is judged by all its rows."""


class RowFate(StrEnum):
    """The outcome of a single row."""

    MET = "met"
    MISSED = "missed"
    UNREADABLE = "unreadable"
    SILENT = "silent"  # reports nothing, but its status may withdraw another row's figure
    NOTHING = "nothing"  # reports nothing for the judged period, but names its region
    REFUSED = "refused"  # not used, which is a finding on each formula that takes its indicator
    CONTEXT = "context"  # not used by itself, but may count with others of its region
    NONE = "none"  # not used, or no row of figures


class RowOutcome(NamedTuple):
    """The outcome of a single row, with the index of its indicator in the plan (-1: none) and its findings' codes.

    `unit` is the unit that stands next to its value. `amount` in a unit, which `measure` numbers, is the value that may
    be used: rows of one indicator are compared by both. `status` is the rank of the row's status, -1 without one, and
    `sender` the number of the department that it is from, 0 without one.
    `finding_codes` are those of all its findings with commas, those of judging it after a semicolon; empty without any.
    `context` is what its figures of other periods ask for (see `EachRegion.context`). `bounds` are those of a row that
    stands for others (see `Judge.pattern`); without them the others do not differ from it.
    """

    indicator: int
    fate: RowFate
    codes: tuple[str, ...] = ()
    counts_as: Count = Count.IGNORED
    unit: str = ""
    amount: Decimal | None = None
    measure: int = 0
    status: int = -1
    sender: int = 0
    finding_codes: str = ""
    context: int = 0
    bounds: Ends | None = None


class MergedRows(NamedTuple):
    """Several rows of one indicator and region: the fate of the value that counts, and findings on their relation."""

    fate: RowFate
    findings: tuple[Finding, ...]


class Resolved(NamedTuple):
    """A region as resolved from a text: its key, the family that it counts in, and whether it has its own targets.

    `is_part` says that it has none and is a part of the plan's region.
    """

    region: str
    family: str
    is_own: bool = False
    is_part: bool = False
