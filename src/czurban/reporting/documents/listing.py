"""Lists of what a plan holds: indicators, tasks, departments.

One thing of the plan, whole: an indicator with its rule and wordings, a task, a department.

The list of a plan's regions, in their tree, with how many targets each has of its own.
"""

from collections.abc import Iterable, Mapping

from czurban.model.finding import say
from czurban.model.indicator import Indicator
from czurban.model.plan import Plan
from czurban.model.region import Allotment
from czurban.model.task import Department, Task
from czurban.reporting.document import (
    Column,
    Document,
    DocumentTable,
    Heading,
    Item,
    Items,
    Json,
    Paragraph,
    RowGroup,
    TableCell,
    Tone,
)
from czurban.reporting.documents.compute import formula_words
from czurban.reporting.documents.departments import task_item, task_record
from czurban.reporting.documents.records import FORMAT, plan_record
from czurban.reporting.labels import BASES, KINDS, number_of
from czurban.words.translator import Translator

_NOTHING = "—"


def show_indicator(one: Indicator, plan: Plan, translate: Translator) -> Document:
    """An indicator: its rule and why it is read so, its wording in each place, its links."""
    items = [Item(text) for text in _facts(one, plan, translate)]
    cited = tuple(Item(f"{c.at} {c.wording} {c.printed}") for c in one.cited)
    items.append(Item(translate(say("Printed in")), cited))
    tasks = [task for task in plan.tasks if one.id in task.quantities]
    if tasks:
        items.append(Item(translate(say("Tasks")), tuple(Item(f"{task.no} {task.title}") for task in tasks)))
    if parts := tuple(_part(part, one, plan) for part in plan.breakdown if part.indicator == one.id):
        items.append(Item(translate(say("Broken down")), parts))
    record: dict[str, Json] = {"format": FORMAT, "plan": plan_record(plan), "indicator": indicator_record(one, plan)}
    return Document((Heading(one.name), Items(tuple(items))), lambda: record, lambda: (indicator_record(one, plan),))


def _part(part: Allotment, one: Indicator, plan: Plan) -> Item:
    region = plan.regions.with_code(part.region)
    whose = plan.regions.full_name(region) if region else part.department
    return Item(f"{whose} {part.target.interval} {one.unit.name}")


def _facts(one: Indicator, plan: Plan, translate: Translator) -> Iterable[str]:
    target, part = one.target, plan.part_of(one)
    home = f"（{part.no}）{part.title}" if part else one.category
    if one.no is not None:
        yield translate(say("No.: {no}"), no=one.no)
    yield translate(say("Id: {id}"), id=one.id)
    yield translate(say("Category: {category}"), category=home)
    if one.aliases:
        yield translate(say("Also called: {names}"), names="、".join(one.aliases))
    yield translate(say("Unit: {unit}"), unit=one.unit.name)
    yield translate(say("Kind: {kind}"), kind=translate(KINDS[one.kind]))
    if formula := plan.formula(one.id):
        yield translate(say("Formula: {text}"), text=formula_words(formula, plan, translate))
    if one.scope:
        yield translate(say("Scope: {scope}"), scope=one.scope)
    yield translate(say("Lead: {names}"), names="、".join(one.leads))
    yield translate(say("Baseline: {figure}"), figure=target.baseline.printed if target.baseline else _NOTHING)
    basis = translate(BASES[target.basis])
    rule = say("Target: {rule} by the end of {deadline} ({basis})")
    yield translate(rule, rule=target.interval, deadline=target.deadline, basis=basis)
    if target.reason:
        yield translate(say("Why it is read so: {reason}"), reason=target.reason)


def show_task(task: Task, plan: Plan, translate: Translator) -> Document:
    """A task: its departments, quantities and milestones."""
    item = task_item(task, plan, translate)
    record: dict[str, Json] = {"format": FORMAT, "plan": plan_record(plan), "task": task_record(task)}
    head = (Heading(item.text), Items((Item(f"（{task.part.no}）{task.part.title}"), *item.below)))
    return Document(head, lambda: record, lambda: (task_record(task),))


