"""A whole made-up year of the shipped plan, month by month, against what its generator knows."""

import json
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path

import pytest

from czurban.app.assessing import Judged, find_figures, judge_files
from czurban.app.ledger import escalate
from czurban.app.options import Options, ScopedOptions
from czurban.app.progress.compare import CompareOptions, compare
from czurban.app.progress.trend import TrendOptions, trend
from czurban.cli.app import run
from czurban.model.assessment import Verdict
from czurban.model.finding import Severity
from czurban.model.indicator import Indicator, IndicatorKind
from czurban.model.over_time.changes import ChangeKind
from czurban.model.over_time.pace import PaceStatus
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.tracking.whole import track

REPO = Path(__file__).parents[2]
sys.path.insert(0, str(REPO / "tools"))
from example_year import MONTHS, REVISED, REVISED_MONTH, MadeYear, made_year  # noqa: E402 - a tool, not a package

FOLDER = REPO / "examples" / "year"
SUMS = (IndicatorKind.FLOW, IndicatorKind.WORKS)
Collect = Callable[[int], Judged]


@pytest.fixture(scope="module")
def year(plan: Plan) -> MadeYear:
    return made_year(plan)


def files_until(month: int) -> list[Path]:
    return [FOLDER / f"2019-{each:02}.csv" for each in range(1, month + 1)]


@pytest.fixture(scope="module")
def collected(plan: Plan) -> Collect:
    """Judge the collections from January to a month."""
    known: dict[int, Judged] = {}

    def judged(month: int) -> Judged:
        if month not in known:
            known[month] = judge_files(plan, find_figures(files_until(month)), Options())
        return known[month]

    return judged


def test_the_files_are_those_that_the_generator_makes(year: MadeYear) -> None:
    assert tuple(path.read_text("utf-8") for path in files_until(MONTHS)) == year.files


def test_every_file_says_that_it_is_made_up(year: MadeYear) -> None:
    assert all("编造" in text.splitlines()[0] for text in year.files)


@pytest.mark.parametrize("month", range(1, MONTHS + 1))
def test_the_newest_month_is_judged_and_no_earlier_one_is_a_fault(collected: Collect, month: int) -> None:
    judged = collected(month)
    assert judged.assessment.period == Period(2019, 1, month)
    assert [one for one in judged.everything if one.severity is Severity.ERROR] == []


@pytest.mark.parametrize("month", [1, 6, 9, 12])
def test_the_values_are_those_of_the_month(collected: Collect, year: MadeYear, month: int) -> None:
    results = {each.indicator.id: each.actual for each in collected(month).assessment.results}
    for name, values in year.values.items():
        assert results[name] == (Fraction(values[month]) if month in values else None), name


def test_nothing_is_met_or_missed_before_december(collected: Collect) -> None:
    assert {each.verdict for each in collected(11).assessment.results} == {Verdict.NOT_DUE}


def test_the_verdicts_of_december_are_those_of_the_made_up_figures(
    plan: Plan, collected: Collect, year: MadeYear
) -> None:
    verdicts = {each.indicator.id: each.verdict for each in collected(12).assessment.results}
    for name, values in year.values.items():
        interval, value = plan.by_id[name].target.interval, values[12]
        inside = (interval.low is None or value >= interval.low) and (interval.high is None or value <= interval.high)
        assert verdicts[name] is (Verdict.MET if inside else Verdict.MISSED), name


def expected_pace(indicator: Indicator, value: Fraction, month: int) -> PaceStatus | None:
    """Compare a value with the share of the year by hand: for floors of sums, and for levels with a way to go."""
    target = indicator.target
    low, base, share = target.interval.low, target.baseline_value, Fraction(month, MONTHS)
    if low is None or target.interval.high is not None:
        return None
    bound = Fraction(low)
    if indicator.kind in SUMS:
        start = Fraction(0)
    elif indicator.kind in (IndicatorKind.STOCK, IndicatorKind.RATE) and base is not None and base < bound:
        start = base
    else:
        return None
    due = start + (bound - start) * share
    if value >= bound:
        return PaceStatus.ACHIEVED_EARLY
    if value >= due:
        return PaceStatus.AHEAD if value > due else PaceStatus.ON_PACE
    return PaceStatus.MOVED_AWAY if value < start else PaceStatus.BEHIND


