"""The series of an indicator over several periods, its changes, and the report of `czurban trend`."""

import json
import zipfile
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from czurban.app.assessing import find_figures
from czurban.app.options import Outcome
from czurban.app.progress.trend import TrendOptions, chosen_methods, trend
from czurban.cli.app import run as run_program
from czurban.errors import UsageError
from czurban.model.over_time.opinion import Method, Outlook, Silence
from czurban.model.over_time.trend import Trend
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.reporting.over_time.development import sparkline

JOBS, RATE, REGISTERED = "城镇新增就业人数", "常住人口城镇化率", "户籍人口城镇化率"
HEAD = "指标,数值,单位,年份\n"
Tell = Callable[..., Outcome[Trend]]


@pytest.fixture
def tell(plan: Plan, tmp_path: Path) -> Tell:
    """Describe an indicator by rows of name, value and period."""

    def told(name: str, *rows: tuple[str, object, str], period: str | None = None) -> Outcome[Trend]:
        text = "".join(f"{what},{value},,{at}\n" for what, value, at in rows)
        (tmp_path / "f.csv").write_text(HEAD + text, encoding="utf-8")
        return trend(plan, find_figures([tmp_path / "f.csv"]), TrendOptions(indicator=name, period=period))

    return told


def months(name: str, values: tuple[object, ...]) -> list[tuple[str, object, str]]:
    return [(name, value, f"2019-{month:02}") for month, value in enumerate(values, 1)]


def test_months_of_a_sum_are_added_up_to_each_month(tell: Tell) -> None:
    series = tell(JOBS, *months(JOBS, ("0.2", "0.1", "0.3"))).value.series
    assert [(str(point.period), point.value, point.added) for point in series.points] == [
        ("2019-01", Fraction("0.2"), False),
        ("2019-01..02", Fraction("0.3"), True),
        ("2019-01..03", Fraction("0.6"), True),
    ]


def test_a_missing_month_leaves_the_later_ones_unused_and_names_them(tell: Tell) -> None:
    rows = [row for row in months(JOBS, ("0.2", "0.1", "0.3", "0.2")) if row[2] != "2019-03"]
    series = tell(JOBS, *rows).value.series
    assert [str(point.period) for point in series.points] == ["2019-01", "2019-01..02"]
    assert series.unused == (Period(2019, 4, 4),)


def test_figures_that_conflict_are_no_point(tell: Tell) -> None:
    series = tell(RATE, (RATE, 40, "2018"), (RATE, "40.5", "2018"), (RATE, 41, "2019")).value.series
    assert [point.period for point in series.points] == [Period(2019)]
    assert series.unused == (Period(2018),)


def test_changes_of_a_level_are_to_the_last_figure_and_to_last_year(tell: Tell) -> None:
    made = tell(RATE, (RATE, 39, "2018-03"), (RATE, "40.1", "2019-02"), (RATE, "40.4", "2019-03")).value
    assert made.to_last is not None
    assert (made.to_last.since, made.to_last.difference) == (Period(2019, 1, 2), Fraction("0.3"))
    assert made.to_year_before is not None
    assert made.to_year_before.difference == Fraction("1.4")


def test_a_sum_is_compared_with_the_same_months_and_never_with_a_whole_year(tell: Tell) -> None:
    rows = ((JOBS, "1.9", "2018"), (JOBS, "1.05", "2018年1-9月"), (JOBS, "1.2", "2019年1-9月"))
    made = tell(JOBS, *rows).value
    assert made.to_last is None
    assert made.to_year_before is not None
    assert made.to_year_before.difference == Fraction("0.15")


def test_the_required_path_of_a_sum_is_a_share_of_the_target(tell: Tell) -> None:
    made = tell(JOBS, (JOBS, "1.2", "2019年1-9月")).value
    assert made.required_at(Period(2019, 1, 9)) == Fraction("1.125")
    assert made.required_at(Period(2019)) == Fraction("1.5")


def test_the_required_path_of_a_level_begins_at_the_baseline(tell: Tell) -> None:
    made = tell(REGISTERED, (REGISTERED, "19.4", "2019年1-9月")).value
    assert made.required_at(Period(2019, 1, 9)) == Fraction("19.5")
    opinions = {one.method: (one.outlook, one.measure) for one in made.opinions}
    assert opinions[Method.LINEAR] == (Outlook.BEHIND_LINE, Fraction("0.7"))
    assert opinions[Method.DNS] == (Outlook.NONE, None)


def test_methods_that_disagree_are_told(tell: Tell) -> None:
    levels = ("39.9", "40", "40.05", "40.1", "40.2", "40.4", "40.5", "40.55", "40.7")
    outcome = tell(RATE, *months(RATE, levels))
    made = outcome.value
    assert (made.differ_in_time, made.differ_in_direction) == (True, False)
    assert {one.method: one.in_time for one in made.opinions} == {
        Method.LINEAR: False,
        Method.HP: None,
        Method.STATCAN: False,
        Method.DNS: True,
    }


def test_a_sum_has_no_compound_growth_from_zero(tell: Tell) -> None:
    made = tell(JOBS, (JOBS, "1.2", "2019年1-9月")).value
    silences = {one.method: one.silence for one in made.opinions}
    assert silences[Method.STATCAN] is Silence.NOT_ABOVE_ZERO
    assert silences[Method.LINEAR] is None


