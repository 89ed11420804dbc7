"""The ledger: every target and milestone once, closed by a met verdict or a reported stage and by nothing else."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from czurban.checking.ledger.entries import ledger_entries
from czurban.model.assessment import Assessment, Verdict
from czurban.model.finding import Place
from czurban.model.ledger import Closing, Entry, MilestoneEntry, TargetEntry, added_to, closing_of, responsible_for
from czurban.model.observation import StageReport
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.reading.plan.cases import PLAN
from czurban.reading.plan.files import read_plan

Judge = Callable[..., Assessment]
AT = (4, "流动人口信息共享平台")  # asked for: 建设中, the fourth stage of its ladder


def report(stage: str, sender: str = "") -> StageReport:
    return StageReport(*AT, stage, Place("sheet.xlsx", sheet="节点", cell="E7"), sender)


def milestone(entries: tuple[Entry, ...]) -> MilestoneEntry:
    return next(entry for entry in entries if isinstance(entry, MilestoneEntry) and (entry.task.no, entry.name) == AT)


@pytest.mark.parametrize(
    ("stage", "period", "verdict", "rest"),
    [
        ("建设中", Period(2019), Verdict.MET, (Closing.CLOSED, 0)),
        (" 建设 中", Period(2019), Verdict.MET, (Closing.CLOSED, 0)),
        ("投入使用", Period(2019), Verdict.MET, (Closing.CLOSED, 0)),
        ("开工", Period(2019), Verdict.MISSED, (Closing.OPEN, 1)),
        ("未启动", Period(2019), Verdict.MISSED, (Closing.OPEN, 3)),
        ("竣工验收", Period(2019), Verdict.UNREADABLE, (Closing.OPEN, None)),
        (None, Period(2019), Verdict.UNREPORTED, (Closing.OPEN, None)),
        ("完工", Period(2019, 1, 6), Verdict.MET, (Closing.CLOSED, 0)),
        ("开工", Period(2019, 1, 6), Verdict.NOT_DUE, (Closing.NOT_DUE, 1)),
        (None, Period(2019, 1, 6), Verdict.NOT_DUE, (Closing.NOT_DUE, None)),
        ("开工", Period(2018), Verdict.MISSED, (Closing.OPEN, 1)),
    ],
)
def test_a_milestone_closes_at_the_stage_asked_for(
    judge: Judge, stage: str | None, period: Period, verdict: Verdict, rest: tuple[Closing, int | None]
) -> None:
    stages = {} if stage is None else {AT: report(stage)}
    result = milestone(ledger_entries(judge(period=period)._replace(stages=stages)))
    assert (result.verdict, (result.closing, result.steps)) == (verdict, rest)


@pytest.mark.parametrize("verdict", Verdict)
def test_only_met_closes(verdict: Verdict) -> None:
    assert (closing_of(verdict) is Closing.CLOSED) == (verdict is Verdict.MET)


def test_every_target_and_milestone_is_an_entry_once(judge: Judge, plan: Plan) -> None:
    entries = ledger_entries(judge("常住人口城镇化率,41.5,%,"))
    targets = [entry.result.indicator.id for entry in entries if isinstance(entry, TargetEntry)]
    milestones = [(entry.task.no, entry.name) for entry in entries if isinstance(entry, MilestoneEntry)]
    assert sorted(targets) == sorted(indicator.id for indicator in plan.indicators)
    assert milestones == [(task.no, milestone.name) for task in plan.tasks for milestone in task.milestones]
    assert [entry.name for entry in entries if entry.closing is Closing.CLOSED] == ["常住人口城镇化率"]
    assert targets[:25] == [indicator.id for indicator in plan.indicators if indicator.no is not None]


def test_aspirations_do_not_bind(judge: Judge) -> None:
    tried = [ledger_entry.name for ledger_entry in ledger_entries(judge()) if not ledger_entry.binding]
    assert "上级补助资金" in tried
    assert len(tried) == 12


def test_departments_of_an_entry(judge: Judge) -> None:
    loaded, _ = read_plan(PLAN)
    assert loaded is not None
    entries = ledger_entries(judge()._replace(plan=loaded, results=()))
    (item,) = entries
    assert (item.leads, responsible_for(item)) == (("市教育局",), ("各县区",))
    assert [(more.name, more.by) for more in added_to(item)] == [("市人社局", "市教育局")]


@pytest.mark.parametrize(
    ("indicator", "tasks"),
    [
        ("registered_urbanization_rate", [1]),  # named by the task
        ("urban_jobs_added", [6]),
        ("built_up_area", [10]),  # the task's own
        ("resident_urbanization_rate", []),
    ],
)
def test_a_target_names_the_tasks_that_carry_it(judge: Judge, indicator: str, tasks: list[int]) -> None:
    entries = (ledger_entry for ledger_entry in ledger_entries(judge()) if isinstance(ledger_entry, TargetEntry))
    assert [[task.no for task in entry.tasks] for entry in entries if entry.result.indicator.id == indicator] == [tasks]


def test_a_quantity_of_a_task_is_carried_by_it_though_the_task_does_not_name_it(judge: Judge, plan: Plan) -> None:
    silent = tuple(replace(task, quantities=()) for task in plan.tasks)
    entries = ledger_entries(judge()._replace(plan=replace(plan, tasks=silent)))
    carried = {entry.result.indicator.id: entry.tasks for entry in entries if isinstance(entry, TargetEntry)}
    assert [task.no for task in carried["built_up_area"]] == [10]
    assert carried["urban_jobs_added"] == ()
