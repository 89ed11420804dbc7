"""T4: the pace of targets in plans of several years."""

from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from czurban.model.assessment import Assessment, Verdict
from czurban.model.over_time.pace import KEEPING, NotAssessed, Pace, PaceStatus, TimeUnit
from czurban.model.plan import Plan
from czurban.model.text import fixed
from czurban.model.years import OverYears
from czurban.tracking.whole import track

MakePlan = Callable[..., Plan]
JudgeYears = Callable[..., Assessment]
NAME = "指标甲"


def entry(target: str, *more: str, unit: str = '"%"', kind: str = "rate", deadline: str = "2025") -> str:
    """Return an indicator."""
    lines = ("id: a", f"name: {NAME}", f"unit: {unit}", f"kind: {kind}", f"target: '{target}'", f"deadline: {deadline}")
    return "\n".join((*lines, *more))


def pace(judged: Assessment) -> Pace:
    (target,) = track(judged, ()).targets
    return target.pace


def rows(*values: str, first: int = 2021) -> list[str]:
    return [f"{NAME},{first + n},{value}" for n, value in enumerate(values) if value]


@pytest.fixture
def pace_of_rows(make_plan: MakePlan, judge_years: JudgeYears) -> Callable[..., Pace]:
    def taken(plan: str, *sent: str, period: str | None = None, plan_period: str = "2021-2025") -> Pace:
        return pace(judge_years(make_plan(plan, period=plan_period), *sent, period=period))

    return taken


PaceOf = Callable[..., Pace]
PLACES = entry("≥4.5", "baseline: {value: 1.8, year: 2020}", unit="个", kind="stock")


def test_t4_a_level_between_baseline_and_target(pace_of_rows: PaceOf) -> None:
    """1.8 in 2020, 2.5 in 2022, target 4.5 in 2025: 25.9 % of the way at 40 % of the time."""
    places = pace_of_rows(PLACES, *rows("2.03", "2.5"))
    assert (places.status, places.span.unit) == (PaceStatus.BEHIND, TimeUnit.YEAR)
    assert places.clock is not None
    assert places.clock.share == Fraction(2, 5)
    assert places.completion == Fraction(7, 27)
    assert (places.needed, places.rate) == (Fraction(2, 3), Fraction(7, 20))


def test_t4_a_level_that_has_reached_the_final_target(pace_of_rows: PaceOf) -> None:
    urban = entry("≥65", "baseline: {value: 60.6, year: 2019}")
    assert pace_of_rows(urban, *rows("64.72", "65.22")).status is PaceStatus.ACHIEVED_EARLY
    assert pace_of_rows(urban, *rows("60.5")).status is PaceStatus.MOVED_AWAY


def test_the_way_of_a_level_begins_in_the_year_of_its_baseline(pace_of_rows: PaceOf) -> None:
    urban = pace_of_rows(entry("≥65", "baseline: {value: 60.6, year: 2019}"), *rows("61", "62"))
    assert urban.clock is not None
    assert urban.clock.share == Fraction(3, 6)
    assert urban.due == Fraction("62.8")
    assert urban.needed == 1


def test_an_older_figure_is_compared_with_what_was_due_then(pace_of_rows: PaceOf) -> None:
    places = pace_of_rows(PLACES, *rows("2.4"), period="2023")
    assert (places.status, places.due) == (PaceStatus.AHEAD, Fraction("2.34"))


def test_a_level_goes_over_its_steps(pace_of_rows: PaceOf) -> None:
    stepped = entry("≥65", "baseline: {value: 60, year: 2020}", "steps: {2022: ≥64}")
    at_2021, at_2022, at_2023 = (pace_of_rows(stepped, f"{NAME},{year},63") for year in (2021, 2022, 2023))
    assert (at_2021.due, at_2022.due) == (62, 64)
    assert at_2023.due == 64 + Fraction(1, 3)
    assert (at_2021.status, at_2022.status) == (PaceStatus.AHEAD, PaceStatus.BEHIND)


def test_a_sum_of_the_years_against_the_elapsed_time(pace_of_rows: PaceOf) -> None:
    homes = pace_of_rows(entry("≥10", "years: sum", unit="万套", kind="flow"), *rows("2", "1.5"))
    assert (homes.status, homes.completion, homes.due_share) == (PaceStatus.BEHIND, Fraction("0.35"), Fraction("0.4"))
    assert (homes.needed, homes.rate, homes.span.unit) == (Fraction("6.5") / 3, Fraction("1.75"), TimeUnit.YEAR)


def test_a_compound_rate_grows_from_zero(pace_of_rows: PaceOf) -> None:
    energy = pace_of_rows(entry("≥13.5", "years: cumulative-decline", kind="growth"), *rows("2.7", "0.1"))
    assert energy.due is not None
    assert (energy.status, fixed(energy.due, 4)) == (PaceStatus.BEHIND, "5.636")
    assert energy.completion == Fraction("2.7973") / Fraction("13.5")
    assert energy.value == Fraction("2.7973")


