"""The plan's own data: every count and figure that the printed plan states, written out again here."""

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from czurban.model.indicator import Indicator
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.model.target import Basis, Direction
from czurban.model.task import Commitment
from czurban.reading.plan.files import read_plan

FOLDER = Path(__file__).parents[1] / "data"
FIGURES = [
    (1, "40", "≥41"),
    (2, "18", "≥20"),
    (3, "132.16", "≥138.19"),
    (4, "4.39", "≥6.03"),
    (5, "74.7466", "≥83.7466"),
    (6, "9.5828", "≥9"),
    (7, "99", "≥99"),
    (8, "80", "≥80"),
    (9, "1.9", "≥1.5"),
    (10, "119", "≥121"),
    (11, "320", "≥320"),
    (12, "23", "≥23"),
    (13, "19", "≥20"),
    (14, "96.3", "≥97"),
    (15, "96.3", "≥96.4"),
    (16, "100", "≥100"),
    (17, "100", "≥500"),
    (18, "—", "≥95"),
    (19, "约190", "≤195"),
    (20, "143", "≤144"),
    (21, "7.81", "≤7.86"),
    (22, "4.2", "≥5"),
    (23, "5", "≥38"),
    (24, "39.03", "≥40"),
    (25, "92.6", "≥90.9"),
]


@pytest.fixture(scope="module")
def plan() -> Plan:
    read, findings = read_plan(FOLDER)
    assert findings == ()
    assert read is not None
    return read


def numbered(plan: Plan) -> list[Indicator]:
    return [one for one in plan.indicators if one.no is not None]


def by_no(plan: Plan, no: int) -> Indicator:
    one = plan.indicator(str(no))
    assert one is not None
    return one


def tasks_of(plan: Plan, one: Indicator) -> list[int]:
    return [task.no for task in plan.tasks if one.id in task.quantities]


def test_head(plan: Plan) -> None:
    assert plan.title == "钦州市2019年新型城镇化建设工作方案"
    assert plan.region == "钦州市"
    assert plan.period == Period(2019)
    assert plan.baseline_period == Period(2018)


def test_indicators_counted(plan: Plan) -> None:
    assert len(plan.indicators) == 52
    assert [one.no for one in numbered(plan)] == list(range(1, 26))
    assert plan.categories == ("城镇化水平", "基本公共服务", "基础设施", "土地利用", "资源环境")
    assert list(Counter(one.category for one in numbered(plan)).values()) == [6, 6, 6, 3, 4]
    assert sum(one.task is not None for one in plan.indicators) == 27
    assert all((one.no is None) == (one.task is not None) for one in plan.indicators)


@pytest.mark.parametrize(("no", "baseline", "target"), FIGURES, ids=[str(no) for no, _, _ in FIGURES])
def test_figures_of_the_main_table(plan: Plan, no: int, baseline: str, target: str) -> None:
    one = by_no(plan, no)
    assert one.target.baseline is not None
    assert one.target.baseline.printed == baseline
    assert str(one.target.interval) == target
    assert one.target.deadline == Period(2019)


def test_figures_of_the_tasks_alone_have_no_baseline(plan: Plan) -> None:
    assert all(one.target.baseline is None for one in plan.indicators if one.task is not None)


def test_tasks_counted(plan: Plan) -> None:
    assert [task.no for task in plan.tasks] == list(range(1, 31))
    assert [part.no for part in plan.parts] == ["一", "二", "三", "四", "五", "六"]
    assert [sum(task.part == part for task in plan.tasks) for part in plan.parts] == [7, 8, 3, 2, 4, 6]
    assert [task.no for task in plan.tasks if task.open] == [19, 30]


def test_departments_counted(plan: Plan) -> None:
    assert sum(not one.is_group for one in plan.departments) == 28
    assert sum(one.is_group for one in plan.departments) == 4
    names = [name for one in plan.departments for name in one.names]
    assert len(names) == len(set(names))


def test_everything_named_exists(plan: Plan) -> None:
    offices = {one.name for one in plan.departments}
    ids = {one.id for one in plan.indicators}
    assert {name for task in plan.tasks for name in task.departments} == offices
    assert {name for one in plan.indicators for name in one.leads} <= offices
    assert {quantity for task in plan.tasks for quantity in task.quantities} <= ids
    assert all(plan.task(one.task) for one in plan.indicators if one.task is not None)
    assert {m.stage for task in plan.tasks for m in task.milestones} <= {
        stage for stages in plan.ladders.values() for stage in stages
    }
    assert all(m.stage in plan.ladders[m.ladder] for task in plan.tasks for m in task.milestones)
    assert all(task.leads for task in plan.tasks)


def test_citations_counted(plan: Plan) -> None:
    cited = [(one, citation) for one in plan.indicators for citation in one.cited]
    assert sum(citation.at == "一" for _, citation in cited) == 25
    assert [citation.at for one, citation in cited if citation.at.startswith("附件")] == [
        f"附件{n}" for n in range(1, 26)
    ]
    from_tasks = [(one, citation) for one, citation in cited if citation.at.startswith("任务")]
    assert len(from_tasks) == 45
    assert sum(one.no is not None for one, _ in from_tasks) == 18
    assert sum(one.no is None for one, _ in from_tasks) == 27
    assert len(cited) == 95


