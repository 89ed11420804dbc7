from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from czurban.checking.judging import figures, is_due, judge_value, notes, progress_of, verdict
from czurban.checking.plausible import convert, odd_size
from czurban.model.assessment import Assessment, NoProgress, Note, Result, Verdict, tally
from czurban.model.finding import Place, Severity
from czurban.model.formulas.derived import Derived
from czurban.model.formulas.formula import Formula, Number
from czurban.model.indicator import Indicator, IndicatorKind
from czurban.model.observation import Observation, Reading
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.model.target import Basis, Interval, Target
from czurban.model.unit import Unit
from czurban.model.years import Baseline
from czurban.reading.submission.files import read_bytes

Judge = Callable[..., Assessment]
DECIMALS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=6)


def result(found: Assessment, name: str) -> Result:
    return next(result for result in found.results if name in (result.indicator.name, result.indicator.id))


def codes(found: Assessment) -> list[str]:
    return [finding.code for finding in found.findings if finding.code != "S219"]


def aim(
    low: str | None = None, high: str | None = None, base: str | None = None, *, basis: Basis = Basis.PRINTED
) -> Target:
    bounds = Interval(None if low is None else Decimal(low), None if high is None else Decimal(high))
    baseline = None if base is None else Baseline(base, Decimal(base))
    return Target(bounds, Period(2019), baseline, basis, "reason" if basis is Basis.INTERPRETED else "")


def thing(target: Target, kind: IndicatorKind = IndicatorKind.STOCK, unit: Unit | None = None) -> Indicator:
    return Indicator(
        id="x",
        name="甲",
        unit=unit or Unit("个", "works"),
        kind=kind,
        target=target,
        leads=("市公安局",),
        category="乙",
    )


# R1 and R2


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("城镇登记失业率", "4.51", Verdict.MISSED),
        ("城镇登记失业率", "4.50", Verdict.MET),
        ("城镇登记失业率", "4.5000000000000000000000001", Verdict.MISSED),
        ("常住人口城镇化率", "41", Verdict.MET),
        ("常住人口城镇化率", "40.9999999999999999999999", Verdict.MISSED),
        ("城镇污水处理率", "96.4", Verdict.MET),
        ("城镇污水处理率", "96.39", Verdict.MISSED),
        ("城镇建设用地面积", "195", Verdict.MET),
        ("城镇建设用地面积", "195.01", Verdict.MISSED),
        ("新增农业转移人口和其他常住人口落户城镇数量", "9", Verdict.MET),
    ],
)
def test_r1_comparison_is_exact(judge: Judge, name: str, text: str, expected: Verdict) -> None:
    assert result(judge(f"{name},{text},,"), name).verdict is expected


@given(value=DECIMALS, bound=DECIMALS)
def test_r1_floor_and_ceiling_agree_with_fractions(value: Decimal, bound: Decimal) -> None:
    exact, edge = Fraction(value), Fraction(bound)
    floor, ceiling = Interval(low=bound), Interval(high=bound)
    assert (verdict(Target(floor, Period(2019)), exact) is Verdict.MET) == (exact >= edge)
    assert (verdict(Target(ceiling, Period(2019)), exact) is Verdict.MET) == (exact <= edge)
    strict = Interval(low=bound, low_open=True)
    assert (verdict(Target(strict, Period(2019)), exact) is Verdict.MET) == (exact > edge)


@given(value=DECIMALS, one=DECIMALS, other=DECIMALS)
def test_r1_a_range_includes_both_ends(value: Decimal, one: Decimal, other: Decimal) -> None:
    low, high = sorted((one, other))
    target = Target(Interval(low, high), Period(2019))
    assert (verdict(target, Fraction(value)) is Verdict.MET) == (Fraction(low) <= Fraction(value) <= Fraction(high))
    assert verdict(target, Fraction(low)) is Verdict.MET
    assert verdict(target, Fraction(high)) is Verdict.MET


# R3


