"""Values that surprise: each check, what switches it off, no false alarm, and mistakes planted in the example."""

import importlib
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from czurban.checking.assessing import assess
from czurban.model.assessment import Assessment, Verdict
from czurban.model.faults import FAULTS, SURPRISES
from czurban.model.finding import Severity
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.reading.plan.files import read_plan
from czurban.reading.submission.files import read_bytes

Judge = Callable[..., Assessment]
HEADER = "指标,数值,单位"
PUBLISHED, PLANTED = 200, 311


@pytest.fixture(scope="module")
def seeded(repo: Path) -> ModuleType:
    sys.path.append(str(repo / "tools"))
    return importlib.import_module("seeded")


def codes(found: Assessment) -> list[str]:
    return [finding.code for finding in found.findings if finding.code in SURPRISES]


SURPRISING = [
    ("常住人口城镇化率,4.12,", ["S268"]),  # a tenth
    ("常住人口城镇化率,14.2,", ["S268"]),
    ("常住人口城镇化率,41.2,", []),
    ("常住人口城镇化率,46,", []),
    ("农民工随迁子女接受义务教育比例,94.9,", ["S268"]),  # lacks 5.1 where the baseline lacks 1
    ("农民工随迁子女接受义务教育比例,96.5,", []),
    ("城镇绿色建筑占新建筑比重,20,", []),  # between the baseline 5 and the target 38
    ("城镇绿色建筑占新建筑比重,63.5,", ["S268"]),
    ("城镇新增就业人数,1.26,", ["S268"]),  # 1.62 would lie between target and baseline
    ("城镇新增就业人数,1.21,", []),
    ("城镇新增就业人数,2.3,", []),
    ("城镇新增就业人数,2.4,", ["S268"]),
    ("城镇新增就业人数,12600人,", ["S268"]),
    ("城镇登记失业率,0.451,", ["S268"]),  # no baseline; an eighth of the ceiling is the least
    ("城镇登记失业率,2,", []),
    ("棚户区改造开工套数,791,", ["S268"]),  # no baseline; half of the floor is the least
    ("棚户区改造开工套数,5000,", []),
    ("国土空间开发强度,78.4,", ["S268"]),
    ("城镇常住人口,1390200,", ["S206"]),  # told already
    ("城乡居民基本医疗保险参保人数,320,", ["S269"]),
    ("常住人口城镇化率,40,", ["S269"]),  # two digits, but the baseline misses the target
    ("城镇保障性住房常住人口覆盖率,23,", []),  # two digits, and the baseline meets the target
    ("城镇生活垃圾无害化处理率,100,", []),  # all of it
    ("城镇建设用地面积,190,", []),  # an approximate baseline
    ("棚户区改造开工套数,6791.5,", ["S271"]),
    ("城镇新增就业人数,1.62345,", ["S271"]),  # 16234.5 persons
    ("城镇新增就业人数,1.6234,", []),
    ("城镇新增就业人数,01.62,", ["S272"]),
    ("城镇新增就业人数,0.0162亿人,", []),
    ("棚户区改造开工套数,０6791,", ["S272"]),
    ("城镇新增就业人数,-1.62,", ["S268", "S273"]),
    ("常住人口城镇化率,412‰,", ["S274"]),
    ("常住人口城镇化率,41.2%,", []),
]


@pytest.mark.parametrize(("row", "told"), SURPRISING, ids=[row for row, _ in SURPRISING])
def test_a_value_that_surprises_is_told_and_judged(judge: Judge, row: str, told: list[str]) -> None:
    results = judge(row, header=HEADER)
    wanted = [item for item in told if item in SURPRISES]
    assert codes(results) == wanted
    outcome = next(result for result in results.results if result.observation)
    assert outcome.verdict in ({Verdict.MET, Verdict.MISSED} if wanted == told else {Verdict.UNREADABLE})
    assert {FAULTS[code].severity for code in SURPRISES} == {Severity.WARNING}


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (("常住人口城镇化率,20.35,", "户籍人口城镇化率,41.2,"), ["S268", "S268", "S270"]),
        (("城镇公共供水普及率,97.1,", "城镇污水处理率,97.1,"), ["S270"]),  # the row above once more
        (("城镇公共供水普及率,97.1,", "城镇污水处理率,96.4,"), []),
        (("新增城镇常住人口,139.02,",), ["S268", "S270"]),  # 城镇常住人口 has 132.16 and ≥138.19
        (("新增城镇常住人口,83,",), ["S268"]),  # near 落户城镇数量, which is called otherwise
        (("新增城镇常住人口,139.02,", "城镇常住人口,139.02,"), ["S268"]),  # that one is reported
        (("城镇污水处理率,139%,", "城镇常住人口,96.4,"), ["S268"]),  # a unit in the cell goes with it
    ],
)
def test_s270_values_that_changed_places(judge: Judge, rows: tuple[str, ...], told: list[str]) -> None:
    assert sorted(codes(judge(*rows, header=HEADER))) == told


