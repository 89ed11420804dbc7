"""The pace inside the other commands, whenever the judged period ends before the deadline."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from czurban.cli.app import run

ROOT = Path(__file__).parents[2]
JOBS = "城镇新增就业人数"
ROWS = (
    f"{JOBS},1.12,万人,2019年1-9月",
    "户籍人口城镇化率,19.2,%,2019年9月",
    "城乡居民养老保险参保人数,118.6,万人,2019年9月",
    "城镇污水处理率,96.9,%,2019年1-9月",
    "新建、改扩建义务教育学校,1,所,2019年9月",
    "棚户区改造开工套数,6791,套,2019年1-9月",
)


class Answer(NamedTuple):
    """What a call of the program gives."""

    exit_code: int
    stdout: str
    stderr: str

    @property
    def record(self) -> dict[str, Any]:
        """What was printed as JSON."""
        found: dict[str, Any] = json.loads(self.stdout)
        return found


Call = Callable[..., Answer]


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path) -> Call:
    """Run a command on rows of figures."""
    monkeypatch.setenv("CZURBAN_PLAN", str(ROOT / "data"))
    monkeypatch.chdir(tmp_path)

    def called(*words: str, rows: tuple[str, ...] = ROWS, lang: str = "en") -> Answer:
        Path("f.csv").write_text("\n".join(("指标,数值,单位,时期", *rows)), encoding="utf-8")
        code = run(["--lang", lang, *words])
        return Answer(code, *capfd.readouterr())

    return called


HEADLINE = "9 of 12 months have passed. 6 targets are assessed: 1 achieved early, 1 on pace, 4 behind"


@pytest.mark.parametrize("period", ["2019-09", "2019-01..09", "三季报"])
@pytest.mark.parametrize("command", ["check", "report", "ledger", "escalate", "status"])
def test_every_command_begins_with_the_headline(call: Call, command: str, period: str) -> None:
    answer = call(command, "f.csv", "--period", period, "--fail-on", "never")
    assert HEADLINE in " ".join(answer.stdout.split())
    assert answer.exit_code == 0


@pytest.mark.parametrize("form", ["text", "markdown", "json", "csv"])
def test_a_check_shows_the_pace_of_what_is_not_due(call: Call, form: str) -> None:
    out = call("check", "f.csv", "--period", "2019-09", "-f", form).stdout
    assert "behind" in out
    assert "moved" in out
    if form == "text":
        assert "not due" not in out
        assert "of 25 met" not in out


def test_a_record_has_the_pace_of_each_result(call: Call) -> None:
    record = call("check", "f.csv", "--period", "2019-09", "-f", "json").record
    results = {each["name"]: each for each in record["results"]}
    assert (results[JOBS]["verdict"], results[JOBS]["pace"], results[JOBS]["ahead_by"]) == ("not-due", "behind", "-1/3")
    assert record["pace"]["elapsed"]["share"] == "0.75"
    assert record["pace"]["tally"]["assessed"] == 6


@pytest.mark.parametrize("command", ["check", "report", "ledger", "escalate", "status"])
def test_a_whole_year_has_no_pace(call: Call, command: str) -> None:
    rows = (f"{JOBS},1.6,万人,2019",)
    answer = call(command, "f.csv", "-f", "json", rows=rows)
    assert "months have passed" not in answer.stdout
    assert "elapsed" not in answer.stdout


@pytest.mark.parametrize("command", ["check", "report", "ledger", "escalate", "status", "why"])
def test_what_lags_fails_every_command_that_is_asked_to(call: Call, command: str) -> None:
    words = (command, JOBS, "f.csv") if command == "why" else (command, "f.csv")
    assert call(*words, "--period", "2019-09").exit_code == 0
    assert call(*words, "--period", "2019-09", "--fail-on", "behind").exit_code == 1
    only = (f"{JOBS},1.4,万人,2019年1-9月",)
    assert call(*words, "--period", "2019-09", "--fail-on", "behind", rows=only).exit_code == 0


def test_why_shows_the_arithmetic(call: Call) -> None:
    out = call("why", JOBS, "f.csv", "--period", "2019-09").stdout
    for line in (
        "* Pace: ▼ behind (behind by 0.3 points)",
        "  - Time: 9 of 12 months = 75%",
        "  - Due by now: 1.5 × 75% = 1.13万人",
        "  - Reached: 1.12 ÷ 1.5 = 74.667%",
        "  - Reached − due: 74.667% − 75% = -0.333 points",
        "  - Needed: 0.38 ÷ 3 = 0.13 a month",
        "  - At this rate at the end: 1.49万人",
    ):
        assert line in out


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("户籍人口城镇化率", "Due by now: 18 + (20 − 18) × 75% = 19.5%"),
        ("户籍人口城镇化率", "Reached: (19.2 − 18) ÷ (20 − 18) = 60%"),
        ("城镇污水处理率", "The time left has to average (96.4 × 12 − 96.9 × 9) ÷ 3 = 94.9%"),
        ("常住人口城镇化率", "Pace: > annual, not assessed: Its figure exists only at the end of the year."),
        ("新建、改扩建义务教育学校", "Out of reach at any plausible rate."),
        ("新建幼儿园", "Pace: - not reported"),
    ],
)
def test_why_shows_the_arithmetic_of_each_kind(call: Call, name: str, line: str) -> None:
    assert line in call("why", name, "f.csv", "--period", "2019-09").stdout


def test_the_escalation_warns_early(call: Call) -> None:
    matters = call("escalate", "f.csv", "--period", "2019-09", "-f", "json").record["matters"]
    warned = [(each["ground"], each["name"]) for each in matters if each["ground"] in ("lost", "behind")]
    assert warned == [
        ("lost", "新建、改扩建义务教育学校"),
        ("behind", "城乡居民养老保险参保人数"),
        ("behind", "户籍人口城镇化率"),
        ("behind", JOBS),
    ]
    why = {each["name"]: each["why"] for each in matters}
    assert "50.0 points behind" in why["新建、改扩建义务教育学校"]
    assert "worse than its baseline 119万人" in why["城乡居民养老保险参保人数"]
    assert "needs 0.13 a month, and it has had 0.12 a month" in why[JOBS]


def test_an_empty_collection_is_not_complete_before_the_deadline(call: Call) -> None:
    departments = call("status", "f.csv", "--period", "2019-09", "-f", "json").record["departments"]
    police = next(each for each in departments if each["department"] == "市公安局")
    assert (police["indicators"], police["reported"], police["missing"]) == (3, 1, 2)
    assert (police["state"], police["on_pace"], police["behind"]) != ("complete", 0, 0)
    land = next(each for each in departments if each["department"] == "市自然资源局")
    assert "urban_construction_land" not in land["missing_indicators"]


def test_the_ledger_has_the_pace_and_stays_open(call: Call) -> None:
    entries = call("ledger", "f.csv", "--period", "2019-09", "-f", "json").record["entries"]
    jobs = next(each for each in entries if each["name"] == JOBS)
    assert (jobs["verdict"], jobs["closing"], jobs["pace"]) == ("not-due", "not-due", "behind")


@pytest.mark.parametrize("words", [("--dept", "市公安局"), ("--task", "6"), ("--category", "基本公共服务"), ()])
@pytest.mark.parametrize("form", ["text", "html", "markdown", "json", "csv"])
def test_every_report_shows_the_pace(call: Call, words: tuple[str, ...], form: str) -> None:
    answer = call("report", "f.csv", "--period", "2019-09", "-f", form, *words)
    assert answer.exit_code == 0
    assert "behind" in answer.stdout
    assert "慢于序时" in call("report", "f.csv", "--period", "2019-09", "-f", "html", *words, lang="zh").stdout


@pytest.mark.parametrize("form", ["docx", "xlsx"])
@pytest.mark.parametrize("command", ["report", "pace", "ledger", "escalate"])
def test_office_files_are_written(call: Call, command: str, form: str) -> None:
    answer = call(command, "f.csv", "--period", "2019-09", "-o", f"out.{form}")
    assert (answer.exit_code, Path(f"out.{form}").stat().st_size > 5000) == (0, True)


@pytest.mark.parametrize("command", ["check", "report", "ledger", "escalate", "pace"])
def test_a_department_reads_the_headline_of_its_own_targets(call: Call, command: str) -> None:
    out = " ".join(call(command, "f.csv", "--period", "2019-09", "--dept", "市教育局").stdout.split())
    assert "1 target is assessed: 1 behind" in out