def show_department(office: Department, plan: Plan, translate: Translator) -> Document:
    """A department: its names, what it leads and what it shares."""
    led = [one for one in plan.indicators if office.name in one.leads]
    leading = [task for task in plan.tasks if office.name in task.leads]
    sharing = [task for task in plan.tasks if office.name in task.responsible]
    added = [task for task in plan.tasks if office.name in task.added_names]
    items = [
        Item(translate(say("Also called: {names}"), names="、".join(office.aliases) or _NOTHING)),
        Item(translate(say("Indicators it leads ({count})"), count=len(led)), tuple(_rule(one) for one in led)),
        Item(translate(say("Tasks it leads")), _titles(leading)),
        Item(translate(say("Tasks it shares")), _titles(sharing)),
        *([Item(translate(say("Tasks it was added to")), _titles(added))] if added else []),
    ]
    row: dict[str, Json] = {
        "name": office.name,
        "aliases": list(office.aliases),
        "group": office.is_group,
        "indicators": [one.id for one in led],
        "leads": [task.no for task in leading],
        "shares": [task.no for task in sharing],
        "added_to": [task.no for task in added],
    }
    record: dict[str, Json] = {"format": FORMAT, "plan": plan_record(plan), "department": row}
    return Document((Heading(office.name), Items(tuple(items))), lambda: record, lambda: (row,))


def _titles(tasks: Iterable[Task]) -> tuple[Item, ...]:
    return tuple(Item(f"{task.no} {task.title}") for task in tasks)


def _rule(one: Indicator) -> Item:
    return Item(f"{f'{one.no} ' if one.no is not None else ''}{one.name} {one.target.interval} {one.unit.name}")


def indicator_record(one: Indicator, plan: Plan) -> dict[str, Json]:
    """One indicator for machines."""
    formula = plan.formula(one.id)
    target, baseline = one.target, one.target.baseline
    return {
        "id": one.id,
        "no": one.no,
        "name": one.name,
        "aliases": list(one.aliases),
        "category": one.category,
        "task": one.task,
        "unit": one.unit.name,
        "kind": str(one.kind),
        "formula": formula.text if formula else None,
        "scope": one.scope or None,
        "lead": list(one.leads),
        "baseline": None if baseline is None or baseline.value is None else str(baseline.value),
        "baseline_printed": baseline.printed if baseline else None,
        "target": str(target.interval),
        "direction": str(target.interval.direction),
        "basis": str(target.basis),
        "reason": target.reason or None,
        "deadline": str(target.deadline),
        "cited": [{"at": c.at, "wording": c.wording, "printed": c.printed} for c in one.cited],
    }


def list_indicators(plan: Plan, translate: Translator) -> Document:
    """Every indicator with its id, lead, baseline and target."""
    columns = (
        Column(translate(say("No.")), number=True),
        Column(translate(say("Indicator")), main=True),
        Column(translate(say("Id")), fold=2),
        Column(translate(say("Kind")), fold=1),
        Column(translate(say("Lead")), fold=3),
        Column(translate(say("Baseline")), number=True),
        Column(translate(say("Target")), number=True),
    )
    groups: dict[str, list[tuple[TableCell, ...]]] = {}
    for one in plan.indicators:
        part = plan.part_of(one)
        title = f"（{part.no}）{part.title}" if part else one.category or ""
        baseline = one.target.baseline.printed if one.target.baseline else "—"
        texts = (
            number_of(one, translate),
            f"{one.name}（{one.unit.name}）",
            one.id,
            translate(KINDS[one.kind]),
            "、".join(one.leads),
            baseline,
            str(one.target.interval),
        )
        groups.setdefault(title, []).append(tuple(TableCell(text) for text in texts))
    rows = tuple(indicator_record(one, plan) for one in plan.indicators)
    return _document(plan, columns, groups, "indicators", rows)


