"""What a department has sent and what is still missing, and what has changed since an earlier time."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from czurban.model.department import Department
from czurban.model.observation import StageReport
from czurban.model.task import Milestone, Task
from czurban.model.verdict import Result


class State(StrEnum):
    """How far a department has come."""

    COMPLETE = "complete"  # nothing is missing, whoever has sent it
    PARTIAL = "partial"
    EMPTY = "empty"  # a file came that reports nothing
    REFUSED = "refused"  # a file came that may not be used
    SILENT = "silent"  # nothing came


@dataclass(frozen=True, slots=True)
class Standing:
    """One department: its files, its results, its milestones with the stages settled, and the findings in its files.

    `missing` and `unreadable` are among `results`; a milestone without a stage is among `unstaged`.
    """

    office: Department
    state: State
    files: tuple[str, ...]
    results: tuple[Result, ...]
    missing: tuple[Result, ...]
    unreadable: tuple[Result, ...]
    milestones: tuple[tuple[Task, Milestone], ...]
    unstaged: tuple[tuple[Task, Milestone], ...]
    findings: int

    @property
    def wanting(self) -> bool:
        """Whether anything is still to be sent."""
        return bool(self.missing or self.unreadable or self.unstaged)


Told = Result | StageReport


@dataclass(frozen=True, slots=True)
class Change:
    """What was told of one thing before and now; None where nothing was."""

    name: str
    who: Sequence[str]
    before: Told | None
    after: Told | None
