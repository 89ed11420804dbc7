"""The pace of targets: the worked cases of published reports, and what holds for all figures."""

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from czurban.checking.judging import judge_value
from czurban.model.assessment import Result, Verdict
from czurban.model.finding import Place
from czurban.model.indicator import Indicator, IndicatorKind
from czurban.model.observation import Observation, Reading
from czurban.model.over_time.pace import KEEPING, LeadUnit, NotAssessed, Pace, PaceStatus, TimeUnit
from czurban.model.over_time.tracking import PacedTarget, pace_tally, worst_first
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.model.target import Interval, Target
from czurban.model.text import fixed
from czurban.model.unit import Unit
from czurban.model.years import Baseline, PathPoint
from czurban.tracking.elapsed import Moment, clock
from czurban.tracking.pace import pace_of

SHARE, PEOPLE = Unit("%", "share"), Unit("万人", "person", Fraction(10_000))
FLOW, LEVEL, MEAN, GROWTH = IndicatorKind.FLOW, IndicatorKind.RATE, IndicatorKind.MEAN, IndicatorKind.GROWTH
JUNE = Moment((2019, 1), (2019, 6))
SEPTEMBER = Moment((2019, 1), (2019, 9))
JULY_27 = Moment((2020, 1), (2020, 7), 27)


class Aim(NamedTuple):
    """A target in a few words: its kind, its bounds, its baseline, its deadline and its path."""

    kind: IndicatorKind = FLOW
    low: str | None = None
    high: str | None = None
    base: str | None = None
    deadline: Period = Period(2019)
    unit: Unit = PEOPLE
    path: tuple[PathPoint, ...] = ()
    by_days: bool = False
    annual: bool = False

    def result(self, value: Fraction | str | None) -> Result:
        """The target with a value."""
        low, high = (None if end is None else Decimal(end) for end in (self.low, self.high))
        base = None if self.base is None else Baseline(self.base, Decimal(self.base))
        target = Target(Interval(low, high), self.deadline, base, path=self.path)
        indicator = Indicator(
            id="x",
            name="甲",
            unit=self.unit,
            kind=self.kind,
            target=target,
            leads=("乙",),
            by_days=self.by_days,
            annual=self.annual,
        )
        actual = None if value is None else Fraction(value)
        return Result(indicator=indicator, verdict=Verdict.NOT_DUE, actual=actual)

    def pace(self, value: Fraction | str | None, moment: Moment = SEPTEMBER, best: Fraction | None = None) -> Pace:
        """The pace of a value."""
        return pace_of(self.result(value), moment, best=best)


def shown(value: Fraction | None, places: int = 1) -> str:
    assert value is not None
    return fixed(value, places)


def percent(value: Fraction | None) -> str:
    assert value is not None
    return fixed(value * 100, 1)


# T1


@pytest.mark.parametrize(
    ("at", "day", "by_days", "passed", "total"),
    [
        ((2019, 9), None, False, Fraction(9), 12),
        ((2019, 12), None, False, Fraction(12), 12),
        ((2020, 1), None, False, Fraction(12), 12),
        ((2018, 12), None, False, Fraction(0), 12),
        ((2018, 3), None, True, Fraction(0), 365),
        ((2019, 7), 27, False, 6 + Fraction(27, 31), 12),
        ((2019, 7), 27, True, Fraction(208), 365),
        ((2019, 2), None, True, Fraction(59), 365),
        ((2019, 6), 30, False, Fraction(6), 12),
    ],
)
def test_t1_time_passes_by_months_or_days(
    at: tuple[int, int], day: int | None, *, by_days: bool, passed: Fraction, total: int
) -> None:
    time = clock(Moment((2019, 1), at, day), (2019, 12), by_days=by_days)
    assert (time.passed, time.total) == (passed, total)
    assert time.share == passed / total


def test_t1_in_a_leap_year_27_july_is_day_209_of_366() -> None:
    time = clock(Moment((2020, 1), (2020, 7), 27), (2020, 12), by_days=True)
    assert (time.passed, time.total, time.left, time.unit) == (209, 366, 157, TimeUnit.DAY)