@pytest.mark.parametrize(
    ("name", "value", "unit", "actual"),
    [
        ("城镇建设用地面积", "19500", "公顷", Fraction(195)),
        ("城镇建设用地面积", "291000", "亩", Fraction(194)),
        ("城镇新增就业人数", "16000", "人", Fraction(16, 10)),
        ("城镇家庭宽带接入能力", "0.5", "Gbps", Fraction(500)),
        ("常住人口城镇化率", "415", "‰", Fraction(415, 10)),
        ("城市建成区面积", "9051", "公顷", Fraction(9051, 100)),
        ("常住人口城镇化率", "41.5%", "", Fraction(415, 10)),
    ],
)
def test_r3_values_are_converted_exactly(judge: Judge, name: str, value: str, unit: str, actual: Fraction) -> None:
    results = judge(f"{name},{value},{unit},")
    assert result(results, name).actual == actual
    assert result(results, name).verdict is Verdict.MET
    assert codes(results) == (["S274"] if unit == "‰" else [])


def test_r3_a_unit_that_measures_something_else_is_unreadable(judge: Judge) -> None:
    results = judge("城镇建设用地面积,190,万人,")
    assert result(results, "城镇建设用地面积").verdict is Verdict.UNREADABLE
    assert result(results, "城镇建设用地面积").figures is None
    assert codes(results) == ["S204"]


def test_r3_an_unknown_unit_is_unreadable(judge: Judge) -> None:
    results = judge("城镇建设用地面积,190,斗,")
    assert result(results, "城镇建设用地面积").verdict is Verdict.UNREADABLE
    assert codes(results) == ["S204"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("常住人口城镇化率", "0.41"),
        ("城镇新增就业人数", "16000"),
        ("城镇常住人口", "1381900"),
        ("城镇登记失业率", "0.045"),
    ],
)
def test_r3_a_value_that_looks_like_another_unit_is_never_corrected(judge: Judge, name: str, value: str) -> None:
    results = judge(f"{name},{value},,")
    assert result(results, name).verdict is Verdict.UNREADABLE
    assert result(results, name).actual is None
    assert codes(results) == ["S206"]
    assert [finding.severity for finding in results.findings if finding.code == "S206"] == [Severity.ERROR]


def test_r3_a_unit_in_the_cell_says_that_the_size_is_meant(judge: Judge) -> None:
    results = judge("常住人口城镇化率,0.41%,,")
    assert result(results, "常住人口城镇化率").verdict is Verdict.MISSED
    assert result(results, "常住人口城镇化率").actual == Fraction(41, 100)
    assert codes(results) == ["S218"]
    assert [finding.severity for finding in results.findings if finding.code == "S218"] == [Severity.WARNING]


@pytest.mark.parametrize("value", ["100.01", "-1", "250%"])
def test_r3_a_share_outside_0_to_100_is_unreadable(judge: Judge, value: str) -> None:
    results = judge(f"户籍人口城镇化率,{value},,")
    assert result(results, "户籍人口城镇化率").verdict is Verdict.UNREADABLE
    assert codes(results) == ["S207"]


@pytest.mark.parametrize(("value", "expected"), [("100", Verdict.MET), ("0", Verdict.MISSED)])
def test_r3_the_ends_0_and_100_are_shares(judge: Judge, value: str, expected: Verdict) -> None:
    results = judge(f"城镇生活垃圾无害化处理率,{value},,")
    assert result(results, "城镇生活垃圾无害化处理率").verdict is expected
    assert codes(results) == ([] if expected is Verdict.MET else ["S268"])


SIZES = [
    # name in the plan, value, the unit it looks like; None: it is of the size of the baseline or the target
    ("城镇常住人口", "138.19", None),
    ("城镇常住人口", "1381900", "人"),
    ("城镇常住人口", "0.01321600", ""),
    ("城镇常住人口", "1381.9", ""),
    ("城镇常住人口", "138190", "人"),
    ("新增城镇常住人口", "6.03", None),
    ("新增城镇常住人口", "20000", "人"),
    ("城镇新增就业人数", "7000", "人"),
    ("城镇新增就业人数", "0.9", None),
    ("新增农业转移人口和其他常住人口落户城镇数量", "40000", "人"),
    ("城镇失业人员再就业人数", "1500", "人"),
    ("就业困难人员实现就业人数", "200", "人"),
    ("城镇建设用地面积", "195", None),
    ("城镇建设用地面积", "19500", "公顷"),
    ("城镇建设用地面积", "292500", "亩"),
    ("城镇建设用地面积", "195000000", "平方米"),
    ("城镇绿色建筑占新建筑比重", "0.38", "fraction"),
    ("城镇绿色建筑占新建筑比重", "5", None),
    ("农村社区建设覆盖建制村比例", "0.6", "fraction"),
    ("建成区内海绵城市面积", "0.4", "fraction"),
    ("城镇登记失业率", "0.9", None),
    ("城镇登记失业率", "0.045", "fraction"),
    ("城镇家庭宽带接入能力", "500", None),
    ("城镇家庭宽带接入能力", "1000", None),
    ("实施实用性村庄规划编制", "40", None),
    ("新增村级现代特色农业示范点", "3", None),
    ("棚户区改造开工套数", "67910000", ""),
    ("棚户区改造开工套数", "679100", ""),
]