GROWTH = entry("≥40", "years: cumulative-growth", kind="growth")
DECLINE = entry("≥20", "years: cumulative-decline", kind="growth")


def shown(value: Fraction | None, places: int = 2) -> str:
    assert value is not None
    return fixed(value, places)


def test_growth_of_seven_per_cent_a_year_reaches_forty_in_five(pace_of_rows: PaceOf) -> None:
    economy = pace_of_rows(GROWTH, *rows("7.2", "6.8", "7.0", "7.0"))
    assert (economy.status, economy.reachable, economy.span.unit) == (PaceStatus.AHEAD, True, TimeUnit.YEAR)
    assert (shown(economy.value, 3), shown(economy.due, 3)) == ("31.079", "30.889")
    assert (shown(economy.needed), shown(economy.projected), shown(economy.rate)) == ("6.81", "40.25", "7")


def test_a_compound_rate_exactly_on_its_course_is_on_pace(pace_of_rows: PaceOf) -> None:
    """10 % in each of five years is 61.051 %, and (1 + 61.051 %)^(2/5) is 1.21, which decimals cannot show."""
    five_years = entry("≥61.051", "years: cumulative-growth", kind="growth")
    for sent, status in (("10", PaceStatus.ON_PACE), ("10.0000000000000000001", PaceStatus.AHEAD)):
        assert pace_of_rows(five_years, *rows("10", sent)).status is status
    assert pace_of_rows(five_years, *rows("10", "9.9999999999999999999")).status is PaceStatus.BEHIND
    on_course = pace_of_rows(five_years, *rows("10", "10"))
    assert (on_course.due, on_course.lead, on_course.needed, on_course.projected) == (
        21,
        0,
        10,
        Fraction("61.051"),
    )


def test_a_compound_decline_is_a_factor_of_each_year(pace_of_rows: PaceOf) -> None:
    energy = pace_of_rows(DECLINE, *rows("4", "4.7"))
    assert (energy.status, shown(energy.value, 3), shown(energy.due, 3)) == (PaceStatus.BEHIND, "8.512", "8.539")
    assert (shown(energy.needed), shown(energy.projected)) == ("4.37", "19.94")
    assert pace_of_rows(DECLINE, *rows("4.4", "4.4")).status is PaceStatus.AHEAD


def test_a_compound_rate_has_ceilings_ranges_and_paths(pace_of_rows: PaceOf) -> None:
    ceiling = entry("≤40", "years: cumulative-growth", kind="growth")
    assert pace_of_rows(ceiling, *rows("7.2", "6.8", "7.0", "7.0")).too_high
    assert pace_of_rows(ceiling, *rows("6.9", "6.9")).status is PaceStatus.AHEAD
    both = entry("38~42", "years: cumulative-growth", kind="growth")
    found = [pace_of_rows(both, *rows(rate, rate)) for rate in ("6", "7", "8")]
    assert [each.status for each in found] == [PaceStatus.BEHIND, PaceStatus.ON_PACE, PaceStatus.BEHIND]
    assert [each.too_high for each in found] == [False, False, True]
    path = entry("≥40", "years: cumulative-growth", "path: {2022: 10}", kind="growth")
    assert [pace_of_rows(path, *rows("5", rate)).status for rate in ("4.7", "4.8")] == [
        PaceStatus.BEHIND,
        PaceStatus.AHEAD,
    ]


@pytest.mark.parametrize("kind", [GROWTH, DECLINE])
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=st.lists(st.integers(min_value=0, max_value=150), min_size=2, max_size=4))
def test_what_a_compound_rate_needs_leads_to_its_target(
    make_plan: MakePlan, judge_years: JudgeYears, kind: str, values: list[int]
) -> None:
    found = pace(judge_years(make_plan(kind), *rows(*(fixed(Fraction(each, 10), 1) for each in values))))
    if found.needed is None or found.value is None or found.bound is None or found.value >= found.bound:
        return
    sign = -1 if kind is DECLINE else 1
    end = (1 + sign * found.value / 100) * (1 + sign * found.needed / 100) ** int(found.span.left)
    assert abs(end - (1 + sign * found.bound / 100)) < Fraction(1, 10**15)
    assert found.projected is not None
    assert (found.projected >= found.bound) == (found.status in KEEPING)


def test_a_compound_rate_above_its_ceiling_may_fall_again(pace_of_rows: PaceOf) -> None:
    ceiling = pace_of_rows(entry("≤0", "years: cumulative-growth", kind="growth"), *rows("1", "1"))
    assert (ceiling.status, ceiling.too_high, ceiling.reachable) == (PaceStatus.BEHIND, True, True)
    assert ceiling.needed is not None
    assert ceiling.needed < 0


