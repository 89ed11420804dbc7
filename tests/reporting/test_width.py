"""No line of any report is wider than the terminal it is for."""

from collections.abc import Callable

import pytest
from rich.cells import cell_len

from czurban.model.assessment import Assessment
from czurban.model.plan import Plan
from czurban.reporting.document import Document, Page
from czurban.reporting.documents.check import check_report
from czurban.reporting.documents.departments import department_report
from czurban.reporting.documents.listing import (
    list_departments,
    list_indicators,
    list_tasks,
    show_department,
    show_indicator,
    show_task,
)
from czurban.reporting.documents.records import Origin
from czurban.reporting.documents.whole import whole_report
from czurban.reporting.formats.text import as_text
from czurban.words.translator import Translator

Judge = Callable[..., Assessment]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [60, 80, 120])
def test_every_line_fits(plan: Plan, judge: Judge, width: int, lang: str) -> None:
    translate = Translator(lang)
    for name, document in documents(plan, judge, translate).items():
        lines = as_text(document, Page(width)).decode().splitlines()
        wide = [line for line in lines if cell_len(line) > width]
        assert wide == [], name


def documents(plan: Plan, judge: Judge, translate: Translator) -> dict[str, Document]:
    found = judge("常住人口城镇化率,41.2,%,", "城镇常住人口,1381900,,", "城镇登记失业率,4.51,%,")
    office, task = plan.department("市住建局"), plan.task(17)
    one = plan.indicator("20")
    assert office
    assert task
    assert one
    return {
        "check": check_report(found, translate, scope=lambda _: True),
        "department": department_report(found, office, translate),
        "whole": whole_report(found, Origin("now"), translate, scope=lambda _: True),
        "indicators": list_indicators(plan, translate),
        "tasks": list_tasks(plan, translate),
        "departments": list_departments(plan, translate),
        "an indicator": show_indicator(one, plan, translate),
        "a task": show_task(task, plan, translate),
        "an office": show_department(office, plan, translate),
    }
