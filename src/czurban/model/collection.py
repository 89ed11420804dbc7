"""Define what departments are asked for, what they have sent, and the mark that identifies a returned form."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from czurban.model.assessment import Result, Verdict
from czurban.model.finding import Finding, Findings, Place
from czurban.model.indicator import Indicator
from czurban.model.observation import Observation, Reading, StageReport
from czurban.model.period import Period
from czurban.model.plan import Department, Plan
from czurban.model.task import Milestone, Task
from czurban.model.text import key, one_line


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


def indicators_of(plan: Plan, office: Department) -> tuple[Indicator, ...]:
    """Return the indicators that a department leads or may report, in the plan's order.

    A region is asked for those that it has targets of its own for, with these, and for those of the tasks that its
    groups share, except for a group that is only some regions (各有关县区).
    """
    if office.region:
        held, names = plan.for_region(office.region), plan.groups_of(office.region)
        names -= {group.name for group in plan.departments if group.is_of_some}
        tasks = [task for task in plan.tasks if names.intersection(task.departments)]
        shared = held.own_targets.union(*(task.quantities for task in tasks))
        numbers = {task.no for task in tasks}
        return tuple(
            each
            for each in held.indicators
            if each.id in shared or each.task in numbers or names.intersection((*each.leads, *each.reporters))
        )
    return tuple(indicator for indicator in plan.indicators if office.name in (*indicator.leads, *indicator.reporters))


def figures_of(plan: Plan, office: Department) -> tuple[Indicator, ...]:
    """Return what a department reports: indicators, and its own parts of indicators, each behind the whole."""
    figures = indicators_of(plan, office)
    parts = [part for part in plan.allotted if office.name in part.leads]
    order = {indicator.id: number for number, indicator in enumerate(plan.indicators)} if parts else {}
    return tuple(sorted((*figures, *parts), key=lambda each: order[each.whole or each.id])) if parts else figures


def milestones_of(plan: Plan, office: Department) -> tuple[tuple[Task, Milestone], ...]:
    """Return the milestones of a department's tasks: first of those that it leads, then of the others.

    What a group of regions shares is asked of its regions, except for milestones that begin with another's name.
    """
    if office.region:
        names = plan.groups_of(office.region)
        region = plan.regions.with_code(office.region)
        near = {*plan.regions.path(region), *plan.regions.descendants(region)} if region else set()
        others = tuple(name for each in plan.regions if each not in near for name in each.names if len(name) > 1)
        theirs = (task for task in plan.tasks if names.intersection(task.departments))
        return tuple((task, each) for task in theirs for each in task.milestones if not each.name.startswith(others))
    if plan.regions_of(office):
        return led_milestones(plan, office)
    tasks = sorted(plan.tasks, key=lambda task: office.name not in task.leads)
    ours = (task for task in tasks if office.name in task.departments)
    return tuple((task, milestone) for task in ours for milestone in task.milestones)


def led_milestones(plan: Plan, office: Department) -> tuple[tuple[Task, Milestone], ...]:
    """Return the milestones that a department has to report: those of the tasks that it leads."""
    return tuple((task, each) for task in plan.tasks if office.name in task.leads for each in task.milestones)


def not_asked(
    plan: Plan, office: Department, observations: Iterable[Observation], stages: Iterable[StageReport]
) -> Iterator[tuple[Place, str]]:
    """Yield the place and the name of what a region's form reports of another region, or is not asked to report."""
    figures = {indicator.id for indicator in indicators_of(plan, office)}
    milestones = {(task.no, key(milestone.name)) for task, milestone in milestones_of(plan, office)}
    region = plan.regions.with_code(office.region)
    for value in observations:
        elsewhere = value.sender or (value.region and plan.regions.find(value.region) != region)
        if value.reported is not Reading.NOTHING and (elsewhere or value.indicator not in figures):
            yield value.place, plan.by_id[value.indicator].name
    for stage in stages:
        if stage.sender or (stage.task, key(stage.milestone)) not in milestones:
            yield stage.place, stage.milestone


@lru_cache(maxsize=1 << 12)
def named_in(file: str, plan: Plan) -> Department | None:
    """Return the unit that the name of a file has, as 市公安局（终稿）.ods does; None for none or several.

    A region that figures are asked of counts where no department is named.
    """
    return _named_in(file, plan.department_names, 3) or _named_in(file, plan.county_names, 2)


def _named_in(file: str, names: Mapping[str, Department], shortest: int) -> Department | None:
    name = re.split(r"[/\\]", file)[-1]
    stem = key(name.rpartition(".")[0] or name)
    inside = [name for name in names if len(name) >= shortest and name in stem]
    whole = {names[name] for name in inside if not any(name != other and name in other for other in inside)}
    return whole.pop() if len(whole) == 1 else None


HEAD = "czurban填报表"
"""The beginning of the mark's first cell."""
MARK_SHEET = "czurban"
"""The hidden sheet that holds the mark in a workbook."""
INSTRUCTIONS = ("填写说明", "How to fill in")
"""Names of the sheet with instructions."""
_DIGITS = 12


@dataclass(frozen=True, slots=True)
class FormMark:
    """The plan, period and department of a form; `asked` is a digest of what it asks that department for (R11).

    `county` is the code of the region that the form is for, empty in that of a department.
    """

    plan: str
    region: str
    period: str
    department: str
    asked: str
    county: str = ""

    @property
    def check(self) -> str:
        """A digest of the other fields, which a mark that was edited does not match."""
        texts = [getattr(self, field.name) for field in fields(self)]
        return _digest(texts if self.county else texts[:-1])


_LABELS = {
    "plan": "方案",
    "region": "地区",
    "period": "年份",
    "department": "填报单位",
    "asked": "内容",
    "county": "地区代码",
    "check": "校验",
}


def mark_of(plan: Plan, office: Department, period: Period | None = None) -> FormMark:
    """Return the mark of the form for a department, for the plan's period or a part of it."""
    return FormMark(
        one_line(plan.title),
        one_line(plan.region),
        str(period or plan.period),
        one_line(office.name),
        _asked(plan, office),
        office.region,
    )


def mark_texts(mark: FormMark) -> tuple[str, ...]:
    """Return the mark as texts with labels: 填报单位：市公安局."""
    labels = {name: label for name, label in _LABELS.items() if name != "county" or mark.county}
    return tuple(f"{label}：{getattr(mark, name)}" for name, label in labels.items())


def is_mark(cells: Sequence[str]) -> bool:
    """Return whether these cells are a mark, damaged or not."""
    return bool(cells) and cells[0].strip().startswith(HEAD)


def parse_mark(cells: Sequence[str]) -> FormMark | None:
    """Read the cells of a mark; None where it is incomplete or was changed."""
    values = dict(cell.strip().partition("：")[::2] for cell in cells)
    if not values.keys() >= set(_LABELS.values()) - {_LABELS["county"]}:
        return None
    mark = FormMark(*(values.get(_LABELS[field.name], "") for field in fields(FormMark)))
    return mark if mark.check == values[_LABELS["check"]] else None


def _asked(plan: Plan, office: Department) -> str:
    asked = [f"{each.id} {each.target.interval} {each.unit.name}" for each in figures_of(plan, office)]
    asked += [f"{task.no} {each.name} {each.stage}" for task, each in milestones_of(plan, office)]
    return _digest(asked)


def _digest(texts: Iterable[str]) -> str:
    import hashlib  # noqa: PLC0415 - takes 4 ms to load, and only forms need it

    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:_DIGITS]
