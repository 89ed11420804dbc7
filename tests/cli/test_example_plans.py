"""A plan of another country, in English, and one of five rows without tasks or categories go through every command."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from czurban.cli.app import COMMANDS, run
from czurban.model.assessment import Verdict

PLANS = Path(__file__).parents[2] / "examples" / "plans"
Run = Callable[..., tuple[int, str, str]]

CALLS = {
    "check": "figures.csv",
    "report": "figures.csv -o report.html",
    "site": "figures.csv -o site",
    "compute": "figures.csv",
    "why": "{name} figures.csv",
    "trend": "{name} figures.csv",
    "compare": "{plan} {plan}",
    "ledger": "figures.csv",
    "pace": "figures.csv",
    "escalate": "figures.csv",
    "score": "figures.csv",
    "status": "figures.csv",
    "validate": "{plan}",
    "template": "--dept {dept} -o form.xlsx",
    "list": "indicators",
    "show": "{name}",
    "rule": "S295",
    "schema": "plan",
    "new": "another",
    "import": "printed.csv -o imported",
    "read-target": "≥41",
    "fix": "{plan}",
}
"""The words of a call of every command; files of figures and folders are in the place where it is run."""
EXAMPLES = {
    "northland-2025": {"name": "AHS-4.1", "dept": "MoH", "lang": "en"},
    "five-rows": {"name": "自来水普及率", "dept": "镇建设办", "lang": "zh"},
}


@pytest.fixture(params=EXAMPLES)
def example(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A copy of an example in a folder of its own, in which commands are run, and the words of its calls."""
    words = EXAMPLES[request.param]
    shutil.copytree(PLANS / request.param, tmp_path / "plan")
    shutil.move(tmp_path / "plan" / "figures.csv", tmp_path / "figures.csv")
    table = "指标,单位,2025年目标,牵头单位\n城镇化率,%,≥41,市公安局\n"
    (tmp_path / "printed.csv").write_text(table, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CZURBAN_PLAN", "plan")
    monkeypatch.setenv("CZURBAN_LANG", words["lang"])
    return {**words, "plan": "plan"}


@pytest.fixture
def called(capfd: pytest.CaptureFixture[str]) -> Run:
    def call(*words: str) -> tuple[int, str, str]:
        return (run(list(words)), *capfd.readouterr())

    return call


def test_there_is_a_call_of_every_command() -> None:
    assert set(CALLS) == set(COMMANDS)


@pytest.mark.parametrize("command", CALLS)
def test_every_command_works_with_the_example(command: str, example: dict[str, str], called: Run) -> None:
    code, _, err = called(command, *(word.format_map(example) for word in CALLS[command].split()))
    assert code in {0, 1}, err
    assert "Traceback" not in err


@pytest.mark.parametrize("suffix", ["html", "docx", "xlsx", "md", "csv", "json"])
def test_every_format_of_the_report_works_with_the_example(suffix: str, example: dict[str, str], called: Run) -> None:
    assert example
    file = Path(f"out.{suffix}")
    code, _, err = called("check" if suffix == "csv" else "report", "figures.csv", "-o", str(file))
    assert code in {0, 1}, err
    assert file.stat().st_size > 0


MET, MISSED = Verdict.MET, Verdict.MISSED
NORTHLAND = {
    "AHS-1.1": (MISSED, None),
    "AHS-1.2": (MET, None),
    "AHS-1.3": (MET, None),
    "AHS-2.1": (MET, None),
    "AHS-2.2": (MISSED, None),
    "AHS-2.3": (MET, "B"),
    "AHS-2.4": (MET, None),
    "AHS-3.1": (MISSED, None),
    "AHS-3.2": (MET, None),
    "AHS-4.1": (MISSED, None),
}


def test_the_verdicts_of_the_plan_in_english(called: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(PLANS / "northland-2025")
    _, out, err = called("check", "figures.csv", "--plan", ".", "-f", "json")
    record = json.loads(out)
    assert {row["no"]: (row["verdict"], row["grade"]) for row in record["results"]} == NORTHLAND
    assert [row["no"] for row in record["without_target"]] == ["AHS-4.2"]
    assert {row["no"]: row["binding"] for row in record["results"] if row["binding"] is not None} == {
        "AHS-1.1": True,
        "AHS-1.3": True,
        "AHS-2.3": False,
    }
    assert err == ""


def test_the_districts_of_the_plan_in_english_have_the_targets_of_their_type(
    called: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(PLANS / "northland-2025")
    code, out, _ = called("check", "districts.csv", "--plan", ".", "--by", "region", "-f", "csv", "--lang", "en")
    assert code == 1
    rows = [line for line in out.splitlines() if "AHS-2.4" in line]
    assert [("≥98" in row, "≥80" in row, "missed" in row) for row in rows[:3]] == [
        (True, False, True),
        (False, True, False),
        (False, True, True),
    ]


def test_the_plan_of_five_rows_is_sound(called: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(PLANS / "five-rows")
    assert called("validate", ".")[0] == 0
    code, out, _ = called("check", "figures.csv", "--plan", ".", "-f", "json")
    assert code == 1
    assert [row["verdict"] for row in json.loads(out)["results"]] == ["met", "missed", "met", "met", "met"]


DISTRICTS = """indicator,region,value,unit,period
Life expectancy in the Fells,A,80.3,years,2025
Life expectancy in the Fells,B,80.1,years,2025
Influenza vaccination of older people,A,72,%,2025
Influenza vaccination of care staff,A,73,%,2025
Influenza vaccination of older people,B,75,%,2025
Influenza vaccination of care staff,B,73,%,2025
Influenza vaccination of care staff,C,73,%,2025
Satisfaction with primary care,A,69.99,%,2025
Satisfaction with primary care,B,70,%,2025
Health spending as a share of GDP,A,7,%,2025
Health spending as a share of GDP,B,9,%,2025
National dementia plan,A,adopted,,2025
National dementia plan,B,drafted,,2025
National dementia plan,C,postponed,,2025
"""
COUNTS = {
    "life_expectancy_fells": {"met": 1, "missed": 1},
    "vaccinated": {"met": 2},
    "vaccinated_staff": {"met": 1, "missed": 1, "unreadable": 1},
    "satisfaction": {"met": 1, "missed": 1},
    "spending": {"met": 1, "missed": 1},
    "dementia_plan": {"met": 1, "missed": 1, "unreadable": 1},
}


@pytest.mark.parametrize("engine", ["python", "duckdb"])
def test_engines_judge_every_kind_of_target_alike(
    engine: str, called: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("districts.csv").write_text(DISTRICTS, encoding="utf-8")
    plan = str(PLANS / "northland-2025")
    code, out, _ = called(
        "check", "districts.csv", "--plan", plan, "--each-region", "--engine", engine, "-f", "json", "--lang", "en"
    )
    assert code == 1
    rows = {row["id"]: row for row in json.loads(out)["indicators"]}
    counted = {
        name: {verdict: row[verdict] for verdict in ("met", "missed", "unreadable") if row.get(verdict)}
        for name, row in rows.items()
    }
    assert {name: counts for name, counts in counted.items() if counts} == COUNTS


def test_a_form_offers_the_stages_and_is_read_back(
    called: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    plan = str(PLANS / "northland-2025")
    assert called("template", "--plan", plan, "--dept", "MoH", "-o", "form.csv")[0] == 0
    form = Path("form.csv")
    text = form.read_text(encoding="utf-8-sig").replace("adopted,,,", "adopted,in force,,")
    form.write_text(text, encoding="utf-8-sig")
    _, out, _ = called("check", "form.csv", "--plan", plan, "-f", "json")
    record = json.loads(out)
    assert {row["no"]: row["verdict"] for row in record["results"]}["AHS-4.1"] == "met"
    assert [each for each in record["findings"] if each["severity"] == "error"] == []
