"""R1 and R2: what satisfies a target, exactly, and which way is better."""

import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import czurban
from czurban.model.period import Period
from czurban.model.target import Direction, Interval, Target
from czurban.model.target.interval import NumberRange
from czurban.model.years import Baseline

BOUNDS = st.decimals(min_value=-(10**9), max_value=10**9, allow_nan=False, allow_infinity=False, places=6)
VALUES = st.fractions(min_value=-(10**9), max_value=10**9)
NEARLY = Fraction(1, 10**9)


def near(bound: Decimal) -> st.SearchStrategy[Fraction]:
    """Values at, beside and far from a bound."""
    return st.one_of(st.sampled_from([Fraction(bound), Fraction(bound) - NEARLY, Fraction(bound) + NEARLY]), VALUES)


@given(BOUNDS, st.booleans(), st.data())
def test_r1_floor(low: Decimal, low_open: bool, data: st.DataObject) -> None:  # noqa: FBT001 - drawn
    value = data.draw(near(low))
    interval = Interval(low=low, low_open=low_open)
    assert (value in interval) is (value > Fraction(low) if low_open else value >= Fraction(low))
    assert interval.gap(value) == value - Fraction(low)


@given(BOUNDS, st.booleans(), st.data())
def test_r1_ceiling(high: Decimal, high_open: bool, data: st.DataObject) -> None:  # noqa: FBT001 - drawn
    value = data.draw(near(high))
    interval = Interval(high=high, high_open=high_open)
    assert (value in interval) is (value < Fraction(high) if high_open else value <= Fraction(high))
    assert interval.gap(value) == Fraction(high) - value


@given(BOUNDS, BOUNDS, st.data())
def test_r1_range_includes_both_ends(one: Decimal, other: Decimal, data: st.DataObject) -> None:
    low, high = sorted((one, other))
    value = data.draw(st.one_of(near(low), near(high)))
    interval = Interval(low, high)
    assert (value in interval) is (Fraction(low) <= value <= Fraction(high))
    assert interval.gap(value) == min(value - Fraction(low), Fraction(high) - value)
    assert (interval.gap(value) >= 0) is (value in interval)


@given(BOUNDS)
def test_r1_exact_takes_its_figure_alone(figure: Decimal) -> None:
    interval = Interval(figure, figure)
    assert Fraction(figure) in interval
    assert Fraction(figure) + NEARLY not in interval
    assert Fraction(figure) - NEARLY not in interval
    assert interval.direction is Direction.EXACT


@pytest.mark.parametrize(
    ("interval", "value", "inside"),
    [
        (Interval(low=Decimal("72.69")), "72.69", True),
        (Interval(low=Decimal("72.69")), "72.689999999", False),
        (Interval(low=Decimal(60)), "59.9", False),
        (Interval(low=Decimal(60)), "59.9999999999999999999", False),
        (Interval(high=Decimal("4.5")), "4.5", True),
        (Interval(high=Decimal("4.5")), "4.500000001", False),
        (Interval(low=Decimal(0), low_open=True), "0", False),
        (Interval(low=Decimal(0), low_open=True), "0.000000001", True),
        (Interval(high=Decimal(5), high_open=True), "5", False),
        (Interval(high=Decimal(5), high_open=True), "4.999999999", True),
        (Interval(Decimal(6), Decimal("6.5")), "6", True),
        (Interval(Decimal(6), Decimal("6.5")), "6.5", True),
        (Interval(Decimal(6), Decimal("6.5")), "6.500000001", False),
        (Interval(Decimal(6), Decimal("6.5")), "5.999999999", False),
    ],
)
def test_r1_at_the_bound(interval: Interval, value: str, inside: bool) -> None:  # noqa: FBT001 - a table's column
    assert (Fraction(value) in interval) is inside


@pytest.mark.parametrize(("share", "percent"), [("0.07", 7), ("0.29", 29), ("0.57", 57), ("1.1", 110)])
def test_r1_no_binary_float_touches_a_value(share: str, percent: int) -> None:
    """As floats each of these times 100 misses its per cent."""
    value = Fraction(Decimal(share)) * 100
    exact = Interval(Decimal(percent), Decimal(percent))
    assert float(share) * 100 != percent
    assert value in exact
    assert exact.gap(value) == 0


