"""A department's own part of a target is judged by its own row of the breakdown, and counts for nothing else."""

import json
import shutil
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from czurban.app.assessing import assess_all, newest_period
from czurban.app.over_time.tracking import tracking_of
from czurban.checking.plan_rules.registry import check_plan
from czurban.cli.app import run
from czurban.model.assessment import Assessment, Result, Verdict
from czurban.model.over_time.tracking import pace_tally
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.model.task import Persons
from czurban.reading.plan.files import read_plan
from czurban.reading.submission.files import read_bytes

PLAN = Path(__file__).parents[2] / "examples" / "shared-targets" / "plan"
HEAD = "指标,地区或部门,完成值,单位,填报单位\n"
JOBS, SCHOOLS, WORK, LAND = "城镇新增就业人数", "市教育局", "市人社局", "新增建设用地面积"


@pytest.fixture(scope="module")
def shared() -> Plan:
    plan, findings = read_plan(PLAN)
    assert plan is not None, findings
    return plan


def judged(plan: Plan, text: str, period: Period | None = None) -> Assessment:
    submission, findings = read_bytes("f.csv", text.encode(), plan)
    assessed = assess_all(plan, [submission], period or plan.period)
    return assessed._replace(findings=(*findings, *assessed.findings))


def part(assessment: Assessment, name: str) -> Result:
    return next(result for result in assessment.allotted if result.indicator.id == name)


def codes(assessment: Assessment) -> set[str]:
    return {fault.code for fault in assessment.findings} - {"S219"}


@pytest.mark.parametrize(
    ("figure", "verdict", "actual"),
    [
        ("0.8,万人", Verdict.MET, Fraction(8, 10)),  # its own ≥0.8, where the whole's ≥3 would be missed
        ("8000,人", Verdict.MET, Fraction(8, 10)),
        ("0.79999,万人", Verdict.MISSED, Fraction(79999, 100000)),
        ("—,万人", Verdict.UNREPORTED, None),
        ("很多,万人", Verdict.UNREADABLE, None),
        ("0.8,公顷", Verdict.UNREADABLE, None),
    ],
)
def test_a_part_is_judged_by_its_own_row(shared: Plan, figure: str, verdict: Verdict, actual: Fraction | None) -> None:
    assessment = judged(shared, f"{HEAD}{JOBS},{SCHOOLS},{figure},{SCHOOLS}\n")
    result = part(assessment, "jobs@市教育局")
    assert (result.verdict, result.actual) == (verdict, actual)
    assert assessment.by_id["jobs"].verdict is Verdict.UNREPORTED


@pytest.mark.parametrize(
    ("rule", "figure", "verdict"),
    [
        ("≤70", "70", Verdict.MET),
        ("≤70", "70.001", Verdict.MISSED),
        ("70", "70.001", Verdict.MISSED),  # a number without a sign has the direction of the whole
        ("<70", "70", Verdict.MISSED),
        ("<70", "69.999", Verdict.MET),
    ],
)
def test_every_direction_of_a_ceiling_is_exact(tmp_path: Path, rule: str, figure: str, verdict: Verdict) -> None:
    plan = changed(tmp_path, f"指标,部门,目标\n{LAND},市住房城乡建设局,{rule}\n")
    assessment = judged(plan, f"{HEAD}{LAND},市住房城乡建设局,{figure},公顷,市住房城乡建设局\n")
    assert part(assessment, "new_land@市住房城乡建设局").verdict is verdict


@pytest.mark.parametrize(
    ("whole", "rule", "figure", "verdict"),
    [
        ("20~30%", "40~50", "50", Verdict.MET),
        ("20~30%", "40~50", "50.01", Verdict.MISSED),
        ("20~30%", "40~50", "39.99", Verdict.MISSED),
        ("=100%", "=90", "90.0", Verdict.MET),
        ("=100%", "=90", "90.1", Verdict.MISSED),
        (">80%", ">85", "85", Verdict.MISSED),
        (">80%", ">85", "85.01", Verdict.MET),
    ],
)
def test_ranges_exact_and_strict_rules(tmp_path: Path, whole: str, rule: str, figure: str, verdict: Verdict) -> None:
    table = f"指标,部门,目标\n职业技能培训覆盖率,{SCHOOLS},{rule}\n"
    plan = changed(tmp_path, table, ("target: ≥80", f'target: "{whole}"'))
    assessment = judged(plan, f"{HEAD}职业技能培训覆盖率,{SCHOOLS},{figure},%,{SCHOOLS}\n")
    assert part(assessment, "training@市教育局").verdict is verdict


