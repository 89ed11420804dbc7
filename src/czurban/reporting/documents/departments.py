"""Compose the page of a department, the index of such pages and the page of a task."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from czurban.model.assessment import Assessment, Result, tally
from czurban.model.finding import Message, say
from czurban.model.ledger import milestone_entries
from czurban.model.plan import Department, Plan
from czurban.model.task import Task
from czurban.reporting.closings import MILESTONE_VERDICTS
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
from czurban.reporting.documents.check import issued_head, pace_lines
from czurban.reporting.documents.inputs import inputs_section, own_parts_section
from czurban.reporting.documents.listing import tasks_of
from czurban.reporting.documents.records import assessment_record, milestone_record, result_records
from czurban.reporting.documents.results import by_department, judged_blocks, tally_table, warning_lines
from czurban.reporting.milestones import (
    milestones_line,
    milestones_section,
    responsible_items,
    task_item,
    task_record,
    task_title,
)
from czurban.reporting.tables import count_cell, grouped
from czurban.words.translator import Translator

if TYPE_CHECKING:
    from czurban.model.over_time.tracking import Tracking


def department_report(
    assessment: Assessment, department: Department, translate: Translator, tracking: "Tracking | None" = None
) -> Document:
    """Compose the page of a department. Without submissions every verdict of its indicators is “not reported”."""
    plan, name = assessment.plan, department.name
    results = [result for result in assessment.results if name in result.indicator.leads]
    leading, sharing, added = tasks_of(name, plan)
    entries = milestone_entries(assessment)
    milestones = [entry for tasks in (leading, sharing, added) for entry in entries if entry.task in tasks]
    title = translate(say("Indicators it leads ({count})"), count=len(results))
    heading = say("{name}: results of “{plan}” in {period}", name=name)
    blocks: list[Block] = [*issued_head(assessment, heading, translate)]
    blocks += pace_lines(tracking, translate, lambda result: name in result.indicator.leads)
    blocks += [Heading(title, 2), *_results(results, plan, translate, tracking)]
    inputs = [result for result in assessment.inputs if name in result.indicator.leads]
    parts = [result for result in assessment.allotted if name in result.indicator.leads]
    shown = [*results, *parts]
    blocks += own_parts_section(parts, plan, translate, tracking)
    blocks += inputs_section(inputs, plan, translate)
    blocks += _tasks(say("Tasks it leads"), leading, plan, translate, name)
    blocks += _tasks(say("Tasks it shares"), sharing, plan, translate, name)
    if added:
        blocks += _tasks(say("Tasks it was added to"), added, plan, translate, name)
    blocks += milestones_section(milestones, translate)
    record: dict[str, Json] = {
        **assessment_record(assessment, shown, tally(results), translate, tracking),
        "department": {"name": name, "aliases": list(department.aliases), "group": department.is_group},
        "leads": [task_record(task) for task in leading],
        "shares": [task_record(task) for task in sharing],
        "added_to": [task_record(task) for task in added],
    }
    return Document(
        tuple(blocks),
        lambda: record,
        lambda: [*result_records(shown, plan, translate, tracking), *map(milestone_record, milestones)],
        language=translate.language,
    )


def _results(
    results: Sequence[Result], plan: Plan, translate: Translator, tracking: "Tracking | None"
) -> Iterable[Block]:
    none = Paragraph(translate(say("None.")), Tone.QUIET)
    return judged_blocks(results, plan, translate, tracking) if results else [none]


def _tasks(title: Message, tasks: Sequence[Task], plan: Plan, translate: Translator, name: str) -> Iterable[Block]:
    items = Items(tuple(task_item(task, plan, translate, name) for task in tasks))
    none = Paragraph(translate(say("None.")), Tone.QUIET)
    return Heading(f"{translate(title)} ({len(tasks)})", 2), items if tasks else none


def has_page(department: Department, assessment: Assessment) -> bool:
    """Return whether a department leads an indicator, has a part of one or is on a task."""
    plan, name = assessment.plan, department.name
    leads = any(name in indicator.leads for indicator in (*plan.indicators, *plan.allotted))
    return leads or any(name in task.departments for task in plan.tasks)


def department_index(assessment: Assessment, pages: Mapping[str, str], translate: Translator) -> Document:
    """Compose the index of departments' pages, which are files by the names of the departments, with their tallies."""
    groups = by_department(assessment.judged)
    milestones = grouped((each for each in milestone_entries(assessment) if each.binding), lambda each: each.leads)
    counted = {name: Counter(entry.verdict for entry in milestones.get(name, [])) for name in pages}
    labels = MILESTONE_VERDICTS if milestones else {}
    heads = [Column(translate(say("Milestones")), number=True, fold=6)] if milestones else []
    heads += [Column(translate(label), number=True, fold=5) for label in labels.values()]
    table = tally_table(say("Lead"), {name: groups.get(name, []) for name in pages}, translate)
    columns = (*table.columns, *heads, Column(translate(say("Page"))))
    rows = []
    for row in table.groups[0].rows:
        page, counts = pages[row[0].text], counted[row[0].text]
        stages = (counts.total(), *(counts[each] for each in labels)) if milestones else ()
        rows.append((*row, *map(count_cell, stages), TableCell(page, link=page)))
    blocks = (
        *issued_head(assessment, say("Results of “{plan}” in {period}, by department"), translate),
        *warning_lines(assessment.results, translate),
        *([milestones_line(milestone_entries(assessment), translate)] if milestones else []),
        Paragraph(translate(say("One page for each department."))),
        DocumentTable(columns, (RowGroup("", tuple(rows)),)),
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
    plan = assessment.plan
    results = [result for result in assessment.results if result.indicator.id in task.quantities]
    title = say("{task}: results of “{plan}” in {period}", task=task_title(task, translate))
    led = Item(translate(say("Led by: {names}"), names=task.leads))
    milestones = [entry for entry in milestone_entries(assessment) if entry.task is task]
    blocks: list[Block] = [
        *issued_head(assessment, title, translate),
        Items((led, *responsible_items(task.responsible, task, translate))),
        Heading(translate(say("Figures it carries")), 2),
        *_results(results, plan, translate, tracking),
        *milestones_section(milestones, translate),
    ]
    counts = tally(results)
    return Document(
        tuple(blocks),
        lambda: {**assessment_record(assessment, results, counts, translate, tracking), "task": task_record(task)},
        lambda: [*result_records(results, plan, translate, tracking), *map(milestone_record, milestones)],
        language=translate.language,
    )
