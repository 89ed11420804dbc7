"""Compose the page of a department, the index of such pages and the page of a task, with lists of tasks."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from czurban.model.assessment import Assessment, Result, Verdict, tally
from czurban.model.finding import Message, say
from czurban.model.observation import StageReport
from czurban.model.plan import Department, Plan
from czurban.model.task import AddedDepartment, Commitment, Milestone, Task
from czurban.reporting.document import (
    Block,
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
from czurban.reporting.documents.check import head, pace_lines
from czurban.reporting.documents.inputs import inputs_section
from czurban.reporting.documents.records import assessment_record, result_records
from czurban.reporting.documents.results import by_department, results_table, tally_line, tally_table
from czurban.reporting.tables import BLANK, TableColumn, grouped_table
from czurban.words.translator import Translator

if TYPE_CHECKING:
    from czurban.model.over_time.pace import Tracking

Reported = Mapping[tuple[int, str], StageReport]
"""The reported stages, by task and milestone."""
_MilestoneRow = tuple[Task, Milestone, StageReport | None]


def _stage_cell(row: _MilestoneRow, translate: Translator) -> TableCell:
    _, milestone, _ = row
    if milestone.commitment is not Commitment.ASPIRATION:
        return TableCell(milestone.stage)
    return TableCell(milestone.stage + translate(say(" (an aspiration)")), Tone.QUIET)


def _lead_cell(row: _MilestoneRow, translate: Translator) -> TableCell:
    return TableCell(translate.join(row[0].leads), facets=row[0].leads)


_MILESTONE_COLUMNS: tuple[TableColumn[_MilestoneRow], ...] = (
    TableColumn(say("Milestone"), lambda row, _: row[1].name, main=True),
    TableColumn(say("Required stage"), _stage_cell),
    TableColumn(say("Reported stage"), lambda row, _: row[2].stage if row[2] else BLANK),
    TableColumn(say("Lead"), _lead_cell, fold=1),
)


def milestones_table(tasks: Iterable[Task], translate: Translator, reported: Reported) -> DocumentTable:
    """Compose the table of required and reported stages, with a group for each task."""
    groups = (
        (
            task_title(task, translate),
            [(task, milestone, reported.get((task.no, milestone.name))) for milestone in task.milestones],
        )
        for task in tasks
    )
    return grouped_table(_MILESTONE_COLUMNS, groups, translate, say("Task"))


def task_title(task: Task, translate: Translator) -> str:
    """Return a task's number and title."""
    return f"{translate(say('Task {no}'), no=task.no)} {task.title}"


def task_item(task: Task, plan: Plan, translate: Translator, department: str = "") -> Item:
    """List a task's departments, quantities and milestones; `department` has the page and is not listed."""
    leads = [name for name in task.leads if name != department]
    shared = [name for name in task.responsible if name != department]
    below: list[Item] = []
    if leads:
        label = say("Leads with: {names}") if department in task.leads else say("Led by: {names}")
        below.append(Item(translate(label, names=tuple(leads))))
    below += _responsible(shared, task, translate)
    quantities = [indicator for name in task.quantities if (indicator := plan.indicator(name))]
    if quantities:
        texts = [f"{each.name} {each.target.interval.in_unit(f' {each.unit.name}')}" for each in quantities]
        below.append(Item(translate(say("Figures it carries")), tuple(map(Item, texts))))
    if task.milestones:
        milestones = tuple(Item(_milestone(milestone, translate)) for milestone in task.milestones)
        below.append(Item(translate(say("Milestones")), milestones))
    return Item(task_title(task, translate), tuple(below))


def _responsible(names: Sequence[str], task: Task, translate: Translator) -> Iterable[Item]:
    """List the responsible departments that the plan names, then each that a lead added."""
    if names:
        more = translate(say(" and others")) if task.open else ""
        yield Item(translate(say("Responsible: {names}"), names=tuple(names)) + more)
    for added in task.added:
        yield Item(_added(added, translate))


def _added(added: AddedDepartment, translate: Translator) -> str:
    text = translate(say("Added: {name} (by {by}, {on})"), name=added.name, by=added.by, on=added.on.isoformat())
    return translate(say("{text}: {reason}"), text=text, reason=added.reason) if added.reason else text


def _milestone(milestone: Milestone, translate: Translator) -> str:
    text = translate(say("{name}: {stage}"), name=milestone.name, stage=milestone.stage)
    return text + (translate(say(" (an aspiration)")) if milestone.commitment is Commitment.ASPIRATION else "")


def task_record(task: Task) -> dict[str, Json]:
    """Make the record of a task."""
    return {
        "no": task.no,
        "title": task.title,
        "part": task.part.no,
        "part_title": task.part.title,
        "lead": list(task.leads),
        "responsible": list(task.responsible),
        "open": task.open,
        "added": [
            {"name": added.name, "by": added.by, "on": added.on.isoformat(), "reason": added.reason or None}
            for added in task.added
        ],
        "quantities": list(task.quantities),
        "milestones": [
            {
                "name": milestone.name,
                "ladder": milestone.ladder,
                "stage": milestone.stage,
                "printed": milestone.printed,
                "commitment": str(milestone.commitment),
            }
            for milestone in task.milestones
        ],
    }


