"""The three files of a plan, once their shape is right, to one Plan.

Responsible departments that a lead added to a task: by one who may, not twice, and with their date.

Tasks of tasks.yaml: departments, quantities, ladders and stages resolved.

Units a plan declares itself, as so many of a known one.
"""

import datetime as dt
import re
from collections.abc import Collection, Sequence
from decimal import Decimal
from fractions import Fraction

from czurban.model.finding import Findings, Message, say
from czurban.model.formula import Formula
from czurban.model.indicator import Indicator
from czurban.model.period import Period, parse_period
from czurban.model.plan import Plan
from czurban.model.task import AddedDepartment, Department, Milestone, Part, Task
from czurban.model.text import half_width, key
from czurban.model.unit import Unit, Units
from czurban.reading.plan.book import Names, Path, PlanBuilder
from czurban.reading.plan.indicators import Indicators
from czurban.reading.yaml.marked import Marked
from czurban.reading.yaml.shapes import (
    AddedShape,
    DepartmentsShape,
    IndicatorShape,
    TargetsShape,
    TaskShape,
    TasksShape,
    UnitShape,
    WordsShape,
    keys_of,
)

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def added_departments(
    shapes: Sequence[AddedShape], leads: Sequence[str], responsible: Sequence[str], book: PlanBuilder, at: Path
) -> tuple[AddedDepartment, ...]:
    """Build what stands under a task's `added:`; an entry with a fault is told and left out.

    Args:
        shapes: the entries.
        leads: the printed names of those who lead the task, who alone may add.
        responsible: those of the departments that the plan prints.
        book: finds names and gathers findings.
        at: the task's path in tasks.yaml.
    """
    known, found = {*leads, *responsible}, []
    for n, shape in enumerate(shapes):
        if one := _added(shape, leads, known, book, (*at, "added", n)):
            known.add(one.name)
            found.append(one)
    return tuple(found)


def _added(
    shape: AddedShape, leads: Sequence[str], known: set[str], book: PlanBuilder, at: Path
) -> AddedDepartment | None:
    before = len(book.findings)
    name = book.refer(shape.name, book.offices, "tasks", (*at, "name"))
    by = book.refer(shape.by, book.offices, "tasks", (*at, "by"))
    on = _date(shape.on)
    if book.offices.owner(by) is not None and by not in leads:
        message = say("“{by}” does not lead this task, so it can add nobody to it.", by=by)
        hint = say("Only its leads add departments: {names}.", names="、".join(leads))
        book.tell("P119", "tasks", (*at, "by"), message, hint)
    if name in known:
        message = say("“{name}” is on this task already.", name=name)
        book.tell("P120", "tasks", (*at, "name"), message, say("Take it out here."))
    if on is None:
        message = say("“{text}” is no date.", text=shape.on)
        book.tell("P121", "tasks", (*at, "on"), message, say("Write the day as 2019-05-06."))
    if on is None or len(book.findings) > before:
        return None
    return AddedDepartment(name, by, on, shape.reason, book.place("tasks", at))


def _date(text: str) -> dt.date | None:
    plain = half_width(text).strip()
    try:
        return dt.date.fromisoformat(plain) if _DATE.fullmatch(plain) else None
    except ValueError:
        return None


