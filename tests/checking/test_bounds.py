"""R1, R3: what an engine compares is what Python judges, for every unit, comparator and doubt."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from czurban.checking.bounds import Bounds, ValueRange, compile_bounds, sure_ranges
from czurban.checking.judging import verdict
from czurban.checking.plausible import convert, doubtful
from czurban.model.assessment import Verdict
from czurban.model.finding import Place
from czurban.model.indicator import Indicator, IndicatorKind
from czurban.model.observation import Observation, Reading
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.model.target import Interval, Target
from czurban.model.unit import Unit, Units
from czurban.model.years import Baseline

YEAR = Period(2019)
STEP = Decimal("0.00000001")
UNITS = {
    "%": ("%", "‰"),
    "万人": ("人", "万人", "千人"),
    "公顷": ("亩", "公顷", "平方千米", "平方米"),
    "平方千米": ("亩", "公顷", "平方米"),
    "个": ("个", "所"),
    "三分": ("三分", "七分"),
}


def unit_of(name: str) -> Unit:
    thirds = {"三分": Fraction(1, 3), "七分": Fraction(1, 7)}
    if name in thirds:
        return Unit(name, "made up", thirds[name])
    result = Units().find(name)
    assert result is not None
    return result


def indicator_of(unit: str, kind: IndicatorKind, interval: Interval, baseline: Decimal | None) -> Indicator:
    base = None if baseline is None else Baseline(str(baseline), baseline)
    return Indicator(
        id="made-up",
        name="made up",
        unit=unit_of(unit),
        kind=kind,
        target=Target(interval, YEAR, base),
        leads=("nobody",),
    )


def agree(indicator: Indicator, unit: Unit, bounds: Bounds, value: Decimal) -> None:
    """One value in a row's unit: both ways say the same, or the bounds leave it to rows."""
    actual = unit.convert(value, indicator.unit)
    if not bounds.sure_low <= value <= bounds.sure_high:
        return
    assert not doubtful(actual, indicator)
    met = verdict(indicator.target, actual) is Verdict.MET
    assert met == (bounds.low <= value <= bounds.high), (indicator, unit, value)
    result = Observation("made-up", Reading.VALUE, str(value), Place("f"), YEAR, amount=value, unit=unit)
    assert convert(result, indicator)[1] is None


numbers = st.decimals(min_value=0, max_value=10**7, places=4) | st.sampled_from([Decimal(n) for n in (0, 1, 60, 100)])


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    low, more, is_open = draw(numbers), draw(numbers), draw(st.booleans())
    match draw(st.sampled_from(("floor", "ceiling", "range", "exact"))):
        case "floor":
            return Interval(low=low, low_open=is_open)
        case "ceiling":
            return Interval(high=low, high_open=is_open)
        case "range":
            return Interval(low=low, high=low + more)
        case _:
            return Interval(low=low, high=low)


@settings(max_examples=250)
@given(st.data(), intervals(), st.sampled_from([kind for kind in IndicatorKind if kind is not IndicatorKind.MILESTONE]))
def test_r1_bounds_say_what_python_says(data: st.DataObject, interval: Interval, kind: IndicatorKind) -> None:
    name = data.draw(st.sampled_from(sorted(UNITS)))
    unit = unit_of(data.draw(st.sampled_from(UNITS[name])))
    indicator = indicator_of(name, kind, interval, data.draw(st.none() | numbers))
    bounds = compile_bounds(indicator, unit)
    if bounds is None:
        return
    ends = [end + step for end in bounds for step in (-STEP, Decimal(0), STEP) if abs(end) < 10**19]
    drawn = data.draw(st.lists(st.decimals(min_value=-(10**9), max_value=10**12, places=8), max_size=10))
    near = [unit_value(indicator, unit, item) for item in (interval.low, interval.high) if item is not None]
    for value in (*ends, *drawn, *near, *(item * times for item in near for times in (Decimal("0.2"), 4, 9, 40, -1))):
        agree(indicator, unit, bounds, value)


def unit_value(indicator: Indicator, unit: Unit, value: Decimal) -> Decimal:
    """About the value in another unit, at eight places."""
    steps = Fraction(value) * indicator.unit.factor / unit.factor * 10**8
    return Decimal(round(steps)).scaleb(-8)


@pytest.mark.parametrize("low_open", [False, True])
@pytest.mark.parametrize("unit", ["亩", "公顷", "平方千米", "平方米"])
def test_r1_around_every_bound(unit: str, low_open: bool) -> None:  # noqa: FBT001 - a parameter of the test
    for bound in ("0.1", "1", "19500", "33.33333333", "0.00000001"):
        for interval in (
            Interval(low=Decimal(bound), low_open=low_open),
            Interval(high=Decimal(bound), high_open=low_open),
            Interval(low=Decimal(bound), high=Decimal(bound) * 2),
        ):
            indicator = indicator_of("公顷", IndicatorKind.FLOW, interval, None)
            given_in = unit_of(unit)
            bounds = compile_bounds(indicator, given_in)
            if bounds is None:  # 0.00000001 公顷 in 平方千米 has no eight places to stand on
                assert (bound, unit) == ("0.00000001", "平方千米")
                continue
            middle = unit_value(indicator, given_in, Decimal(bound))
            for steps in range(-200, 201):
                agree(indicator, given_in, bounds, middle + steps * STEP)


