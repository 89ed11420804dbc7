"""One thing of the plan, whole: an indicator with its rule and wordings, a task, a department."""

from collections.abc import Iterable

from czurban.model.breakdown import Allotment
from czurban.model.department import Department
from czurban.model.indicator import Indicator
from czurban.model.message import say
from czurban.model.plan import Plan
from czurban.model.task import Task
from czurban.reporting.derived_words import formula_words
from czurban.reporting.document import Document, Heading, Item, Items, Json
from czurban.reporting.labels import BASES, KINDS
from czurban.reporting.records import FORMAT, plan_record
from czurban.reporting.tasks_list import task_item, task_record
from czurban.words.speaker import Speaker

_NOTHING = "—"


def show_indicator(one: Indicator, plan: Plan, speak: Speaker) -> Document:
    """An indicator: its rule and why it is read so, its wording in each place, its links."""
    items = [Item(text) for text in _facts(one, plan, speak)]
    cited = tuple(Item(f"{c.at} {c.wording} {c.printed}") for c in one.cited)
    items.append(Item(speak(say("Printed in")), cited))
    tasks = [task for task in plan.tasks if one.id in task.quantities]
    if tasks:
        items.append(Item(speak(say("Tasks")), tuple(Item(f"{task.no} {task.title}") for task in tasks)))
    if parts := tuple(_part(part, one, plan) for part in plan.breakdown if part.indicator == one.id):
        items.append(Item(speak(say("Broken down")), parts))
    record: dict[str, Json] = {"format": FORMAT, "plan": plan_record(plan), "indicator": indicator_record(one, plan)}
    return Document((Heading(one.name), Items(tuple(items))), lambda: record, lambda: (indicator_record(one, plan),))


def _part(part: Allotment, one: Indicator, plan: Plan) -> Item:
    region = plan.regions.at(part.region)
    whose = plan.regions.full_name(region) if region else part.department
    return Item(f"{whose} {part.target.interval} {one.unit.name}")


def _facts(one: Indicator, plan: Plan, speak: Speaker) -> Iterable[str]:
    target, part = one.target, plan.part_of(one)
    home = f"（{part.no}）{part.title}" if part else one.category
    if one.no is not None:
        yield speak(say("No.: {no}"), no=one.no)
    yield speak(say("Id: {id}"), id=one.id)
    yield speak(say("Category: {category}"), category=home)
    if one.aliases:
        yield speak(say("Also called: {names}"), names="、".join(one.aliases))
    yield speak(say("Unit: {unit}"), unit=one.unit.name)
    yield speak(say("Kind: {kind}"), kind=speak(KINDS[one.kind]))
    if formula := plan.formula(one.id):
        yield speak(say("Formula: {text}"), text=formula_words(formula, plan, speak))
    if one.scope:
        yield speak(say("Scope: {scope}"), scope=one.scope)
    yield speak(say("Lead: {names}"), names="、".join(one.leads))
    yield speak(say("Baseline: {figure}"), figure=target.baseline.printed if target.baseline else _NOTHING)
    basis = speak(BASES[target.basis])
    rule = say("Target: {rule} by the end of {deadline} ({basis})")
    yield speak(rule, rule=target.interval, deadline=target.deadline, basis=basis)
    if target.reason:
        yield speak(say("Why it is read so: {reason}"), reason=target.reason)


def show_task(task: Task, plan: Plan, speak: Speaker) -> Document:
    """A task: its departments, quantities and milestones."""
    item = task_item(task, plan, speak)
    record: dict[str, Json] = {"format": FORMAT, "plan": plan_record(plan), "task": task_record(task)}
    head = (Heading(item.text), Items((Item(f"（{task.part.no}）{task.part.title}"), *item.below)))
    return Document(head, lambda: record, lambda: (task_record(task),))


def show_department(office: Department, plan: Plan, speak: Speaker) -> Document:
    """A department: its names, what it leads and what it shares."""
    led = [one for one in plan.indicators if office.name in one.leads]
    leading = [task for task in plan.tasks if office.name in task.leads]
    sharing = [task for task in plan.tasks if office.name in task.responsible]
    added = [task for task in plan.tasks if office.name in task.added_names]
    items = [
        Item(speak(say("Also called: {names}"), names="、".join(office.aliases) or _NOTHING)),
        Item(speak(say("Indicators it leads ({count})"), count=len(led)), tuple(_rule(one) for one in led)),
        Item(speak(say("Tasks it leads")), _titles(leading)),
        Item(speak(say("Tasks it shares")), _titles(sharing)),
        *([Item(speak(say("Tasks it was added to")), _titles(added))] if added else []),
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