def department_report(
    assessment: Assessment, department: Department, translate: Translator, tracking: "Tracking | None" = None
) -> Document:
    """Compose the page of a department. Without submissions every verdict of its indicators is “not reported”."""
    plan, name = assessment.plan, department.name
    results = [result for result in assessment.results if name in result.indicator.leads]
    leading = [task for task in plan.tasks if name in task.leads]
    sharing = [task for task in plan.tasks if name in task.responsible]
    added = [task for task in plan.tasks if name in task.added_names]
    title = translate(say("Indicators it leads ({count})"), count=len(results))
    blocks: list[Block] = [Heading(f"{name} · {plan.title}"), *list(head(assessment, translate))[1:]]
    blocks += pace_lines(tracking, translate, lambda result: name in result.indicator.leads)
    blocks += [Heading(title, 2), *_results(results, plan, translate, tracking)]
    inputs = [result for result in assessment.inputs if name in result.indicator.leads]
    blocks += inputs_section(inputs, plan, translate)
    blocks += _tasks(say("Tasks it leads"), leading, plan, translate, name)
    blocks += _tasks(say("Tasks it shares"), sharing, plan, translate, name)
    if added:
        blocks += _tasks(say("Tasks it was added to"), added, plan, translate, name)
    blocks += _milestones([*leading, *sharing, *added], assessment, translate)
    record: dict[str, Json] = {
        **assessment_record(assessment, results, tally(results), translate, tracking),
        "department": {"name": name, "aliases": list(department.aliases), "group": department.is_group},
        "leads": [task_record(task) for task in leading],
        "shares": [task_record(task) for task in sharing],
        "added_to": [task_record(task) for task in added],
    }
    return Document(
        tuple(blocks),
        lambda: record,
        lambda: result_records(results, plan, translate, tracking),
        language=translate.language,
    )


def _results(
    results: Sequence[Result], plan: Plan, translate: Translator, tracking: "Tracking | None"
) -> Iterable[Block]:
    if results:
        yield results_table(results, plan, translate, tracking)
        if tracking is None or any(result.verdict is not Verdict.NOT_DUE for result in results):
            yield tally_line(tally(results), translate)
    else:
        yield Paragraph(translate(say("None.")), Tone.QUIET)


def _milestones(tasks: Sequence[Task], assessment: Assessment, translate: Translator) -> Iterable[Block]:
    """Compose the table of milestones if a stage was reported; the required stages are listed with the tasks."""
    reported = {number for number, _ in assessment.stages}
    if any(task.no in reported for task in tasks):
        yield Heading(translate(say("Milestones")), 2)
        yield milestones_table([task for task in tasks if task.milestones], translate, assessment.stages)


def _tasks(title: Message, tasks: Sequence[Task], plan: Plan, translate: Translator, name: str) -> Iterable[Block]:
    yield Heading(f"{translate(title)} ({len(tasks)})", 2)
    if tasks:
        yield Items(tuple(task_item(task, plan, translate, name) for task in tasks))
    else:
        yield Paragraph(translate(say("None.")), Tone.QUIET)


def has_page(department: Department, assessment: Assessment) -> bool:
    """Return whether a department leads an indicator or is on a task."""
    leads = any(department.name in indicator.leads for indicator in assessment.plan.indicators)
    return leads or any(department.name in task.departments for task in assessment.plan.tasks)


def department_index(assessment: Assessment, pages: Mapping[str, str], translate: Translator) -> Document:
    """Compose the index of departments' pages, with the tally of each.

    Args:
        assessment: the judged plan.
        pages: the files of the pages by the names of the departments.
        translate: the reader's language.
    """
    groups = by_department(assessment.results)
    table = tally_table(say("Lead"), {name: groups.get(name, []) for name in pages}, translate)
    columns = (*table.columns, Column(translate(say("Page"))))
    rows = tuple(
        (*row, TableCell(pages[row[0].text], link=pages[row[0].text])) for group in table.groups for row in group.rows
    )
    blocks = (
        *head(assessment, translate),
        Paragraph(translate(say("One page for each department."))),
        DocumentTable(columns, (RowGroup("", rows),)),
    )
    return Document(
        blocks,
        lambda: {"pages": dict(pages)},
        lambda: [{"name": name, "page": page} for name, page in pages.items()],
        language=translate.language,
    )


def task_report(
    assessment: Assessment, task: Task, translate: Translator, tracking: "Tracking | None" = None
) -> Document:
    """Compose the page of a task: its departments, its figures with their verdicts, its milestones."""
    results = [result for result in assessment.results if result.indicator.id in task.quantities]
    title = f"{task_title(task, translate)} · {assessment.plan.title}"
    led = Item(translate(say("Led by: {names}"), names=task.leads))
    blocks: list[Block] = [
        Heading(title),
        *list(head(assessment, translate))[1:],
        Items((led, *_responsible(task.responsible, task, translate))),
        Heading(translate(say("Figures it carries")), 2),
        *_results(results, assessment.plan, translate, tracking),
    ]
    if task.milestones:
        table = milestones_table([task], translate, assessment.stages)
        blocks += [Heading(translate(say("Milestones")), 2), table]
    return Document(
        tuple(blocks),
        lambda: {
            **assessment_record(assessment, results, tally(results), translate, tracking),
            "task": task_record(task),
        },
        lambda: result_records(results, assessment.plan, translate, tracking),
        language=translate.language,
    )