def test_citations_and_quantities_agree(plan: Plan) -> None:
    """A task lists the quantities it prints, and a task's own quantity stands under that task."""
    for one in plan.indicators:
        cited = [int(c.at.removeprefix("任务")) for c in one.cited if c.at.startswith("任务")]
        assert cited == tasks_of(plan, one)
        if one.task is not None:
            assert cited == [one.task]
            assert one.leads == plan.tasks[one.task - 1].leads


def test_indicators_in_no_task(plan: Plan) -> None:
    assert [one.no for one in plan.indicators if not tasks_of(plan, one)] == [1, 3, 4, 5, 8, 22, 23]


def test_leads_that_differ_from_their_task(plan: Plan) -> None:
    differ = [
        one.no
        for one in numbered(plan)
        if (nos := tasks_of(plan, one)) and one.leads[0] != plan.tasks[nos[0] - 1].leads[0]
    ]
    assert differ == [10, 11, 14, 15, 16, 17, 24]


def test_r2_ceilings(plan: Plan) -> None:
    ceilings = [one for one in plan.indicators if one.target.interval.direction is Direction.CEILING]
    assert [one.no or one.name for one in ceilings] == [19, 20, 21, "城镇登记失业率"]
    assert str(ceilings[-1].target.interval) == "≤4.5"
    assert [one.target.basis for one in ceilings] == [Basis.INTERPRETED] * 3 + [Basis.PRINTED]
    assert all(one.target.interval.direction is Direction.FLOOR for one in plan.indicators if one not in ceilings)


def test_r2_interpreted_directions_give_their_reason(plan: Plan) -> None:
    assert all(one.target.reason for one in plan.indicators if one.target.basis is Basis.INTERPRETED)
    assert [one.no for one in numbered(plan) if one.target.basis is Basis.INTERPRETED] == [19, 20, 21]
    assert "141.1" in by_no(plan, 20).target.reason


def test_r2_floors_below_their_baseline(plan: Plan) -> None:
    below = [
        one.no
        for one in numbered(plan)
        if one.target.baseline
        and one.target.baseline.value is not None
        and one.target.interval.low is not None
        and one.target.interval.low < one.target.baseline.value
    ]
    assert below == [6, 9, 25]


def test_baselines_missing_and_approximate(plan: Plan) -> None:
    baselines = {one.no: one.target.baseline for one in numbered(plan)}
    assert [no for no, baseline in baselines.items() if baseline is None or baseline.value is None] == [18]
    assert [no for no, baseline in baselines.items() if baseline and baseline.approximate] == [19]
    land = baselines[19]
    assert land is not None
    assert land.value == Decimal(190)


def test_r10_milestones_of_task_17(plan: Plan) -> None:
    stages = Counter(milestone.stage for milestone in plan.tasks[16].milestones)
    assert stages == {"开工": 6, "建设中": 5, "投入使用": 1}


def test_r10_ladders_in_order(plan: Plan) -> None:
    assert plan.ladders["works"] == ("未启动", "前期工作", "开工", "建设中", "完工", "投入使用")
    assert plan.ladders["document"] == ("未启动", "起草", "审议", "出台")


def test_r10_starts_are_not_completions(plan: Plan) -> None:
    one = plan.indicator("棚户区改造开工套数")
    assert one is not None
    assert str(one.target.interval) == "≥6791"
    assert one.unit.name == "套"


def test_r10_words_that_only_try_are_aspirations(plan: Plan) -> None:
    milestones = [m for task in plan.tasks for m in task.milestones]
    trying = [m for m in milestones if m.printed.startswith(("争取", "力争", "探索"))]
    assert trying
    assert [m for m in milestones if m.commitment is Commitment.ASPIRATION] == trying


@pytest.mark.parametrize("name", ["targets.yaml", "tasks.yaml", "departments.yaml"])
@pytest.mark.parametrize("word", ["万元", "亿元", "月"])
def test_no_money_and_no_months(name: str, word: str) -> None:
    text = (FOLDER / name).read_text(encoding="utf-8")
    assert len(text) > 1000
    assert word not in text


def test_things_are_found_by_what_people_call_them(plan: Plan) -> None:
    office = plan.department("卫健委")
    assert office is not None
    assert office.name == "市卫生健康委"
    assert plan.department("市气象局") is None
    assert "市教育局" in plan.near_departments("市教育厅")
    assert plan.indicator("新增就业") is by_no(plan, 9)
    unemployment = plan.indicator("登记失业率")
    assert unemployment is not None
    part = plan.part_of(unemployment)
    assert part is not None
    assert part.no == "一"
    assert plan.part_of(by_no(plan, 1)) is None
    assert plan.task(31) is None
