"""Define what a department has sent of what it is asked for, what it still owes, and what changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from czurban.model.assessment import Result, Verdict
from czurban.model.finding import Finding, Findings
from czurban.model.observation import Observation, StageReport
from czurban.model.plan import Department
from czurban.model.task import Milestone, Task
from czurban.model.text import key


class State(StrEnum):
    """How much of its figures a department has sent."""

    COMPLETE = "complete"  # nothing is missing
    PARTIAL = "partial"
    BLANK = "blank"  # only forms were sent that report nothing
    REFUSED = "refused"  # a file was sent that may not be used
    SILENT = "silent"  # nothing was sent
    SENT = "sent"  # figures were sent, and the plan asks for none


@dataclass(frozen=True, slots=True)
class DepartmentStatus:
    """The status of a department: its files, the results and milestones that it leads, and its files' findings.

    `missing` and `unreadable` are parts of `results`, and `unstaged` are the milestones without a usable stage.
    Stages that were `refused` were sent for some of these.
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
    refused: tuple[StageReport, ...] = ()

    @property
    def unsent(self) -> tuple[tuple[Task, Milestone], ...]:
        """The milestones for which no stage was sent."""
        sent = {(report.task, key(report.milestone)) for report in self.refused}
        return tuple(pair for pair in self.unstaged if (pair[0].no, key(pair[1].name)) not in sent)

    @property
    def is_incomplete(self) -> bool:
        """Whether anything is missing."""
        return bool(self.missing or self.unreadable or self.unstaged)


Reported = Result | StageReport


class OwedReason(StrEnum):
    """Why a department still owes a figure or stage."""

    UNSENT = "unsent"  # nothing was sent for it
    UNREAD = "unread"  # nothing was found for it, and a file of the department cannot be read
    REFUSED = "refused"  # something was sent that cannot be used
    CONFLICT = "conflict"  # what was sent for it differs


class SentItem(NamedTuple):
    """A value or stage that was sent, and the department that sent it; empty where nothing names one."""

    by: str
    value: Observation | StageReport


@dataclass(frozen=True, slots=True)
class OwedItem:
    """A figure or stage that a department still owes, and why.

    `sent` is everything that was sent for it and is not used, the department's own first. `finding` says why it is not
    used. `others` are the departments that owe it too. `noted` is its row with 无 or a note and no figure.
    """

    owed: Result | tuple[Task, Milestone]
    lack: OwedReason
    sent: tuple[SentItem, ...] = ()
    finding: Finding | None = None
    others: tuple[str, ...] = ()
    noted: Observation | None = None


@dataclass(frozen=True, slots=True)
class OwedByDepartment:
    """What a department still owes, the errors in its files that are about nothing of that, and what it should check.

    `questions` are findings on figures of its files that are used.
    """

    items: tuple[OwedItem, ...]
    findings: Findings
    questions: Findings = ()

    def __bool__(self) -> bool:
        """Return whether there is anything to write to the department about."""
        return bool(self.items or self.questions)


class LetterHead(NamedTuple):
    """Who sends letters, whom to ask, the date on them, and the date by which they ask for an answer, as printed."""

    sender: str = ""
    contact: str = ""
    phone: str = ""
    date: str = ""
    by: str = ""


class SentChange(StrEnum):
    """How what was sent for a figure or stage changed."""

    NEW = "new"
    USABLE = "usable"  # what was sent before could not be judged
    REVISED = "revised"
    UNUSABLE = "not-usable"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Change:
    """A figure or stage before and now; None where none was reported."""

    name: str
    leads: Sequence[str]
    before: Reported | None
    after: Reported | None

    @property
    def kind(self) -> SentChange:
        """How it changed."""
        if self.before is None:
            return SentChange.NEW
        if self.after is None:
            return SentChange.WITHDRAWN
        was, now = _is_usable(self.before), _is_usable(self.after)
        return SentChange.REVISED if was is now else SentChange.USABLE if now else SentChange.UNUSABLE


def _is_usable(reported: Reported) -> bool:
    """Return whether what was reported is a stage, or a value that is used."""
    if not isinstance(reported, Result):
        return True
    is_stage = reported.indicator.target.ladder is not None and reported.verdict is not Verdict.UNREADABLE
    return reported.actual is not None or is_stage
