"""One department's page: the indicators it leads with their verdicts, the tasks it leads and those it shares.

Milestones as a table: the stage the plan asks for, beside the one reported.

Tasks as lists: their departments, quantities and milestones.

The index of a folder of departments' pages.

One task's page: who is on it, the figures it carries with their verdicts, its milestones.
"""

from collections.abc import Iterable, Mapping, Sequence

from czurban.model.assessment import Assessment, Result, tally
from czurban.model.finding import say
from czurban.model.observation import StageReport
from czurban.model.plan import Plan
from czurban.model.task import AddedDepartment, Commitment, Department, Milestone, Task
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
from czurban.reporting.documents.check import head
from czurban.reporting.documents.records import assessment_record, result_record
from czurban.reporting.documents.results import BLANK, by_department, results_table, tally_line, tally_table
from czurban.words.speaker import Speaker

Reported = Mapping[tuple[int, str], StageReport]
"""Stages that were reported, by task and milestone."""


def milestones_table(tasks: Iterable[Task], speak: Speaker, reported: Reported | None = None) -> DocumentTable:
    """Compose the table, a group for each task."""
    columns = (
        Column(speak(say("Milestone")), main=True),
        Column(speak(say("Stage asked for"))),
        Column(speak(say("Stage reported"))),
        Column(speak(say("Lead")), fold=1),
    )
    given = reported or {}
    return DocumentTable(columns, tuple(_group(task, speak, given) for task in tasks), speak(say("Task")))


def _group(task: Task, speak: Speaker, reported: Reported) -> RowGroup:
    title = f"{speak(say('Task {no}'), no=task.no)} {task.title}"
    return RowGroup(title, tuple(_row(task, one, speak, reported) for one in task.milestones))


def _row(task: Task, one: Milestone, speak: Speaker, reported: Reported) -> tuple[TableCell, ...]:
    tries = one.commitment is Commitment.ASPIRATION
    told = reported.get((task.no, one.name))
    return (
        TableCell(one.name),
        TableCell(one.stage + (speak(say(" (an aspiration)")) if tries else ""), Tone.QUIET if tries else Tone.PLAIN),
        TableCell(told.stage if told else BLANK),
        TableCell("、".join(task.leads), facets=task.leads),
    )


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


def department_report(assessment: Assessment, office: Department, speak: Speaker) -> Document:
    """Compose the page. Without submissions it shows what the department owes: every verdict is then 未填报."""
    plan = assessment.plan
    results = [result for result in assessment.results if office.name in result.indicator.leads]
    leading = [task for task in plan.tasks if office.name in task.leads]
    sharing = [task for task in plan.tasks if office.name in task.responsible]
    added = [task for task in plan.tasks if office.name in task.added_names]
    blocks: list[Block] = [Heading(f"{office.name} · {plan.title}"), *list(head(assessment, speak))[1:]]
    blocks += _indicators(results, plan, speak)
    blocks += _tasks(speak(say("Tasks it leads")), leading, plan, speak, office)
    blocks += _tasks(speak(say("Tasks it shares")), sharing, plan, speak, office)
    if added:
        blocks += _tasks(speak(say("Tasks it was added to")), added, plan, speak, office)
    blocks += _milestones([*leading, *sharing, *added], assessment, speak)
    record: dict[str, Json] = {
        **assessment_record(assessment, results, tally(results), speak),
        "department": {"name": office.name, "aliases": list(office.aliases), "group": office.is_group},
        "leads": [task_record(task) for task in leading],
        "shares": [task_record(task) for task in sharing],
        "added_to": [task_record(task) for task in added],
    }
    return Document(
        tuple(blocks),
        lambda: record,
        lambda: [result_record(one, plan, speak) for one in results],
        language=speak.language,
    )