class Tasks:
    """Builds the tasks of one plan."""

    def __init__(self, book: PlanBuilder, shape: TasksShape, ids: Names) -> None:
        self.book = book
        self.shape = shape
        self.ids = ids
        self.ladders = Names(list(shape.ladders))
        self.stages = {name: Names(stages) for name, stages in shape.ladders.items()}
        for names in (self.ladders, *self.stages.values()):
            names.open = "ladders" in book.dropped

    def build(self) -> tuple[tuple[Part, ...], tuple[Task, ...]]:
        """Build the parts and all their tasks, in order."""
        parts, tasks, numbers = [], [], Names()
        for p, shape in enumerate(self.shape.parts):
            parts.append(part := Part(shape.no, shape.title))
            for t, task in enumerate(shape.tasks):
                at = ("parts", p, "tasks", t)
                self.book.take_new(numbers, str(task.no), task.title, "tasks", (*at, "no"))
                tasks.append(self._task(task, part, at))
        return tuple(parts), tuple(tasks)

    def _task(self, shape: TaskShape, part: Part, at: Path) -> Task:
        quantities = [
            self.book.refer(name, self.ids, "tasks", (*at, "quantities", n)) for n, name in enumerate(shape.quantities)
        ]
        leads = self.book.lead(shape.lead, "tasks", (*at, "lead"))
        responsible = self.book.lead(shape.responsible, "tasks", (*at, "responsible"))
        return Task(
            no=shape.no,
            title=shape.title,
            part=part,
            leads=leads,
            responsible=responsible,
            open=shape.open,
            added=added_departments(shape.added, leads, responsible, self.book, at),
            quantities=tuple(quantities),
            milestones=tuple(self._milestone(shape, m, at) for m in range(len(shape.milestones))),
            place=self.book.place("tasks", at),
        )

    def _milestone(self, task: TaskShape, m: int, at: Path) -> Milestone:
        shape, here = task.milestones[m], (*at, "milestones", m)
        ladder = self.book.refer(shape.ladder, self.ladders, "tasks", (*here, "ladder"))
        stage = shape.stage
        if stages := self.stages.get(ladder):
            stage = self.book.refer(stage, stages, "tasks", (*here, "stage"))
        return Milestone(shape.name, ladder, stage, shape.printed, shape.commitment, self.book.place("tasks", here))


def check_tasks_exist(book: PlanBuilder, indicators: Sequence[IndicatorShape], tasks: tuple[Task, ...]) -> None:
    """Tell of indicators that stand under a task the plan does not have."""
    numbers = {task.no for task in tasks}
    for i, shape in enumerate(indicators):
        if shape.task is not None and shape.task not in numbers:
            message = say("There is no task {no}.", no=shape.task)
            book.tell("P111", "targets", ("indicators", i, "task"), message, say("Tasks stand in tasks.yaml."))


_MOST = 60
"""Digits of a factor, and places before or behind its point: 1e999999999 alone would fill the memory."""


def build_units(shapes: Sequence[UnitShape], book: PlanBuilder) -> Units:
    """Add the declared units to the built-in ones; each may build on those before it."""
    declared: list[Unit] = []
    for i, shape in enumerate(shapes):
        known = Units(declared).find(shape.name)
        base = Units(declared).find(shape.of) if shape.of else Unit(shape.name, shape.name)
        factor = read_factor(shape.factor)
        if base is None or factor is None:
            message = say("The unit “{name}” is not declared as so many of a known one.", name=shape.name)
            book.tell("P109", "targets", ("units", i), message, say("Write name, of, and factor (10000 or 1/15)."))
        elif known and (known.dimension, known.factor) != (base.dimension, factor * base.factor):
            message = say("The unit “{name}” is known already, and is something else.", name=shape.name)
            book.tell("P109", "targets", ("units", i, "name"), message, say("Give the new unit a name of its own."))
        else:
            declared.append(Unit(shape.name, base.dimension, factor * base.factor))
    return Units(declared)


def read_factor(text: str) -> Fraction | None:
    """Read 10000, 0.001 or 1/15 as an exact factor above zero; None for anything else."""
    top, slash, bottom = text.partition("/")
    try:
        numbers = [Decimal(one) for one in ((top, bottom) if slash else (top, "1"))]
        if any(len(one.as_tuple().digits) > _MOST or abs(one.adjusted()) > _MOST for one in numbers):
            return None
        factor = Fraction(numbers[0]) / Fraction(numbers[1])
    except (ArithmeticError, ValueError):
        return None
    return factor if factor > 0 else None


