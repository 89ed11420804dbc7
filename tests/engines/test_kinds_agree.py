"""Rows in Python and DuckDB agree about targets that are no interval, and about figures as people write them."""

from pathlib import Path

import pytest
from agreement import by_engine, by_rows

from czurban.computing.engines.duckdb_engine import DuckdbEngine
from czurban.model.plan import Plan
from czurban.reading.plan.files import read_plan

COMMON = "lead: 市统计局, deadline: 2020年底"
STEPS = "stages: [未启动, 部分划定, 应划尽划]"
PLAN = f"""plan: {{title: 某市2020年工作方案, region: 某市, period: 2020, baseline_period: 2019}}
indicators:
  - {{id: air, name: 优良天数比例, unit: "%", kind: rate, target: "A：≥80；B：≥70；C：<70", grade: B, {COMMON}}}
  - {{id: works, name: 空间规划, unit: 项, kind: milestone, target: 应划尽划, {STEPS}, {COMMON}}}
  - {{id: people, name: 常住人口, unit: 万人, kind: stock, target: ≥100, baseline: 90, {COMMON}}}
"""
STAGES = ("未启动", "应划尽划", "部分划定", "应划尽划", "别的", "")
WRITTEN = (
    *(
        "75",
        "７９．５",
        "约 69",
        "1,234.5",
        "1,23",
        "  81 ",
        "70%",
        "70 %",
        "120万人",
        "120 人",
        "110人以上",
        "9e1",
        "80①",
    ),
    *("2019年", "12月", "约12月", "—", "见附件", "+80", "-1", "0080", "1 234", "80亿", "12345678901234567890123"),
)


@pytest.fixture
def kinds(tmp_path: Path) -> Plan:
    (tmp_path / "targets.yaml").write_text(PLAN, encoding="utf-8")
    (tmp_path / "departments.yaml").write_text("departments: [{name: 市统计局}]\n", encoding="utf-8")
    plan, findings = read_plan(tmp_path)
    assert plan is not None, findings
    return plan


def test_stages_and_numbers_as_people_write_them(kinds: Plan, tmp_path: Path) -> None:
    rows = ["地区,指标,年份,数值,单位", *(f"甲县{n},优良天数比例,2020,{n % 40 + 50},%" for n in range(50))]
    for number in range(200):  # several of each kind, so that they are judged by what is around their number
        value = WRITTEN[number % len(WRITTEN)].replace("5", str(number % 10))
        rows += [f'乙县{number},优良天数比例,2020,"{value}",{("%", "‰", "")[number % 3]}']
        rows += [f'乙县{number},常住人口,2020,"{value}",{("万人", "人", "件")[number % 3]}']
        rows += [f"乙县{number},空间规划,2020,{STAGES[number % len(STAGES)]},"]
    rows += [f"丙县{n},空间规划,2020,{stage}," for n in range(9) for stage in (STAGES[n % 4], STAGES[n % 3])]
    path, failures = tmp_path / "figures.csv", tmp_path / "failures.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    expected = by_rows([path], kinds, failures)
    with DuckdbEngine() as engine:
        actual = by_engine(engine, [path], kinds, failures)
    assert expected.differences(actual) == []
    assert actual.survey.codes["S203"] > 0
