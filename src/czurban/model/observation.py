"""One reported value, and the file it came in.

What became of the rows of a file: every row that was read is used, refused or ignored, and none is forgotten.

What the rows of a large table say beside their values, what a single row comes to, and which region it is of.

A *shape* is what a row says beside its value and its region: the texts of its name, number, unit, period, status and
sender. A national table has millions of rows and some hundred shapes.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from czurban.model.finding import Place
from czurban.model.period import Period
from czurban.model.target import StatedValue
from czurban.model.unit import Unit


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


class Reading(StrEnum):
    """What became of the text in a value cell."""

    VALUE = "value"
    NOTHING = "nothing"  # a dash, 无, N/A or an empty cell: not reported, never zero
    UNREADABLE = "unreadable"


class Status(StrEnum):
    """How final a figure is. A later one replaces an earlier one (快报/初步 < 年报/最终 < 修订)."""

    PRELIMINARY = "preliminary"
    FINAL = "final"
    REVISED = "revised"

    @property
    def rank(self) -> int:
        """Place in the order above, counted from 0."""
        return list(Status).index(self)


class PeriodSource(StrEnum):
    """Who said which period a row belongs to."""

    ROW = "row"
    COLUMN = "column"
    TITLE = "title"
    SHEET = "sheet"
    FILE = "file"
    PLAN = "plan"


class Observation(NamedTuple):
    """One reported value of one indicator for one period and region, with its place in the file.

    `amount` is in `unit` exactly as written; `unit` None means none was given and the plan's is taken.
    `reported` is how much of the text could be read; `raw` is the cell's own text. `region` and `sender` are kept as
    written, empty where none was given. `unit_in_cell` says that the value itself carries its unit, as 41% does.
    `periods` and `regions` are those of all the value columns of a wide table, which has one for each.
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


class StageReport(NamedTuple):
    """The stage that a milestone of a task is reported to have reached, as written, with its place in the file."""

    task: int
    milestone: str
    stage: str
    place: Place
    sender: str = ""
    note: str = ""


class Submission(NamedTuple):
    """What was sent: a file, how it was read (encoding or format), its observations and stages in order.

    `rows` says what became of its rows, `stated` what it says of the plan's own targets and baselines. `sender` is the
    department that the file's mark names, also where the file may not be used; empty where it has no mark, or a
    damaged one.
    """

    file: str
    read_as: str
    observations: tuple[Observation, ...] = ()
    rows: RowCount = NO_ROWS
    stated: tuple[StatedValue, ...] = ()
    stages: tuple[StageReport, ...] = ()
    sender: str = ""


Texts = tuple[str, ...]


class Count(StrEnum):
    """What a row is counted as (see `RowCount`)."""

    USED = "used"
    REFUSED = "refused"
    IGNORED = "ignored"


class RowShape(NamedTuple):
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


class RowFate(StrEnum):
    """What one row comes to, by itself."""

    MET = "met"
    MISSED = "missed"
    UNREADABLE = "unreadable"
    SILENT = "silent"  # reports nothing, but has a status, and may withdraw another row's figure
    NOTHING = "nothing"  # reports nothing for the judged period; its region appears all the same
    NONE = "none"  # not used, or no row of figures at all


class RowOutcome(NamedTuple):
    """What one row comes to: its indicator's place in the plan (-1: none), its fate, and the codes of its findings.

    `counts_as` is what the row counts as.
    """

    indicator: int
    fate: RowFate
    codes: tuple[str, ...] = ()
    counts_as: Count = Count.IGNORED


class Resolved(NamedTuple):
    """A region by what people wrote for it: its key, the family it is counted in, whether it has targets of its own."""

    region: str
    family: str
    own: bool = False