def changed(folder: Path, table: str, *texts: tuple[str, str]) -> Plan:
    """The plan with another breakdown, and with other texts in its targets."""
    copied = Path(shutil.copytree(PLAN, folder / "plan"))
    (copied / "breakdown.csv").write_text(table, encoding="utf-8")
    targets = copied / "targets.yaml"
    for old, new in texts:
        text = targets.read_text(encoding="utf-8")
        assert old in text
        targets.write_text(text.replace(old, new, 1), encoding="utf-8")
    plan, findings = read_plan(copied)
    assert plan is not None, findings
    assert len(plan.breakdown) == table.count("\n") - 1, findings
    return plan


def test_neither_the_part_nor_the_whole_stands_in_for_the_other(shared: Plan) -> None:
    both = judged(shared, f"{HEAD}{JOBS},示例市,3.02,万人,{WORK}\n{JOBS},{WORK},1.7,万人,{WORK}\n")
    assert (both.by_id["jobs"].actual, part(both, "jobs@市人社局").actual) == (Fraction(302, 100), Fraction(17, 10))
    assert codes(both) == set()
    whole = judged(shared, f"{HEAD}{JOBS},,3.02,万人,{WORK}\n")
    assert {result.verdict for result in whole.allotted} == {Verdict.UNREPORTED}
    parts = judged(shared, HEAD + "".join(f"{JOBS},{name},9,万人,{name}\n" for name in (WORK, SCHOOLS, "市农业农村局")))
    assert parts.by_id["jobs"].verdict is Verdict.UNREPORTED  # all parts together are not the city's figure
    assert len(parts.results) == 3


def test_the_lead_of_the_whole_may_report_a_part_and_others_may_not(shared: Plan) -> None:
    assert part(judged(shared, f"{HEAD}{JOBS},{SCHOOLS},0.9,万人,{WORK}\n"), "jobs@市教育局").verdict is Verdict.MET
    refused = judged(shared, f"{HEAD}{JOBS},{SCHOOLS},0.9,万人,市农业农村局\n")
    assert (part(refused, "jobs@市教育局").verdict, codes(refused)) == (Verdict.UNREPORTED, {"S212"})
    unmarked = judged(shared, f"{HEAD}{JOBS},,0.9,万人,{SCHOOLS}\n")  # nothing says that it is its part alone
    assert (part(unmarked, "jobs@市教育局").verdict, codes(unmarked)) == (Verdict.UNREPORTED, {"S212"})
    assert unmarked.by_id["jobs"].verdict is Verdict.UNREPORTED
    hints = [fault.hint.text for fault in unmarked.findings if fault.hint]
    assert any("地区或部门" in hint for hint in hints)


@pytest.mark.parametrize("party", ["市住房城乡建设局", "某局", "市自然资源局"])
def test_a_department_without_a_part_has_no_figure(shared: Plan, party: str) -> None:
    assessment = judged(shared, f"{HEAD}{JOBS},{party},3.02,万人,{WORK}\n")
    (fault,) = (fault for fault in assessment.findings if fault.code == "S217")
    assert ("has no part of its own" in fault.message.text) is (party != "某局")
    assert {result.has_figure for result in assessment.judged} == {False}


def test_two_figures_of_a_part_contradict_each_other_and_not_the_whole(shared: Plan) -> None:
    text = f"{HEAD}{JOBS},,3.02,万人,{WORK}\n{JOBS},{SCHOOLS},0.9,万人,{SCHOOLS}\n{JOBS},{SCHOOLS},0.7,万人,{SCHOOLS}\n"
    assessment = judged(shared, text)
    assert part(assessment, "jobs@市教育局").verdict is Verdict.UNREADABLE
    assert assessment.by_id["jobs"].verdict is Verdict.MET
    assert codes(assessment) == {"S210"}


