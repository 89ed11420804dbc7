"""Define reported values, the files that they are from, and the outcome of the rows of these files."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from czurban.model.finding import Finding, Place
from czurban.model.period import Period
from czurban.model.target import Interval
from czurban.model.task import TaskNo
from czurban.model.unit import Unit


@dataclass(frozen=True, slots=True)
class RowCount:
    """How many rows were read, and of these used (a value comes from it), refused (by an error) and ignored.

    `read` is counted when reading, the others when processing, so that `adds_up` detects a lost row.
    """

    read: int = 0
    used: int = 0
    refused: int = 0
    ignored: int = 0

    @property
    def adds_up(self) -> bool:
        """Whether every row is used, refused or ignored."""
        return self.read == self.used + self.refused + self.ignored

    def __add__(self, other: "RowCount") -> "RowCount":
        """Add the rows of two sheets."""
        return RowCount(
            self.read + other.read,
            self.used + other.used,
            self.refused + other.refused,
            self.ignored + other.ignored,
        )


NO_ROWS = RowCount()


class Reading(StrEnum):
    """How the text of a value cell was read (R4)."""

    VALUE = "value"
    NOTHING = "nothing"  # a dash, 无, N/A or an empty cell: not reported, never zero
    UNREADABLE = "unreadable"
    WITHHELD = "withheld"  # in a form that may not be used, whatever it reads


class Status(StrEnum):
    """How final a figure is: a later status replaces an earlier one (快报/初步 < 年报/最终 < 修订; R6)."""

    PRELIMINARY = "preliminary"
    FINAL = "final"
    REVISED = "revised"

    @property
    def rank(self) -> int:
        """The position in that order, counted from 0."""
        return list(Status).index(self)


class PeriodSource(StrEnum):
    """Where the period of a row was taken from (R5)."""

    ROW = "row"
    COLUMN = "column"
    TITLE = "title"
    SHEET = "sheet"
    FILE = "file"
    PLAN = "plan"


class Observation(NamedTuple):
    """A reported value of an indicator for one period and region, with its place in the file.

    `amount` is in `unit`, exactly as written; None as `unit` means that none was given and the plan's is taken. `raw`
    is the text of the cell. `region` and `sender` are as written, empty where none was given. `unit_in_cell` is set
    where the cell itself has the unit, as 41% does. `periods` and `regions` are those of all value columns of a wide
    table.
    """

    indicator: str
    reported: Reading
    raw: str
    place: Place
    period: Period
    period_source: PeriodSource = PeriodSource.PLAN
    amount: Decimal | None = None
    unit: Unit | None = None
    approximate: bool = False
    region: str = ""
    sender: str = ""
    status: Status | None = None
    note: str = ""
    unit_in_cell: bool = False
    periods: frozenset[Period] = frozenset()
    regions: frozenset[str] = frozenset()

    def with_value(self, raw: str, place: Place, amount: Decimal | None, region: str, *, about: bool) -> "Observation":
        """Return the observation of a row that differs in its number and its region alone.

        Large tables have millions of such rows, and this takes half as long as `_replace`.
        """
        return Observation._make((*self[:2], raw, place, *self[4:6], amount, self.unit, about, region, *self[10:]))

    @property
    def shown_unit(self) -> str:
        """The name of the unit that stands next to the value: empty where none does, or where the cell has it."""
        return self.unit.name if self.unit and not self.unit_in_cell else ""

    @property
    def may_withdraw(self) -> bool:
        """Whether it states that there is no figure, with a status; an empty cell states nothing."""
        return self.reported is Reading.NOTHING and self.status is not None and bool(self.raw.strip())


class StageReport(NamedTuple):
    """The reported stage of a milestone of a task, as written, with its place in the file.

    It is `withheld` in a form that may not be used. `period` is that of its row or of its form's mark, None without
    either.
    """

    task: TaskNo
    milestone: str
    stage: str
    place: Place
    sender: str = ""
    note: str = ""
    withheld: bool = False
    period: Period | None = None


class StatedKind(StrEnum):
    """Which figure of the plan a column repeats."""

    TARGET = "target"
    BASELINE = "baseline"


class StatedValue(NamedTuple):
    """A target or baseline as a submission prints it, to be compared with the plan's own and never used instead.

    `interval` is set where the text states a rule such as ≥41, `amount` where it is a bare number, neither where the
    text cannot be read. Both are in `unit`; None means that none was given and the plan's is taken. `region` is that of
    the row, as written; empty where it has none.
    """

    kind: StatedKind
    indicator: str
    raw: str
    place: Place
    amount: Decimal | None = None
    interval: Interval | None = None
    unit: Unit | None = None
    region: str = ""


class Submission(NamedTuple):
    """A file that was sent: how it was read (encoding or format), and its observations and stages in order.

    `stated` are the plan's targets and baselines as the file prints them. `sender` is the department that the mark of a
    form names, even if the form is refused; empty without a mark or with a damaged one. `region` is the code of the
    region whose form it is, which everything in it is of; empty for any other file.
    """

    file: str
    read_as: str
    observations: tuple[Observation, ...] = ()
    rows: RowCount = NO_ROWS
    stated: tuple[StatedValue, ...] = ()
    stages: tuple[StageReport, ...] = ()
    sender: str = ""
    region: str = ""


Texts = tuple[str, ...]


Ends = tuple[Decimal, Decimal, Decimal, Decimal]


class Count(StrEnum):
    """How a row is counted (see `RowCount`)."""

    USED = "used"
    REFUSED = "refused"
    IGNORED = "ignored"


class RowShape(NamedTuple):
    """The texts that rows of a large table share (name, number, unit, period, status, sender), and their outcome.

    A national table has millions of rows and some hundred shapes. `indicator` is the index in the plan, and `bounds`
    (low, high, sure_low, sure_high) judge a plain number in the row's unit. Without bounds the rows are either not
    used, with `codes` as their findings, or judged one by one in Python (`odd`). `unit` is that of a plain number,
    `measure` its number (see `EachRegion.measure`), `status` the rank of the rows' status, -1 without one, `sender` the
    number of the department that they are from, 0 without one, and `context` what their figures of other periods ask
    for (see `EachRegion.context`).
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


OTHER_PERIODS, ALWAYS = 1, 2
"""Bits of `context`: a row has figures of other periods that are not judged; its region is judged by all its rows."""


class RowFate(StrEnum):
    """The outcome of a single row."""

    MET = "met"
    MISSED = "missed"
    UNREADABLE = "unreadable"
    SILENT = "silent"  # reports nothing, but its status may withdraw another row's figure
    NOTHING = "nothing"  # reports nothing for the judged period, but names its region
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
