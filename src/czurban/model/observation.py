"""Define reported values and stages, and the files that they are from."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from czurban.model.finding import Place
from czurban.model.period import Period
from czurban.model.target import StatedValue
from czurban.model.task import TaskNo
from czurban.model.unit import Unit


@dataclass(frozen=True, slots=True)
class RowCount:
    """How many rows were read, and of these used (a value comes from it), refused (by an error) and ignored."""

    read: int = 0
    used: int = 0
    refused: int = 0
    ignored: int = 0

    @property
    def adds_up(self) -> bool:
        """Whether every row that was read is used, refused or ignored, so that none is lost."""
        return self.read == self.used + self.refused + self.ignored

    def __add__(self, other: "RowCount") -> "RowCount":
        """Add the rows of two sheets."""
        rows, used = self.read + other.read, self.used + other.used
        return RowCount(rows, used, self.refused + other.refused, self.ignored + other.ignored)


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

    `amount` is in `unit`, exactly as written; without a `unit` it is in the plan's. `raw` is the text of the cell.
    `region` and `sender` are as written, empty where none was given. `unit_in_cell` is set where the cell itself has
    the unit, as 41% does. `periods` and `regions` are those of all value columns of a wide table.
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
    """The reported stage of a milestone of a task, as written; it is `withheld` in a form that may not be used.

    `period` is that of its row or of its form's mark, None without either.
    """

    task: TaskNo
    milestone: str
    stage: str
    place: Place
    sender: str = ""
    note: str = ""
    withheld: bool = False
    period: Period | None = None


class Submission(NamedTuple):
    """A file that was sent: how it was read (encoding or format), and its observations and stages in order.

    `stated` are the plan's targets and baselines as the file prints them. `sender` is the department that the mark of a
    form names, even if the form is refused, and `region` the code of the region whose form it is; else they are empty.
    """

    file: str
    read_as: str
    observations: tuple[Observation, ...] = ()
    rows: RowCount = NO_ROWS
    stated: tuple[StatedValue, ...] = ()
    stages: tuple[StageReport, ...] = ()
    sender: str = ""
    region: str = ""
