"""What a department has sent and what is still missing, and what has changed since an earlier time.

What a department is asked for: the indicators it answers for and the milestones of its tasks.

The mark a form carries, by which it is known when it comes back: of which plan, year and department it is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum

from czurban.model.assessment import Result
from czurban.model.indicator import Indicator
from czurban.model.observation import StageReport
from czurban.model.plan import Plan
from czurban.model.task import Department, Milestone, Task
from czurban.model.text import one_line


class State(StrEnum):
    """How far a department has come."""

    COMPLETE = "complete"  # nothing is missing, whoever has sent it
    PARTIAL = "partial"
    EMPTY = "empty"  # a file came that reports nothing
    REFUSED = "refused"  # a file came that may not be used
    SILENT = "silent"  # nothing came


@dataclass(frozen=True, slots=True)
class DepartmentStatus:
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
    def is_incomplete(self) -> bool:
        """Whether anything is still to be sent."""
        return bool(self.missing or self.unreadable or self.unstaged)


Reported = Result | StageReport


@dataclass(frozen=True, slots=True)
class Change:
    """What was told of one thing before and now; None where nothing was."""

    name: str
    leads: Sequence[str]
    before: Reported | None
    after: Reported | None


def indicators_of(plan: Plan, office: Department) -> tuple[Indicator, ...]:
    """The indicators that a department leads or may report, in the plan's order."""
    return tuple(one for one in plan.indicators if office.name in (*one.leads, *one.reporters))


def milestones_of(plan: Plan, office: Department) -> tuple[tuple[Task, Milestone], ...]:
    """The milestones of the tasks a department is on: those it leads first, then those it shares."""
    tasks = sorted(plan.tasks, key=lambda task: office.name not in task.leads)
    return tuple((task, one) for task in tasks if office.name in task.departments for one in task.milestones)


def led_milestones(plan: Plan, office: Department) -> tuple[tuple[Task, Milestone], ...]:
    """The milestones a department has to report: those of the tasks it leads."""
    return tuple((task, one) for task, one in milestones_of(plan, office) if office.name in task.leads)


HEAD = "czurban填报表"
"""How the mark's first cell begins, whatever stands behind it."""
MARK_SHEET = "czurban"
"""The hidden sheet that holds the mark in a workbook."""
ASIDE = ("（供参考）", "(for reference)")
"""How the heading of a column ends that is for the reader of a form only."""
INSTRUCTIONS = ("填写说明", "How to fill in")
"""What the sheet of instructions is called."""
_DIGITS = 12


@dataclass(frozen=True, slots=True)
class FormMark:
    """Which plan, period and department a form is of; `asked` is a digest of what it asks that department for."""

    plan: str
    region: str
    period: str
    department: str
    asked: str

    @property
    def check(self) -> str:
        """A digest of the rest: a mark that somebody has typed in does not fit it."""
        return _digest(getattr(self, one.name) for one in fields(self))


_LABELS = {
    "plan": "方案",
    "region": "地区",
    "period": "年份",
    "department": "填报单位",
    "asked": "内容",
    "check": "校验",
}


def mark_of(plan: Plan, office: Department) -> FormMark:
    """The mark of the form that goes to a department."""
    return FormMark(
        one_line(plan.title), one_line(plan.region), str(plan.period), one_line(office.name), _asked(plan, office)
    )


def mark_texts(mark: FormMark) -> tuple[str, ...]:
    """The mark as texts, each with a label before it: 填报单位：市公安局."""
    return tuple(f"{label}：{getattr(mark, name)}" for name, label in _LABELS.items())


def is_mark(cells: Sequence[str]) -> bool:
    """Whether these cells are, or were, a mark."""
    return bool(cells) and cells[0].strip().startswith(HEAD)


def parse_mark(cells: Sequence[str]) -> FormMark | None:
    """Read the cells of a mark; None where it is not whole, or not as it was written."""
    said = dict(cell.strip().partition("：")[::2] for cell in cells)
    if not said.keys() >= set(_LABELS.values()):
        return None
    found = FormMark(*(said[_LABELS[one.name]] for one in fields(FormMark)))
    return found if found.check == said[_LABELS["check"]] else None


def _asked(plan: Plan, office: Department) -> str:
    asked = [f"{one.id} {one.target.interval} {one.unit.name}" for one in indicators_of(plan, office)]
    asked += [f"{task.no} {one.name} {one.stage}" for task, one in milestones_of(plan, office)]
    return _digest(asked)


def _digest(texts: Iterable[str]) -> str:
    import hashlib  # noqa: PLC0415 - costs a start 4 ms, and only forms need it

    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:_DIGITS]