def test_a_growth_that_leaves_nothing_has_no_factor(pace_of_rows: PaceOf) -> None:
    nothing = pace_of_rows(GROWTH, *rows("-100", "5"))
    assert (nothing.status, nothing.over) == (PaceStatus.BEHIND, OverYears.LEVEL)


def test_the_years_of_a_rate_are_years_where_days_are_counted(pace_of_rows: PaceOf) -> None:
    by_days = pace_of_rows(entry("≥40", "years: cumulative-growth", "elapsed: days", kind="growth"), *rows("7", "7"))
    assert shown(by_days.span.total) == "5"


def test_a_target_for_each_year_that_an_earlier_year_missed_has_no_lead(pace_of_rows: PaceOf) -> None:
    met_now = pace_of_rows(entry("≥5", "years: each-year"), *rows("5.1", "4.9", "5.3"))
    assert (met_now.status, met_now.lead, met_now.missed_before) == (PaceStatus.BEHIND, None, True)


@pytest.mark.parametrize(
    ("values", "status", "reachable"),
    [
        (("5.1", "5.2"), PaceStatus.AHEAD, True),
        (("5.1", "5.6"), PaceStatus.BEHIND, False),
        (("5.6", "5.2"), PaceStatus.BEHIND, False),
    ],
)
def test_a_target_for_each_year_is_lost_with_the_first_miss(
    pace_of_rows: PaceOf, values: tuple[str, ...], status: PaceStatus, *, reachable: bool
) -> None:
    unemployment = pace_of_rows(entry("<5.5", "years: each-year"), *rows(*values))
    assert (unemployment.status, unemployment.reachable) == (status, reachable)


def test_a_part_of_a_year_is_never_compared_with_the_year(pace_of_rows: PaceOf) -> None:
    grain = entry(">6.5", "years: each-year", unit="亿吨", kind="flow")
    half = pace_of_rows(grain, *rows("6.8"), f"{NAME},2022年上半年,3.3")
    assert half.clock is not None
    assert (half.clock.share, half.status) == (Fraction(1, 2), PaceStatus.AHEAD)
    energy = entry(">46", "baseline: {value: 40, year: 2020}", unit="亿吨", kind="flow")
    assert pace_of_rows(energy, f"{NAME},2022年上半年,23").not_assessed is NotAssessed.ANNUAL


def test_a_yearly_sum_for_the_last_year_is_a_level(pace_of_rows: PaceOf) -> None:
    energy = pace_of_rows(
        entry(">46", "baseline: {value: 40, year: 2020}", unit="亿吨", kind="flow"), *rows("41", "42")
    )
    assert (energy.due, energy.status) == (Fraction("42.4"), PaceStatus.BEHIND)


def test_the_mean_that_the_remaining_years_need(pace_of_rows: PaceOf) -> None:
    added = pace_of_rows(entry("≥10", "years: mean", unit="万人", kind="flow"), *rows("9", "8"))
    assert (added.status, added.value, added.needed) == (PaceStatus.BEHIND, Fraction("8.5"), 11)


def test_a_change_from_the_baseline_is_a_level(pace_of_rows: PaceOf) -> None:
    life = entry("≥1", "years: change", "baseline: {value: 77.3, year: 2019}", unit="岁", kind="stock")
    paced = pace_of_rows(life, *rows("78.2"))
    assert (paced.completion, paced.due_share, paced.status) == (Fraction(9, 10), Fraction(2, 6), PaceStatus.AHEAD)


KINDS = [
    entry("≥65", "baseline: {value: 60, year: 2020}"),
    entry("≤65", "baseline: {value: 90, year: 2019}", "steps: {2022: ≤80}"),
    entry("≥60", "years: each-year"),
    entry("≥60", "years: mean"),
    entry("≥200", "years: sum", unit="万套", kind="flow"),
    entry("≥250", "years: cumulative-growth", kind="growth"),
    entry("≥90", "years: cumulative-decline", kind="growth"),
    entry("≥30", "years: mean-growth", kind="growth"),
    entry("≥5", "years: change", "baseline: {value: 50, year: 2020}"),
    entry("≥60", unit="亿吨", kind="flow"),
    entry("55~65", "baseline: —"),
]


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=st.lists(st.integers(min_value=20, max_value=99), min_size=5, max_size=5))
def test_pace_and_verdict_agree_at_the_end_of_the_plan(
    make_plan: MakePlan, judge_years: JudgeYears, kind: str, values: list[int]
) -> None:
    judged = judge_years(make_plan(kind), *rows(*map(str, values)), period="2025")
    (result,) = judged.results
    assert result.verdict in (Verdict.MET, Verdict.MISSED)
    assert (pace(judged).status is PaceStatus.ACHIEVED_EARLY) == (result.verdict is Verdict.MET)
