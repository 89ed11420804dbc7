"""Build a plan from the shapes of its files: departments, units, indicators, tasks and milestones."""

import datetime as dt
import re
from collections.abc import Collection, Sequence
from decimal import Decimal
from fractions import Fraction

from czurban.model.finding import Findings, Message, say
from czurban.model.formulas.formula import Formula
from czurban.model.period import Period
from czurban.model.plan import NO_ISSUER, Department, Issuer, Plan
from czurban.model.task import AddedDepartment, Milestone, Part, StagePoint, Task, TaskNo, task_no
from czurban.model.text import half_width, key
from czurban.model.unit import Unit, Units
from czurban.reading.plan.builder import Names, PlanBuilder
from czurban.reading.plan.indicators import IndicatorBuilder, persons_of, stage_path
from czurban.reading.plan.target_shapes import PlanShape, TargetsShape, UnitShape, WordsShape
from czurban.reading.plan.targets import with_others
from czurban.reading.plan.task_shapes import (
    AddedShape,
    DepartmentShape,
    DepartmentsShape,
    GroupShape,
    TaskShape,
    TasksShape,
)
from czurban.reading.yaml.shapes import keys_of
from czurban.reading.yaml.tree import KeyPath, YamlNode

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOST_DIGITS = 60
"""Digits of a factor, and places before or after its point: 1e999999999 alone would fill the memory."""


def build_plan(
    folder: str,
    targets: tuple[TargetsShape, YamlNode],
    departments: tuple[DepartmentsShape, YamlNode],
    tasks: tuple[TasksShape, YamlNode] | None,
    dropped: Collection[str] = (),
) -> tuple[Plan | None, Findings]:
    """Build as much of the plan as can be read; the findings report what is left out and why.

    Args:
        folder: the folder of the files, for places.
        targets: targets.yaml, as its shape and its tree.
        departments: departments.yaml, likewise.
        tasks: tasks.yaml, likewise, if there is one.
        dropped: lists with entries that were left out already; a reference to such an entry is not a fault.
    """
    shape = targets[0]
    roots = {"targets": targets[1], "departments": departments[1], "tasks": tasks[1] if tasks else targets[1]}
    builder = PlanBuilder(folder, roots, dropped)
    all_departments = _build_departments(departments[0], builder)
    units = build_units(shape.units, builder)
    period = builder.period(shape.plan.period, ("plan", "period"))
    categories = Names(incomplete="categories" in dropped)
    for n, name in enumerate(shape.categories):
        builder.register_once(categories, name, name, "targets", ("categories", n))
    ids = Names([indicator.id for indicator in shape.indicators], incomplete="indicators" in dropped)
    indicator_builder = IndicatorBuilder(builder, units, categories, period)
    built = [indicator_builder.build(i, entry) for i, entry in enumerate(shape.indicators)]
    indicators = with_others(built, builder, ids)
    parts, all_tasks = TaskBuilder(builder, tasks[0], ids).build() if tasks else ((), ())
    _check_tasks_exist(builder, shape, all_tasks)
    before = shape.plan.baseline_period
    baseline_period = builder.period(before, ("plan", "baseline_period")) if before else None
    formulas = _build_formulas(shape, builder, ids, (period, baseline_period))
    for i, indicator in enumerate(indicators):
        for name in indicator.adds.by if indicator and indicator.adds else ():
            builder.resolve(name, ids, "targets", ("indicators", i, "adds"))
    if period is None:
        return None, tuple(builder.findings)
    every, issuer = tuple(filter(None, indicators)), shape.plan.issuer
    return Plan(
        title=shape.plan.title,
        region=shape.plan.region,
        period=period,
        baseline_period=baseline_period,
        categories=tuple(shape.categories),
        indicators=every,
        without_target=frozenset(indicator.id for indicator in every if indicator.input_only),
        departments=all_departments,
        parts=parts,
        tasks=all_tasks,
        ladders={name: tuple(stages) for name, stages in tasks[0].ladders.items()} if tasks else {},
        units=units,
        formulas=formulas,
        source=folder,
        words=_build_words(shape.words, builder) if shape.words else {},
        issuer=Issuer(issuer.name, issuer.contact, issuer.phone) if issuer else NO_ISSUER,
        places={name: builder.place("targets", ("plan", name)) for name in keys_of(PlanShape)},
    ), tuple(builder.findings)