def test_without_a_figure_nothing_is_said(tell: Tell) -> None:
    made = tell(JOBS, (RATE, 41, "2019")).value
    assert made.series.points == ()
    assert {one.silence for one in made.opinions} == {Silence.NO_FIGURE}


def test_later_figures_than_the_judged_period_are_left_out(tell: Tell) -> None:
    rows = ((RATE, "40.2", "2019年1-6月"), (RATE, "40.7", "2019年1-9月"))
    assert tell(RATE, *rows, period="2019-01..06").value.series.last.value == Fraction("40.2")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("values", "drawn"), [((1, 2, 3), "▁▅█"), ((5,), "▄"), ((2, 2), "▄▄"), ((0, 7, 14), "▁▅█"), ((3, 1), "█▁")]
)
def test_a_sparkline_has_the_lowest_and_the_highest_bar(values: tuple[int, ...], drawn: str) -> None:
    assert sparkline([Fraction(value) for value in values]) == drawn


def test_methods_are_chosen_by_name() -> None:
    assert chosen_methods("dns, linear") == (Method.DNS, Method.LINEAR)
    assert chosen_methods(None) == tuple(Method)
    with pytest.raises(UsageError, match="magic"):
        chosen_methods("linear,magic")


@pytest.fixture
def history(tmp_path: Path) -> Path:
    rows = "".join(f"{REGISTERED},{18 + month / 10},%,2019-{month:02}\n" for month in range(1, 10))
    (tmp_path / "h.csv").write_text(HEAD + rows, encoding="utf-8")
    return tmp_path / "h.csv"


@pytest.mark.parametrize("form", ["text", "markdown", "html", "docx", "xlsx", "json", "csv"])
def test_every_format_is_written(history: Path, tmp_path: Path, form: str) -> None:
    out = tmp_path / f"out.{form}"
    assert run_program(["trend", REGISTERED, str(history), "--format", form, "-o", str(out)]) == 0
    assert out.stat().st_size > 300


def test_the_record_has_exact_figures(history: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    assert run_program(["trend", REGISTERED, str(history), "-o", str(out)]) == 0
    record = json.loads(out.read_text("utf-8"))
    assert record["period"] == "2019-01..09"
    assert [row["value"] for row in record["series"]][-2:] == ["18.8", "18.9"]
    assert record["to_last"] == {"since": "2019-01..08", "before": "18.8", "difference": "0.1"}
    assert record["required"][-1] == {"period": "2019", "value": "20"}


@pytest.mark.parametrize(("form", "part"), [("xlsx", "xl/charts/chart1.xml"), ("docx", "word/charts/chart1.xml")])
def test_offices_get_a_chart_with_its_figures(history: Path, tmp_path: Path, form: str, part: str) -> None:
    out = tmp_path / f"out.{form}"
    assert run_program(["trend", REGISTERED, str(history), "-o", str(out)]) == 0
    with zipfile.ZipFile(out) as packed:
        chart = packed.read(part).decode()
    assert chart.count("<c:ser>") == 3
    assert "<c:v>18.9</c:v>" in chart


def test_a_page_has_the_lines_as_svg(history: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.html"
    assert run_program(["trend", REGISTERED, str(history), "-o", str(out)]) == 0
    page = out.read_text("utf-8")
    assert page.count("<polyline") == 3
    assert page.count('<circle class="now"') == 9


@pytest.fixture
def several(tmp_path: Path) -> Path:
    """Figures of one indicator for three months, and of another for one."""
    rows = "".join(f"{REGISTERED},{18 + month / 10},%,2019-{month:02}\n" for month in (1, 2, 3))
    rows += f"{JOBS},0.1,万人,2019-01\n"
    (tmp_path / "s.csv").write_text(HEAD + rows, encoding="utf-8")
    return tmp_path / "s.csv"


@pytest.mark.parametrize(("scope", "charts"), [((), 1), (("--dept", "市公安局"), 1), (("--dept", "市教育局"), 0)])
def test_a_report_has_a_chart_for_each_indicator_with_history(
    several: Path, tmp_path: Path, scope: tuple[str, ...], charts: int
) -> None:
    for form, mark in (("html", '<figure class="lines"'), ("markdown", "▁▅█")):
        out = tmp_path / f"r.{form}"
        assert (
            run_program(["report", str(several), *scope, "--format", form, "-o", str(out), "--fail-on", "never"]) == 0
        )
        assert out.read_text("utf-8").count(mark) == charts


def test_pages_of_departments_have_their_own_charts(several: Path, tmp_path: Path) -> None:
    arguments = ["report", str(several), "--all-depts", "--format", "html", "-o", str(tmp_path / "pages")]
    assert run_program([*arguments, "--fail-on", "never"]) == 0
    pages = {
        page.stem: page.read_text("utf-8").count('<figure class="lines"') for page in tmp_path.glob("pages/*.html")
    }
    assert pages["市公安局"] == 1
    assert pages["市教育局"] == 0


def test_an_ordinary_report_has_no_development(tmp_path: Path) -> None:
    (tmp_path / "f.csv").write_text(f"{HEAD}{REGISTERED},20,%,2019\n", encoding="utf-8")
    out = tmp_path / "r.md"
    assert run_program(["report", str(tmp_path / "f.csv"), "-o", str(out)]) == 0
    assert "▁" not in out.read_text("utf-8")