@pytest.mark.parametrize(("name", "value", "looks"), SIZES)
def test_r3_a_size_that_nothing_explains_is_not_used(plan: Plan, name: str, value: str, looks: str | None) -> None:
    result = plan.indicator(name)
    assert result is not None
    odd = odd_size(Fraction(value), result)
    assert (("fraction" if odd.fraction else odd.unit) if odd else None) == looks


@pytest.mark.parametrize(
    ("value", "base", "low", "odd"),
    [
        ("99.99999", "1.9", "100", False),
        ("15000", "0", "1.5", True),
        ("0", "40", "41", False),
        ("5", None, None, False),
    ],
)
def test_r3_baseline_and_target_both_count(value: str, base: str | None, low: str | None, odd: bool) -> None:  # noqa: FBT001
    assert (odd_size(Fraction(value), thing(aim(low, base=base), IndicatorKind.FLOW)) is not None) is odd


@pytest.mark.parametrize(
    ("kind", "told"), [(IndicatorKind.STOCK, ["S229"]), (IndicatorKind.WORKS, ["S229"]), (IndicatorKind.FLOW, [])]
)
def test_a_stock_is_not_below_zero(plan: Plan, kind: IndicatorKind, told: list[str]) -> None:
    result = replace(thing(aim("1"), kind), id="x")
    observation = read_bytes("f.csv", "指标,数值\n城镇常住人口,-1".encode(), plan)[0].observations[0]
    _, doubt = convert(observation._replace(indicator="x"), result)
    assert ([doubt.code] if doubt else []) == told


@pytest.mark.parametrize("unit", ["MB/s", "GB/s", "MBps", "KB/s"])
def test_r3_bytes_are_not_bits(judge: Judge, unit: str) -> None:
    results = judge(f"城镇家庭宽带接入能力,62.5,{unit},")
    assert result(results, "城镇家庭宽带接入能力").verdict is Verdict.UNREADABLE
    assert codes(results) == ["S204"]


# R4 in the verdict


@pytest.mark.parametrize("text", ["—", "无", "N/A", "/", ""])
def test_r4_a_dash_is_unreported_and_never_0(judge: Judge, text: str) -> None:
    results = judge(f"城镇登记失业率,{text},%,")
    assert result(results, "城镇登记失业率").verdict is Verdict.UNREPORTED
    assert result(results, "城镇登记失业率").actual is None


def test_r4_what_cannot_be_read_keeps_its_raw_text(judge: Judge) -> None:
    one = result(judge("常住人口城镇化率,四成多,%,"), "常住人口城镇化率")
    assert one.verdict is Verdict.UNREADABLE
    assert one.observation is not None
    assert one.observation.raw == "四成多"


# R7


def test_r7_every_indicator_gets_exactly_one_verdict(judge: Judge, plan: Plan) -> None:
    results = judge("常住人口城镇化率,41,%,", "户籍人口城镇化率,19,%,", "城镇常住人口,很多,,")
    assert [result.indicator.id for result in results.results] == [indicator.id for indicator in plan.indicators]
    counts = tally(results.results)
    assert [counts[item] for item in Verdict] == [1, 1, 49, 1, 0]
    assert counts.total == 52


def test_r7_a_period_that_ends_before_the_deadline_is_not_due(judge: Judge) -> None:
    results = judge("常住人口城镇化率,2019年上半年,40.5,%", header="指标,年份,数值,单位", period=Period(2019, 1, 6))
    assert {result.verdict for result in results.results} == {Verdict.NOT_DUE}
    one = result(results, "常住人口城镇化率")
    assert one.actual == Fraction(405, 10)
    assert one.figures is not None
    assert one.figures.gap == Fraction(-1, 2)


