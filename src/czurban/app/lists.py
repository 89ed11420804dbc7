"""List what a plan holds, show one thing of it, explain a rule, and print schemas."""

import re
from typing import Any

from czurban.errors import UnknownThingError, UsageError
from czurban.model.assessment import Assessment
from czurban.model.faults import FAULTS
from czurban.model.finding import did_you_mean, say
from czurban.model.ledger import milestones_named
from czurban.model.plan import Plan
from czurban.model.text import TASK_NUMBER, half_width, key, nearest
from czurban.reporting.document import Document
from czurban.reporting.documents.findings import rule_page
from czurban.reporting.documents.listing import (
    list_departments,
    list_indicators,
    list_of_lists,
    list_regions,
    list_tasks,
    show_department,
    show_indicator,
    show_region,
    show_task,
)
from czurban.words.translator import Translator

LISTS = {"indicators": list_indicators, "tasks": list_tasks, "departments": list_departments, "regions": list_regions}
SCHEMAS = ("plan", "targets", "tasks", "departments", "regions", "submission", "metrics", "rules")
_TASK = re.compile(rf"(?:任务|task|t)({TASK_NUMBER})", re.IGNORECASE)


def list_things(plan: Plan, what: str | None, translate: Translator) -> Document:
    """List the plan's indicators, tasks, departments or regions; without a choice, what can be listed.

    Raises:
        UsageError: there is no such list.
    """
    if what is None:
        return list_of_lists(plan, translate)
    if what not in LISTS:
        hint = say("Choose from: {names}.", names=", ".join(LISTS))
        raise UsageError(say("There is no list of “{what}”.", what=what), hint)
    return LISTS[what](plan, translate)


def names_in(plan: Plan) -> dict[str, list[tuple[str, ...]]]:
    """Return what a plan's entries can be called, by kind: each with the name first that completion offers."""
    derived = {formula.indicator for formula in plan.formulas}
    return {
        "departments": [office.names for office in plan.departments],
        "regions": [
            (plan.regions.full_name(region), *region.aliases, *filter(None, [region.code])) for region in plan.regions
        ],
        "indicators": [(indicator.name, *indicator.aliases) for indicator in plan.indicators],
        "derived": [(each.name, *each.aliases) for each in plan.indicators if each.id in derived],
        "tasks": [(str(task.no), task.title) for task in plan.tasks],
        "categories": [*((name,) for name in plan.categories), *((part.title, part.no) for part in plan.parts)],
    }


def show(plan: Plan, text: str, translate: Translator) -> Document:
    """Show the indicator, task, department, region or milestone of this name.

    A bare number is an indicator's; 任务17 is a task's.

    Raises:
        UnknownThingError: the plan has nothing of this name.
    """
    wanted = key(half_width(text))
    number = _TASK.fullmatch(wanted)
    task = plan.task(number[1]) if number else next((task for task in plan.tasks if key(task.title) == wanted), None)
    if task:
        return show_task(task, plan, translate)
    if indicator := plan.indicator(text):
        return show_indicator(indicator, plan, translate)
    if department := plan.department(text):
        return show_department(department, plan, translate)
    if region := plan.regions.find(text):
        return show_region(region, plan, translate)
    if milestones := milestones_named(text, Assessment(plan, plan.period, ())):
        from czurban.reporting.milestone_page import milestone_page  # noqa: PLC0415 - for milestones alone

        return milestone_page(milestones, Assessment(plan, plan.period, ()), translate)
    names = [name for indicator in plan.indicators for name in indicator.names]
    names += [milestone.name for task in plan.tasks for milestone in task.milestones]
    names += [name for department in plan.departments for name in department.names]
    names += [name for region in plan.regions for name in region.names]
    near = did_you_mean(nearest(text, [*names, *(task.title for task in plan.tasks)]))
    hint = near or say("`czurban list` shows every name.")
    raise UnknownThingError(say("The plan has nothing called “{name}”.", name=text), hint)


def rule(code: str, translate: Translator) -> Document:
    """Explain a rule by its code, with a good and a bad case.

    Raises:
        UnknownThingError: there is no such rule.
    """
    from czurban.reading.plan.cases import cases  # noqa: PLC0415 - the YAML library loads for the page alone

    wanted = code.strip().upper()
    if wanted not in FAULTS:
        hint = did_you_mean(nearest(wanted, FAULTS)) or say("docs/reference/rules.md lists them all.")
        raise UnknownThingError(say("There is no rule {code}.", code=code), hint)
    return rule_page(wanted, cases()[wanted], translate)


def schema(what: str) -> dict[str, Any]:
    """Return a JSON Schema whose descriptions are in English and Chinese.

    Raises:
        UsageError: there is no such schema.
    """
    from czurban.reading.plan.schema import file_schema, plan_schema  # noqa: PLC0415 - as above
    from czurban.reading.submission.rows.schema import submission_schema  # noqa: PLC0415 - as above

    if what not in SCHEMAS:
        hint = say("Choose from: {names}.", names=", ".join(SCHEMAS))
        raise UsageError(say("There is no schema of “{what}”.", what=what), hint)
    english, chinese = Translator("en"), Translator("zh")

    def both(text: str) -> str:
        return f"{english(text)} / {chinese(text)}"

    if what == "plan":
        return plan_schema(both)
    return submission_schema(both) if what == "submission" else file_schema(what, both)
