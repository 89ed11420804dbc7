"""Define the tasks of a plan and their milestones, which pass stages in order."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from czurban.model.finding import Place
from czurban.model.period import Period

TaskNo = int | str
"""The number of a task: whole, or a text such as 3-1, 2.4, AHS-1 and (一)."""


class Commitment(StrEnum):
    """Whether a deliverable is binding, or the plan only aims at it (争取, 探索)."""

    FIRM = "firm"
    ASPIRATION = "aspiration"


class Persons(NamedTuple):
    """Who answers for something: the leader in charge (分管领导), the person (具体责任人) and the phone.

    Each is empty where no person is named.
    """

    leader: str = ""
    person: str = ""
    phone: str = ""

    @property
    def named(self) -> bool:
        """Whether anybody is named."""
        return any(self)

    def filled_from(self, other: "Persons") -> "Persons":
        """Return these, or all the other ones where no person is named here."""
        return self if self.named else other


NO_PERSONS = Persons()


class StagePoint(NamedTuple):
    """A stage that a milestone should have reached at the end of a period."""

    period: Period
    stage: str
    place: Place | None = None


class Milestone(NamedTuple):
    """A named deliverable, and the stage of its ladder that the plan demands (R10).

    `path` are the stages that are due before that, in order of time. `deadline` is its own due date (完成时限), and the
    end of the plan where there is none.
    """

    name: str
    ladder: str
    stage: str
    printed: str = ""
    commitment: Commitment = Commitment.FIRM
    place: Place | None = None
    path: tuple[StagePoint, ...] = ()
    deadline: Period | None = None


class Part(NamedTuple):
    """A chapter of tasks with its printed number."""

    no: str
    title: str
    place: Place | None = None


class AddedDepartment(NamedTuple):
    """A responsible department that a lead of the task added later: which lead, when, and why."""

    name: str
    by: str
    on: dt.date
    reason: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A work item. `open` is set where the printed list of departments ends with 等 and may have more.

    `responsible` are the printed departments; `added` are those that a lead added later.
    """

    no: TaskNo
    title: str
    part: Part
    leads: tuple[str, ...]
    responsible: tuple[str, ...] = ()
    open: bool = False
    added: tuple[AddedDepartment, ...] = ()
    quantities: tuple[str, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    place: Place | None = None
    persons: Persons = NO_PERSONS

    @property
    def departments(self) -> tuple[str, ...]:
        """All its departments: leads, then printed ones, then added ones."""
        return (*self.leads, *self.responsible, *self.added_names)

    @property
    def added_names(self) -> tuple[str, ...]:
        """The names of the departments that a lead added."""
        return tuple(department.name for department in self.added)
