"""Indicators that the plan gives no target: figures are asked for, shown and computed with, and counted nowhere."""

import shutil
from fractions import Fraction
from pathlib import Path

import pytest

import czurban
from czurban.app.assessing import assess_all, find_figures, read_figures
from czurban.app.regions import judge_regions
from czurban.app.settings import open_plan
from czurban.checking.collection.department_status import department_statuses
from czurban.checking.ledger.entries import ledger_entries
from czurban.cli.app import run
from czurban.model.collection.asked import indicators_of
from czurban.model.over_time.rule_file import MissingCase
from czurban.reading.plan.files import read_draft
from czurban.reading.sources.limits import LIMITS

LINKED = Path("examples/linked").resolve()
INPUTS = {"land_added", "land_per_settler", "transfer", "transfer_per_settler"}


@pytest.fixture(name="checked")
def _checked() -> czurban.CheckResult:
    return czurban.check(LINKED / "plan", LINKED / "figures.csv")


def test_land_and_transfer_per_new_settler_have_their_units(checked: czurban.CheckResult) -> None:
    by_id = checked.assessment.by_id
    land, transfer = by_id["land_per_settler"], by_id["transfer_per_settler"]
    assert (land.actual, land.indicator.unit.name) == (Fraction(90), "平方米/人")
    assert (transfer.actual, transfer.indicator.unit.name) == (Fraction(3000), "元/人")
    assert land.derived
    assert land.derived.working == "756公顷 ÷ 84000人"


@pytest.mark.parametrize(
    ("county", "land", "transfer"),
    [
        ("东区", Fraction(70), Fraction(2500)),
        ("西区", Fraction(100), Fraction(3000)),
        ("北县", Fraction(110), Fraction(4000)),
        ("南县", Fraction("97.6"), Fraction(2880)),
    ],
)
def test_each_county_has_its_own_figures(county: str, land: Fraction, transfer: Fraction) -> None:
    plan = open_plan(LINKED / "plan")
    submissions, _ = read_figures([str(LINKED / "figures.csv")], plan, LIMITS)
    judged = judge_regions(plan, submissions, plan.period, county, None).whole
    assert judged.by_id["land_per_settler"].actual == land
    assert judged.by_id["transfer_per_settler"].actual == transfer
    assert [result.indicator.id for result in judged.results] == ["settled"]


def test_inputs_are_counted_nowhere(checked: czurban.CheckResult) -> None:
    assert {result.indicator.id for result in checked.assessment.inputs} == INPUTS
    assert dict(checked.tally) == {"met": 1}
    assert list(checked.verdicts) == ["settled"]
    assert len(ledger_entries(checked.assessment)) == 1
    statuses = department_statuses(checked.assessment)
    assert {result.indicator.id for status in statuses for result in status.results} == {"settled"}


def test_inputs_are_in_the_forms() -> None:
    plan = open_plan(LINKED / "plan")
    office = plan.department("市财政局")
    assert office
    assert [indicator.id for indicator in indicators_of(plan, office)] == ["transfer", "transfer_per_settler"]


def test_a_missing_input_fails_no_check(tmp_path: Path) -> None:
    figures = tmp_path / "figures.csv"
    figures.write_text("指标,完成值\n新增落户人数,84000\n", encoding="utf-8")
    command = ["check", str(figures), "--plan", str(LINKED / "plan"), "--fail-on", "unreported"]
    assert run(command) == 0


def test_scores_leave_inputs_out() -> None:
    result = czurban.score(LINKED / "plan", LINKED / "figures.csv")
    missing = {each.rating.result.indicator.id: each.rating.missing for each in result}
    assert missing == {"settled": None, **dict.fromkeys(INPUTS, MissingCase.NO_TARGET)}
    assert len(result.scores.total.counted) == 1


def test_the_report_lists_inputs_without_a_verdict(checked: czurban.CheckResult) -> None:
    record = checked.to_dict("en")
    assert [each["id"] for each in record["results"]] == ["settled"]
    assert {each["id"]: (each["actual"], each["verdict"], each["direction"]) for each in record["without_target"]} == {
        "land_added": ("756", None, None),
        "land_per_settler": ("90", None, None),
        "transfer": ("25200", None, None),
        "transfer_per_settler": ("3000", None, None),
    }


def test_why_shows_an_input(capsys: pytest.CaptureFixture[str]) -> None:
    code = run(["why", "land_per_settler", str(LINKED / "figures.csv"), "--plan", str(LINKED / "plan"), "--lang", "en"])
    shown = capsys.readouterr().out
    assert code == 0
    assert "No target: its figure is shown, and counted nowhere." in shown
    assert "756公顷 ÷ 84000人 = 90平方米/人" in shown
    assert "Verdict" not in shown


@pytest.mark.parametrize("key", ["side: floor", "tolerance: 3", "annual: true", "path: {2019-01..06: 3}"])
def test_keys_of_targets_are_refused_without_a_target(tmp_path: Path, key: str) -> None:
    shutil.copytree(LINKED / "plan", tmp_path / "plan")
    path = tmp_path / "plan" / "targets.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("    target: 无\n", f"    target: 无\n    {key}\n", 1), encoding="utf-8")
    findings = read_draft(tmp_path / "plan").findings
    assert [finding.code for finding in findings if finding.severity == "error"] == ["P107"]
    assert "has no target" in str(findings[0].message)


def test_every_region_is_surveyed_without_inputs(capsys: pytest.CaptureFixture[str]) -> None:
    figures = find_figures([LINKED / "figures.csv"])
    assert figures.files
    assert run(["check", *figures.files, "--plan", str(LINKED / "plan"), "--each-region", "--lang", "en"]) == 0
    assert "5 regions, 5 targets in all: 5 met." in capsys.readouterr().out


def test_the_plan_is_sound() -> None:
    findings = czurban.validate(LINKED / "plan")
    assert {finding.code for finding in findings} == {"P224"}


def test_an_input_of_a_plan_of_one_period_is_judged_by_no_region_below() -> None:
    plan = open_plan(LINKED / "plan")
    below = plan.for_region("北县")
    assert below.inputs == INPUTS
    assert below.without_target >= INPUTS
    submissions, _ = read_figures([str(LINKED / "figures.csv")], plan, LIMITS)
    assert {each.indicator.id for each in assess_all(below, submissions, plan.period).inputs} == INPUTS