def test_r7_a_conflict_before_the_deadline_is_not_due(judge: Judge) -> None:
    rows = ("常住人口城镇化率,2019年上半年,40.5,%", "常住人口城镇化率,2019年上半年,40.6,%")
    results = judge(*rows, header="指标,年份,数值,单位", period=Period(2019, 1, 6))
    assert result(results, "常住人口城镇化率").verdict is Verdict.NOT_DUE
    assert "S210" in codes(results)


@pytest.mark.parametrize(
    ("judged", "due"),
    [
        (Period(2019), True),
        (Period(2019, 1, 6), False),
        (Period(2019, 10, 12), True),
        (Period(2018), True),
        (Period(2018, 1, 6), True),
        (Period(2020), True),
    ],
)
def test_r7_due(judged: Period, due: bool) -> None:  # noqa: FBT001 - an expectation
    assert is_due(aim("1"), judged, Period(2019)) is due


def test_r7_met_but_worse_than_the_baseline_stays_met(judge: Judge) -> None:
    one = result(judge("城镇空气质量优良天数比例,91,%,"), "城镇空气质量优良天数比例")
    assert one.verdict is Verdict.MET
    assert one.notes == (Note.WORSE_THAN_BASELINE, Note.TARGET_BELOW_BASELINE)


def test_r7_missed_and_worse_is_only_missed(judge: Judge) -> None:
    one = result(judge("城镇空气质量优良天数比例,90.8,%,"), "城镇空气质量优良天数比例")
    assert one.verdict is Verdict.MISSED
    assert one.notes == (Note.TARGET_BELOW_BASELINE,)


def test_r7_the_notes_of_the_baseline_stand_without_a_value(judge: Judge) -> None:
    results = judge("常住人口城镇化率,41.2,%,")
    assert result(results, "常住人口城镇化率").notes == ()
    below = {result.indicator.no for result in results.results if Note.TARGET_BELOW_BASELINE in result.notes}
    held = {result.indicator.no for result in results.results if Note.MET_AT_BASELINE in result.notes}
    assert below == {6, 9, 19, 20, 21, 25}
    assert held == {7, 8, 11, 12, 16}


@pytest.mark.parametrize(
    ("name", "value", "noted"),
    [
        ("常住人口城镇化率", "41.00", True),
        ("常住人口城镇化率", "41.01", False),
        ("城镇生活垃圾无害化处理率", "100", False),
        ("城镇登记失业率", "4.5", True),
    ],
)
def test_r7_the_target_copied_is_suspect(judge: Judge, name: str, value: str, noted: bool) -> None:  # noqa: FBT001
    one = result(judge(f"{name},{value},%,"), name)
    assert one.verdict is Verdict.MET
    assert (Note.COPIED in one.notes) is noted


def test_r7_approximate_values_are_noted(judge: Judge) -> None:
    one = result(judge("城镇建设用地面积,约190,平方千米,"), "城镇建设用地面积")
    assert one.verdict is Verdict.MET
    assert {Note.APPROXIMATE, Note.APPROXIMATE_BASELINE, Note.INTERPRETED} <= set(one.notes)


def test_r2_an_interpreted_direction_is_noted() -> None:
    assert Note.INTERPRETED in notes(thing(aim("1", basis=Basis.INTERPRETED)), None)
    assert notes(thing(aim("1")), None) == ()


# R8


@pytest.mark.parametrize(
    ("target", "actual", "gap"),
    [
        (aim("41"), "41.5", "0.5"),
        (aim("41"), "40.5", "-0.5"),
        (aim(high="4.5"), "4.51", "-0.01"),
        (aim(high="4.5"), "4.2", "0.3"),
        (aim("6", "6.5"), "6.1", "0.1"),
        (aim("6", "6.5"), "6.6", "-0.1"),
        (aim("6", "6.5"), "5", "-1"),
        (aim("100", "100"), "99", "-1"),
    ],
)
def test_r8_gap_is_the_distance_to_the_nearest_bound(target: Target, actual: str, gap: str) -> None:
    assert figures(thing(target), Fraction(actual)).gap == Fraction(gap)


def test_r8_change_is_against_the_baseline_and_blank_without_one() -> None:
    assert figures(thing(aim("41", base="40")), Fraction(39)).change == -1
    assert figures(thing(aim("41")), Fraction(39)).change is None