def test_a_part_of_the_year_is_not_expected_to_be_the_year(judge: Judge) -> None:
    quarter = Period(2019, 1, 3)
    assert codes(judge("城镇新增就业人数,0.4,2019Q1", header="指标,数值,年份", period=quarter)) == []
    assert codes(judge("常住人口城镇化率,4.12,2019Q1", header="指标,数值,年份", period=quarter)) == ["S268"]


def test_the_baselines_own_period_may_equal_it(judge: Judge) -> None:
    assert codes(judge("常住人口城镇化率,40,", header=HEADER, period=Period(2018))) == []


DECREASE = """\
plan: {title: 某市2019年方案, region: 某市, period: 2019, baseline_period: 2018}
categories: [节能]
indicators:
  - {id: energy, name: 单位生产总值能耗下降率, category: 节能, unit: "%", kind: growth, lead: 市发展改革委,
     baseline: 3.0, target: ≥3.1, deadline: 2019年底, ignore: [IGNORED]}
"""


def assessed(folder: Path, targets: str, rows: str) -> Assessment:
    (folder / "targets.yaml").write_text(targets, encoding="utf-8")
    (folder / "departments.yaml").write_text("departments: [{name: 市发展改革委}]\n", encoding="utf-8")
    plan, findings = read_plan(folder)
    assert plan is not None, findings
    submission, _ = read_bytes("f.csv", f"指标,数值\n{rows}\n".encode(), plan)
    return assess(plan, [submission], period=plan.period)


@pytest.mark.parametrize(("value", "ignored", "told"), [("-5.6", "", ["S273"]), ("-5.6", "s273", []), ("5.6", "", [])])
def test_s273_a_decrease_with_a_minus_sign(tmp_path: Path, value: str, ignored: str, told: list[str]) -> None:
    result = assessed(tmp_path, DECREASE.replace("IGNORED", ignored), f"单位生产总值能耗下降率,{value}%")
    assert codes(result) == told
    assert [str(finding.hint) for finding in result.findings if finding.code == "S273"] == [
        "Write 5.6% if it fell by so much."
    ] * len(told)


def test_p106_only_findings_about_values_can_be_switched_off(tmp_path: Path) -> None:
    (tmp_path / "targets.yaml").write_text(DECREASE.replace("IGNORED", "S203"), encoding="utf-8")
    (tmp_path / "departments.yaml").write_text("departments: [{name: 市发展改革委}]\n", encoding="utf-8")
    _, findings = read_plan(tmp_path)
    assert [finding.code for finding in findings] == ["P106"]


SWITCHES = {
    "S268": "常住人口城镇化率,4.12,",
    "S269": "常住人口城镇化率,40,",
    "S271": "棚户区改造开工套数,6791.5,",
    "S272": "城镇新增就业人数,01.62,",
    "S274": "常住人口城镇化率,412‰,",
}


@pytest.mark.parametrize("code", SWITCHES)
def test_an_indicator_may_switch_a_check_off(plan: Plan, code: str) -> None:
    quiet = replace(
        plan, indicators=tuple(replace(indicator, ignored=frozenset({code})) for indicator in plan.indicators)
    )
    submission, _ = read_bytes("f.csv", f"指标,数值,单位\n{SWITCHES[code]}\n".encode(), plan)
    assert codes(assess(plan, [submission], period=plan.period)) == [code]
    assert codes(assess(quiet, [submission], period=plan.period)) == []


def test_a_declared_jump_takes_the_place_of_the_usual_range(plan: Plan) -> None:
    likely = replace(
        plan, indicators=tuple(replace(indicator, jump=indicator.jump or 2) for indicator in plan.indicators)
    )
    submission, _ = read_bytes("f.csv", "指标,数值\n常住人口城镇化率,78\n".encode(), plan)
    assert codes(assess(plan, [submission], period=plan.period)) == ["S268"]
    assert codes(assess(likely, [submission], period=plan.period)) == []


EXAMPLES = [("2018.csv", 2018), ("2019.csv", 2019), ("2019-gbk.csv", 2019), ("2019.xlsx", 2019)]


@pytest.mark.parametrize(("name", "year"), EXAMPLES)
def test_the_examples_give_no_warning(repo: Path, plan: Plan, name: str, year: int) -> None:
    data = (repo / "examples" / f"actuals-{name}").read_bytes()
    submission, findings = read_bytes(name, data, plan)
    result = assess(plan, [submission], period=Period(year))
    assert [item for item in (*findings, *result.findings) if item.severity is not Severity.INFO] == []


def test_published_figures_give_no_warning(seeded: ModuleType) -> None:
    figures, told = seeded.published()
    assert figures >= PUBLISHED
    assert told == []


def test_few_planted_mistakes_are_silent_and_the_pages_are_current(seeded: ModuleType, plan: Plan) -> None:
    planted = list(seeded.plant(plan))
    assert len(planted) >= PLANTED
    assert sum(item.silent for item in planted) <= seeded.MOST_SILENT
    figures, alarms = seeded.published()
    for language, path in seeded.PAGES.items():
        assert path.read_text(encoding="utf-8") == seeded.page(planted, figures, alarms, language)
