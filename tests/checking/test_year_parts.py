"""A sum over the year that is reported in parts: added up where they cover it, never judged as the year."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

import pytest

from czurban.app.assessing import assess_all
from czurban.checking.each_region import EachRegion
from czurban.checking.year_parts import YearSums, add_parts
from czurban.model.assessment import Assessment, Result, Verdict
from czurban.model.finding import Place
from czurban.model.observation import Observation, PeriodSource, Reading
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
    assert (result.actual, codes) == (Fraction("1.6"), [])  # parts of a known sum are history


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


class Part(NamedTuple):
    """What one row reports for the months `first` to `last`."""

    raw: str
    first: int
    last: int
    unit: str = ""
    region: str = ""
    indicator: str = NAME


def summed(plan: Plan, parts: Sequence[Part], period: Period | None = None) -> YearSums:
    """Add up parts, each in a line of its own, whose indicator's name stands for its id."""
    observations = []
    for line, (raw, first, last, unit, region, name) in enumerate(parts, 2):
        indicator = plan.indicator(name)
        assert indicator
        observations.append(
            Observation(
                indicator.id,
                Reading.VALUE,
                raw,
                Place("f.csv", line),
                Period(2019, first, last),
                amount=Decimal(raw.strip("约万人")),
                unit=plan.units.find(unit) if unit else None,
                approximate="约" in raw,
                unit_in_cell="万人" in raw,
                region=region,
                periods=frozenset({Period(2019, 1, 1), Period(2019, 2, 2)}),
            )
        )
    return add_parts(plan, observations, period or plan.period)


def lines(added: YearSums) -> list[tuple[str, int | None]]:
    return [(fault.code, fault.place.line if fault.place else None) for fault in added.findings]


def test_r5_a_sum_is_an_observation_of_its_own(plan: Plan) -> None:
    quarters = [Part("约0.4", 1, 3), Part("0.3", 4, 6), Part("0.5", 7, 9), Part("0.4万人", 10, 12)]
    added = summed(plan, [Part("41", 1, 12, indicator="常住人口城镇化率"), *quarters])
    kept, total = added.observations
    jobs = plan.indicator(NAME)
    assert jobs
    assert kept.raw == "41"
    assert total == Observation(
        jobs.id,
        Reading.VALUE,
        "约0.4 + 0.3 + 0.5 + 0.4万人",
        Place("f.csv", 6),
        plan.period,
        period_source=PeriodSource.ROW,
        amount=Decimal("1.6"),
        unit=jobs.unit,
        approximate=True,
    )
    assert lines(added) == [("S276", 3)]
    assert str(added.findings[0].message) == (
        "“城镇新增就业人数”: 约0.4 + 0.3 + 0.5 + 0.4万人 for 2019-01..03、2019-04..06、2019-07..09、2019-10..12 "
        "are added up to 1.6万人 for 2019."
    )


@pytest.mark.parametrize(
    ("regions", "sums"),
    [
        (("", ""), 1),
        (("", "钦州市"), 1),
        (("全市", "钦州"), 1),
        (("某县", "某县"), 1),
        (("某县", "某 县"), 1),
        (("", "某县"), 0),
        (("某县", "另县"), 0),
    ],
)
def test_r5_parts_of_one_region_are_added_up(plan: Plan, regions: tuple[str, str], sums: int) -> None:
    first, second = regions
    added = summed(plan, [Part("0.8", 1, 6, region=first), Part("0.9", 7, 12, region=second)])
    assert lines(added) == [("S276", 2)] * sums
    assert len(added.observations) == 2 - sums


def test_r5_the_figure_of_a_whole_is_that_of_its_region_alone(plan: Plan) -> None:
    halves = [Part("0.8", 1, 6), Part("0.9", 7, 12)]
    assert lines(summed(plan, [*halves, Part("1.7", 1, 12, region="某县")])) == [("S276", 2)]
    assert lines(summed(plan, [*halves, Part("1.7", 1, 12, region="钦州市")])) == []