def test_r1_gap_is_zero_at_an_open_bound_though_the_value_is_outside() -> None:
    interval = Interval(low=Decimal(5), low_open=True)
    assert interval.gap(Fraction(5)) == 0
    assert Fraction(5) not in interval


@pytest.mark.parametrize(
    ("interval", "direction", "bound", "text"),
    [
        (Interval(low=Decimal(41)), Direction.FLOOR, Decimal(41), "≥41"),
        (Interval(low=Decimal(0), low_open=True), Direction.FLOOR, Decimal(0), ">0"),
        (Interval(high=Decimal("4.5")), Direction.CEILING, Decimal("4.5"), "≤4.5"),
        (Interval(high=Decimal(5), high_open=True), Direction.CEILING, Decimal(5), "<5"),
        (Interval(Decimal(6), Decimal("6.5")), Direction.RANGE, None, "6~6.5"),
        (Interval(Decimal(100), Decimal(100)), Direction.EXACT, Decimal(100), "=100"),
    ],
)
def test_r2_direction(interval: Interval, direction: Direction, bound: Decimal | None, text: str) -> None:
    assert interval.direction is direction
    assert interval.bound == bound
    assert str(interval) == text


@pytest.mark.parametrize(
    ("interval", "empty"),
    [
        (Interval(Decimal(2), Decimal(1)), True),
        (Interval(Decimal(1), Decimal(1)), False),
        (Interval(Decimal(1), Decimal(1), low_open=True), True),
        (Interval(Decimal(1), Decimal(1), high_open=True), True),
        (Interval(Decimal(1), Decimal(2)), False),
        (Interval(low=Decimal(1)), False),
        (Interval(high=Decimal(1)), False),
    ],
)
def test_is_empty(interval: Interval, empty: bool) -> None:  # noqa: FBT001 - a table's column
    assert interval.is_empty is empty


@pytest.mark.parametrize(
    ("interval", "lower_is_worse", "higher_is_worse"),
    [
        (Interval(low=Decimal(5)), True, False),
        (Interval(high=Decimal(5)), False, True),
        (Interval(Decimal(4), Decimal(5)), False, False),
        (Interval(Decimal(5), Decimal(5)), False, False),
    ],
)
def test_r2_worse(interval: Interval, lower_is_worse: bool, higher_is_worse: bool) -> None:  # noqa: FBT001 - table
    assert interval.worse(Fraction(1), Fraction(2)) is lower_is_worse
    assert interval.worse(Fraction(2), Fraction(1)) is higher_is_worse
    assert interval.worse(Fraction(1), Fraction(1)) is False


@pytest.mark.parametrize(
    ("interval", "value", "edge"),
    [
        (Interval(low=Decimal(5)), 1, 5),
        (Interval(low=Decimal(5)), 9, 5),
        (Interval(high=Decimal(5)), 9, 5),
        (Interval(high=Decimal(5)), 1, 5),
        (Interval(Decimal(4), Decimal(6)), 1, 4),
        (Interval(Decimal(4), Decimal(6)), 9, 6),
        (Interval(Decimal(4), Decimal(6), low_open=True), 4, 4),
        (Interval(Decimal(4), Decimal(6), high_open=True), 6, 6),
        (Interval(Decimal(5), Decimal(5)), 1, 5),
        (Interval(low=Decimal(0)), -3, 0),
    ],
)
def test_r8_the_edge_is_the_bound_that_a_value_outside_has_to_reach(interval: Interval, value: int, edge: int) -> None:
    assert interval.edge(Fraction(value)) == edge


def test_without_a_bound_there_is_a_dash() -> None:
    assert str(Interval()) == "—"


def test_a_baseline_is_exact_unless_it_says_about() -> None:
    assert not Baseline("40", Decimal(40)).approximate


@pytest.mark.parametrize(
    ("rule", "value", "expected"),
    [
        (Interval(low=Decimal(2000)), 1900, Fraction(19, 20)),
        (Interval(low=Decimal(2000)), 2100, Fraction(21, 20)),
        (Interval(low=Decimal(0)), 5, None),
        (Interval(high=Decimal(4)), 3, None),
        (Interval(Decimal(6), Decimal(7)), 6, None),
        (Interval(Decimal(6), Decimal(6)), 6, None),
    ],
)
def test_completion_is_for_floors_alone(rule: Interval, value: int, expected: Fraction | None) -> None:
    assert rule.completion(Fraction(value)) == expected