def test_quarters_of_a_part_are_added_up(shared: Plan) -> None:
    quarters = "".join(f"{JOBS},{SCHOOLS},2000,人,{SCHOOLS},2019Q{n}\n" for n in (1, 2, 3, 4))
    assessment = judged(shared, HEAD.strip() + ",时期\n" + quarters)
    assert (part(assessment, "jobs@市教育局").verdict, codes(assessment)) == (Verdict.MET, {"S276"})


def test_before_its_due_date_a_part_is_not_due(shared: Plan) -> None:
    text = f"{HEAD.strip()},时期\n{JOBS},{SCHOOLS},5000,人,{SCHOOLS},2019-01..06\n"
    submission, _ = read_bytes("f.csv", text.encode(), shared)
    period = newest_period(shared, [submission])
    assert str(period) == "2019-01..06"
    assert part(judged(shared, text, period), "jobs@市教育局").verdict is Verdict.NOT_DUE
    assert part(judged(shared, text, period), "jobs@市教育局").actual == Fraction(5, 10)
    november = text.replace("01..06", "01..11").replace("5000", "8000")
    assert part(judged(shared, november, Period(2019, 1, 11)), "jobs@市教育局").verdict is Verdict.MET


def test_a_part_has_the_persons_of_its_row_or_of_its_department(shared: Plan) -> None:
    by_id = {indicator.id: indicator for indicator in shared.allotted}
    assert shared.persons_for(by_id["jobs@市教育局"]) == Persons("丙某", "丁某", "0000-7654321")
    assert shared.persons_for(by_id["jobs@市人社局"]) == Persons("甲某", "乙某", "0000-1234567")
    assert not shared.persons_for(by_id["jobs@市农业农村局"]).named
    assert by_id["jobs@市教育局"].target.deadline.end == (2019, 11)


def test_rows_that_are_not_used_are_counted_as_refused(shared: Plan) -> None:
    text = f"{HEAD}{JOBS},,3.02,万人,{WORK}\n{JOBS},{SCHOOLS},0.9,万人,{SCHOOLS}\n{JOBS},{WORK},1.7,万人,{SCHOOLS}\n"
    rows = judged(shared, text).submissions[0].rows
    assert (rows.used, rows.refused) == (2, 1)


def test_a_part_has_none_of_the_figures_of_the_whole(tmp_path: Path) -> None:
    years = (
        ("  period: 2019\n", "  period: 2019-2021\n"),
        ("target: ≥80\n    deadline: 2019年底", "target: ≥90\n    deadline: 2021年底\n    steps: {2019: ≥80}"),
    )
    plan = changed(tmp_path, f"指标,部门,目标\n职业技能培训覆盖率,{SCHOOLS},50\n", *years)
    assessment = judged(plan, f"{HEAD}职业技能培训覆盖率,{SCHOOLS},45,%,{SCHOOLS}\n", Period(2019))
    assert part(assessment, "training@市教育局").verdict is Verdict.NOT_DUE  # and not missed by the whole's step
    assert str(part(assessment, "training@市教育局").indicator.target.interval) == "≥50"


@pytest.mark.parametrize("regions", [[], ["--each-region"]])
def test_an_engine_judges_parts_as_rows_in_python_do(tmp_path: Path, regions: list[str]) -> None:
    figures = PLAN.parent / "figures.csv"
    rows = figures.read_text(encoding="utf-8") + "".join(f"{JOBS},第{n}县,{n},万人,{WORK}\n" for n in range(3))
    (tmp_path / "f.csv").write_text(rows, encoding="utf-8")
    records = []
    for engine in ("python", "duckdb"):
        written = tmp_path / f"{engine}.json"
        arguments = ["check", str(tmp_path / "f.csv"), "--plan", str(PLAN), "--engine", engine, *regions]
        assert run([*arguments, "--fail-on", "never", "-o", str(written)]) == 0
        record = json.loads(written.read_text(encoding="utf-8"))
        results = [*record.get("results", []), *record.get("own_parts", []), *record.get("indicators", [])]
        faults = sorted(fault["at"] for fault in record["findings"] if fault["severity"] == "error")
        records.append((results, faults))
    assert records[0] == records[1]
    assert len(records[0][0]) >= 3


