"""Work items of the plan: who leads, who shares, which quantities they carry and what must be delivered.

An office, or a printed group of offices, that answers for indicators and tasks.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from czurban.model.finding import Place


class Commitment(StrEnum):
    """Whether the plan binds somebody to a deliverable, or only says it will try (争取, 探索)."""

    FIRM = "firm"
    ASPIRATION = "aspiration"


class Milestone(NamedTuple):
    """A named deliverable and the stage of its ladder that the plan asks for, never more than its words say."""

    name: str
    ladder: str
    stage: str
    printed: str = ""
    commitment: Commitment = Commitment.FIRM
    place: Place | None = None


class Part(NamedTuple):
    """A chapter of tasks, with its number as printed."""

    no: str
    title: str


class AddedDepartment(NamedTuple):
    """A responsible department that the plan does not print: which lead of the task added it, when, and why."""

    name: str
    by: str
    on: dt.date
    reason: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One work item. `open` says that the printed list of departments ends with 等 and may have more.

    `responsible` are the departments the plan prints; those that a lead added later are kept apart in `added`.
    """

    no: int
    title: str
    part: Part
    leads: tuple[str, ...]
    responsible: tuple[str, ...] = ()
    open: bool = False
    added: tuple[AddedDepartment, ...] = ()
    quantities: tuple[str, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    place: Place | None = None

    @property
    def departments(self) -> tuple[str, ...]:
        """Everybody on it: leads, then those the plan prints, then those added."""
        return (*self.leads, *self.responsible, *self.added_names)

    @property
    def added_names(self) -> tuple[str, ...]:
        """The departments that a lead added."""
        return tuple(one.name for one in self.added)


class Department(NamedTuple):
    """A department under its printed name, with the everyday ones; a group stays a group and is never taken apart."""

    name: str
    aliases: tuple[str, ...] = ()
    is_group: bool = False
    place: Place | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The name and every alias."""
        return (self.name, *self.aliases)
