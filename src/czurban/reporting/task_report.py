"""One task's page: who is on it, the figures it carries with their verdicts, its milestones."""

from collections.abc import Iterable

from czurban.model.assessment import Assessment, tally
from czurban.model.message import say
from czurban.model.task import Task
from czurban.model.verdict import Result
from czurban.reporting.check_report import head
from czurban.reporting.document import Block, Document, Heading, Item, Items, Paragraph
from czurban.reporting.milestones_table import milestones_table
from czurban.reporting.records import assessment_record, result_record
from czurban.reporting.results_table import results_table
from czurban.reporting.tally_line import tally_line
from czurban.reporting.tasks_list import added_items, task_record
from czurban.words.speaker import Speaker


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