def _build_departments(shape: DepartmentsShape, builder: PlanBuilder) -> tuple[Department, ...]:
    departments = []
    lists: dict[str, Sequence[DepartmentShape | GroupShape]] = {
        "departments": shape.departments,
        "groups": shape.groups,
    }
    for list_name, entries in lists.items():
        for i, entry in enumerate(entries):
            builder.register_all(builder.departments, entry.name, entry.aliases, "departments", (list_name, i))
            place = builder.place("departments", (list_name, i))
            persons = persons_of(entry.persons)
            department = Department(entry.name, tuple(entry.aliases), list_name == "groups", place, persons)
            named = entry.regions if isinstance(entry, GroupShape) else None
            departments.append(department if named is None else department._replace(regions=tuple(named)))
    return tuple(departments)


def _build_words(shape: WordsShape, builder: PlanBuilder) -> dict[str, str]:
    """Return the plan's own header words; report a word that has a meaning already."""
    from czurban.reading.submission.header_words import LABELS, ColumnField, field_of  # noqa: PLC0415 - few plans have any

    words: dict[str, str] = {}
    for name in keys_of(WordsShape):
        for n, word in enumerate(getattr(shape, name)):
            known = field_of(word)
            other = str(known) if known else words.setdefault(key(word), name)
            if other != name:
                label = Message(LABELS[ColumnField(other)])
                message = say("The header word “{word}” means something already: {field}.", word=word, field=label)
                builder.report("P110", "targets", ("words", name, n), message, say("Leave it out."))
    return words


def _build_formulas(
    shape: TargetsShape, builder: PlanBuilder, ids: Names, periods: tuple[Period | None, Period | None]
) -> tuple[Formula, ...]:
    if all(indicator.formula is None for indicator in shape.indicators):
        return ()
    from czurban.reading.plan.formulas import build_formulas  # noqa: PLC0415 - many plans have no formula

    return build_formulas(shape.indicators, builder, ids, periods)


def _check_tasks_exist(builder: PlanBuilder, shape: TargetsShape, tasks: tuple[Task, ...]) -> None:
    """Report indicators that name a task which the plan does not have."""
    if "parts" in builder.dropped:
        return
    numbers = {task.no for task in tasks}
    for i, indicator in enumerate(shape.indicators):
        if indicator.task is not None and task_no(indicator.task) not in numbers:
            message = say("There is no task {no}.", no=indicator.task)
            builder.report("P111", "targets", ("indicators", i, "task"), message, say("Declare it in tasks.yaml."))


