"""The Python interface: complete, documented, with examples that hold, and with the verdicts of the commands."""

import doctest
import inspect
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import czurban
from czurban.cli.app import run
from czurban.errors import OutputError, UnknownThingError, UnreadableError, UsageError

ROOT = Path(__file__).resolve().parents[1]
FUNCTIONS = ("read_plan", "check", "report", "validate", "compute")


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What a command prints to standard output."""
    run(arguments)
    return capsys.readouterr().out


@pytest.fixture(autouse=True)
def _in_the_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@pytest.mark.parametrize("name", [*FUNCTIONS, "trend", "compare", "CheckResult", "ComputeResult", "Report"])
def test_every_example_in_a_docstring_holds(name: str) -> None:
    tests = doctest.DocTestFinder(recurse=False).find(getattr(czurban, name), name, globs={"czurban": czurban})
    assert any(test.examples for test in tests)
    runner = doctest.DocTestRunner(verbose=False)
    for test in tests:
        runner.run(test)
    assert runner.summarize(verbose=False).failed == 0


def test_every_public_name_can_be_had_and_is_documented() -> None:
    assert sorted(czurban.__all__) == czurban.__all__
    assert dir(czurban) == czurban.__all__
    for name in czurban.__all__:
        thing = getattr(czurban, name)
        assert name == "__version__" or inspect.getdoc(thing)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = czurban.nothing  # type: ignore[attr-defined]


@pytest.mark.parametrize("arguments", [["examples/actuals-2019.csv"], ["examples/actuals-2019.xlsx"]])
def test_the_results_are_those_of_the_command(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    result = czurban.check("data", arguments)
    text = printed(capsys, "check", *arguments, "--format", "json", "--lang", "en")
    assert json.loads(text) == json.loads(json.dumps(result.to_dict("en"), default=str))


def test_what_formulas_give_is_judged_as_in_the_command(tmp_path: Path) -> None:
    """The resident population is reported, its increase is not: the formula gives it."""
    figures = tmp_path / "figures.csv"
    figures.write_text("指标,单位,2019年实际\n城镇常住人口,万人,139.02\n", encoding="utf-8")
    result = czurban.check("data", figures)
    assert result.verdicts["urban_resident_population_added"] == czurban.Verdict.MET
    assert result.tally[czurban.Verdict.MET] == 2


def test_rows_have_one_mapping_for_each_indicator() -> None:
    result = czurban.check("data", "examples/actuals-2018.csv", period="2018")
    assert [row["id"] for row in result.to_rows("en")] == list(result.verdicts)


def test_a_plan_that_cannot_be_used_says_why(tmp_path: Path) -> None:
    (tmp_path / "targets.yaml").write_text("indicators: 3\n", encoding="utf-8")
    with pytest.raises(czurban.PlanError) as caught:
        czurban.read_plan(str(tmp_path))
    assert [finding.code[:2] for finding in caught.value.findings] == ["P1"] * len(caught.value.findings)
    assert caught.value.findings
    with pytest.raises(UnreadableError):
        czurban.read_plan(tmp_path / "nowhere")


def test_a_report_is_saved_by_the_ending_of_its_name(tmp_path: Path) -> None:
    report = czurban.report(czurban.check("data", "examples/actuals-2019.csv"), lang="zh")
    assert report.save(tmp_path / "a.md") == f"Written: {tmp_path / 'a.md'} (markdown)"
    assert (tmp_path / "a.md").read_text(encoding="utf-8").startswith("# ")
    with pytest.raises(UsageError):
        report.save(tmp_path / "a.exe")
    with pytest.raises(UsageError):
        report.render("exe")


def test_a_report_does_not_replace_figures(tmp_path: Path) -> None:
    figures = tmp_path / "figures.csv"
    figures.write_bytes(Path("examples/actuals-2019.csv").read_bytes())
    report = czurban.report(czurban.check("data", figures))
    with pytest.raises(OutputError):
        report.save(figures)


@pytest.mark.parametrize(
    "about",
    [{"dept": "市公安局"}, {"task": 1}, {"category": "基本公共服务"}, {}],
    ids=["dept", "task", "category", "all"],
)
def test_each_report_is_that_of_the_command(
    about: dict[str, object], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    options = [text for key, value in about.items() for text in (f"--{key}", str(value))]
    text = printed(capsys, "report", "examples/actuals-2019.csv", "--lang", "zh", *options)
    report = czurban.report(czurban.check("data", "examples/actuals-2019.csv"), lang="zh", **about)  # type: ignore[arg-type]
    assert str(report) == text


def test_unknown_names_are_errors() -> None:
    result = czurban.check("data", "examples/actuals-2019.csv")
    with pytest.raises(UnknownThingError):
        czurban.report(result, dept="nobody")
    with pytest.raises(UsageError):
        czurban.check("data", "examples/actuals-2019.csv", each_region=True)
    with pytest.raises(UsageError):
        czurban.check("data", [])


def test_the_example_script_runs(tmp_path: Path) -> None:
    script = [sys.executable, "examples/from_python.py", str(tmp_path)]
    environment = {**os.environ, "PYTHONUTF8": "1"}
    done = subprocess.run(script, check=False, capture_output=True, text=True, cwd=ROOT, env=environment)
    assert done.returncode == 0, done.stderr
    assert "'met': 21" in done.stdout
    assert "城镇登记失业率 451/100 ≤4.5" in done.stdout
    assert (tmp_path / "page.md").is_file()


def test_options_that_cannot_be_followed_are_errors() -> None:
    result = czurban.check("data", "examples/actuals-2019.csv")
    with pytest.raises(UsageError, match="“fr” is not supported"):
        czurban.report(result, lang="fr")
    with pytest.raises(UsageError, match="each a report of its own"):
        czurban.report(result, task=6, dept="市公安局")
    with pytest.raises(UsageError, match="--only has no “bogus”"):
        czurban.check("data", "examples/actuals-2019.csv", only=["met", "bogus"])


def test_a_period_may_be_a_number_and_a_verdict_a_name() -> None:
    by_number = czurban.check("data", "examples/actuals-2018.csv", period=2018, only="missed")
    by_text = czurban.check("data", "examples/actuals-2018.csv", period="2018", only={czurban.Verdict.MISSED})
    assert by_number.to_rows("en") == by_text.to_rows("en")
    assert {row["verdict"] for row in by_number.to_rows("en")} == {"missed"}
    with pytest.raises(UsageError, match="cannot be read as a period"):
        czurban.check("data", "examples/actuals-2018.csv", period=18)


def test_faults_in_the_figures_are_with_what_formulas_give(tmp_path: Path) -> None:
    figures = tmp_path / "figures.csv"
    figures.write_text("指标,数值,单位\n城镇新增就人数,16000,人\n", encoding="utf-8")
    result = czurban.compute("data", figures)
    assert [finding.code for finding in result.findings] == ["S201"]
    assert len(result) == len(list(result)) == 3