@pytest.mark.parametrize(
    ("target", "kind", "expected"),
    [
        (aim("4"), IndicatorKind.STOCK, Fraction(3, 2)),
        (aim("4"), IndicatorKind.FLOW, Fraction(3, 2)),
        (aim("4"), IndicatorKind.WORKS, Fraction(3, 2)),
        (aim("4"), IndicatorKind.RATE, None),
        (aim("4"), IndicatorKind.GROWTH, None),
        (aim(high="4"), IndicatorKind.STOCK, None),
        (aim("4", "8"), IndicatorKind.STOCK, None),
        (aim("0"), IndicatorKind.STOCK, None),
    ],
)
def test_r8_completion_is_for_floors_of_amounts_and_uncapped(
    target: Target, kind: IndicatorKind, expected: Fraction | None
) -> None:
    assert figures(thing(target, kind), Fraction(6)).completion == expected


@pytest.mark.parametrize(
    ("target", "actual", "expected"),
    [
        (aim("41", base="40"), "40.5", Fraction(1, 2)),
        (aim("41", base="40"), "39", Fraction(-1)),
        (aim("41", base="40"), "43", Fraction(3)),
        (aim(high="4", base="5"), "4.5", Fraction(1, 2)),
        (aim("0", base="-2"), "-1", Fraction(1, 2)),
        (aim("41"), "40", NoProgress.NO_BASELINE),
        (aim("41", base="41"), "42", NoProgress.MET_AT_BASELINE),
        (aim("41", base="50"), "42", NoProgress.MET_AT_BASELINE),
    ],
)
def test_r8_progress_or_the_reason_for_its_blank(target: Target, actual: str, expected: Fraction | NoProgress) -> None:
    assert progress_of(target, Fraction(actual)) == expected


def test_r8_progress_towards_a_range_does_not_claim_to_be_met_already() -> None:
    assert progress_of(aim("6", "6.5", base="5"), Fraction(6)) is not NoProgress.MET_AT_BASELINE


def test_r8_a_strict_bound_at_the_baseline_has_no_progress() -> None:
    target = aim(base="5")._replace(interval=Interval(low=Decimal(5), low_open=True))
    assert isinstance(progress_of(target, Fraction(6)), NoProgress)


def test_r8_an_approximate_baseline_still_gives_change(judge: Judge) -> None:
    one = result(judge("城镇建设用地面积,192,平方千米,"), "城镇建设用地面积")
    assert one.figures is not None
    assert one.figures.change == 2
    assert one.figures.gap == 3
    assert one.figures.no_progress is NoProgress.MET_AT_BASELINE


# R9


def test_r9_unreported_and_unreadable_stay_in_the_denominator(judge: Judge) -> None:
    results = judge("常住人口城镇化率,41,%,", "户籍人口城镇化率,?,%,")
    main = tally(result for result in results.results if result.indicator.no)
    assert (main.total, main[Verdict.MET], main[Verdict.UNREADABLE]) == (25, 1, 1)
    assert main[Verdict.MISSED] == 0
    assert main[Verdict.UNREPORTED] == 23


# R8


@pytest.mark.parametrize(
    ("low", "high", "base", "actual", "progress", "why"),
    [
        ("50", None, "40", 45, Fraction(1, 2), None),
        (None, "4", "6", 5, Fraction(1, 2), None),
        ("50", None, None, 45, None, NoProgress.NO_BASELINE),
        ("50", None, "60", 45, None, NoProgress.MET_AT_BASELINE),
        ("50", "60", "40", 45, Fraction(1, 2), None),
        ("50", "60", "70", 65, Fraction(1, 2), None),
    ],
)
def test_r8_progress_or_why_it_is_blank(  # noqa: PLR0913, PLR0917 - a table's columns
    low: str | None, high: str | None, base: str | None, actual: int, progress: Fraction | None, why: NoProgress | None
) -> None:
    shown = figures(thing(aim(low, high, base)), Fraction(actual))
    assert (shown.progress, shown.no_progress) == (progress, why)