def test_the_pace_of_a_part_is_that_of_its_own_target_and_due_date(shared: Plan) -> None:
    head = HEAD.replace("完成值", "1-6月完成值")
    text = f"{head}{JOBS},,1.2,万人,{WORK}\n{JOBS},{SCHOOLS},3000,人,{SCHOOLS}\n"
    tracking = tracking_of(judged(shared, text, Period(2019, 1, 6)))
    paces = {each.result.indicator.id: each.pace for each in tracking.every}
    assert paces["jobs@市教育局"].due == Fraction(8, 10) * Fraction(6, 11)
    assert paces["jobs@市教育局"].lead == 100 * (Fraction(3, 8) - Fraction(6, 11))
    assert paces["jobs"].due == Fraction(3, 2)
    assert [each.result.indicator.id for each in tracking.targets] == ["jobs", "training", "new_land"]
    assert pace_tally(tracking.targets).total == 3  # a part is counted with no other


def test_reports_before_the_deadline_show_the_pace_of_parts_apart(tmp_path: Path) -> None:
    (tmp_path / "june.csv").write_text(
        f"{HEAD.replace('完成值', '1-6月完成值')}{JOBS},,1.6,万人,{WORK}\n{JOBS},{SCHOOLS},3000,人,{SCHOOLS}\n",
        encoding="utf-8",
    )
    for command in (["pace"], ["check"], ["report"], ["ledger"], ["escalate"], ["report", "--dept", SCHOOLS]):
        page = tmp_path / "page.md"
        arguments = [*command, str(tmp_path / "june.csv"), "--plan", str(PLAN), "--lang", "en", "-o", str(page)]
        assert run(arguments) in (0, 1)
        lines = [line for line in page.read_text(encoding="utf-8").splitlines() if f"{JOBS}（{SCHOOLS}）" in line]
        assert any("17.0" in line for line in lines), command
        page.unlink()


def test_regions_and_departments_may_both_have_parts(tmp_path: Path) -> None:
    copied = Path(shutil.copytree(PLAN, tmp_path / "plan"))
    regions = '[{code: "1", name: 示例市}, {code: "2", name: 东区, parent: "1"}, {code: "3", name: 西区, parent: "1"}]'
    (copied / "regions.yaml").write_text(f"regions: {regions}\n", encoding="utf-8")
    table = f"指标,地区,部门,目标\n{JOBS},东区,,2\n{JOBS},西区,{WORK},1\n{JOBS},,{SCHOOLS},0.8\n"
    (copied / "breakdown.csv").write_text(table, encoding="utf-8")
    figures = tmp_path / "f.csv"
    rows = f"{JOBS},,3.1,万人,{WORK}\n{JOBS},东区,2.1,万人,{WORK}\n{JOBS},西区,0.9,万人,{WORK}\n"
    figures.write_text(f"{HEAD}{rows}{JOBS},{SCHOOLS},0.7,万人,{SCHOOLS}\n", encoding="utf-8")
    page = tmp_path / "page.json"

    def record(*options: str) -> dict[str, Any]:
        assert run(["check", str(figures), "--plan", str(copied), *options, "-o", str(page)]) in (0, 1)
        return json.loads(page.read_text(encoding="utf-8"))

    city = record()
    assert [(each["lead"], each["verdict"]) for each in city["own_parts"]] == [([SCHOOLS], "missed")]
    assert city["results"][0]["actual"] == "3.1"
    east, west = (record("--region", name) for name in ("东区", "西区"))
    assert (east["results"][0]["verdict"], west["results"][0]["verdict"]) == ("met", "missed")
    assert "own_parts" not in east
    every = record("--by", "region")
    assert not [fault for fault in every["findings"] if fault["severity"] == "error"]
    assert "0.7" not in json.dumps(every["indicators"] if "indicators" in every else every["results"])


def test_a_department_with_nothing_but_a_part_has_its_place_in_the_plan(shared: Plan, tmp_path: Path) -> None:
    assert "P209" not in {fault.code for fault in check_plan(shared)}
    without = changed(tmp_path, f"指标,部门,目标\n{JOBS},{WORK},2\n")
    assert "P209" in {fault.code for fault in check_plan(without)}
