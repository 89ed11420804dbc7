"""Compose lists and tables of tasks and milestones."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from czurban.model.finding import say
from czurban.model.ledger import MilestoneEntry
from czurban.model.plan import Plan
from czurban.model.task import AddedDepartment, Commitment, Milestone, Task
from czurban.reporting.closings import MILESTONE_VERDICTS
from czurban.reporting.document import Block, DocumentTable, Heading, Item, Json, Paragraph, TableCell, Tone
from czurban.reporting.labels import MARKS, TONES
from czurban.reporting.tables import BLANK, VERDICT_COUNTS, Outcomes, TableColumn, grouped, grouped_table
from czurban.reporting.texts import join_sentences
from czurban.words.translator import Translator


def _stage_cell(entry: MilestoneEntry, translate: Translator) -> TableCell:
    milestone = entry.milestone
    if milestone.commitment is not Commitment.ASPIRATION:
        return TableCell(milestone.stage)
    return TableCell(milestone.stage + translate(say(" (an aspiration)")), Tone.QUIET)


def _tone(entry: MilestoneEntry) -> Tone:
    return TONES[entry.verdict] if entry.binding else Tone.QUIET


def _verdict_cell(entry: MilestoneEntry, translate: Translator) -> TableCell:
    verdict = translate(MILESTONE_VERDICTS[entry.verdict])
    return TableCell(f"{MARKS[entry.verdict]} {verdict}", _tone(entry), facets=(verdict,))


_MILESTONE_COLUMNS: tuple[TableColumn[MilestoneEntry], ...] = (
    TableColumn(say("Milestone"), lambda entry, _: entry.name, main=True),
    TableColumn(say("Required stage"), _stage_cell),
    TableColumn(
        say("Reported stage"), lambda entry, _: TableCell(entry.report.stage if entry.report else BLANK, _tone(entry))
    ),
    TableColumn(say("Verdict"), _verdict_cell),
    TableColumn(say("Lead"), lambda entry, words: TableCell(words.join(entry.leads), facets=entry.leads), fold=1),
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


def milestones_section(entries: Sequence[MilestoneEntry], translate: Translator) -> Iterator[Block]:
    """Compose the heading, the counts and the table of milestones; nothing where there are none."""
    if entries:
        yield Heading(translate(say("Milestones")), 2)
        yield milestones_line(entries, translate)
        yield milestones_table(entries, translate)


def aspirations_counted(milestones: Iterable[Milestone], translate: Translator) -> list[str]:
    """Say how many of the counted milestones are aspirations; nothing without any."""
    count = sum(milestone.commitment is Commitment.ASPIRATION for milestone in milestones)
    return [translate(say("Aspirations are counted among the milestones: {count}."), count=count)] if count else []


def milestone_tallies(entries: Iterable[MilestoneEntry], translate: Translator) -> DocumentTable:
    """Compose the table of how many binding milestones of each lead have each verdict; two leads both count one."""
    groups = grouped((entry for entry in entries if entry.binding), lambda entry: entry.leads)
    leads = ((name, Counter(entry.verdict for entry in members)) for name, members in groups.items())
    outcomes = Outcomes(MILESTONE_VERDICTS, TONES, VERDICT_COUNTS.folds)
    return outcomes.table(say("Lead"), say("Milestones"), leads, translate)


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
    below += responsible_items(shared, task, translate)
    quantities = [indicator for name in task.quantities if (indicator := plan.indicator(name))]
    if quantities:
        texts = [f"{each.name} {each.target.interval.in_unit(f' {each.unit.name}')}" for each in quantities]
        below.append(Item(translate(say("Figures it carries")), tuple(map(Item, texts))))
    if task.milestones:
        milestones = tuple(Item(_milestone(milestone, translate)) for milestone in task.milestones)
        below.append(Item(translate(say("Milestones")), milestones))
    return Item(task_title(task, translate), tuple(below))


def responsible_items(names: Sequence[str], task: Task, translate: Translator) -> Iterable[Item]:
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
