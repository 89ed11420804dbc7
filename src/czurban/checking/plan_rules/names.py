"""Check the departments, the links between tasks and indicators, numbers, lists, names and milestones."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from czurban.checking.plan_rules.times import milestones_of
from czurban.model.faults import finding
from czurban.model.finding import Finding, Message, Place, say
from czurban.model.indicator import Indicator
from czurban.model.period import numeral_value
from czurban.model.plan import Department, Plan
from czurban.model.task import Commitment, Milestone, Task, TaskNo
from czurban.model.text import key, nearest


def lead_on_task(plan: Plan) -> Iterator[Finding]:
    """A department that leads an indicator is in one of the indicator's tasks."""
    for indicator in plan.indicators:
        tasks = [task for task in plan.tasks if indicator.id in task.quantities or task.no == indicator.task]
        if tasks and not any(lead in task.departments for task in tasks for lead in indicator.leads):
            values = {"name": indicator.name, "leads": "、".join(indicator.leads)}
            values["tasks"] = "、".join(str(task.no) for task in tasks)
            message = say("{leads} leads “{name}” but is on none of its tasks ({tasks}).", **values)
            hint = say("Check the lead here and the departments of the task.")
            yield finding("P206", indicator.place_of("lead"), message, hint)


def used_department(plan: Plan) -> Iterator[Finding]:
    """Every listed department is in an indicator, a task or the breakdown."""
    figures = (*plan.indicators, *plan.allotted)
    used = {name for indicator in figures for name in (*indicator.leads, *indicator.reporters)}
    used |= {name for task in plan.tasks for name in task.departments}
    for office in plan.departments:
        if office.name not in used:
            message = say("“{name}” leads nothing and is on no task.", name=office.name)
            yield finding("P209", office.place, message, say("Remove it, or name it where the plan does."))


def has_lead(plan: Plan) -> Iterator[Finding]:
    """Every indicator has a lead department."""
    for indicator in plan.indicators:
        if not indicator.leads:
            message = say("No department leads “{name}”.", name=indicator.name)
            hint = say("Name the responsible department under lead.")
            yield finding("P210", indicator.place_of("lead"), message, hint)


def linked_both_ways(plan: Plan) -> Iterator[Finding]:
    """An indicator's task and the task's list of quantities agree."""
    for indicator in plan.indicators:
        task = plan.task(indicator.task) if indicator.task is not None else None
        if task and indicator.id not in task.quantities:
            message = say("“{name}” belongs to task {no}, which does not list it.", name=indicator.name, no=task.no)
            hint = say("Add {id} to the task's quantities.", id=indicator.id)
            yield finding("P212", indicator.place_of("task"), message, hint)
    for task in plan.tasks:
        for quantity in filter(None, map(plan.indicator, task.quantities)):
            if quantity.task is not None and quantity.task != task.no:
                values = {"no": task.no, "name": quantity.name, "own": quantity.task}
                message = say("Task {no} lists “{name}”, which belongs to task {own}.", **values)
                yield finding("P212", task.place, message, say("Keep it with one of the two."))


def listed_once(plan: Plan) -> Iterator[Finding]:
    """A task lists each department and each quantity once."""
    for task in plan.tasks:
        for name, times in Counter((*task.leads, *task.responsible, *task.quantities)).items():
            if times > 1:
                message = say("Task {no} lists “{name}” twice.", no=task.no, name=name)
                yield finding("P256", task.place, message, say("Keep one of the two."))


_FEW = 3


def no_gap(plan: Plan) -> Iterator[Finding]:
    """The numbers of tasks, of parts and of the main table have no gap."""
    series: Sequence[tuple[Message, list[tuple[int, Place | None]]]] = (
        (say("main table"), [(row_no, item.place_of("no")) for item in plan.indicators if (row_no := _whole(item.no))]),
        (say("tasks"), [(task_no, task.place) for task in plan.tasks if (task_no := _of_task(task.no))]),
        (say("parts"), [(part_no, part.place) for part in plan.parts if (part_no := _numeral(part.no))]),
    )
    for label, numbers in series:
        known = sorted(numbers, key=lambda pair: pair[0])
        steps = [(low, high, place) for (low, _), (high, place) in pairwise([(0, None), *known])]
        leaps = [(low, high, place) for low, high, place in steps if high > low + 1]
        inside = [leap for leap in leaps if leap != steps[-1]]
        if len(inside) > 1 or len(steps) <= _FEW:
            leaps = []  # the plan has a choice of the numbers
        for low, high, place in leaps:
            yield finding("P246", place, _gap(label, low, high), say("Correct the number, or add what is missing."))


def _whole(no: int | str | None) -> int | None:
    """Return a number of the main table; None for one such as AHS-1.1."""
    return no if isinstance(no, int) else None


def _of_task(no: TaskNo) -> int | None:
    """Return a task's number where the tasks may be a plain sequence: 3, (三); None for one such as 3-1."""
    return no if isinstance(no, int) else _numeral(no)


def _gap(label: Message, before: int, no: int) -> Message:
    values = {"no": before + 1, "first": before + 1, "last": no - 1, "label": label}
    if no == before + 2:
        return say("The number {no} is missing among the {label}.", **values)
    return say("The numbers {first} to {last} are missing among the {label}.", **values)


def _numeral(text: str) -> int | None:
    """Return the number of a part: 三, （三）, 3; None for another text."""
    bare = re.sub(r"^[第(]|[)章节部分、.]+$", "", key(text))
    if bare.isdecimal():
        return int(bare)
    return numeral_value(bare) if re.fullmatch("[一二三四五六七八九]?十?[一二三四五六七八九]?", bare) and bare else None


