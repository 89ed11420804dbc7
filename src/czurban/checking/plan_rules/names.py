"""Check who leads what, the links between tasks and indicators, and what the plan prints in several places."""

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
    for indicator in plan.indicators:
        tasks = [task for task in plan.tasks if indicator.id in task.quantities or task.no == indicator.task]
        if tasks and not any(lead in task.departments for task in tasks for lead in indicator.leads):
            message = say(
                "{leads} leads “{name}” but is on none of its tasks ({tasks}).",
                name=indicator.name,
                leads="、".join(indicator.leads),
                tasks="、".join(str(task.no) for task in tasks),
            )
            hint = say("Check the lead here and the departments of the task.")
            yield finding("P206", indicator.place_of("lead"), message, hint)


def used_department(plan: Plan) -> Iterator[Finding]:
    """Every listed department is in an indicator or a task."""
    used = {name for indicator in plan.indicators for name in (*indicator.leads, *indicator.reporters)}
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
                message = say(
                    "Task {no} lists “{name}”, which belongs to task {own}.",
                    no=task.no,
                    name=quantity.name,
                    own=quantity.task,
                )
                yield finding("P212", task.place, message, say("Keep it with one of the two."))


_AIMS = re.compile(r"争取|力争|探索|\b(?:strive|explore|aim to)\b")


def cited_alike(plan: Plan) -> Iterator[Finding]:
    """Every place that cites a figure prints the same one, whatever its unit."""
    for indicator in plan.indicators:
        target = indicator.target
        bound = target.rule.exact_bound if target.about is None else Fraction(target.about)
        for cited in indicator.cited:
            if bound is not None and cited.figure is not None and _figure(cited, indicator) != bound:
                message = say(
                    "{at} prints {printed}, and the target is {rule} {unit}.",
                    at=cited.at,
                    printed=cited.printed,
                    rule=indicator.target.rule,
                    unit=indicator.unit.name,
                )
                hint = say("One of the two is wrong, or they are two quantities and need an entry each.")
                yield finding("P204", cited.place or indicator.place, message, hint)


def same_direction(plan: Plan) -> Iterator[Finding]:
    """Where printed words state a direction, the target has the same."""
    for indicator in plan.indicators:
        explained = indicator.target.basis is Basis.INTERPRETED and indicator.target.reason
        for cited in indicator.cited:
            if cited.rule is None or explained or cited.rule.same_rule(indicator.target.rule):
                continue
            message = say(
                "{at} prints {printed}, and the target of “{name}” is {rule}, which other values meet.",
                at=cited.at,
                printed=cited.printed,
                name=indicator.name,
                rule=indicator.target.rule,
            )
            hint = say(
                "Write the target as {rule}, or give basis: interpreted and a reason.",
                rule=_as_printed(cited, indicator),
            )
            yield finding("P227", cited.place or indicator.place, message, hint)


def _as_printed(cited: Citation, indicator: Indicator) -> str:
    """Return the target's bound with the printed rule."""
    bound = indicator.target.rule.bound
    rule = cited.rule.with_bound(bound) if cited.rule and bound is not None else None
    return str(rule) if rule else cited.printed


def readable_figure(plan: Plan) -> Iterator[Finding]:
    """A printed figure is readable, so that it can be compared with the target."""
    for indicator in plan.indicators:
        for cited in indicator.cited:
            if cited.figure is None and cited.rule is None:
                message = say(
                    "{at} prints “{printed}”, in which no figure can be read.", at=cited.at, printed=cited.printed
                )
                hint = say("Write it as it is printed, in digits and with a known unit, such as 达到41%.")
                yield finding("P228", cited.place or indicator.place, message, hint)


def _figure(cited: Citation, indicator: Indicator) -> Fraction | None:
    """Return the cited figure in the indicator's unit; None where it has another dimension."""
    ratio = (cited.unit or indicator.unit).ratio(indicator.unit)
    return None if cited.figure is None or ratio is None else Fraction(cited.figure) * ratio


def known_wording(plan: Plan) -> Iterator[Finding]:
    """Every wording for an indicator in the plan is its name or an alias."""
    for indicator in plan.indicators:
        names = {key(name) for name in indicator.names}
        for cited in indicator.cited:
            if key(cited.wording) not in names:
                values = {"at": cited.at, "wording": cited.wording, "name": indicator.name}
                message = say("{at} calls “{name}” “{wording}”, which is not among its aliases.", **values)
                hint = say("Add it to aliases, so that it is recognised in submissions.")
                yield finding("P205", cited.place or indicator.place, message, hint)


def no_firm_aspiration(plan: Plan) -> Iterator[Finding]:
    """A deliverable that the plan only aims at is not marked as firm."""
    for task in plan.tasks:
        for milestone in task.milestones:
            word = _AIMS.search(milestone.printed)
            if word and milestone.commitment is Commitment.FIRM:
                message = say("“{name}” is printed with “{word}” but is firm.", name=milestone.name, word=word[0])
                hint = say("Write commitment: aspiration; an aspiration is not binding.")
                yield finding("P211", milestone.place or task.place, message, hint)
