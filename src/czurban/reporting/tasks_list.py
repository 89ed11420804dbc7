"""Tasks as lists: their departments, quantities and milestones."""

from czurban.model.message import say
from czurban.model.plan import Plan
from czurban.model.task import AddedDepartment, Commitment, Milestone, Task
from czurban.reporting.document import Item, Json
from czurban.words.speaker import Speaker


def task_item(task: Task, plan: Plan, speak: Speaker, own: str = "") -> Item:
    """One task with everything on it; `own` is the department the page is for, left out of the others."""
    leads = [name for name in task.leads if name != own]
    shared = [name for name in task.responsible if name != own]
    below: list[Item] = []
    if leads:
        label = say("Leads with: {names}") if own in task.leads else say("Led by: {names}")
        below.append(Item(speak(label, names="、".join(leads))))
    if shared:
        more = speak(say(" and others")) if task.open else ""
        below.append(Item(speak(say("Responsible: {names}"), names="、".join(shared)) + more))
    below += added_items(task, speak)
    quantities = [one for name in task.quantities if (one := plan.indicator(name))]
    if quantities:
        texts = (f"{one.name} {one.target.interval} {one.unit.name}" for one in quantities)
        below.append(Item(speak(say("Figures it carries")), tuple(Item(text) for text in texts)))
    if task.milestones:
        below.append(Item(speak(say("Milestones")), tuple(Item(milestone(one, speak)) for one in task.milestones)))
    return Item(f"{speak(say('Task {no}'), no=task.no)} {task.title}", tuple(below))


def added_items(task: Task, speak: Speaker) -> list[Item]:
    """Who was added to the responsible departments, each with who added it and when: apart from the printed ones."""
    return [Item(_added(one, speak)) for one in task.added]


def _added(one: AddedDepartment, speak: Speaker) -> str:
    text = speak(say("Added: {name} (by {by}, {on})"), name=one.name, by=one.by, on=one.on.isoformat())
    return speak(say("{text}: {reason}"), text=text, reason=one.reason) if one.reason else text


def milestone(one: Milestone, speak: Speaker) -> str:
    """A milestone with the stage asked for, and whether the plan only says it will try."""
    text = speak(say("{name}: {stage}"), name=one.name, stage=one.stage)
    return text + speak(say(" (an aspiration)")) if one.commitment is Commitment.ASPIRATION else text


def task_record(task: Task) -> dict[str, Json]:
    """One task for machines."""
    return {
        "no": task.no,
        "title": task.title,
        "part": task.part.no,
        "part_title": task.part.title,
        "lead": list(task.leads),
        "responsible": list(task.responsible),
        "open": task.open,
        "added": [
            {"name": one.name, "by": one.by, "on": one.on.isoformat(), "reason": one.reason or None}
            for one in task.added
        ],
        "quantities": list(task.quantities),
        "milestones": [
            {
                "name": one.name,
                "ladder": one.ladder,
                "stage": one.stage,
                "printed": one.printed,
                "commitment": str(one.commitment),
            }
            for one in task.milestones
        ],
    }