def test_t1_the_time_of_a_target_may_be_several_years() -> None:
    assert clock(Moment((2021, 1), (2022, 12)), (2025, 12)).share == Fraction(2, 5)


# the worked cases


def test_worked_a_flow_is_ahead_and_its_lead_is_rounded_once() -> None:
    pace = Aim(low="647.4").pace("629.0", Moment((2019, 1), (2019, 10)))
    assert (pace.status, percent(pace.completion)) == (PaceStatus.AHEAD, "97.2")
    assert (shown(pace.lead), shown(pace.lead, 3)) == ("13.8", "13.825")


def test_worked_a_share_of_the_years_investment() -> None:
    pace = Aim(low="100", unit=SHARE).pace("44", Moment((2019, 1), (2019, 5)))
    assert (pace.status, shown(pace.lead), pace.lead_unit) == (PaceStatus.AHEAD, "2.3", LeadUnit.POINTS)


def test_worked_growth_is_never_prorated() -> None:
    pace = Aim(GROWTH, low="7.0", unit=SHARE).pace("6.1")
    assert (pace.status, shown(pace.lead), pace.lead_unit) == (PaceStatus.BEHIND, "-0.9", LeadUnit.POINTS)
    assert (pace.due, pace.needed, pace.projected) == (7, None, Fraction("6.1"))


def test_worked_a_flow_is_behind_with_what_is_needed_each_month() -> None:
    pace = Aim(low="7.0").pace("3.73")
    assert (pace.status, percent(pace.completion), shown(pace.lead)) == (PaceStatus.BEHIND, "53.3", "-21.7")
    assert (shown(pace.needed, 2), shown(pace.rate, 2), pace.span.unit) == ("1.09", "0.41", TimeUnit.MONTH)
    assert (pace.span.left, shown(pace.projected, 2), pace.reachable) == (3, "4.97", True)


def test_worked_the_rest_of_the_year_must_make_up_for_a_mean() -> None:
    pace = Aim(MEAN, high="57", deadline=Period(2020), by_days=True).pace("58", JULY_27)
    assert (pace.status, shown(pace.needed, 2), pace.span.left) == (PaceStatus.BEHIND, "55.67", 157)
    assert (pace.needed, pace.lead, pace.lead_unit) == (Fraction(8740, 157), -1, LeadUnit.OWN)


def test_worked_good_days_are_counted_by_days() -> None:
    aim = Aim(low="212", deadline=Period(2020), unit=Unit("天", "day"), by_days=True)
    pace = aim.pace("127", JULY_27)
    assert (pace.status, shown(pace.due), pace.remaining, pace.span.left) == (PaceStatus.AHEAD, "121.1", 85, 157)
    assert pace.span.unit is TimeUnit.DAY


def test_worked_a_level_is_compared_with_the_line_from_its_baseline() -> None:
    pace = Aim(LEVEL, low="4.5", base="1.8", deadline=Period(2025)).pace("2.5", Moment((2021, 1), (2022, 12)))
    assert (pace.status, percent(pace.completion), percent(pace.due_share)) == (PaceStatus.BEHIND, "25.9", "40")
    assert (shown(pace.needed, 2), shown(pace.rate, 2), pace.span.unit) == ("0.67", "0.35", TimeUnit.YEAR)


def test_worked_a_level_that_satisfies_the_final_target_is_achieved_early() -> None:
    aim = Aim(LEVEL, low="65", base="60.6", deadline=Period(2025), unit=SHARE)
    assert aim.pace("65.22", Moment((2020, 1), (2022, 12))).status is PaceStatus.ACHIEVED_EARLY


# T2, kind by kind


@pytest.mark.parametrize(
    ("value", "status"),
    [
        ("9", PaceStatus.ACHIEVED_EARLY),
        ("6.76", PaceStatus.AHEAD),
        ("6.75", PaceStatus.ON_PACE),
        ("6.74", PaceStatus.BEHIND),
        ("0", PaceStatus.BEHIND),
    ],
)
@pytest.mark.parametrize("kind", [FLOW, IndicatorKind.WORKS])
def test_t2_sums_have_to_keep_up_with_the_time(kind: IndicatorKind, value: str, status: PaceStatus) -> None:
    assert Aim(kind, low="9").pace(value).status is status


