"""Compose the page of a department, the index of such pages and the page of a task, with lists of tasks."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from czurban.model.assessment import Assessment, Result, Verdict, tally
from czurban.model.finding import Message, say
from czurban.model.ledger import MilestoneEntry, milestone_entries
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
    Strip,
    TableCell,
    Tone,
)
from czurban.reporting.documents.check import issued_head, pace_lines
from czurban.reporting.documents.inputs import inputs_section, own_parts_section
from czurban.reporting.documents.records import assessment_record, milestone_record, result_records
from czurban.reporting.documents.results import by_department, results_table, tally_line, tally_table
from czurban.reporting.labels import MARKS, MILESTONE_VERDICTS, TONES, join_sentences
from czurban.reporting.tables import (
    BLANK,
    VERDICT_FOLDS,
    TableColumn,
    count_cell,
    count_column,
    grouped,
    grouped_table,
    plain_table,
)
from czurban.words.translator import Translator

if TYPE_CHECKING:
    from czurban.model.over_time.pace import Tracking


def _stage_cell(entry: MilestoneEntry, translate: Translator) -> TableCell:
    milestone = entry.milestone
    if milestone.commitment is not Commitment.ASPIRATION:
        return TableCell(milestone.stage)
    return TableCell(milestone.stage + translate(say(" (an aspiration)")), Tone.QUIET)


def _lead_cell(entry: MilestoneEntry, translate: Translator) -> TableCell:
    return TableCell(translate.join(entry.leads), facets=entry.leads)


def _tone(entry: MilestoneEntry) -> Tone:
    return TONES[entry.verdict] if entry.binding else Tone.QUIET


def _verdict_cell(entry: MilestoneEntry, translate: Translator) -> TableCell:
    verdict = translate(MILESTONE_VERDICTS[entry.verdict])
    return TableCell(f"{MARKS[entry.verdict]} {verdict}", _tone(entry), facets=(verdict,))


_MILESTONE_COLUMNS: tuple[TableColumn[MilestoneEntry], ...] = (
    TableColumn(say("Milestone"), lambda entry, _: entry.name, main=True),
    TableColumn(say("Required stage"), _stage_cell),
    TableColumn(
        say("Reported stage"),
        lambda entry, _: TableCell(entry.report.stage if entry.report else BLANK, _tone(entry)),
    ),
    TableColumn(say("Verdict"), _verdict_cell),
    TableColumn(say("Lead"), _lead_cell, fold=1),
)


def milestones_table(entries: Iterable[MilestoneEntry], translate: Translator) -> DocumentTable:
    """Compose the table of required and reported stages with their verdicts, with a group for each task."""
    groups = groupby(entries, key=lambda entry: task_title(entry.task, translate))
    return grouped_table(_MILESTONE_COLUMNS, groups, translate, say("Task"))


def milestones_line(entries: Sequence[MilestoneEntry], translate: Translator) -> Paragraph:
    """Compose “Milestones: of 141, 100 reached, 3 not reached, …”; aspirations are not counted."""
    counts = Counter(entry.verdict for entry in entries if entry.binding)
    parts = [
        translate(say("{count} {verdict}"), count=counts[verdict], verdict=translate(label))
        for verdict, label in MILESTONE_VERDICTS.items()
        if counts[verdict]
    ]
    text = translate(
        say("Milestones: of {total}, {parts}."), total=counts.total(), parts=translate(say(", ")).join(parts)
    )
    aspirations = sum(not entry.binding for entry in entries)
    apart = [translate(say("Aspirations, shown and not counted: {count}."), count=aspirations)] if aspirations else []
    return Paragraph(join_sentences([text, *apart], translate))


def aspirations_counted(milestones: Iterable[Milestone], translate: Translator) -> list[str]:
    """Say how many of the counted milestones are aspirations; nothing without any."""
    count = sum(milestone.commitment is Commitment.ASPIRATION for milestone in milestones)
    return [translate(say("Aspirations are counted among the milestones: {count}."), count=count)] if count else []


_Lead = tuple[str, Counter[Verdict]]


def _lead_chart_cell(lead: _Lead, translate: Translator) -> TableCell:
    name, counts = lead
    labels = MILESTONE_VERDICTS.items()
    parts = ((translate(label), counts[verdict], TONES[verdict]) for verdict, label in labels if counts[verdict])
    return TableCell(name, chart=Strip(tuple(parts)))


def _count_of(verdict: Verdict) -> TableColumn[_Lead]:
    return count_column(MILESTONE_VERDICTS[verdict], lambda lead: lead[1][verdict], VERDICT_FOLDS.get(verdict, 0))


_LEAD_COLUMNS: tuple[TableColumn[_Lead], ...] = (
    TableColumn(say("Lead"), _lead_chart_cell, main=True),
    count_column(say("Milestones"), lambda lead: lead[1].total()),
    *map(_count_of, MILESTONE_VERDICTS),
)


def milestone_tallies(entries: Iterable[MilestoneEntry], translate: Translator) -> DocumentTable:
    """Compose the table of how many binding milestones of each lead have each verdict; two leads both count one."""
    groups = grouped((entry for entry in entries if entry.binding), lambda entry: entry.leads)
    leads = ((name, Counter(entry.verdict for entry in members)) for name, members in groups.items())
    return plain_table(_LEAD_COLUMNS, leads, translate)


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
    text = translate(say("{name} (asked for: {stage})"), name=milestone.name, stage=milestone.stage)
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
    entries = milestone_entries(assessment)
    milestones = [entry for tasks in (leading, sharing, added) for entry in entries if entry.task in tasks]
    title = translate(say("Indicators it leads ({count})"), count=len(results))
    heading = say("{name}: results of “{plan}” in {period}", name=name)
    blocks: list[Block] = [*issued_head(assessment, heading, translate)]
    blocks += pace_lines(tracking, translate, lambda result: name in result.indicator.leads)
    blocks += [Heading(title, 2), *_results(results, plan, translate, tracking)]
    inputs = [result for result in assessment.inputs if name in result.indicator.leads]
    parts = [result for result in assessment.allotted if name in result.indicator.leads]
    blocks += own_parts_section(parts, plan, translate, tracking)
    blocks += inputs_section(inputs, plan, translate)
    blocks += _tasks(say("Tasks it leads"), leading, plan, translate, name)
    blocks += _tasks(say("Tasks it shares"), sharing, plan, translate, name)
    if added:
        blocks += _tasks(say("Tasks it was added to"), added, plan, translate, name)
    blocks += _milestones(milestones, translate)
    record: dict[str, Json] = {
        **assessment_record(assessment, [*results, *parts], tally(results), translate, tracking),
        "department": {"name": name, "aliases": list(department.aliases), "group": department.is_group},
        "leads": [task_record(task) for task in leading],
        "shares": [task_record(task) for task in sharing],
        "added_to": [task_record(task) for task in added],
    }
    return Document(
        tuple(blocks),
        lambda: record,
        lambda: [
            *result_records([*results, *parts], plan, translate, tracking),
            *map(milestone_record, milestones),
        ],
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


def _milestones(entries: Sequence[MilestoneEntry], translate: Translator) -> Iterable[Block]:
    if entries:
        yield Heading(translate(say("Milestones")), 2)
        yield milestones_line(entries, translate)
        yield milestones_table(entries, translate)


def _tasks(title: Message, tasks: Sequence[Task], plan: Plan, translate: Translator, name: str) -> Iterable[Block]:
    yield Heading(f"{translate(title)} ({len(tasks)})", 2)
    if tasks:
        yield Items(tuple(task_item(task, plan, translate, name) for task in tasks))
    else:
        yield Paragraph(translate(say("None.")), Tone.QUIET)


def has_page(department: Department, assessment: Assessment) -> bool:
    """Return whether a department leads an indicator, has a part of one or is on a task."""
    plan = assessment.plan
    leads = any(department.name in indicator.leads for indicator in (*plan.indicators, *plan.allotted))
    return leads or any(department.name in task.departments for task in plan.tasks)


def department_index(assessment: Assessment, pages: Mapping[str, str], translate: Translator) -> Document:
    """Compose the index of departments' pages, with the tally of each.

    Args:
        assessment: the judged plan.
        pages: the files of the pages by the names of the departments.
        translate: the reader's language.
    """
    groups = by_department(assessment.judged)
    milestones = grouped((each for each in milestone_entries(assessment) if each.binding), lambda each: each.leads)
    counted = {name: Counter(entry.verdict for entry in milestones.get(name, [])) for name in pages}
    labels = MILESTONE_VERDICTS if milestones else {}
    heads = [Column(translate(say("Milestones")), number=True, fold=6)] if milestones else []
    heads += [Column(translate(label), number=True, fold=5) for label in labels.values()]
    table = tally_table(say("Lead"), {name: groups.get(name, []) for name in pages}, translate)
    columns = (*table.columns, *heads, Column(translate(say("Page"))))

    def stages_of(name: str) -> list[TableCell]:
        counts = counted[name]
        return [count_cell(count) for count in (counts.total(), *(counts[each] for each in labels))] if heads else []

    rows = tuple(
        (*row, *stages_of(row[0].text), TableCell(pages[row[0].text], link=pages[row[0].text]))
        for group in table.groups
        for row in group.rows
    )
    blocks = (
        *issued_head(assessment, say("Results of “{plan}” in {period}, by department"), translate),
        *([milestones_line(milestone_entries(assessment), translate)] if milestones else []),
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
    title = say("{task}: results of “{plan}” in {period}", task=task_title(task, translate))
    led = Item(translate(say("Led by: {names}"), names=task.leads))
    blocks: list[Block] = [
        *issued_head(assessment, title, translate),
        Items((led, *_responsible(task.responsible, task, translate))),
        Heading(translate(say("Figures it carries")), 2),
        *_results(results, assessment.plan, translate, tracking),
    ]
    milestones = [entry for entry in milestone_entries(assessment) if entry.task is task]
    blocks += _milestones(milestones, translate)
    return Document(
        tuple(blocks),
        lambda: {
            **assessment_record(assessment, results, tally(results), translate, tracking),
            "task": task_record(task),
        },
        lambda: [
            *result_records(results, assessment.plan, translate, tracking),
            *map(milestone_record, milestones),
        ],
        language=translate.language,
    )
