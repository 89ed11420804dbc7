"""A sum over the year that is reported in parts: added up where they cover it, never judged as the year."""

from collections.abc import Callable, Sequence
from fractions import Fraction

import pytest

from czurban.app.assessing import assess_all
from czurban.checking.each_region import EachRegion
from czurban.model.assessment import Assessment, Result, Verdict
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.reading.submission.files import read_bytes

Judge = Callable[..., Assessment]
HEADER = "指标,数值,单位,年份"
NAME = "城镇新增就业人数"


def judged(judge: Judge, rows: Sequence[tuple[str, str]], **more: object) -> tuple[Result, list[str]]:
    """The result, and the codes about parts, periods and agreement."""
    results = judge(*(f"{NAME},{value},,{period}" for value, period in rows), header=HEADER, **more)
    result = next(result for result in results.results if result.indicator.name == NAME)
    codes = [finding.code for finding in results.findings if finding.code in {"S208", "S210", "S276", "S277"}]
    return result, codes


COVERING = [
    [("1.2", "2019年1-9月"), ("0.5", "2019Q4")],
    [("0.4", "2019Q1"), ("0.4", "2019Q2"), ("0.4", "2019Q3"), ("0.5", "2019Q4")],
    [("0.8", "2019年上半年"), ("9000人", "2019年下半年")],
    [("0.5", "2019Q4"), ("1.2", "2019-01..09")],
    [("0.2", "2019-01"), ("1.3", "2019年2-11月"), ("0.2", "2019-12")],
]


@pytest.mark.parametrize("rows", COVERING)
def test_r5_parts_that_cover_the_year_are_added_up(judge: Judge, rows: list[tuple[str, str]]) -> None:
    result, codes = judged(judge, rows)
    assert (result.verdict, result.actual) == (Verdict.MET, Fraction("1.7"))
    assert codes == ["S276"]


NOT_COVERING = {
    "gap": [("1.2", "2019年1-9月"), ("0.5", "2019-12")],
    "overlap": [("1.2", "2019年1-9月"), ("0.5", "2019年下半年")],
    "unreadable": [("1.2", "2019年1-9月"), ("五千", "2019Q4")],
    "nothing": [("1.2", "2019年1-9月"), ("—", "2019Q4")],
    "other-year": [("1.2", "2019年1-9月"), ("0.5", "2018Q4")],
    "twice": [("1.2", "2019年1-9月"), ("0.5", "2019Q4"), ("0.6", "2019Q4")],
    "two-ways": [("1.2", "2019年1-9月"), ("0.5", "2019Q4"), ("0.8", "2019年上半年"), ("0.9", "2019年下半年")],
}


@pytest.mark.parametrize("name", NOT_COVERING)
def test_r5_parts_that_do_not_cover_the_year_are_not_used(judge: Judge, name: str) -> None:
    result, codes = judged(judge, NOT_COVERING[name])
    assert (result.verdict, result.actual) == (Verdict.UNREPORTED, None)
    assert set(codes) == {"S208"}


def test_r5_the_years_own_figure_comes_before_its_parts(judge: Judge) -> None:
    result, codes = judged(judge, [("1.2", "2019年1-9月"), ("0.5", "2019Q4"), ("1.6", "2019")])
    assert (result.actual, codes) == (Fraction("1.6"), ["S208", "S208"])


def test_s277_months_that_rise_may_be_running_totals(judge: Judge) -> None:
    rising = [(f"{month / 10}", f"2019-{month:02}") for month in range(1, 13)]
    result, codes = judged(judge, rising)
    assert (result.verdict, codes.count("S277")) == (Verdict.UNREPORTED, 1)
    falling = [(f"{value}", period) for (value, _), (_, period) in zip(rising, reversed(rising), strict=True)]
    assert judged(judge, falling)[0].actual == Fraction("7.8")


def test_r5_a_ceiling_is_not_met_by_the_last_quarter(judge: Judge) -> None:
    """85 in January to September and 30 in the last quarter are 115, and not met by 30."""
    for period, verdict in {Period(2019, 10, 12): Verdict.UNREADABLE, Period(2019, 12, 12): Verdict.UNREADABLE}.items():
        result, codes = judged(judge, [("1.6", str(period))], period=period)
        assert (result.verdict, codes) == (verdict, ["S277"])


@pytest.mark.parametrize(
    ("period", "verdict"),
    [
        (Period(2019, 1, 9), Verdict.NOT_DUE),
        (Period(2019, 7, 12), Verdict.UNREADABLE),
        (Period(2018), Verdict.MET),
        (Period(2018, 1, 6), Verdict.UNREADABLE),
    ],
)
def test_r5_a_part_of_the_year_is_never_met_or_missed(judge: Judge, period: Period, verdict: Verdict) -> None:
    assert judged(judge, [("1.6", str(period))], period=period)[0].verdict is verdict


@pytest.mark.parametrize(("period", "codes"), [(Period(2019, 10, 12), ("S277",)), (Period(2019, 7, 9), ())])
def test_s277_of_a_row_by_itself_where_every_region_is_judged(
    plan: Plan, period: Period, codes: tuple[str, ...]
) -> None:
    each = EachRegion(plan, period, assess_all)
    (item,) = read_bytes("f.csv", f"指标,数值,年份\n{NAME},1.6,{period}\n".encode(), plan)[0].observations
    assert each.outcome(item).codes == codes
    assert (each.bounds(item) is None) == (codes != ())


def test_r5_a_level_may_be_judged_at_the_end_of_a_part(judge: Judge) -> None:
    results = judge("城镇常住人口,139.02,,2019Q4", header=HEADER, period=Period(2019, 10, 12))
    assert next(result.verdict for result in results.results if result.observation) is Verdict.MET