@pytest.mark.parametrize(
    ("value", "status", "lead", "reachable"),
    [
        ("5", PaceStatus.AHEAD, "25", True),
        ("7.5", PaceStatus.ON_PACE, "0", True),
        ("9", PaceStatus.BEHIND, "-15", True),
        ("10", PaceStatus.BEHIND, "-25", True),
        ("11", PaceStatus.BEHIND, "-35", False),
    ],
)
def test_t2_a_ceiling_of_a_sum_must_not_be_used_up_sooner(
    value: str, status: PaceStatus, lead: str, *, reachable: bool
) -> None:
    pace = Aim(high="10").pace(value)
    assert (pace.status, shown(pace.lead), pace.reachable) == (status, lead, reachable)


def test_t2_a_sum_within_a_range_has_to_keep_to_both_sides() -> None:
    aim = Aim(low="8", high="10")
    found = [aim.pace(value) for value in ("5.9", "6", "7", "7.5", "7.6", "9", "10.5")]
    behind, on_pace = PaceStatus.BEHIND, PaceStatus.ON_PACE
    assert [each.status for each in found] == [behind, on_pace, on_pace, on_pace, behind, behind, behind]
    assert [each.too_high for each in found] == [False, False, False, False, True, True, True]
    assert {(each.due, each.due_high) for each in found} == {(6, Fraction("7.5"))}
    assert [each.reachable for each in found] == [True] * 6 + [False]
    assert all((each.lead or 0) < 0 for each in found if each.status is behind)


@pytest.mark.parametrize(
    ("value", "lead", "needed"), [("110", "-41.7", "1.67"), ("120", "-50", "0"), ("61", "-0.8", "9.83")]
)
def test_t2_the_lag_of_a_sum_above_its_range_is_that_of_a_ceiling(value: str, lead: str, needed: str) -> None:
    pace = Aim(low="100", high="120").pace(value, JUNE)
    assert (pace.status, pace.too_high, shown(pace.lead), shown(pace.needed, 2)) == (
        PaceStatus.BEHIND,
        True,
        lead,
        needed,
    )


def test_t2_an_exact_sum_is_a_floor_until_it_is_exceeded() -> None:
    aim = Aim(low="100", high="100")
    assert [aim.pace(value, JUNE).status for value in ("49", "50", "60", "100", "101")] == [
        PaceStatus.BEHIND,
        PaceStatus.ON_PACE,
        PaceStatus.AHEAD,
        PaceStatus.AHEAD,
        PaceStatus.BEHIND,
    ]
    assert not aim.pace("101", JUNE).reachable


def test_t2_a_ceiling_that_is_passed_needs_no_rate() -> None:
    passed = Aim(high="120").pace("121", JUNE)
    assert (passed.needed, passed.reachable, passed.too_high) == (None, False, True)
    assert percent(passed.completion) == "100.8"


@pytest.mark.parametrize(
    ("aim", "value", "too_high"),
    [
        (Aim(GROWTH, "6", "6.5"), "6.6", True),
        (Aim(GROWTH, "6", "6.5"), "5.9", False),
        (Aim(MEAN, high="57"), "58", True),
        (Aim(MEAN, low="57"), "56", False),
        (Aim(high="10"), "9", True),
        (Aim(low="10"), "7", False),
        (Aim(LEVEL, "59", "61", "50"), "62", True),
        (Aim(LEVEL, high="30", base="40"), "33", False),
    ],
)
def test_what_lags_may_be_too_high(aim: Aim, value: str, *, too_high: bool) -> None:
    pace = aim.pace(value)
    assert (pace.status, pace.too_high) == (PaceStatus.BEHIND, too_high)