def list_tasks(plan: Plan, translate: Translator) -> Document:
    """Every task with its leads and how much it carries; where leads added departments, who they are."""
    shows_added = any(task.added for task in plan.tasks)
    columns = (
        Column(translate(say("No.")), number=True),
        Column(translate(say("Task")), main=True),
        Column(translate(say("Lead")), fold=1),
        Column(translate(say("Quantities")), number=True),
        Column(translate(say("Milestones")), number=True),
        *([Column(translate(say("Added")), fold=2)] if shows_added else []),
    )
    groups: dict[str, list[tuple[TableCell, ...]]] = {}
    for task in plan.tasks:
        counts = (str(len(task.quantities)), str(len(task.milestones)))
        more = ("、".join(task.added_names),) if shows_added else ()
        texts = (str(task.no), task.title, "、".join(task.leads), *counts, *more)
        groups.setdefault(f"（{task.part.no}）{task.part.title}", []).append(tuple(TableCell(text) for text in texts))
    return _document(plan, columns, groups, "tasks", tuple(task_record(task) for task in plan.tasks))


def list_departments(plan: Plan, translate: Translator) -> Document:
    """Every department with its everyday names and what it leads and shares."""
    columns = (
        Column(translate(say("Department")), main=True),
        Column(translate(say("Also called")), fold=1),
        Column(translate(say("Indicators led")), number=True),
        Column(translate(say("Tasks led")), number=True),
        Column(translate(say("Tasks shared")), number=True),
    )
    groups: dict[str, list[tuple[TableCell, ...]]] = {}
    rows: list[Mapping[str, Json]] = []
    for office in plan.departments:
        counts = (
            sum(office.name in one.leads for one in plan.indicators),
            sum(office.name in task.leads for task in plan.tasks),
            sum(office.name in task.responsible for task in plan.tasks),
        )
        title = translate(say("Groups of departments")) if office.is_group else ""
        texts = (office.name, "、".join(office.aliases), *(str(count) for count in counts))
        groups.setdefault(title, []).append(tuple(TableCell(text) for text in texts))
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
    groups: Mapping[str, list[tuple[TableCell, ...]]],
    name: str,
    rows: tuple[Mapping[str, Json], ...],
) -> Document:
    table = DocumentTable(columns, tuple(RowGroup(title, tuple(members)) for title, members in groups.items()))
    record: dict[str, Json] = {"format": FORMAT, "plan": plan_record(plan), name: rows}
    return Document((Heading(plan.title), table), lambda: record, lambda: rows)


def list_regions(plan: Plan, translate: Translator) -> Document:
    """Every region, those above before those below, with its code, its other names and its own targets."""
    columns = (
        Column(translate(say("Region")), main=True),
        Column(translate(say("Code"))),
        Column(translate(say("Above it")), fold=2),
        Column(translate(say("Also called")), fold=1),
        Column(translate(say("Own targets")), number=True),
    )
    rows: list[tuple[TableCell, ...]] = []
    records: list[dict[str, Json]] = []
    tops = [one for one in plan.regions if not one.parent]
    for one in (region for top in tops for region in (top, *plan.regions.descendants(top))):
        above = plan.regions.parent(one)
        own = len(plan.breakdown.of_region(one.code))
        texts = (one.name, one.code, above.name if above else "—", "、".join(one.aliases), str(own))
        rows.append(tuple(TableCell(text) for text in texts))
        records.append(
            {
                "code": one.code,
                "name": one.name,
                "aliases": list(one.aliases),
                "parent": one.parent or None,
                "path": [step.name for step in plan.regions.path(one)],
                "own_targets": own,
            }
        )
    record: dict[str, Json] = {"format": FORMAT, "plan": plan_record(plan), "regions": records}
    nothing = Paragraph(translate(say("The plan knows no regions.")), Tone.QUIET)
    table = DocumentTable(columns, (RowGroup("", tuple(rows)),)) if rows else nothing
    return Document((Heading(plan.title), table), lambda: record, lambda: records)
