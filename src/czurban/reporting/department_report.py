"""One department's page: the indicators it leads with their verdicts, the tasks it leads and those it shares."""

from collections.abc import Iterable, Sequence

from czurban.model.assessment import Assessment, tally
from czurban.model.department import Department
from czurban.model.message import say
from czurban.model.plan import Plan
from czurban.model.task import Task
from czurban.model.verdict import Result
from czurban.reporting.check_report import head
from czurban.reporting.document import Block, Document, Heading, Items, Json, Paragraph, Tone
from czurban.reporting.milestones_table import milestones_table
from czurban.reporting.records import assessment_record, result_record
from czurban.reporting.results_table import results_table
from czurban.reporting.tally_line import tally_line
from czurban.reporting.tasks_list import task_item, task_record
from czurban.words.speaker import Speaker


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
