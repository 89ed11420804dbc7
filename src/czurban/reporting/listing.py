"""Lists of what a plan holds: indicators, tasks, departments."""

from collections.abc import Mapping

from czurban.model.message import say
from czurban.model.plan import Plan
from czurban.reporting.document import Cell, Column, Document, Group, Heading, Json, Table
from czurban.reporting.labels import KINDS, number_of
from czurban.reporting.records import FORMAT, plan_record
from czurban.reporting.tasks_list import task_record
from czurban.reporting.things import indicator_record
from czurban.words.speaker import Speaker


def list_indicators(plan: Plan, speak: Speaker) -> Document:
    """Every indicator with its id, lead, baseline and target."""
    columns = (
        Column(speak(say("No.")), number=True),
        Column(speak(say("Indicator")), main=True),
        Column(speak(say("Id")), fold=2),
        Column(speak(say("Kind")), fold=1),
        Column(speak(say("Lead")), fold=3),
        Column(speak(say("Baseline")), number=True),
        Column(speak(say("Target")), number=True),
    )
    groups: dict[str, list[tuple[Cell, ...]]] = {}
    for one in plan.indicators:
        part = plan.part_of(one)
        title = f"（{part.no}）{part.title}" if part else one.category or ""
        baseline = one.target.baseline.printed if one.target.baseline else "—"
        texts = (
            number_of(one, speak),
            f"{one.name}（{one.unit.name}）",
            one.id,
            speak(KINDS[one.kind]),
            "、".join(one.leads),
            baseline,
            str(one.target.interval),
        )
        groups.setdefault(title, []).append(tuple(Cell(text) for text in texts))
    rows = tuple(indicator_record(one, plan) for one in plan.indicators)
    return _document(plan, columns, groups, "indicators", rows)


def list_tasks(plan: Plan, speak: Speaker) -> Document:
    """Every task with its leads and how much it carries; where leads added departments, who they are."""
    shows_added = any(task.added for task in plan.tasks)
    columns = (
        Column(speak(say("No.")), number=True),
        Column(speak(say("Task")), main=True),
        Column(speak(say("Lead")), fold=1),
        Column(speak(say("Quantities")), number=True),
        Column(speak(say("Milestones")), number=True),
        *([Column(speak(say("Added")), fold=2)] if shows_added else []),
    )
    groups: dict[str, list[tuple[Cell, ...]]] = {}
    for task in plan.tasks:
        counts = (str(len(task.quantities)), str(len(task.milestones)))
        more = ("、".join(task.added_names),) if shows_added else ()
        texts = (str(task.no), task.title, "、".join(task.leads), *counts, *more)
        groups.setdefault(f"（{task.part.no}）{task.part.title}", []).append(tuple(Cell(text) for text in texts))
    return _document(plan, columns, groups, "tasks", tuple(task_record(task) for task in plan.tasks))


def list_departments(plan: Plan, speak: Speaker) -> Document:
    """Every department with its everyday names and what it leads and shares."""
    columns = (
        Column(speak(say("Department")), main=True),
        Column(speak(say("Also called")), fold=1),
        Column(speak(say("Indicators led")), number=True),
        Column(speak(say("Tasks led")), number=True),
        Column(speak(say("Tasks shared")), number=True),
    )
    groups: dict[str, list[tuple[Cell, ...]]] = {}
    rows: list[Mapping[str, Json]] = []
    for office in plan.departments:
        counts = (
            sum(office.name in one.leads for one in plan.indicators),
            sum(office.name in task.leads for task in plan.tasks),
            sum(office.name in task.responsible for task in plan.tasks),
        )
        title = speak(say("Groups of departments")) if office.is_group else ""
        texts = (office.name, "、".join(office.aliases), *(str(count) for count in counts))
        groups.setdefault(title, []).append(tuple(Cell(text) for text in texts))
        rows.append(
            {
                "name": office.name,
                "aliases": list(office.aliases),
                "group": office.is_group,
                "indicators_led": counts[0],
                "tasks_led": counts[1],
                "tasks_shared": counts[2],
                "tasks_added_to": sum(office.name in task.added_names for task in plan.tasks),
            }
        )
    return _document(plan, columns, groups, "departments", tuple(rows))


def _document(
    plan: Plan,
    columns: tuple[Column, ...],
    groups: Mapping[str, list[tuple[Cell, ...]]],
    name: str,
    rows: tuple[Mapping[str, Json], ...],
) -> Document:
    table = Table(columns, tuple(Group(title, tuple(members)) for title, members in groups.items()))
    record: dict[str, Json] = {"format": FORMAT, "plan": plan_record(plan), name: rows}
    return Document((Heading(plan.title), table), lambda: record, lambda: rows)
