"""A plan of 2021 to 2025 from a few lines of YAML, and figures judged by it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from czurban.app.assessing import assess_all, judged_period
from czurban.checking.plan_rules.registry import check_plan
from czurban.model.assessment import Assessment
from czurban.model.plan import Plan
from czurban.reading.plan.files import read_draft, read_plan
from czurban.reading.submission.files import read_bytes

HEAD = """plan:
  title: 某市“十四五”规划主要指标
  region: 某市
  period: {period}
categories: [指标]
units:
  - {{name: 岁}}
indicators:
"""
COMMON = """    category: 指标
    lead: [市发展改革委]
"""
MakePlan = Callable[..., Plan]
JudgeYears = Callable[..., Assessment]


def text_of(*entries: str, period: str = "2021-2025") -> str:
    """Return a targets.yaml; an entry is `id: …` and further lines, to which category and lead are added."""
    items = []
    for entry in entries:
        first, *rest = entry.strip().splitlines()
        items += [f"  - {first}\n", *(f"    {line.strip()}\n" for line in rest), COMMON]
    return HEAD.format(period=period) + "".join(items)


def write_plan(folder: Path, text: str) -> Path:
    """Write a plan with a single department into a folder."""
    folder.mkdir(exist_ok=True)
    (folder / "targets.yaml").write_text(text, encoding="utf-8")
    (folder / "departments.yaml").write_text("departments:\n  - {name: 市发展改革委}\n", encoding="utf-8")
    return folder


@pytest.fixture
def make_plan(tmp_path: Path) -> MakePlan:
    def make(*entries: str, period: str = "2021-2025") -> Plan:
        plan, findings = read_plan(write_plan(tmp_path / "plan", text_of(*entries, period=period)))
        assert plan is not None, findings
        return plan

    return make


@pytest.fixture
def faults_of(tmp_path: Path) -> Callable[..., list[str]]:
    """Return the codes that `validate` finds in a plan, with their lines."""

    def faults(*entries: str, period: str = "2021-2025") -> list[str]:
        folder = write_plan(tmp_path / "plan", text_of(*entries, period=period))
        draft = read_draft(folder)
        every = [*draft.findings, *(check_plan(draft.plan, whole=draft.whole) if draft.plan else ())]
        return [finding.code for finding in every]

    return faults


@pytest.fixture
def judge_years() -> JudgeYears:
    """Judge rows of name, period and value by a plan, as the commands do."""

    def judge(plan: Plan, *rows: str, period: str | None = None, header: str = "指标,年份,数值") -> Assessment:
        data = "\n".join((header, *rows)).encode()
        submission, findings = read_bytes("f.csv", data, plan)
        assessed = assess_all(plan, [submission], judged_period(period, plan, [submission])[0])
        return assessed._replace(findings=(*findings, *assessed.findings))

    return judge
