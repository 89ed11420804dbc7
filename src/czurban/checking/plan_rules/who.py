"""Rules about who answers for what, and about links between tasks and indicators."""

from collections.abc import Iterator

from czurban.model.faults import finding
from czurban.model.finding import Finding
from czurban.model.message import say
from czurban.model.plan import Plan


def lead_on_task(plan: Plan) -> Iterator[Finding]:
    """A department that leads an indicator is on one of the tasks that carry it."""
    for one in plan.indicators:
        tasks = [task for task in plan.tasks if one.id in task.quantities or task.no == one.task]
        if tasks and not any(lead in task.departments for task in tasks for lead in one.leads):
            values = {"name": one.name, "leads": "、".join(one.leads), "tasks": "、".join(str(t.no) for t in tasks)}
            message = say("{leads} leads “{name}” but is on none of its tasks ({tasks}).", **values)
            yield finding("P206", one.at("lead"), message, say("Check the lead here and the departments of the task."))


def used_department(plan: Plan) -> Iterator[Finding]:
    """Every department of the list has something to do in the plan."""
    used = {name for one in plan.indicators for name in (*one.leads, *one.reporters)}
    used |= {name for task in plan.tasks for name in task.departments}
    for office in plan.departments:
        if office.name not in used:
            message = say("“{name}” leads nothing and is on no task.", name=office.name)
            yield finding("P209", office.place, message, say("Take it out, or name it where the plan does."))


def somebody_leads(plan: Plan) -> Iterator[Finding]:
    """Every indicator has a lead department."""
    for one in plan.indicators:
        if not one.leads:
            message = say("Nobody leads “{name}”.", name=one.name)
            yield finding("P210", one.at("lead"), message, say("Name the department that answers for it under lead."))


def linked_both_ways(plan: Plan) -> Iterator[Finding]:
    """An indicator's task and the task's list of quantities agree."""
    for one in plan.indicators:
        task = plan.task(one.task) if one.task is not None else None
        if task and one.id not in task.quantities:
            message = say("“{name}” stands under task {no}, which does not list it.", name=one.name, no=task.no)
            yield finding("P212", one.at("task"), message, say("Add {id} to the task's quantities.", id=one.id))
    for task in plan.tasks:
        listed = [plan.indicator(name) for name in task.quantities]
        for one in filter(None, listed):
            if one.task is not None and one.task != task.no:
                message = say(
                    "Task {no} lists “{name}”, which stands under task {own}.", no=task.no, name=one.name, own=one.task
                )
                yield finding("P212", task.place, message, say("Keep it with one of the two."))
