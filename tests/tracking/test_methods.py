"""Worked examples of the four methods of second opinions, with figures computed by hand."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from czurban.model.over_time.opinion import Course, Method, Opinion, Outlook, Silence, month_number
from czurban.model.target import Interval
from czurban.tracking.methods import METHODS
from czurban.tracking.roots import GrowthRatio, Root

PERCENT = 100


def year(number: int) -> int:
    return month_number((number, 12))


def course(
    *points: tuple[int, str], baseline: str | None, start: int = 2020, target: str, end: int, ceiling: bool = False
) -> Course:
    bound = Decimal(target)
    interval = Interval(high=bound) if ceiling else Interval(low=bound)
    base = None if baseline is None else Fraction(baseline)
    goal = None if base is None or base in interval else interval.edge(base)
    return Course(
        interval, base, year(start), goal, year(end), tuple((year(at), Fraction(value)) for at, value in points)
    )


def said(method: Method, what: Course) -> Opinion:
    return METHODS[method](what)


def test_the_level_that_is_a_quarter_of_the_way_at_two_fifths_of_the_time_is_behind() -> None:
    what = course((2020, "1.8"), (2022, "2.5"), baseline="1.8", target="4.5", end=2025)
    found = said(Method.LINEAR, what)
    assert found.outlook is Outlook.BEHIND_LINE
    assert found.measure == Fraction(7, 27)
    assert what.elapsed == Fraction(2, 5)
    assert (found.toward, found.in_time) == (True, False)


@pytest.mark.parametrize(
    ("actual", "outlook"),
    [("2.88", "on-line"), ("2.879", "behind-line"), ("1.8", "behind-line"), ("1.79", "away-from-line")],
)
def test_the_line_is_met_exactly(actual: str, outlook: str) -> None:
    what = course((2022, actual), baseline="1.8", target="4.5", end=2025)
    assert said(Method.LINEAR, what).outlook == outlook


@pytest.mark.parametrize(
    ("actual", "outlook", "share"),
    [
        ("4.5", "met", 1),
        ("5.85", "met", Fraction(3, 2)),
        ("2.07", "improved", Fraction(1, 10)),
        ("2.0699", "little-change", Fraction(2699, 27000)),
        ("1.8", "little-change", 0),
        ("1.63", "little-change", Fraction(-17, 270)),
        ("1.62", "worse", Fraction(-18, 270)),
    ],
)
def test_healthy_people_classifies_the_targeted_change(actual: str, outlook: str, share: Fraction) -> None:
    found = said(Method.HP, course((2022, actual), baseline="1.8", target="4.5", end=2025))
    assert (found.outlook, found.measure) == (outlook, share)


def test_healthy_people_has_no_share_where_the_baseline_met_the_target() -> None:
    found = said(Method.HP, course((2022, "5"), baseline="4.6", target="4.5", end=2025))
    assert (found.outlook, found.measure) == (Outlook.MET, None)
    assert said(Method.LINEAR, course((2022, "5"), baseline="4.6", target="4.5", end=2025)).silence is Silence.NO_WAY


@pytest.mark.parametrize(
    ("actual", "outlook", "measure"),
    [
        # 10 a year are required: 100 to 161.051 in five years. After two years 121 is 10 a year, a ratio of 1.
        ("121", "significant", "1"),
        ("119.9025", "significant", "0.95"),  # 1.095 squared
        ("119.9024", "moderate", "0.95"),  # rounded; below 0.95 all the same
        ("112.36", "moderate", "0.6"),  # 1.06 squared
        ("112.3599", "insufficient", "0.6"),
        ("100", "insufficient", "0"),
        ("99.99", "moving-away", "-0.0005"),
        ("81", "moving-away", "-1"),
    ],
)
def test_compound_growth_is_compared_exactly(actual: str, outlook: str, measure: str) -> None:
    found = said(Method.STATCAN, course((2022, actual), baseline="100", target="161.051", end=2025))
    assert (found.outlook, found.measure) == (outlook, Fraction(measure))


def test_compound_growth_of_a_ceiling_is_a_fall() -> None:
    # 20 % less a year are required: 100 to 64 in two years; 88 after one year is 12 %, a ratio of 0.6.
    down = course((2021, "88"), baseline="100", target="64", end=2022, ceiling=True)
    found = said(Method.STATCAN, down)
    assert (found.outlook, found.measure, found.in_time) == (Outlook.MODERATE, Fraction(3, 5), False)


def test_roots_that_are_no_fractions_are_rounded_once() -> None:
    # 1.8 to 4.5 in five years is 20.1124 % a year, 1.8 to 2.5 in two is 17.8511 %; the ratio is 0.88757.
    found = said(Method.STATCAN, course((2022, "2.5"), baseline="1.8", target="4.5", end=2025))
    assert (found.outlook, found.measure) == (Outlook.MODERATE, Fraction("0.8876"))


@pytest.mark.parametrize("baseline", ["0", "-1"])
def test_compound_growth_needs_figures_above_zero(baseline: str) -> None:
    what = course((2022, "2.5"), baseline=baseline, target="4.5", end=2025)
    assert said(Method.STATCAN, what).silence is Silence.NOT_ABOVE_ZERO


@pytest.mark.parametrize("method", [Method.LINEAR, Method.HP, Method.STATCAN])
def test_a_way_needs_a_baseline(method: Method) -> None:
    assert said(method, course((2022, "2.5"), baseline=None, target="4.5", end=2025)).silence is Silence.NO_BASELINE


SIX = ((2015, "50"), (2016, "53"), (2017, "52"), (2018, "56"), (2019, "58"), (2020, "60"))


@pytest.mark.parametrize(
    ("target", "outlook", "short"),
    [
        # The mean of five changes is 2 a year, so that 2025 is at 70.
        ("70", "reached", "0"),
        ("70.5", "reached", "1/21"),  # 0.5 of 10.5, which is 4.8 %
        ("71", "near-miss", "1/11"),
        ("72.5", "near-miss", "1/5"),  # exactly 20 %
        ("72.6", "far-miss", "13/63"),
        ("90", "far-miss", "2/3"),
    ],
)
def test_the_mean_of_five_changes_is_projected(target: str, outlook: str, short: str) -> None:
    found = said(Method.DNS, course(*SIX, baseline=None, target=target, end=2025))
    assert (found.outlook, found.measure, found.intervals) == (outlook, Fraction(short), 5)


def test_exactly_five_percent_short_is_no_longer_reached() -> None:
    # 60 plus 10 is 70; a target of 60 + 200/19 is missed by 10/19 of 200/19, which is 5 %.
    points = tuple((at, str(19 * int(value))) for at, value in SIX)
    found = said(Method.DNS, course(*points, baseline=None, target="1340", end=2025))
    assert (found.outlook, found.measure) == (Outlook.NEAR_MISS, Fraction(1, 20))


def test_only_the_last_five_changes_count() -> None:
    found = said(Method.DNS, course((2014, "0"), *SIX, baseline=None, target="70", end=2025))
    assert (found.outlook, found.intervals) == (Outlook.REACHED, 5)


@pytest.mark.parametrize("last", ["50", "49"])
def test_a_distance_that_stays_or_grows_is_the_wrong_way(last: str) -> None:
    found = said(Method.DNS, course((2019, "50"), (2020, last), baseline=None, target="70", end=2025))
    assert (found.outlook, found.measure, found.intervals) == (Outlook.WRONG_WAY, None, 1)


def test_a_target_that_is_met_now_and_lost_by_then_is_the_wrong_way() -> None:
    found = said(Method.DNS, course((2019, "72"), (2020, "71"), baseline=None, target="70", end=2025))
    assert (found.outlook, found.in_time) == (Outlook.WRONG_WAY, False)


@pytest.mark.parametrize(
    ("last", "at", "outlook", "miss"),
    [
        ("4.4", 2025, Outlook.MISSED, Fraction("0.1")),
        ("4.5", 2025, Outlook.MET, None),
        ("4.6", 2025, Outlook.MET, None),
        ("4.4", 2026, Outlook.MISSED, Fraction("0.1")),
        ("4.6", 2026, Outlook.MET, None),
    ],
)
@pytest.mark.parametrize("before", ["4.0", "4.4", "4.7"])
def test_at_the_deadline_nothing_is_projected(
    last: str, at: int, outlook: Outlook, miss: Fraction | None, before: str
) -> None:
    what = course((2024, before), (at, last), baseline="1.8", target="4.5", end=2025)
    found = said(Method.DNS, what)
    assert (found.outlook, found.measure, found.toward) == (outlook, miss, None)
    assert {said(method, what).in_time for method in Method} - {None} == {outlook is Outlook.MET}


def test_at_the_deadline_one_figure_is_enough_and_a_ceiling_is_missed_from_above() -> None:
    what = course((2025, "12.5"), baseline=None, target="12", end=2025, ceiling=True)
    assert said(Method.DNS, what)[:2] == (Method.DNS, Outlook.MISSED)
    assert said(Method.DNS, what).measure == Fraction("0.5")


def test_a_single_figure_has_no_change() -> None:
    assert said(Method.DNS, course((2020, "50"), baseline=None, target="70", end=2025)).silence is Silence.TOO_FEW


positive = st.fractions(min_value=Fraction(1, 40), max_value=50, max_denominator=40)


@given(positive, st.integers(1, 60))
def test_a_root_lies_between_its_bounds(radicand: Fraction, degree: int) -> None:
    low, high = Root(radicand, degree).between(40)
    assert low**degree <= radicand <= high**degree
    assert high - low <= Fraction(1, 2**40)


@given(positive, st.integers(1, 12))
def test_the_root_of_a_power_is_the_number(base: Fraction, degree: int) -> None:
    assert Root(base**degree, degree).fraction == base


@given(positive, positive.filter(lambda value: value != 1), st.integers(1, 8), st.integers(1, 8))
def test_a_rounded_ratio_agrees_with_the_comparison(top: Fraction, bottom: Fraction, first: int, second: int) -> None:
    ratio = GrowthRatio(Root(top, first), Root(bottom, second))
    half = Fraction(1, 2 * 10**4)
    rounded = ratio.rounded(4)
    assert ratio.at_least(rounded - half)
    assert not ratio.at_least(rounded + half + Fraction(1, 10**9))


@given(
    st.lists(positive, min_size=1, max_size=7),
    positive,
    positive,
    st.booleans(),
    st.sampled_from([1000, Fraction(1, 7)]),
)
def test_no_opinion_changes_with_the_unit(
    values: list[Fraction],
    base: Fraction,
    bound: Fraction,
    ceiling: bool,  # noqa: FBT001 - Hypothesis gives it
    factor: Fraction,
) -> None:
    def what(scale: Fraction) -> Course:
        # A bound has decimals that end, so that it is a multiple of 1/100 in either unit.
        edge = Fraction(int(bound * PERCENT)) * scale * 7
        limit = Decimal(edge.numerator) / Decimal(edge.denominator)
        interval = Interval(high=limit) if ceiling else Interval(low=limit)
        start = base * PERCENT * 7 * scale
        goal = None if start in interval else interval.edge(start)
        points = tuple((year(2021 + at), value * PERCENT * 7 * scale) for at, value in enumerate(values))
        return Course(interval, start, year(2020), goal, year(2030), points)

    for method in METHODS.values():
        assert method(what(Fraction(1))) == method(what(Fraction(factor)))