@pytest.mark.parametrize(
    ("low", "high", "base", "value", "status"),
    [
        ("41", None, "40", "41", PaceStatus.ACHIEVED_EARLY),
        ("41", None, "40", "40.8", PaceStatus.AHEAD),
        ("41", None, "40", "40.75", PaceStatus.ON_PACE),
        ("41", None, "40", "40.7", PaceStatus.BEHIND),
        ("41", None, "40", "40", PaceStatus.BEHIND),
        ("41", None, "40", "39.9", PaceStatus.MOVED_AWAY),
        (None, "30", "40", "30", PaceStatus.ACHIEVED_EARLY),
        (None, "30", "40", "32.5", PaceStatus.ON_PACE),
        (None, "30", "40", "33", PaceStatus.BEHIND),
        (None, "30", "40", "41", PaceStatus.MOVED_AWAY),
        ("90.9", None, "92.6", "91", PaceStatus.ACHIEVED_EARLY),
        ("90.9", None, "92.6", "90", PaceStatus.MOVED_AWAY),
        ("6", "6.5", "5", "5.75", PaceStatus.ON_PACE),
        ("6", "6.5", "5", "6.6", PaceStatus.BEHIND),
        ("6", "6.5", "5", "8", PaceStatus.MOVED_AWAY),
        ("6", "6.5", "5", "4", PaceStatus.MOVED_AWAY),
        ("41", None, None, "41", PaceStatus.ACHIEVED_EARLY),
        ("41", None, None, "40", PaceStatus.NOT_ASSESSED),
    ],
)
def test_t2_levels_follow_the_line_from_the_baseline(
    low: str | None, high: str | None, base: str | None, value: str, status: PaceStatus
) -> None:
    assert Aim(LEVEL, low, high, base, unit=SHARE).pace(value).status is status


def test_t2_a_level_without_a_baseline_has_no_line() -> None:
    assert Aim(LEVEL, low="41").pace("40").not_assessed is NotAssessed.NO_BASELINE


@pytest.mark.parametrize(("kind", "value"), [(MEAN, "92"), (GROWTH, "92")])
def test_t2_means_and_growth_are_on_pace_inside_the_target(kind: IndicatorKind, value: str) -> None:
    aim = Aim(kind, low="90.9", unit=SHARE)
    assert (aim.pace(value).status, shown(aim.pace(value).lead)) == (PaceStatus.AHEAD, "1.1")
    assert aim.pace("90.9").status is PaceStatus.ON_PACE


def test_t2_a_mean_that_would_need_more_than_all_is_lost() -> None:
    aim = Aim(MEAN, low="90", unit=SHARE)
    assert aim.pace("88").reachable
    lost = aim.pace("80")
    assert (lost.needed, lost.reachable) == (120, False)


def test_t2_annual_targets_are_not_assessed_before_the_end() -> None:
    aim = Aim(low="9", annual=True)
    assert (aim.pace("3").status, aim.pace("3").not_assessed) == (PaceStatus.NOT_ASSESSED, NotAssessed.ANNUAL)
    assert aim.pace(None).status is PaceStatus.NOT_ASSESSED
    assert aim.pace("9", Moment((2019, 1), (2019, 12))).status is PaceStatus.ACHIEVED_EARLY


def test_t3_nothing_reported_is_not_behind() -> None:
    assert Aim(low="9").pace(None).status is PaceStatus.UNREPORTED
    place = Place("a.csv", line=2)
    sent = Observation("x", Reading.UNREADABLE, "很多", place, Period(2019, 1, 9))
    base = Aim(low="9").result(None)
    unreadable = Result(indicator=base.indicator, verdict=Verdict.NOT_DUE, observation=sent)
    assert pace_of(unreadable, SEPTEMBER).status is PaceStatus.UNREADABLE


def test_a_target_whose_time_has_not_begun_has_no_pace() -> None:
    assert Aim(low="9").pace("9", Moment((2019, 1), (2018, 12))).not_assessed is NotAssessed.NOT_BEGUN


# paths

QUARTERS = tuple(
    PathPoint(Period(2019, 1, month), Fraction(share, 100)) for month, share in ((3, 20), (6, 45), (9, 70))
)


@pytest.mark.parametrize(
    ("month", "due"), [(3, "20"), (6, "45"), (9, "70"), (12, "100"), (1, "6.667"), (4, "28.333"), (10, "80")]
)
def test_a_path_replaces_the_straight_line(month: int, due: str) -> None:
    pace = Aim(low="50", path=QUARTERS).pace("22", Moment((2019, 1), (2019, month)))
    assert fixed((pace.due_share or 0) * 100, 3) == due
    assert pace.has_path


