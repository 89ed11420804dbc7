"""`czurban pace`: figures of a part of the year, periods in all forms, gaps, formats and exit codes."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from czurban.app.assessing import choose_period
from czurban.app.settings import open_plan
from czurban.cli.app import run
from czurban.errors import UsageError
from czurban.model.period import Period, parse_in_year

ROOT = Path(__file__).parents[2]
PLAN = str(ROOT / "data")
JOBS = "城镇新增就业人数"


class Answer(NamedTuple):
    """What a call of the program gives."""

    exit_code: int
    stdout: str
    stderr: str


Pace = Callable[..., Answer]


@pytest.fixture
def pace(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path) -> Pace:
    """Run `czurban pace`, or another command, on rows of figures."""
    monkeypatch.setenv("CZURBAN_PLAN", PLAN)
    monkeypatch.chdir(tmp_path)

    def called(*rows: str, args: tuple[str, ...] = (), lang: str = "en", command: str = "pace") -> Answer:
        Path("figures.csv").write_text("\n".join(("指标,数值,单位,时期", *rows)), encoding="utf-8")
        code = run(["--lang", lang, command, "figures.csv", *args])
        return Answer(code, *capfd.readouterr())

    return called


def jobs(*parts: tuple[str, str]) -> list[str]:
    return [f"{JOBS},{value},万人,{period}" for value, period in parts]


def targets(result: Answer) -> dict[str, dict[str, object]]:
    record = json.loads(result.stdout)
    return {target["name"]: target for target in record["targets"]}


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("前三季度", Period(2019, 1, 9)),
        ("三季报", Period(2019, 1, 9)),
        ("截至9月底", Period(2019, 1, 9)),
        ("截至2019年9月末", Period(2019, 1, 9)),
        ("1-9月", Period(2019, 1, 9)),
        ("2019年1-9月", Period(2019, 1, 9)),
        ("上半年", Period(2019, 1, 6)),
        ("下半年", Period(2019, 7, 12)),
        ("一季度", Period(2019, 1, 3)),
        ("9月", Period(2019, 9, 9)),
        ("Q3", Period(2019, 7, 9)),
        ("H1", Period(2019, 1, 6)),
        ("截至7月27日", Period(2019, 1, 7, day=27)),
        ("7月2日", Period(2019, 1, 7, day=2)),
        ("前9个月", Period(2019, 1, 9)),
        ("全年", Period(2019)),
        ("随便", None),
    ],
)
def test_a_period_may_lack_its_year(text: str, period: Period | None) -> None:
    assert parse_in_year(text, 2019) == period


def test_the_last_day_of_a_month_is_its_end() -> None:
    plan = open_plan(PLAN)
    assert choose_period("2019-06-30", plan) == Period(2019, 1, 6)
    assert choose_period("2019-06-29", plan) == Period(2019, 1, 6, day=29)
    with pytest.raises(UsageError):
        choose_period("2019-06-31", plan)


def test_an_unreadable_period_is_refused() -> None:
    with pytest.raises(UsageError):
        choose_period("随便", open_plan(PLAN))


@pytest.mark.parametrize("period", ["2019-01..09", "2019-09", "2019Q3", "三季报", "截至9月底"])
def test_a_flow_is_compared_with_the_time_since_january(pace: Pace, period: str) -> None:
    result = pace(f"{JOBS},1.12,万人,2019年1-9月", args=("--period", period, "-f", "json"))
    found = targets(result)[JOBS]
    assert (found["pace"], found["elapsed"], found["reached_share"]) == ("behind", "0.75", "56/75")
    assert (found["ahead_by"], found["verdict"]) == ("-1/3", "not-due")


def test_without_a_period_the_newest_is_tracked(pace: Pace) -> None:
    record = json.loads(
        pace(f"{JOBS},1.2,万人,2019年1-9月", f"{JOBS},0.9,万人,2019年1-6月", args=("-f", "json")).stdout
    )
    assert (record["period"], record["elapsed"]["share"]) == ("2019-01..09", "0.75")
    assert record["headline"][0].startswith("9 of 12 months have passed. 1 target is assessed: 1 on pace;")


def test_a_date_counts_by_days(pace: Pace) -> None:
    rows = ("城镇空气质量优良天数比例,91,%,2019年7月27日", f"{JOBS},0.9,万人,截至2019年7月27日")
    found = targets(pace(*rows, args=("--period", "截至7月27日", "-f", "json")))
    assert found["城镇空气质量优良天数比例"]["elapsed"] == "208/365"
    assert found[JOBS]["elapsed"] == "71/124"


def test_single_months_and_quarters_are_added_up(pace: Pace) -> None:
    rows = [
        f"{JOBS},{value},万人,{period}" for value, period in (("0.5", "2019Q1"), ("0.2", "2019-04"), ("0.1", "2019-05"))
    ]
    found = targets(pace(*rows, args=("--period", "2019-05", "-f", "json")))[JOBS]
    assert (found["actual"], found["pace"]) == ("0.8", "ahead")


def test_a_missing_month_makes_the_sum_unknown_and_is_named(pace: Pace) -> None:
    rows = [
        f"{JOBS},{value},万人,{period}" for value, period in (("0.5", "2019Q1"), ("0.2", "2019-04"), ("0.1", "2019-09"))
    ]
    result = pace(*rows, args=("--period", "2019-09", "-f", "json"))
    assert targets(result)[JOBS]["pace"] == "unreported"
    assert "has no figure for 2019-05..08" in result.stderr
    assert "S286" not in result.stderr


def test_a_single_month_is_not_the_year_so_far(pace: Pace) -> None:
    result = pace(f"{JOBS},1.2,万人,2019-09", args=("--period", "2019-09", "-f", "json"))
    assert targets(result)[JOBS]["pace"] == "unreported"
    assert "2019-01..08" in result.stderr


def test_a_cumulative_series_that_falls_is_a_finding(pace: Pace) -> None:
    works = "新建幼儿园"
    falling = pace(f"{JOBS},1.2,万人,2019年1-6月", f"{JOBS},1.0,万人,2019年1-9月")
    assert "S223" in falling.stderr
    assert "S223" in pace(f"{works},5,所,2019-06", f"{works},3,所,2019-09").stderr
    assert "S223" not in pace(f"{works},3,所,2019-06", f"{works},4,所,2019-09").stderr


def test_a_small_part_of_the_year_is_no_odd_figure(pace: Pace) -> None:
    result = pace(
        "就业困难人员实现就业人数,0.0006,万人,2019年1-2月", "新建幼儿园,0,所,2019年1-2月", args=("-f", "json")
    )
    found = targets(result)
    assert found["就业困难人员实现就业人数"]["pace"] == "behind"
    assert found["新建幼儿园"]["reachable"] is True
    assert "S206" not in result.stderr
    assert "S268" not in result.stderr


@pytest.mark.parametrize(
    ("fail_on", "code"), [("never", 0), ("error", 0), ("missed", 0), ("unreported", 0), ("behind", 1)]
)
def test_what_lags_fails_only_where_it_is_asked_for(pace: Pace, fail_on: str, code: int) -> None:
    rows = (f"{JOBS},0.2,万人,2019年1-9月",)
    assert pace(*rows, args=("--fail-on", fail_on)).exit_code == code


def test_what_keeps_the_pace_does_not_fail(pace: Pace) -> None:
    assert pace(f"{JOBS},1.4,万人,2019年1-9月", args=("--fail-on", "behind")).exit_code == 0


@pytest.mark.parametrize("form", ["text", "markdown", "html", "json", "csv"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_format_has_the_pace(pace: Pace, form: str, lang: str) -> None:
    result = pace(f"{JOBS},0.75,万人,2019年1-9月", args=("-f", form), lang=lang)
    assert result.exit_code == 0
    assert "50.0%" in result.stdout or '"0.5"' in result.stdout or ",0.5," in result.stdout
    if form in ("text", "markdown", "html"):
        assert ("behind" if lang == "en" else "慢于序时") in result.stdout


def test_the_bar_shows_what_is_reached_and_what_is_due(pace: Pace) -> None:
    assert "██████··┃···  50.0%" in pace(f"{JOBS},0.75,万人,2019年1-9月").stdout


def test_a_department_sees_its_own(pace: Pace) -> None:
    rows = (f"{JOBS},1.4,万人,2019年1-9月", "户籍人口城镇化率,19.9,%,2019年9月")
    found = targets(pace(*rows, args=("--dept", "市公安局", "-f", "json")))
    assert found.keys() == {
        "户籍人口城镇化率",
        "农业转移人口和其他常住人口落户城镇数量",
        "新增农业转移人口和其他常住人口落户城镇数量",
    }


def test_at_the_end_of_the_year_nothing_is_early(pace: Pace) -> None:
    result = pace(f"{JOBS},1.5,万人,2019", args=("--period", "2019"))
    assert "12 of 12 months have passed. 1 target is assessed: 1 achieved;" in result.stdout
    assert "early" not in result.stdout