class TaskBuilder:
    """Builds the tasks of one plan with their departments, milestones and stages."""

    def __init__(self, builder: PlanBuilder, shape: TasksShape, ids: Names) -> None:
        self.builder = builder
        self.shape = shape
        self.ids = ids
        incomplete = "ladders" in builder.dropped
        self.ladders = Names(list(shape.ladders), incomplete=incomplete)
        self.stages = {name: Names(stages, incomplete=incomplete) for name, stages in shape.ladders.items()}

    def build(self) -> tuple[tuple[Part, ...], tuple[Task, ...]]:
        """Build the parts and all their tasks, in order."""
        parts, tasks, numbers, part_numbers = [], [], Names(), Names()
        for p, shape in enumerate(self.shape.parts):
            self.builder.register_once(part_numbers, shape.no, shape.title, "tasks", ("parts", p, "no"))
            parts.append(part := Part(shape.no, shape.title, self.builder.place("tasks", ("parts", p, "no"))))
            for t, task in enumerate(shape.tasks):
                at = ("parts", p, "tasks", t)
                if (no := task_no(task.no)) is None:
                    message = say("“{value}” is no number of a task.", value=task.no)
                    hint = say("Write a number such as 3, 3-1, 2.4, AHS-1 or （一）.")
                    self.builder.report("P106", "tasks", (*at, "no"), message, hint)
                    continue
                self.builder.register_once(numbers, str(no), task.title, "tasks", (*at, "no"))
                tasks.append(self._task(no, task, part, at))
        return tuple(parts), tuple(tasks)

    def _task(self, no: TaskNo, shape: TaskShape, part: Part, at: KeyPath) -> Task:
        quantities = [
            self.builder.resolve(name, self.ids, "tasks", (*at, "quantities", n))
            for n, name in enumerate(shape.quantities)
        ]
        leads = self.builder.resolve_departments(shape.lead, "tasks", (*at, "lead"))
        responsible = self.builder.resolve_departments(shape.responsible, "tasks", (*at, "responsible"))
        return Task(
            no=no,
            title=shape.title,
            part=part,
            leads=leads,
            responsible=responsible,
            open=shape.open,
            added=self._added_departments(shape.added, leads, responsible, at),
            quantities=tuple(quantities),
            milestones=tuple(self._milestone(shape, m, at) for m in range(len(shape.milestones))),
            place=self.builder.place("tasks", at),
            persons=persons_of(shape.persons),
        )

    def _milestone(self, task: TaskShape, m: int, at: KeyPath) -> Milestone:
        shape, here = task.milestones[m], (*at, "milestones", m)
        ladder = self.builder.resolve(shape.ladder, self.ladders, "tasks", (*here, "ladder"))
        stage, stages = shape.stage, self.stages.get(ladder)
        if stages:
            hint = say(
                "The ladder {ladder} has {stages}.", ladder=ladder, stages=" / ".join(self.shape.ladders[ladder])
            )
            stage = self.builder.resolve(stage, stages, "tasks", (*here, "stage"), hint)
        path = stage_path(self.builder, shape.path, stages, (*here, "path"))
        place = self.builder.place("tasks", here)
        due = self.builder.due_date(shape.deadline, (*here, "deadline"), "tasks") if shape.deadline else None
        if due:  # as a point of the path it is due then, and not at the end of the plan
            path = (*path, StagePoint(due.last_year, stage, self.builder.place("tasks", (*here, "deadline"))))
        return Milestone(shape.name, ladder, stage, shape.printed, shape.commitment, place, path, due)

    def _added_departments(
        self, shapes: Sequence[AddedShape], leads: Sequence[str], responsible: Sequence[str], at: KeyPath
    ) -> tuple[AddedDepartment, ...]:
        """Build the entries of `added:`; report and leave out those with a fault."""
        known, added = {*leads, *responsible}, []
        for n, shape in enumerate(shapes):
            if department := self._added(shape, leads, known, (*at, "added", n)):
                known.add(department.name)
                added.append(department)
        return tuple(added)

    def _added(self, shape: AddedShape, leads: Sequence[str], known: set[str], at: KeyPath) -> AddedDepartment | None:
        before = len(self.builder.findings)
        departments = self.builder.departments
        name = self.builder.resolve(shape.name, departments, "tasks", (*at, "name"))
        by = self.builder.resolve(shape.by, departments, "tasks", (*at, "by"))
        on = _read_date(shape.on)
        if departments.owner(by) is not None and by not in leads:
            message = say("“{by}” does not lead this task, so it cannot add a department to it.", by=by)
            hint = say("Only its leads add departments: {names}.", names="、".join(leads))
            self.builder.report("P119", "tasks", (*at, "by"), message, hint)
        if name in known:
            message = say("“{name}” is on this task already.", name=name)
            self.builder.report("P120", "tasks", (*at, "name"), message, say("Remove it here."))
        if on is None:
            message = say("“{text}” is not a date.", text=shape.on)
            self.builder.report("P121", "tasks", (*at, "on"), message, say("Write the day as 2019-05-06."))
        if on is None or len(self.builder.findings) > before:
            return None
        return AddedDepartment(name, by, on, shape.reason, self.builder.place("tasks", at))


def _read_date(text: str) -> dt.date | None:
    plain = half_width(text).strip()
    try:
        return dt.date.fromisoformat(plain) if _DATE.fullmatch(plain) else None
    except ValueError:
        return None


def build_units(shapes: Sequence[UnitShape], builder: PlanBuilder) -> Units:
    """Add the declared units to the built-in ones; each may be a multiple of those before it.

    A known unit that is declared by its name alone keeps its meaning.
    """
    declared: list[Unit] = []
    for i, shape in enumerate(shapes):
        known = Units(declared).find(shape.name)
        base = Units(declared).find(shape.of) if shape.of else known or Unit(shape.name, shape.name)
        factor = read_factor(shape.factor)
        if base is None or factor is None:
            message = say("The unit “{name}” is not declared as a multiple of a known unit.", name=shape.name)
            builder.report("P109", "targets", ("units", i), message, say("Write name, of, and factor (10000 or 1/15)."))
        elif known and (known.dimension, known.factor) != (base.dimension, factor * base.factor):
            message = say("The unit “{name}” already exists with another meaning.", name=shape.name)
            hint = say("Give the new unit another name.")
            builder.report("P109", "targets", ("units", i, "name"), message, hint)
        else:
            declared.append(Unit(shape.name, base.dimension, factor * base.factor))
    return Units(declared)


def read_factor(text: str) -> Fraction | None:
    """Read 10000, 0.001 or 1/15 as an exact factor above zero; return None for other texts."""
    top, slash, bottom = text.partition("/")
    try:
        numbers = [Decimal(number) for number in ((top, bottom) if slash else (top, "1"))]
        if any(len(n.as_tuple().digits) > _MOST_DIGITS or abs(n.adjusted()) > _MOST_DIGITS for n in numbers):
            return None
        factor = Fraction(numbers[0]) / Fraction(numbers[1])
    except (ArithmeticError, ValueError):
        return None
    return factor if factor > 0 else None