def test_a_path_may_be_in_the_unit() -> None:
    path = (PathPoint(Period(2019, 1, 9), value=Fraction(30)),)
    assert Aim(low="50", path=path).pace("30").status is PaceStatus.ON_PACE
    level = Aim(LEVEL, low="41", base="40", path=(PathPoint(Period(2019, 1, 9), value=Fraction("40.2")),), unit=SHARE)
    assert [level.pace(value).status for value in ("40.2", "40.1", "40.3")] == [
        PaceStatus.ON_PACE,
        PaceStatus.BEHIND,
        PaceStatus.AHEAD,
    ]
    without = Aim(LEVEL, low="41", path=level.path, unit=SHARE)
    assert [without.pace(value).status for value in ("40.2", "40.1")] == [PaceStatus.ON_PACE, PaceStatus.BEHIND]
    assert without.pace("40.1", Moment((2019, 1), (2019, 3))).not_assessed is NotAssessed.NO_BASELINE


def test_a_path_of_a_level_may_be_shares_of_the_way() -> None:
    path = (PathPoint(Period(2019, 1, 9), Fraction(1, 2)),)
    assert Aim(LEVEL, low="50", base="40", path=path).pace("45").status is PaceStatus.ON_PACE


# early warning


def test_what_needs_more_than_three_times_the_best_rate_is_lost() -> None:
    aim = Aim(low="12")
    at_three_times, above = aim.pace("6", Moment((2019, 1), (2019, 9))), aim.pace("5.99")
    assert (at_three_times.needed, at_three_times.rate) == (2, Fraction(2, 3))
    assert (at_three_times.reachable, above.reachable) == (True, False)
    assert aim.pace("5.99", best=Fraction(1)).reachable
    assert not aim.pace("0").reachable


def test_a_level_that_moves_too_slowly_is_lost() -> None:
    aim = Aim(LEVEL, low="50", base="40", unit=SHARE)
    assert aim.pace("45").reachable
    assert not aim.pace("41").reachable


def test_what_keeps_to_its_own_path_is_never_lost() -> None:
    path = (PathPoint(Period(2019, 1, 6), Fraction(20, 100)),)
    for aim in (Aim(low="100", path=path), Aim(LEVEL, low="100", base="0", path=path)):
        assert [(aim.pace(value, JUNE).status, aim.pace(value, JUNE).reachable) for value in ("20", "21", "19")] == [
            (PaceStatus.ON_PACE, True),
            (PaceStatus.AHEAD, True),
            (PaceStatus.BEHIND, True),
        ]
    early = (PathPoint(Period(2019, 1, 6), Fraction(90, 100)),)
    for aim in (Aim(low="100", path=early), Aim(LEVEL, low="100", base="0", path=early)):
        assert not aim.pace("20", JUNE).reachable


def test_a_sum_of_zero_shows_no_rate_in_the_first_half_of_the_time() -> None:
    aim = Aim(low="100")
    months = {month: aim.pace("0", Moment((2019, 1), (2019, month))).reachable for month in (1, 6, 7, 11)}
    assert months == {1: True, 6: True, 7: False, 11: False}
    assert not aim.pace("0.1", Moment((2019, 1), (2019, 1))).reachable


# what holds for all figures

AMOUNTS = st.decimals(min_value=0, max_value=10**6, places=3)
BOUNDS = st.decimals(min_value="0.001", max_value=10**6, places=3)
MONTHS = st.integers(1, 12)
KINDS = st.sampled_from(list(IndicatorKind))
DIRECTIONS = st.sampled_from(["floor", "ceiling", "range", "exact"])


class Figures(NamedTuple):
    """A value with the bound and the baseline that it is compared with."""

    value: Decimal
    bound: Decimal
    base: Decimal | None


FIGURES = st.builds(Figures, AMOUNTS, BOUNDS, st.none() | AMOUNTS)


def aim_of(kind: IndicatorKind, direction: str, bound: Decimal, base: Decimal | None, scale: int = 1) -> Aim:
    low, high = str(bound * scale), str((bound + bound / 2) * scale)
    ends = {"floor": (low, None), "ceiling": (None, low), "range": (low, high), "exact": (low, low)}[direction]
    return Aim(kind, *ends, None if base is None else str(base * scale), unit=Unit("个", "works", Fraction(1, scale)))