def together(plan: Plan) -> Iterator[Finding]:
    """Indicators of one category stand together in the main table."""
    numbered = [indicator for indicator in plan.indicators if _whole(indicator.no) and indicator.category]
    table = sorted(numbered, key=lambda indicator: _whole(indicator.no) or 0)
    if _is_grouped(table):
        return
    for at, indicator in enumerate(table):
        if _is_grouped([*table[:at], *table[at + 1 :]]):  # more than one apart is another order of the table
            values = {"name": indicator.name, "no": indicator.no, "category": indicator.category}
            message = say("“{name}”, number {no}, is apart from the others of the category {category}.", **values)
            yield finding("P247", indicator.place_of("category"), message, say("Check its category and its number."))
            return


def _is_grouped(table: Sequence[Indicator]) -> bool:
    runs = [category for category, _ in groupby(table, key=lambda indicator: indicator.category)]
    return len(runs) == len(set(runs))


def one_name(plan: Plan) -> Iterator[Finding]:
    """An alias is one name, and not several in one text."""
    things: Sequence[Indicator | Department] = (*plan.indicators, *plan.departments)
    for thing in things:
        for alias in thing.aliases:
            pieces = [piece for piece in re.split("[，；、]", alias) if piece.strip()]
            others = [name for name in thing.names if name != alias]
            similar = "、" not in thing.name and all(nearest(piece, others) for piece in pieces)
            if len(pieces) > 1 and ("、" not in alias or similar):
                message = say("The alias “{alias}” of “{name}” looks like several names.", alias=alias, name=thing.name)
                hint = say("Write a comma and a blank between names: [{names}].", names=", ".join(pieces))
                yield finding("P254", thing.place, message, hint)


_IN_BRACKETS = re.compile(r"[（(]([^（）()]+)[)）]$")


def name_without_unit(plan: Plan) -> Iterator[Finding]:
    """The name of an indicator has no unit in brackets."""
    for indicator in plan.indicators:
        match = _IN_BRACKETS.search(indicator.name)
        if match and plan.units.find(match[1]):
            bare = indicator.name[: match.start()].strip()
            message = say("The name “{name}” has its unit in brackets.", name=indicator.name)
            hint = say("Write name: {name}, and the unit under unit:.", name=bare)
            yield finding("P255", indicator.place_of("name"), message, hint)


_AIMS = re.compile(r"争取|力争|探索|努力|鼓励|研究|谋划|\b(?:strive|explore|aim to)\b")
_FIRM_AIMS = re.compile(r"争取|力争|探索|\b(?:strive|explore|aim to)\b")


def no_firm_aspiration(plan: Plan) -> Iterator[Finding]:
    """A deliverable that the plan only aims at is not marked as firm."""
    hint = say("Write commitment: aspiration; an aspiration is not binding.")
    for task, milestone in milestones_of(plan):
        word = _FIRM_AIMS.search(milestone.printed)
        if word and milestone.commitment is Commitment.FIRM:
            message = say("“{name}” is printed with “{word}” but is firm.", name=milestone.name, word=word[0])
            yield finding("P211", milestone.place or task.place, message, hint)


def printed_aspiration(plan: Plan) -> Iterator[Finding]:
    """A deliverable that is marked as an aspiration is printed as one."""
    for _, milestone in milestones_of(plan):
        if milestone.commitment is Commitment.ASPIRATION and milestone.printed and not _AIMS.search(milestone.printed):
            values = {"name": milestone.name, "printed": milestone.printed}
            message = say("“{name}” is an aspiration, and “{printed}” does not say so.", **values)
            yield finding("P253", milestone.place, message, say("Delete commitment:, or correct the printed words."))


def milestone_once(plan: Plan) -> Iterator[Finding]:
    """A milestone occurs once."""
    known: dict[str, Task] = {}
    for task, milestone in milestones_of(plan):
        if other := known.get(key(milestone.name)):
            message = say("“{name}” is already a milestone of task {no}.", name=milestone.name, no=other.no)
            yield finding("P251", milestone.place, message, say("Keep one of the two, or give them different names."))
        known.setdefault(key(milestone.name), task)


def printed_stage(plan: Plan) -> Iterator[Finding]:
    """The stage of a milestone is the one that its printed words name, and that they have elsewhere."""
    used: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    firm = [milestone for _, milestone in milestones_of(plan) if milestone.commitment is Commitment.FIRM]
    for milestone in firm:
        used[milestone.ladder, key(milestone.printed)][milestone.stage] += 1
    for milestone in firm:
        stages = used[milestone.ladder, key(milestone.printed)]
        named = _named_stage(milestone, plan.ladders.get(milestone.ladder, ()))
        stage, times = stages.most_common(1)[0]
        wanted = named or (stage if milestone.printed and times > stages[milestone.stage] else None)
        if wanted and wanted != milestone.stage:
            values = {"name": milestone.name, "printed": milestone.printed, "stage": milestone.stage, "other": wanted}
            message = say("“{name}” is to reach {stage}, and “{printed}” means {other}.", **values)
            yield finding("P252", milestone.place, message, say("Correct the stage, or the printed words."))


def _named_stage(milestone: Milestone, ladder: Sequence[str]) -> str | None:
    """Return the last stage of the ladder that the printed words name; None where they name none."""
    return next((stage for stage in reversed(ladder) if key(stage) in key(milestone.printed)), None)