def _indicators(results: Sequence[Result], plan: Plan, speak: Speaker) -> Iterable[Block]:
    yield Heading(speak(say("Indicators it leads ({count})"), count=len(results)), 2)
    if not results:
        yield Paragraph(speak(say("None.")), Tone.QUIET)
        return
    yield results_table(results, plan, speak)
    yield tally_line(tally(results), speak)


def _milestones(tasks: Sequence[Task], assessment: Assessment, speak: Speaker) -> Iterable[Block]:
    """The milestones' table, where a stage of theirs was reported; what is asked for stands with the tasks already."""
    told = {number for number, _ in assessment.stages}
    if any(task.no in told for task in tasks):
        yield Heading(speak(say("Milestones")), 2)
        yield milestones_table([task for task in tasks if task.milestones], speak, assessment.stages)


def _tasks(title: str, tasks: Sequence[Task], plan: Plan, speak: Speaker, office: Department) -> Iterable[Block]:
    yield Heading(f"{title} ({len(tasks)})", 2)
    if not tasks:
        yield Paragraph(speak(say("None.")), Tone.QUIET)
        return
    yield Items(tuple(task_item(task, plan, speak, office.name) for task in tasks))


def has_page(office: Department, assessment: Assessment) -> bool:
    """Whether a department has anything to report or to do."""
    leads = any(office.name in one.leads for one in assessment.plan.indicators)
    return leads or any(office.name in task.departments for task in assessment.plan.tasks)


def department_index(assessment: Assessment, pages: Mapping[str, str], speak: Speaker) -> Document:
    """Compose it: who has which page, and how each stands.

    Args:
        assessment: the judged plan.
        pages: departments' names to the files of their pages.
        speak: the reader's language.
    """
    groups = by_department(assessment.results)
    table = tally_table(speak(say("Lead")), {name: groups.get(name, []) for name in pages}, speak)
    columns = (*table.columns, Column(speak(say("Page"))))
    rows = tuple(
        (*row, TableCell(pages[row[0].text], link=pages[row[0].text])) for group in table.groups for row in group.rows
    )
    blocks = (
        *head(assessment, speak),
        Paragraph(speak(say("One page a department."))),
        DocumentTable(columns, (RowGroup("", rows),)),
    )
    return Document(
        blocks,
        lambda: {"pages": dict(pages)},
        lambda: [{"name": k, "page": v} for k, v in pages.items()],
        language=speak.language,
    )


def task_report(assessment: Assessment, task: Task, speak: Speaker) -> Document:
    """Compose the page."""
    results = [one for one in assessment.results if one.indicator.id in task.quantities]
    title = f"{speak(say('Task {no}'), no=task.no)} {task.title}"
    blocks: list[Block] = [Heading(f"{title} · {assessment.plan.title}"), *list(head(assessment, speak))[1:]]
    blocks += _who(task, speak)
    blocks += _figures(assessment, results, speak)
    if task.milestones:
        blocks += [Heading(speak(say("Milestones")), 2), milestones_table([task], speak, assessment.stages)]
    return Document(
        tuple(blocks),
        lambda: {**assessment_record(assessment, results, tally(results), speak), "task": task_record(task)},
        lambda: [result_record(one, assessment.plan, speak) for one in results],
        language=speak.language,
    )


def _who(task: Task, speak: Speaker) -> Iterable[Block]:
    items = [Item(speak(say("Led by: {names}"), names="、".join(task.leads)))]
    if task.responsible:
        more = speak(say(" and others")) if task.open else ""
        items.append(Item(speak(say("Responsible: {names}"), names="、".join(task.responsible)) + more))
    yield Items((*items, *added_items(task, speak)))


def _figures(assessment: Assessment, results: list[Result], speak: Speaker) -> Iterable[Block]:
    yield Heading(speak(say("Figures it carries")), 2)
    if results:
        yield results_table(results, assessment.plan, speak)
        yield tally_line(tally(results), speak)
    else:
        yield Paragraph(speak(say("None.")))
