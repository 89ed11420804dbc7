"""No line of any report is wider than the terminal it is for."""

from collections.abc import Callable

import pytest
from rich.cells import cell_len

from czurban.checking.collection.department_status import department_statuses
from czurban.checking.ledger.entries import ledger_entries
from czurban.checking.ledger.escalation import escalation_items
from czurban.model.assessment import Assessment
from czurban.model.plan import Plan
from czurban.reporting.document import Column, Document, DocumentTable, Page, RowGroup, TableCell
from czurban.reporting.documents.check import check_report
from czurban.reporting.documents.departments import department_report
from czurban.reporting.documents.escalation import escalation_report
from czurban.reporting.documents.ledger import ledger_report
from czurban.reporting.documents.listing import (
    list_departments,
    list_indicators,
    list_tasks,
    show_department,
    show_indicator,
    show_task,
)
from czurban.reporting.documents.records import Origin
from czurban.reporting.documents.status import status_report
from czurban.reporting.documents.whole import whole_report
from czurban.reporting.formats.registry import render
from czurban.words.translator import Translator

Judge = Callable[..., Assessment]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [60, 80, 120])
def test_every_line_fits(plan: Plan, judge: Judge, width: int, lang: str) -> None:
    translate = Translator(lang)
    for name, document in documents(plan, judge, translate).items():
        lines = render(document, "text", Page(width)).decode().splitlines()
        wide = [line for line in lines if cell_len(line) > width]
        assert wide == [], name


def documents(plan: Plan, judge: Judge, translate: Translator) -> dict[str, Document]:
    judged = judge("常住人口城镇化率,41.2,%,", "城镇常住人口,1381900,,", "城镇登记失业率,4.51,%,")
    office, task = plan.department("市住建局"), plan.task(17)
    indicator = plan.indicator("20")
    assert office
    assert task
    assert indicator
    entries = ledger_entries(judged)
    origin = Origin("now", (("figures/" * 9 + "f1.csv", "ab" * 32),))
    times = {submission.file: "2019-12-31 12:00" for submission in judged.submissions}
    statuses = department_statuses(judged)
    return {
        "check": check_report(judged, translate, scope=lambda _: True),
        "department": department_report(judged, office, translate),
        "whole": whole_report(judged, origin, translate, scope=lambda _: True),
        "indicators": list_indicators(plan, translate),
        "tasks": list_tasks(plan, translate),
        "departments": list_departments(plan, translate),
        "an indicator": show_indicator(indicator, plan, translate),
        "a task": show_task(task, plan, translate),
        "ledger": ledger_report(judged, entries, translate),
        "escalation": escalation_report(judged, escalation_items(judged, entries, ()), translate),
        "status": status_report(judged, statuses, times, translate, changes=()),
        "an office": show_department(office, plan, translate),
    }


def test_columns_that_fit_nowhere_are_shown_below_the_main_one() -> None:
    columns = (Column("名称", main=True), *(Column(f"{n}", number=True) for n in range(6)))
    row = (TableCell("常住人口城镇化率"), *(TableCell(str(n) * 12) for n in range(1, 7)))
    table = DocumentTable(columns, (RowGroup("很长的分组标题" * 9, (row,)),))
    lines = render(Document((table,), language="zh"), "text", Page(60)).decode().splitlines()
    assert max(map(cell_len, lines)) <= 60
    assert lines[0].split() == ["名称", "0", "1", "2"]
    text = "".join("".join(lines).split())
    assert all(cell.text in text for cell in row)
    assert f"4{'5' * 12}；5{'6' * 12}" in text