def build_plan(
    folder: str,
    targets: tuple[TargetsShape, Marked],
    departments: tuple[DepartmentsShape, Marked],
    tasks: tuple[TasksShape, Marked] | None,
    dropped: Collection[str] = (),
) -> tuple[Plan | None, Findings]:
    """Build as much of the plan as has sense; the findings say what is left out and why.

    Args:
        folder: where the files lie, for places.
        targets: targets.yaml, as its shape and its tree; the others likewise.
        departments: departments.yaml.
        tasks: tasks.yaml, if there is one.
        dropped: lists of which entries were left out already; what refers to one of those is not a fault of its own.
    """
    roots = {"targets": targets[1], "departments": departments[1], "tasks": tasks[1] if tasks else targets[1]}
    book = PlanBuilder(folder, roots, dropped)
    shape = targets[0]
    offices = _departments(departments[0], book)
    book.offices.open = not {"departments", "groups"}.isdisjoint(dropped)
    units = build_units(shape.units, book)
    period = book.period(shape.plan.period, ("plan", "period"))
    categories = Names()
    for n, name in enumerate(shape.categories):
        book.take_new(categories, name, name, "targets", ("categories", n))
    ids = Names([one.id for one in shape.indicators])
    categories.open, ids.open = "categories" in dropped, "indicators" in dropped
    builder = Indicators(book, units, categories)
    indicators = [builder.build(i, one) for i, one in enumerate(shape.indicators)]
    parts, work = _tasks(tasks[0] if tasks else None, shape, book, ids)
    baseline = parse_period(shape.plan.baseline_period or "")
    formulas = _formulas(shape, book, ids, (period, baseline))
    _refer_adding(indicators, book, ids)
    if period is None:
        return None, tuple(book.findings)
    return Plan(
        title=shape.plan.title,
        region=shape.plan.region,
        period=period,
        baseline_period=baseline,
        categories=tuple(shape.categories),
        indicators=tuple(one for one in indicators if one),
        departments=offices,
        parts=parts,
        tasks=work,
        ladders={name: tuple(stages) for name, stages in tasks[0].ladders.items()} if tasks else {},
        units=units,
        formulas=formulas,
        source=folder,
        words=_words(shape.words, book) if shape.words else {},
    ), tuple(book.findings)


def _words(shape: WordsShape, book: PlanBuilder) -> dict[str, str]:
    """The plan's own header words; one that means something already keeps its meaning."""
    from czurban.reading.submission.header_words import LABELS, ColumnField, field_of  # noqa: PLC0415 - few plans have any

    found: dict[str, str] = {}
    for name in keys_of(WordsShape):
        for n, word in enumerate(getattr(shape, name)):
            known = field_of(word)
            other = str(known) if known else found.setdefault(key(word), name)
            if other != name:
                label = LABELS[ColumnField(other)]
                message = say(
                    "The header word “{word}” means something already: {field}.", word=word, field=Message(label)
                )
                book.tell("P110", "targets", ("words", name, n), message, say("Leave it out."))
    return found


def _formulas(
    shape: TargetsShape, book: PlanBuilder, ids: Names, periods: tuple[Period | None, Period | None]
) -> tuple[Formula, ...]:
    if all(one.formula is None for one in shape.indicators):
        return ()
    from czurban.reading.plan.formulas import build_formulas  # noqa: PLC0415 - many plans have no formula

    return build_formulas(shape.indicators, book, ids, periods)


def _refer_adding(indicators: Sequence[Indicator | None], book: PlanBuilder, ids: Names) -> None:
    """What parts are added up by are indicators of the plan."""
    for i, one in enumerate(indicators):
        for name in one.adds.by if one and one.adds else ():
            book.refer(name, ids, "targets", ("indicators", i, "adds"))


def _tasks(
    shape: TasksShape | None, targets: TargetsShape, book: PlanBuilder, ids: Names
) -> tuple[tuple[Part, ...], tuple[Task, ...]]:
    parts, work = Tasks(book, shape, ids).build() if shape else ((), ())
    if "parts" not in book.dropped:
        check_tasks_exist(book, targets.indicators, work)
    return parts, work


def _departments(shape: DepartmentsShape, book: PlanBuilder) -> tuple[Department, ...]:
    found = []
    for name, shapes in (("departments", shape.departments), ("groups", shape.groups)):
        for i, one in enumerate(shapes):
            book.take_all(book.offices, one.name, one.aliases, "departments", (name, i))
            place = book.place("departments", (name, i))
            found.append(Department(one.name, tuple(one.aliases), name == "groups", place))
    return tuple(found)
