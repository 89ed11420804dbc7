"""Rules about who answers for what, and about links between tasks and indicators.

Rules about what the plan prints in several places.
"""

import re
from collections.abc import Iterator
from fractions import Fraction

from czurban.model.faults import finding
from czurban.model.finding import Finding, say
from czurban.model.indicator import Citation, Indicator
from czurban.model.plan import Plan
from czurban.model.target import Basis
from czurban.model.task import Commitment
from czurban.model.text import key


def lead_on_task(plan: Plan) -> Iterator[Finding]:
    """A department that leads an indicator is in one of the indicator's tasks."""
    for one in plan.indicators:
        tasks = [task for task in plan.tasks if one.id in task.quantities or task.no == one.task]
        if tasks and not any(lead in task.departments for task in tasks for lead in one.leads):
            values = {"name": one.name, "leads": "、".join(one.leads), "tasks": "、".join(str(t.no) for t in tasks)}
            message = say("{leads} leads “{name}” but is on none of its tasks ({tasks}).", **values)
            yield finding(
                "P206", one.place_of("lead"), message, say("Check the lead here and the departments of the task.")
            )


def used_department(plan: Plan) -> Iterator[Finding]:
    """Every listed department is in an indicator or a task."""
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
            yield finding(
                "P210", one.place_of("lead"), message, say("Name the department that answers for it under lead.")
            )


def linked_both_ways(plan: Plan) -> Iterator[Finding]:
    """An indicator's task and the task's list of quantities agree."""
    for one in plan.indicators:
        task = plan.task(one.task) if one.task is not None else None
        if task and one.id not in task.quantities:
            message = say("“{name}” stands under task {no}, which does not list it.", name=one.name, no=task.no)
            yield finding("P212", one.place_of("task"), message, say("Add {id} to the task's quantities.", id=one.id))
    for task in plan.tasks:
        listed = [plan.indicator(name) for name in task.quantities]
        for one in filter(None, listed):
            if one.task is not None and one.task != task.no:
                message = say(
                    "Task {no} lists “{name}”, which stands under task {own}.", no=task.no, name=one.name, own=one.task
                )
                yield finding("P212", task.place, message, say("Keep it with one of the two."))


_TRIES = re.compile(r"争取|力争|探索|\b(?:strive|explore|aim to)\b")


def cited_alike(plan: Plan) -> Iterator[Finding]:
    """Every place that cites a figure prints the same one, whatever its unit."""
    for one in plan.indicators:
        bound = one.target.interval.bound
        for cited in one.cited:
            if bound is not None and cited.figure is not None and _figure(cited, one) != Fraction(bound):
                values = {"at": cited.at, "printed": cited.printed, "rule": one.target.interval, "unit": one.unit.name}
                message = say("{at} prints {printed}, and the target is {rule} {unit}.", **values)
                hint = say("One of the two is a slip, or they are two quantities and need an entry each.")
                yield finding("P204", cited.place or one.place, message, hint)


def same_direction(plan: Plan) -> Iterator[Finding]:
    """Where printed words state a direction, the target has the same."""
    for one in plan.indicators:
        told = one.target.basis is Basis.INTERPRETED and one.target.reason
        for cited in one.cited:
            if cited.rule is None or told or cited.rule.same_rule(one.target.interval):
                continue
            values = {"at": cited.at, "printed": cited.printed, "rule": one.target.interval, "name": one.name}
            message = say(
                "{at} prints {printed}, and the target of “{name}” is {rule}, which is met otherwise.", **values
            )
            hint = say(
                "Write the target as {rule}, or give basis: interpreted and a reason.", rule=_as_printed(cited, one)
            )
            yield finding("P227", cited.place or one.place, message, hint)


def _as_printed(cited: Citation, one: Indicator) -> str:
    """The target's figures with the printed direction."""
    bound = one.target.interval.bound
    rule = cited.rule.with_bound(bound) if cited.rule and bound is not None else None
    return str(rule) if rule else cited.printed


def readable_figure(plan: Plan) -> Iterator[Finding]:
    """A printed figure is readable, so that it can be compared with the target."""
    for one in plan.indicators:
        for cited in one.cited:
            if cited.figure is None and cited.rule is None:
                message = say(
                    "{at} prints “{printed}”, in which no figure can be read.", at=cited.at, printed=cited.printed
                )
                hint = say("Write it as it is printed, in digits and with a known unit, such as 达到41%.")
                yield finding("P228", cited.place or one.place, message, hint)


def _figure(cited: Citation, one: Indicator) -> Fraction | None:
    """The cited figure in the indicator's unit; None where it measures something else."""
    if cited.figure is None or (cited.unit and cited.unit.dimension != one.unit.dimension):
        return None
    return (cited.unit or one.unit).convert(cited.figure, one.unit)


def known_wording(plan: Plan) -> Iterator[Finding]:
    """Every wording for an indicator in the plan is its name or an alias."""
    for one in plan.indicators:
        names = {key(name) for name in one.names}
        for cited in one.cited:
            if key(cited.wording) not in names:
                values = {"at": cited.at, "wording": cited.wording, "name": one.name}
                message = say("{at} calls “{name}” “{wording}”, which is not among its aliases.", **values)
                hint = say("Add it to aliases, so that whoever reports it so is understood.")
                yield finding("P205", cited.place or one.place, message, hint)


def no_firm_aspiration(plan: Plan) -> Iterator[Finding]:
    """A deliverable that the plan only aims at is not marked as firm."""
    for task in plan.tasks:
        for milestone in task.milestones:
            word = _TRIES.search(milestone.printed)
            if word and milestone.commitment is Commitment.FIRM:
                message = say("“{name}” is printed with “{word}” but is firm.", name=milestone.name, word=word[0])
                hint = say("Write commitment: aspiration; an aspiration binds nobody.")
                yield finding("P211", milestone.place or task.place, message, hint)