@pytest.mark.parametrize("month", [3, 6, 9, 11])
def test_the_pace_is_that_of_the_share_of_the_year(plan: Plan, collected: Collect, year: MadeYear, month: int) -> None:
    tracking = track(collected(month).assessment, ())
    compared = Counter[PaceStatus]()
    for name, values in year.values.items():
        pace = tracking.of(name)
        assert pace is not None
        if month not in values:
            assert pace.status is PaceStatus.NOT_ASSESSED, name
            continue
        expected = expected_pace(plan.by_id[name], Fraction(values[month]), month)
        if expected is not None:
            assert pace.status is expected, name
            compared[expected] += 1
    assert compared.total() > 20
    assert compared[PaceStatus.BEHIND] > 3


def test_the_trend_has_every_month(plan: Plan, year: MadeYear) -> None:
    made = trend(plan, find_figures(files_until(12)), TrendOptions(indicator="registered_urbanization_rate")).value
    values = year.values["registered_urbanization_rate"]
    assert [point.value for point in made.series.points] == [Fraction(values[month]) for month in range(1, 13)]
    assert made.to_last is not None
    assert made.to_last.difference == Fraction(values[12] - values[11])


def test_the_trend_takes_the_revised_figure(plan: Plan, year: MadeYear) -> None:
    made = trend(plan, find_figures(files_until(12)), TrendOptions(indicator=REVISED)).value
    july = next(point for point in made.series.points if point.period.last == REVISED_MONTH)
    assert july.value == Fraction(year.revised) != Fraction(year.values[REVISED][REVISED_MONTH])


def test_a_month_more_is_a_newer_figure_and_the_revision_is_named(plan: Plan, tmp_path: Path, year: MadeYear) -> None:
    for name, month in (("before", REVISED_MONTH), ("after", REVISED_MONTH + 1)):
        (tmp_path / name).mkdir()
        for path in files_until(month):
            (tmp_path / name / path.name).write_bytes(path.read_bytes())
    made = compare(tmp_path / "before", tmp_path / "after", CompareOptions(plan=REPO / "data")).value
    monthly = [name for name, values in year.values.items() if len(values) == MONTHS]
    later = {each.indicator.id for each in made.figures if each.kind is ChangeKind.LATER}
    assert set(monthly) <= later
    assert [(each.indicator.id, each.before, each.after) for each in made.earlier] == [
        (REVISED, Fraction(year.values[REVISED][REVISED_MONTH]), Fraction(year.revised))
    ]


def test_what_december_misses_is_escalated(plan: Plan, collected: Collect) -> None:
    outcome = escalate(plan, find_figures(files_until(12)), ScopedOptions())
    missed = {each.indicator.id for each in collected(12).assessment.results if each.verdict is Verdict.MISSED}
    text = json.dumps(outcome.compose(_translator()).record(), ensure_ascii=False, default=str)
    assert missed
    assert all(plan.by_id[name].name in text for name in missed)


def _translator() -> object:
    from czurban.words.translator import Translator  # noqa: PLC0415 - only here

    return Translator("zh")


def called(tmp_path: Path, *arguments: str) -> str:
    """Run a command that writes a file, and return what is in it."""
    out = tmp_path / "out"
    assert run([*arguments, "-o", str(out), "--fail-on", "never"]) == 0
    return out.read_text("utf-8")


def names(month: int) -> Sequence[str]:
    return [str(path) for path in files_until(month)]


def test_the_report_of_september_has_a_chart_for_each_monthly_indicator(tmp_path: Path, year: MadeYear) -> None:
    page = called(tmp_path, "report", *names(9), "--format", "html")
    monthly = sum(len(values) == MONTHS for values in year.values.values())
    assert page.count('<figure class="lines"') >= monthly


def test_status_counts_what_was_sent(tmp_path: Path, plan: Plan, year: MadeYear) -> None:
    record = json.loads(called(tmp_path, "status", *names(12), "--format", "json"))
    assert record["period"] == "2019"
    for office in (each for each in record["departments"] if plan.department(each["department"])):
        led = [name for name in year.values if office["department"] in plan.by_id[name].leads]
        assert office["missing"] == 0
        assert office["reported"] >= len(led)