@pytest.mark.parametrize(
    ("rule", "ordered"),
    [
        (Interval(low=Decimal(5)), [3, 2, 1]),
        (Interval(high=Decimal(5)), [1, 2, 3]),
        (Interval(Decimal(1), Decimal(2)), None),
        (Interval(Decimal(1), Decimal(1)), None),
    ],
)
def test_values_are_sorted_by_the_direction(rule: Interval, ordered: list[int] | None) -> None:
    assert rule.best_first(map(Fraction, (2, 3, 1))) == ordered


@pytest.mark.parametrize(
    ("rule", "other"),
    [
        (Interval(low=Decimal(40)), Interval(low=Decimal(41))),
        (Interval(low=Decimal(40), low_open=True), Interval(low=Decimal(41), low_open=True)),
        (Interval(high=Decimal(40), high_open=True), Interval(high=Decimal(41), high_open=True)),
        (Interval(Decimal(40), Decimal(40)), Interval(Decimal(41), Decimal(41))),
        (Interval(Decimal(40), Decimal(50)), None),
    ],
)
def test_a_bare_number_takes_the_rule_of_a_target(rule: Interval, other: Interval | None) -> None:
    assert rule.with_bound(Decimal(41)) == other
    assert other is None or (rule.same_rule(other) and rule.same_direction(other))


def test_rules_differ_by_direction_and_by_open_ends() -> None:
    floor, above, ceiling = Interval(low=Decimal(4)), Interval(low=Decimal(4), low_open=True), Interval(high=Decimal(4))
    assert not floor.same_rule(above)
    assert floor.same_direction(above)
    assert not floor.same_direction(ceiling)


def test_the_other_side_of_a_bound() -> None:
    assert Interval(low=Decimal(4)).opposite() == NumberRange(None, Fraction(4))
    assert Interval(high=Decimal(4)).opposite() == NumberRange(Fraction(4), None)
    assert Interval(Decimal(4), Decimal(5)).opposite() is None
    assert Interval(Decimal(4), Decimal(4)).opposite() is None
    assert Interval(Decimal(4), Decimal(5)).closed() == NumberRange(Fraction(4), Fraction(5))


@pytest.mark.parametrize(
    ("rule", "low", "high"),
    [
        (Interval(low=Decimal(8)), 4, 24),
        (Interval(high=Decimal(8)), 1, 24),
        (Interval(Decimal(8), Decimal(10)), 4, 30),
        (Interval(low=Decimal("0.8")), "0.4", "2.4"),
        (Interval(high=Decimal(0)), 0, 0),
        (Interval(low=Decimal(-1)), None, None),
    ],
)
def test_what_a_target_alone_makes_plausible(rule: Interval, low: str | int | None, high: str | int | None) -> None:
    ends = (None if end is None else Fraction(end) for end in (low, high))
    assert rule.plausible() == NumberRange(*ends)


@pytest.mark.parametrize(
    ("rule", "name"),
    [
        (Interval(low=Decimal(4)), "a floor"),
        (Interval(high=Decimal(4)), "a ceiling"),
        (Interval(Decimal(4), Decimal(5)), "a range"),
        (Interval(Decimal(4), Decimal(4)), "an exact figure"),
    ],
)
def test_the_direction_has_a_name_for_sentences(rule: Interval, name: str) -> None:
    assert str(rule.direction_name) == name


@pytest.mark.parametrize(
    ("baseline", "rounded"),
    [
        (Baseline("4.6", Decimal("4.6")), NumberRange(Fraction("4.55"), Fraction("4.65"))),
        (Baseline("约4.6", Decimal("4.6"), approximate=True), None),
        (Baseline("—", None), None),
        (None, None),
    ],
)
def test_a_baseline_stands_for_all_that_rounds_to_it(baseline: Baseline | None, rounded: NumberRange | None) -> None:
    target = Target(Interval(low=Decimal(4)), Period(2019), baseline)
    assert target.baseline_rounded == rounded


def test_only_the_module_of_targets_branches_on_the_direction() -> None:
    source = Path(czurban.__file__).parent
    users = {file.name for file in source.rglob("*.py") if re.search(r"\bDirection\.", file.read_text("utf-8"))}
    assert users == {"interval.py"}
