"""R12: every region of a table is judged, a row by itself where that is enough, and a region by all its rows."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from czurban.app.assessing import assess_one_period
from czurban.checking.each_region import EachRegion
from czurban.model.assessment import Verdict
from czurban.model.formulas.formula import Formula, Term
from czurban.model.observation import Observation, Submission
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.model.region import Allotment, Breakdown, Region, Regions
from czurban.model.row_outcome import Resolved, RowFate
from czurban.model.target import Interval, Target
from czurban.model.years import Baseline
from czurban.reading.submission.files import read_bytes

RATE = "resident_urbanization_rate"
HEAD = "指标,地区,数值,单位,年份,填报单位,状态\n"
TOWNS = (Region("13", "城关镇", (), "11"), Region("14", "城关镇", (), "12"))
COUNTIES = Regions([
    Region("1", "钦州市"), Region("11", "灵山县", ("灵山",), "1"), Region("12", "浦北县", (), "1"), *TOWNS,
])  # fmt: skip


@pytest.fixture(scope="session")
def county_plan(plan: Plan) -> Plan:
    own = Target(Interval(low=Decimal(38)), plan.period, Baseline("37", Decimal(37)))
    return replace(plan, regions=COUNTIES, breakdown=Breakdown([Allotment(RATE, own, "11")]))


@pytest.fixture
def each(county_plan: Plan) -> EachRegion:
    return EachRegion(county_plan, county_plan.period, assess_one_period)


def sent(plan: Plan, *rows: str) -> Submission:
    return read_bytes("f.csv", (HEAD + "\n".join(rows) + "\n").encode(), plan)[0]


def read(plan: Plan, *rows: str) -> tuple[Observation, ...]:
    return tuple(sent(plan, *rows).observations)


@pytest.mark.parametrize(
    ("text", "region", "family", "own", "is_part"),
    [
        ("", "1", "钦州市", True, False),
        (" 全市 ", "1", "钦州市", True, False),
        ("钦州", "1", "钦州市", True, False),
        ("灵山", "11", "钦州市", True, False),
        (" 11 ", "11", "钦州市", True, False),
        ("浦北县", "12", "钦州市", False, True),
        ("灵山县城关镇", "13", "灵山县", False, True),
        ("城关镇", "城关镇", "", True, False),  # two have that name
        ("某 县", "某县", "", False, False),
        ("450703", "450703", "45", False, False),
        ("4507", "4507", "45", False, False),
        ("450", "450", "", False, False),
        ("B450703", "b450703", "", False, False),
    ],
)
def test_r12_a_text_means_a_region_of_a_family(  # noqa: PLR0913, PLR0917 - a table's columns
    each: EachRegion,
    text: str,
    region: str,
    family: str,
    own: bool,  # noqa: FBT001 - as above
    is_part: bool,  # noqa: FBT001 - as above
) -> None:
    assert each.finder.resolve(text) == Resolved(region, family, is_own=own, is_part=is_part)


def test_r12_parts_may_be_judged_by_all_their_rows(county_plan: Plan) -> None:
    each = EachRegion(county_plan, county_plan.period, assess_one_period, rows_for_parts=True)
    assert each.finder.resolve("浦北县") == Resolved("12", "钦州市", is_own=True)
    assert each.finder.resolve("某县") == Resolved("某县", "")


def test_r12_without_a_hierarchy_the_plans_region_is_its_name(plan: Plan) -> None:
    each = EachRegion(replace(plan, regions=Regions()), plan.period, assess_one_period)
    assert each.finder.resolve("") == Resolved("钦州市", "钦州市", is_own=True)
    assert each.finder.resolve("灵山县") == Resolved("灵山县", "", is_own=False)


@pytest.mark.parametrize(
    ("row", "fate", "codes"),
    [
        ("41,%,2019,,", RowFate.MET, ()),
        ("40,%,2019,,", RowFate.MISSED, ()),
        ("0.41%,,2019,,", RowFate.MISSED, ("S218",)),
        ("0.41,%,2019,,", RowFate.UNREADABLE, ("S206",)),
        ("41,万人,2019,,", RowFate.UNREADABLE, ("S204",)),
        ("很多,%,2019,,", RowFate.UNREADABLE, ()),
        ("—,%,2019,,", RowFate.NOTHING, ()),
        ("—,%,2018,,", RowFate.NONE, ()),
        ("—,%,2019,,修订", RowFate.SILENT, ()),
        ("—,%,2018,,修订", RowFate.NONE, ("S208",)),
        ("41,%,2018,,", RowFate.NONE, ("S208",)),
        ("41,%,2019,市教育局,", RowFate.NONE, ("S212",)),
        ("41,%,2019,某局,", RowFate.NONE, ("S213",)),
    ],
)
def test_r12_a_row_by_itself(
    each: EachRegion, county_plan: Plan, row: str, fate: RowFate, codes: tuple[str, ...]
) -> None:
    (value,) = read(county_plan, f"常住人口城镇化率,某县,{row}")
    number = [indicator.id for indicator in county_plan.indicators].index(RATE)
    assert each.outcome(value)[:3] == (number, fate, codes)


@pytest.mark.parametrize(
    ("row", "fate", "codes"),
    [
        ("城镇新增就业人数,某县,1,,2019Q4,,", RowFate.CONTEXT, ("S208",)),  # may be added up with other quarters
        ("城镇新增就业人数,某县,1,,2019Q1,,", RowFate.CONTEXT, ("S208",)),
        ("城镇新增就业人数,某县,1,,2018Q4,,", RowFate.NONE, ("S208",)),
        ("城镇新增就业人数,某县,1,,2018,,", RowFate.NONE, ("S208",)),
        ("城镇常住人口,某县,1,,2019Q4,,", RowFate.NONE, ("S208",)),
        ("城镇常住人口,某县,1,,2019,某局,", RowFate.REFUSED, ("S213",)),  # a formula takes it
        ("城镇常住人口,某县,140,,2019,,", RowFate.MET, ()),
        ("常住人口城镇化率,某县,41,,2019Q4,,", RowFate.NONE, ("S208",)),
        ("常住人口城镇化率,某县,41,,2017,,", RowFate.CONTEXT, ()),  # a formula takes it
    ],
)
def test_r12_a_row_that_counts_with_others(county_plan: Plan, row: str, fate: RowFate, codes: tuple[str, ...]) -> None:
    back = Formula("unemployment", Term(RATE, period=Period(2017)), "made up")
    each = EachRegion(
        replace(county_plan, formulas=(*county_plan.formulas, back)), county_plan.period, assess_one_period
    )
    (value,) = read(county_plan, row)
    assert (each.outcome(value).fate, each.outcome(value).codes) == (fate, codes)
    assert each.is_context(value) is (fate is RowFate.CONTEXT)


@pytest.mark.parametrize(
    ("months", "is_context"),
    [
        ("1-3", False),
        ("3-4", False),
        ("4-6", True),
        ("7-9", True),
        ("9-10", False),
        ("10-12", False),
        ("1-12", False),
    ],
)
def test_r5_parts_of_the_judged_period_count_together(
    county_plan: Plan,
    months: str,
    is_context: bool,  # noqa: FBT001 - a table's column
) -> None:
    (value,) = read(county_plan, f"城镇新增就业人数,某县,1,,2019年{months}月,,")
    assert EachRegion(county_plan, Period(2019, 4, 9), assess_one_period).is_context(value) is is_context


@pytest.mark.parametrize(
    ("row", "period", "codes"),
    [
        ("常住人口城镇化率,某县,41,%,2019,,", Period(2019), []),
        ("常住人口城镇化率,某县,0.41,%,2019,,", Period(2019), ["S206"]),
        ("常住人口城镇化率,某县,0.41%,,2019,,", Period(2019), ["S218"]),
        ("常住人口城镇化率,某县,41,%,2018,,", Period(2019), ["S208"]),
        ("常住人口城镇化率,某县,0.41,%,2019,市教育局,", Period(2019), ["S212"]),
        ("常住人口城镇化率,某县,—,%,2019,,修订", Period(2019), []),
        ("城镇新增就业人数,某县,1.6,,2019Q4,,", Period(2019, 10, 12), ["S277"]),
        ("城镇新增就业人数,某县,—,,2019Q4,,修订", Period(2019, 10, 12), []),
    ],
)
def test_r12_what_is_wrong_with_a_row_by_itself(county_plan: Plan, row: str, period: Period, codes: list[str]) -> None:
    each = EachRegion(county_plan, period, assess_one_period)
    (value,) = read(county_plan, row)
    assert [fault.code for fault in each.row_findings(value)] == codes


def test_r12_why_a_row_is_not_used(each: EachRegion, county_plan: Plan) -> None:
    rows = ("41,%,2019,,", "41,%,2018,,", "—,%,2018,,", "41,%,2019,市教育局,")
    values = read(county_plan, *(f"常住人口城镇化率,某县,{row}" for row in rows))
    assert [each.refusal(value) for value in values] == ["", "S208", "S208", "S212"]


def test_r12_the_bounds_of_a_row_are_in_its_unit(each: EachRegion, county_plan: Plan) -> None:
    rows = [f"常住人口城镇化率,某县,41,{unit},2019,," for unit in ("%", "‰", "万人")]
    percent, mille, people = (each.bounds(value) for value in read(county_plan, *rows))
    assert percent is not None
    assert mille is not None
    assert people is None
    assert percent[0] == mille[0] == [indicator.id for indicator in county_plan.indicators].index(RATE)
    assert (percent[1].low, percent[1].sure_low, percent[1].sure_high) == tuple(
        map(Decimal, ("41", "1.36666667", "100"))
    )
    assert (mille[1].low, mille[1].sure_low, mille[1].sure_high) == tuple(map(Decimal, ("410", "13.66666667", "1000")))


def test_r12_a_region_is_judged_by_all_its_rows(each: EachRegion, county_plan: Plan) -> None:
    rows = (
        "常住人口城镇化率,灵山县,40,%,2019,,",
        "常住人口城镇化率,灵山,40,%,2018,,",
        "户籍人口城镇化率,灵山,很多,,2019,,",
    )
    judged = each.judge("灵山", [sent(county_plan, *rows)])
    results = {result.indicator.id: result for result in judged.results}
    assert judged.resolved == each.finder.resolve("11")
    assert list(results) == [indicator.id for indicator in county_plan.indicators]
    assert (results[RATE].verdict, results[RATE].actual) == (
        Verdict.MET,
        Fraction(40),
    )  # its own ≥38, not the plan's ≥41
    assert [(fault.code, fault.place.line if fault.place else 0) for fault in judged.findings] == [("S208", 3)]
    tally = [result.verdict for result in judged.results]
    assert (tally.count(Verdict.UNREPORTED), tally.count(Verdict.UNREADABLE)) == (len(tally) - 2, 1)


@pytest.mark.parametrize(
    ("region", "verdict", "change"),
    [("某县", Verdict.MISSED, None), ("钦州市", Verdict.MISSED, Fraction(1, 2)), ("灵山", Verdict.MET, Fraction(7, 2))],
)
def test_r12_a_region_without_targets_has_the_plans_without_its_baseline(
    each: EachRegion, county_plan: Plan, region: str, verdict: Verdict, change: Fraction | None
) -> None:
    judged = each.judge(region, [sent(county_plan, f"常住人口城镇化率,{region},40.5,%,2019,,")])
    (result,) = (result for result in judged.results if result.observation)
    assert result.verdict is verdict
    assert result.figures
    assert result.figures.change == change
    assert judged.findings == ()


def test_r12_an_amount_of_a_part_without_targets_is_not_judged(each: EachRegion, county_plan: Plan) -> None:
    verdicts = {}
    for region in ("浦北县", "某县"):
        judged = each.judge(region, [sent(county_plan, f"城镇常住人口,{region},140,万人,2019,,")])
        (verdicts[region],) = (result.verdict for result in judged.results if result.observation)
    assert verdicts == {"浦北县": Verdict.UNREADABLE, "某县": Verdict.MET}


@pytest.mark.parametrize(
    ("rows", "appears"),
    [
        (["常住人口城镇化率,某县,41,%,2019,,"], True),
        (["常住人口城镇化率,某县,—,%,2019,,"], True),
        (["常住人口城镇化率,某县,—,%,2019,,修订"], True),
        (["常住人口城镇化率,某县,很多,%,2019,,"], True),
        (["常住人口城镇化率,某县,—,%,2018,,"], False),
        (["常住人口城镇化率,某县,41,%,2018,,"], False),
        (["城镇新增就业人数,某县,1,,2019Q4,,"], False),
        ([f"城镇新增就业人数,某县,0.4,,2019Q{quarter},," for quarter in (1, 2, 3, 4)], True),
        (["常住人口城镇化率,某县,—,%,2019,,", "常住人口城镇化率,某县,41,%,2018,,"], True),
    ],
)
def test_r12_a_region_appears_if_a_row_is_about_the_period(
    each: EachRegion,
    county_plan: Plan,
    rows: list[str],
    appears: bool,  # noqa: FBT001 - a table's column
) -> None:
    assert each.judge("某县", [sent(county_plan, *rows)]).appears is appears


def test_r6_rows_of_a_region_that_differ_are_not_used(each: EachRegion, county_plan: Plan) -> None:
    rows = [f"常住人口城镇化率,某县,{value},%,2019,," for value in (41, 42)]
    judged = each.judge("某县", [sent(county_plan, *rows)])
    assert [fault.code for fault in judged.findings] == ["S210"]
    assert [result.verdict for result in judged.results if result.observation] == [Verdict.UNREADABLE]


def test_r12_a_name_of_two_regions_is_judged_for_neither(each: EachRegion, county_plan: Plan) -> None:
    rows = [f"常住人口城镇化率,城关镇,{value},%,2019,," for value in (41, 42)]
    judged = each.judge("城关镇", [sent(county_plan, *rows)])
    assert (judged.resolved, judged.results) == (each.finder.resolve("城关镇"), ())
    assert [(fault.code, fault.place.line if fault.place else 0) for fault in judged.findings] == [
        ("S257", 2),
        ("S257", 3),
    ]
    assert not judged.appears


def test_r5_a_part_of_the_year_is_not_judged_by_rows(county_plan: Plan) -> None:
    quarter = EachRegion(county_plan, Period(2019, 10, 12), assess_one_period)
    (value,) = read(county_plan, "城镇新增就业人数,某县,1.6,万人,2019Q4,,")
    assert quarter.outcome(value).fate is RowFate.UNREADABLE
    assert Fraction(value.amount or 0) == Fraction("1.6")
