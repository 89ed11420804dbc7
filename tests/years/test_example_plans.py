"""The two example plans of several years: sound, judged, reported, and with the verdicts that their figures give."""

from pathlib import Path

import pytest

from czurban.app.check import check
from czurban.app.options import CheckOptions
from czurban.app.settings import open_plan
from czurban.app.validate import ValidateOptions, find_validated, validate
from czurban.cli.app import run
from czurban.model.assessment import Assessment, Verdict
from czurban.model.finding import Severity
from czurban.model.over_time.pace import PaceStatus
from czurban.tracking.whole import track

PLANS = Path(__file__).parents[2] / "examples" / "plans"
FOURTEENTH, URBANISATION = PLANS / "fourteenth-five-years", PLANS / "urbanisation-2014-2020"


def judged(folder: Path, period: str | None = None) -> Assessment:
    outcome = check(open_plan(folder), [str(folder / "figures.csv")], CheckOptions(period=period))
    assert isinstance(outcome.value, Assessment)
    return outcome.value


def verdicts(assessment: Assessment) -> dict[str, Verdict]:
    return {result.indicator.id: result.verdict for result in assessment.results}


@pytest.mark.parametrize("folder", [FOURTEENTH, URBANISATION])
def test_the_plan_and_its_figures_are_sound(folder: Path) -> None:
    named = find_validated([folder, folder / "figures.csv"])
    outcome = validate(named, ValidateOptions(plan=folder))
    assert [finding for finding in outcome.value if finding.severity is Severity.ERROR] == []


def test_the_fourteenth_plan_after_two_years() -> None:
    assessment = judged(FOURTEENTH)
    assert (len(assessment.results), str(assessment.period)) == (17, "2022")
    due = {name: verdict for name, verdict in verdicts(assessment).items() if verdict is not Verdict.NOT_DUE}
    assert due == {"unemployment": Verdict.MISSED, "grain": Verdict.MET}
    statuses = {each.result.indicator.id: each.pace.status for each in track(assessment, ()).targets}
    early = {name for name, status in statuses.items() if status is PaceStatus.ACHIEVED_EARLY}
    assert early == {"urbanization", "good_water"}
    behind = {name for name, status in statuses.items() if status in (PaceStatus.BEHIND, PaceStatus.MOVED_AWAY)}
    assert behind == {"nursery_places", "energy_intensity", "carbon_intensity", "good_air", "unemployment"}


def test_the_urbanisation_plan_at_its_end() -> None:
    assessment = judged(URBANISATION)
    assert (len(assessment.results), str(assessment.period)) == (18, "2020")
    missed = {name for name, verdict in verdicts(assessment).items() if verdict is Verdict.MISSED}
    assert missed == {"water_supply", "land", "green_space"}
    met = {name for name, verdict in verdicts(assessment).items() if verdict is Verdict.MET}
    assert met == {"residents", "registered", "pensions", "sewage", "waste"}
    assert verdicts(assessment)["green_buildings"] is Verdict.UNREPORTED


def test_the_urbanisation_plan_half_way() -> None:
    assessment = judged(URBANISATION, "2017")
    assert set(verdicts(assessment).values()) == {Verdict.NOT_DUE}


@pytest.mark.parametrize("folder", [FOURTEENTH, URBANISATION])
@pytest.mark.parametrize("command", ["check", "report", "ledger", "escalate", "status", "pace", "why 3", "trend 3"])
def test_every_command_takes_the_plan(
    folder: Path, command: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CZURBAN_LANG", "en")
    number = "1" if folder == URBANISATION else "3"
    code = run(
        [*command.replace("3", number).split(), str(folder / "figures.csv"), "--plan", str(folder), "--format", "json"]
    )
    printed = capsys.readouterr()
    assert code in (0, 1), printed.err
    assert printed.out.startswith("{")


@pytest.mark.parametrize("name", ["page.html", "bulletin.docx", "book.xlsx"])
def test_a_report_is_written(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written = tmp_path / name
    run(["report", str(FOURTEENTH / "figures.csv"), "--plan", str(FOURTEENTH), "-o", str(written)])
    assert written.stat().st_size > 1000, capsys.readouterr().err


def test_a_form_asks_for_every_year_and_is_read_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = run(
        ["template", "--plan", str(FOURTEENTH), "--dept", "教育部", "-o", str(tmp_path), "-f", "csv", "--lang", "zh"]
    )
    assert code == 0, capsys.readouterr().err
    (form,) = tmp_path.iterdir()
    text = form.read_text(encoding="utf-8-sig")
    assert [f"{year}年完成值" in text for year in range(2020, 2027)] == [False, *[True] * 5, False]
    form.write_text(text.replace("≥11.3,,,", "≥11.3,10.9,11,"), encoding="utf-8-sig")
    outcome = check(open_plan(FOURTEENTH), [str(form)], CheckOptions())
    assert isinstance(outcome.value, Assessment)
    (schooling,) = (result for result in outcome.value.results if result.indicator.id == "schooling")
    assert (str(outcome.value.period), schooling.actual) == ("2022", 11)


def test_why_shows_the_years_that_make_a_figure(capsys: pytest.CaptureFixture[str]) -> None:
    run(["why", "14", str(FOURTEENTH / "figures.csv"), "--plan", str(FOURTEENTH), "--lang", "en"])
    printed = capsys.readouterr().out
    assert "Value: 2.7973%, by the figures of 2021-2022 together" in printed
    assert "Judged by the decline of all years together: ≥13.5%" in printed
    assert "used: “2.7” for 2021" in printed
    assert "used: “0.1” for 2022" in printed
    assert "not used" not in printed


def test_show_prints_the_year_of_a_baseline(capsys: pytest.CaptureFixture[str]) -> None:
    run(["show", "13", "--plan", str(FOURTEENTH), "--lang", "en"])
    printed = capsys.readouterr().out
    assert "Baseline: 77.3（2019）" in printed
    assert "Judged by the change from the baseline: ≥1岁" in printed


def test_pace_prints_the_age_of_a_figure(capsys: pytest.CaptureFixture[str]) -> None:
    run(["pace", str(FOURTEENTH / "figures.csv"), "--plan", str(FOURTEENTH), "--lang", "en"])
    printed = capsys.readouterr().out
    assert "24 of 60 months have passed." in printed
    (schooling,) = (line for line in printed.splitlines() if "劳动年龄人口平均受教育年限" in line)
    assert "figure of 2021, one year old" in schooling
    (energy,) = (line for line in printed.splitlines() if "单位GDP能源消耗降低" in line)
    assert "2021-2022 together" in energy
    (places,) = (line for line in printed.splitlines() if "托位数" in line)
    assert ("25.9%" in places, "0.67" in places, "0.35" in places) == (True, True, True)


def test_trend_and_pace_agree_on_what_is_due(capsys: pytest.CaptureFixture[str]) -> None:
    for number, due in (("3", "62.8%"), ("14", "5.636%")):
        run(["trend", number, str(FOURTEENTH / "figures.csv"), "--plan", str(FOURTEENTH), "--lang", "en"])
        printed = capsys.readouterr().out
        assert f"Required at the end of 2022: {due}" in printed
        assert "not used" not in printed