@pytest.mark.parametrize(("more", "codes"), [(62, ["S276"]), (63, [])])
def test_r5_no_more_than_64_parts_are_tried(plan: Plan, more: int, codes: list[str]) -> None:
    added = summed(plan, [Part("0.8", 1, 6), Part("0.9", 7, 12), *[Part("0.1", 2, 3)] * more])
    assert [fault.code for fault in added.findings] == codes


def test_r5_a_sum_that_no_decimal_can_write_is_left_alone(plan: Plan) -> None:
    jobs = plan.indicator(NAME)
    hectare = plan.units.find("公顷")
    assert jobs
    assert hectare
    land = replace(plan, indicators=(replace(jobs, unit=hectare),))
    assert lines(summed(land, [Part("1", 1, 6, "亩"), Part("2", 7, 12, "亩")])) == [("S276", 2)]
    assert lines(summed(land, [Part("1", 1, 6, "亩"), Part("1", 7, 12, "亩")])) == []


@pytest.mark.parametrize(
    ("parts", "period", "lines_of"),
    [
        ([("0.1", 10, 10), ("0.2", 11, 11), ("0.3", 12, 12)], Period(2019, 10, 12), [("S277", 4)]),
        ([("0.1", 9, 9), ("0.2", 10, 10), ("0.3", 11, 11), ("0.4", 12, 12)], Period(2019, 9, 12), [("S277", 5)]),
        ([("0.1", 11, 11), ("0.2", 12, 12)], Period(2019, 11, 12), [("S276", 2)]),
        ([("0.1", 10, 10), ("0.2", 11, 11), ("0.2", 12, 12)], Period(2019, 10, 12), [("S276", 2)]),
        ([("0.1", 10, 10), ("0.3", 11, 11), ("0.2", 12, 12)], Period(2019, 10, 12), [("S276", 2)]),
        ([("0.1", 1, 1), ("0.6", 2, 11), ("0.9", 12, 12)], Period(2019), [("S276", 2)]),
    ],
)
def test_s277_three_months_that_rise_from_each_to_the_next_may_be_running_totals(
    plan: Plan, parts: list[tuple[str, int, int]], period: Period, lines_of: list[tuple[str, int]]
) -> None:
    assert lines(summed(plan, [Part(*item) for item in parts], period)) == lines_of


GAPS = [
    ([Part("0.4", 1, 3), Part("0.4", 7, 12)], "2019-04..06", 3),
    ([Part("0.4", 2, 3), Part("0.4", 5, 12)], "2019-01、2019-04", 3),
    ([Part("0.9", 7, 12), Part("0.4", 2, 2)], "2019-01、2019-03..06", 2),
    ([Part("0.4", 1, 6), Part("0.4", 8, 11)], "2019-07、2019-12", 3),
]


@pytest.mark.parametrize(("parts", "months", "line"), GAPS)
def test_s291_names_the_months_that_are_missing(plan: Plan, parts: list[Part], months: str, line: int) -> None:
    (fault,) = summed(plan, parts).findings
    assert (fault.code, fault.place and fault.place.line) == ("S291", line)
    assert f"has no figure for {months}, so that its sum for 2019" in str(fault.message)
    assert summed(plan, parts).gaps == {part.place for part in summed(plan, parts).observations}


NO_GAPS = {
    "a single part": [Part("0.4", 4, 6)],
    "sums since January": [Part("0.4", 1, 3), Part("0.8", 1, 6)],
    "of a region": [Part("0.4", 1, 3, region="灵山县"), Part("0.4", 7, 12, region="灵山县")],
    "all months, and two ways": [Part("0.4", 1, 6), Part("0.4", 7, 12), Part("0.5", 1, 3), Part("0.5", 4, 12)],
}


@pytest.mark.parametrize("name", NO_GAPS)
def test_s291_is_not_reported_where_no_month_is_missing(plan: Plan, name: str) -> None:
    added = summed(plan, NO_GAPS[name])
    assert [fault for fault in added.findings if fault.code == "S291"] == []
    assert added.gaps == frozenset()


def test_s291_of_a_part_of_the_year_counts_its_months_alone(plan: Plan) -> None:
    (fault,) = summed(plan, [Part("0.4", 5, 5)], Period(2019, 4, 6)).findings
    assert "has no figure for 2019-04、2019-06, so that its sum for 2019-04..06" in str(fault.message)
