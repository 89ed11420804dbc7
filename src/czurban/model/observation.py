"""One reported value, and the file it came in."""

from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from czurban.model.claim import Claim
from czurban.model.period import Period
from czurban.model.place import Place
from czurban.model.row_count import NO_ROWS, RowCount
from czurban.model.unit import Unit


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

    `rows` says what became of its rows, `claims` what it says of the plan's own targets and baselines. `sender` is the
    department that the file's mark names, also where the file may not be used; empty where it has no mark, or a
    damaged one.
    """

    file: str
    read_as: str
    observations: tuple[Observation, ...] = ()
    rows: RowCount = NO_ROWS
    claims: tuple[Claim, ...] = ()
    stages: tuple[StageReport, ...] = ()
    sender: str = ""