@pytest.mark.parametrize(
    ("unit", "bound", "copied"),
    [
        (Unit("%", "share"), "100", False),
        (Unit("‰", "share", Fraction(1, 10)), "1000", False),
        (Unit("‰", "share", Fraction(1, 10)), "100", True),
        (Unit("‰", "share", Fraction(1, 10)), "10", True),
        (Unit("%", "share"), "99", True),
        (Unit("个", "works"), "100", True),
    ],
)
def test_r7_all_of_it_is_no_copied_target(unit: Unit, bound: str, copied: bool) -> None:  # noqa: FBT001 - a column
    result = thing(aim(bound), IndicatorKind.RATE, unit)
    assert (Note.COPIED in notes(result, Fraction(bound))) is copied


YEAR, HALF = Period(2019), Period(2019, 1, 6)
FLOOR = thing(aim("41", base="40"))
LOW, HIGH, ABOUT = (
    Observation("x", Reading.VALUE, raw, Place("f.csv", 2), YEAR, amount=Decimal(raw[-2:]), approximate="约" in raw)
    for raw in ("39", "45", "约45")
)
GIVEN = Derived(
    formula=Formula("x", Number(Fraction(45)), "45"), indicator=FLOOR, period=YEAR, inputs=(), working="45", shown="45"
)
ABOUT_GIVEN, PART = replace(GIVEN, approximate=True), replace(GIVEN, partial=True)
WHOLE = Plan(title="", region="某市", period=YEAR, indicators=(FLOOR,), departments=())
THEIRS = replace(WHOLE, within="某省")
OWN, OPEN = replace(THEIRS, own_targets=frozenset({"x"})), replace(THEIRS, without_target=frozenset({"x"}))


@pytest.mark.parametrize(
    ("plan", "period", "observation", "derived", "actual", "outcome", "remarks"),
    [
        (WHOLE, YEAR, None, None, None, Verdict.UNREPORTED, ()),
        (WHOLE, YEAR, LOW, None, None, Verdict.UNREADABLE, ()),
        (WHOLE, YEAR, LOW, None, 39, Verdict.MISSED, ()),
        (WHOLE, YEAR, HIGH, None, 45, Verdict.MET, ()),
        (WHOLE, HALF, HIGH, None, 45, Verdict.NOT_DUE, ()),
        (WHOLE, HALF, None, None, None, Verdict.NOT_DUE, ()),
        (WHOLE, YEAR, ABOUT, None, 45, Verdict.MET, (Note.APPROXIMATE,)),
        (WHOLE, YEAR, ABOUT, None, None, Verdict.UNREADABLE, ()),
        (WHOLE, YEAR, None, GIVEN, 45, Verdict.MET, (Note.DERIVED,)),
        (WHOLE, YEAR, None, ABOUT_GIVEN, 45, Verdict.MET, (Note.DERIVED, Note.APPROXIMATE)),
        (WHOLE, YEAR, None, PART, None, Verdict.UNREADABLE, (Note.PARTIAL,)),
        (THEIRS, YEAR, HIGH, None, 45, Verdict.MET, (Note.PLAN_TARGET,)),
        (THEIRS, YEAR, None, GIVEN, 45, Verdict.MET, (Note.DERIVED, Note.PLAN_TARGET)),
        (OWN, YEAR, HIGH, None, 45, Verdict.MET, ()),
        (OPEN, YEAR, HIGH, None, 45, Verdict.UNREADABLE, (Note.NO_TARGET,)),
        (OPEN, YEAR, ABOUT, None, 45, Verdict.UNREADABLE, (Note.NO_TARGET,)),
        (OPEN, HALF, HIGH, None, 45, Verdict.UNREADABLE, (Note.NO_TARGET,)),
        (OPEN, YEAR, None, None, None, Verdict.UNREPORTED, (Note.NO_TARGET,)),
    ],
)
def test_r7_a_value_is_judged_with_its_notes(  # noqa: PLR0913, PLR0917 - a table's columns
    plan: Plan,
    period: Period,
    observation: Observation | None,
    derived: Derived | None,
    actual: int | None,
    outcome: Verdict,
    remarks: tuple[Note, ...],
) -> None:
    value = None if actual is None else Fraction(actual)
    judged = judge_value(FLOOR, plan, period, observation=observation, actual=value, derived=derived)
    assert (judged.verdict, judged.notes) == (outcome, remarks)
    assert (judged.indicator, judged.observation, judged.derived) == (FLOOR, observation, derived)
    assert judged.actual == value
    assert judged.figures == (None if value is None or plan is OPEN else figures(FLOOR, value))