@given(KINDS, DIRECTIONS, FIGURES, MONTHS)
def test_a_status_never_changes_with_the_unit(
    kind: IndicatorKind, direction: str, figures: Figures, month: int
) -> None:
    value, bound, base = figures
    moment = Moment((2019, 1), (2019, month))
    small = aim_of(kind, direction, bound, base).pace(Fraction(value), moment)
    large = aim_of(kind, direction, bound, base, 10_000).pace(Fraction(value * 10_000), moment)
    assert (small.status, small.completion, small.reachable) == (large.status, large.completion, large.reachable)
    if small.lead_unit is LeadUnit.POINTS:
        assert small.lead == large.lead


@example(Decimal(0), Decimal("0.001"), Decimal("0.005"), 6)
@given(AMOUNTS, AMOUNTS, BOUNDS, MONTHS)
def test_a_bigger_sum_is_never_further_behind(value: Decimal, more: Decimal, bound: Decimal, month: int) -> None:
    aim, moment = Aim(low=str(bound)), Moment((2019, 1), (2019, month))
    small, large = aim.pace(Fraction(value), moment), aim.pace(Fraction(value + more), moment)
    assert small.lead is not None
    assert large.lead is not None
    assert large.lead >= small.lead
    assert small.status not in KEEPING or large.status in KEEPING
    no_rate_yet = value == 0 and month <= 6  # 0 in the first half of the year does not say what is possible
    assert large.reachable or not small.reachable or no_rate_yet


@pytest.mark.parametrize("annual", [False, True])
@given(kind=KINDS, direction=DIRECTIONS, figures=FIGURES)
def test_on_the_last_day_pace_and_verdict_agree(
    kind: IndicatorKind, direction: str, figures: Figures, *, annual: bool
) -> None:
    value, bound, base = figures
    aim = aim_of(kind, direction, bound, base)._replace(annual=annual)
    indicator = aim.result(None).indicator
    plan = Plan(title="", region="钦州市", period=Period(2019), indicators=(indicator,), departments=())
    sent = Observation("x", Reading.VALUE, str(value), Place("a.csv"), Period(2019), amount=value)
    judged = judge_value(indicator, plan, plan.period, observation=sent, actual=Fraction(value))
    pace = pace_of(judged, Moment((2019, 1), (2019, 12)))
    assert pace.is_over
    assert (judged.verdict is Verdict.MET) == (pace.status is PaceStatus.ACHIEVED_EARLY)


@given(DIRECTIONS, AMOUNTS, BOUNDS, AMOUNTS, MONTHS)
def test_what_is_needed_reaches_the_target_at_the_end(
    direction: str, value: Decimal, bound: Decimal, base: Decimal, month: int
) -> None:
    for kind in (FLOW, LEVEL, MEAN):
        aim = aim_of(kind, direction, bound, base)
        pace = aim.pace(Fraction(value), Moment((2019, 1), (2019, month)))
        if pace.needed is None or pace.clock is None:
            continue
        if kind is MEAN:
            end = (Fraction(value) * pace.clock.passed + pace.needed * pace.span.left) / pace.clock.total
        else:
            end = Fraction(value) + pace.needed * pace.span.left
        interval = aim.result(None).indicator.target.interval
        assert end in interval


# order and tally


def test_the_tally_names_its_denominator() -> None:
    cases = [("9", False), ("8", False), ("6.75", False), ("1", False), (None, False), ("1", True)]
    targets = []
    for value, annual in cases:
        result = Aim(low="9", annual=annual).result(value)
        targets.append(PacedTarget(result, pace_of(result, SEPTEMBER)))
    counts = pace_tally(targets)
    assert (counts.total, counts.assessed, counts.keeping, counts.annual) == (6, 4, 3, 1)
    assert counts.keeping_share == Fraction(3, 4)
    assert pace_tally([]).keeping_share is None


def test_the_largest_lag_comes_first() -> None:
    targets = []
    for value in ("9", None, "6", "1", "8"):
        result = Aim(low="9").result(value)
        targets.append(PacedTarget(result, pace_of(result, SEPTEMBER)))
    order = [each.result.actual for each in worst_first(targets)]
    assert order == [1, 6, 8, 9, None]