def test_every_indicator_of_the_plan_has_bounds_that_hold_its_target(plan: Plan) -> None:
    for result in plan.indicators:
        bounds = compile_bounds(result, None)
        assert bounds is not None
        bound = result.target.interval.bound
        assert bound is None or bounds.sure_low <= bound <= bounds.sure_high


def test_a_unit_of_another_dimension_has_none(plan: Plan) -> None:
    share = next(indicator for indicator in plan.indicators if indicator.unit.is_share)
    assert compile_bounds(share, unit_of("万人")) is None


def test_the_sure_stretch_is_about_the_target_and_not_far_below_zero() -> None:
    growth = indicator_of("%", IndicatorKind.GROWTH, Interval(low=Decimal(6)), Decimal(5))
    bounds = compile_bounds(growth, None)
    assert bounds is not None
    assert -10 < bounds.sure_low < 6 < bounds.sure_high < 1000


def test_what_no_number_of_eight_places_can_meet_is_met_by_none() -> None:
    exact = indicator_of("公顷", IndicatorKind.FLOW, Interval(low=Decimal("0.1"), high=Decimal("0.1")), None)
    bounds = compile_bounds(exact, unit_of("平方千米"))
    assert bounds is not None
    assert bounds.low == bounds.high == Decimal("0.001")
    narrow = replace(exact, unit=unit_of("三分"), target=Target(Interval(Decimal(1), Decimal(1)), YEAR))
    empty = compile_bounds(narrow, unit_of("七分"))
    assert empty is not None
    assert empty.low > empty.high or (empty.low * 3 / 7 == 1)


@pytest.mark.parametrize(("low", "high"), [("1E+21", None), (None, "-1E+21"), ("100000000000000000000", None)])
def test_r1_what_no_column_can_hold_is_met_by_nothing(low: str | None, high: str | None) -> None:
    interval = Interval(None if low is None else Decimal(low), None if high is None else Decimal(high))
    bounds = compile_bounds(indicator_of("个", IndicatorKind.FLOW, interval, None), None)
    assert bounds is not None
    assert bounds.low > bounds.high
    assert {abs(bounds.low), abs(bounds.high)} == {Decimal("99999999999999999999.99999999")}  # of DECIMAL(28,8)


def test_r1_a_target_without_an_end_reaches_as_far_as_a_column() -> None:
    bounds = compile_bounds(indicator_of("个", IndicatorKind.FLOW, Interval(low=Decimal(1)), None), None)
    assert bounds is not None
    assert (bounds.low, bounds.high) == (Decimal(1), Decimal("99999999999999999999.99999999"))


@pytest.mark.parametrize(
    ("stretches", "sure"),
    [
        ([(0, 1), (2, 5)], (2, 5)),
        ([(2, 5), (8, 9)], (2, 5)),
        ([(-9, -8), (-7, -1)], (-7, -1)),
        ([(3, 3)], (3, 3)),
        ([(3, 3), (4, 5)], (4, 5)),
        ([(-20, -12), (1, 5)], (-20, -12)),
    ],
)
def test_r3_the_widest_stretch_is_the_sure_one(stretches: list[tuple[int, int]], sure: tuple[int, int]) -> None:
    given = [ValueRange((Fraction(low), True), (Fraction(high), True)) for low, high in stretches]
    bounds = compile_bounds(indicator_of("个", IndicatorKind.FLOW, Interval(low=Decimal(1)), None), None, given)
    assert bounds is not None
    assert (bounds.sure_low, bounds.sure_high) == sure


def test_r3_a_stretch_between_two_numbers_of_so_many_places_is_none() -> None:
    third = Fraction(1, 3)
    between = ValueRange((third, True), (third + Fraction(1, 10**9), True))
    result = indicator_of("个", IndicatorKind.FLOW, Interval(low=Decimal(1)), None)
    assert compile_bounds(result, None, [between]) is None
    point = ValueRange((Fraction("0.00000001"), True), (Fraction("0.00000001"), True))
    bounds = compile_bounds(result, None, [between, point])
    assert bounds is not None
    assert bounds.sure_low == bounds.sure_high == STEP


def test_r3_the_sure_values_around_a_baseline_below_zero_end_on_both_sides() -> None:
    growth = indicator_of("%", IndicatorKind.GROWTH, Interval(low=Decimal(6)), Decimal(-5))
    above, below = sure_ranges(growth)
    # From 50 times the one figure and from a fiftieth of the other on, a share may be a fraction.
    assert below == ValueRange((Fraction(-250), False), (Fraction(-6, 50), False))
    assert above.low == (Fraction(6, 50), False)
