"""The index of a folder of departments' pages."""

from collections.abc import Mapping

from czurban.model.assessment import Assessment
from czurban.model.department import Department
from czurban.model.message import say
from czurban.reporting.check_report import head
from czurban.reporting.document import Cell, Column, Document, Group, Paragraph, Table
from czurban.reporting.summary import by_department, tally_table
from czurban.words.speaker import Speaker


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
        (*row, Cell(pages[row[0].text], link=pages[row[0].text])) for group in table.groups for row in group.rows
    )
    blocks = (
        *head(assessment, speak),
        Paragraph(speak(say("One page a department."))),
        Table(columns, (Group("", rows),)),
    )
    return Document(
        blocks,
        lambda: {"pages": dict(pages)},
        lambda: [{"name": k, "page": v} for k, v in pages.items()],
        language=speak.language,
    )
